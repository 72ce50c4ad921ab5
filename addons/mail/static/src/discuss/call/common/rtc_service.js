import { reactive } from "@odoo/owl";
import { closeStream } from "@mail/utils/common/misc";
import { loadBundle } from "@web/core/assets";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { rpc } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";

const SILENT = { silent: true };
/** Milliseconds between signs of life: the server takes sessions for gone after a minute. */
const PING = 25_000;
/** What the server calls what can be on and off. */
const FLAGS = {
    isCameraOn: "is_camera_on",
    isDeaf: "is_deaf",
    isScreenSharingOn: "is_screen_sharing_on",
    isSelfMuted: "is_muted",
};
/** Where the browser keeps which devices its user wants. */
const DEVICES = "discuss.call.devices";
const FLAG_OF_VIDEO = { camera: "isCameraOn", screen: "isScreenSharingOn" };

/** The call of the user: browsers speak to each other, the server only passes on how they are reached. */
export class RtcService {
    constructor(env, { notification, "mail.store": store }) {
        Object.assign(this, { env, notification, store });
        /** @type {Object<number, Object<string, MediaStream>>} what is seen and heard, by session and kind */
        this.streams = {};
        this.state = { hasPendingRequest: false };
        /** @type {{audio?: string, camera?: string}} ids of the devices that the user chose */
        this.devices = JSON.parse(browser.localStorage.getItem(DEVICES) || "{}");
        /** @type {Map<number, {audio: HTMLAudioElement, stop: () => void}>} */
        this.sounds = new Map();
        this.early = [];
        this.handling = Promise.resolve();
        /** Whether the key is held that opens the microphone. */
        this.isTalkKeyHeld = false;
    }

    setup({ bus_service: bus }) {
        bus.subscribe("discuss.channel.rtc.session/peer_notification", (payload) => this.onPeerNotification(payload));
        bus.subscribe("discuss.channel.rtc.session/ended", ({ sessionId }) => this.onEnded(sessionId));
        bus.subscribe("discuss.channel.rtc.session/update_and_broadcast", ({ data }) => this.onUpdated(data));
        browser.addEventListener("pagehide", () => this.onPageHide());
    }

    get channel() {
        return this.store.rtc?.channel;
    }

    get selfSession() {
        return this.store.rtc?.selfSession;
    }

    // ------------------------------------------------------------------ coming and going

    /** Join the call of a channel, or leave it. @param {Object} channel @param {{camera?: boolean}} [options] */
    async toggleCall(channel, { camera = false } = {}) {
        if (this.state.hasPendingRequest) {
            return;
        }
        const isOther = !channel.eq(this.channel);
        if (this.channel) {
            await this.leaveCall();
        }
        if (isOther) {
            await this.joinCall(channel, { camera });
        }
    }

    async joinCall(channel, { camera = false } = {}) {
        this.state.hasPendingRequest = true;
        try {
            const [track] = await Promise.all([this.openTrack("audio"), loadBundle("mail.assets_call")]);
            const known = channel.rtcSessions.map(({ id }) => id);
            const params = { camera: false, channel_id: channel.id, check_rtc_session_ids: known };
            this.store.insert(await rpc("/mail/rtc/channel/join_call", params), { html: true });
            this.store.rtc.channel = channel;
            await this.connect(track);
        } finally {
            this.state.hasPendingRequest = false;
            this.early = [];
        }
        if (camera) {
            await this.toggleVideo("camera");
        }
    }

    /** Call all who are there. @param {MediaStreamTrack|undefined} track what the user says */
    async connect(track) {
        const { channel, selfSession } = this;
        const PeerToPeer = registry.category("discuss.call").get("PeerToPeer");
        this.network = new PeerToPeer({
            notify: (messages) =>
                rpc("/mail/rtc/session/notify_call_members", { peer_notifications: messages }, SILENT),
        });
        this.network.addEventListener("track", ({ detail }) => this.onTrack(detail));
        this.network.addEventListener("state", ({ detail: { id, state } }) => {
            this.store.RtcSession.insert({ connectionState: state, id });
        });
        this.network.addEventListener("info", ({ detail: { id, info } }) => {
            this.store.RtcSession.insert({ id, raisingHand: Boolean(info.raisingHand) });
        });
        this.network.connect(selfSession.id, { iceServers: this.store.rtc.iceServers || [] });
        await this.network.setTrack("audio", track || null);
        this.audioTrack = track;
        const watchTalkKey = registry.category("discuss.call").get("watchTalkKey");
        this.stopTalkKey = watchTalkKey(this.store.settings, (isHeld) => {
            this.isTalkKeyHeld = isHeld;
            this.updateMicrophone();
        });
        this.updateMicrophone();
        if (track) {
            this.watch(selfSession.id, new MediaStream([track]));
        } else {
            this.tell({ isSelfMuted: true });
        }
        this.early.splice(0).forEach((payload) => this.onPeerNotification(payload));
        const others = channel.rtcSessions.filter((session) => session.notEq(selfSession));
        await Promise.all(others.map(({ id }) => this.network.addPeer(id)));
        this.pinging = browser.setInterval(() => this.ping(), PING);
    }

