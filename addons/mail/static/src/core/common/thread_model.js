import { callOn } from "@mail/core/common/calls";
import { AND, Record } from "@mail/core/common/record";
import { rpc } from "@web/core/network/rpc";
import { imageUrl } from "@web/core/utils/urls";

/** How many followers are asked for in one go. */
const FOLLOWERS_PAGE = 100;
/** Milliseconds in which messages that were asked for are the newest. */
const FRESH = 5000;

/** Messages that belong together: those of a document, a channel or a mailbox of the user. */
export class Thread extends Record {
    static id = AND("model", "id");

    /** What a conversation is called in addresses. @param {string} localId @returns {string|undefined} `model_id` */
    static localIdToActiveId(localId) {
        const [, model, id] = /^Thread,(.+) AND (.+)$/.exec(localId) || [];
        return model && `${model}_${id}`;
    }

    /** @param {{id: number, model: string}} data @returns {Promise<Thread|undefined>} what the user may see of it */
    static async getOrFetch(data) {
        const known = this.get(data);
        if (known || data.model !== "discuss.channel") {
            return known || this.insert(data);
        }
        return this._fetchChannel(data);
    }

    /** Whoever asks meanwhile waits for the same answer. */
    static _fetchChannel({ id }) {
        const waiting = (this.store._fetchedChannels ??= {});
        waiting[id] ??= rpc("/discuss/channel/info", { channel_id: id })
            .then((data) => {
                this.store.insert(data || {}, { html: true });
                return this.get({ id, model: "discuss.channel" });
            })
            .finally(() => delete waiting[id]);
        return waiting[id];
    }

    /** @type {number|string} */
    id;
    /** @type {string} */
    model;
    /** All messages that are known, in no order. */
    allMessages = Record.many("Message", { inverse: "thread" });
    /** The messages that are shown: all there are between the first and the last of them, the oldest first. */
    messages = Record.many("Message");
    /** Messages that came while others were being loaded. */
    pendingNewMessages = Record.many("Message");
    needactionMessages = Record.many("Message", {
        inverse: "threadAsNeedaction",
        sort: (one, other) => one.id - other.id,
    });
    /** Messages that only this page knows. */
    transientMessages = Record.many("Message");
    composer = Record.one("Composer", {
        compute: () => ({}),
        inverse: "thread",
        onDelete: (composer) => composer.delete(),
    });
    attachments = Record.many("Attachment", {
        inverse: "thread",
        sort: (one, other) => other.id - one.id,
    });
    mainAttachment = Record.one("Attachment");
    followers = Record.many("Follower", {
        onAdd(follower) {
            follower.thread = this;
        },
        onDelete: (follower) => follower.delete(),
    });
    selfFollower = Record.one("Follower", {
        onAdd(follower) {
            follower.thread = this;
        },
        onDelete: (follower) => follower.delete(),
    });
    channelMembers = Record.many("ChannelMember", {
        inverse: "thread",
        onDelete: (member) => member.delete(),
        sort: (one, other) => one.id - other.id,
    });
    selfMember = Record.one("ChannelMember", { inverse: "threadAsSelf" });
    invitedMembers = Record.many("ChannelMember");
    typingMembers = Record.many("ChannelMember", { inverse: "threadAsTyping" });
    otherTypingMembers = Record.many("ChannelMember", { compute: othersWhoType });
    correspondent = Record.one("ChannelMember", { compute: correspondentOf });
    highlightMessage = Record.one("Message");
    /** The first message the user has not read. */
    firstUnreadMessage = Record.one("Message", {
        compute() {
            const separator = this.selfMember?.localNewMessageSeparator;
            if (!this.selfMember || separator === null) {
                return undefined;
            }
            return this.messages.find((message) => !message.isNotification && message.id >= separator);
        },
    });

