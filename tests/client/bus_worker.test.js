/** The worker that holds the connection of all pages of a browser. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { WebsocketWorker, WEBSOCKET_CLOSE_CODES, WORKER_STATE } from "@bus/workers/websocket_worker";
import { debounce, Deferred } from "@bus/workers/websocket_worker_utils";

let sockets;

/** A connection that the test opens and closes. */
class FakeSocket extends EventTarget {
    static CONNECTING = 0;
    static OPEN = 1;
    static CLOSING = 2;
    static CLOSED = 3;

    constructor(url) {
        super();
        Object.assign(this, { url, readyState: FakeSocket.CONNECTING, sent: [] });
        sockets.push(this);
    }

    open() {
        this.readyState = FakeSocket.OPEN;
        this.dispatchEvent(new Event("open"));
    }

    send(text) {
        this.sent.push(JSON.parse(text));
    }

    close(code = 1005) {
        this.readyState = FakeSocket.CLOSING;
        this.closedWith = code;
    }

    end(code, reason = "") {
        this.readyState = FakeSocket.CLOSED;
        this.dispatchEvent(Object.assign(new Event("close"), { code, reason }));
    }

    receive(...notifications) {
        this.dispatchEvent(new MessageEvent("message", { data: JSON.stringify(notifications) }));
    }
}

const { WebSocket } = globalThis;

beforeEach(() => {
    sockets = [];
    globalThis.WebSocket = FakeSocket;
    vi.useFakeTimers();
});

afterEach(() => {
    globalThis.WebSocket = WebSocket;
    vi.useRealTimers();
});

const START = {
    db: "db",
    debug: "",
    lastNotificationId: 0,
    startTs: 10,
    uid: 7,
    websocketURL: "ws://server/websocket",
};

/** A page of a worker: what it is told is in `told`. */
function page(worker, changes = {}) {
    const port = { told: [], postMessage: ({ type, data }) => port.told.push([type, data]) };
    worker.registerClient(port);
    port.ask = (action, data) => port.onmessage({ data: { action, data } });
    /** What it was told since the last time, without what goes with everything. */
    port.news = () => port.told.splice(0).filter(([type]) => type !== "update_state");
    port.ask("initialize_connection", { ...START, ...changes });
    port.told.splice(0);
    return port;
}

/** A page that is connected and subscribed. */
function connected() {
    const worker = new WebsocketWorker();
    worker.RECONNECT_JITTER = 0;
    const port = page(worker);
    port.ask("start");
    sockets[0].open();
    vi.advanceTimersByTime(300);
    port.told.splice(0);
    return { worker, port, socket: sockets[0] };
}

test("U67: codes and states", () => {
    expect(WEBSOCKET_CLOSE_CODES).toMatchObject({ CLEAN: 1000, SESSION_EXPIRED: 4001, RECONNECTING: 4003 });
    expect(Object.keys(WORKER_STATE)).toEqual(["CONNECTED", "DISCONNECTED", "IDLE", "CONNECTING"]);
    const called = vi.fn();
    const soon = debounce(called, 100);
    soon(1);
    soon(2);
    vi.advanceTimersByTime(100);
    expect(called.mock.calls).toEqual([[2]]);
    const deferred = new Deferred();
    deferred.resolve(3);
    return expect(deferred).resolves.toBe(3);
});

describe("U69: pages begin", () => {
    test("and are told how things are", () => {
        const worker = new WebsocketWorker();
        const port = { told: [], postMessage: (message) => port.told.push(message) };
        worker.registerClient(port);
        port.onmessage({ data: { action: "initialize_connection", data: START } });
        expect(port.told).toEqual([
            { type: "initialized", data: undefined },
            { type: "update_state", data: "IDLE" },
        ]);
        expect(sockets).toHaveLength(0);
    });

    test("those of before change nothing", () => {
        const { worker, socket } = connected();
        page(worker, { startTs: 5, uid: 8, websocketURL: "ws://other" });
        expect(worker.websocketURL).toBe(START.websocketURL);
        expect(socket.closedWith).toBe(undefined);
    });

    test("another user leaves the connection and the channels of the last one", () => {
        const { worker, port, socket } = connected();
        port.ask("add_channel", "mine");
        page(worker, { startTs: 11, uid: 8 });
        expect(socket.closedWith).toBe(1000);
        expect([...worker.channelsByClient.values()]).toEqual([[], []]);
        expect(worker.currentUID).toBe(8);
    });

    test("a page that knows of no user keeps it", () => {
        const { worker, socket } = connected();
        page(worker, { startTs: 11, uid: undefined });
        expect(socket.closedWith).toBe(undefined);
        expect(worker.currentUID).toBe(7);
    });
});

