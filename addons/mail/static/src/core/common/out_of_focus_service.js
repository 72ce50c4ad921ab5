import { htmlToTextContentInline } from "@mail/utils/common/format";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";

/** Characters of a message that a notification shows, and notifications at a time. */
const PREVIEW_LENGTH = 350;
const MAX_SHOWN = 3;
/** Milliseconds that a notification stays. */
const SHOWN = 5000;

/** Tells the user of messages while they look at something else. */
export class OutOfFocusService {
    constructor(env, services) {
        const { multi_tab: multiTab, notification: notificationService } = services;
        Object.assign(this, { closeFuncs: [], env, multiTab, notificationService });
    }

    /** @param {Object} message @param {Object} [thread] where it was written */
    async notify(message, thread) {
        const { "mail.push": push, presence } = this.env.services;
        // the server tells a browser that is registered there
        if (presence?.isOdooFocused() || push?.isActive) {
            return;
        }
        const text = htmlToTextContentInline(String(message.body || "")).slice(0, PREVIEW_LENGTH);
        const author = message.author?.name;
        const where = thread?.channel_type === "channel" ? `#${thread.displayName}` : "";
        const title = [author || _t("New message"), where].filter(Boolean).join(" ");
        this.sendNotification({ message: text, sound: true, title, type: "info" });
    }

    get canSendNativeNotification() {
        return browser.Notification?.permission === "granted";
    }

    /** One page of the browser tells the user, in the way they allowed. */
    sendNotification({ message, sound, title, type }) {
        if (!this.canSendNativeNotification) {
            this.sendOdooNotification(message, { sound, title, type });
        } else if (this.multiTab.isOnMainTab()) {
            try {
                this.sendNativeNotification(title, message, { sound });
            } catch {
                // some browsers for telephones have the constructor, and refuse to be called
                this.sendOdooNotification(message, { sound, title, type });
            }
        }
    }

    sendOdooNotification(message, { title, type }) {
        this.closeFuncs.push(this.notificationService.add(message, { title, type }));
        if (this.closeFuncs.length > MAX_SHOWN) {
            this.closeFuncs.shift()();
        }
    }

    sendNativeNotification(title, message) {
        const notification = new browser.Notification(title, { body: message });
        notification.addEventListener("click", () => {
            window.focus();
            notification.close();
        });
        browser.setTimeout(() => notification.close(), SHOWN);
    }
}

export const outOfFocusService = {
    dependencies: ["multi_tab", "notification"],
    start(env, services) {
        return new OutOfFocusService(env, services);
    },
};

registry.category("services").add("mail.out_of_focus", outOfFocusService);
