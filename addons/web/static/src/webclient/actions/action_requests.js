import { markup } from "@odoo/owl";
import { makeContext } from "@web/core/context";
import { rpc, rpcBus } from "@web/core/network/rpc";
import { UPDATE_METHODS } from "@web/core/orm_methods";
import { evaluateExpr } from "@web/core/py_js/py";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { omit } from "@web/core/utils/objects";

/** Keys of a context that do not follow the user to the next action. */
export const CTX_KEY_REGEX =
    /^(?:(?:default_|search_default_|show_).+|.+_view_ref|group_by|active_id|active_ids|orderedBy)$/;

const NOT_URL_KEYS = ["help", "display_name"];

/** Raised when an action's type or tag is unknown, or the action itself. */
export class InvalidActionError extends Error {}

function parseActiveIds(ids) {
    return typeof ids === "string" ? ids.split(",").map(Number) : typeof ids === "number" ? [ids] : [];
}

/** Fetches actions by id, external id, path or tag; remembers what the server said. */
export class ActionLoader {
    /** Answers, or requests for them, by id and context. @type {Map<string, Promise<Object>>} */
    answers = new Map();

    clear() {
        this.answers.clear();
    }

    /** Forget what the server said when somebody asks for it, or changes actions. @param {EventTarget} bus */
    clearWithCaches(bus) {
        bus.addEventListener("CLEAR-CACHES", () => this.clear());
        rpcBus.addEventListener("RPC:RESPONSE", (/** @type {CustomEvent} */ { detail }) => {
            const { model, method } = detail.data.params;
            if (model === "ir.actions.act_window" && UPDATE_METHODS.includes(method)) {
                this.clear();
            }
        });
    }

    /**
     * @param {number|string|Object|false} actionRequest false closes the dialog that is open
     * @param {Object} [context]
     * @returns {Promise<Object>} description of the action
     * @throws {InvalidActionError} there is none
     */
    async load(actionRequest, context = {}) {
        if (actionRequest === false) {
            return { type: "ir.actions.act_window_close" };
        }
        if (!["number", "string"].includes(typeof actionRequest)) {
            return actionRequest;
        }
        if (registry.category("actions").contains(actionRequest)) {
            return { type: "ir.actions.client", tag: actionRequest, target: "current" };
        }
        const action = await this.fetch(actionRequest, omit(makeContext([user.context, context]), "params"));
        if (!action) {
            throw new InvalidActionError(`The action "${actionRequest}" does not exist`);
        }
        return { ...action };
    }

    /** @returns {Promise<Object>} answer of the server; one that is an error is not remembered */
    fetch(id, context) {
        const key = JSON.stringify([id, context]);
        if (!this.answers.has(key)) {
            const answer = rpc("/web/action/load", { action_id: id, context });
            this.answers.set(key, answer);
            answer.catch(() => this.answers.delete(key));
        }
        return this.answers.get(key);
    }
}

/** @returns {Array<[number|false, string]>} views that are shown, and that of the search where they are searched */
function composeViews(action) {
    let views = action.views || [];
    if (!views.length && action.view_mode) {
        views = action.view_mode.split(",").map((mode) => [false, mode.trim()]);
    }
    views = views.map(([id, type]) => [id, type === "tree" ? "list" : type]);
    views = views.filter(([, type]) => type !== "search");
    const isWizard = action.target === "new" && views[0]?.[1] === "form";
    const isSearched = views.length && action.target !== "inline" && !isWizard;
    return isSearched ? [...views, [action.search_view_id?.[0] || false, "search"]] : views;
}

/** Evaluate the texts of an action and complete it. */
export function preprocessAction(source, additionalContext = {}) {
    const action = { ...source };
    try {
        action._originalAction = JSON.stringify(omit(source, ...NOT_URL_KEYS));
    } catch {
        // an action with functions cannot be kept for a reload
        action._originalAction = null;
    }
    const subContext = makeContext([user.context, additionalContext]);
    action.context = makeContext([additionalContext, action.context], subContext);
    const domain = action.domain || [];
    action.domain = typeof domain === "string" ? evaluateExpr(domain, { ...user.context, ...action.context }) : domain;
    if (action.help) {
        const text = new DOMParser().parseFromString(action.help, "text/html").body.textContent.trim();
        action.help = text ? markup(action.help.toString()) : "";
    }
    action.target ||= "current";
    if (["ir.actions.act_window"].includes(action.type)) {
        action.views = composeViews(action);
        action.search_view_id = source.search_view_id || false;
    }
    return action;
}

/** Active ids of a context, whatever the form they have. */
export function activeIdsOf(context) {
    return Array.isArray(context.active_ids)
        ? context.active_ids
        : parseActiveIds(context.active_ids || context.active_id);
}