    name = Record.attr("");
    modelName = Record.attr("");
    module_icon = Record.attr("");
    description = Record.attr("");
    /** @type {"chat"|"group"|"channel"|undefined} */
    channel_type = Record.attr(undefined);
    uuid = Record.attr(undefined);
    avatarCacheKey = Record.attr(undefined);
    custom_channel_name = Record.attr(undefined);
    custom_notifications = Record.attr(undefined);
    mute_until_dt = Record.attr(undefined, { type: "datetime" });
    last_interest_dt = Record.attr(undefined, { type: "datetime" });
    /** When something happened that concerns the user. */
    lastInterestDt = Record.attr(undefined, {
        type: "datetime",
        compute() {
            const own = this.selfMember?.last_interest_dt;
            return !own || this.last_interest_dt?.ts > own.ts ? this.last_interest_dt : own;
        },
    });
    is_pinned = Record.attr(undefined, { onUpdate: tellPin });
    isLocallyPinned = Record.attr(false, { onUpdate: tellPin });
    /** Whether it stands among the conversations of the user. */
    displayToSelf = Record.attr(false, { compute: isShownToSelf });
    is_editable = Record.attr(false);
    defaultDisplayMode = Record.attr(undefined);
    group_based_subscription = Record.attr(false);
    authorizedGroupFullName = Record.attr(false);
    allow_public_upload = Record.attr(false);
    hasReadAccess = Record.attr(false);
    hasWriteAccess = Record.attr(false);
    canPostOnReadonly = Record.attr(false);
    /** @type {Object[]} people the server thinks of for an answer, with what the user says about them */
    suggestedRecipients = Record.attr([], {
        onUpdate() {
            this.suggestedRecipients.forEach((recipient) => (recipient.checked ??= true));
        },
    });
    areAttachmentsLoaded = Record.attr(false);
    isLoadingAttachments = Record.attr(false);
    /** Whether messages were asked for, and came. */
    isLoaded = Record.attr(false);
    hasLoadingFailed = Record.attr(false);
    loadOlder = Record.attr(false);
    loadNewer = Record.attr(false);
    /** @type {"new"|"loading"|"ready"} */
    status = Record.attr("new");
    /** @type {"open"|"folded"|"closed"} */
    state = Record.attr("closed");
    /** @type {"not_fetched"|"pending"|"fetched"} */
    fetchMembersState = Record.attr("not_fetched");
    scrollTop = Record.attr("bottom");
    /** Places on the page in which the messages are shown. */
    displayCount = Record.attr(0);
    isDisplayed = Record.attr(false, { compute: isOnPage, onUpdate: followServerWhenHidden });
    hasOtherMembersTyping = Record.attr(false, {
        compute() {
            return this.otherTypingMembers.length > 0;
        },
    });
    hasSeenFeature = Record.attr(false, {
        compute() {
            return this.store.channel_types_with_seen_infos.includes(this.channel_type);
        },
    });
    newestMessage = Record.one("Message", {
        compute() {
            return this.messages.findLast((message) => !message.isEmpty);
        },
    });
    newestPersistentOfAllMessage = Record.one("Message", {
        compute() {
            return newestOf(this.allMessages, (message) => !message.isTemporary);
        },
    });
    newestPersistentNotEmptyOfAllMessage = Record.one("Message", {
        compute() {
            return newestOf(this.allMessages, (message) => !message.isTemporary && !message.isEmpty);
        },
    });

    memberCount = Record.attr(0);
    /** How much is to be read there, and the id of what the bus said last when it was counted. */
    message_needaction_counter = Record.attr(0);
    message_needaction_counter_bus_id = Record.attr(0);
    /** The same for mailboxes. */
    counter_bus_id = Record.attr(0);
    counter = Record.attr(0);
    followersCount = Record.attr(undefined);

    // what gives access to those who are not logged in
    access_token;
    hash;
    pid;
    /** When messages were asked for that nobody has shown yet. */
    _prefetchedAt;

    // ------------------------------------------------------------------ what it is

    computeCorrespondent() {
        return this.channel_type === "chat" ? this.correspondents[0] || this.selfMember : undefined;
    }

    computeIsDisplayed() {
        return this.displayCount > 0;
    }

    get displayName() {
        return this.custom_channel_name || this.correspondent?.persona?.name || this.name || "";
    }

    get prefix() {
        return this.channel_type === "chat" ? "@" : "#";
    }

