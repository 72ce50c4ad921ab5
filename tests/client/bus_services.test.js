/** The services of pages that listen to the server. */
import { EventBus } from "@odoo/owl";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { browser } from "@web/core/browser/browser";
import { rpc } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { session } from "@web/session";
import { user } from "@web/core/user";
import { busService } from "@bus/services/bus_service";
import "@bus/services/assets_watchdog_service";
import "@bus/services/presence_service";
import "@bus/bus_parameters_service";
import { AWAY_DELAY } from "@bus/im_status_service";
import { timings } from "@bus/misc";
import { multiTabService } from "@bus/multi_tab_service";
import "@bus/outdated_page_watcher_service";
import "@bus/simple_notification_service";
import { afterThis, answerRpc, makeTestEnv } from "./mount";

let workers;
const TIMERS = ["clearInterval", "clearTimeout", "setInterval", "setTimeout"];
const KEPT = ["SharedWorker", "Worker", "location", "localStorage", ...TIMERS];

/** A worker that says what the test has it say. */
class FakeWorker extends EventTarget {
    constructor(url, { name }) {
        super();
        Object.assign(this, { url, name, asked: [] });
        workers.push(this);
    }

    postMessage({ action, data }) {
        this.asked.push([action, data]);
    }

    start() {}

    say(type, data) {
        this.dispatchEvent(new MessageEvent("message", { data: { type, data } }));
    }

    get port() {
        return this;
    }
}

/** A store that another tab may have, too. */
function store() {
    const items = new Map();
    return {
        getItem: (key) => items.get(key) ?? null,
        setItem: (key, value) => void items.set(key, String(value)),
        removeItem: (key) => void items.delete(key),
    };
}

beforeEach(() => {
    const before = KEPT.map((name) => browser[name]);
    afterThis(() => KEPT.forEach((name, index) => (browser[name] = before[index])));
    workers = [];
    Object.assign(browser, { SharedWorker: FakeWorker, Worker: FakeWorker, localStorage: store() });
    browser.location = { reload: vi.fn() };
    TIMERS.forEach((name) => (browser[name] = (...args) => globalThis[name](...args)));
    Object.assign(session, { db: "db", websocket_worker_version: "18.0-2", server_version: "18.0" });
    vi.useFakeTimers();
    vi.setSystemTime(new Date("2024-05-01T10:00:00Z"));
    afterThis(() => vi.useRealTimers());
});

const shown = [];
const notification = { add: (message, options) => shown.push([String(message), options]) && (() => {}) };

afterEach(() => shown.splice(0));

/** Services, and the worker that they talk to once it has begun. */
async function started(...names) {
    const env = await makeTestEnv(["bus_service", ...names], { notification, localization: {} });
    env.services.bus_service.start();
    const worker = workers.at(-1);
    worker.say("initialized");
    await vi.waitFor(() => expect(env.services.bus_service.isActive).toBe(true));
    return { env, bus: env.services.bus_service, worker };
}

const message = (id, type, payload) => ({ id, message: { type, payload } });

