/*
 * Keeps what a page is made of and shows a page of its own while the server cannot be reached. What it keeps is the
 * same for everybody and never changes at its address: addresses have the hash of the content. Pages themselves, data
 * and whatever else belongs to a user always come from the server, so nothing is old after an upgrade, and nothing is
 * left after a logout.
 */
const OFFLINE = "web-offline-2";
const FILES = "web-files-1";
const OFFLINE_PAGE = "/odoo/offline";
const SHARED = "/odoo?share_target";
/** Files that are kept; those that were added first go first. */
const MOST_FILES = 150;
const worker = /** @type {any} */ (self);

/** Without cookies: the page that is kept is that of nobody. */
async function keepOfflinePage() {
    const cache = await caches.open(OFFLINE);
    const page = await fetch(OFFLINE_PAGE, { credentials: "omit", cache: "no-store" });
    if (!page.ok || page.redirected) {
        return;
    }
    await cache.put(OFFLINE_PAGE, page.clone());
    const styles = (await page.text()).matchAll(/<link[^>]+href="(\/[^"]+\.css[^"]*)"/g);
    await Promise.all([...styles].map(([, url]) => cache.add(url.replaceAll("&amp;", "&"))));
}

async function removeOthers() {
    const names = (await caches.keys()).filter((name) => name.startsWith("web-") && ![OFFLINE, FILES].includes(name));
    await Promise.all(names.map((name) => caches.delete(name)));
    await worker.registration.navigationPreload?.enable();
}

worker.addEventListener("install", (event) => {
    // without its page it is still of use
    event.waitUntil(keepOfflinePage().catch((error) => console.warn("The offline page could not be kept:", error)));
    worker.skipWaiting();
});

worker.addEventListener("activate", (event) => event.waitUntil(removeOthers()));

/** Whether what is at an address never changes: the address has the hash of it. */
function isFinal(request) {
    const { origin, pathname, searchParams } = new URL(request.url);
    return (
        request.method === "GET" &&
        origin === worker.location.origin &&
        !request.headers.has("Range") &&
        (/^\/web\/assets\/[^/]+\/[^/]+\.js$/.test(pathname) ||
            (searchParams.has("v") && /^\/(web\/bundle|web\/npm|\w+\/static)\//.test(pathname)))
    );
}

async function keep(request, response) {
    const cache = await caches.open(FILES);
    await cache.put(request, response);
    const kept = await cache.keys();
    await Promise.all(kept.slice(0, Math.max(0, kept.length - MOST_FILES)).map((one) => cache.delete(one)));
}

async function file(event) {
    const { request } = event;
    const kept = await caches.match(request, { cacheName: FILES });
    if (kept) {
        return kept;
    }
    const response = await fetch(request);
    // a server with other files than the page is made of says so
    if (response.ok && response.headers.get("Cache-Control")?.includes("immutable")) {
        const copy = response.clone();
        event.waitUntil(keep(request, copy).catch((error) => console.warn("A file could not be kept:", error)));
    }
    return response;
}

async function page(event) {
    try {
        return (await event.preloadResponse) || (await fetch(event.request));
    } catch (error) {
        const offline = await caches.match(OFFLINE_PAGE, { cacheName: OFFLINE });
        if (!offline) {
            throw error;
        }
        return offline;
    }
}

/** Files that another application has shared, until the page that is opened for them asks. @type {File[]} */
let shared = [];

/** Take files, and go on with the page; they are never kept. */
async function takeShared(request) {
    const form = await request.formData();
    shared = form.getAll("externalMedia").filter((value) => value instanceof File);
    return Response.redirect(`${SHARED}=trigger`, 303);
}

function isShared({ method, url }) {
    const { pathname, searchParams } = new URL(url);
    return method === "POST" && pathname === "/odoo" && searchParams.get("share_target") === "trigger";
}

worker.addEventListener("message", (event) => {
    if (event.data?.action === "odoo_share_target") {
        event.ports[0]?.postMessage({ files: shared });
        shared = [];
    }
});

worker.addEventListener("fetch", (event) => {
    if (isShared(event.request)) {
        event.respondWith(takeShared(event.request));
    } else if (event.request.mode === "navigate") {
        event.respondWith(page(event));
    } else if (isFinal(event.request)) {
        event.respondWith(file(event));
    }
});
