import { Component, useChildSubEnv, xml } from "@odoo/owl";

/** Key of the group in the environment of what is inside. */
export const DROPDOWN_GROUP = Symbol("dropdownGroup");

/** Groups that are named share their members, wherever they are. */
const named = new Map();

/** Dropdowns inside follow the mouse once one is open. */
export class DropdownGroup extends Component {
    static template = xml`<div class="o-dropdown-group d-contents"><t t-slot="default"/></div>`;
    static props = { group: { type: String, optional: true }, slots: { type: Object, optional: true } };

    setup() {
        const { group } = this.props;
        const members = (group && named.get(group)) || new Set();
        if (group) {
            named.set(group, members);
        }
        useChildSubEnv({ [DROPDOWN_GROUP]: members });
    }
}
