/* Shows a page of its own while the server cannot be reached; everything else goes to the network. */
const CACHE = "web-offline-1";
const OFFLINE_PAGE = "/odoo/offline";
const worker = /** @type {any} */ (self);

worker.addEventListener("install", (event) => {
    event.waitUntil(caches.open(CACHE).then((cache) => cache.add(OFFLINE_PAGE)));
    worker.skipWaiting();
});

worker.addEventListener("activate", (event) => {
    const removeOthers = caches
        .keys()
        .then((names) => Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name))));
    event.waitUntil(removeOthers);
});

worker.addEventListener("fetch", (event) => {
    if (event.request.mode === "navigate") {
        event.respondWith(fetch(event.request).catch(() => caches.match(OFFLINE_PAGE)));
    }
});
