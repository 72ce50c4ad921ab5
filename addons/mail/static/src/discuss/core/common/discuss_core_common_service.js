import { reactive } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";

/** Follows what the server tells of channels. */
export class DiscussCoreCommon {
    constructor(env, services) {
        const { bus_service: busService, notification: notificationService, orm } = services;
        Object.assign(this, { busService, env, notificationService, orm, store: services["mail.store"] });
    }

    setup() {
        const follow = (type, callback) =>
            this.busService.subscribe(type, (payload, { id } = {}) => callback.call(this, payload, id));
        follow("discuss.channel/leave", this.onLeave);
        follow("discuss.channel/delete", this.onDelete);
        follow("discuss.channel/new_message", this.onNewMessage);
        follow("discuss.channel/transient_message", this.onTransientMessage);
        follow("discuss.channel/unpin", this.onUnpin);
        follow("discuss.channel.member/fetched", this.onFetched);
        this.env.bus.addEventListener("mail.message/delete", ({ detail }) => this.onMessageDelete(detail));
    }

    channel(id) {
        return this.store.Thread.get({ id, model: "discuss.channel" });
    }

    // ------------------------------------------------------------------ new conversations

    /** @param {{default_display_mode?: string, partners_to: number[]}} values */
    async createGroupChat({ default_display_mode, partners_to }) {
        const data = await this.orm.call("discuss.channel", "create_group", [], { default_display_mode, partners_to });
        return this._openCreated(data);
    }

    /** A chat with one, or a group with several. @param {number[]} partnerIds */
    async startChat(partnerIds) {
        const others = partnerIds.filter((id) => id !== this.store.self.id);
        if (others.length > 1) {
            return this.createGroupChat({ partners_to: partnerIds });
        }
        const chat = await this.store.joinChat(others[0] ?? this.store.self.id, true);
        chat?.open();
        return chat;
    }

    /** @param {string} name @param {number|null} [groupId] of users who may see it; everybody without one */
    async createChannel(name, groupId = this.store.internalUserGroupId) {
        const data = await this.orm.call("discuss.channel", "channel_create", [name, groupId]);
        return this._openCreated(data);
    }

    _openCreated(data) {
        const { Thread: threads = [] } = this.store.insert(data, { html: true });
        const thread = threads.find(({ model }) => model === "discuss.channel");
        thread?.open();
        return thread;
    }

    // ------------------------------------------------------------------ what is told

    onLeave(payload) {
        const { Thread: [thread] = [] } = this.store.insert(payload, { html: true });
        if (!thread) {
            return;
        }
        if (thread.notifyOnLeave) {
            this.notificationService.add(_t("You left %s.", thread.displayName), { type: "info" });
        }
        thread.closeChatWindow({ notifyState: false });
        thread.selfMember?.delete();
    }

    onDelete({ id }) {
        const thread = this.channel(id);
        if (thread) {
            thread.closeChatWindow({ notifyState: false });
            this.notificationService.add(_t("The channel %s was deleted.", thread.displayName), { type: "warning" });
            thread.delete();
        }
    }

    onUnpin({ id }) {
        const thread = this.channel(id);
        if (thread) {
            Object.assign(thread, { is_pinned: false, isLocallyPinned: false });
            thread.closeChatWindow({ notifyState: false });
        }
    }

    onFetched({ id, last_message_id: messageId, partner_id: partnerId, channel_id: channelId }) {
        this.store.ChannelMember.insert({
            fetched_message_id: { id: messageId },
            id,
            persona: { id: partnerId, type: "partner" },
            thread: { id: channelId, model: "discuss.channel" },
        });
    }

    onTransientMessage({ body, thread: place }) {
        const thread = this.store.Thread.get(place);
        if (!thread) {
            return;
        }
        const message = this.store.Message.insert(
            {
                author: this.store.odoobot,
                body,
                date: luxon.DateTime.now(),
                id: this.store.getNextTemporaryId(),
                is_transient: true,
                message_type: "notification",
                thread,
            },
            { html: true }
        );
        thread.messages.push(message);
        thread.transientMessages.push(message);
    }

    async onNewMessage({ data, id, silent, temporary_id: temporaryId }, notifId) {
        const thread = await this.store.Thread.getOrFetch({ id, model: "discuss.channel" });
        if (!thread) {
            return;
        }
        const { Message: [message] = [] } = this.store.insert(data, { html: true });
        if (!message) {
            return;
        }
        this.store.MAKE_UPDATE(() => {
            const temporary = temporaryId ? this.store.Message.get(temporaryId) : undefined;
            thread.addOrReplaceMessage(message, temporary);
            this._count(thread, message, notifId);
        });
        if (!message.isSelfAuthored && this.store.self.type !== "guest" && thread.isChatChannel) {
            thread.markAsFetched();
        }
        if (thread.isDisplayed && thread.composer?.isFocused && !thread.loadNewer && !message.isSelfAuthored) {
            thread.markAsRead();
        }
        this.env.bus.trigger("discuss.channel/new_message", { channel: thread, message, silent });
        if (!silent && !message.isSelfAuthored && !message.isNotification) {
            thread.notifyMessageToUser(message);
        }
    }

    /** Whoever writes has read; for the user there is one more, unless the server has counted it already. */
    _count(thread, message, notifId) {
        const { selfMember } = thread;
        const author = thread.channelMembers.find(({ persona }) => persona?.eq(message.author));
        if (author) {
            author.isTyping = false;
            if (!(author.seen_message_id?.id > message.id)) {
                author.seen_message_id = message;
            }
        }
        if (!selfMember || message.isSelfAuthored || message.isNotification) {
            return;
        }
        if (notifId > selfMember.message_unread_counter_bus_id) {
            selfMember.message_unread_counter++;
        }
        if (!thread.isDisplayed) {
            selfMember.syncUnread = true;
        }
    }

    onMessageDelete({ message, notifId }) {
        const { selfMember } = message.thread || {};
        const isNew = selfMember && message.id >= selfMember.new_message_separator && !message.isNotification;
        if (isNew && notifId > selfMember.message_unread_counter_bus_id) {
            selfMember.message_unread_counter = Math.max(0, selfMember.message_unread_counter - 1);
        }
    }
}

export const discussCoreCommon = {
    dependencies: ["bus_service", "mail.store", "notification", "orm"],
    start(env, services) {
        const core = reactive(new DiscussCoreCommon(env, services));
        core.setup();
        return core;
    },
};

registry.category("services").add("discuss.core.common", discussCoreCommon);
