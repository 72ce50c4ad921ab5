import { Component, onMounted, onWillDestroy, useExternalListener, useRef, xml } from "@odoo/owl";
import { useHotkey } from "@web/core/hotkeys/hotkey_hook";
import { isInsideOverlay } from "@web/core/overlay/overlay_container";
import { browser } from "@web/core/browser/browser";
import { usePosition } from "@web/core/position/position_hook";
import { useActiveElement } from "@web/core/ui/ui_service";

/** Milliseconds in which a popover appears. */
const APPEARING = 100;
/** Pixels between a popover and its target; more where an arrow stands between them. */
const MARGIN = { plain: 4, arrow: 10 };
/** What Bootstrap calls the sides of a popover that has its arrow on the opposite one. */
const SIDES = { top: "top", bottom: "bottom", left: "start", right: "end" };
/** Least distance between an arrow and the corners. */
const CORNER = 8;

/** Popovers that are open, by what they stand beside. */
const opened = new WeakMap();

/** @param {Element} target @returns {HTMLElement|undefined} the popover beside it */
export function getPopoverForTarget(target) {
    return opened.get(target);
}

/** Floating box beside a target that shows a component. */
export class Popover extends Component {
    static template = xml`
        <div class="o_popover popover" t-att-class="props.class" t-ref="ref" t-att-role="props.role">
            <div t-if="props.arrow" class="popover-arrow" t-ref="arrow"/>
            <t t-component="props.component" t-props="{ close: props.close, ...props.componentProps }"/>
        </div>`;
    static props = {
        component: Function,
        componentProps: { type: Object, optional: true },
        target: { validate: (target) => target?.nodeType === 1 },
        close: Function,
        class: { optional: true },
        role: { type: String, optional: true },
        position: { type: String, optional: true },
        onPositioned: { type: Function, optional: true },
        closeOnClickAway: { type: Function, optional: true },
        closeOnEscape: { type: Boolean, optional: true },
        setActiveElement: { type: Boolean, optional: true },
        arrow: { type: Boolean, optional: true },
        ref: { type: Function, optional: true },
        animation: { type: Boolean, optional: true },
        fixedPosition: { type: Boolean, optional: true },
        holdOnHover: { type: Boolean, optional: true },
    };
    static defaultProps = {
        animation: true,
        arrow: true,
        class: "",
        closeOnClickAway: () => true,
        closeOnEscape: true,
        fixedPosition: false,
        holdOnHover: false,
        position: "bottom",
        setActiveElement: true,
    };

    setup() {
        this.ref = useRef("ref");
        this.arrowRef = useRef("arrow");
        this.props.ref?.(this.ref);
        this.isPlaced = false;
        const previous = /** @type {HTMLElement} */ (document.activeElement);
        this.placing = usePosition("ref", () => this.props.target, {
            position: this.props.position,
            margin: MARGIN[this.props.arrow ? "arrow" : "plain"],
            onPositioned: (el, solution) => this.onPositioned(el, solution),
        });
        if (this.props.setActiveElement) {
            useActiveElement("ref");
        }
        useExternalListener(window, "pointerdown", (ev) => this.onClickAway(ev.target), { capture: true });
        useExternalListener(window, "blur", () => {
            if (document.activeElement instanceof HTMLIFrameElement) {
                this.onClickAway(document.activeElement);
            }
        });
        if (this.props.closeOnEscape) {
            useHotkey("escape", () => this.props.close(), { isAvailable: () => true, bypassEditableProtection: true });
        }
        onMounted(() => {
            this.observer = new MutationObserver(() => !this.props.target.isConnected && this.props.close());
            this.observer.observe(document.body, { childList: true, subtree: true });
            opened.set(this.props.target, this.ref.el);
            if (this.props.holdOnHover) {
                this.ref.el.addEventListener("pointerenter", () => this.placing.lock());
                this.ref.el.addEventListener("pointerleave", () => this.placing.unlock());
            }
        });
        onWillDestroy(() => {
            this.observer?.disconnect();
            opened.delete(this.props.target);
            if (this.ref.el?.contains(document.activeElement)) {
                previous?.focus();
            }
        });
    }

    /** @param {HTMLElement} el @param {{direction: string, top: number, left: number}} solution where it was put */
    onPositioned(el, solution) {
        if (this.arrowRef.el) {
            this.pointArrow(el, solution);
        }
        if (!this.isPlaced) {
            this.isPlaced = true;
            if (this.props.animation && !browser.matchMedia("(prefers-reduced-motion: reduce)").matches) {
                el.animate([{ opacity: 0 }, { opacity: 1 }], { duration: APPEARING });
            }
            if (this.props.fixedPosition) {
                this.placing.lock();
            }
        }
        this.props.onPositioned?.(el, solution);
    }

    /** Put the arrow on the side of the target, before its middle as far as the corners let it. */
    pointArrow(el, { direction, top, left }) {
        const rtl = document.documentElement.dir === "rtl";
        const mirrored = { left: "right", right: "left" };
        const side = SIDES[(rtl && mirrored[direction]) || direction];
        el.classList.remove(...Object.values(SIDES).map((name) => `bs-popover-${name}`));
        el.classList.add(`bs-popover-${side}`);
        const isBeside = direction === "left" || direction === "right";
        const target = this.props.target.getBoundingClientRect();
        const { width, height } = el.getBoundingClientRect();
        this.arrowRef.el.style.position = "absolute";
        const { offsetWidth, offsetHeight } = this.arrowRef.el;
        const between = (value, room) => `${Math.max(CORNER, Math.min(value, room - CORNER))}px`;
        const place = isBeside
            ? { top: between(target.top + (target.height - offsetHeight) / 2 - top, height - offsetHeight), left: "" }
            : { left: between(target.left + (target.width - offsetWidth) / 2 - left, width - offsetWidth), top: "" };
        Object.assign(this.arrowRef.el.style, { right: isBeside ? "" : "auto", ...place });
    }

    onClickAway(target) {
        const inside = this.props.target.contains(target) || this.ref.el?.contains(target);
        if (!inside && !isInsideOverlay(this.env, target) && this.props.closeOnClickAway(target)) {
            this.props.close();
        }
    }
}
