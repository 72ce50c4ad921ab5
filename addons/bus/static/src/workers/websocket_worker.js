import { debounce } from "./websocket_worker_utils.js";

/** Why a connection is closed. */
export const WEBSOCKET_CLOSE_CODES = Object.freeze({
    CLEAN: 1000,
    GOING_AWAY: 1001,
    PROTOCOL_ERROR: 1002,
    INCORRECT_DATA: 1003,
    ABNORMAL_CLOSURE: 1006,
    INCONSISTENT_DATA: 1007,
    MESSAGE_VIOLATING_POLICY: 1008,
    MESSAGE_TOO_BIG: 1009,
    EXTENSION_NEGOTIATION_FAILED: 1010,
    SERVER_ERROR: 1011,
    RESTART: 1012,
    TRY_LATER: 1013,
    BAD_GATEWAY: 1014,
    SESSION_EXPIRED: 4001,
    KEEP_ALIVE_TIMEOUT: 4002,
    RECONNECTING: 4003,
});

/** What pages are told of the connection. */
export const WORKER_STATE = Object.freeze({
    CONNECTED: "CONNECTED",
    DISCONNECTED: "DISCONNECTED",
    IDLE: "IDLE",
    CONNECTING: "CONNECTING",
});

/** Longest pause (ms) before the server is tried again. */
const MAX_DELAY = 60_000;
/** What comes within this time (ms) is sent as one. */
const GATHERING_TIME = 300;
/** Messages of pages that wait for a connection. */
const MAX_WAITING = 1000;

/** Holds the one connection of all pages of a browser, and tells them what comes. */
export class WebsocketWorker {
    INITIAL_RECONNECT_DELAY = 1000;
    RECONNECT_JITTER = 1000;

    constructor() {
        /** Channels that pages asked for, by page. */
        this.channelsByClient = new Map();
        this.debugByClient = new Map();
        this.active = true;
        this.state = WORKER_STATE.IDLE;
        this.websocket = null;
        this.websocketURL = "";
        this.currentUID = null;
        this.currentDB = null;
        this.isWaitingForUID = true;
        this.isReconnecting = false;
        this.lastNotificationId = 0;
        /** The channels of the last subscription, as text. */
        this.lastSubscription = null;
        /** Messages that wait for a subscription, and a subscription that waits for a connection. */
        this.queue = [];
        this.pending = null;
        this.isSubscribed = false;
        this.delay = null;
        this.timer = null;
        this.updateChannelsSoon = debounce(() => this._updateChannels(), GATHERING_TIME);
        this.forceUpdateSoon = debounce(() => this._updateChannels({ force: true }), GATHERING_TIME);
        this.sendPresenceSoon = debounce((message) => this._sendToServer(message), GATHERING_TIME);
        for (const name of ["_onWebsocketOpen", "_onWebsocketMessage", "_onWebsocketClose"]) {
            this[name] = this[name].bind(this);
        }
    }

    // pages

    /** Tell all pages something. @param {string} type @param {any} [data] */
    broadcast(type, data) {
        this._log("tells all", type, data);
        for (const client of this.channelsByClient.keys()) {
            client.postMessage({ type, data });
        }
    }

    /** Serve a page. @param {MessagePort|Window} port */
    registerClient(port) {
        port.onmessage = ({ data }) => this._onClientMessage(port, data);
        this.channelsByClient.set(port, []);
    }

    /** Tell one page something. */
    sendToClient(client, type, data) {
        client.postMessage({ type, data });
    }

    _onClientMessage(client, { action, data }) {
        this._log("is asked", action, data);
        switch (action) {
            case "send":
                return data.event_name === "update_presence" ? this.sendPresenceSoon(data) : this._sendToServer(data);
            case "start":
                return this._start();
            case "stop":
                return this._stop();
            case "leave":
                return this._unregisterClient(client);
            case "add_channel":
                return this._addChannel(client, data);
            case "delete_channel":
                return this._deleteChannel(client, data);
            case "force_update_channels":
                return this.forceUpdateSoon();
            case "initialize_connection":
                return this._initializeConnection(client, data);
        }
    }

    _addChannel(client, channel) {
        const channels = this.channelsByClient.get(client) || [];
        if (!channels.includes(channel)) {
            this.channelsByClient.set(client, [...channels, channel]);
            this.updateChannelsSoon();
        }
    }

    _deleteChannel(client, channel) {
        const channels = this.channelsByClient.get(client) || [];
        if (channels.includes(channel)) {
            this.channelsByClient.set(
                client,
                channels.filter((name) => name !== channel)
            );
            this.updateChannelsSoon();
        }
    }

    _unregisterClient(client) {
        this.channelsByClient.delete(client);
        this.debugByClient.delete(client);
        this.updateChannelsSoon();
    }

    _initializeConnection(client, { db, debug, lastNotificationId, startTs, uid, websocketURL }) {
        this.debugByClient.set(client, debug);
        if (!this.channelsByClient.has(client)) {
            // a page that the browser kept while another one was shown
            this.channelsByClient.set(client, []);
        }
        if (!(this.newestStart > startTs)) {
            this.newestStart = startTs;
            this.websocketURL = websocketURL;
            this.lastNotificationId = lastNotificationId;
            this._follow(uid, db);
        }
        this.sendToClient(client, "initialized");
        this.sendToClient(client, "update_state", this.state);
        if (!this.active) {
            this.sendToClient(client, "outdated");
        }
    }

