import { Record } from "@mail/core/common/record";

/** The call that the user is in, and what the server told of how to reach others. */
export class Rtc extends Record {
    iceServers = Record.attr(undefined);
    /** @type {Object|null} of servers that pass calls on; browsers speak to each other here */
    serverInfo = Record.attr(undefined);
    selfSession = Record.one("RtcSession");
    /** The channel of the call. */
    channel = Record.one("Thread");
}
Rtc.register();
