import { Component } from "@odoo/owl";

/** Buttons of a form's header as entries of a menu. */
export class StatusBarDropdownItems extends Component {
    static template = "web.StatusBarDropdownItems";
    static props = { slots: { type: Object, optional: true } };

    get visibleSlotNames() {
        return Object.entries(this.props.slots || {})
            .filter(([, slot]) => slot.isVisible)
            .map(([name]) => name);
    }
}
