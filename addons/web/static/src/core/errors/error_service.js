import { browser } from "@web/core/browser/browser";
import { fullTraceback, originalError } from "@web/core/errors/error_utils";
import { registry } from "@web/core/registry";

/** An error of the client, as dialogs get it. */
export class UncaughtError extends Error {
    constructor(message) {
        super(message);
        this.name = new.target.name;
        this.traceback = null;
        /** @type {ErrorEvent|PromiseRejectionEvent|null} */
        this.event = null;
    }
}

/** Error raised by synchronous code. */
export class UncaughtClientError extends UncaughtError {
    constructor(message = "Uncaught Javascript Error") {
        super(message);
    }
}

/** Promise rejected without anyone caring. */
export class UncaughtPromiseError extends UncaughtError {
    constructor(message = "Uncaught Promise") {
        super(message);
        this.unhandledRejectionEvent = null;
    }
}

/** Error in code of another origin; nothing can be known of it. */
export class UncaughtCorsError extends UncaughtError {
    constructor(message = "Uncaught CORS Error") {
        super(message);
    }
}

/** Offers every uncaught error to the "error_handlers" registry. */
export const errorService = {
    start(env) {
        const handle = (uncaught, original) => {
            for (const [name, handler] of registry.category("error_handlers").getEntries()) {
                try {
                    if (handler(env, uncaught, original)) {
                        return true;
                    }
                } catch (error) {
                    browser.console.error(`The error handler "${name}" crashed`, error, original);
                    return false;
                }
            }
            return false;
        };
        browser.addEventListener("error", (ev) => {
            const { error, message, filename, lineno } = ev;
            if (/ResizeObserver loop/.test(message)) {
                ev.preventDefault();
                return;
            }
            const uncaught = !error && !filename && !lineno ? new UncaughtCorsError() : new UncaughtClientError();
            uncaught.event = ev;
            uncaught.traceback = error ? fullTraceback(error) : `${message} (${filename}:${lineno})`;
            if (handle(uncaught, error)) {
                browser.console.error(error || message);
                ev.preventDefault();
            }
        });
        browser.addEventListener("unhandledrejection", (ev) => {
            const error = ev.reason;
            const uncaught = new UncaughtPromiseError();
            uncaught.unhandledRejectionEvent = ev;
            uncaught.event = ev;
            uncaught.traceback = error instanceof Error ? fullTraceback(error) : String(error);
            if (handle(uncaught, error)) {
                // a refusal of the server is no fault of a program, also when a component met it
                if (error instanceof Error && originalError(error).name !== "RPC_ERROR") {
                    browser.console.error(error);
                }
                ev.preventDefault();
            }
        });
    },
};

registry.category("services").add("error", errorService, { sequence: 1 });

/** Error in a script of another origin, such as an extension of the browser: nothing can be known of it. */
export { UncaughtCorsError as ThirdPartyScriptError };
