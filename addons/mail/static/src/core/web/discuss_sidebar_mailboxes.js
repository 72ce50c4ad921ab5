import { Component, useState } from "@odoo/owl";
import { ThreadIcon } from "@mail/core/common/thread_icon";
import { discussSidebarItemsRegistry } from "@mail/core/public_web/discuss_sidebar";
import { useService } from "@web/core/utils/hooks";

/** The mailboxes of the user. */
export class DiscussSidebarMailboxes extends Component {
    static template = "mail.DiscussSidebarMailboxes";
    static components = { ThreadIcon };
    static props = {};

    setup() {
        this.store = useState(useService("mail.store"));
    }

    get boxes() {
        const { history, inbox, starred } = this.store;
        return [inbox, starred, history];
    }
}

discussSidebarItemsRegistry.add("mailbox", DiscussSidebarMailboxes, { sequence: 20 });
