import { Component } from "@odoo/owl";

/** Choice of a field to group by that the search view does not offer. */
export class CustomGroupByItem extends Component {
    static template = "web.CustomGroupByItem";
    static props = { fields: Array, onAddCustomGroup: Function };

    /** The select offers the next group again once one is chosen. */
    onSelected({ currentTarget: select }) {
        const chosen = [...select.selectedOptions].map((option) => option.value).filter(Boolean);
        select.selectedIndex = 0;
        chosen.forEach((name) => this.props.onAddCustomGroup(name));
    }
}
