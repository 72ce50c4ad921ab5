/** Messages on devices: browsers are registered and forgotten, notifications lead somewhere. */
import { reactive } from "@odoo/owl";
import { expect, test, vi } from "vitest";
import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { closeSession } from "@web/webclient/log_out";
import { MessagingMenu } from "@mail/core/public_web/messaging_menu";
import { startMail } from "./mail_page";
import { afterThis, mount } from "./mount";
import workerCode from "../../addons/mail/static/src/service_worker.js?raw";

import.meta.glob("../../addons/mail/static/src/discuss/core/common/*.js", { eager: true });

const KEY = "BAEC";
const KEY_BYTES = new Uint8Array([4, 1, 2]);
const tick = () => new Promise((resolve) => setTimeout(resolve));

/** A browser whose push service gives out one address after the other. */
function makePushManager() {
    const made = { count: 0, current: null };
    const subscribe = async ({ applicationServerKey }) => {
        const endpoint = `https://push.example/${++made.count}`;
        made.current = {
            endpoint,
            options: { applicationServerKey: applicationServerKey.buffer },
            toJSON: () => ({ endpoint, expirationTime: null, keys: { auth: "a", p256dh: "p" } }),
            unsubscribe: async () => (made.current = null),
        };
        return made.current;
    };
    return { getSubscription: async () => made.current, made, subscribe };
}

async function startPush(permission) {
    const calls = [];
    const pushManager = makePushManager();
    const listeners = {};
    const registration = { pushManager };
    const known = { navigator: browser.navigator, location: browser.location };
    browser.navigator = {
        serviceWorker: {
            addEventListener: (type, listener) => (listeners[type] = listener),
            getRegistration: async () => registration,
            ready: Promise.resolve(registration),
        },
    };
    window.PushManager = class {};
    user.userId = 2;
    browser.localStorage.clear();
    afterThis(() => {
        Object.assign(browser, known);
        delete window.PushManager;
    });
    const call = async (model, method, args, kwargs) => {
        calls.push([method, kwargs]);
        return method === "get_web_push_vapid_public_key" ? KEY : undefined;
    };
    const state = reactive({ permission, requestPermission: async () => (state.permission = "granted") });
    const answer = (route) => (route.endsWith("/messages") ? { data: {}, messages: [] } : {});
    const page = await startMail(
        answer,
        {
            "mail.notification.permission": state,
            orm: { call, silent: { call } },
        },
        ["hotkey", "popover"]
    );
    const start = () => registry.category("services").get("mail.push").start(page.env, page.env.services);
    const push = (page.env.services["mail.push"] = start());
    await tick();
    calls.splice(0, calls.length, ...calls.filter(([method]) => method.includes("device") || method.includes("key")));
    return { ...page, calls, listeners, push, pushManager, start, state };
}

test("d92: the browser is registered when the user allows it, and not asked for when the page opens", async () => {
    const { calls, push, pushManager, start, state } = await startPush("prompt");
    expect([calls, push.isActive]).toEqual([[], false]);
    await state.requestPermission();
    await tick();
    expect(calls.map(([method]) => method)).toEqual(["get_web_push_vapid_public_key", "register_devices"]);
    expect(calls[1][1]).toMatchObject({ endpoint: "https://push.example/1", vapid_public_key: KEY });
    expect(new Uint8Array(pushManager.made.current.options.applicationServerKey)).toEqual(KEY_BYTES);
    expect(push.isActive).toBe(true);
    // the next page relies on it
    start();
    await tick();
    expect(calls.length).toBe(2);
});

test("d92: a browser that knows another key is registered anew", async () => {
    const { calls, push, pushManager } = await startPush("granted");
    browser.localStorage.clear();
    pushManager.made.current.options.applicationServerKey = new Uint8Array([9]).buffer;
    await push.register();
    expect(calls.at(-1)[1]).toMatchObject({
        endpoint: "https://push.example/2",
        previousEndpoint: "https://push.example/1",
    });
});

