import { Record } from "@mail/core/common/record";

/** Somebody in a channel. */
export class ChannelMember extends Record {
    static id = "id";
    /** @type {number} */
    id;
    create_date = Record.attr(undefined, { type: "datetime" });
    last_interest_dt = Record.attr(undefined, { type: "datetime" });
    last_seen_dt = Record.attr(undefined, { type: "datetime" });
    persona = Record.one("Persona", { inverse: "channelMembers" });
    thread = Record.one("Thread", { inverse: "channelMembers" });
    threadAsSelf = Record.one("Thread", {
        eager: true,
        compute() {
            return this.persona?.eq(this.store.self) ? this.thread : undefined;
        },
    });
    fetched_message_id = Record.one("Message");
    seen_message_id = Record.one("Message");
    message_unread_counter = Record.attr(0);
    message_unread_counter_bus_id = Record.attr(0);
    /** The first message that is new to the member, by the server. */
    new_message_separator = Record.attr(null);
    /** Where the user sees the new messages begin; the server is followed only while `syncUnread`. */
    localNewMessageSeparator = Record.attr(null, {
        compute() {
            return this.syncUnread ? this.new_message_separator : this.localNewMessageSeparator;
        },
    });
    localMessageUnreadCounter = Record.attr(0, {
        compute() {
            return this.syncUnread ? this.message_unread_counter : this.localMessageUnreadCounter;
        },
    });
    syncUnread = Record.attr(true);
    hideUnreadBanner = Record.attr(false);

    /** Whether the member is writing just now. */
    isTyping = Record.attr(false);
    threadAsTyping = Record.one("Thread", {
        inverse: "typingMembers",
        eager: true,
        compute() {
            return this.isTyping ? this.thread : undefined;
        },
    });

    get name() {
        return this.persona?.name || "";
    }

    get memberSince() {
        return this.create_date;
    }

    /** Whether what is counted here is what the server counts. */
    get unreadSynced() {
        return this.localNewMessageSeparator === this.new_message_separator;
    }

    get totalUnreadMessageCounter() {
        const known = this.thread?.persistentMessages.filter(
            (message) => !message.isNotification && this.localNewMessageSeparator <= message.id
        ).length;
        return Math.max(this.localMessageUnreadCounter, known || 0);
    }

    /** @param {Object} message */
    hasSeen(message) {
        return Boolean(this.persona?.eq(message.author)) || (this.seen_message_id?.id || 0) >= message.id;
    }

    getLangName() {
        return this.persona?.lang_name;
    }
}
ChannelMember.register();
