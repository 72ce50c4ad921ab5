import { Record } from "@mail/core/common/record";
import { browser } from "@web/core/browser/browser";

/** A part of the sidebar: channels, or direct messages. */
export class DiscussAppCategory extends Record {
    static id = "id";
    /** @type {string} */
    id;
    name = Record.attr("");
    sequence = Record.attr(0);
    extraClass = Record.attr("");
    addTitle = Record.attr("");
    addHotkey = Record.attr("");
    canView = Record.attr(false);
    canAdd = Record.attr(false);
    hideWhenEmpty = Record.attr(false);
    /** Name of the setting of the user that says whether it is unfolded. */
    serverStateKey = Record.attr(undefined);
    _isOpen = Record.attr(undefined);
    app = Record.one("DiscussApp", { inverse: "allCategories" });
    threads = Record.many("Thread", {
        inverse: "discussAppCategory",
        sort(one, other) {
            return this.sortThreads(one, other);
        },
    });

    /** Channels by their names, chats by the last thing that happened. */
    sortThreads(one, other) {
        if (this.id === "channels") {
            return one.displayName.localeCompare(other.displayName) || one.id - other.id;
        }
        return (other.lastInterestDt?.ts || 0) - (one.lastInterestDt?.ts || 0) || other.id - one.id;
    }

    get open() {
        const saved = this.serverStateKey ? this.store.settings[this.serverStateKey] : this._isOpen;
        return this._isOpen ?? saved ?? true;
    }

    set open(isOpen) {
        this._isOpen = isOpen;
        const { settings, self } = this.store;
        if (this.serverStateKey && self.type === "partner" && settings.id) {
            browser.clearTimeout(this._saving);
            this._saving = browser.setTimeout(() => settings.save(this.serverStateKey, isOpen), 100);
        }
    }

    get isVisible() {
        return !this.hideWhenEmpty || this.threads.some((thread) => thread.displayInSidebar);
    }
}
DiscussAppCategory.register();
