import { reactive } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";

/** Follows invitations to channels. */
export class DiscussCorePublicWeb {
    constructor(env, services) {
        this.env = env;
        this.notificationService = services.notification;
        this.store = services["mail.store"];
        services.bus_service.subscribe("discuss.channel/joined", (payload) => this.onJoined(payload));
    }

    async onJoined({ channel: data, invited_by_user_id: inviterId, open_chat_window: isOpened }) {
        const thread = this.store.Thread.insert(data, { html: true });
        await thread.fetchChannelInfo();
        const isInvited = inviterId && inviterId !== this.store.self.userId;
        if (isInvited) {
            this.notificationService.add(_t("You were invited to #%s.", thread.displayName), { type: "info" });
        }
        if (isOpened) {
            thread.openChatWindow();
        }
    }
}

export const discussCorePublicWeb = {
    dependencies: ["bus_service", "mail.store", "notification"],
    start(env, services) {
        return reactive(new DiscussCorePublicWeb(env, services));
    },
};

registry.category("services").add("discuss.core.public.web", discussCorePublicWeb);
