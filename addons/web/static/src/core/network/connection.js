import { reactive } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { originalError } from "@web/core/errors/error_utils";
import { ConnectionLostError, HTTPError, rpc, rpcBus } from "@web/core/network/rpc";

const FIRST_WAIT = 2000;
const LONGEST_WAIT = 30000;

/** Whether the server can be reached, as far as the page knows. */
export const connection = reactive({ lost: false });

/** Whether an error, maybe one that a component met, says that nobody is served now; it is waited for then. */
export function isServerAway(given) {
    const error = originalError(given);
    return error instanceof ConnectionLostError && !(error instanceof HTTPError);
}

/** @returns {Promise<void>} resolved once the server answers */
export function whenServed() {
    return new Promise((resolve) => {
        const look = () => (watched.lost ? undefined : resolve());
        const watched = reactive(connection, look);
        look();
    });
}

/** Looks, while the server is away, whether it is back: after pauses that grow. */
export class ConnectionWatch {
    constructor() {
        this.onResponse = (/** @type {any} */ { detail }) => this.take(detail.error);
        this.onOnline = () => this.look();
    }

    start() {
        rpcBus.addEventListener("RPC:RESPONSE", this.onResponse);
        browser.addEventListener("online", this.onOnline);
    }

    stop() {
        rpcBus.removeEventListener("RPC:RESPONSE", this.onResponse);
        browser.removeEventListener("online", this.onOnline);
        browser.clearTimeout(this.timer);
        connection.lost = false;
    }

    /** Take what became of a request: an answer, be it an error, is a sign of life. */
    take(error) {
        if (isServerAway(error)) {
            this.lose(error.retryAfter);
        } else if (error?.type === "server" || !error) {
            this.find();
        }
    }

    lose(retryAfter) {
        if (!connection.lost) {
            connection.lost = true;
            this.wait = retryAfter ? retryAfter * 1000 : FIRST_WAIT;
            this.schedule();
        }
    }

    find() {
        browser.clearTimeout(this.timer);
        connection.lost = false;
    }

    schedule() {
        browser.clearTimeout(this.timer);
        this.timer = browser.setTimeout(() => this.look(), this.wait);
        this.wait = Math.min(this.wait * 1.5, LONGEST_WAIT);
    }

    /** Ask the server now; its answer is taken as all others are. */
    async look() {
        if (!connection.lost) {
            return;
        }
        try {
            await rpc("/web/webclient/version_info", {}, { silent: true });
        } catch {
            if (connection.lost) {
                this.schedule();
            }
        }
    }
}
