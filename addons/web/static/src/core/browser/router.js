import { EventBus } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { isNumeric } from "@web/core/utils/strings";
import { shallowEqual } from "@web/core/utils/objects";
import { objectToUrlEncodedString } from "@web/core/utils/urls";

/** Emits "ROUTE_CHANGE" when the user goes back or forward. */
export const routerBus = new EventBus();
/** Keys of the state that are part of the path and not of the query. */
export const PATH_KEYS = ["resId", "action", "active_id", "model"];

/** Addresses whose places this page can show. */
const OWN_PATH = /^\/(odoo|scoped_app)(\/|$)|^\/web\/?$/;
const SCOPED = /^\/scoped_app(\/|$)/;

const HIDDEN = new Set([...PATH_KEYS, "actionStack", "globalState", "displayName"]);

function cast(value) {
    return value && isNumeric(value) ? Number(value) : value;
}

/** Query string to object; numbers become numbers. */
export function parseSearchQuery(search) {
    return Object.fromEntries([...new URLSearchParams(search)].map(([key, value]) => [key, cast(value)]));
}

/** What older addresses say behind their `#`; numbers become numbers. @param {string} hash @returns {Object} */
export function parseHash(hash) {
    return parseSearchQuery(hash.replace(/^#/, ""));
}

/** Values of a query as texts; nothing is an empty one. @param {Object} object @returns {Object<string, string>} */
export function objectToQuery(object) {
    return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, String(value ?? "")]));
}

function actionSegment({ action, model }) {
    if (action) {
        const isPath = typeof action === "string" && !action.includes(".") && !isNumeric(action);
        return isPath ? action : `action-${action}`;
    }
    if (model) {
        return model.includes(".") ? model : `m-${model}`;
    }
    return null;
}

function stackOf(state) {
    if (state.actionStack?.length) {
        return state.actionStack;
    }
    return state.action || state.model ? [state] : [];
}

function pathOf(state) {
    const segments = [];
    let previous = null;
    for (const item of stackOf(state)) {
        const segment = actionSegment(item);
        if (!segment) {
            continue;
        }
        if (!previous || previous.segment !== segment || previous.resId) {
            if (item.active_id && item.active_id !== previous?.resId) {
                segments.push(item.active_id);
            }
            segments.push(segment);
        }
        if (item.resId) {
            segments.push(item.resId);
        }
        previous = { segment, resId: item.resId };
    }
    return segments;
}

/** First part of the addresses of the page: applications that are installed by themselves have one of their own. */
function startOf(pathname) {
    return SCOPED.test(pathname) ? "scoped_app" : "odoo";
}

/** State -> URL (path and query). */
export function stateToUrl(state) {
    const path = [startOf(browser.location.pathname), ...pathOf(state)].join("/");
    const query = {};
    for (const [key, value] of Object.entries(state)) {
        if (
            !HIDDEN.has(key) &&
            !key.startsWith("__") &&
            value !== undefined &&
            value !== null &&
            typeof value !== "object"
        ) {
            query[key] = value;
        }
    }
    const search = objectToUrlEncodedString(query);
    return `/${path}${search ? `?${search}` : ""}`;
}

function parsePath(segments) {
    const stack = [];
    let activeId;
    for (const segment of segments) {
        if (isNumeric(segment) || segment === "new") {
            const id = segment === "new" ? "new" : Number(segment);
            const last = stack.at(-1);
            if (last?.model && last.resId === undefined) {
                // a record opened by its model has no list before it
                last.resId = id;
            } else if (last && last.resId === undefined) {
                stack.push({ ...last, resId: id });
            }
            activeId = id === "new" ? undefined : id;
            continue;
        }
        const item = {};
        if (segment.startsWith("action-")) {
            item.action = cast(segment.slice("action-".length));
        } else if (segment.startsWith("m-")) {
            item.model = segment.slice(2);
        } else if (segment.includes(".")) {
            item.model = segment;
        } else {
            item.action = segment;
        }
        if (activeId !== undefined) {
            item.active_id = activeId;
        }
        activeId = undefined;
        stack.push(item);
    }
    return stack;
}

/** Places that an older address names behind its `#`, and what else it says there; nothing where it names none. */
function parseOldPlace(hash) {
    const { action, active_id: activeId, id, model, view_type: viewType, ...others } = parseHash(hash);
    if (!action && !model) {
        return { stack: [], others: {} };
    }
    const place = { ...(action ? { action } : { model }), ...(activeId && { active_id: activeId }) };
    /** @type {Object[]} */
    const stack = action || !id ? [place] : [];
    if (id || viewType === "form") {
        stack.push({ ...place, resId: id || "new" });
    } else if (viewType) {
        others.view_type = viewType;
    }
    return { stack, others };
}