    get avatarUrl() {
        const { avatarUrl } = (this.channel_type === "chat" && this.correspondent?.persona) || {};
        return avatarUrl || this._ownAvatarUrl;
    }

    get _ownAvatarUrl() {
        const { avatarCacheKey: unique, id, model } = this;
        const isChannel = model === "discuss.channel";
        return isChannel
            ? imageUrl(model, id, "avatar_128", { unique })
            : this.module_icon || this.store.DEFAULT_AVATAR;
    }

    /** Name of the channel in which the server tells of changes. */
    get busChannel() {
        return `${this.model}_${this.id}`;
    }

    get isTransient() {
        return !this.id;
    }

    get isMailbox() {
        return this.model === "mail.box";
    }

    get isChatChannel() {
        return ["chat", "group"].includes(this.channel_type);
    }

    get correspondents() {
        return others(this.channelMembers);
    }

    get correspondentCountry() {
        return this.correspondent?.persona?.country;
    }

    get showCorrespondentCountry() {
        return false;
    }

    get typesAllowingCalls() {
        return ["chat", "channel", "group"];
    }

    get allowCalls() {
        return !this.isTransient && this.typesAllowingCalls.includes(this.channel_type);
    }

    get allowDescription() {
        return ["channel", "group"].includes(this.channel_type);
    }

    get hasAttachmentPanel() {
        return this.model === "discuss.channel";
    }

    get hasMemberList() {
        return ["channel", "group"].includes(this.channel_type);
    }

    get canLeave() {
        const isFree = ["channel", "group"].includes(this.channel_type);
        return isFree && !this.message_needaction_counter && !this.group_based_subscription && Boolean(this.selfMember);
    }

    get canUnpin() {
        return this.channel_type === "chat" && !this.importantCounter;
    }

    get notifyOnLeave() {
        return true;
    }

    get autoOpenChatWindowOnNewMessage() {
        return false;
    }

    get hasSubChannelFeature() {
        return this.channel_type === "channel";
    }

    get invitationLink() {
        return this.uuid && this.channel_type !== "chat"
            ? `${window.location.origin}/chat/${this.id}/${this.uuid}`
            : "";
    }

    get isMuted() {
        return Boolean(this.mute_until_dt || this.store.settings.mute_until_dt);
    }

    // ------------------------------------------------------------------ what is in it

    get isEmpty() {
        return !this.messages.some((message) => !message.isEmpty);
    }

    get nonEmptyMessages() {
        return this.messages.filter((message) => !message.isEmpty);
    }

    /** Messages that the server knows. */
    get persistentMessages() {
        return this.messages.filter((message) => !message.is_transient && !message.isTemporary);
    }

    get newestPersistentMessage() {
        return this.persistentMessages.at(-1);
    }

    get newestPersistentAllMessages() {
        return this.allMessages.filter((message) => !message.isTemporary).sort((one, other) => other.id - one.id);
    }

    get oldestPersistentMessage() {
        return this.persistentMessages[0];
    }

    get lastEditableMessageOfSelf() {
        return this.messages.findLast((message) => message.isSelfAuthored && message.editable && !message.isEmpty);
    }

    get needactionCounter() {
        return this.isChatChannel ? this.selfMember?.message_unread_counter || 0 : this.message_needaction_counter;
    }

    /** What is to be read, as far as the user wants to hear of it. */
    get importantCounter() {
        if (this.isMailbox) {
            return this.counter;
        }
        return this.isChatChannel && this.selfMember?.message_unread_counter && !this.isMuted
            ? this.selfMember.totalUnreadMessageCounter
            : this.message_needaction_counter;
    }

    get isUnread() {
        return (this.selfMember?.message_unread_counter || 0) > 0 || this.needactionMessages.length > 0;
    }

    get showUnreadBanner() {
        return !this.selfMember?.hideUnreadBanner && (this.selfMember?.localMessageUnreadCounter || 0) > 0;
    }

    get membersThatCanSeen() {
        return this.channelMembers;
    }

    get lastSelfMessageSeenByEveryone() {
        return this.messages.findLast((message) => message.isSelfAuthored && message.hasEveryoneSeen);
    }

