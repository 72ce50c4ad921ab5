import { Component } from "@odoo/owl";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { CheckBox } from "@web/core/checkbox/checkbox";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { sortBy } from "@web/core/utils/arrays";
import { imageUrl } from "@web/core/utils/urls";
import { session } from "@web/session";

const userMenuRegistry = registry.category("user_menuitems");

/** Picture of the user with a menu. */
export class UserMenu extends Component {
    static template = "web.UserMenu";
    static components = { CheckBox, Dropdown, DropdownItem };
    static props = {};

    setup() {
        this.userName = user.name;
        this.dbName = session.db;
        this.source = imageUrl("res.partner", user.partnerId, "avatar_128", { unique: user.writeDate });
    }

    getElements() {
        const elements = userMenuRegistry.getAll().map((make) => make(this.env));
        const shown = elements.filter(({ hide, show }) => !hide && (!show || show()));
        return sortBy(shown, ({ sequence }) => sequence || 100);
    }
}

export const systrayItem = { Component: UserMenu };

registry.category("systray").add("web.user_menu", systrayItem, { sequence: 0 });
