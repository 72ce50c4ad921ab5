import { Component } from "@odoo/owl";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";

/** Menu of the spans of time that a view shows. */
export class ViewScaleSelector extends Component {
    static template = "web.ViewScaleSelector";
    static components = { Dropdown, DropdownItem };
    static props = {
        scales: { type: Object },
        currentScale: { type: String },
        setScale: { type: Function },
        isWeekendVisible: { type: Boolean, optional: true },
        toggleWeekendVisibility: { type: Function, optional: true },
        dropdownClass: { type: String, optional: true },
    };

    /** Entries of the menu: how each scale is named, which one is in force. */
    get entries() {
        const { currentScale, scales } = this.props;
        return Object.keys(scales).map((name) => ({
            name,
            label: scales[name].description,
            isActive: name === currentScale,
            attrs: {
                "data-hotkey": scales[name].hotkey,
                role: "menuitemradio",
                "aria-checked": String(name === currentScale),
            },
        }));
    }
}
