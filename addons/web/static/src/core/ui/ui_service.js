import { EventBus, reactive, useEffect, useRef } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { BlockUI } from "@web/core/ui/block_ui";
import { useService } from "@web/core/utils/hooks";
import { throttleForAnimation } from "@web/core/utils/timing";
import { getTabableElements } from "@web/core/utils/ui";

/** Sizes of screens, by width. */
export const SIZES = { XS: 0, VSM: 1, SM: 2, MD: 3, LG: 4, XL: 5, XXL: 6 };
const WIDTHS = [0, 475, 576, 768, 992, 1200, 1534];

/** Query texts of the sizes. */
export const MEDIAS_BREAKPOINTS = WIDTHS.map((minWidth, index) => ({
    minWidth,
    maxWidth: (WIDTHS[index + 1] || Infinity) - 1,
}));

/** @returns {MediaQueryList[]} queries of the sizes, in their order */
export function getMediaQueryLists() {
    return MEDIAS_BREAKPOINTS.map(({ minWidth, maxWidth }) => {
        const to = Number.isFinite(maxWidth) ? ` and (max-width: ${maxWidth}px)` : "";
        return browser.matchMedia(`(min-width: ${minWidth}px)${to}`);
    });
}

/**
 * Call a function when the page gets another size.
 *
 * @param {() => any} callback
 * @returns {() => void} ends it
 */
export function listenSizeChange(callback) {
    const listen = (/** @type {MediaQueryListEvent} */ { matches }) => matches && callback();
    const queries = getMediaQueryLists();
    queries.forEach((query) => query.addEventListener("change", listen));
    return () => queries.forEach((query) => query.removeEventListener("change", listen));
}

/** Facts about the screen. */
export const utils = {
    getSize() {
        const width = browser.innerWidth;
        return WIDTHS.findLastIndex((minimum) => width >= minimum);
    },
    isSmall(ui = {}) {
        return (ui.size ?? utils.getSize()) <= SIZES.SM;
    },
};

/** What had the focus last. @type {any} */
let lastFocused = null;

/** @returns {HTMLElement} what has the focus, or what lost it by being disabled, as buttons are while they act */
function focusedBefore() {
    const isLost = document.activeElement === document.body && lastFocused?.isConnected && lastFocused.disabled;
    return isLost ? lastFocused : /** @type {HTMLElement} */ (document.activeElement);
}

/**
 * Have the keyboard in an element while it is there: the focus goes into it, stays in it, and comes back afterwards.
 *
 * @param {string} refName reference of the element
 */
export function useActiveElement(refName) {
    const ui = useService("ui");
    const ref = useRef(refName);
    // what is inside may take the focus as soon as it is there
    const previous = focusedBefore();
    useEffect(
        (el) => {
            if (!el) {
                return;
            }
            ui.activateElement(el);
            const trap = (ev) => trapFocus(el, ev);
            el.addEventListener("keydown", trap);
            if (!el.contains(document.activeElement)) {
                const target = getTabableElements(el).find((item) => !item.classList.contains("btn-close"));
                (target || el).focus();
            }
            return () => {
                ui.deactivateElement(el);
                el.removeEventListener("keydown", trap);
                if (previous && document.body.contains(previous)) {
                    previous.focus();
                }
            };
        },
        () => [ref.el]
    );
}

function trapFocus(el, ev) {
    if (ev.key !== "Tab" || ev.defaultPrevented) {
        return;
    }
    const elements = getTabableElements(el);
    if (!elements.length) {
        ev.preventDefault();
    } else if (ev.shiftKey && document.activeElement === elements[0]) {
        elements.at(-1).focus();
        ev.preventDefault();
    } else if (!ev.shiftKey && document.activeElement === elements.at(-1)) {
        elements[0].focus();
        ev.preventDefault();
    }
}

/** Screen size, blocking of the page and the element that is modal now. */
export const uiService = {
    start(env) {
        const bus = new EventBus();
        browser.addEventListener("focusin", ({ target }) => {
            lastFocused = target;
        });
        let blockCount = 0;
        const active = [document];
        registry.category("main_components").add("BlockUI", { Component: BlockUI, props: { bus } }, { force: true });

        const ui = reactive({
            bus,
            size: utils.getSize(),
            get activeElement() {
                return active.at(-1);
            },
            get isBlocked() {
                return blockCount > 0;
            },
            get isSmall() {
                return utils.isSmall(this);
            },
            /** @param {{message?: string, delay?: number}} [veil] delay: milliseconds until it is seen */
            block(veil = {}) {
                blockCount += 1;
                return blockCount > 1 || bus.trigger("BLOCK", veil);
            },
            unblock() {
                blockCount = Math.max(0, blockCount - 1);
                return blockCount > 0 || bus.trigger("UNBLOCK");
            },
            activateElement(el) {
                active.push(el);
                bus.trigger("active-element-changed", el);
            },
            deactivateElement(el) {
                const index = active.lastIndexOf(el);
                if (index > 0) {
                    active.splice(index, 1);
                }
                bus.trigger("active-element-changed", active.at(-1));
            },
            getActiveElementOf(el) {
                return [...active].reverse().find((candidate) => candidate.contains(el));
            },
        });
        Object.defineProperty(env, "isSmall", { get: () => utils.isSmall(ui), configurable: true });
        const onResize = throttleForAnimation(() => {
            const size = utils.getSize();
            if (size !== ui.size) {
                ui.size = size;
                document.body.classList.toggle("o_small_screen", utils.isSmall(ui));
                bus.trigger("resize");
            }
        });
        browser.addEventListener("resize", onResize);
        return ui;
    },
};

registry.category("services").add("ui", uiService);
