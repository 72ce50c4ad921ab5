import { assertServed, makeErrorFromResponse, ConnectionLostError } from "@web/core/network/rpc";
import { browser } from "@web/core/browser/browser";

/** Save a blob under a name. */
export function downloadFile(data, filename, mimetype) {
    const blob = data instanceof Blob ? data : new Blob([data], { type: mimetype });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = filename;
    document.body.appendChild(link);
    link.click();
    link.remove();
    browser.setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

function fileName(response, fallback) {
    const disposition = response.headers.get("Content-Disposition") || "";
    const star = /filename\*=UTF-8''([^;]+)/i.exec(disposition);
    if (star) {
        return decodeURIComponent(star[1]);
    }
    const plain = /filename="?([^";]+)"?/i.exec(disposition);
    return plain ? plain[1] : fallback;
}

async function errorOf(response) {
    const text = await response.text();
    const document = new DOMParser().parseFromString(text, "text/html");
    const content = document.body.textContent.trim();
    try {
        return makeErrorFromResponse(JSON.parse(content));
    } catch {
        return makeErrorFromResponse({
            code: response.status,
            message: `HTTP ${response.status}`,
            data: { name: String(response.status), message: content.slice(0, 500), debug: text },
        });
    }
}

/**
 * POST a form and save the file that comes back.
 *
 * @param {{url?: string, data?: Object, form?: HTMLFormElement}} options
 * @throws {RPCError|ConnectionLostError}
 */
export async function download(options) {
    return download._download(options);
}

/** @param {{url?: string, data?: Object, form?: HTMLFormElement}} options */
download._download = async ({ url, data, form }) => {
    const body = form instanceof HTMLFormElement ? new FormData(form) : new FormData();
    for (const [key, value] of Object.entries(data || {})) {
        body.append(key, value);
    }
    if (globalThis.odoo?.csrf_token) {
        body.append("csrf_token", globalThis.odoo.csrf_token);
    }
    let response;
    try {
        response = await browser.fetch(form?.action || url, { method: "POST", body });
    } catch {
        throw new ConnectionLostError(url);
    }
    return save(response, url);
};

/** Save the file that an answer is. @returns {Promise<string>} its name */
async function save(response, url) {
    assertServed(response, url);
    const isHtml = (response.headers.get("Content-Type") || "").includes("text/html");
    if (!response.ok || (isHtml && !response.headers.get("Content-Disposition"))) {
        throw await errorOf(response);
    }
    const name = fileName(response, "download");
    downloadFile(await response.blob(), name);
    return name;
}

/**
 * Have a request bring a file that is saved when it is there.
 *
 * @param {XMLHttpRequest} xhr opened, not sent
 * @param {string} url
 * @returns {Promise<string>} name of the file
 * @throws {RPCError|ConnectionLostError}
 */
export function configureBlobDownloadXHR(xhr, url) {
    xhr.responseType = "blob";
    return new Promise((resolve, reject) => {
        xhr.addEventListener("load", () => {
            const headers = new Headers();
            for (const name of ["Content-Disposition", "Content-Type", "Retry-After"]) {
                const value = xhr.getResponseHeader(name);
                value && headers.set(name, value);
            }
            const answer = new Response(xhr.response, { status: xhr.status || 502, headers });
            save(answer, url).then(resolve, reject);
        });
        xhr.addEventListener("error", () => reject(new ConnectionLostError(url)));
    });
}
