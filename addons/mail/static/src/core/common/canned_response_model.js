import { Record } from "@mail/core/common/record";

/** A text that is written often, and what stands for it. */
export class CannedResponse extends Record {
    static _name = "mail.canned.response";
    static id = "id";
    /** @type {number} */
    id;
    source = Record.attr("");
    substitution = Record.attr("");
}
CannedResponse.register();