    get checkedRecipients() {
        return this.suggestedRecipients.filter(({ checked }) => checked);
    }

    get attachmentsInWebClientView() {
        return this.attachments.filter((file) => (file.isPdf || file.isImage) && !file.uploading);
    }

    /** All followers there are but the user. */
    get followersFullyLoaded() {
        return this.followersCount === this.followers.length + (this.selfFollower ? 1 : 0);
    }

    // ------------------------------------------------------------------ asking the server

    /** What goes with each request about these messages. @returns {Object} */
    get rpcParams() {
        return {};
    }

    get fetchRouteChatter() {
        return "/mail/thread/messages";
    }

    /** Where messages of this kind of conversation are, and what names it there. @returns {[string, Object]} */
    get _fetchPlace() {
        const { id, model } = this;
        const kinds = {
            "discuss.channel": ["/discuss/channel/messages", { channel_id: id }],
            "mail.box": [`/mail/${id}/messages`, {}],
        };
        return kinds[model] || [this.fetchRouteChatter, { ...this.rpcParams, thread_id: id, thread_model: model }];
    }

    getFetchRoute() {
        return this._fetchPlace[0];
    }

    getFetchParams() {
        return this._fetchPlace[1];
    }

    /**
     * @param {Object} place which messages
     * @returns {Promise<{count?: number, messages: Object[]}>} the newest first
     */
    async fetchPage(place) {
        const page = await rpc(this.getFetchRoute(), { ...this.getFetchParams(), ...place }, { silent: true });
        this.store.insert(page.data, { html: true });
        const messages = page.messages.map((id) => this.store.Message.insert({ id }));
        return { count: page.count, messages };
    }

    /** @param {string[]} requestList what to ask about the document @returns {Promise<Object>} data of the answer */
    async fetchData(requestList) {
        if (requestList.includes("attachments")) {
            this.isLoadingAttachments = true;
        }
        try {
            const data = await rpc(
                "/mail/thread/data",
                { request_list: requestList, thread_id: this.id, thread_model: this.model, ...this.rpcParams },
                { silent: true }
            );
            this.store.insert(data, { html: true });
            return data;
        } finally {
            this.isLoadingAttachments = false;
        }
    }

    /**
     * @param {{after?: number, around?: number, before?: number}} [place] ids
     * @returns {Promise<Object[]>} messages, the newest first
     */
    async fetchMessages({ after, around, before } = {}) {
        this.status = "loading";
        if (this.isTransient) {
            this.isLoaded = true;
            this.status = "ready";
            return [];
        }
        try {
            const limit = this._pageSize(around);
            const { messages } = await this.fetchPage(withValue({ after, around, before, limit }));
            Object.assign(this, { hasLoadingFailed: false, isLoaded: true });
            return messages;
        } catch (error) {
            this.hasLoadingFailed = true;
            throw error;
        } finally {
            this.status = "ready";
        }
    }

    _pageSize(around) {
        return around === undefined ? this.store.FETCH_LIMIT : this.store.FETCH_LIMIT * 2;
    }

    /** Ask for the newest messages before they are shown: whoever shows them at once asks no more. */
    prefetchMessages() {
        if (this.displayCount || this.isTransient) {
            return;
        }
        this._prefetchedAt = Date.now();
        // whoever shows the messages is told that they did not come
        this.fetchNewMessages().catch(() => (this._prefetchedAt = undefined));
    }

    /** Show the newest messages, unless they were asked for a moment ago. */
    showNewest() {
        const age = Date.now() - this._prefetchedAt;
        this._prefetchedAt = undefined;
        // without an age that is no number
        return age < FRESH && !this.hasLoadingFailed ? undefined : this.fetchNewMessages();
    }