/** URL -> state. */
export function urlToState(urlObj) {
    const { hash = "", pathname, search } = urlObj;
    const [, ...segments] = pathname.split("/").filter(Boolean);
    const old = parseOldPlace(hash);
    const state = { ...parseSearchQuery(search), ...old.others };
    const stack = old.stack.length ? old.stack : parsePath(segments.map(decodeURIComponent));
    if (stack.length) {
        Object.assign(state, stack.at(-1));
        state.actionStack = stack;
    }
    return state;
}

let current = {};
let pending = null;
let timer = null;
const waiters = [];
const locked = new Set(["debug", "lang"]);

/** Part of the state that survives when another takes its place. */
function lockedState() {
    return Object.fromEntries([...locked].filter((key) => key in current).map((key) => [key, current[key]]));
}

function compute(state, replace) {
    const next = replace ? { ...lockedState(), ...state } : { ...current, ...state };
    for (const key of Object.keys(next)) {
        if (next[key] === undefined || next[key] === null || next[key] === false) {
            delete next[key];
        }
    }
    return next;
}

function commit() {
    timer = null;
    if (!pending) {
        return;
    }
    const { state, mode, reload } = pending;
    pending = null;
    current = state;
    const target = stateToUrl(state);
    const here = browser.location.pathname + browser.location.search;
    const data = { nextState: JSON.parse(JSON.stringify(state)) };
    if (mode === "push" && target !== here) {
        browser.history.pushState(data, "", target);
    } else {
        browser.history.replaceState(data, "", target);
    }
    waiters.splice(0).forEach((done) => done());
    if (reload) {
        browser.location.reload();
    }
}

function schedule(mode) {
    return (state, { replace = false, reload = false, sync = false } = {}) => {
        const next = compute(state, replace);
        const previousMode = pending?.mode;
        pending = { state: next, mode: previousMode === "push" ? "push" : mode, reload };
        current = next;
        if (sync || reload) {
            browser.clearTimeout(timer);
            commit();
        } else if (timer === null) {
            timer = browser.setTimeout(commit);
        }
    };
}

/** Read the place from the URL. */
export function startRouter() {
    const url = new URL(browser.location.href);
    const here = urlToState(url);
    const kept = browser.history.state?.nextState;
    current = here;
    if (kept && shallowEqual(here.actionStack || [], kept.actionStack || [], () => true)) {
        current = { ...kept, ...here, actionStack: kept.actionStack || here.actionStack };
    }
    if (here.actionStack && parseOldPlace(url.hash).stack.length) {
        browser.history.replaceState({ nextState: current }, "", stateToUrl(current));
    }
}

function forgetPending() {
    browser.clearTimeout(timer);
    timer = null;
    pending = null;
}

/** The user goes through the history of the browser. @param {PopStateEvent} ev */
function followHistory({ state }) {
    const isSilent = router.skipLoad || state?.skipRouteChange;
    forgetPending();
    router.skipLoad = false;
    current = state?.nextState || urlToState(new URL(browser.location.href));
    return isSilent || routerBus.trigger("ROUTE_CHANGE");
}

browser.addEventListener("popstate", followHistory);

/** @returns {URL|null} where a click leads to, if that is a place that this page can show in its stead */
function placeOfClick(ev) {
    const link = ev.target.closest?.("a[href]");
    const isPlain = ev.button === 0 && !(ev.ctrlKey || ev.metaKey || ev.shiftKey || ev.altKey);
    if (!link || !isPlain || ev.defaultPrevented || ev.target.isContentEditable) {
        return null;
    }
    const staysHere = ["", "_self"].includes(link.target) && !link.hasAttribute("download");
    if (!staysHere || link.getAttribute("href").startsWith("#")) {
        return null;
    }
    const url = new URL(link.href, browser.location.href);
    const isOwn = [url, browser.location].every(({ pathname }) => OWN_PATH.test(pathname));
    return isOwn && url.origin === browser.location.origin ? url : null;
}

browser.addEventListener("click", (ev) => {
    const url = placeOfClick(ev);
    if (url) {
        ev.preventDefault();
        forgetPending();
        current = { ...lockedState(), ...urlToState(url) };
        browser.history.pushState({ nextState: current }, "", stateToUrl(current));
        routerBus.trigger("ROUTE_CHANGE");
    }
});

/** The place the client is at. */
export const router = {
    get current() {
        return current;
    },
    stateToUrl,
    urlToState,
    pushState: schedule("push"),
    replaceState: schedule("replace"),
    cancelPushes: forgetPending,
    addLockedKey: (key) => locked.add(key),
    hideKeyFromUrl: (key) => HIDDEN.add(key),
    skipLoad: false,
};
