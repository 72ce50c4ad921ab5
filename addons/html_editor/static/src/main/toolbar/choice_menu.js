import { Component } from "@odoo/owl";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";

/** A button of the toolbar that shows what is chosen, and opens a menu with all there is. */
export class ChoiceMenu extends Component {
    static template = "html_editor.ChoiceMenu";
    static components = { Dropdown, DropdownItem };
    static props = {
        name: { type: String, optional: true },
        title: { optional: true },
        icon: { type: String, optional: true },
        getLabel: { type: Function, optional: true },
        getItems: Function,
        onSelected: Function,
        version: { type: Number, optional: true },
        focusEditor: { type: Function, optional: true },
    };

    get label() {
        return this.props.getLabel?.() || "";
    }

    /** What it is for, and what is chosen. */
    get fullTitle() {
        return this.label ? `${this.props.title}: ${this.label}` : this.props.title;
    }

    get items() {
        return this.props.getItems().map((item) => ({ ...item, key: String(item.id || "none") }));
    }
}
