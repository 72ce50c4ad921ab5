import { EventBus } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { isIosApp } from "@web/core/browser/feature_detection";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { session } from "@web/session";
import { user } from "@web/core/user";
import { adviseReload } from "@bus/reload_notice";
import { Deferred } from "@bus/workers/websocket_worker_utils";

const { DateTime } = luxon;

/** What the worker tells that is not told on. */
const INTERNAL = new Set(["initialized", "outdated", "log_debug", "notification", "update_state"]);

/** The page's side of the worker that holds the connection. */
class Bus {
    constructor(env, { "bus.parameters": parameters, multi_tab: multiTab, notification }) {
        this.parameters = parameters;
        this.multiTab = multiTab;
        this.notification = notification;
        this.events = new EventBus();
        this.subscribers = new EventBus();
        /** What is called by the subscribers' bus, by type and callback. */
        this.listeners = new Map();
        /** What the worker is told things by. @type {any} */
        this.port = null;
        this.isActive = false;
        this.isOutdatedTold = false;
        this.state = undefined;
        this.startedAt = DateTime.now().set({ millisecond: 0 });
    }

    /** @returns {Promise} done when the worker knows this page */
    ensureWorker() {
        if (!this.initialized) {
            this.initialized = new Deferred();
            this.startWorker(browser.SharedWorker && !isIosApp());
        }
        return this.initialized;
    }

    startWorker(isShared) {
        const url = this.workerURL();
        const name = isShared ? "odoo:websocket_shared_worker" : "odoo:websocket_worker";
        /** @type {any} */
        const worker = new browser[isShared ? "SharedWorker" : "Worker"](url, { name });
        worker.addEventListener("error", () => this.onWorkerError(isShared));
        this.port = isShared ? worker.port : worker;
        this.port.addEventListener("message", ({ data }) => this.onMessage(data));
        this.port.start?.();
        this.post("initialize_connection", this.connection());
    }

    workerURL() {
        const { serverURL } = this.parameters;
        const url = `${serverURL}/bus/websocket_worker_bundle?v=${session.websocket_worker_version}`;
        if (serverURL === window.origin) {
            return url;
        }
        // workers are of the page's own site
        return `data:application/javascript;base64,${window.btoa(`importScripts(${JSON.stringify(url)});`)}`;
    }

    connection() {
        const address = this.parameters.serverURL.replace(/^http/, "ws");
        const uid = Array.isArray(session.user_id) ? session.user_id[0] : user.userId;
        return {
            websocketURL: `${address}/websocket?version=${session.websocket_worker_version}`,
            db: session.db,
            debug: odoo.debug,
            lastNotificationId: this.multiTab.getSharedValue("last_notification_id", 0),
            uid: uid || uid === undefined ? uid : false,
            startTs: this.startedAt.valueOf(),
        };
    }

    onWorkerError(isShared) {
        if (this.isReady) {
            return;
        }
        if (isShared) {
            console.warn("The bus has no shared worker here, and takes one for this page");
            this.startWorker(false);
            return;
        }
        console.warn("The bus has no worker: messages of the server do not come by themselves");
        this.setReady();
    }

    setReady() {
        this.isReady = true;
        this.initialized.resolve();
    }

    /** Tell the worker something. */
    post(action, data) {
        this.port?.postMessage({ action, data });
    }

    onMessage({ type, data }) {
        switch (type) {
            case "initialized":
                this.setReady();
                break;
            case "notification":
                this.onNotifications(data);
                break;
            case "log_debug":
                console.debug("bus:", ...data);
                break;
            case "update_state":
                this.state = data;
                break;
            case "outdated":
                this.tellOutdated();
                break;
        }
        if (!INTERNAL.has(type)) {
            this.events.trigger(type, data);
        }
    }

    onNotifications(notifications) {
        this.multiTab.setSharedValue("last_notification_id", notifications.at(-1).id);
        for (const { id, message } of notifications) {
            // addons see and change all of them here
            busService._onMessage(id, message.type, message.payload);
            this.subscribers.trigger(message.type, { id, payload: message.payload });
        }
    }

    tellOutdated() {
        this.multiTab.unregister();
        if (this.isOutdatedTold) {
            return;
        }
        this.isOutdatedTold = true;
        const why = _t("There is a newer version of this page. Load it to go on getting messages.");
        adviseReload(this.notification, why);
    }

    // what others do with it

    async addChannel(channel) {
        await this.ensureWorker();
        this.post("add_channel", channel);
        this.post("start");
        this.isActive = true;
    }

    async start() {
        await this.ensureWorker();
        this.post("start");
        this.isActive = true;
    }

    stop() {
        this.post("leave");
        this.isActive = false;
    }

    subscribe(type, callback) {
        const listener = (/** @type {CustomEvent} */ { detail: { id, payload } }) => callback(payload, { id });
        const ofType = this.listeners.get(type) || new Map();
        this.unsubscribe(type, callback);
        this.listeners.set(type, ofType.set(callback, listener));
        this.subscribers.addEventListener(type, listener);
    }

    unsubscribe(type, callback) {
        const listener = this.listeners.get(type)?.get(callback);
        if (listener) {
            this.subscribers.removeEventListener(type, listener);
            this.listeners.get(type).delete(callback);
        }
    }

    followPage() {
        browser.addEventListener("pagehide", ({ persisted }) => {
            if (!persisted) {
                this.post("leave");
            }
        });
        browser.addEventListener("online", () => {
            if (this.isActive) {
                this.post("start");
            }
        });
        browser.addEventListener("offline", () => this.post("stop"));
    }
}

/** Messages of the server, and of what happens to the connection that they come by. */
export const busService = {
    dependencies: ["bus.parameters", "localization", "multi_tab", "notification"],
    start(env, services) {
        const bus = new Bus(env, services);
        bus.followPage();
        const { events } = bus;
        return {
            addEventListener: events.addEventListener.bind(events),
            removeEventListener: events.removeEventListener.bind(events),
            trigger: events.trigger.bind(events),
            addChannel: (channel) => bus.addChannel(channel),
            deleteChannel: (channel) => bus.post("delete_channel", channel),
            forceUpdateChannels: () => bus.post("force_update_channels"),
            send: (eventName, data) => bus.post("send", { event_name: eventName, data }),
            start: () => bus.start(),
            stop: () => bus.stop(),
            subscribe: (type, callback) => bus.subscribe(type, callback),
            unsubscribe: (type, callback) => bus.unsubscribe(type, callback),
            startedAt: bus.startedAt,
            get isActive() {
                return bus.isActive;
            },
            get workerState() {
                return bus.state;
            },
        };
    },
    /**
     * Called with each message; addons patch it.
     *
     * @param {number} _id
     * @param {string} _type
     * @param {any} _payload
     */
    _onMessage(_id, _type, _payload) {},
};

registry.category("services").add("bus_service", busService);
