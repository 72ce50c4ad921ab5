import { OR, Record } from "@mail/core/common/record";

/** What the user is writing: a new message of a conversation, or another text of a message. */
export class Composer extends Record {
    static id = OR("thread", "message");
    thread = Record.one("Thread");
    message = Record.one("Message");
    attachments = Record.many("Attachment", { inverse: "composer" });
    mentionedPartners = Record.many("Persona");
    mentionedChannels = Record.many("Thread");
    cannedResponses = Record.many("mail.canned.response");
    text = Record.attr("");
    selection = Record.attr({ start: 0, end: 0, direction: "none" });
    /** Counts up to have the input take the focus. */
    autofocus = Record.attr(0);
    isFocused = Record.attr(false);
    /** Whether the caret is to be put where `selection` says. */
    forceCursorMove = Record.attr(false);

    /** Begin anew. */
    clear() {
        this.attachments.clear();
        this.mentionedPartners.clear();
        this.mentionedChannels.clear();
        this.cannedResponses.clear();
        this.text = "";
        Object.assign(this.selection, { start: 0, end: 0, direction: "none" });
    }
}
Composer.register();
