import { browser } from "@web/core/browser/browser";
import { ClientErrorDialog, NetworkErrorDialog, RPCErrorDialog } from "@web/core/errors/error_dialogs";
import { UncaughtClientError, UncaughtCorsError, UncaughtPromiseError } from "@web/core/errors/error_service";
import { originalError } from "@web/core/errors/error_utils";
import { _t } from "@web/core/l10n/translation";
import { ConnectionAbortedError, ConnectionLostError, RPCError, rpc } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";

const handlers = registry.category("error_handlers");

/** A cancelled request is nobody's problem. */
export function abortedHandler(env, error, original) {
    return originalError(original) instanceof ConnectionAbortedError;
}
handlers.add("abortedHandler", abortedHandler, { sequence: 90 });

/** Refusals of the server: a dialog each kind, or a notification. */
export function rpcErrorHandler(env, uncaught, original) {
    const error = originalError(original);
    if (!(error instanceof RPCError)) {
        return false;
    }
    const { exceptionName, data } = error;
    const notifications = registry.category("error_notifications");
    if (exceptionName && notifications.contains(exceptionName)) {
        const { title, message, type, sticky } = notifications.get(exceptionName);
        env.services.notification.add(message || data?.message || error.message, { title, type, sticky });
        return true;
    }
    const exceptionClass = data?.context?.exception_class || exceptionName;
    const component = registry.category("error_dialogs").get(exceptionClass, RPCErrorDialog);
    env.services.dialog.add(component, {
        traceback: uncaught.traceback,
        message: error.message,
        name: error.name,
        exceptionName: error.exceptionName,
        data: error.data,
        subType: error.subType,
        code: error.code,
        type: error.type,
    });
    return true;
}
handlers.add("rpcErrorHandler", rpcErrorHandler, { sequence: 97 });

let connectionLostClose = null;

/** Tell that the server is away, then wait until it is back. */
export function lostConnectionHandler(env, uncaught, original) {
    const error = originalError(original);
    if (!(error instanceof ConnectionLostError)) {
        return false;
    }
    if (connectionLostClose) {
        return true;
    }
    connectionLostClose = env.services.notification.add(_t("The server does not answer. Trying again..."), {
        sticky: true,
    });
    let wait = 2000;
    const check = async () => {
        try {
            await rpc("/web/webclient/version_info", {}, { silent: true });
            connectionLostClose();
            connectionLostClose = null;
            env.services.notification.add(_t("The server answers again."), { type: "info" });
        } catch {
            wait = Math.min(wait * 1.5, 30000);
            browser.setTimeout(check, wait);
        }
    };
    browser.setTimeout(check, wait);
    return true;
}
handlers.add("lostConnectionHandler", lostConnectionHandler, { sequence: 98 });

/** What nobody else took. */
export function defaultHandler(env, uncaught, original) {
    const Dialogs = {
        [UncaughtClientError.name]: ClientErrorDialog,
        [UncaughtPromiseError.name]: ClientErrorDialog,
        [UncaughtCorsError.name]: NetworkErrorDialog,
    };
    const component = registry
        .category("error_dialogs")
        .get(original?.name, Dialogs[uncaught.name] || ClientErrorDialog);
    const error = originalError(original);
    env.services.dialog.add(component, {
        traceback: uncaught.traceback,
        message: error?.message || String(error ?? uncaught.message),
        name: error?.name || uncaught.name,
    });
    return true;
}
handlers.add("defaultHandler", defaultHandler, { sequence: 100 });