describe("bus_service", () => {
    test("U61: begins when it is asked to", async () => {
        const env = await makeTestEnv(["bus_service"], { notification, localization: {} });
        const bus = env.services.bus_service;
        expect(workers).toHaveLength(0);
        expect(bus.isActive).toBe(false);
        expect(bus.startedAt.millisecond).toBe(0);
        bus.addChannel("news");
        const [worker] = workers;
        expect(worker.asked.map(([action]) => action)).toEqual(["initialize_connection"]);
        worker.say("initialized");
        await vi.waitFor(() => expect(bus.isActive).toBe(true));
        bus.deleteChannel("news");
        bus.forceUpdateChannels();
        bus.send("hello", { a: 1 });
        bus.stop();
        expect(worker.asked.slice(1)).toEqual([
            ["add_channel", "news"],
            ["start", undefined],
            ["delete_channel", "news"],
            ["force_update_channels", undefined],
            ["send", { event_name: "hello", data: { a: 1 } }],
            ["leave", undefined],
        ]);
        expect(bus.isActive).toBe(false);
    });

    test("U63: tells subscribers, in order, and remembers how far it came", async () => {
        const { bus, worker, env } = await started();
        const told = [];
        const listen = (payload, { id }) => told.push([id, payload]);
        const seen = vi.spyOn(busService, "_onMessage");
        afterThis(() => seen.mockRestore());
        bus.subscribe("a", listen);
        bus.subscribe("a", listen);
        bus.addEventListener("notification", () => told.push("never"));
        worker.say("notification", [message(3, "a", 1), message(4, "b", 2), message(5, "a", 3)]);
        expect(told).toEqual([
            [3, 1],
            [5, 3],
        ]);
        expect(seen.mock.calls).toEqual([
            [3, "a", 1],
            [4, "b", 2],
            [5, "a", 3],
        ]);
        expect(env.services.multi_tab.getSharedValue("last_notification_id")).toBe(5);
        bus.unsubscribe("a", listen);
        bus.unsubscribe("a", listen);
        worker.say("notification", [message(6, "a", 1)]);
        expect(told).toHaveLength(2);
    });

    test("U62: tells what happens to the connection", async () => {
        const { bus, worker } = await started();
        const told = [];
        for (const type of ["connect", "disconnect", "reconnecting", "reconnect", "update_state", "initialized"]) {
            bus.addEventListener(type, ({ detail }) => told.push([type, detail]));
        }
        worker.say("connect");
        worker.say("disconnect", { code: 1006, reason: "" });
        worker.say("reconnecting", { closeCode: 1006 });
        worker.say("update_state", "CONNECTING");
        worker.say("initialized");
        worker.say("reconnect");
        expect(told.map(([type]) => type)).toEqual(["connect", "disconnect", "reconnecting", "reconnect"]);
        expect(told[1][1]).toEqual({ code: 1006, reason: "" });
        expect(bus.workerState).toBe("CONNECTING");
    });

    test("U63: an outdated worker is told once", async () => {
        const { worker, env } = await started();
        const left = vi.spyOn(env.services.multi_tab, "unregister");
        worker.say("outdated");
        worker.say("outdated");
        expect(left).toHaveBeenCalled();
        expect(shown).toHaveLength(1);
        const [, options] = shown[0];
        expect(options).toMatchObject({ type: "warning", sticky: true });
        options.buttons[0].onClick();
        expect(browser.location.reload).toHaveBeenCalledOnce();
    });

    test("U64: takes a worker of its own where none is shared", async () => {
        vi.spyOn(console, "warn").mockImplementation(() => {});
        const env = await makeTestEnv(["bus_service"], { notification, localization: {} });
        env.services.bus_service.start();
        expect(workers[0]).toMatchObject({
            name: "odoo:websocket_shared_worker",
            url: `${window.origin}/bus/websocket_worker_bundle?v=18.0-2`,
        });
        workers[0].dispatchEvent(new Event("error"));
        expect(workers[1].name).toBe("odoo:websocket_worker");
        workers[1].dispatchEvent(new Event("error"));
        await vi.waitFor(() => expect(env.services.bus_service.isActive).toBe(true));
        expect(console.warn).toHaveBeenCalledTimes(2);
        browser.SharedWorker = undefined;
        const other = await makeTestEnv(["bus_service"], { notification, localization: {} });
        other.services.bus_service.start();
        expect(workers[2].name).toBe("odoo:websocket_worker");
    });

    test("U64 U65: may be on another site", async () => {
        afterThis(() => delete session.user_id);
        session.user_id = [9, "Somebody"];
        const doubles = { notification, localization: {}, "bus.parameters": { serverURL: "https://chat.example" } };
        const env = await makeTestEnv(["bus_service"], doubles);
        env.services.bus_service.start();
        const script = window.atob(workers[0].url.split(",")[1]);
        expect(script).toBe('importScripts("https://chat.example/bus/websocket_worker_bundle?v=18.0-2");');
        expect(workers[0].asked[0][1]).toMatchObject({
            db: "db",
            lastNotificationId: 0,
            uid: 9,
            websocketURL: "wss://chat.example/websocket?version=18.0-2",
        });
    });

    test("U66: follows its page", async () => {
        const { worker } = await started();
        worker.asked.splice(0);
        const fire = (type, details = {}) => window.dispatchEvent(Object.assign(new Event(type), details));
        fire("offline");
        fire("online");
        fire("pagehide", { persisted: true });
        fire("pagehide", { persisted: false });
        expect(worker.asked.map(([action]) => action)).toEqual(["stop", "start", "leave"]);
    });
});

