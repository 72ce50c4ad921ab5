/** A storage that is gone with the page, for browsers that keep none. @returns {any} */
export function makeRAMLocalStorage() {
    const items = new Map();
    return {
        get length() {
            return items.size;
        },
        key: (index) => [...items.keys()][index] ?? null,
        getItem: (key) => items.get(String(key)) ?? null,
        setItem: (key, value) => void items.set(String(key), String(value)),
        removeItem: (key) => void items.delete(String(key)),
        clear: () => items.clear(),
    };
}

/** @param {"localStorage"|"sessionStorage"} name @returns {Storage} */
function storage(name) {
    try {
        const store = window[name];
        store.getItem("probe");
        return store;
    } catch {
        return makeRAMLocalStorage();
    }
}

/** @param {string} name @returns {any} */
const bound = (name) => window[name]?.bind(window);

/** The browser's own functions in one object, so that tests can replace them. */
export const browser = {
    addEventListener: bound("addEventListener"),
    removeEventListener: bound("removeEventListener"),
    dispatchEvent: bound("dispatchEvent"),
    AnalyserNode: window.AnalyserNode,
    Audio: window.Audio,
    BroadcastChannel: window.BroadcastChannel,
    Date: window.Date,
    DOMParser: window.DOMParser,
    Notification: window.Notification,
    SharedWorker: window.SharedWorker,
    Worker: window.Worker,
    XMLHttpRequest: window.XMLHttpRequest,
    cancelAnimationFrame: bound("cancelAnimationFrame"),
    clearInterval: bound("clearInterval"),
    clearTimeout: bound("clearTimeout"),
    console: window.console,
    fetch: bound("fetch"),
    history: window.history,
    indexedDB: window.indexedDB,
    get innerHeight() {
        return window.innerHeight;
    },
    get innerWidth() {
        return window.innerWidth;
    },
    isSecureContext: window.isSecureContext,
    localStorage: storage("localStorage"),
    location: window.location,
    matchMedia: bound("matchMedia"),
    navigator: window.navigator,
    open: bound("open"),
    ontouchstart: window.ontouchstart,
    parent: window.parent,
    performance: window.performance,
    print: window.print,
    queueMicrotask: bound("queueMicrotask"),
    requestAnimationFrame: bound("requestAnimationFrame"),
    scrollTo: bound("scrollTo"),
    sessionStorage: storage("sessionStorage"),
    setInterval: bound("setInterval"),
    setTimeout: bound("setTimeout"),
    EventSource: window.EventSource,
    URL: window.URL,
};
