import { Component, useEffect, useExternalListener, useRef, useState } from "@odoo/owl";

/** Place over an element that takes the files that are dropped there. */
export class Dropzone extends Component {
    static template = "web.Dropzone";
    static props = {
        extraClass: { type: String, optional: true },
        onDrop: { type: Function, optional: true },
        ref: Object,
    };

    setup() {
        this.root = useRef("root");
        this.state = useState({ isOver: false });
        useExternalListener(window, "scroll", () => this.cover(), { capture: true });
        useExternalListener(window, "resize", () => this.cover());
        useEffect(() => this.cover());
    }

    /** Lie exactly over the element. */
    cover() {
        const target = this.props.ref.el;
        if (!target || !this.root.el) {
            return;
        }
        const { top, left, width, height } = target.getBoundingClientRect();
        Object.assign(this.root.el.style, {
            top: `${top}px`,
            left: `${left}px`,
            width: `${width}px`,
            height: `${height}px`,
        });
    }

    onDrop(ev) {
        this.state.isOver = false;
        this.props.onDrop?.(ev);
    }
}