describe("U76: pages are told", () => {
    test("notifications of the server", async () => {
        const { worker } = await started("simple_notification");
        const payload = { message: "Hello", title: "Greeting", type: "info", sticky: true };
        worker.say("notification", [message(1, "simple_notification", payload)]);
        expect(shown).toEqual([["Hello", { title: "Greeting", type: "info", sticky: true }]]);
    });

    test("that there is another version, a while later and once", async () => {
        const { worker } = await started("assetsWatchdog");
        const change = (version) =>
            worker.say("notification", [message(1, "bundle_changed", { server_version: version })]);
        change("18.0");
        vi.advanceTimersByTime(60_000);
        expect(shown).toHaveLength(0);
        change("18.1");
        change("18.1");
        vi.advanceTimersByTime(9_999);
        expect(shown).toHaveLength(0);
        vi.advanceTimersByTime(50_001);
        change("18.2");
        vi.advanceTimersByTime(60_000);
        expect(shown).toHaveLength(1);
    });

    test("that messages are gone which they never had", async () => {
        const info = { id: 1, lastcall: "2024-05-01 10:30:00", nextcall: "2024-05-02 10:30:00" };
        const calls = answerRpc(() => info);
        const { worker } = await started("bus.outdated_page_watcher");
        worker.say("disconnect", { code: 1006 });
        vi.setSystemTime(new Date("2024-05-01T10:10:00Z"));
        worker.say("disconnect", { code: 1006 });
        vi.setSystemTime(new Date("2024-05-01T10:40:00Z"));
        worker.say("reconnect");
        await vi.waitFor(() => expect(shown).toHaveLength(1));
        expect(calls.map(({ route }) => route)).toEqual(["/bus/get_autovacuum_info"]);
        shown[0][1].onClose();
        // away for a moment: all that was sent is there, and when messages are deleted is known
        worker.say("disconnect", { code: 1006 });
        worker.say("reconnect");
        await vi.advanceTimersByTimeAsync(10);
        expect(shown).toHaveLength(1);
        expect(calls).toHaveLength(1);
        expect(rpc).toBeDefined();
    });
});

