import { Record } from "@mail/core/common/record";

/** Something that has to be done about a document. */
export class Activity extends Record {
    static id = "id";
    /** @type {number} */
    id;
    attachment_ids = Record.many("Attachment");
    date_deadline = Record.attr(undefined, { type: "date" });
    note = Record.attr("", { html: true });
    persona = Record.one("Persona");

    /** It is done, or called off. */
    remove() {
        this.delete();
    }
}
Activity.register();
