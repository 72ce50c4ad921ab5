import { Component } from "@odoo/owl";
import { Dropdown } from "@web/core/dropdown/dropdown";

/** Buttons of a form's header; in a menu on small screens. */
export class StatusBarButtons extends Component {
    static template = "web.StatusBarButtons";
    static components = { Dropdown };
    static props = { slots: { type: Object, optional: true }, readonly: { optional: true } };

    get visibleSlotNames() {
        return Object.entries(this.props.slots || {})
            .filter(([, slot]) => slot.isVisible)
            .map(([name]) => name);
    }
}
