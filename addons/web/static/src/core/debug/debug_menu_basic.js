import { Component, useState } from "@odoo/owl";
import { useEnvDebugContext } from "@web/core/debug/debug_context";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { registry } from "@web/core/registry";

const sections = registry.category("debug_section");
const OTHERS = { label: "", sequence: 100 };

/**
 * @param {Object[]} items in the order of their sequences
 * @returns {Array<{key: string, label: string, items: Object[]}>} by section, in the order of these
 */
export function groupItems(items) {
    const found = new Map();
    for (const item of items) {
        found.set(item.section, [...(found.get(item.section) || []), item]);
    }
    return [...found]
        .map(([key = "", own]) => ({ key, items: own, ...OTHERS, ...sections.get(key, {}) }))
        .sort((one, other) => one.sequence - other.sequence);
}

/** Button with the tools for developers that concern what is shown now, in sections. */
export class DebugMenuBasic extends Component {
    static template = "web.DebugMenu";
    static components = { Dropdown, DropdownItem };
    static props = {};

    setup() {
        this.debugContext = useEnvDebugContext();
        this.state = useState({ sections: [] });
    }

    async loadItems() {
        this.state.sections = groupItems(await this.debugContext.getItems(this.env));
    }
}
