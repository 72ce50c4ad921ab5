import { EventBus } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";

/** Milliseconds between two signs of life, of the main tab and of others. */
const MAIN_BEAT = 1500;
const OTHER_BEAT = 10_000;
/** Milliseconds without one after which the main tab is taken for dead, and any other forgotten. */
const MAIN_DEAD = 5000;
const OTHER_DEAD = 15_000;

/** Values that all tabs of a browser share, and the one tab among them that does what is done once. */
class Tabs {
    constructor(name) {
        this.bus = new EventBus();
        const origin = window.location.origin.replace(/:\/{0,2}/g, "_");
        this.prefix = `${name}.${origin}.`;
        this.id = `${luxon.DateTime.now().toMillis()}:${Math.floor(Math.random() * 1e9)}`;
        this.isMain = false;
        this.isLeft = false;
        this.store = browser.localStorage;
    }

    // shared values

    get(key, fallback) {
        const text = this.store.getItem(this.prefix + key);
        return text === null ? fallback : JSON.parse(text);
    }

    set(key, value) {
        if (value === undefined) {
            this.remove(key);
        } else {
            this.store.setItem(this.prefix + key, JSON.stringify(value));
        }
    }

    remove(key) {
        this.store.removeItem(this.prefix + key);
    }

    onStorage({ key, newValue }) {
        if (!key?.startsWith(this.prefix) || this.isLeft) {
            return;
        }
        const own = key.slice(this.prefix.length);
        if (own === "main") {
            if (newValue) {
                this.resign(JSON.parse(newValue));
            } else {
                this.elect();
            }
        }
        if (!["main", "heartbeat", "lastPresenceByTab"].includes(own)) {
            this.bus.trigger("shared_value_updated", { key: own, newValue });
        }
    }

    // the main tab

    start() {
        browser.addEventListener("storage", (event) => this.onStorage(event));
        browser.addEventListener("pagehide", () => this.unregister());
        browser.addEventListener("pageshow", ({ persisted }) => {
            if (persisted && this.isLeft) {
                this.isLeft = false;
                this.beat();
            }
        });
        this.beat();
    }

    /** Give a sign of life, and look whether the main tab gives one. */
    beat() {
        if (this.isLeft) {
            return;
        }
        const now = luxon.DateTime.now().toMillis();
        if (this.isMain && this.get("main") !== this.id) {
            this.resign();
        }
        const tabs = this.get("lastPresenceByTab", {});
        for (const [id, last] of Object.entries(tabs)) {
            if (now - last > OTHER_DEAD) {
                delete tabs[id];
            }
        }
        tabs[this.id] = now;
        this.set("lastPresenceByTab", tabs);
        if (this.isMain) {
            this.set("heartbeat", now);
        } else if (!this.get("main") || now - this.get("heartbeat", 0) > MAIN_DEAD) {
            this.elect();
        }
        this.keepBeating();
        // its death is noticed earlier than that
        if (!this.isMain) {
            browser.clearTimeout(this.look);
            this.look = browser.setTimeout(() => this.lookAtMain(), MAIN_DEAD);
        }
    }

    keepBeating() {
        browser.clearInterval(this.timer);
        this.timer = browser.setInterval(() => this.beat(), this.isMain ? MAIN_BEAT : OTHER_BEAT);
    }

    lookAtMain() {
        if (!this.isLeft && !this.isMain && luxon.DateTime.now().toMillis() - this.get("heartbeat", 0) > MAIN_DEAD) {
            this.elect();
        }
    }

    /** Become the main tab, if this is the oldest one. */
    elect() {
        const now = luxon.DateTime.now().toMillis();
        const tabs = Object.entries(this.get("lastPresenceByTab", {})).filter(([, last]) => now - last <= OTHER_DEAD);
        const age = (tab) => Number(tab[0].split(":")[0]);
        const [oldest] = tabs.sort((a, b) => age(a) - age(b) || (a[0] < b[0] ? -1 : 1));
        const isMainAlive = this.get("main") && now - this.get("heartbeat", 0) <= MAIN_DEAD;
        if (this.isMain || isMainAlive || (oldest && oldest[0] !== this.id)) {
            return;
        }
        this.isMain = true;
        this.set("main", this.id);
        this.set("heartbeat", now);
        this.keepBeating();
        this.bus.trigger("become_main_tab");
    }

    /** Leave the office to another tab. */
    resign(id) {
        if (this.isMain && id !== this.id) {
            this.isMain = false;
            this.bus.trigger("no_longer_main_tab");
        }
    }

    unregister() {
        if (this.isLeft) {
            return;
        }
        this.isLeft = true;
        browser.clearInterval(this.timer);
        browser.clearTimeout(this.look);
        const tabs = this.get("lastPresenceByTab", {});
        delete tabs[this.id];
        this.set("lastPresenceByTab", tabs);
        if (this.isMain) {
            this.isMain = false;
            this.bus.trigger("no_longer_main_tab");
            this.remove("main");
        }
    }
}

/** What tabs of a browser share. */
export const multiTabService = {
    start() {
        const tabs = new Tabs("multi_tab");
        tabs.start();
        return {
            bus: tabs.bus,
            get currentTabId() {
                return tabs.id;
            },
            isOnMainTab: () => tabs.isMain,
            getSharedValue: (key, fallback) => tabs.get(key, fallback),
            setSharedValue: (key, value) => tabs.set(key, value),
            removeSharedValue: (key) => tabs.remove(key),
            unregister: () => tabs.unregister(),
        };
    },
};

registry.category("services").add("multi_tab", multiTabService);
