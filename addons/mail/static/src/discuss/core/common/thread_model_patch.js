import { callOn } from "@mail/core/common/calls";
import { Record } from "@mail/core/common/record";
import { Thread } from "@mail/core/common/thread_model";
import { rpc } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { patch } from "@web/core/utils/patch";

const commandsRegistry = registry.category("discuss.channel_commands");
/** Who counts as being there. */
const PRESENT = ["away", "bot", "online"];
const SILENT = { silent: true };

/** Of some channels only a part is known, from what the server told of them. */
patch(Thread, {
    async getOrFetch(data) {
        const thread = await super.getOrFetch(data);
        if (thread?.isChannel && thread.fetchChannelInfoState === "not_fetched") {
            await thread.fetchChannelInfo();
        }
        return thread;
    },
});

/** What channels can do. */
patch(Thread.prototype, {
    setup() {
        super.setup();
        this.fetchChannelInfoState = "not_fetched";
        // the server tells of channels to those who are in them, as of when the page asked for it
        const listenAgain = (member) => member.store.updateBusSubscription();
        this.selfMember = Record.one("ChannelMember", {
            inverse: "threadAsSelf",
            onAdd: listenAgain,
            onDelete: () => this.store?.updateBusSubscription(),
        });
        this.parent_channel_id = Record.one("Thread", { inverse: "sub_channel_ids" });
        this.sub_channel_ids = Record.many("Thread", {
            inverse: "parent_channel_id",
            sort: (one, other) => other.id - one.id,
        });
        this.from_message_id = Record.one("Message", { inverse: "linkedSubChannel" });
        /** The thread up to which those of the channel were asked for. */
        this.lastSubChannelLoaded = Record.one("Thread");
        this.pinnedMessages = Record.many("Message", {
            compute() {
                return this.allMessages.filter((message) => message.pinned_at);
            },
            sort: (one, other) => (other.pinned_at?.ts || 0) - (one.pinned_at?.ts || 0) || one.id - other.id,
        });
        this.onlineMembers = Record.many("ChannelMember", {
            compute() {
                return this.channelMembers.filter(({ persona }) => PRESENT.includes(persona?.im_status));
            },
            sort: byName,
        });
        this.offlineMembers = Record.many("ChannelMember", {
            compute() {
                return this._computeOfflineMembers();
            },
            sort: byName,
        });
    },

    _computeOfflineMembers() {
        return this.channelMembers.filter(({ persona }) => !PRESENT.includes(persona?.im_status));
    },

    get isChannel() {
        return this.model === "discuss.channel";
    },

    async fetchChannelInfo() {
        this.fetchChannelInfoState = "fetching";
        try {
            const data = await rpc("/discuss/channel/info", { channel_id: this.id }, SILENT);
            this.store.insert(data || {}, { html: true });
        } finally {
            this.fetchChannelInfoState = "fetched";
        }
    },

    /** Ask for members that are not known yet. */
    async fetchChannelMembers() {
        if (this.fetchMembersState === "pending") {
            return;
        }
        const before = this.fetchMembersState;
        this.fetchMembersState = "pending";
        try {
            const known = this.channelMembers.map(({ id }) => id);
            const params = { channel_id: this.id, known_member_ids: known };
            this.store.insert(await rpc("/discuss/channel/members", params, SILENT), { html: true });
            this.fetchMembersState = "fetched";
        } catch (error) {
            this.fetchMembersState = before;
            throw error;
        }
    },

    /** Ask for the messages that are pinned; later ones are told. */
    async fetchPinnedMessages() {
        const params = { channel_id: this.id };
        this.store.insert(await rpc("/discuss/channel/pinned_messages", params, SILENT), { html: true });
    },

    /** Older files than those that are known. @param {number} [limit] how many */
    async fetchMoreAttachments(limit = 30) {
        const isOver = this.areAttachmentsLoaded || this.isLoadingAttachments;
        if (!isOver) {
            this.isLoadingAttachments = true;
            const oldest = this.attachments.at(-1);
            const place = { before: oldest?.id ?? null, channel_id: this.id };
            await this._fetchFiles({ ...place, limit }).finally(() => (this.isLoadingAttachments = false));
        }
    },

    async _fetchFiles(params) {
        const found = this.store.insert(await rpc("/discuss/channel/attachments", params)).Attachment || [];
        this.areAttachmentsLoaded = found.length < params.limit;
    },

    /** What came while the user was about to write is read when it is there. */
    async fetchNewMessages() {
        await super.fetchNewMessages();
        if (this.isChannel && this.composer?.isFocused) {
            this.markAsRead();
        }
    },

    markAsRead({ sync = false } = {}) {
        super.markAsRead({ sync });
        const newest = this.newestPersistentAllMessages[0];
        const { selfMember } = this;
        if (!this.isChannel || !selfMember || !newest) {
            return;
        }
        const isRead = selfMember.seen_message_id?.id >= newest.id && selfMember.new_message_separator > newest.id;
        if (!isRead) {
            const params = { channel_id: this.id, last_message_id: newest.id, sync };
            // who has left the channel has nothing to read there
            rpc("/discuss/channel/mark_as_read", params, SILENT).catch(() => {});
        }
    },

    markAsFetched() {
        return callOn(this, "discuss.channel", "channel_fetched");
    },

    async pin() {
        this.isLocallyPinned = true;
        await callOn(this, "discuss.channel", "channel_pin", true);
    },

    async unpin() {
        this.isLocallyPinned = false;
        await callOn(this, "discuss.channel", "channel_pin", false);
    },

    async leave() {
        await this.env.services.orm.call("discuss.channel", "action_unfollow", [[this.id]]);
        this.selfMember?.delete();
        Object.assign(this, { is_pinned: false, isLocallyPinned: false });
        this.closeChatWindow({ notifyState: false });
    },

    /** Groups and channels are called so by everybody, chats by the user alone. @param {string} name */
    async rename(name) {
        const wanted = name.trim();
        const method = this.channel_type === "chat" ? "channel_set_custom_name" : "channel_rename";
        if (wanted === this.displayName || (!wanted && method === "channel_rename")) {
            return;
        }
        await callOn(this, "discuss.channel", method, wanted);
        this[method === "channel_rename" ? "name" : "custom_channel_name"] = wanted;
    },

    async notifyDescriptionToServer(text) {
        this.description = text;
        await callOn(this, "discuss.channel", "channel_change_description", text);
    },

    async notifyAvatarToServer(data) {
        await rpc("/discuss/channel/update_avatar", { channel_id: this.id, data });
    },

    executeCommand(command) {
        return callOn(this, "discuss.channel", command.methodName);
    },

    /** The command that a text begins with, where it is one of this kind of conversation. */
    commandOf(text) {
        const word = this.isChannel && text.startsWith("/") ? text.slice(1).split(/\s/)[0] : "";
        const command = word ? commandsRegistry.get(word, undefined) : undefined;
        const types = command?.channel_types || [this.channel_type];
        return types.includes(this.channel_type) ? command : undefined;
    },

    /** A command is run, and nobody else sees it. */
    async post(body, ...others) {
        const command = this.commandOf(body);
        return command ? void (await this.executeCommand(command)) : super.post(body, ...others);
    },

    /** @param {{initialMessage?: Object, name?: string}} [beginning] */
    async createSubChannel({ initialMessage, name } = {}) {
        const beginning = { from_message_id: initialMessage?.id, name };
        const told = await rpc("/discuss/channel/sub_channel/create", { ...beginning, parent_channel_id: this.id });
        this.store.insert(told.data, { html: true });
        const created = this.store.Thread.get(told.sub_channel);
        created?.open();
        return created;
    },

    /**
     * Threads of the channel: the next ones after those that were asked for, or those that are called so.
     *
     * @param {{searchTerm?: string}} [wanted]
     * @returns {Promise<Object[]>}
     */
    async loadMoreSubChannels({ searchTerm } = {}) {
        const before = searchTerm ? undefined : this.lastSubChannelLoaded?.id;
        const params = { before, parent_channel_id: this.id, search_term: searchTerm };
        const { Thread: told = [] } = this.store.insert(await rpc("/discuss/channel/sub_channel/fetch", params), {
            html: true,
        });
        const found = told.filter((thread) => thread.parent_channel_id?.eq(this));
        if (!searchTerm) {
            this.lastSubChannelLoaded = found.sort((one, other) => one.id - other.id)[0] || this.lastSubChannelLoaded;
        }
        return found;
    },

    /** Tell the user of a message, as far as they want to hear of it. @param {Object} message */
    async notifyMessageToUser(message) {
        const { settings } = this.store;
        const wish = this.custom_notifications || settings.channel_notifications;
        const isMentioned = message.recipients?.some((persona) => persona.eq(this.store.self));
        const isWanted =
            this.channel_type === "channel"
                ? wish === "all" || (wish === "mentions" && isMentioned)
                : wish !== "no_notif";
        if (this.isMuted || !isWanted || this.env.services.ui.isSmall) {
            return;
        }
        if (!this.store.discuss?.isActive && !this.chatWindow) {
            const chatWindow = this.store.ChatWindow.insert({ thread: this });
            if (this.autoOpenChatWindowOnNewMessage) {
                chatWindow.open({ focus: false, notifyState: false });
            } else {
                chatWindow.fold({ notifyState: false });
            }
        }
        this.env.services["mail.out_of_focus"]?.notify(message, this);
    },
});

/** Members in the order of their names. */
function byName(one, other) {
    return one.name.localeCompare(other.name) || one.id - other.id;
}
