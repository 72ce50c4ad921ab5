import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";

/** What is sent to others, in the order in which connections carry it. */
export const TRACKS = ["audio", "camera", "screen"];
/** Milliseconds in which messages to others are gathered, and after which a broken connection is made anew. */
const GATHERED = 50;
const PATIENCE = 5000;

/**
 * Connections to all others in a call. Each carries sound, camera and screen from the beginning, so that nothing has
 * to be agreed on when one of them is switched on or off. Who comes later calls those who are there.
 *
 * Events: `track` (`{id, kind, track}`), `state` (`{id, state}`), `info` (`{id, info}`).
 */
export class PeerToPeer extends EventTarget {
    /**
     * @param {Object} options
     * @param {(messages: Array<[number, number[], string]>) => Promise<any>} options.notify hands texts to others
     */
    constructor({ notify }) {
        super();
        this.notify = notify;
        /** @type {Map<number, Object>} connections by the id of the other's session */
        this.peers = new Map();
        /** @type {Object<string, MediaStreamTrack|null>} */
        this.tracks = Object.fromEntries(TRACKS.map((kind) => [kind, null]));
        this.pending = [];
    }

    /** @param {number} selfId session of the user @param {{iceServers?: RTCIceServer[]}} [options] */
    connect(selfId, { iceServers } = {}) {
        this.selfId = selfId;
        this.iceServers = iceServers || [];
    }

    disconnect() {
        for (const id of [...this.peers.keys()]) {
            this.removePeer(id);
        }
        browser.clearTimeout(this.sending);
        this.pending = [];
        this.selfId = undefined;
    }

    // ------------------------------------------------------------------ the others

    /** Call somebody. @param {number} id of their session */
    async addPeer(id) {
        if (this.peers.has(id) || id === this.selfId) {
            return;
        }
        const peer = this._makePeer(id);
        for (const kind of TRACKS) {
            const transceiver = peer.connection.addTransceiver(kind === "audio" ? "audio" : "video");
            await transceiver.sender.replaceTrack(this.tracks[kind]);
        }
        await this._offer(peer);
    }

    removePeer(id) {
        const peer = this.peers.get(id);
        if (peer) {
            this.peers.delete(id);
            browser.clearTimeout(peer.retry);
            peer.connection.onconnectionstatechange = null;
            peer.connection.close();
        }
    }

    /** Send something else from now on. @param {"audio"|"camera"|"screen"} kind @param {MediaStreamTrack|null} track */
    async setTrack(kind, track) {
        this.tracks[kind] = track;
        const index = TRACKS.indexOf(kind);
        const connections = [...this.peers.values()].map(({ connection }) => connection.getTransceivers()[index]);
        await Promise.all(connections.map((transceiver) => transceiver?.sender.replaceTrack(track)));
    }

    /** Tell all others something. @param {Object} info */
    broadcast(info) {
        const targets = [...this.peers.keys()];
        if (targets.length) {
            this._send(targets, "info", info);
        }
    }

    // ------------------------------------------------------------------ agreeing

    /** What somebody sent through the server. @param {number} id of their session @param {string} content */
    async handleNotification(id, content) {
        const { event, payload } = JSON.parse(content);
        const handler = {
            answer: this._onAnswer,
            candidate: this._onCandidate,
            info: this._onInfo,
            offer: this._onOffer,
        }[event];
        await handler?.call(this, id, payload);
    }

    async _onOffer(id, { description, isNew }) {
        if (isNew) {
            // they came anew: what was connected is no more
            this.removePeer(id);
        }
        const peer = this.peers.get(id) || this._makePeer(id);
        const { connection } = peer;
        await connection.setRemoteDescription(description);
        for (const [index, transceiver] of connection.getTransceivers().entries()) {
            transceiver.direction = "sendrecv";
            await transceiver.sender.replaceTrack(this.tracks[TRACKS[index]] || null);
        }
        await connection.setLocalDescription();
        this._send([id], "answer", { description: connection.localDescription });
        await this._takeCandidates(peer);
    }

    async _onAnswer(id, { description }) {
        const peer = this.peers.get(id);
        if (peer?.connection.signalingState === "have-local-offer") {
            await peer.connection.setRemoteDescription(description);
            await this._takeCandidates(peer);
        }
    }

    /** Ways to each other may be known before the other is. */
    async _onCandidate(id, { candidate }) {
        const peer = this.peers.get(id);
        if (!peer) {
            return;
        }
        peer.candidates.push(candidate);
        if (peer.connection.remoteDescription) {
            await this._takeCandidates(peer);
        }
    }

    async _takeCandidates(peer) {
        for (const candidate of peer.candidates.splice(0)) {
            try {
                await peer.connection.addIceCandidate(candidate);
            } catch (error) {
                console.warn("A way to somebody in the call is of no use:", error);
            }
        }
    }

    _onInfo(id, info) {
        this._tell("info", { id, info });
    }

    async _offer(peer, isNew = true) {
        await peer.connection.setLocalDescription();
        this._send([peer.id], "offer", { description: peer.connection.localDescription, isNew });
    }

    _makePeer(id) {
        const connection = new window.RTCPeerConnection({ iceServers: this.iceServers });
        const peer = { candidates: [], connection, id, retry: undefined };
        this.peers.set(id, peer);
        connection.onicecandidate = ({ candidate }) => candidate && this._send([id], "candidate", { candidate });
        connection.ontrack = ({ track, transceiver }) => {
            const kind = TRACKS[connection.getTransceivers().indexOf(transceiver)];
            this._tell("track", { id, kind, track });
        };
        connection.onconnectionstatechange = () => this._onState(peer);
        return peer;
    }

    /** A connection that broke is looked for again, by who came later. */
    _onState(peer) {
        const state = peer.connection.connectionState;
        this._tell("state", { id: peer.id, state });
        browser.clearTimeout(peer.retry);
        if (["disconnected", "failed"].includes(state) && this.selfId > peer.id) {
            peer.retry = browser.setTimeout(() => {
                peer.connection.restartIce();
                this._offer(peer, false);
            }, PATIENCE);
        }
    }

    _tell(name, detail) {
        this.dispatchEvent(new CustomEvent(name, { detail }));
    }

    /** Messages of a moment go in one request. */
    _send(targets, event, payload) {
        this.pending.push([this.selfId, targets, JSON.stringify({ event, payload })]);
        if (this.pending.length === 1) {
            this.sending = browser.setTimeout(() => {
                this.notify(this.pending.splice(0)).catch((error) =>
                    console.warn("Others in the call could not be reached:", error)
                );
            }, GATHERED);
        }
    }
}

registry.category("discuss.call").add("PeerToPeer", PeerToPeer);
