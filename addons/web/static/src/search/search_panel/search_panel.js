import { Component, useState } from "@odoo/owl";
import { CheckBox } from "@web/core/checkbox/checkbox";
import { useBus } from "@web/core/utils/hooks";

/** Panel beside a view to narrow the search by category and by filters. */
export class SearchPanel extends Component {
    static template = "web.SearchPanel";
    static components = { CheckBox };
    static props = { "*": { optional: true } };

    setup() {
        this.state = useState({ unfolded: {}, collapsed: this.panel.info.fold || this.env.isSmall });
        useBus(this.env.searchModel, "update", () => this.render());
    }

    get panel() {
        return this.env.searchModel.searchPanel;
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
