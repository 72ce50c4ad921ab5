import { Record } from "@mail/core/common/record";

/** Somebody who is told of the messages of a document. */
export class Follower extends Record {
    static id = "id";
    /** @type {number} */
    id;
    thread = Record.one("Thread");
    partner = Record.one("Persona");
    partner_id = Record.attr(undefined);
    display_name = Record.attr("");
    email = Record.attr("");
    is_active = Record.attr(true);
    name = Record.attr("");

    /** Whether the user may choose of what the follower is told: everybody for themselves, writers for all. */
    get isEditable() {
        return Boolean(this.thread?.hasWriteAccess) || Boolean(this.partner?.eq(this.store.self));
    }

    /** Have somebody no longer follow the document. */
    async remove() {
        const { id, model } = this.thread;
        await this.env.services.orm.call(model, "message_unsubscribe", [[id], [this.partner.id]]);
        this.delete();
    }

    /** Take the follower from those who get the next message. */
    removeRecipient() {
        this.thread?.recipients.delete(this);
    }
}
Follower.register();
