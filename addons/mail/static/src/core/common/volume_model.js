import { Record } from "@mail/core/common/record";

/** How loud somebody is in calls of the user. */
export class Volume extends Record {
    static id = "persona";
    persona = Record.one("Persona");
    settings = Record.one("Settings");
    volume = Record.attr(0.5);
}
Volume.register();
