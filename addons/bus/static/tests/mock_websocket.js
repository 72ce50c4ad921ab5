/** A worker in the page of a test: it has no socket, and tells what the models of the test send. */

import { EventBus } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { patchWithCleanup } from "@web/../tests/web_test_helpers";

/** The worker of the running test. @type {{current: TestWorker|null}} */
export const running = { current: null };

/** Answers a page as the worker of a browser does, and notes what the page asks of the server. */
export class TestWorker extends EventTarget {
    constructor() {
        super();
        /** Tells `subscribe` with the channels, and each other event that the page sends. */
        this.bus = new EventBus();
        /** @type {Set<string>} */
        this.channels = new Set();
        this.isConnected = false;
        this.lastId = 0;
        running.current = this;
    }

    get port() {
        return this;
    }

    start() {}

    postMessage({ action, data }) {
        const answers = {
            add_channel: () => this.change(() => this.channels.add(data)),
            delete_channel: () => this.change(() => this.channels.delete(data)),
            force_update_channels: () => this.subscribe(),
            initialize_connection: () => this.tell("initialized"),
            send: () => this.bus.trigger(data.event_name, data.data),
            start: () => this.connect(),
            stop: () => this.disconnect(),
        };
        answers[action]?.();
    }

    /** The page hears of it a moment later, as of messages between threads. */
    tell(type, data) {
        Promise.resolve().then(() => this.dispatchEvent(new MessageEvent("message", { data: { data, type } })));
    }

    connect() {
        if (!this.isConnected) {
            this.isConnected = true;
            this.tell("connect");
            this.subscribe();
        }
    }

    disconnect() {
        this.isConnected = false;
        this.tell("disconnect", { code: 1000 });
    }

    change(act) {
        act();
        if (this.isConnected) {
            this.subscribe();
        }
    }

    subscribe() {
        this.bus.trigger("subscribe", { channels: [...this.channels].sort(), last: this.lastId });
    }

    /** Have the page hear of messages. @param {[type: string, payload: any][]} messages */
    deliver(messages) {
        const data = messages.map(([type, payload]) => ({ id: ++this.lastId, message: { payload, type } }));
        this.tell("notification", data);
    }
}

/** Have pages of this test talk to a worker that answers. */
export function patchWebsocketWorkerWithCleanup() {
    patchWithCleanup(browser, { SharedWorker: undefined, Worker: TestWorker });
    return running;
}
