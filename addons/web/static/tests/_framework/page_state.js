/** The state of the page and of the client's modules, as it is before each test. */

import { Registry, registry } from "@web/core/registry";
import { browser, makeRAMLocalStorage } from "@web/core/browser/browser";
import { router, startRouter } from "@web/core/browser/router";
import { user } from "@web/core/user";
import { session } from "@web/session";
import { fetchInTest } from "./hoot/network";
import { startClock } from "./hoot/time";
import { applyServerState } from "./mock_server_state";

/** Remember what is in registries. @param {Registry[]} registries @returns {() => void} puts it back */
function keepRegistries(registries) {
    const kept = registries.map((own) => [own, { ...own.content }, { ...own.subRegistries }]);
    return () => {
        for (const [own, content, subRegistries] of kept) {
            Object.assign(own, { content, subRegistries, elements: null, entries: null });
        }
    };
}

function allRegistries(start = registry) {
    return [start, ...Object.values(start.subRegistries).flatMap((sub) => allRegistries(sub))];
}

/** Remember the listeners that are added to what outlives a test. @returns {() => void} takes them away */
function keepListeners() {
    const own = EventTarget.prototype.addEventListener;
    const lasting = [window, document, document.documentElement, document.body];
    const added = [];
    EventTarget.prototype.addEventListener = function (...listener) {
        const target = this || window;
        if (lasting.includes(target) || !(target instanceof Node)) {
            added.push([target, listener]);
        }
        return own.apply(target, listener);
    };
    const ofBrowser = [browser.addEventListener, browser.removeEventListener];
    browser.addEventListener = (...listener) => window.addEventListener(...listener);
    return () => {
        EventTarget.prototype.addEventListener = own;
        [browser.addEventListener, browser.removeEventListener] = ofBrowser;
        added.forEach(([target, listener]) => target.removeEventListener(...listener));
    };
}

/** A place that pages do not really go to. */
export class MockLocation {
    constructor(href = `${window.location.origin}/odoo`) {
        this.url = new URL(href);
    }

    get href() {
        return this.url.href;
    }

    set href(href) {
        this.assign(href);
    }

    assign(href) {
        this.url = new URL(href, this.url);
    }

    replace(href) {
        this.assign(href);
    }

    reload() {}

    toString() {
        return this.href;
    }
}
for (const name of ["hash", "host", "hostname", "origin", "pathname", "port", "protocol", "search"]) {
    Object.defineProperty(MockLocation.prototype, name, {
        get() {
            return this.url[name];
        },
        set(value) {
            this.url[name] = value;
        },
    });
}

/** A history that goes with a mock location. */
class MockHistory {
    entries = [{ state: null, href: "" }];
    index = 0;

    constructor(location) {
        this.location = location;
        this.entries[0].href = location.href;
    }

    get length() {
        return this.entries.length;
    }

    get state() {
        return this.entries[this.index].state;
    }

    pushState(state, _title, href = this.location.href) {
        this.location.assign(href);
        this.entries.splice(++this.index, Infinity, { state, href: this.location.href });
    }

    replaceState(state, _title, href = this.location.href) {
        this.location.assign(href);
        this.entries[this.index] = { state, href: this.location.href };
    }

    go(step) {
        const entry = this.entries[this.index + step];
        if (entry) {
            this.index += step;
            this.location.assign(entry.href);
            window.dispatchEvent(new PopStateEvent("popstate", { state: entry.state }));
        }
    }

    back() {
        this.go(-1);
    }

    forward() {
        this.go(1);
    }
}

/** Properties of an object that are put back. @returns {() => void} */
function keepProperties(target, names = Object.keys(target)) {
    const kept = names.map((name) => [name, Object.getOwnPropertyDescriptor(target, name)]);
    return () => {
        const known = new Set(names);
        Object.keys(target)
            .filter((name) => !known.has(name))
            .forEach((name) => delete target[name]);
        for (const [name, descriptor] of kept) {
            Object.defineProperty(target, name, descriptor);
        }
    };
}

/** Cookies that no server gets. */
function mockCookies() {
    const cookies = new Map();
    Object.defineProperty(document, "cookie", {
        configurable: true,
        get: () => [...cookies].map(([name, value]) => `${name}=${value}`).join("; "),
        set(text) {
            const [pair, ...attributes] = text.split(";");
            const [name, value] = pair.split("=").map((part) => part.trim());
            const isGone = attributes.some((part) => /max-age\s*=\s*(0|-\d+)\s*$/i.test(part));
            isGone ? cookies.delete(name) : cookies.set(name, value);
        },
    });
    return () => delete document["cookie"];
}

/** What the page itself has: its classes, title, what is in its body. */
function keepDocument() {
    const { body, documentElement } = document;
    const children = new Set(body.children);
    const kept = [body.className, documentElement.dir, documentElement.lang, document.title];
    return () => {
        [...body.children].filter((child) => !children.has(child)).forEach((child) => child.remove());
        [body.className, documentElement.dir, documentElement.lang, document.title] = kept;
        body.removeAttribute("style");
    };
}

function keepUser() {
    const before = { ...user.context };
    const properties = keepProperties(user);
    return () => {
        properties();
        Object.keys(user.context)
            .filter((key) => !(key in before))
            .forEach((key) => user.removeFromContext(key));
        const { uid: _uid, ...context } = before;
        user.updateContext(context);
    };
}

function keepSession() {
    const copy = structuredClone(session);
    return () => {
        Object.keys(session).forEach((key) => delete session[key]);
        Object.assign(session, copy);
    };
}

/** A worker that never says anything. */
class IdleWorker extends EventTarget {
    postMessage() {}

    terminate() {}
}

/**
 * Make the page ready for a test.
 *
 * @returns {() => void} puts it back into its state from before
 */
export function preparePage() {
    const { odoo } = globalThis;
    const ends = [
        keepDocument(),
        keepProperties(browser),
        keepListeners(),
        keepRegistries(allRegistries()),
        keepSession(),
        keepUser(),
        keepProperties(odoo),
        mockCookies(),
        startClock(browser),
    ];
    const location = new MockLocation();
    Object.assign(browser, {
        fetch: fetchInTest,
        history: new MockHistory(location),
        location,
        localStorage: makeRAMLocalStorage(),
        sessionStorage: makeRAMLocalStorage(),
        open: () => null,
        print: () => {},
        // what would have a connection of its own to the server
        SharedWorker: undefined,
        Worker: IdleWorker,
    });
    Object.assign(odoo, { loadMenusPromise: undefined, reloadMenus: undefined });
    applyServerState();
    startRouter();
    return () => {
        router.cancelPushes();
        ends.reverse().forEach((end) => end());
    };
}

/** Empty a registry until the test is over. */
export function clearRegistry(own) {
    Object.assign(own, { content: {}, elements: null, entries: null });
}

/** Registries are put back after each test by themselves. @param {Registry} own */
export function restoreRegistry(own) {
    if (!(own instanceof Registry)) {
        throw new Error("Only a registry is restored");
    }
}
