import { Component, onMounted, onPatched, useRef, useState } from "@odoo/owl";

/** Room that the menu keeps from the edges of the window, in pixels. */
const MARGIN = 8;

/** What can be put where something is typed, such as `/`. The text keeps the focus. */
export class SuggestionMenu extends Component {
    static template = "html_editor.SuggestionMenu";
    static props = { state: Object, choose: Function, getPlace: Function, close: Function };

    setup() {
        this.state = useState(this.props.state);
        this.root = useRef("root");
        onMounted(() => this.place());
        onPatched(() => this.place());
    }

    /** @returns {{name: any, items: Object[]}[]} items by category, in their order */
    get sections() {
        const sections = [];
        this.state.items.forEach((item, index) => {
            if (!sections.length || sections.at(-1).name !== item.category) {
                sections.push({ key: index, name: item.category, items: [] });
            }
            sections.at(-1).items.push({ ...item, index });
        });
        return sections;
    }

    /** Below the text, above it where there is more room. */
    place() {
        const { el } = this.root;
        const { left, top, bottom } = this.props.getPlace();
        const { offsetHeight: height, offsetWidth: width } = el;
        const below = window.innerHeight - bottom - 2 * MARGIN;
        const isAbove = height > below && top > below;
        el.style.maxHeight = `${Math.max(120, Math.min(320, isAbove ? top - 2 * MARGIN : below))}px`;
        el.style.left = `${Math.max(MARGIN, Math.min(left, window.innerWidth - width - MARGIN))}px`;
        el.style.top = isAbove ? `${Math.max(MARGIN, top - el.offsetHeight - MARGIN)}px` : `${bottom + MARGIN / 2}px`;
        el.querySelector(".active")?.scrollIntoView({ block: "nearest" });
    }
}
