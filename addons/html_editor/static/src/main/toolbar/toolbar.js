import { Component, useEffect, useRef, useState } from "@odoo/owl";

const STEPS = { ArrowRight: 1, ArrowLeft: -1 };

/** Buttons for what can be done with the text that is selected. */
export class Toolbar extends Component {
    static template = "html_editor.Toolbar";
    static props = {
        class: { optional: true },
        /** Of the plugin: what there is, and when it changed. */
        info: Object,
        onRoot: { type: Function, optional: true },
    };

    setup() {
        this.root = useRef("root");
        this.state = useState(this.props.info.state);
        useEffect(() => {
            this.props.onRoot?.(this.root.el);
            this.enterable();
        });
    }

    /** @returns {Object[]} groups with the items that there are now */
    get groups() {
        // what is shown follows from it
        void this.state.version;
        return this.props.info.getGroups();
    }

    propsOf(item) {
        return { ...item.props, name: item.id, title: item.title, version: this.state.version };
    }

    run(item) {
        this.props.info.run(item);
    }

    get buttons() {
        const { el } = /** @type {{el: HTMLElement}} */ (this.root);
        return /** @type {HTMLElement[]} */ (Array.from(el.querySelectorAll("button:not(:disabled)")));
    }

    /** Tab reaches one of the buttons, arrows go on from there. */
    enterable() {
        const { buttons } = this;
        const current = buttons.find((button) => button === document.activeElement) || buttons[0];
        buttons.forEach((button) => (button.tabIndex = button === current ? 0 : -1));
    }

    /** The text stays selected. */
    onMousedown(ev) {
        if (!ev.target.closest("input, select")) {
            ev.preventDefault();
        }
    }

    onKeydown(ev) {
        const { buttons } = this;
        const index = buttons.indexOf(/** @type {HTMLElement} */ (document.activeElement));
        let next = null;
        if (ev.key in STEPS) {
            const step = STEPS[ev.key] * (getComputedStyle(this.root.el).direction === "rtl" ? -1 : 1);
            next = buttons.at((index + step) % buttons.length);
        } else if (ev.key === "Home") {
            next = buttons[0];
        } else if (ev.key === "End") {
            next = buttons.at(-1);
        } else if (ev.key === "Escape") {
            ev.stopPropagation();
            this.props.info.focusEditor();
            return;
        }
        if (next) {
            ev.preventDefault();
            next.focus();
            this.enterable();
        }
    }
}
