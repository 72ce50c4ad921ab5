import { whenReady } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { hasTouch } from "@web/core/browser/feature_detection";
import { registry } from "@web/core/registry";
import { Tooltip } from "@web/core/tooltip/tooltip";

const OPEN_DELAY = 400;
/** One reads it, and goes on with what one does. */
const LOOK = { popoverClass: "o_tooltip_popover pe-none", setActiveElement: false };

function describe(el) {
    const { tooltip, tooltipTemplate, tooltipInfo, tooltipPosition, tooltipDelay } = el.dataset;
    return {
        props: { tooltip, template: tooltipTemplate, info: tooltipInfo ? JSON.parse(tooltipInfo) : null },
        position: tooltipPosition,
        delay: tooltipDelay ? Number(tooltipDelay) : OPEN_DELAY,
    };
}

/** Shows the `data-tooltip` (or `data-tooltip-template`) of what the mouse rests on; `data-tooltip-truncated`: only where text is cut. */
export const tooltipService = {
    dependencies: ["popover"],
    start(env, { popover }) {
        let timer = null;
        let close = null;
        let target = null;
        const cleanup = () => {
            browser.clearTimeout(timer);
            close?.();
            close = null;
            target = null;
        };
        const open = () => {
            if (target?.isConnected) {
                const { position, props } = describe(target);
                close = popover.add(target, Tooltip, props, { ...LOOK, position });
            }
        };
        const find = (ev) => ev.target.closest?.("[data-tooltip], [data-tooltip-template]");
        /** @returns {boolean} whether the element has something to say, and is the target now */
        const take = (el) => {
            cleanup();
            const { tooltip, tooltipTemplate } = el?.dataset || {};
            const isFullyShown = el && "tooltipTruncated" in el.dataset && el.scrollWidth <= el.clientWidth;
            target = (tooltip || tooltipTemplate) && !isFullyShown ? el : null;
            return Boolean(target);
        };
        const onEnter = (ev) => {
            const el = find(ev);
            if (el !== target && take(hasTouch() ? null : el)) {
                timer = browser.setTimeout(open, describe(el).delay);
            }
        };
        /** A tap shows what asks for that at once, and the rest while it is held. */
        const onTouch = (ev) => {
            const el = find(ev);
            if (take(el)) {
                timer = browser.setTimeout(open, "tooltipTouchTapToShow" in el.dataset ? 0 : describe(el).delay);
            }
        };
        const onTouchEnd = () => {
            if (target && !("tooltipTouchTapToShow" in target.dataset)) {
                cleanup();
            }
        };
        whenReady(() => {
            document.body.addEventListener("mouseover", onEnter);
            document.body.addEventListener("mousedown", () => !hasTouch() && cleanup());
            document.body.addEventListener("keydown", cleanup);
            document.body.addEventListener("touchstart", onTouch, { passive: true });
            document.body.addEventListener("touchend", onTouchEnd);
            document.body.addEventListener("touchcancel", onTouchEnd);
        });
        return {
            add(el, options) {
                return popover.add(el, Tooltip, options, { setActiveElement: false });
            },
        };
    },
};

registry.category("services").add("tooltip", tooltipService);

export { Tooltip };
