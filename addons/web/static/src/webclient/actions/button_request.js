import { markup } from "@odoo/owl";
import { makeContext } from "@web/core/context";
import { rpc } from "@web/core/network/rpc";
import { evaluateExpr } from "@web/core/py_js/py";
import { user } from "@web/core/user";

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
