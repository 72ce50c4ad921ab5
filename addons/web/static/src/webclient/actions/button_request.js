import { markup } from "@odoo/owl";
import { makeContext } from "@web/core/context";
import { rpc } from "@web/core/network/rpc";
import { evaluateExpr } from "@web/core/py_js/py";
import { user } from "@web/core/user";
import { CTX_KEY_REGEX, InvalidActionError } from "@web/webclient/actions/action_requests";

/**
 * Call the method behind a button.
 *
 * @param {{resModel: string, name: string, resId: number, resIds: number[], args: string}} params
 * @param {Object} context
 * @returns {Promise<Object>} what to do next: the action that the method returned, or one that closes and reads again
 */
export async function callButton(params, context) {
    const { resModel: model, name: method } = params;
    const args = [params.resId ? [params.resId] : params.resIds || []];
    if (params.args) {
        args.push(...evaluateExpr(params.args));
    }
    const kwargs = { context: makeContext([user.context, context]) };
    const result = await rpc(`/web/dataset/call_button/${model}/${method}`, { args, kwargs, method, model });
    const action = result && typeof result === "object" ? { ...result } : { type: "ir.actions.act_window_close" };
    if (action.help) {
        action.help = markup(action.help);
    }
    return action;
}

/** Keys of a context that name the records of a button. */
function activeKeys({ resId, resIds, resModel }) {
    const ids = resId ? [resId] : resIds || [];
    return { active_model: resModel, ...(ids.length && { active_id: ids[0], active_ids: ids }) };
}

function loadAction(manager, params, context) {
    const { name, resId } = params;
    const id = /^\d+$/.test(name) ? Number(name) : name;
    // the action is that of one record, or of none of several
    return manager.loader.load(id, { ...context, ...activeKeys(params), active_id: resId });
}

/**
 * Find out what a button does; what its method does is done then.
 *
 * @param {import("@web/webclient/actions/action_manager").ActionManager} manager
 * @param {Object} params of the button
 * @returns {Promise<Object>} action
 * @throws {InvalidActionError} it does not say what it does
 */
async function actionOf(manager, params) {
    const { buttonContext, context, special, type } = params;
    if (special) {
        return { type: "ir.actions.act_window_close", infos: { special: true, dismiss: special === "cancel" } };
    }
    const request = { object: callButton, action: (...args) => loadAction(manager, ...args) }[type];
    if (!request) {
        throw new InvalidActionError('A button needs a name and a type, or "special"');
    }
    return manager.keepLast.add(request(params, makeContext([context, buttonContext])));
}

/** Context of the action: what may follow from the view, what the button says, its records, what the action says. */
function contextFor(action, params) {
    const inherited = Object.entries(params.context || {}).filter(([key]) => !CTX_KEY_REGEX.test(key));
    const parts = [Object.fromEntries(inherited), params.buttonContext, activeKeys(params), action.context];
    return makeContext(parts, user.context);
}

/**
 * @param {import("@web/webclient/actions/action_manager").ActionManager} manager
 * @param {Object} params of the button
 * @returns {Promise<Object>} action that it leads to, in its context
 */
export async function requestButton(manager, params) {
    const { ui } = manager.env.services;
    const blocks = params["block-ui"] && params["block-ui"] !== "0";
    if (blocks) {
        ui.block();
    }
    try {
        const action = await actionOf(manager, params);
        action.context = contextFor(action, params);
        return action;
    } finally {
        if (blocks) {
            ui.unblock();
        }
    }
}
