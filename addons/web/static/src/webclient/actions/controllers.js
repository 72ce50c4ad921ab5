import { CallbackRecorder } from "@web/views/view_hook";

const RECORDERS = ["__beforeLeave__", "__getGlobalState__", "__getLocalState__", "__getContext__", "__getOrderBy__"];

let lastNumber = 0;

/** Identifier that nothing else of the page has, e.g. "action_4". @param {string} kind */
export function newId(kind) {
    return `${kind}_${++lastNumber}`;
}

/** What all callbacks of a recorder say, in one object. */
function gather(recorder) {
    return Object.assign({}, ...recorder.callbacks.map((callback) => callback()));
}

/**
 * Something to show for an action, or something that was shown and can be gone back to.
 *
 * `currentState` is what the component said about itself for the address, `exportedState` and `globalState` what it said
 * when it was left.
 */
export class Controller {
    /**
     * @param {Object} action
     * @param {{Component?: any, displayName?: string, view?: Object, views?: Array, urlEntry?: Object,
     *   virtualEntry?: Object}} [description]
     */
    constructor(action, description = {}) {
        this.jsId = newId("controller");
        this.action = action;
        this.displayName = description.displayName || "";
        this.currentState = {};
        this.exportedState = undefined;
        this.globalState = undefined;
        this.isMounted = false;
        this.inDialog = false;
        /** @type {Object<string, any>} */
        this.props = {};
        this.Component = description.Component;
        this.view = description.view || null;
        /** @type {Array<[number|false, string]>} */
        this.views = description.views;
        /** Part of the address; of a place that nobody went to yet, all that is known of it. @type {Object|undefined} */
        this.urlEntry = description.urlEntry;
        this.virtualEntry = description.virtualEntry;
        /** What the page was told when it was shown. @type {Object|undefined} */
        this.updateInfo = undefined;
    }

    get isHome() {
        return this.action.tag === "home";
    }

    /** Name in the title of the page. @returns {string|null} */
    get title() {
        const { display_name: displayName, name } = this.action;
        return String(this.displayName || displayName || name || "") || null;
    }

    hasView(type) {
        return Boolean(this.action.views?.some(([, own]) => own === type));
    }

    /** @returns {Controller} another one that shows the same */
    again() {
        throw new Error("There is nothing to show again");
    }

    /** Get ready to be shown. @param {Object} config what the component finds as `env.config` */
    prepare(config) {
        this.config = config;
        this.recorders = Object.fromEntries(RECORDERS.map((name) => [name, new CallbackRecorder()]));
    }

    /** What the component finds in its environment. */
    get subEnv() {
        return { config: this.config, ...this.recorders };
    }

    /** @returns {Promise<boolean>} whether the component agrees to be left */
    async mayLeave(options) {
        const callbacks = this.recorders?.__beforeLeave__.callbacks || [];
        const answers = await Promise.all(callbacks.map((callback) => callback(options)));
        return !answers.includes(false);
    }

    /** Ask the component for what it wants to find when it is shown again. */
    collectState() {
        if (this.isMounted) {
            this.globalState = gather(this.recorders.__getGlobalState__);
            this.exportedState = gather(this.recorders.__getLocalState__);
        }
    }

    /** Go on as another controller did. */
    resume({ currentState, displayName, exportedState, globalState }) {
        return Object.assign(this, { currentState: { ...currentState }, displayName, exportedState, globalState });
    }
}

/** A component that is registered as an action. */
export class ClientController extends Controller {
    /** @param {{onStateChange: (controller: ClientController) => void}} [host] told what it says about itself */
    constructor(action, Component, props, host) {
        const displayName = action.display_name || action.name || Component.displayName?.toString() || "";
        super(action, { Component, displayName });
        this.host = host;
        this.props = {
            ...props,
            action,
            actionId: action.id,
            updateActionState: (patch) => {
                Object.assign(this.currentState, patch);
                host?.onStateChange(this);
            },
        };
    }

    /** @returns {ClientController} another one that shows the same */
    again() {
        return new ClientController(this.action, this.Component, this.props, this.host);
    }
}

/** A place that an address names and that nobody went to yet. */
export class VirtualController extends Controller {
    /** @param {Object} entry part of the router's state @param {string} displayName */
    constructor(entry, displayName) {
        const action = {
            jsId: newId("action"),
            type: "ir.actions.act_window",
            id: entry.action,
            res_model: entry.model,
            context: {},
        };
        super(action, { displayName, virtualEntry: entry, urlEntry: entry });
    }
}