    /** Show the newest messages. Those that are shown stay where the new ones follow them without a gap. */
    async fetchNewMessages() {
        // the server tells of what is new where people talk
        const isUpToDate = this.isLoaded && (this.isMailbox || this.model === "discuss.channel");
        if (isUpToDate || this.isTransient || this.status === "loading") {
            return;
        }
        const after = this.isLoaded && !this.loadNewer ? this.newestPersistentMessage?.id : undefined;
        const fetched = await this.fetchMessages({ after });
        const isComplete = fetched.length < this.store.FETCH_LIMIT;
        this.store.MAKE_UPDATE(() => {
            if (after && isComplete) {
                this._append(fetched);
                return;
            }
            const isFirst = !after;
            // what was written meanwhile is newer than all that was asked for
            const written = this.messages.filter(({ id }) => id > (fetched[0]?.id || 0));
            this.messages = [...[...fetched].reverse(), ...written];
            this.loadNewer = after ? !isComplete : false;
            this.loadOlder = isFirst ? !isComplete : true;
            this._takePending();
        });
    }

    /** @param {"older"|"newer"} epoch */
    async fetchMoreMessages(epoch = "older") {
        const isOlder = epoch === "older";
        if (this.status === "loading" || (isOlder ? !this.loadOlder : !this.loadNewer)) {
            return;
        }
        const edge = isOlder ? this.oldestPersistentMessage : this.newestPersistentMessage;
        const fetched = await this.fetchMessages(isOlder ? { before: edge?.id } : { after: edge?.id });
        const hasMore = fetched.length === this.store.FETCH_LIMIT;
        this.store.MAKE_UPDATE(() => {
            if (isOlder) {
                this.messages.unshift(...[...fetched].reverse());
                this.loadOlder = hasMore;
                return;
            }
            this._append(fetched);
            this.loadNewer = hasMore;
            this._takePending();
        });
    }

    /** Show the messages around one of them. @param {number} [messageId] the newest ones by default */
    async loadAround(messageId) {
        if (messageId && this.messages.some(({ id }) => id === messageId)) {
            return;
        }
        const fetched = await this.fetchMessages({ around: messageId });
        const size = this._pageSize(messageId) / 2;
        this.store.MAKE_UPDATE(() => {
            this.messages = [...fetched].reverse();
            const isPart = (isWanted) => fetched.filter(isWanted).length >= size;
            this.loadOlder = messageId ? isPart(({ id }) => id <= messageId) : fetched.length === size * 2;
            this.loadNewer = messageId ? isPart(({ id }) => id > messageId) : false;
            this._takePending();
        });
    }

    /** Put newer messages behind those that are shown. @param {Object[]} newestFirst */
    _append(newestFirst) {
        const temporary = this.messages.filter((message) => message.isTemporary);
        temporary.forEach((message) => this.messages.delete(message));
        this.messages.push(...[...newestFirst].reverse(), ...temporary);
    }

    _takePending() {
        if (!this.loadNewer) {
            const last = this.newestPersistentMessage?.id || 0;
            this.messages.push(...this.pendingNewMessages.filter(({ id }) => id > last));
            this.pendingNewMessages.clear();
        }
    }

    /**
     * Show a message that is new, where the messages before it are shown.
     *
     * @param {Object} message
     * @param {Object} [tmpMessage] what stood for it
     */
    addOrReplaceMessage(message, tmpMessage) {
        const isOwn = tmpMessage && message.isSelfAuthored;
        const index = isOwn ? this.messages.indexOf(tmpMessage) : -1;
        if (this.messages.includes(message)) {
            if (isOwn) {
                tmpMessage.delete();
            }
            return;
        }
        if (index >= 0) {
            this.messages.splice(index, 1, message);
            tmpMessage.delete();
        } else if (this.status === "loading" && !this.isLoaded) {
            this.pendingNewMessages.add(message);
        } else if (!this.loadNewer) {
            const after = this.messages.findIndex(({ id }) => id > message.id);
            this.messages.splice(after < 0 ? this.messages.length : after, 0, message);
        } else if (this.status === "loading") {
            this.pendingNewMessages.add(message);
        }
    }

    // ------------------------------------------------------------------ doing

