import { Record } from "@mail/core/common/record";

/** Somebody in a call. */
export class RtcSession extends Record {
    static id = "id";
    /** @type {number} */
    id;
    channelMember = Record.one("ChannelMember");
    channel = Record.one("Thread", { inverse: "rtcSessions" });
    isCameraOn = Record.attr(false);
    isDeaf = Record.attr(false);
    isSelfMuted = Record.attr(false);
    isScreenSharingOn = Record.attr(false);
    /** Whether they are heard just now, and whether they want to be. */
    isTalking = Record.attr(false);
    raisingHand = Record.attr(false);
    /** State of the connection to their browser. */
    connectionState = Record.attr("");

    get persona() {
        return this.channelMember?.persona;
    }

    get name() {
        return this.persona?.name || "";
    }

    get isMute() {
        return this.isSelfMuted || this.isDeaf;
    }

    get isSelf() {
        return this.eq(this.store.rtc?.selfSession);
    }

    /** How loud somebody is for the user, from 0 to 1. */
    get volume() {
        const { volumes } = this.store.settings;
        return volumes.find(({ persona }) => persona?.eq(this.persona))?.volume ?? 1;
    }
}
RtcSession.register();
