"""What a module brought into the database, as lists of names."""


def view_lists(env, module_names):
    """Return ``{module: {'menus': [...], 'reports': [...], 'views': [...]}}``.

    :param module_names: names of installed modules
    """
    found = {name: {"menus": [], "reports": [], "views": []} for name in module_names}
    if not found:
        return found
    kinds = {"ir.ui.menu": "menus", "ir.actions.report": "reports", "ir.ui.view": "views"}
    env["ir.model.data"].flush_model()
    env.cr.execute(
        "SELECT module, model, res_id FROM ir_model_data WHERE module = ANY(%s) AND model = ANY(%s)",
        [list(found), [model for model in kinds if model in env]],
    )
    rows = env.cr.fetchall()
    ids = {}
    for _module, model, res_id in rows:
        ids.setdefault(model, []).append(res_id)
    names = {model: _names(env[model], model_ids) for model, model_ids in ids.items()}
    for module, model, res_id in rows:
        if res_id in names[model]:
            found[module][kinds[model]].append(names[model][res_id])
    return found


def _names(model, ids):
    """Return ``{id: text}`` of the records that exist."""
    records = model.sudo().with_context(active_test=False).browse(ids).exists()
    if model._name == "ir.ui.menu":
        return {menu.id: menu.complete_name for menu in records}
    if model._name == "ir.ui.view":
        return {view.id: f"{'* ' if view.inherit_id else ''}{view.name} ({view.type})" for view in records}
    return {record.id: record.name for record in records}
