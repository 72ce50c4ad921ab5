import { browser } from "@web/core/browser/browser";
import { router } from "@web/core/browser/router";

const STORAGE_KEY = "current_action";

/** Whether a record of the action is reached from a list or the like. */
function hasOtherViews(action) {
    return (action.views || []).some(([, type]) => !["form", "search"].includes(type));
}

/** What names an action in every database where it is, else its id; the names of exports are of one database only. */
export function nameOf({ id, path, xml_id: xmlId }) {
    return path || (xmlId?.startsWith("__") ? id : xmlId || id);
}

/** Part of the URL that stands for one controller. */
export function entryOf(controller) {
    const { action, props } = controller;
    const entry = {};
    if (action.path || (action.id && action.type !== undefined)) {
        entry.action = nameOf(action);
    } else if (action.type === "ir.actions.client") {
        entry.action = action.tag;
    } else if (action.res_model) {
        entry.model = action.res_model;
    }
    const activeId = action.context?.active_id;
    if (activeId && action.type === "ir.actions.act_window") {
        entry.active_id = activeId;
    }
    if (action.type === "ir.actions.act_window" && controller.view?.type === "form") {
        const resId = controller.currentState?.resId || props?.resId || "new";
        if (!action.id || hasOtherViews(action) || ![action.res_id || "new", "new"].includes(resId)) {
            entry.resId = resId;
        }
    } else if (action.type === "ir.actions.client" && controller.currentState?.resId) {
        entry.resId = controller.currentState.resId;
    } else if (controller.virtualEntry) {
        Object.assign(entry, controller.virtualEntry);
    }
    return entry;
}

/** State of the router for a stack of controllers. */
export function stateOf(stack) {
    const actionStack = stack.map((controller) => ({
        ...entryOf(controller),
        displayName: String(controller.displayName || ""),
    }));
    const last = stack.at(-1);
    const { path, id, xml_id } = last.action;
    for (const entry of actionStack) {
        // an address may have named the action in another way
        if (entry.action && [path, id, xml_id].includes(entry.action)) {
            entry.action = actionStack.at(-1).action;
        }
    }
    const said = last.action.type === "ir.actions.client" ? last.currentState : {};
    const state = { ...said, actionStack, ...actionStack.at(-1) };
    delete state.displayName;
    if (last.view && last.view.type !== "form" && last.view.type !== last.action.views?.[0]?.[1]) {
        state.view_type = last.view.type;
    }
    return state;
}

/** Write the place in the URL. @param {Object[]} stack @param {{replace?: boolean}} [options] */
export function pushStack(stack, { replace } = {}) {
    const last = stack.at(-1);
    if (!last || last.action.tag === "home") {
        router[replace ? "replaceState" : "pushState"]({}, { replace: true, sync: true });
        return;
    }
    const state = stateOf(stack);
    if (replace) {
        router.replaceState(state, { replace: true, sync: true });
    } else {
        router.pushState(state, { replace: true, sync: true });
    }
    remember(last.action);
}

function remember(action) {
    if (action._originalAction) {
        browser.sessionStorage.setItem(STORAGE_KEY, action._originalAction);
    }
}

/** The last action of this tab, when it is the one that the URL names. */
export function rememberedAction(entry) {
    let action;
    try {
        action = JSON.parse(browser.sessionStorage.getItem(STORAGE_KEY) || "null");
    } catch {
        return null;
    }
    if (!action) {
        return null;
    }
    const same = entry.action
        ? [action.path, action.xml_id, action.id].includes(entry.action)
        : entry.model && !action.id && action.res_model === entry.model;
    return same ? action : null;
}
