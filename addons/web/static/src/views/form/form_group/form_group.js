import { Component } from "@odoo/owl";

/**
 * @typedef {Object} GroupItem slot of a group: what stands in one of its places
 * @property {string} name of the slot
 * @property {string} [type] "item", else it is no place of the group
 * @property {number} [sequence] place among the others
 * @property {boolean} [isVisible]
 * @property {number} [itemSpan] columns it takes
 * @property {boolean} [newline] whether it only ends the row
 * @property {string} [subType] "item_component": a component, such as a label, stands before the content
 * @property {typeof Component} [Component] that one, with its `props`
 * @property {Object} [props]
 * @property {string} [class]
 */

/** What groups of both kinds have: a title, and slots that say where they stand. */
class Group extends Component {
    static template = "";
    static props = ["class?", "slots?", "maxCols?", "style?"];
    static defaultProps = { maxCols: 2, slots: {}, class: "", style: "" };

    /** @returns {GroupItem[]} what is shown, in its order */
    getItems() {
        const items = Object.entries(this.props.slots || {}).map(([name, slot]) => ({ name, ...slot }));
        const shown = items.filter(({ type, isVisible }) => type === "item" && (isVisible === undefined || isVisible));
        return shown.sort((a, b) => (a.sequence || 0) - (b.sequence || 0));
    }

    /** @returns {GroupItem|null} */
    getTitle() {
        const { title } = this.props.slots;
        return title ? { name: "title", ...title } : null;
    }

    /** @param {number} columns */
    styleOf(columns) {
        return `--o-columns: ${columns};${this.props.style}`;
    }
}

/** Groups beside each other, in columns. */
export class OuterGroup extends Group {
    static template = "web.Form.OuterGroup";

    get style() {
        return this.styleOf(this.props.maxCols);
    }

    /** @param {GroupItem} item */
    spanOf({ itemSpan }) {
        return `--o-span: ${Math.min(itemSpan || 1, this.props.maxCols)}`;
    }
}

/** Labels and what they are for, in pairs of columns. */
export class InnerGroup extends Group {
    static template = "web.Form.InnerGroup";

    /** Pairs of columns. */
    get columns() {
        return Math.max(1, Math.floor(this.props.maxCols / 2));
    }

    get style() {
        return this.styleOf(this.columns);
    }

    /** @param {GroupItem} item @returns {boolean} whether a label stands before it */
    hasLabel({ subType }) {
        return subType === "item_component";
    }

    /** @param {GroupItem} item */
    spanOf(item) {
        const pairs = Math.ceil((item.itemSpan || 1) / 2);
        return `--o-span: ${Math.min(pairs, this.columns)}`;
    }

    /** @param {GroupItem} item @returns {boolean} whether it takes the room of a label and its field */
    isWide(item) {
        return !this.hasLabel(item);
    }

    /** @returns {GroupItem[][]} items that stand beside each other */
    getRows() {
        const rows = [[]];
        let free = this.props.maxCols;
        for (const item of this.getItems()) {
            const span = Math.min(item.itemSpan || 1, this.props.maxCols);
            if (item.newline || span > free) {
                rows.push([]);
                free = this.props.maxCols;
            }
            if (!item.newline) {
                rows.at(-1).push(item);
                free -= span;
            }
        }
        return rows.filter((row) => row.length);
    }
}
