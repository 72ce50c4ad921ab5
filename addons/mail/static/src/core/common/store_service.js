import { reactive } from "@odoo/owl";
import { callOn, chatWith, formAction } from "@mail/core/common/calls";
import { Record, Store as BaseStore, makeStore } from "@mail/core/common/record";
import { linkHandlerOf } from "@mail/core/common/links";
import { prettifyMessageContent } from "@mail/utils/common/format";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { rpc } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { Deferred, Mutex } from "@web/core/utils/concurrency";
import { sortBy } from "@web/core/utils/arrays";
import { debounce } from "@web/core/utils/timing";
import { session } from "@web/session";

/** Models of the server whose records are kept under another name here. */
export const pyToJsModels = {
    "discuss.channel": "Thread",
    "mail.thread": "Thread",
    "discuss.channel.member": "ChannelMember",
    "discuss.channel.rtc.session": "RtcSession",
    "ir.attachment": "Attachment",
    "mail.activity": "Activity",
    "mail.guest": "Persona",
    "res.partner": "Persona",
    "mail.followers": "Follower",
    "mail.link.preview": "LinkPreview",
    "mail.message": "Message",
    "mail.notification": "Notification",
    "mail.scheduled.message": "ScheduledMessage",
};

/** What tells records of several models of the server apart that are kept together here. */
export const addFieldsByPyModel = {
    "discuss.channel": { model: "discuss.channel" },
    "mail.guest": { type: "guest" },
    "res.partner": { type: "partner" },
};

/** Milliseconds in which questions to the server are gathered. */
const FETCH_DATA_DEBOUNCE_DELAY = 1;
/** Step between the ids of messages that are not stored yet. */
const TEMPORARY_STEP = 0.01;

function withoutEmptyLists(values) {
    return Object.fromEntries(Object.entries(values).filter(([, value]) => !Array.isArray(value) || value.length));
}

/** How the server makes partners of people who are known by an address only. */
function paramsOfUnknown(people) {
    const values = people.map(({ email, create_values: values = {} }) => [email, values]);
    return {
        partner_emails: people.map(({ email }) => email),
        ...(people.length && { partner_additional_values: Object.fromEntries(values) }),
    };
}

/** All that the page knows of messages, and of those who write them. */
export class Store extends BaseStore {
    static FETCH_DATA_DEBOUNCE_DELAY = FETCH_DATA_DEBOUNCE_DELAY;
    static OTHER_LONG_TYPING = 60000;
    FETCH_LIMIT = 30;
    DEFAULT_AVATAR = "/mail/static/src/img/avatar.svg";
    isReady = new Deferred();

    /** Who the user of the page is. */
    self = Record.one("Persona");
    odoobot = Record.one("Persona");
    settings = Record.one("Settings");
    /** @type {Object<number, Object>} what is known of users, by id */
    users = {};
    /** @type {number} */
    internalUserGroupId;
    /** @type {number} */
    mt_comment_id;
    hasLinkPreviewFeature = false;
    hasMessageTranslationFeature = false;
    /** Kinds of channels in which people see who has read what. */
    channel_types_with_seen_infos = [];
    inPublicPage = false;
    failures = Record.many("Failure", {
        /** @param {import("models").Failure} one @param {import("models").Failure} other */
        sort: (one, other) => (other.lastMessage?.id || 0) - (one.lastMessage?.id || 0),
    });
    openInviteThread = Record.one("Thread");
    imStatusTrackedPersonas = Record.many("Persona", { inverse: "storeAsTrackedImStatus" });
    specialMentions = [
        {
            label: "everyone",
            channel_types: ["channel", "group"],
            displayName: "Everyone",
            description: _t("Tell everybody who is in this conversation"),
        },
    ];

    setup() {
        super.setup();
        this.messagePostMutex = new Mutex();
        this._fetchDataDebounced = debounce(() => this._fetchPending(), Store.FETCH_DATA_DEBOUNCE_DELAY);
        this.updateBusSubscription = debounce(() => this.env.services.bus_service.forceUpdateChannels(), 0);
        this.cannedReponses = this.makeCachedFetchData({ canned_responses: true });
    }

