import { onChange } from "@mail/utils/common/misc";
import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";

/** Where a page notes what the server knows of the browser, and for how long it relies on it. */
const STORAGE_KEY = "mail.push.registered";
const RELIED_ON = 24 * 60 * 60 * 1000;

/** The bytes of a key that is written for addresses. @param {string} text @returns {Uint8Array} */
function bytesOf(text) {
    const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
}

/** Whether a browser registered for a key. */
function isFor(subscription, key) {
    const used = subscription.options?.applicationServerKey;
    return Boolean(used) && new Uint8Array(used).join() === bytesOf(key).join();
}

/** Has the server send messages to this browser while no page is open. */
export class PushService {
    constructor(env, { orm, "mail.notification.permission": permission, "mail.store": store }) {
        Object.assign(this, { env, orm, permission, store });
        /** Whether the browser is told by the server: pages need not tell it as well. */
        this.isActive = false;
    }

    setup() {
        const { serviceWorker } = browser.navigator;
        // browsers have it for pages that nobody on the way could have changed
        if (!serviceWorker || !("PushManager" in window)) {
            return;
        }
        serviceWorker.addEventListener("message", ({ data }) => this.onMessage(data));
        const follow = () => {
            if (this.permission.permission === "granted") {
                this.register().catch((error) => console.warn("This browser could not be registered:", error));
            }
        };
        onChange(this.permission, "permission", follow);
        follow();
    }

    /** What the page relies on: whose browser it is, and its address. */
    _markOf(subscription) {
        return `${user.userId} ${subscription.endpoint}`;
    }

    _isKnown(subscription) {
        const { mark, until } = JSON.parse(browser.localStorage.getItem(STORAGE_KEY) || "{}");
        return mark === this._markOf(subscription) && until > Date.now();
    }

    /** Have the server know this browser, under the key that the server has now. */
    async register() {
        const { pushManager } = await browser.navigator.serviceWorker.ready;
        const existing = await pushManager.getSubscription();
        if (!existing || !this._isKnown(existing)) {
            const key = await this.orm.silent.call("mail.push.device", "get_web_push_vapid_public_key");
            const subscription = await this._subscribe(pushManager, existing, key);
            await this.orm.silent.call("mail.push.device", "register_devices", [], {
                ...subscription.toJSON(),
                previousEndpoint: existing?.endpoint === subscription.endpoint ? undefined : existing?.endpoint,
                vapid_public_key: key,
            });
            const known = { mark: this._markOf(subscription), until: Date.now() + RELIED_ON };
            browser.localStorage.setItem(STORAGE_KEY, JSON.stringify(known));
        }
        this.isActive = true;
    }

    /** A subscription for another key is of no use any more. */
    async _subscribe(pushManager, existing, key) {
        if (existing && isFor(existing, key)) {
            return existing;
        }
        await existing?.unsubscribe();
        return pushManager.subscribe({ applicationServerKey: bytesOf(key), userVisibleOnly: true });
    }

    /** Have nothing be shown any more: somebody else may use the browser next. */
    async unregister() {
        this.isActive = false;
        browser.localStorage.removeItem(STORAGE_KEY);
        const registration = await browser.navigator.serviceWorker?.getRegistration();
        const subscription = await registration?.pushManager?.getSubscription();
        if (subscription) {
            const { endpoint } = subscription;
            await this.orm.silent.call("mail.push.device", "unregister_devices", [], { endpoint });
            await subscription.unsubscribe();
        }
    }

    /** A notification was clicked: its record or conversation is opened. */
    async onMessage({ place, type } = {}) {
        if (type !== "mail.push/open" || !place.model || !place.res_id) {
            return;
        }
        const thread = await this.store.Thread.getOrFetch({ id: place.res_id, model: place.model });
        thread?.open();
    }
}

export const pushService = {
    dependencies: ["mail.notification.permission", "mail.store", "orm"],
    start(env, services) {
        const push = new PushService(env, services);
        push.setup();
        return push;
    },
};

registry.category("services").add("mail.push", pushService);
registry.category("before_log_out").add("mail.push", (env) => env.services["mail.push"].unregister());
