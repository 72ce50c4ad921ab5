import { Message } from "@mail/core/common/message";
import { useService } from "@web/core/utils/hooks";
import { patch } from "@web/core/utils/patch";
import { _t } from "@web/core/l10n/translation";

/** What messages lead to in the backend. */
const messagePatch = {
    setup() {
        super.setup();
        this.action = useService("action");
    },

    /** Colleagues can be written to, all others have a form. */
    hasAuthorClickable() {
        return this.message.author?.type === "partner" && this.message.author.id > 0;
    },

    getAuthorAttClass() {
        return { ...super.getAuthorAttClass(), "cursor-pointer": this.hasAuthorClickable() };
    },

    getAvatarContainerAttClass() {
        return { ...super.getAvatarContainerAttClass(), "cursor-pointer": this.hasAuthorClickable() };
    },

    getAuthorText() {
        return this.hasAuthorClickable() ? _t("Open the contact").toString() : undefined;
    },

    onClickAuthor() {
        if (this.hasAuthorClickable()) {
            this.store.openDocument({ id: this.message.author.id, model: "res.partner" });
        }
    },

    openRecord() {
        this.message.thread.open();
    },

    /** The server keeps failures of e-mails with the message: a dialog sends them again. */
    onClickFailure(ev) {
        const isEmail = this.message.failureNotifications.some(({ notification_type: type }) => type === "email");
        if (!isEmail) {
            super.onClickFailure(ev);
            return;
        }
        this.action.doAction("mail.mail_resend_message_action", {
            additionalContext: { mail_message_to_resend: this.message.id },
        });
    },
};

patch(Message.prototype, messagePatch);
