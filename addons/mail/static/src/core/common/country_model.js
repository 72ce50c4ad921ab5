import { Record } from "@mail/core/common/record";

/** A country of a person. */
export class Country extends Record {
    static id = "id";
    /** @type {number} */
    id;
    code = Record.attr("");
    name = Record.attr("");

    get flagUrl() {
        return this.code ? `/base/static/img/country_flags/${encodeURIComponent(this.code.toLowerCase())}.png` : "";
    }
}
Country.register();