    async leaveCall() {
        const { channel } = this;
        this.end();
        if (channel) {
            await rpc("/mail/rtc/channel/leave_call", { channel_id: channel.id }, SILENT);
        }
    }

    /** Nothing is sent or heard any more. */
    end() {
        browser.clearInterval(this.pinging);
        this.stopTalkKey?.();
        this.isTalkKeyHeld = false;
        this.network?.disconnect();
        this.network = undefined;
        for (const id of [...this.sounds.keys()]) {
            this.silence(id);
        }
        for (const streams of Object.values(this.streams)) {
            Object.values(streams).forEach(closeStream);
        }
        this.audioTrack?.stop();
        this.audioTrack = undefined;
        Object.keys(this.streams).forEach((id) => delete this.streams[id]);
        Object.assign(this.store.rtc, { channel: undefined, selfSession: undefined });
    }

    /** Decline an invitation. @param {Object} channel */
    async decline(channel) {
        channel.rtcInvitingSession = undefined;
        await rpc("/mail/rtc/channel/leave_call", { channel_id: channel.id }, SILENT);
    }

    /** Say that the browser is still there, and hear who else is. */
    async ping() {
        const { channel, selfSession } = this;
        const known = channel.rtcSessions.map(({ id }) => id);
        const params = { channel_id: channel.id, check_rtc_session_ids: known, rtc_session_id: selfSession.id };
        this.store.insert(await rpc("/discuss/channel/ping", params, SILENT), { html: true });
    }

    // ------------------------------------------------------------------ what is told

    onPeerNotification(payload) {
        if (!this.network) {
            if (this.state.hasPendingRequest) {
                this.early.push(payload);
            }
            return;
        }
        const { notifications, sender } = payload;
        // one after the other, in their order
        for (const content of notifications) {
            this.handling = this.handling
                .then(() => this.network?.handleNotification(sender, content))
                .catch((error) => console.warn("Somebody in the call could not be understood:", error));
        }
    }

    /** The session of the user was ended elsewhere: by another page, or because it was silent. */
    onEnded(sessionId) {
        if (sessionId === this.selfSession?.id) {
            this.end();
            this.notification.add(_t("You are no longer in the call."), { type: "warning" });
        }
    }

    onUpdated(data) {
        const { RtcSession: sessions = [] } = this.store.insert(data, { html: true });
        sessions.filter(({ isDeaf }) => isDeaf).forEach((session) => (session.isTalking = false));
    }

    onSessionGone({ id }) {
        if (id === this.selfSession?.id) {
            this.onEnded(id);
            return;
        }
        this.network?.removePeer(id);
        this.silence(id);
        delete this.streams[id];
    }

    onTrack({ id, kind, track }) {
        const stream = new MediaStream([track]);
        (this.streams[id] ??= {})[kind] = stream;
        if (kind === "audio") {
            this.watch(id, stream);
        }
    }

    /** The server hears of it although the page goes. */
    onPageHide() {
        if (this.channel) {
            const params = { id: 1, jsonrpc: "2.0", method: "call", params: { channel_id: this.channel.id } };
            const body = new Blob([JSON.stringify(params)], { type: "application/json" });
            browser.navigator.sendBeacon("/mail/rtc/channel/leave_call", body);
        }
    }

    // ------------------------------------------------------------------ sound

    /** Play what somebody says, and follow whether they speak; the user is not played to themselves. */
    watch(id, stream) {
        this.silence(id);
        const watchSound = registry.category("discuss.call").get("watchSound");
        const stop = watchSound(stream, (isTalking) => {
            const session = this.store.RtcSession.get(id);
            if (session) {
                session.isTalking = isTalking && !session.isMute;
            }
        });
        const sound = { audio: undefined, stop };
        if (id !== this.selfSession?.id) {
            const session = this.store.RtcSession.get(id);
            sound.audio = new browser.Audio();
            Object.assign(sound.audio, { muted: this.selfSession.isDeaf, srcObject: stream });
            sound.audio.volume = session?.volume ?? 1;
            sound.audio.play().catch((error) => console.warn("Somebody in the call cannot be heard:", error));
        }
        this.sounds.set(id, sound);
    }