    /** Called when the store is there with the first data. */
    onStarted() {}

    /** What is asked of the server when the page begins. */
    get initMessagingParams() {
        return { init_messaging: {} };
    }

    async initialize() {
        await this.fetchData(this.initMessagingParams);
        this.isReady.resolve();
    }

    // ------------------------------------------------------------------ data of the server

    /**
     * @param {Object<string, Object|Object[]>} dataByModelName by the name of the model here, or on the server
     * @param {{html?: boolean}} [options]
     * @returns {Object<string, Object[]>} the records by the names of their models
     */
    insert(dataByModelName = {}, options = {}) {
        const inserted = {};
        const gone = [];
        this.MAKE_UPDATE(() => {
            for (const [name, data] of Object.entries(dataByModelName)) {
                const modelName = this.modelNameOf(name);
                if (!modelName) {
                    continue;
                }
                for (const values of [data].flat()) {
                    const record = this._insertOne(name, modelName, values, options, gone);
                    if (record) {
                        (inserted[modelName] ??= []).push(record);
                    }
                }
            }
            gone.forEach((record) => record.delete());
        });
        return inserted;
    }

    /** The model here for a name, with a word to developers where there is none. */
    modelNameOf(name) {
        if (Object.values(pyToJsModels).includes(name) && !(name in pyToJsModels)) {
            console.warn(`Data for "${name}" is inserted by the name that the model has on the server.`);
        }
        const modelName = pyToJsModels[name] || name;
        if (!this.Models[modelName]) {
            console.warn(`Nothing is known of the model "${modelName}".`);
            return undefined;
        }
        return modelName;
    }

    _insertOne(name, modelName, values, options, gone) {
        const { _DELETE, ...data } = { ...addFieldsByPyModel[name], ...values };
        const Model = this[modelName];
        if (!_DELETE) {
            return Model.insert(data, options);
        }
        const known = Model.get(data);
        if (known) {
            gone.push(known);
        }
        return known;
    }

    /**
     * Ask the server; what is asked at a time goes in one request.
     *
     * @param {Object} params what is asked for, by name
     * @param {{readonly?: boolean, silent?: boolean}} [options]
     * @returns {Promise<Object<string, Object[]>>} records, as `insert` returns them
     */
    fetchData(params, { readonly = true, silent = true } = {}) {
        const pending = (this._pendingFetch ??= {
            params: {},
            readonly: true,
            silent: true,
            answer: new Deferred(),
        });
        Object.assign(pending.params, params);
        pending.readonly &&= readonly;
        pending.silent &&= silent;
        this._fetchDataDebounced();
        return pending.answer;
    }

    async _fetchPending() {
        const { params, readonly, silent, answer } = this._pendingFetch;
        this._pendingFetch = undefined;
        try {
            const route = readonly ? "/mail/data" : "/mail/action";
            const data = await rpc(route, { ...params, context: user.context }, { silent });
            answer.resolve(this.insert(data, { html: true }));
        } catch (error) {
            answer.reject(error);
        }
    }

    /** A question that is asked once, when somebody needs the answer. @returns {{status: string, fetch: Function}} */
    makeCachedFetchData(params) {
        let answer = null;
        const cached = reactive({
            status: "not_fetched",
            fetch: () => {
                if (cached.status === "not_fetched") {
                    cached.status = "fetching";
                    answer = this.fetchData(params).then(
                        (records) => {
                            cached.status = "fetched";
                            return records;
                        },
                        (error) => {
                            cached.status = "not_fetched";
                            throw error;
                        }
                    );
                }
                return answer;
            },
        });
        return cached;
    }

    // ------------------------------------------------------------------ posting

    /** An id for a message that is not stored yet, above all others. */
    getNextTemporaryId() {
        this._lastTemporaryId = Math.max(this._lastTemporaryId || 0, this.getLastMessageId()) + TEMPORARY_STEP;
        return this._lastTemporaryId;
    }