    /**
     * Write a message.
     *
     * @param {string} body what was typed
     * @param {{attachments?: Object[], cannedResponseIds?: number[], isNote?: boolean, mentionedChannels?: Object[],
     *     mentionedPartners?: Object[], parentId?: number}} [postData]
     * @param {Object} [extraData] goes with the request
     * @returns {Promise<Object|undefined>} the message
     */
    async post(body, postData = {}, extraData = {}) {
        const params = await this.store.getMessagePostParams({ body, postData, thread: this });
        if (postData.parentId) {
            params.post_data.parent_id = postData.parentId;
        }
        Object.assign(params, extraData, this.rpcParams);
        const tmpMessage = this._showTemporary(postData, params);
        const data = await this.store.doMessagePost(params, tmpMessage);
        if (!data) {
            return undefined;
        }
        const [message] = this.store.insert(data, { html: true }).Message || [];
        if (message) {
            this.addOrReplaceMessage(message, tmpMessage);
            message.lookAtLinks();
        }
        return message;
    }

    /** In channels a message is there before the server knows it. */
    _showTemporary({ attachments = [], parentId }, params) {
        if (this.model !== "discuss.channel") {
            return undefined;
        }
        const id = this.store.getNextTemporaryId();
        params.context = { ...params.context, temporary_id: id };
        const values = { id, attachment_ids: attachments, author: this.store.self, isPending: true };
        const message = this.store.Message.insert(
            {
                ...values,
                body: params.post_data.body,
                date: luxon.DateTime.now(),
                message_type: "comment",
                parentMessage: parentId,
                thread: this,
            },
            { html: true }
        );
        this.messages.push(message);
        return message;
    }

    /** Tell the server that the user has read everything up to here. @param {{sync?: boolean}} [options] */
    markAsRead() {
        if (!this.isMailbox && this.needactionMessages.length) {
            return this.markAllMessagesAsRead();
        }
    }

    async markAllMessagesAsRead() {
        const domain = this.isMailbox
            ? undefined
            : [
                  ["model", "=", this.model],
                  ["res_id", "=", this.id],
              ];
        await this.env.services.orm.silent.call("mail.message", "mark_all_as_read", domain ? [domain] : []);
    }

    /** Show the messages to the user. */
    open() {
        if (!["discuss.channel", "mail.box"].includes(this.model)) {
            this.store.openDocument({ id: this.id, model: this.model });
            return true;
        }
        return false;
    }

    /** Called when a channel is put among those of the user, or taken away. */
    onPinStateUpdated() {}

    /** @param {number} index of a file in `attachmentsInWebClientView` that stands beside the document */
    setMainAttachmentFromIndex(index) {
        const file = this.attachmentsInWebClientView[index];
        this.mainAttachment = file;
        return callOn(file, "ir.attachment", "register_as_main_attachment");
    }

    /** More of those who follow the document. */
    loadMoreFollowers() {
        return this._loadFollowers(this.followers, false);
    }

    /** Have the server tell of those who come after the last one in a list. */
    async _loadFollowers(list, isRecipients) {
        const after = list.at(-1)?.id || false;
        this.store.insert(await callOn(this, this.model, "message_get_followers", after, FOLLOWERS_PAGE, isRecipients));
    }
}

function withValue(params) {
    return Object.fromEntries(Object.entries(params).filter(([, value]) => value !== undefined));
}

function newestOf(messages, isWanted) {
    return messages.reduce(
        (newest, message) => (isWanted(message) && !(newest?.id > message.id) ? message : newest),
        undefined
    );
}
/** Members but the user. */
function others(members) {
    const isSelf = ({ persona, store }) => store.self.eq(persona);
    return members.filter((member) => !isSelf(member));
}

function othersWhoType() {
    return others(this.typingMembers);
}

function correspondentOf() {
    return this.computeCorrespondent();
}

function isShownToSelf() {
    const isMember = Boolean(this.selfMember);
    return this.is_pinned || (isMember && this.allowDescription);
}

function isOnPage() {
    return this.computeIsDisplayed();
}

/** What is new is counted by the server again when nobody looks. */
function followServerWhenHidden() {
    const member = this.isDisplayed ? undefined : this.selfMember;
    if (member) {
        member.syncUnread = true;
    }
}

function tellPin() {
    this.onPinStateUpdated();
}
Thread.register();
