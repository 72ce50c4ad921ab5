import { Component, useRef, useState } from "@odoo/owl";
import { CheckBox } from "@web/core/checkbox/checkbox";
import { clamp } from "@web/core/utils/numbers";
import { _t } from "@web/core/l10n/translation";
import { useBus } from "@web/core/utils/hooks";

/** Least and most width, in pixels, and what a key changes. */
const WIDTHS = [120, 600];
const STEP = 20;

/** Panel beside a view to narrow the search by category and by filters. */
export class SearchPanel extends Component {
    static template = "web.SearchPanel";
    static components = { CheckBox };
    static props = { "*": { optional: true } };

    setup() {
        const { fold, width = null } = this.panel.info;
        this.state = useState({ unfolded: {}, collapsed: Boolean(fold || this.env.isSmall), width });
        this.root = useRef("root");
        useBus(this.env.searchModel, "update", () => this.render());
    }

    get showLabel() {
        return _t("Show the panel").toString();
    }

    get hideLabel() {
        return _t("Hide the panel").toString();
    }

    get panel() {
        return this.env.searchModel.searchPanel;
    }

    /** Fold or unfold the panel; other views of the action show it in the same way. */
    toggle() {
        this.state.collapsed = !this.state.collapsed;
        if (!this.env.isSmall) {
            this.panel.info.fold = this.state.collapsed;
        }
    }

    // ------------------------------------------------------------------ width

    get width() {
        const { collapsed, width } = this.state;
        return width && !collapsed && !this.env.isSmall ? `width: ${width}px` : "";
    }

    /** Other views of the action show the panel as wide. */
    resize(width) {
        this.state.width = Math.round(clamp(width, ...WIDTHS));
        this.panel.info.width = this.state.width;
    }

    get isMirrored() {
        return getComputedStyle(this.root.el).direction === "rtl";
    }

    onResizeStart({ clientX, pointerId, target }) {
        const start = this.root.el.offsetWidth;
        const direction = this.isMirrored ? -1 : 1;
        const move = (ev) => this.resize(start + direction * (ev.clientX - clientX));
        target.setPointerCapture(pointerId);
        target.addEventListener("pointermove", move);
        target.addEventListener("lostpointercapture", () => target.removeEventListener("pointermove", move), {
            once: true,
        });
    }

    onResizeKeydown(ev) {
        const side = { ArrowLeft: -1, ArrowRight: 1 }[ev.key];
        if (side) {
            ev.preventDefault();
            this.resize(this.root.el.offsetWidth + STEP * side * (this.isMirrored ? -1 : 1));
        }
    }

    get sections() {
        return this.panel.list;
    }

    /** Values of a category in the order of their tree. */
    rows(section) {
        const values = [...section.values.values()];
        const parentOf = (value) =>
            section.parentField && value[section.parentField]
                ? (value[section.parentField][0] ?? value[section.parentField])
                : false;
        const ids = new Set(values.map((value) => value.id));
        const under = (parent, level) =>
            values
                .filter((value) => (ids.has(parentOf(value)) ? parentOf(value) : false) === parent)
                .flatMap((value) => {
                    const hasChildren = values.some((other) => parentOf(other) === value.id);
                    const isOpen = this.state.unfolded[`${section.id}-${value.id}`];
                    return [{ ...value, level, hasChildren, isOpen }, ...(isOpen ? under(value.id, level + 1) : [])];
                });
        return under(false, 0);
    }

    /** Values of a filter by group. */
    groups(section) {
        const groups = new Map();
        for (const value of section.values.values()) {
            const key = value.group_id ?? "";
            groups.set(key, groups.get(key) || { name: value.group_name || "", values: [] });
            groups.get(key).values.push(value);
        }
        return [...groups.values()];
    }

    toggleFold(section, value) {
        const key = `${section.id}-${value.id}`;
        this.state.unfolded[key] = !this.state.unfolded[key];
    }

    choose(section, value) {
        const id = value ? value.id : false;
        if (value?.hasChildren && section.activeValueId === id) {
            this.toggleFold(section, value);
        }
        this.panel.toggleCategory(section.id, id);
    }
}