    silence(id) {
        const sound = this.sounds.get(id);
        if (sound) {
            this.sounds.delete(id);
            sound.stop();
            sound.audio?.pause();
        }
    }

    // ------------------------------------------------------------------ what the user does

    /** @param {"audio"|"camera"|"screen"} kind @returns {Promise<MediaStreamTrack|undefined>} nothing where it is refused */
    async openTrack(kind) {
        const { mediaDevices } = browser.navigator;
        try {
            const stream = await (kind === "screen"
                ? mediaDevices.getDisplayMedia({ video: true })
                : mediaDevices.getUserMedia({ [kind === "audio" ? "audio" : "video"]: this._wanted(kind) }));
            return stream.getTracks()[0];
        } catch {
            const missing = { audio: _t("microphone"), camera: _t("camera"), screen: _t("screen") }[kind];
            this.notification.add(_t("The browser does not give this page the %s.", missing), { type: "warning" });
            return undefined;
        }
    }

    /** The device that the user chose; without a choice, or without that device, the browser decides. */
    _wanted(kind) {
        const id = this.devices[kind];
        return id ? { deviceId: id } : true;
    }

    /** Be heard or seen by another device, from now on. @param {"audio"|"camera"} kind @param {string} id */
    async setDevice(kind, id) {
        this.devices[kind] = id;
        browser.localStorage.setItem(DEVICES, JSON.stringify(this.devices));
        if (kind === "audio" && this.audioTrack) {
            await this.useMicrophone(await this.openTrack("audio"));
        } else if (kind === "camera" && this.selfSession?.isCameraOn) {
            await this.toggleVideo("camera");
            await this.toggleVideo("camera");
        }
    }

    /** Send what a microphone hears. @param {MediaStreamTrack} [track] nothing leaves all as it is */
    async useMicrophone(track) {
        if (!track || !this.network) {
            track?.stop();
            return false;
        }
        this.audioTrack?.stop();
        this.audioTrack = track;
        this.updateMicrophone();
        this.watch(this.selfSession.id, new MediaStream([track]));
        await this.network.setTrack("audio", track);
        return true;
    }

    /** Note what is on and off, here and in the browsers of others. @param {Object<string, boolean>} flags */
    async tell(flags) {
        Object.assign(this.selfSession, flags);
        this.updateMicrophone();
        const values = Object.fromEntries(Object.entries(flags).map(([name, value]) => [FLAGS[name], value]));
        await rpc("/mail/rtc/session/update_and_broadcast", { session_id: this.selfSession.id, values }, SILENT);
    }

    /** The microphone is open for those who are not silent, and with push to talk while its key is held. */
    updateMicrophone() {
        if (this.audioTrack) {
            const mayTalk = this.isTalkKeyHeld || !this.store.settings.use_push_to_talk;
            this.audioTrack.enabled = !this.selfSession.isMute && mayTalk;
        }
    }

    async toggleMicrophone() {
        const isMuted = !this.selfSession.isSelfMuted;
        if (!this.audioTrack && !isMuted && !(await this.useMicrophone(await this.openTrack("audio")))) {
            return;
        }
        this.selfSession.isTalking = false;
        await this.tell({ isSelfMuted: isMuted });
    }

    async toggleDeafen() {
        const isDeaf = !this.selfSession.isDeaf;
        this.sounds.forEach(({ audio }) => audio && (audio.muted = isDeaf));
        await this.tell({ isDeaf });
    }

    /** @param {"camera"|"screen"} kind */
    async toggleVideo(kind) {
        const flag = FLAG_OF_VIDEO[kind];
        const own = (this.streams[this.selfSession.id] ??= {});
        if (own[kind]) {
            closeStream(own[kind]);
            delete own[kind];
            await this.network.setTrack(kind, null);
            await this.tell({ [flag]: false });
            return;
        }
        const track = await this.openTrack(kind);
        if (!track || !this.network) {
            track?.stop();
            return;
        }
        // the browser has a button of its own that ends it
        track.addEventListener("ended", () => own[kind] && this.toggleVideo(kind));
        own[kind] = new MediaStream([track]);
        await this.network.setTrack(kind, track);
        await this.tell({ [flag]: true });
    }

    raiseHand() {
        this.selfSession.raisingHand = !this.selfSession.raisingHand;
        this.network.broadcast({ raisingHand: this.selfSession.raisingHand });
    }
}

export const rtcService = {
    dependencies: ["bus_service", "mail.store", "notification"],
    start(env, services) {
        const rtc = reactive(new RtcService(env, services));
        rtc.streams = reactive({});
        rtc.setup(services);
        return rtc;
    },
};

registry.category("services").add("discuss.rtc", rtcService);
