import { browser } from "@web/core/browser/browser";
import { ConnectionLostError, rpc } from "@web/core/network/rpc";

const ROUTE = "/html_editor/bus_broadcast";
/** Milliseconds in which messages are gathered, that others have to answer, and until somebody is tried again. */
export const delays = { gather: 60, answer: 500, retry: 2000 };

/** Messages to all who write a text, one request after the other. */
export class Outbox {
    /**
     * @param {{model_name: string, field_name: string, res_id: number}} target
     * @param {string} peerId
     * @param {{onLost: () => void, onRefused: (error: Error) => void}} listeners the server was not there; it does not
     *     want to hear that
     */
    constructor(target, peerId, { onLost, onRefused }) {
        this.target = target;
        this.peerId = peerId;
        this.onLost = onLost;
        this.onRefused = onRefused;
        /** What waits. @type {Map<any, Object>} */
        this.waiting = new Map();
        this.isSending = false;
        this.isClosed = false;
    }

    message(notificationName, notificationPayload, toPeerId) {
        return { notificationName, notificationPayload, fromPeerId: this.peerId, ...(toPeerId && { toPeerId }) };
    }

    /**
     * @param {string} name
     * @param {Object|(() => Object)} payload made when it is sent where it is a function
     * @param {{to?: string, replaces?: boolean}} [options] whom it is for, and whether it stands for one of that name that
     *     waits
     */
    add(name, payload, { to, replaces = false } = {}) {
        if (!this.isClosed) {
            this.waiting.set(replaces ? name : Symbol(name), { name, payload, to });
            this.sendSoon();
        }
    }

    sendSoon() {
        if (!this.timer && !this.isSending && this.waiting.size) {
            this.timer = browser.setTimeout(() => this.send(), delays.gather);
        }
    }

    async send() {
        this.timer = null;
        this.isSending = true;
        try {
            while (this.waiting.size && !this.isClosed) {
                const [[key, { name, payload, to }]] = this.waiting;
                this.waiting.delete(key);
                const content = typeof payload === "function" ? payload() : payload;
                const params = { ...this.target, bus_data: this.message(name, content, to) };
                await rpc(ROUTE, params, { silent: true });
            }
        } catch (error) {
            this.waiting.clear();
            if (!(error instanceof ConnectionLostError)) {
                this.onRefused(error);
            } else if (!this.isClosed) {
                this.onLost();
            }
        } finally {
            this.isSending = false;
            this.sendSoon();
        }
    }

    /** Tell that nobody writes here any more; nothing can be waited for. */
    close(name) {
        if (this.isClosed) {
            return;
        }
        this.isClosed = true;
        browser.clearTimeout(this.timer);
        const params = { ...this.target, bus_data: this.message(name, {}) };
        const body = new Blob([JSON.stringify({ jsonrpc: "2.0", method: "call", params })], {
            type: "application/json",
        });
        browser.navigator.sendBeacon(ROUTE, body);
    }
}
