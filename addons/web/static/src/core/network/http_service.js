import { browser } from "@web/core/browser/browser";
import { assertServed, HTTPError } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";

async function read(response, url, method) {
    assertServed(response, url);
    try {
        return method ? await response[method]() : response;
    } catch (error) {
        throw error instanceof SyntaxError ? new HTTPError(url, response.status) : error;
    }
}

/** GET. @param {string|null} [readMethod] "json", "text", "blob"... or null for the Response */
export async function get(route, readMethod = "json") {
    return read(await browser.fetch(route, { method: "GET" }), route, readMethod);
}

/** POST of form data; lists become repeated fields. */
export async function post(route, params = {}, readMethod = "json") {
    let formData = params;
    if (!(formData instanceof FormData)) {
        formData = new FormData();
        for (const [key, value] of Object.entries(params)) {
            const values = Array.isArray(value) && value.length ? value : [value];
            values.forEach((item) => formData.append(key, item));
        }
    }
    return read(await browser.fetch(route, { method: "POST", body: formData }), route, readMethod);
}

export const httpService = {
    start() {
        return { get, post };
    },
};

registry.category("services").add("http", httpService);
