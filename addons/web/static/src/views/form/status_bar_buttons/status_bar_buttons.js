import { Component } from "@odoo/owl";

/** Buttons of a form's header; on small screens they are in the menu of the form. */
export class StatusBarButtons extends Component {
    static template = "web.StatusBarButtons";
    static props = { slots: { type: Object, optional: true }, readonly: { optional: true } };

    get visibleSlotNames() {
        return Object.entries(this.props.slots || {})
            .filter(([, slot]) => slot.isVisible)
            .map(([name]) => name);
    }
}