    /** Leave the connection of another user or database. */
    _follow(uid, db) {
        const isKnown = uid !== undefined;
        if (this.isWaitingForUID && isKnown) {
            this.isWaitingForUID = false;
            this.currentUID = uid;
        }
        if ((isKnown && this.currentUID !== uid) || this.currentDB !== db) {
            this.currentUID = uid;
            this.currentDB = db;
            this.websocket?.close(WEBSOCKET_CLOSE_CODES.CLEAN);
            for (const client of this.channelsByClient.keys()) {
                this.channelsByClient.set(client, []);
            }
        }
    }

    // the server

    _isOpen() {
        return this.websocket?.readyState === WebSocket.OPEN;
    }

    _start() {
        if (!this.active || this._isOpen() || this.websocket?.readyState === WebSocket.CONNECTING) {
            return;
        }
        clearTimeout(this.timer);
        if (this.websocket?.readyState === WebSocket.CLOSING) {
            // its end may come much later, as when the network was away
            this._forgetSocket();
            this._setState(WORKER_STATE.DISCONNECTED);
            this.broadcast("disconnect", { code: WEBSOCKET_CLOSE_CODES.ABNORMAL_CLOSURE });
        }
        this._setState(WORKER_STATE.CONNECTING);
        this.websocket = new WebSocket(this.websocketURL);
        this.websocket.addEventListener("open", this._onWebsocketOpen);
        this.websocket.addEventListener("message", this._onWebsocketMessage);
        this.websocket.addEventListener("close", this._onWebsocketClose);
    }

    _stop() {
        clearTimeout(this.timer);
        this.delay = null;
        this.isReconnecting = false;
        this.websocket?.close(WEBSOCKET_CLOSE_CODES.CLEAN);
    }

    _forgetSocket() {
        this.websocket.removeEventListener("open", this._onWebsocketOpen);
        this.websocket.removeEventListener("message", this._onWebsocketMessage);
        this.websocket.removeEventListener("close", this._onWebsocketClose);
        this.websocket = null;
        this._forgetSubscription();
    }

    _forgetSubscription() {
        this.lastSubscription = null;
        this.isSubscribed = false;
    }

    _onWebsocketOpen() {
        this._setState(WORKER_STATE.CONNECTED);
        this.broadcast(this.isReconnecting ? "reconnect" : "connect");
        this.isReconnecting = false;
        this.delay = null;
        clearTimeout(this.timer);
        if (this.pending) {
            this._sendToServer(this.pending);
        }
        this.updateChannelsSoon();
    }

    _onWebsocketMessage({ data }) {
        const notifications = JSON.parse(data);
        this.lastNotificationId = notifications.at(-1).id;
        this.broadcast("notification", notifications);
    }

    _onWebsocketClose({ code, reason }) {
        this._forgetSubscription();
        this._setState(WORKER_STATE.DISCONNECTED);
        if (this.isReconnecting) {
            // pages know already
            this._retry();
            return;
        }
        this.broadcast("disconnect", { code, reason });
        if (code === WEBSOCKET_CLOSE_CODES.CLEAN) {
            if (reason === "OUTDATED_VERSION") {
                this.active = false;
                this.broadcast("outdated");
            }
            return;
        }
        if (code === WEBSOCKET_CLOSE_CODES.SESSION_EXPIRED) {
            this.isWaitingForUID = true;
        }
        if (code === WEBSOCKET_CLOSE_CODES.KEEP_ALIVE_TIMEOUT) {
            this.delay = 0;
        }
        this.broadcast("reconnecting", { closeCode: code });
        this.isReconnecting = true;
        this._retry();
    }

    _retry() {
        const delay = this.delay ?? this.INITIAL_RECONNECT_DELAY;
        this.delay = Math.min(delay * 1.5, MAX_DELAY) + this.RECONNECT_JITTER * Math.random();
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this._start(), this.delay);
    }

    _setState(state) {
        this.state = state;
        this.broadcast("update_state", state);
    }

    /** Send a message, when there is a connection; nothing goes before its subscription. */
    _sendToServer(message) {
        const isSubscription = message.event_name === "subscribe";
        if (!this._isOpen() || !(isSubscription || this.isSubscribed)) {
            if (isSubscription) {
                this.pending = message;
            } else if (this.queue.length < MAX_WAITING) {
                this.queue.push(message);
            }
            return;
        }
        this.websocket.send(JSON.stringify(message));
        if (isSubscription) {
            this.isSubscribed = true;
            this.pending = null;
            this.queue.splice(0).forEach((waiting) => this._sendToServer(waiting));
        }
    }

    _updateChannels({ force = false } = {}) {
        const channels = [...new Set([...this.channelsByClient.values()].flat())].sort();
        const subscription = JSON.stringify(channels);
        if (force || subscription !== this.lastSubscription) {
            this.lastSubscription = subscription;
            const data = { channels, last: this.lastNotificationId };
            this._sendToServer({ event_name: "subscribe", data });
        }
    }

    /** Tell pages in debug mode what happens. */
    _log(...args) {
        for (const [client, debug] of this.debugByClient) {
            if (debug) {
                this.sendToClient(client, "log_debug", args);
            }
        }
    }
}
