import {
    Component,
    onMounted,
    onPatched,
    onWillUnmount,
    toRaw,
    useChildSubEnv,
    useEffect,
    useRef,
    useState,
} from "@odoo/owl";
import { AttachmentList } from "@mail/core/common/attachment_list";
import { Composer } from "@mail/core/common/composer";
import { discussComponentRegistry } from "@mail/core/common/discuss_component_registry";
import { ImStatus } from "@mail/core/common/im_status";
import { LinkPreviewList } from "@mail/core/common/link_preview_list";
import { useMessageActions } from "@mail/core/common/message_actions";
import { MessageConfirmDialog } from "@mail/core/common/message_confirm_dialog";
import { MessageNotificationPopover } from "@mail/core/common/message_notification_popover";
import { MessageReactionMenu } from "@mail/core/common/message_reaction_menu";
import { MessageReactions } from "@mail/core/common/message_reactions";
import { RelativeTime } from "@mail/core/common/relative_time";
import { TrackedValues } from "@mail/core/common/tracked_values";
import { convertBrToLineBreak } from "@mail/utils/common/format";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { _t } from "@web/core/l10n/translation";
import { usePopover } from "@web/core/popover/popover_hook";
import { useService } from "@web/core/utils/hooks";
import { url } from "@web/core/utils/urls";

/** One message, with what can be done about it. */
export class Message extends Component {
    static template = "mail.Message";
    static components = {
        ...{
            AttachmentList,
            Composer,
            Dropdown,
            DropdownItem,
            ImStatus,
            LinkPreviewList,
            MessageReactions,
            RelativeTime,
            TrackedValues,
        },
    };
    static defaultProps = {
        hasActions: true,
        isInChatWindow: false,
        onParentMessageClick: () => {},
        showDates: true,
    };
    static props = [
        "asCard?",
        "className?",
        "hasActions?",
        "isFirstMessage?",
        "isInChatWindow?",
        "message",
        "messageActions?",
        "messageEdition?",
        "messageSearch?",
        "messageToReplyTo?",
        "onParentMessageClick?",
        "previousMessage?",
        "registerMessageRef?",
        "showDates?",
        "squashed?",
        "thread?",
    ];

    setup() {
        this.store = useState(useService("mail.store"));
        this.dialog = useService("dialog");
        this.ui = useState(useService("ui"));
        this.state = useState({ isActionListOpen: false, isClicked: false, isEditing: false, isTranslated: false });
        this.root = useRef("root");
        this.messageBody = useRef("body");
        this.shadowBody = useRef("shadowBody");
        this.messageActions = useMessageActions();
        this.notificationPopover = usePopover(MessageNotificationPopover, { position: "top" });
        useChildSubEnv({ message: this.props.message, alignedRight: this.isAlignedRight });
        useEffect(
            () => this.showBody(),
            () => [String(this.shownBody), this.state.isEditing, this.props.messageSearch?.searchTerm]
        );
        const register = () => this.props.registerMessageRef?.(this.props.message, this.root);
        onMounted(register);
        onPatched(register);
        onWillUnmount(() => this.props.registerMessageRef?.(this.props.message, null));
    }

    get message() {
        return this.props.message;
    }

    // ------------------------------------------------------------------ looks

    get attClass() {
        return {
            [this.props.className || ""]: true,
            "o-card p-2": this.props.asCard,
            "o-squashed": this.props.squashed,
            "o-selfAuthored": this.message.isSelfAuthored && !this.env.inChatter,
            "o-actionMenuMobileOpen": this.state.isActionListOpen,
            "o-editing": this.state.isEditing,
            "o-highlighted": this.isHighlighted,
            "o-selected": this.props.messageToReplyTo?.isSelected(this.props.thread, this.message),
            "o-note": this.message.is_note,
            "opacity-50": this.message.isPending,
        };
    }

    get isHighlighted() {
        return this.env.messageHighlight?.highlightedMessageId === this.message.id;
    }

    get isActive() {
        return this.state.isActionListOpen || this.state.isClicked || Boolean(this.env.inChatter);
    }

    get isAlignedRight() {
        return Boolean(this.env.inChatWindow && this.props.message.isSelfAuthored);
    }

    get isOriginThread() {
        return Boolean(this.props.thread?.eq(this.message.thread));
    }

    get authorName() {
        return this.message.author?.name || this.message.email_from || _t("Somebody").toString();
    }

    get authorAvatarUrl() {
        return this.message.author?.avatarUrl || this.store.DEFAULT_AVATAR;
    }

    get authorAvatarAttClass() {
        return {
            o_object_fit_contain: this.message.author?.is_company,
            o_object_fit_cover: !this.message.author?.is_company,
        };
    }

    getAuthorAttClass() {
        return { "o-mail-Message-author": true };
    }

    getAvatarContainerAttClass() {
        return { "o-mail-Message-avatarContainer": true };
    }

    get shouldDisplayAuthorName() {
        return !this.isAlignedRight;
    }

    /** Actions that stand beside the message; the others are in a menu. */
    get quickActionCount() {
        return this.env.inChatter ? 3 : 2;
    }

    /** What can be done, looked up once: what stands beside the message, and what is in its menu. */
    get actionParts() {
        const { actions } = this.messageActions;
        const count = this.quickActionCount + 1;
        return { more: actions.slice(count), quick: actions.slice(0, count) };
    }

    get showActions() {
        return this.props.hasActions && this.message.hasActions && !this.state.isEditing;
    }

