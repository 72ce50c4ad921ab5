import { ClientErrorDialog, NetworkErrorDialog, RPCErrorDialog } from "@web/core/errors/error_dialogs";
import { UncaughtClientError, UncaughtCorsError, UncaughtPromiseError } from "@web/core/errors/error_service";
import { originalError } from "@web/core/errors/error_utils";
import { ConnectionAbortedError, ConnectionLostError, HTTPError, RPCError } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";

const handlers = registry.category("error_handlers");

/** Messages that are shown now: several requests that fail alike are told of once. */
const told = new Set();

/** Show a dialog about an error, unless one says the same. @param {Object} props of error dialogs */
function tell(env, component, props) {
    const { data, exceptionName, message } = props;
    const key = JSON.stringify([component.name, exceptionName, message, data?.message, data?.debug]);
    if (!told.has(key)) {
        told.add(key);
        env.services.dialog.add(component, props, { onClose: () => told.delete(key) });
    }
}

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
        const { message, ...options } = notifications.get(exceptionName);
        env.services.notification.add(message || data?.message || error.message, options);
        return true;
    }
    const exceptionClass = data?.context?.exception_class || exceptionName;
    const component = registry.category("error_dialogs").get(exceptionClass, RPCErrorDialog);
    tell(env, component, {
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

/** What came instead of an answer: which address, and what it was. */
export function noDataHandler(env, uncaught, original) {
    const error = originalError(original);
    if (!(error instanceof HTTPError)) {
        return false;
    }
    const { message } = error;
    const byStatus = registry.category("error_dialogs").get(String(error.status), null);
    tell(env, byStatus || NetworkErrorDialog, { message, traceback: uncaught.traceback });
    return true;
}
handlers.add("noDataHandler", noDataHandler, { sequence: 97 });

/** That the server is away is said, and waited for, by the banner of the client. */
export function lostConnectionHandler(env, uncaught, original) {
    return originalError(original) instanceof ConnectionLostError;
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
    tell(env, component, {
        traceback: uncaught.traceback,
        message: error?.message || String(error ?? uncaught.message),
        name: error?.name || uncaught.name,
    });
    return true;
}
handlers.add("defaultHandler", defaultHandler, { sequence: 100 });
