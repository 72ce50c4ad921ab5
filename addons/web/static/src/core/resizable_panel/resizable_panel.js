import { Component, onWillUpdateProps, useExternalListener, useRef, useState } from "@odoo/owl";
import { clamp } from "@web/core/utils/numbers";

/** Pixels by which a key moves the border. */
const STEP = 20;

/** A panel whose width is changed at its border. */
export class ResizablePanel extends Component {
    static template = "web.ResizablePanel";
    static props = {
        onResize: { type: Function, optional: true },
        initialWidth: { type: Number, optional: true },
        minWidth: { type: Number, optional: true },
        class: { type: String, optional: true },
        slots: { type: Object },
        handleSide: { validate: (side) => ["start", "end"].includes(side), optional: true },
    };
    static defaultProps = { onResize: () => {}, initialWidth: 400, minWidth: 400, class: "", handleSide: "end" };

    setup() {
        this.containerRef = useRef("containerRef");
        this.state = useState({ width: Math.max(this.props.initialWidth, this.props.minWidth) });
        this.isResizing = false;
        onWillUpdateProps(({ minWidth }) => (this.state.width = Math.max(this.state.width, minWidth)));
        useExternalListener(
            document,
            "pointermove",
            (/** @type {PointerEvent} */ ev) => this.isResizing && this.follow(ev.clientX)
        );
        useExternalListener(document, "pointerup", () => (this.isResizing = false));
    }

    get style() {
        return `width: ${this.state.width}px`;
    }

    /** Whether the panel grows when its border goes to the right. */
    get growsRight() {
        return (this.props.handleSide === "end") !== (document.documentElement.dir === "rtl");
    }

    start(ev) {
        ev.preventDefault();
        this.isResizing = true;
    }

    follow(x) {
        const { left, right } = this.containerRef.el.getBoundingClientRect();
        this.resize(this.growsRight ? x - left : right - x);
    }

    onKeydown(ev) {
        const step = { ArrowRight: STEP, ArrowLeft: -STEP }[ev.key];
        if (step) {
            ev.preventDefault();
            this.resize(this.state.width + (this.growsRight ? step : -step));
        }
    }

    resize(width) {
        this.state.width = clamp(width, this.props.minWidth, Math.max(this.props.minWidth, window.innerWidth - 48));
        this.props.onResize(this.state.width);
    }
}
