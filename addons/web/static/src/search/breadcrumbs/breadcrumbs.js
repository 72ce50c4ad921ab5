import { Component } from "@odoo/owl";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";

/** Where the user is, and the way back. */
export class Breadcrumbs extends Component {
    static template = "web.Breadcrumbs";
    static components = { Dropdown, DropdownItem };
    static props = { breadcrumbs: Array, slots: { type: Object, optional: true } };

    get current() {
        return this.props.breadcrumbs.at(-1);
    }

    get previous() {
        return this.props.breadcrumbs.slice(0, -1);
    }

    get visible() {
        return this.previous.slice(this.env.isSmall ? -1 : -2);
    }

    get collapsed() {
        return this.previous.slice(0, this.previous.length - this.visible.length);
    }

    onClick(ev, breadcrumb) {
        if (!ev.ctrlKey && !ev.metaKey) {
            ev.preventDefault();
            breadcrumb.onSelected();
        }
    }
}