describe("U70: subscriptions", () => {
    test("are the channels of all pages, once", () => {
        const { worker, port, socket } = connected();
        expect(socket.sent).toEqual([{ event_name: "subscribe", data: { channels: [], last: 0 } }]);
        const other = page(worker);
        port.ask("add_channel", "b");
        other.ask("add_channel", "a");
        other.ask("add_channel", "b");
        vi.advanceTimersByTime(300);
        expect(socket.sent.slice(1)).toEqual([{ event_name: "subscribe", data: { channels: ["a", "b"], last: 0 } }]);
        port.ask("delete_channel", "b");
        vi.advanceTimersByTime(300);
        expect(socket.sent).toHaveLength(2);
        other.ask("leave");
        vi.advanceTimersByTime(300);
        expect(socket.sent.at(-1).data.channels).toEqual([]);
        port.ask("force_update_channels");
        vi.advanceTimersByTime(300);
        expect(socket.sent).toHaveLength(4);
    });

    test("go before what waits for a connection", () => {
        const worker = new WebsocketWorker();
        const port = page(worker, { lastNotificationId: 4 });
        port.ask("start");
        port.ask("send", { event_name: "hello", data: 1 });
        port.ask("add_channel", "a");
        vi.advanceTimersByTime(300);
        port.ask("add_channel", "b");
        vi.advanceTimersByTime(300);
        expect(sockets[0].sent).toEqual([]);
        sockets[0].open();
        const subscription = { event_name: "subscribe", data: { channels: ["a", "b"], last: 4 } };
        expect(sockets[0].sent).toEqual([subscription, { event_name: "hello", data: 1 }]);
        vi.advanceTimersByTime(300);
        expect(sockets[0].sent).toHaveLength(2);
    });

    test("U68: of many words about a presence the last one is sent", () => {
        const { port, socket } = connected();
        for (const period of [1, 2, 3]) {
            port.ask("send", { event_name: "update_presence", data: { inactivity_period: period } });
        }
        port.ask("send", { event_name: "hello" });
        expect(socket.sent.at(-1)).toEqual({ event_name: "hello" });
        vi.advanceTimersByTime(300);
        expect(socket.sent.slice(2)).toEqual([{ event_name: "update_presence", data: { inactivity_period: 3 } }]);
    });
});

test("U63: messages are told to all pages, and where to go on is known", () => {
    const { worker, port, socket } = connected();
    const other = page(worker);
    const messages = [
        { id: 5, message: { type: "a", payload: 1 } },
        { id: 6, message: { type: "b", payload: 2 } },
    ];
    socket.receive(...messages);
    expect([port.news(), other.news()]).toEqual([[["notification", messages]], [["notification", messages]]]);
    socket.end(1006);
    vi.advanceTimersByTime(1500);
    sockets[1].open();
    vi.advanceTimersByTime(300);
    expect(sockets[1].sent).toEqual([{ event_name: "subscribe", data: { channels: [], last: 6 } }]);
});

describe("U71: connections end", () => {
    test("and begin again, later each time", () => {
        const { port, socket } = connected();
        socket.end(1006, "gone");
        expect(port.news()).toEqual([
            ["disconnect", { code: 1006, reason: "gone" }],
            ["reconnecting", { closeCode: 1006 }],
        ]);
        vi.advanceTimersByTime(1499);
        expect(sockets).toHaveLength(1);
        vi.advanceTimersByTime(1);
        expect(sockets).toHaveLength(2);
        sockets[1].end(1006);
        expect(port.news()).toEqual([]);
        vi.advanceTimersByTime(2249);
        expect(sockets).toHaveLength(2);
        vi.advanceTimersByTime(1);
        sockets[2].open();
        expect(port.news()).toEqual([["reconnect", undefined]]);
        sockets[2].end(1012);
        vi.advanceTimersByTime(1500);
        expect(sockets).toHaveLength(4);
    });

    test("never waits longer than a minute", () => {
        connected();
        for (let number = 0; number < 20; number++) {
            sockets.at(-1).end(1006);
            vi.advanceTimersByTime(60_000);
            expect(sockets).toHaveLength(number + 2);
        }
    });

    test("at the end of its time a connection is replaced at once", () => {
        const { socket } = connected();
        socket.end(4002);
        vi.advanceTimersByTime(0);
        expect(sockets).toHaveLength(2);
    });

    test("for good, as nobody wants it any more", () => {
        const { port, socket } = connected();
        socket.end(1000);
        vi.advanceTimersByTime(100_000);
        expect(sockets).toHaveLength(1);
        port.ask("start");
        sockets[1].open();
        expect(port.news().map(([type]) => type)).toEqual(["disconnect", "connect"]);
    });

    test("for ever, as the worker is too old", () => {
        const { worker, port, socket } = connected();
        socket.end(1000, "OUTDATED_VERSION");
        expect(port.news().map(([type]) => type)).toEqual(["disconnect", "outdated"]);
        port.ask("start");
        vi.advanceTimersByTime(100_000);
        expect(sockets).toHaveLength(1);
        const later = { told: [], postMessage: ({ type }) => later.told.push(type) };
        worker.registerClient(later);
        later.onmessage({ data: { action: "initialize_connection", data: START } });
        expect(later.told).toContain("outdated");
    });

    test("with the session: the next user may be another one", () => {
        const { worker, socket } = connected();
        socket.end(4001);
        vi.advanceTimersByTime(1500);
        sockets[1].open();
        page(worker, { startTs: 12, uid: 9 });
        expect(worker.currentUID).toBe(9);
        expect(sockets[1].closedWith).toBe(undefined);
    });
});

describe("U72: a start", () => {
    test("while there is a connection changes nothing", () => {
        const { port } = connected();
        port.ask("start");
        expect(sockets).toHaveLength(1);
        sockets[0].end(1006);
        vi.advanceTimersByTime(1500);
        port.ask("start");
        expect(sockets).toHaveLength(2);
    });

    test("does not wait for the end of the last one", () => {
        const { port, socket } = connected();
        port.ask("stop");
        expect(socket.closedWith).toBe(1000);
        port.ask("start");
        expect(port.news()).toEqual([["disconnect", { code: 1006 }]]);
        expect(sockets).toHaveLength(2);
        sockets[1].open();
        expect(port.news()).toEqual([["connect", undefined]]);
        socket.end(1000);
        expect(port.news()).toEqual([]);
    });
});

test("U63: pages in debug mode are told what happens", () => {
    const worker = new WebsocketWorker();
    const port = page(worker, { debug: "1" });
    port.ask("force_update_channels");
    expect(port.told.map(([type]) => type)).toEqual(["log_debug"]);
});
