import { Component, onMounted, onWillDestroy, useExternalListener, useRef, xml } from "@odoo/owl";
import { useHotkey } from "@web/core/hotkeys/hotkey_hook";
import { isInsideOverlay } from "@web/core/overlay/overlay_container";
import { usePosition } from "@web/core/position/position_hook";

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
    static defaultProps = { class: "", position: "bottom", closeOnClickAway: () => true, closeOnEscape: true };

    setup() {
        this.ref = useRef("ref");
        this.props.ref?.(this.ref);
        usePosition("ref", () => this.props.target, {
            position: this.props.position,
            margin: 4,
            onPositioned: (el, solution) => this.props.onPositioned?.(el, solution),
        });
        useExternalListener(window, "pointerdown", (ev) => this.onClickAway(ev.target), { capture: true });
        useExternalListener(window, "blur", () => {
            if (document.activeElement instanceof HTMLIFrameElement) {
                this.onClickAway(document.activeElement);
            }
        });
        if (this.props.closeOnEscape) {
            useHotkey("escape", () => this.props.close(), { isAvailable: () => true, bypassEditableProtection: true });
        }
        const previous = /** @type {HTMLElement} */ (document.activeElement);
        onMounted(() => {
            this.observer = new MutationObserver(() => !this.props.target.isConnected && this.props.close());
            this.observer.observe(document.body, { childList: true, subtree: true });
            opened.set(this.props.target, this.ref.el);
        });
        onWillDestroy(() => {
            this.observer?.disconnect();
            opened.delete(this.props.target);
            if (this.props.setActiveElement && this.ref.el?.contains(document.activeElement)) {
                previous?.focus();
            }
        });
    }

    onClickAway(target) {
        const inside = this.props.target.contains(target) || this.ref.el?.contains(target);
        if (!inside && !isInsideOverlay(this.env, target) && this.props.closeOnClickAway(target)) {
            this.props.close();
        }
    }
}