test("d92: who logs out hears of nothing any more", async () => {
    const { calls, env, pushManager } = await startPush("granted");
    const visited = [];
    browser.location = { assign: (address) => visited.push(address) };
    await closeSession(env);
    expect(calls.at(-1)).toEqual(["unregister_devices", { endpoint: "https://push.example/1" }]);
    expect([pushManager.made.current, visited]).toEqual([null, ["/web/session/logout"]]);
});

test("d92: what is clicked is opened in the page", async () => {
    const { env, listeners } = await startPush("granted");
    const opened = [];
    env.services.action.doAction = (action) => opened.push([action.res_model, action.res_id]);
    const say = (place) => listeners.message({ data: { place, type: "mail.push/open" } });
    await say({ model: "res.partner", res_id: 5 });
    await say({ model: "", res_id: "" });
    expect(opened).toEqual([["res.partner", 5]]);
});

test("c100: the menu asks for notifications until the user answers", async () => {
    const { env, state } = await startPush("prompt");
    env.services["mail.store"].channels ??= { fetch: async () => {}, status: "fetched" };
    const page = await mount(MessagingMenu, { env });
    expect(page.querySelector(".o-mail-MessagingMenu-counter").textContent).toBe("1");
    page.querySelector("button").click();
    const question = () => document.querySelector(".o-mail-MessagingMenu-permission .btn-primary");
    await vi.waitFor(() => question().click());
    await vi.waitFor(() => expect(question()).toBe(null));
    expect(state.permission).toBe("granted");
});

/** The worker with pages that are open. */
function startWorker(pages) {
    const told = [];
    const listeners = {};
    const worker = {
        addEventListener: (type, listener) => (listeners[type] = listener),
        clients: { matchAll: async () => pages(told), openWindow: async (address) => told.push(address) },
        registration: { showNotification: async (title, options) => told.push([title, options]) },
    };
    const sent = async (address, { body }) => told.push([address, JSON.parse(body).params.kwargs]);
    new Function("self", "fetch", workerCode)(worker, sent);
    const happen = async (type, event) => {
        let waits;
        listeners[type]({ ...event, waitUntil: (promise) => (waits = promise) });
        await waits;
        return told;
    };
    return happen;
}

const pageAt = (url, focused, told) => ({
    focus: async () => told.push("focus"),
    focused,
    postMessage: (message) => told.push(message),
    url,
});
const PLACE = { action: "mail.action_discuss", model: "discuss.channel", res_id: 7 };

test("d92: notifications are shown where nobody looks, and lead to their record", async () => {
    const data = { json: () => ({ options: { data: PLACE }, title: "#garden - Cora" }) };
    const notification = { close: () => {}, data: PLACE };
    const busy = startWorker((told) => [pageAt("https://x.example/odoo/contacts", true, told)]);
    expect(await busy("push", { data })).toEqual([]);
    const message = { place: PLACE, type: "mail.push/open" };
    expect(await busy("notificationclick", { notification })).toEqual(["focus", message]);
    const alone = startWorker((told) => [pageAt("https://x.example/shop", true, told)]);
    const address = "/odoo/action-mail.action_discuss?active_id=discuss.channel_7";
    expect(await alone("push", { data })).toEqual([["#garden - Cora", { data: PLACE }]]);
    expect((await alone("notificationclick", { notification })).at(-1)).toBe(address);
    const record = { close: () => {}, data: { model: "res.partner", res_id: 5 } };
    expect((await alone("notificationclick", { notification: record })).at(-1)).toBe("/odoo/res.partner/5");
    const newSubscription = { toJSON: () => ({ endpoint: "https://push.example/2" }) };
    const changed = { newSubscription, oldSubscription: { endpoint: "https://push.example/1" } };
    expect((await alone("pushsubscriptionchange", changed)).at(-1)[1]).toEqual({
        endpoint: "https://push.example/2",
        previousEndpoint: "https://push.example/1",
    });
});
