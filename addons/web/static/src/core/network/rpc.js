import { EventBus } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";

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
    /** Model whose method was called, if one was. @type {string|null} */
    model = null;
}

/** The server could not be reached, or cannot serve anybody now. */
export class ConnectionLostError extends Error {
    /** Seconds after which it wants to be asked again, if it said so. */
    retryAfter = null;
    constructor(url, ...args) {
        super(`No answer came from "${url}"`, ...args);
        this.url = url;
    }
}

/** The caller gave up. */
export class ConnectionAbortedError extends Error {}

/** What came is no answer to a call: the page of a proxy, or nothing. */
export class HTTPError extends ConnectionLostError {
    constructor(url, status, ...args) {
        super(url, ...args);
        this.status = status;
        this.message = _t(
            'The server answered "%(url)s" with HTTP %(status)s and without data. Nothing of the page is lost: try again.',
            { url, status }
        ).toString();
    }
}

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
                if (error instanceof RPCError) {
                    error.model = params.model || null;
                }
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

/**
 * Fail when an answer says that nobody can be served now: by a proxy without server, or a server without database.
 *
 * @param {Response} response
 * @param {string} url
 * @throws {ConnectionLostError}
 */
export function assertServed(response, url) {
    const retryAfter = parseInt(response.headers.get("Retry-After")) || null;
    if (response.status === 502 || (response.status === 503 && retryAfter)) {
        throw Object.assign(new ConnectionLostError(url), { retryAfter });
    }
}

/**
 * @param {Response} response
 * @param {string} url
 * @returns {Promise<any>} its data
 * @throws {HTTPError} it has none
 * @throws {ConnectionLostError} it ends before its end, or says that nobody can be served
 */
export async function readData(response, url) {
    let data;
    try {
        data = await response.json();
    } catch (error) {
        const isAway = response.status === 503 || !(error instanceof SyntaxError);
        throw isAway ? new ConnectionLostError(url) : new HTTPError(url, response.status);
    }
    if (typeof data !== "object" || !data) {
        throw new HTTPError(url, response.status);
    }
    return data;
}

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
    assertServed(response, url);
    const answer = await readData(response, url);
    if (answer.error) {
        throw makeErrorFromResponse(answer.error);
    }
    return answer.result;
}
