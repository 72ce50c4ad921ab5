import { reactive } from "@odoo/owl";
import { registry } from "@web/core/registry";

/** Follows what the server tells of the mailboxes and activities of the user. */
export class MailCoreWeb {
    constructor(env, services) {
        this.env = env;
        this.busService = services.bus_service;
        this.store = services["mail.store"];
    }

    setup() {
        this.busService.subscribe("mail.activity/updated", (payload, { id }) => this.onActivity(payload, id));
        this.busService.subscribe("mail.message/inbox", (payload, { id }) => this.onInbox(payload, id));
        this.busService.subscribe("mail.message/mark_as_read", (payload, { id }) => this.onRead(payload, id));
        this.env.bus.addEventListener("mail.message/delete", ({ detail }) => this.onDelete(detail));
    }

    onActivity({ activity_created: isCreated, activity_deleted: isDeleted }, notifId) {
        if (notifId > this.store.activity_counter_bus_id) {
            this.store.activityCounter += (isCreated ? 1 : 0) - (isDeleted ? 1 : 0);
        }
    }

    /** The user is to read a message: it is in the inbox, and where the document is shown. */
    onInbox(payload, notifId) {
        const [message] = this.store.insert(payload, { html: true }).Message || [];
        if (!message) {
            return;
        }
        const { inbox } = this.store;
        const { thread } = message;
        this.store.MAKE_UPDATE(() => {
            if (inbox.isLoaded) {
                inbox.addOrReplaceMessage(message);
            }
            if (notifId > inbox.counter_bus_id) {
                inbox.counter++;
            }
            if (thread && notifId > thread.message_needaction_counter_bus_id) {
                thread.message_needaction_counter++;
            }
            // the channel tells of its own messages, and documents have none that are for one user alone
            const isOfDocument = thread?.model !== "discuss.channel" && message.message_type !== "user_notification";
            if (thread?.isLoaded && isOfDocument) {
                thread.addOrReplaceMessage(message);
            }
        });
    }

    onRead({ message_ids: ids, needaction_inbox_counter: counter }, notifId) {
        const { history, inbox } = this.store;
        this.store.MAKE_UPDATE(() => {
            for (const id of ids) {
                const message = this.store.Message.get(id);
                if (!message) {
                    continue;
                }
                const { thread } = message;
                if (message.needaction && thread && notifId > thread.message_needaction_counter_bus_id) {
                    thread.message_needaction_counter = Math.max(0, thread.message_needaction_counter - 1);
                }
                message.needaction = false;
                inbox.messages.delete(message);
                if (history.isLoaded) {
                    history.addOrReplaceMessage(message);
                }
            }
            if (notifId > inbox.counter_bus_id) {
                Object.assign(inbox, { counter, counter_bus_id: notifId });
            }
            if (inbox.counter > inbox.messages.length) {
                inbox.loadOlder = true;
            }
        });
    }

    /** A message that is gone is not to be read. */
    onDelete({ message, notifId }) {
        const { inbox, starred } = this.store;
        for (const [box, counts] of [
            [inbox, message.needaction],
            [starred, message.starred],
        ]) {
            if (counts && notifId > box.counter_bus_id) {
                box.counter--;
            }
        }
    }
}

export const mailCoreWeb = {
    dependencies: ["bus_service", "mail.store"],
    start(env, services) {
        const core = reactive(new MailCoreWeb(env, services));
        core.setup();
        return core;
    },
};

registry.category("services").add("mail.core.web", mailCoreWeb);
