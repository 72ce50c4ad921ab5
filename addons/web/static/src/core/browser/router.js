import { EventBus } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { isNumeric } from "@web/core/utils/strings";
import { shallowEqual } from "@web/core/utils/objects";
import { objectToUrlEncodedString } from "@web/core/utils/urls";

/** Emits "ROUTE_CHANGE" when the user goes back or forward. */
export const routerBus = new EventBus();
/** Keys of the state that are part of the path and not of the query. */
export const PATH_KEYS = ["resId", "action", "active_id", "model"];

const HIDDEN = new Set([...PATH_KEYS, "actionStack", "globalState", "displayName"]);

function cast(value) {
    return value && isNumeric(value) ? Number(value) : value;
}

/** Query string to object; numbers become numbers. */
export function parseSearchQuery(search) {
    return Object.fromEntries([...new URLSearchParams(search)].map(([key, value]) => [key, cast(value)]));
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

/** State -> URL (path and query). */
export function stateToUrl(state) {
    const start = state.__start || "odoo";
    const path = [start, ...pathOf(state)].join("/");
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

/** URL -> state. */
export function urlToState(urlObj) {
    const { pathname, search } = urlObj;
    const [, ...segments] = pathname.split("/").filter(Boolean);
    const state = parseSearchQuery(search);
    const stack = parsePath(segments.map(decodeURIComponent));
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
const locked = new Set(["debug"]);

function compute(state, replace) {
    const base = {};
    for (const key of locked) {
        if (key in current) {
            base[key] = current[key];
        }
    }
    const next = replace ? { ...base, ...state } : { ...current, ...state };
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

/** Read the place from the URL and follow the browser's history. */
export function startRouter() {
    const url = new URL(browser.location.href);
    current = urlToState(url);
    if (
        browser.history.state?.nextState &&
        shallowEqual(urlToState(url).actionStack || [], browser.history.state.nextState.actionStack || [], () => true)
    ) {
        current = {
            ...browser.history.state.nextState,
            ...current,
            actionStack: browser.history.state.nextState.actionStack || current.actionStack,
        };
    }
}

browser.addEventListener("popstate", (ev) => {
    browser.clearTimeout(timer);
    timer = null;
    pending = null;
    current = ev.state?.nextState || urlToState(new URL(browser.location.href));
    if (!ev.state?.skipRouteChange) {
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
    cancelPushes() {
        browser.clearTimeout(timer);
        timer = null;
        pending = null;
    },
    addLockedKey: (key) => locked.add(key),
    hideKeyFromUrl: (key) => HIDDEN.add(key),
    skipLoad: false,
};
