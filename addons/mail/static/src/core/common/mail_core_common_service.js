import { reactive } from "@odoo/owl";
import { registry } from "@web/core/registry";

/** Follows what the server tells of records, on all pages. */
export class MailCoreCommon {
    constructor(env, services) {
        this.env = env;
        this.busService = services.bus_service;
        this.store = services["mail.store"];
    }

    setup() {
        this.busService.subscribe("mail.record/insert", (payload) => {
            this.store.insert(payload, { html: true });
        });
        this.busService.subscribe("ir.attachment/delete", (payload) => this.onAttachmentDelete(payload));
        this.busService.subscribe("mail.message/delete", (payload, { id }) => this.onMessageDelete(payload, id));
        this.busService.subscribe("mail.message/toggle_star", (payload, { id }) => this.onToggleStar(payload, id));
        this.busService.subscribe("res.users.settings", (payload) => {
            this.store.settings.update(payload);
        });
        this.busService.start();
    }

    onAttachmentDelete({ id, message }) {
        this.store.Attachment.get(id)?.delete();
        if (message) {
            this.store.Message.insert(message);
        }
    }

    onMessageDelete({ message_ids: ids }, notifId) {
        for (const id of ids) {
            const message = this.store.Message.get(id);
            if (message) {
                this.env.bus.trigger("mail.message/delete", { message, notifId });
                message.delete();
            }
        }
    }

    /** The mailbox of marked messages counts what was not counted when the number came. */
    onToggleStar({ message_ids: ids, starred }, notifId) {
        const { starred: box } = this.store;
        this.store.MAKE_UPDATE(() => {
            for (const id of ids) {
                const message = this.store.Message.insert({ id });
                message.starred = starred;
                if (!box) {
                    continue;
                }
                if (notifId > box.counter_bus_id) {
                    box.counter = Math.max(0, box.counter + (starred ? 1 : -1));
                }
                if (starred && box.isLoaded) {
                    box.addOrReplaceMessage(message);
                } else if (!starred) {
                    box.messages.delete(message);
                }
            }
        });
    }
}

export const mailCoreCommon = {
    dependencies: ["bus_service", "mail.store"],
    start(env, services) {
        const core = reactive(new MailCoreCommon(env, services));
        core.setup();
        return core;
    },
};

registry.category("services").add("mail.core.common", mailCoreCommon);