    getLastMessageId() {
        return Object.values(this.Message.records).reduce((last, { id }) => Math.max(last, Math.floor(id)), 0);
    }

    /**
     * Who and what is named in a text, of those that were picked while it was written.
     *
     * @param {string} body
     * @param {{mentionedChannels?: Object[], mentionedPartners?: Object[]}} [picked]
     * @returns {{threads: Object[], partners: Object[], specialMentions: string[]}}
     */
    getMentionsFromText(body, { mentionedChannels = [], mentionedPartners = [] } = {}) {
        const text = String(body);
        return {
            threads: mentionedChannels.filter(({ displayName }) => text.includes(`#${displayName}`)),
            partners: mentionedPartners.filter(({ name }) => text.includes(`@${name}`)),
            specialMentions: this.specialMentions
                .map(({ label }) => label)
                .filter((label) => text.includes(`@${label}`)),
        };
    }

    /**
     * @param {{body: string, postData: Object, thread: Object}} post what was typed, and what goes with it
     * @returns {Promise<Object>} parameters of the route for a new message
     */
    async getMessagePostParams({ body, postData, thread }) {
        const { attachments = [], cannedResponseIds = [], isNote, mentionedChannels, mentionedPartners } = postData;
        const mentions = this.getMentionsFromText(body, { mentionedChannels, mentionedPartners });
        const isChannel = thread.model === "discuss.channel";
        const suggested = isNote || isChannel ? [] : thread.checkedRecipients;
        const recipients = [...mentions.partners.map(({ id }) => id), ...suggested.map(({ partner_id: id }) => id)];
        const values = {
            body: await prettifyMessageContent(body, mentions),
            message_type: "comment",
            subtype_xmlid: isNote ? "mail.mt_note" : "mail.mt_comment",
            attachment_ids: attachments.map(({ id }) => id),
            partner_ids: [...new Set(recipients)].filter(Boolean),
            special_mentions: isChannel ? mentions.specialMentions : [],
        };
        return withoutEmptyLists({
            context: { mail_post_autofollow: !isNote && thread.hasWriteAccess },
            post_data: withoutEmptyLists(values),
            thread_id: thread.id,
            thread_model: thread.model,
            attachment_tokens: attachments.map(({ access_token: token }) => token),
            canned_response_ids: cannedResponseIds,
            ...paramsOfUnknown(suggested.filter(({ partner_id: id, email }) => !id && email)),
        });
    }

    /** Post, one message after the other; what could not be posted can be tried again. @returns {Promise<Object>} data */
    doMessagePost(params, tmpMessage) {
        return this.messagePostMutex.exec(() => {
            const sending = rpc("/mail/message/post", params, { silent: true });
            return tmpMessage ? sending.catch(() => this._offerAgain(params, tmpMessage)) : sending;
        });
    }

    /** Keep what could not be posted, at the end of its conversation when it is tried again. */
    _offerAgain(params, tmpMessage) {
        tmpMessage.postFailRedo = () => {
            const { messages } = tmpMessage.thread;
            tmpMessage.postFailRedo = undefined;
            messages.delete(tmpMessage);
            messages.add(tmpMessage);
            return this.doMessagePost(params, tmpMessage);
        };
    }

    // ------------------------------------------------------------------ people and places

    /** @returns {Promise<Object|undefined>} the partner of a user, or the one with an id */
    async getPartner({ userId, partnerId }) {
        if (userId && !partnerId) {
            if (!this.users[userId]) {
                const { orm } = this.env.services;
                const [row] = await orm.silent.read("res.users", [userId], ["partner_id"], {
                    context: { active_test: false },
                });
                if (!row) {
                    this.env.services.notification.add(_t("This user does not exist any more."), { type: "warning" });
                    return undefined;
                }
                this.users[userId] = { id: userId, partner_id: row.partner_id[0] };
            }
            partnerId = this.users[userId].partner_id;
        }
        return partnerId ? this.Persona.insert({ id: partnerId, type: "partner" }) : undefined;
    }

