/** What browsers reach, as tests want it: the network, permissions, sizes, screens that are touched. */

import { after } from "./core";

export const realFetch = window.fetch.bind(window);

/** The function that answers requests of the running test. */
let answer = null;

/** @param {((input: any, init?: RequestInit) => any)|null} callback answers what the page fetches */
export function mockFetch(callback) {
    const before = answer;
    answer = callback;
    after(() => (answer = before));
}

/** Fetch in a test. @returns {Promise<Response>} */
export async function fetchInTest(input, init = {}) {
    if (init.signal?.aborted) {
        throw init.signal.reason;
    }
    const url = new URL(input instanceof Request ? input.url : input, location.origin);
    if (!answer) {
        throw new Error(
            `Nothing answers ${url.pathname} in this test: it starts the mock server, or calls mockFetch()`
        );
    }
    const aborted = new Promise((_resolve, reject) =>
        init.signal?.addEventListener("abort", () => reject(init.signal.reason))
    );
    const result = await Promise.race([answer(input, init), aborted]);
    if (result instanceof Response) {
        return result;
    }
    const isText = typeof result === "string";
    const headers = { "Content-Type": isText ? "text/plain" : "application/json" };
    return new Response(isText ? result : JSON.stringify(result ?? null), { headers });
}

/** Put something in the place of a property until the test is over. */
function replace(target, name, descriptor) {
    const before = Object.getOwnPropertyDescriptor(target, name);
    Object.defineProperty(target, name, { configurable: true, ...descriptor });
    after(() => (before ? Object.defineProperty(target, name, before) : delete target[name]));
}

/** @param {boolean} hasTouch whether the screen can be touched */
export function mockTouch(hasTouch) {
    replace(navigator, "maxTouchPoints", { value: hasTouch ? 1 : 0 });
    if (hasTouch) {
        replace(window, "ontouchstart", { value: null, writable: true });
    } else if ("ontouchstart" in window) {
        const before = Object.getOwnPropertyDescriptor(window, "ontouchstart");
        delete window["ontouchstart"];
        before && after(() => Object.defineProperty(window, "ontouchstart", before));
    }
    mockMatchMedia({ pointer: hasTouch ? "coarse" : "fine" });
}

/** @param {string} [agent] what the browser says that it is; "android", "ios", "safari" and so on are enough */
export function mockUserAgent(agent = "chrome") {
    const known = {
        android: "Mozilla/5.0 (Linux; Android 14) Chrome/126 Mobile",
        chrome: "Mozilla/5.0 (X11; Linux x86_64) Chrome/126",
        firefox: "Mozilla/5.0 (X11; Linux x86_64; rv:126.0) Gecko/20100101 Firefox/126.0",
        ios: "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Mobile Safari",
        linux: "Mozilla/5.0 (X11; Linux x86_64) Chrome/126",
        mac: "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Chrome/126",
        safari: "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/17 Safari",
        windows: "Mozilla/5.0 (Windows NT 10.0) Chrome/126",
    };
    replace(navigator, "userAgent", { value: known[agent.toLowerCase()] || agent });
}

const media = {};

/** @param {Object<string, string>} values such as `{ "prefers-color-scheme": "dark" }` */
export function mockMatchMedia(values) {
    const before = { ...media };
    Object.assign(media, values);
    const real = window.matchMedia;
    if (!real["isMock"]) {
        const matchMedia = (query) => {
            const [, name, value] = /\(\s*([\w-]+)\s*:\s*([\w-]+)\s*\)/.exec(query) || [];
            const result = real.call(window, query);
            return name in media ? Object.defineProperty(result, "matches", { value: media[name] === value }) : result;
        };
        window.matchMedia = Object.assign(matchMedia, { isMock: true });
    }
    after(() => {
        Object.keys(media).forEach((name) => delete media[name]);
        Object.assign(media, before);
        window.matchMedia = real;
    });
}

/** @param {string} name @param {"granted"|"denied"|"prompt"} state */
export function mockPermission(name, state) {
    const query = navigator.permissions.query.bind(navigator.permissions);
    const mock = (descriptor) =>
        descriptor.name === name
            ? Promise.resolve(Object.assign(new EventTarget(), { name, state }))
            : query(descriptor);
    replace(navigator.permissions, "query", { value: mock, writable: true });
}

export const mockSendBeacon = (callback) => replace(navigator, "sendBeacon", { value: callback, writable: true });
export const mockVibrate = (callback) => replace(navigator, "vibrate", { value: callback, writable: true });

/** A socket whose other end is a function of it. */
class MockSocket extends EventTarget {
    constructor(onOpen, ...args) {
        super();
        this.sent = [];
        this.url = args[0];
        this.readyState = 1;
        queueMicrotask(() => {
            onOpen?.(this, ...args);
            this.emit("open");
        });
    }

    emit(type, details = {}) {
        const event = Object.assign(new Event(type), details);
        this.dispatchEvent(event);
        this[`on${type}`]?.(event);
    }

    send(data) {
        this.sent.push(data);
        this.emit("sent", { data });
    }

    postMessage(data) {
        this.send(data);
    }

    close() {
        this.readyState = 3;
        this.emit("close");
    }

    terminate() {
        this.readyState = 3;
    }
}

function socketClass(onOpen) {
    return class extends MockSocket {
        constructor(...args) {
            super(onOpen, ...args);
        }
    };
}

export const mockWebSocket = (onOpen) => replace(window, "WebSocket", { value: socketClass(onOpen), writable: true });
export const mockWorker = (onOpen) => replace(window, "Worker", { value: socketClass(onOpen), writable: true });

/** Show transitions of styles in this test; others do without. */
export function enableTransitions() {
    document.documentElement.classList.remove("o_no_transitions");
    after(() => document.documentElement.classList.add("o_no_transitions"));
}

export { Deferred } from "@web/core/utils/concurrency";