describe("U73: tabs", () => {
    const origin = () => window.location.origin.replace(/:\/*/g, "_");
    const key = (name) => `multi_tab.${origin()}.${name}`;
    const change = (name, newValue) =>
        window.dispatchEvent(Object.assign(new Event("storage"), { key: key(name), newValue }));

    test("share values", async () => {
        const { multi_tab: tabs } = (await makeTestEnv(["multi_tab"])).services;
        expect(tabs.getSharedValue("colour", "red")).toBe("red");
        tabs.setSharedValue("colour", { name: "blue" });
        expect(browser.localStorage.getItem(key("colour"))).toBe('{"name":"blue"}');
        expect(tabs.getSharedValue("colour")).toEqual({ name: "blue" });
        tabs.setSharedValue("colour", undefined);
        expect(tabs.getSharedValue("colour", 1)).toBe(1);
        const told = [];
        tabs.bus.addEventListener("shared_value_updated", ({ detail }) => told.push(detail));
        change("colour", '"green"');
        change("heartbeat", "1");
        expect(told).toEqual([{ key: "colour", newValue: '"green"' }]);
    });

    test("have one main tab, and another one when that is gone", async () => {
        const start = () => multiTabService.start({}, {});
        const env = await makeTestEnv(["multi_tab"]);
        const first = env.services.multi_tab;
        vi.advanceTimersByTime(10);
        const second = start();
        expect([first.isOnMainTab(), second.isOnMainTab()]).toEqual([true, false]);
        expect(first.currentTabId).not.toBe(second.currentTabId);
        const told = [];
        first.bus.addEventListener("no_longer_main_tab", () => told.push("left"));
        second.bus.addEventListener("become_main_tab", () => told.push("took over"));
        vi.advanceTimersByTime(30_000);
        expect(second.isOnMainTab()).toBe(false);
        first.unregister();
        expect(browser.localStorage.getItem(key("main"))).toBe(null);
        change("main", null);
        expect(second.isOnMainTab()).toBe(true);
        expect(told).toEqual(["left", "took over"]);
        expect(JSON.parse(browser.localStorage.getItem(key("main")))).toBe(second.currentTabId);
    });

    test("take over from one that died", async () => {
        const old = { "1:1": Date.now() - 1000 };
        browser.localStorage.setItem(key("lastPresenceByTab"), JSON.stringify(old));
        browser.localStorage.setItem(key("main"), '"1:1"');
        browser.localStorage.setItem(key("heartbeat"), String(Date.now() - 1000));
        const { multi_tab: tabs } = (await makeTestEnv(["multi_tab"])).services;
        expect(tabs.isOnMainTab()).toBe(false);
        vi.advanceTimersByTime(25_000);
        expect(tabs.isOnMainTab()).toBe(true);
        expect(tabs.getSharedValue("lastPresenceByTab")).not.toHaveProperty("1:1");
    });
});

describe("presence", () => {
    const fire = (type, details = {}) => window.dispatchEvent(Object.assign(new Event(type), details));

    test("U74: keys, clicks and other tabs", async () => {
        const env = await makeTestEnv(["presence"]);
        const { presence } = env.services;
        const focus = [];
        env.bus.addEventListener("window_focus", ({ detail }) => focus.push(detail));
        vi.advanceTimersByTime(5000);
        expect(presence.getInactivityPeriod()).toBe(5000);
        fire("keydown");
        expect(presence.getInactivityPeriod()).toBe(0);
        expect(browser.localStorage.getItem("presence.lastPresence")).toBe(String(Date.now()));
        vi.advanceTimersByTime(2000);
        fire("storage", { key: "presence.lastPresence", newValue: String(Date.now() - 500) });
        expect(presence.getInactivityPeriod()).toBe(500);
        fire("blur");
        expect(presence.isOdooFocused()).toBe(false);
        fire("storage", { key: "presence.focus", newValue: "true" });
        expect(presence.isOdooFocused()).toBe(true);
        fire("pagehide");
        fire("focus");
        expect(presence.getLastPresence()).toBe(Date.now());
        expect(focus).toEqual([false, true, false, true]);
    });

    test("U75: the server is told when somebody comes, goes and comes back", async () => {
        const presenceOfUser = { bus: new EventBus(), period: 0, getInactivityPeriod: () => presenceOfUser.period };
        const sent = [];
        const events = new EventBus();
        const callbacks = {};
        const bus_service = {
            addEventListener: events.addEventListener.bind(events),
            send: (name, { inactivity_period: period }) => sent.push([name, period]),
            subscribe: (type, callback) => (callbacks[type] = callback),
        };
        const service = registry.category("services").get("im_status");
        service.start(await makeTestEnv(), { bus_service, presence: presenceOfUser });
        events.trigger("connect");
        events.trigger("connect");
        expect(sent).toEqual([["update_presence", 0]]);
        presenceOfUser.period = AWAY_DELAY;
        vi.advanceTimersByTime(AWAY_DELAY);
        expect(sent.at(-1)).toEqual(["update_presence", AWAY_DELAY]);
        presenceOfUser.period = 0;
        presenceOfUser.bus.trigger("presence");
        presenceOfUser.bus.trigger("presence");
        expect(sent).toHaveLength(3);
        const { partnerId } = user;
        afterThis(() => Object.defineProperty(user, "partnerId", { value: partnerId, configurable: true }));
        Object.defineProperty(user, "partnerId", { value: 5, configurable: true });
        const told = callbacks["bus.bus/im_status_updated"];
        told({ im_status: "offline", partner_id: 6 });
        told({ im_status: "online", partner_id: 5 });
        expect(sent).toHaveLength(3);
        told({ im_status: "offline", partner_id: 5 });
        told({ im_status: "away", partner_id: 5 });
        expect(sent).toHaveLength(5);
        presenceOfUser.period = AWAY_DELAY + 1;
        told({ im_status: "away", partner_id: 5 });
        expect(sent).toHaveLength(5);
    });
});

test("U76: functions that are called not too often", () => {
    const called = vi.fn();
    const slow = timings.throttle(called, 100);
    slow(1);
    slow(2);
    slow(3);
    expect(called.mock.calls).toEqual([[1]]);
    vi.advanceTimersByTime(100);
    expect(called.mock.calls).toEqual([[1], [3]]);
    vi.advanceTimersByTime(100);
    slow(4);
    expect(called.mock.lastCall).toEqual([4]);
});
