/** A part of the editor: what it can do, under which names, and what others may add to it. */
export class Plugin {
    /** Name of the plugin; every one needs its own. */
    static id = "";
    /** Ids of the plugins whose shared methods it calls. */
    static dependencies = [];
    /** Names of the methods that other plugins may call. */
    static shared = [];

    /** What the plugin adds to named lists that other plugins read. @type {Object} */
    resources = {};
    /** What is done when the editor goes. @type {(() => void)[]} */
    cleanups = [];
    /** Lists of all plugins. @type {Record<string, any[]>} */
    allResources = {};
    isDestroyed = false;

    /**
     * @param {Document} document
     * @param {HTMLElement} editable
     * @param {Record<string, Record<string, Function>>} dependencies shared methods, by plugin
     * @param {Object} config of the editor
     * @param {Object} services of the environment
     */
    constructor(document, editable, dependencies, config, services) {
        /** @type {Record<string, any>} */
        this.config = config;
        /** @type {Record<string, any>} */
        this.services = services;
        this.dependencies = dependencies;
        this.editable = editable;
        this.document = document;
    }

    /** Called once all plugins are there. */
    setup() {}

    /** Called when the editor goes. */
    destroy() {
        this.cleanups.splice(0).forEach((cleanup) => cleanup());
        this.isDestroyed = true;
    }

    /**
     * Listen until the editor goes. Events of protected content do not reach the plugin.
     *
     * @param {EventTarget} target
     * @param {string} event
     * @param {(ev: any) => void} fn
     * @param {boolean} [capture]
     */
    addDomListener(target, event, fn, capture = false) {
        const listener = (ev) => {
            if (!isOfProtected(ev.target)) {
                fn.call(this, ev);
            }
        };
        target.addEventListener(event, listener, capture);
        this.cleanups.push(() => target.removeEventListener(event, listener, capture));
    }

    /** @param {string} id @returns {any[]} what all plugins and the configuration add to a list */
    getResource(id) {
        return this.allResources[id] || [];
    }

    /** Call all functions of a list. @param {string} id */
    dispatchTo(id, ...args) {
        this.getResource(id).forEach((handler) => handler(...args));
    }

    /** Call the functions of a list until one has done it. @param {string} id @returns {boolean} whether one has */
    delegateTo(id, ...args) {
        return this.getResource(id).some((override) => override(...args));
    }
}

/** Whether a node is in content that takes care of itself. */
function isOfProtected(node) {
    const el = node instanceof Element ? node : node?.parentElement;
    return el?.closest("[data-oe-protected]")?.getAttribute("data-oe-protected") === "true";
}
