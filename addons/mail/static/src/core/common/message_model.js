import { callOn, changeReaction } from "@mail/core/common/calls";
import { Record } from "@mail/core/common/record";
import { EMOJI_REGEX, htmlToTextContentInline, prettifyMessageContent } from "@mail/utils/common/format";
import { isToday } from "@mail/utils/common/dates";
import { browser } from "@web/core/browser/browser";
import { formatDate, formatDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { rpc } from "@web/core/network/rpc";
import { url } from "@web/core/utils/urls";

const { DateTime } = luxon;
/** What stands in a body of which nothing is left but that it was changed. */
const EDITED = /<span class=["']o-mail-Message-edited["']\s*(?:\/>|><\/span>)/;

function parse(html) {
    return new DOMParser().parseFromString(String(html || ""), "text/html").body;
}

/** Something that was written about a document, or in a conversation. */
export class Message extends Record {
    static id = "id";

    /** @type {number} with a fraction while it is not stored */
    id;
    attachment_ids = Record.many("Attachment", { inverse: "message" });
    author = Record.one("Persona");
    body = Record.attr("", { html: true });
    composer = Record.one("Composer", { inverse: "message", onDelete: (composer) => composer.delete() });
    create_date = Record.attr(undefined, { type: "datetime" });
    date = Record.attr(undefined, { type: "datetime" });
    write_date = Record.attr(undefined, { type: "datetime" });
    scheduledDatetime = Record.attr(undefined, { type: "datetime" });
    pinned_at = Record.attr(undefined, { type: "datetime" });
    default_subject = Record.attr("");
    email_from = Record.attr("");
    is_discussion = Record.attr(false);
    is_note = Record.attr(false);
    is_transient = Record.attr(false);
    /** Whether the server was not heard of yet. */
    isPending = Record.attr(false);
    linkPreviews = Record.many("LinkPreview", {
        inverse: "message",
        onDelete: (preview) => preview.delete(),
    });
    message_type = Record.attr(undefined);
    model = Record.attr(undefined);
    res_id = Record.attr(undefined);
    needaction = Record.attr(false);
    starred = Record.attr(false);
    notifications = Record.many("Notification", { inverse: "message" });
    parentMessage = Record.one("Message");
    /** @type {(() => Promise<any>)|undefined} tries again to post it */
    postFailRedo = Record.attr(undefined);
    reactions = Record.many("MessageReactions", {
        inverse: "message",
        onDelete: (reaction) => reaction.delete(),
        sort: (one, other) => one.sequence - other.sequence,
    });
    recipients = Record.many("Persona");
    record_name = Record.attr("");
    subject = Record.attr("");
    subtype_description = Record.attr("");
    thread = Record.one("Thread");
    threadAsNeedaction = Record.one("Thread", {
        eager: true,
        compute() {
            return this.needaction ? this.thread : undefined;
        },
    });
    /** @type {Object[]} */
    trackingValues = Record.attr([]);
    /** The text in the language of the user, once it was asked for. */
    translationValue = Record.attr(undefined, { html: true });
    translationSource = Record.attr(undefined);
    translationErrors = Record.attr(undefined);
    /** Whether the text was changed after it was posted. */
    edited = Record.attr(false, {
        compute() {
            return EDITED.test(String(this.body));
        },
    });
    /** Kind of the notification, as its text says it. */
    notificationType = Record.attr(undefined, {
        compute() {
            return parse(this.body).querySelector(".o_mail_notification")?.dataset.oeType;
        },
    });
    isBodyEmpty = Record.attr(true, {
        compute() {
            const body = parse(this.body);
            return !body.textContent.trim() && !body.querySelector("img, video, iframe, hr, table");
        },
    });
    hasLink = Record.attr(false, {
        compute() {
            return !this.isBodyEmpty && Boolean(parse(this.body).querySelector("a[href]:not([data-oe-model])"));
        },
    });
    onlyEmojis = Record.attr(false, {
        compute() {
            const text = parse(this.body).textContent.trim();
            return Boolean(text) && !text.replace(EMOJI_REGEX, "").trim();
        },
    });
    hasEveryoneSeen = Record.attr(false, {
        compute() {
            return this._othersWho((member) => member.hasSeen(this)).isAll;
        },
    });
    hasSomeoneSeen = Record.attr(false, {
        compute() {
            return this._othersWho((member) => member.hasSeen(this)).isAny;
        },
    });
    hasSomeoneFetched = Record.attr(false, {
        compute() {
            return this._othersWho((member) => (member.fetched_message_id?.id || 0) >= this.id).isAny;
        },
    });
    isReadBySelf = Record.attr(false, {
        compute() {
            return (this.thread?.selfMember?.seen_message_id?.id || 0) >= this.id;
        },
    });

    _othersWho(isMet) {
        const others = (this.thread?.membersThatCanSeen || []).filter((member) => !member.persona?.eq(this.author));
        const count = others.filter(isMet).length;
        return { isAll: count > 0 && count === others.length, isAny: count > 0 };
    }

    // ------------------------------------------------------------------ what it is

    get isSelfAuthored() {
        return Boolean(this.author?.eq(this.store.self));
    }

    get isTemporary() {
        return !Number.isInteger(this.id);
    }

    get isNotification() {
        return this.message_type === "notification" && this.model === "discuss.channel";
    }

    /** Whether there is nothing in it that could be shown. */
    get isEmpty() {
        return (
            this.isBodyEmpty &&
            !this.attachment_ids.length &&
            !this.trackingValues.length &&
            !this.subtype_description &&
            !this.pinned_at
        );
    }

    get hasTextContent() {
        return !this.isBodyEmpty;
    }

    get isDiscussion() {
        return this.is_discussion;
    }

    get inlineBody() {
        return this.body ? htmlToTextContentInline(this.body) : "";
    }

    get bubbleColor() {
        if (!this.isSelfAuthored && !this.is_note && !this.isHighlightedFromMention) {
            return "blue";
        }
        return this.isSelfAuthored && !this.is_note ? "green" : this.isHighlightedFromMention ? "orange" : undefined;
    }

    get isHighlightedFromMention() {
        return this.thread?.model === "discuss.channel" && Boolean(this.recipients.includes(this.store.self));
    }

    get isSubjectDefault() {
        return (
            !this.subject || [this.default_subject, this.thread?.name].includes(this.subject.replace(/^(re: ?)+/i, ""))
        );
    }

    get isSubjectSimilarToThreadName() {
        const clean = (text) =>
            (text || "")
                .trim()
                .replace(/^((re|fw|fwd|aw|wg): *)+/i, "")
                .toLowerCase();
        return clean(this.subject) === clean(this.thread?.name);
    }

    get notificationIcon() {
        return { pin: "fa fa-thumb-tack", call: "fa fa-phone", "channel-joined": "fa fa-sign-in" }[
            this.notificationType
        ];
    }

    get failureNotifications() {
        return this.notifications.filter((notification) => notification.isFailure);
    }

    get channelMemberHaveSeen() {
        return (this.thread?.membersThatCanSeen || []).filter(
            (member) => member.hasSeen(this) && !member.persona?.eq(this.author)
        );
    }

    /** Whether a picture behind the only link of the text is shown in place of it. */
    get linkPreviewSquash() {
        const [preview] = this.linkPreviews;
        return this.linkPreviews.length === 1 && preview.isImage && this.inlineBody === preview.source_url;
    }

    /** Address of the document. */
    get resUrl() {
        const { id, model } = this.thread;
        return url(`/odoo/${model}/${id}`);
    }

    // ------------------------------------------------------------------ when it was

    get datetime() {
        return this.date || DateTime.now();
    }

    get datetimeShort() {
        return isToday(this.datetime)
            ? this.datetime.toLocaleString(DateTime.TIME_SIMPLE)
            : formatDateTime(this.datetime);
    }

    /** @returns {string} the day as people say it */
    get dateDay() {
        const days = DateTime.now().startOf("day").diff(this.datetime.startOf("day"), "days").days;
        const names = { 0: _t("Today"), 1: _t("Yesterday") };
        return (names[days] || this.datetime.toLocaleString(DateTime.DATE_FULL)).toString();
    }

    get datetimeSimple() {
        return isToday(this.datetime) ? this.datetime.toLocaleString(DateTime.TIME_SIMPLE) : formatDate(this.datetime);
    }

    get scheduledDateSimple() {
        return this.scheduledDatetime?.toLocaleString(DateTime.TIME_SIMPLE);
    }

    // ------------------------------------------------------------------ what may be done

    get allowsEdition() {
        return this.store.self.isAdmin || this.isSelfAuthored;
    }

    get editable() {
        return Boolean(this.allowsEdition && this.message_type === "comment" && !this.isTemporary);
    }

    get hasActions() {
        return !this.is_transient && !this.isPending;
    }

    get canToggleStar() {
        const { id, type } = this.store.self;
        const isKnown = type === "partner" && id > 0;
        return isKnown && Boolean(this.thread) && !this.is_transient;
    }

    canAddReaction() {
        return Boolean(!this.is_transient && this.thread && !this.isTemporary);
    }

    canReplyTo(thread) {
        return ["discuss.channel", "mail.box"].includes(thread?.model) && this.message_type !== "user_notification";
    }

    canUnfollow(thread) {
        return Boolean(this.thread?.selfFollower && thread?.model === "mail.box");
    }

    isTranslatable(thread) {
        const isDocument = thread && !["discuss.channel", "mail.box"].includes(thread.model);
        return Boolean(this.store.hasMessageTranslationFeature && !this.isBodyEmpty && (isDocument || thread));
    }

    /**
     * Write another text.
     *
     * @param {string} body what was typed
     * @param {Object[]} [attachments] new files
     * @param {{mentionedChannels?: Object[], mentionedPartners?: Object[]}} [picked]
     */
    async edit(body, attachments = [], picked = {}) {
        const mentions = this.store.getMentionsFromText(body, picked);
        const html = await prettifyMessageContent(body, mentions);
        const before = String(this.body).replace(EDITED, "");
        if (html === before && !attachments.length) {
            return;
        }
        const data = await rpc("/mail/message/update_content", {
            attachment_ids: attachments.concat([...this.attachment_ids]).map(({ id }) => id),
            attachment_tokens: attachments.concat([...this.attachment_ids]).map(({ access_token: token }) => token),
            body: html,
            message_id: this.id,
            partner_ids: mentions.partners.map(({ id }) => id),
            ...this.thread?.rpcParams,
        });
        this.store.insert(data, { html: true });
        this.lookAtLinks();
    }

    /** Have the server look at what is behind the links of the text; the page is told. */
    lookAtLinks() {
        if (this.store.hasLinkPreviewFeature && this.hasLink) {
            // a link without a preview is still a link
            rpc("/mail/link_preview", { message_id: this.id }, { silent: true }).catch(() => {});
        }
    }

    /** Have nothing left of it. */
    async remove() {
        const data = await rpc("/mail/message/update_content", {
            attachment_ids: [],
            attachment_tokens: [],
            body: "",
            message_id: this.id,
            ...this.thread?.rpcParams,
        });
        this.store.insert(data, { html: true });
        this.store.MAKE_UPDATE(() => {
            this.body = "";
            this.attachment_ids.clear();
        });
    }

    /** Put a sign to the message. @param {string} content */
    react(content) {
        return changeReaction(this, content, "add");
    }

    /** Have the user be done with it. */
    setDone() {
        return callOn(this, "mail.message", "set_message_done");
    }

    /** Have the user find it among those with a star, or no longer. */
    toggleStar() {
        return callOn(this, "mail.message", "toggle_message_starred");
    }

    /** Have the user no longer follow the document. */
    async unfollow() {
        const { notification } = this.env.services;
        if (this.needaction) {
            await this.setDone();
        }
        const { thread } = this;
        await thread.selfFollower.remove();
        notification.add(_t("You no longer follow “%s”.", thread.name), { type: "success" });
    }

    /** Have the address of the message be what is pasted next. */
    async copyLink() {
        const { notification } = this.env.services;
        try {
            await browser.navigator.clipboard.writeText(url(`/mail/message/${this.id}`));
            notification.add(_t("The link is in the clipboard."), { type: "info" });
        } catch {
            notification.add(_t("The browser does not let the link into the clipboard."), { type: "danger" });
        }
    }

    /** Ask for the text in the language of the user; why there is none is kept, too. */
    async translate() {
        const { body, error, lang_name: source } = await rpc("/mail/message/translate", { message_id: this.id });
        const told = { id: this.id, translationErrors: error, translationSource: source, translationValue: body };
        this.store.Message.insert(told, { html: true });
    }

    /** Have the messages of a conversation be new from here on. @param {Object} thread */
    async onClickMarkAsUnread(thread) {
        await rpc("/discuss/channel/mark_as_unread", { channel_id: thread.id, message_id: this.id });
    }
}
Message.register();
