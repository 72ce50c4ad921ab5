import { EventBus } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";

/** Emits "RPC:REQUEST" and "RPC:RESPONSE". */
export const rpcBus = new EventBus();

/** An error that the server answered. */
export class RPCError extends Error {
    name = "RPC_ERROR";
    type = "server";
    /** What the server said: number, kind and details of the error, name of the exception's class. */
    code = null;
    subType = null;
    data = null;
    exceptionName = null;
}

/** The server could not be reached. */
export class ConnectionLostError extends Error {
    constructor(url, ...args) {
        super(`No answer came from "${url}"`, ...args);
        this.url = url;
    }
}

/** The caller gave up. */
export class ConnectionAbortedError extends Error {}

/** The server had an answer that is not JSON. */
export class HTTPError extends Error {}

/** Turn the error part of an answer into an `RPCError`. */
export function makeErrorFromResponse(response) {
    const { code, data, message, type: subType } = response;
    return Object.assign(new RPCError(message), { code, subType, data, exceptionName: data?.name });
}

let rpcId = 0;

/**
 * JSON-RPC call.
 *
 * @param {string} url
 * @param {Object} params
 * @param {{silent?: boolean, headers?: Object}} [settings] silent: no loading indicator
 * @returns {Promise<any> & {abort: (rejectError?: boolean) => void}}
 * @throws {RPCError|ConnectionLostError|ConnectionAbortedError}
 */
export function rpc(url, params = {}, settings = {}) {
    return /** @type {any} */ (rpc._rpc(url, params, settings));
}

rpc._rpc = function (url, params, settings) {
    const id = rpcId++;
    const data = { id, jsonrpc: "2.0", method: "call", params };
    const controller = new AbortController();
    let rejectPromise;
    let finished = false;
    const finish = (detail) => {
        finished = true;
        rpcBus.trigger("RPC:RESPONSE", { data, settings, url, ...detail });
    };
    /** @type {Promise<any> & {abort?: Function}} */
    const promise = new Promise((resolve, reject) => {
        rejectPromise = reject;
        rpcBus.trigger("RPC:REQUEST", { data, url, settings });
        send(url, data, settings, controller.signal).then(
            (result) => {
                finish({ result });
                resolve(result);
            },
            (error) => {
                if (!finished) {
                    finish({ error });
                    reject(error);
                }
            }
        );
    });
    promise.abort = (rejectError = true) => {
        if (finished) {
            return;
        }
        const error = new ConnectionAbortedError(`Request to ${url} was aborted`);
        finish({ error });
        controller.abort();
        if (rejectError) {
            rejectPromise(error);
        }
    };
    return promise;
};

async function send(url, data, settings, signal) {
    let response;
    try {
        response = await browser.fetch(url, {
            method: "POST",
            headers: { "Content-Type": "application/json", ...settings.headers },
            body: JSON.stringify(data),
            credentials: "same-origin",
            signal,
        });
    } catch {
        throw new ConnectionLostError(url);
    }
    if (response.status === 502) {
        throw new ConnectionLostError(url);
    }
    let answer;
    try {
        answer = await response.json();
    } catch {
        throw new ConnectionLostError(url);
    }
    if (answer.error) {
        throw makeErrorFromResponse(answer.error);
    }
    return answer.result;
}
