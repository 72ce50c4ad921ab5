/** What tests of addons that listen to the server import. */

import { after, beforeEach } from "@odoo/hoot";
import { models, defineModels, webModels } from "@web/../tests/web_test_helpers";
import { patchWebsocketWorkerWithCleanup, running } from "@bus/../tests/mock_websocket";

/** How long (ms) something is waited for. */
const PATIENCE = 3000;

class BusBus extends models.Model {
    _name = "bus.bus";

    /** Send a message; pages of the test hear of it whatever the channel. */
    _sendone(_channel, type, message) {
        this._sendmany([[_channel, type, message]]);
    }

    /** @param {[channel: any, type: string, message: any][]} notifications */
    _sendmany(notifications) {
        running.current?.deliver(notifications.map(([, type, message]) => [type, message]));
    }

    get lastBusNotificationId() {
        return running.current?.lastId || 0;
    }
}

class IrWebSocket extends models.Model {
    _name = "ir.websocket";

    /** Channels beside those that the page asks for. */
    _build_bus_channel_list(channels) {
        return [...channels, "broadcast"];
    }

    _update_presence() {}
}

export const busModels = { ...webModels, BusBus, IrWebSocket };

/** Define the models of the bus, and have a worker answer. */
export function defineBusModels() {
    beforeEach(() => void patchWebsocketWorkerWithCleanup());
    return defineModels(busModels);
}

/** Call a function when the page sends something to the server. @returns {() => void} function that ends it */
export function onWebsocketEvent(eventName, callback) {
    const { bus } = running.current;
    const listener = ({ detail }) => callback(detail);
    bus.addEventListener(eventName, listener);
    const off = () => bus.removeEventListener(eventName, listener);
    after(off);
    return off;
}

/** Wait until something holds. */
async function until(isMet, what) {
    const end = performance.now() + PATIENCE;
    while (!isMet()) {
        if (performance.now() > end) {
            throw new Error(`Waited in vain: ${what}`);
        }
        await new Promise((resolve) => queueMicrotask(() => resolve(undefined)));
        await new Promise((resolve) => {
            const channel = new MessageChannel();
            channel.port1.onmessage = () => resolve(undefined);
            channel.port2.postMessage(null);
        });
    }
}

/** Wait until the page listens to the server. */
export const waitUntilSubscribe = () => until(() => running.current?.isConnected, "the page listens");

/**
 * Wait until the page listens to channels, or does not any more.
 *
 * @param {string[]} channels
 * @param {{operation?: "add"|"delete"}} [options]
 */
export const waitForChannels = (channels, { operation = "add" } = {}) =>
    until(
        () => channels.every((channel) => running.current?.channels.has(channel) === (operation === "add")),
        `${operation} ${channels.join(", ")}`
    );

/**
 * Wait until pages have heard of messages.
 *
 * @param {...[env: Object, type: string, payload?: any, options?: {received?: boolean}]} expected
 */
export function waitNotifications(...expected) {
    const waiting = expected.map(async ([env, type, payload, { received = true } = {}]) => {
        let isHeard = false;
        const callback = (heard) => {
            isHeard ||= payload === undefined || JSON.stringify(heard) === JSON.stringify(payload);
        };
        env.services.bus_service.subscribe(type, callback);
        try {
            await (received ? until(() => isHeard, type) : Promise.resolve());
            if (!received && isHeard) {
                throw new Error(`${type} was heard`);
            }
        } finally {
            env.services.bus_service.unsubscribe(type, callback);
        }
    });
    return Promise.all(waiting);
}