    get showSeenIndicator() {
        return this.message.isSelfAuthored && Boolean(this.props.thread?.hasSeenFeature);
    }

    get showSubtypeDescription() {
        const description = (this.message.subtype_description || "").toLowerCase();
        return Boolean(description) && description !== this.message.inlineBody.toLowerCase();
    }

    get showSubject() {
        const { message } = this;
        return Boolean(message.subject) && !message.isSubjectDefault && !message.isSubjectSimilarToThreadName;
    }

    /** What kind of message it is, for those who listen to the page. */
    get messageTypeText() {
        const { message } = this;
        const kinds = { email: _t("E-mail"), notification: _t("Notification") };
        const kind = message.is_note ? _t("Note") : kinds[message.message_type] || _t("Message");
        return kind.toString();
    }

    get notificationIcon() {
        const failed = this.message.failureNotifications.length > 0;
        return (failed ? this.message.failureNotifications : this.message.notifications)[0]?.icon;
    }

    get isDeleted() {
        return this.message.isEmpty;
    }

    /** Whether the text has styles that must not reach the page. */
    get isIsolated() {
        return this.message.message_type?.includes("email") && /<style|\sclass=/i.test(String(this.message.body));
    }

    // ------------------------------------------------------------------ the text

    /** Whether the text is shown in the language of the user. */
    get isTranslated() {
        return this.state.isTranslated && Boolean(this.message.translationValue);
    }

    get shownBody() {
        return this.isTranslated ? this.message.translationValue : this.message.body;
    }

    /** Put the text where it stands, in a page of its own when its styles must stay there. */
    showBody() {
        const shadow = this.shadowBody.el;
        if (shadow) {
            this.shadowRoot ||= shadow.attachShadow({ mode: "open" });
            const body = document.createElement("div");
            body.style.overflowWrap = "anywhere";
            body.innerHTML = String(this.shownBody);
            this.prepareMessageBody(body);
            this.shadowRoot.replaceChildren(body);
        } else if (this.messageBody.el) {
            this.prepareMessageBody(this.messageBody.el);
        }
    }

    /** Change what is shown of a text. @param {HTMLElement} bodyEl */
    prepareMessageBody(bodyEl) {
        for (const link of bodyEl.querySelectorAll("a[href^='http']")) {
            link.target = "_blank";
            link.rel = "noreferrer noopener";
        }
        this.props.messageSearch?.highlight(bodyEl);
    }

    // ------------------------------------------------------------------ doing

    onClick(ev) {
        if (this.store.handleClickOnLink(ev, this.props.thread)) {
            return;
        }
        this.state.isClicked = !this.state.isClicked && this.env.isSmall;
    }

    onClickNotificationMessage(ev) {
        this.store.handleClickOnLink(ev, this.props.thread);
    }

    onClickAuthor() {}

    hasAuthorClickable() {
        return false;
    }

    getAuthorText() {
        return undefined;
    }

    enterEditMode() {
        const message = toRaw(this.message);
        const text = convertBrToLineBreak(this.message.body).replace(/ /g, " ").trimEnd();
        this.props.message.composer = {
            mentionedPartners: [...this.message.recipients],
            selection: { direction: "none", end: text.length, start: text.length },
            text,
        };
        this.state.isEditing = true;
        if (this.props.messageEdition) {
            this.props.messageEdition.editingMessage = message;
        }
    }

    exitEditMode() {
        this.props.messageEdition?.exitEditMode();
        this.message.composer?.clear();
        this.message.composer = undefined;
        this.state.isEditing = false;
    }

    onClickDelete() {
        this.dialog.add(MessageConfirmDialog, {
            confirmColor: "btn-danger",
            confirmText: _t("Delete").toString(),
            message: this.message,
            onConfirm: () => this.message.remove(),
            prompt: _t("Delete this message for everybody?").toString(),
            title: _t("Delete the message").toString(),
        });
    }

    /** Ask before a file of the message goes. */
    async onClickAttachmentUnlink(attachment) {
        await attachment.remove();
    }

    get canDeleteAttachments() {
        return this.message.editable || this.store.self.isAdmin;
    }

    downloadFiles() {
        const form = document.createElement("form");
        const values = {
            csrf_token: odoo.csrf_token,
            file_ids: this.message.attachment_ids.map(({ id }) => id),
            zip_name: `attachments_${this.message.id}.zip`,
        };
        Object.assign(form, { action: url("/mail/attachment/zip"), method: "POST" });
        for (const [name, value] of Object.entries(values)) {
            form.append(Object.assign(document.createElement("input"), { name, type: "hidden", value }));
        }
        document.body.append(form);
        form.submit();
        form.remove();
    }

    openReactionMenu(reaction) {
        this.dialog.add(MessageReactionMenu, { initialReaction: reaction, message: this.message });
    }

    onClickNotification(ev) {
        if (this.message.failureNotifications.length) {
            this.onClickFailure(ev);
        } else {
            this.notificationPopover.open(ev.currentTarget, { message: this.message });
        }
    }

    onClickFailure(ev) {
        this.notificationPopover.open(ev.currentTarget, { message: this.message });
    }

    async onClickToggleTranslation() {
        const isWanted = !this.isTranslated;
        if (isWanted && !this.message.translationValue) {
            await this.message.translate();
        }
        this.state.isTranslated = isWanted;
    }
}
discussComponentRegistry.add("Message", Message);
