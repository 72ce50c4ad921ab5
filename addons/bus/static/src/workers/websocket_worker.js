import { debounce } from "./websocket_worker_utils.js";

/** Why a connection is closed. */
export const WEBSOCKET_CLOSE_CODES = Object.freeze({
    // those of the protocol
    ABNORMAL_CLOSURE: 1006,
    BAD_GATEWAY: 1014,
    CLEAN: 1000,
    EXTENSION_NEGOTIATION_FAILED: 1010,
    GOING_AWAY: 1001,
    INCONSISTENT_DATA: 1007,
    INCORRECT_DATA: 1003,
    MESSAGE_TOO_BIG: 1009,
    MESSAGE_VIOLATING_POLICY: 1008,
    PROTOCOL_ERROR: 1002,
    RESTART: 1012,
    SERVER_ERROR: 1011,
    TRY_LATER: 1013,
    // our own
    KEEP_ALIVE_TIMEOUT: 4002,
    RECONNECTING: 4003,
    SESSION_EXPIRED: 4001,
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

/** What pages ask for, by name: functions of the worker, of what is sent along, and of the page. */
const ACTIONS = {
    add_channel: (worker, channel, client) => worker._addChannel(client, channel),
    delete_channel: (worker, channel, client) => worker._deleteChannel(client, channel),
    force_update_channels: (worker) => worker.forceUpdateSoon(),
    initialize_connection: (worker, connection, client) => worker._initializeConnection(client, connection),
    leave: (worker, _nothing, client) => worker._unregisterClient(client),
    send: (worker, message) =>
        message.event_name === "update_presence" ? worker.sendPresenceSoon(message) : worker._sendToServer(message),
    start: (worker) => worker._start(),
    stop: (worker) => worker._stop(),
};

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
        /** What is done with what happens to the connection. */
        this.listeners = {
            close: (event) => this._onWebsocketClose(event),
            message: (event) => this._onWebsocketMessage(event),
            open: () => this._onWebsocketOpen(),
        };
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
        ACTIONS[action]?.(this, data, client);
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
        const news = [["initialized"], ["update_state", this.state], ...(this.active ? [] : [["outdated"]])];
        news.forEach(([type, data]) => this.sendToClient(client, type, data));
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
        const websocket = new WebSocket(this.websocketURL);
        Object.entries(this.listeners).forEach(([type, listener]) => websocket.addEventListener(type, listener));
        this.websocket = websocket;
    }

    _stop() {
        clearTimeout(this.timer);
        this.delay = null;
        this.isReconnecting = false;
        this.websocket?.close(WEBSOCKET_CLOSE_CODES.CLEAN);
    }

    _forgetSocket() {
        const { websocket } = this;
        Object.entries(this.listeners).forEach(([type, listener]) => websocket.removeEventListener(type, listener));
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
