import { Component, xml } from "@odoo/owl";

/** Dropdowns inside follow the mouse once one is open. */
export class DropdownGroup extends Component {
    static template = xml`<div class="o-dropdown-group d-contents"><t t-slot="default"/></div>`;
    static props = { group: { type: String, optional: true }, slots: { type: Object, optional: true } };
}
