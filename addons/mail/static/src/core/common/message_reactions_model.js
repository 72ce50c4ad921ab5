import { changeReaction } from "@mail/core/common/calls";
import { AND, Record } from "@mail/core/common/record";

/** Those who put the same sign to a message. */
export class MessageReactions extends Record {
    static id = AND("message", "content");
    message = Record.one("Message", { inverse: "reactions" });
    /** @type {string} */
    content;
    count = Record.attr(0);
    personas = Record.many("Persona");
    sequence = Record.attr(0);

    get isSelf() {
        return this.personas.includes(this.store.self);
    }

    /** Take the sign of the user back. */
    remove() {
        return changeReaction(this.message, this.content, "remove");
    }
}
MessageReactions.register();
