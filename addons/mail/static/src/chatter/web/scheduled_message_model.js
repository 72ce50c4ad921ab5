import { callOn, formAction, untilClosed } from "@mail/core/common/calls";
import { Record } from "@mail/core/common/record";

/** A message of a document that is posted when its time comes. */
export class ScheduledMessage extends Record {
    static id = "id";
    /** @type {number} */
    id;
    attachment_ids = Record.many("Attachment");
    author = Record.one("Persona");
    body = Record.attr("", { html: true });
    is_note = Record.attr(false);
    scheduled_date = Record.attr(undefined, { type: "datetime" });
    subject = Record.attr("");
    thread = Record.one("Thread", { inverse: "scheduledMessages" });

    get isSelfAuthored() {
        return Boolean(this.author?.eq(this.store.self));
    }

    get isEditable() {
        return this.store.self.isAdmin || this.isSelfAuthored;
    }

    /** Change the message in a dialog. @returns {Promise<void>} when it is closed */
    edit() {
        return untilClosed(this.env, formAction("mail.scheduled.message", this.id, { target: "new" }));
    }

    /** Give the message up. */
    async cancel() {
        await callOn(this, "mail.scheduled.message", "unlink");
        this.delete();
    }

    /** Post the message now. */
    send() {
        return callOn(this, "mail.scheduled.message", "post_message");
    }

    /** Called when the one who shows the message learns that its time has come. */
    notifyAlreadySent() {
        this.delete();
    }
}
ScheduledMessage.register();
