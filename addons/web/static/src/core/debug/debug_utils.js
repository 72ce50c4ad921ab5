/**
 * Show a record of the framework, such as a view or an action, to be changed.
 *
 * @param {Object} env
 * @param {string} title
 * @param {string} model
 * @param {number} id
 * @returns {Promise<any>}
 */
export function editModelDebug(env, title, model, id) {
    const form = { res_model: model, res_id: id, views: [[false, "form"]], view_mode: "form" };
    return env.services.action.doAction({ type: "ir.actions.act_window", name: title, target: "current", ...form });
}
