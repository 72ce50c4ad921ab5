import { Record } from "@mail/core/common/record";
import { rpc } from "@web/core/network/rpc";

/** A conversation in a window of its own at the edge of the page. */
export class ChatWindow extends Record {
    static id = "thread";
    thread = Record.one("Thread", { inverse: "chatWindow" });
    hubAsOpened = Record.one("ChatHub", { inverse: "opened" });
    hubAsFolded = Record.one("ChatHub", { inverse: "folded" });
    /** Grows each time the window is to have the caret. */
    autofocus = Record.attr(0);
    fromMessagingMenu = Record.attr(false);

    get displayName() {
        return this.thread?.displayName || "";
    }

    get isOpen() {
        return Boolean(this.hubAsOpened);
    }

    /** @param {{focus?: boolean, notifyState?: boolean}} [options] */
    open({ focus = true, notifyState = true } = {}) {
        this._show("open", notifyState);
        if (focus) {
            this.focus();
        }
    }

    /** @param {{notifyState?: boolean}} [options] */
    fold({ notifyState = true } = {}) {
        this._show("folded", notifyState);
    }

    /** @param {{escape?: boolean, notifyState?: boolean}} [options] after escape the next window has the caret */
    close({ escape = false, notifyState = true } = {}) {
        const { chatHub } = this.store;
        this._show("closed", notifyState);
        if (escape) {
            chatHub.opened.at(-1)?.focus();
        }
    }

    focus() {
        this.autofocus++;
    }

    /** Have other pages of the user show the window so. @param {string} [state] */
    notifyState(state = this.thread.state) {
        const { thread } = this;
        const isShared = thread.model === "discuss.channel" && thread.selfMember && !this.env.services.ui.isSmall;
        if (isShared) {
            thread.foldStateCount++;
            const params = { channel_id: thread.id, state, state_count: thread.foldStateCount };
            rpc("/discuss/channel/fold", params, { silent: true }).catch(() => {});
        }
    }

    _show(state, notifyState) {
        const { store, thread } = this;
        if (notifyState && thread.state !== state) {
            this.notifyState(state);
        }
        // the window goes with it
        thread.state = state;
        if (state !== "closed") {
            store.chatHub.put(this, state);
        } else if (this.exists()) {
            this._onClose();
        }
    }

    _onClose() {
        this.delete();
    }
}
ChatWindow.register();
