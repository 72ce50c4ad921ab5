import { session } from "@web/session";
import { browser } from "@web/core/browser/browser";

/** Raised by `redirect` when asked to leave the origin. */
export class RedirectionError extends Error {}

/** Query string of an object; empty values keep only the key. */
export function objectToUrlEncodedString(object) {
    const parameter = (key) => [key, object[key] ?? ""].map(encodeURIComponent).join("=");
    return Object.keys(object).map(parameter).join("&");
}

/** Origin without trailing slash. */
export function getOrigin(origin) {
    return origin ? origin.replace(/\/+$/, "") : browser.location.origin;
}

/**
 * Absolute or origin-relative URL.
 *
 * @param {string} route
 * @param {Object} [queryParams]
 * @param {{origin?: string}} [options]
 */
export function url(route, queryParams, options = {}) {
    const origin = getOrigin(options.origin ?? session.origin);
    if (!route) {
        return origin;
    }
    const query = objectToUrlEncodedString(queryParams || {});
    const target = query ? `${route}?${query}` : route;
    return /^(https?:)?\/\//.test(target) ? target : origin + target;
}

/**
 * URL of a field image.
 *
 * @param {string} model
 * @param {number|false} id
 * @param {string} field
 * @param {{access_token?: string, filename?: string, height?: number, unique?: any, width?: number}} [options]
 */
export function imageUrl(model, id, field, { access_token, filename, height, unique, width } = {}) {
    let route = `/web/image/${model}/${id}/${field}`;
    if (width && height) {
        route += `/${width}x${height}`;
    }
    if (filename) {
        route += `/${encodeURIComponent(filename)}`;
    }
    const query = {};
    if (access_token) {
        query.access_token = access_token;
    }
    if (unique !== undefined && unique !== false) {
        query.unique = unique?.ts ?? unique;
    }
    return url(route, query);
}

/** File to `data:` URL. @returns {Promise<string>} */
export function getDataURLFromFile(file) {
    return new Promise((resolve, reject) => {
        const reader = new FileReader();
        reader.addEventListener("load", () => {
            const empty = reader.result === "data:" || file.size === 0;
            resolve(empty ? `data:${file.type};base64,` : String(reader.result));
        });
        reader.addEventListener("error", () => reject(reader.error));
        reader.readAsDataURL(file);
    });
}

/** Leave to a page of the same origin. @throws {RedirectionError} */
export function redirect(target) {
    const { location } = browser;
    const { href, origin } = new URL(target, location.href);
    if (origin === location.origin) {
        location.assign(href);
    } else {
        throw new RedirectionError(`Redirection to another origin is refused: ${target}`);
    }
}

/** Same URLs, whatever the order of their query. */
export function compareUrls(first, second) {
    const a = new URL(first, browser.location.href);
    const b = new URL(second, browser.location.href);
    a.searchParams.sort();
    b.searchParams.sort();
    return a.href === b.href;
}