    /** @returns {Promise<Object|undefined>} the conversation with one person */
    async getChat(person) {
        const partner = await this.getPartner(person);
        return partner && (chatWith(partner) || this.joinChat(partner.id));
    }

    /** Open the conversation with one person. @param {{userId?: number, partnerId?: number}} person */
    async openChat(person) {
        const chat = await this.getChat(person);
        chat?.open();
        return chat;
    }

    async joinChat(id, forceOpen = false) {
        const { orm } = this.env.services;
        const kwargs = { partners_to: [id], force_open: forceOpen };
        const data = await orm.call("discuss.channel", "channel_get", [], kwargs);
        return this.insert(data, { html: true }).Thread.find(({ model }) => model === "discuss.channel");
    }

    async joinChannel(id, name) {
        await callOn({ id, env: this.env }, "discuss.channel", "add_members", [this.self.id]);
        const channel = this.Thread.insert({ id, name, model: "discuss.channel", channel_type: "channel" });
        this.env.services.notification.add(_t("You are in the channel %s now.", name), { type: "success" });
        channel.open();
        return channel;
    }

    /** Open the form of a record. @param {{id: number, model: string}} record */
    openDocument({ id, model }) {
        const { action } = this.env.services;
        return action.doAction(formAction(model, id));
    }

    /**
     * Look for messages of a conversation.
     *
     * @param {string} term
     * @param {Object} thread
     * @param {number} [before] only older ones
     * @returns {Promise<{count: number, loadMore: boolean, messages: Object[]}>}
     */
    async search(term, thread, before) {
        // blanks alone look for nothing
        const { count, messages } = await thread.fetchPage({ before, search_term: term.trim() && term });
        return { count, messages, loadMore: messages.length >= this.FETCH_LIMIT };
    }

    /** @param {string} str part of a name @returns {Promise<Object[]>} partners with a user of the house */
    async searchPartners(str = "", limit = 10) {
        const { orm } = this.env.services;
        const data = await orm.silent.call("res.partner", "get_mention_suggestions", [], { search: str, limit });
        return this.insert(data).Persona || [];
    }

    /**
     * A click on a link in a message.
     *
     * @param {MouseEvent} ev
     * @param {Object} [thread] where it stands
     * @returns {boolean} whether it was opened here
     */
    handleClickOnLink(ev, thread) {
        const handler = linkHandlerOf(ev.target);
        if (!handler) {
            return false;
        }
        ev.preventDefault();
        Promise.resolve(handler(this)).then(() => this.onLinkFollowed(thread));
        return true;
    }

    /** Called after a link of a message was opened. */
    onLinkFollowed() {}

    /** @param {string} tab of the messaging menu @returns {string[]} kinds of channels that stand there */
    tabToThreadType(tab) {
        return tab === "chat" ? ["chat", "group"] : [tab];
    }

    /** Ids of the partners the user talked with last. @returns {number[]} */
    getRecentChatPartnerIds() {
        const chats = Object.values(this.Thread.records).filter(({ channel_type: type }) => type === "chat");
        const known = chats.filter(({ correspondent }) => correspondent?.persona);
        return sortBy(known, ({ lastInterestDt }) => lastInterestDt?.ts || 0, "desc").map(
            ({ correspondent }) => correspondent.persona.id
        );
    }
}
Store.register();

export const storeService = {
    dependencies: ["bus_service", "ui"],
    start(env) {
        const store = makeStore(env);
        store.insert(session.storeData, { html: true });
        store.self ??= { id: -1, type: "guest" };
        store.settings ??= {};
        // pages do not wait for it; whoever needs it does
        store.initialize().catch((error) => store.isReady.reject(error));
        store.isReady.catch(() => browser.console?.warn("Messages could not be loaded."));
        store.onStarted();
        return store;
    },
};

registry.category("services").add("mail.store", storeService);
