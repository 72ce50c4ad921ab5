import { Component, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";

/** Parts of the sidebar: mailboxes, channels, and what modules add. */
export const discussSidebarItemsRegistry = registry.category("mail.discuss_sidebar_items");

/** Where the user can go to in the application. */
export class DiscussSidebar extends Component {
    static template = "mail.DiscussSidebar";
    static props = {};

    setup() {
        this.store = useState(useService("mail.store"));
    }

    get items() {
        return discussSidebarItemsRegistry.getEntries();
    }
}
