import { Component } from "@odoo/owl";

/** Stat buttons above the title. */
export class ButtonBox extends Component {
    static template = "web.Form.ButtonBox";
    static props = { slots: { type: Object, optional: true }, class: { type: String, optional: true } };

    get visibleSlotNames() {
        return Object.entries(this.props.slots || {})
            .filter(([, slot]) => slot.isVisible)
            .map(([name]) => name);
    }
}
