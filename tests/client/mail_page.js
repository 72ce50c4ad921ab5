/** A page with messages: the store and a bus that a test speaks through. */
import { EventBus } from "@odoo/owl";
import "@web/model/relational_model/relational_model";
import { session } from "@web/session";
import { afterThis, answerRpc, makeTestEnv } from "./mount";

import.meta.glob("../../addons/mail/static/src/{core,utils,chatter}/**/*.js", { eager: true });

/** The server's voice. */
export function makeBus() {
    const listeners = {};
    let id = 0;
    return {
        channels: [],
        addChannel: (channel) => bus.channels.push(channel),
        deleteChannel: (channel) => bus.channels.splice(bus.channels.indexOf(channel), 1),
        addEventListener() {},
        forceUpdateChannels() {},
        start() {},
        send() {},
        subscribe: (type, callback) => (listeners[type] ??= []).push(callback),
        unsubscribe() {},
        /** Have the page hear of something. */
        say: (type, payload) => (listeners[type] || []).forEach((callback) => callback(payload, { id: ++id })),
    };
}
let bus;

/** Data of the session for a user of the house. */
export const STORE_DATA = {
    Store: { self: { id: 3, type: "partner" }, mt_comment_id: 1, settings: { id: 1 } },
    "res.partner": [{ id: 3, name: "Mitchell", userId: 2, isInternalUser: true, im_status: "online" }],
};

/**
 * @param {(route: string, params: Object) => any} answer of the server
 * @param {Object} [doubles] of services
 * @param {string[]} [more] names of services that are started, too
 * @returns {Promise<{env: Object, store: Object, bus: Object}>}
 */
export async function startMail(answer = () => ({}), doubles = {}, more = []) {
    bus = makeBus();
    session.storeData = STORE_DATA;
    afterThis(() => delete session.storeData);
    answerRpc(answer);
    const env = await makeTestEnv(
        ["mail.store", "mail.core.common", "mail.core.web", "mail.popout", "im_status", ...more],
        {
            action: { doAction() {} },
            bus_service: bus,
            notification: { add() {} },
            orm: { call: async () => {}, silent: { call: async () => {} } },
            presence: { bus: new EventBus(), getInactivityPeriod: () => 0 },
            ui: { isSmall: false, size: 6, bus: new EventBus() },
            ...doubles,
        }
    );
    return { env, bus, store: env.services["mail.store"] };
}
