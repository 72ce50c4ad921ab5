"""Reading the arch of a form view: fields, modifiers, contexts, sub-views."""

from __future__ import annotations

import ast

from lxml import etree

__all__ = ["MODIFIER_ALIASES", "get_static_context", "load_form_view"]

MODIFIER_ALIASES = {"1": "True", "0": "False"}
MODIFIERS = ("required", "readonly", "invisible")
# how deep views of lines are simulated: lines of lines are values only
_MAX_DEPTH = 2


def get_static_context(context_str) -> dict:
    """Return the items of a context expression that are literals: what is known without any record."""
    try:
        tree = ast.parse(context_str.strip(), mode="eval").body
    except SyntaxError:
        return {}
    if not isinstance(tree, ast.Dict):
        return {}
    static = {}
    for key, value in zip(tree.keys, tree.values, strict=True):
        try:
            static[ast.literal_eval(key)] = ast.literal_eval(value)
        except (ValueError, TypeError):
            continue
    return static


def load_form_view(model, view_id) -> dict:
    """Return what a simulated form has to know of the form view of a model.

    :param model: empty recordset with the context of the form
    :param view_id: id of the view, ``False`` for the default one
    :return: ``tree``: the arch as an element; ``fields``: descriptions of the fields, which tell by ``force_save``
        whether the field is saved although readonly; ``fields_spec``: what to read of them; ``modifiers``: field ->
        modifier -> expression; ``contexts``: field -> expression; ``onchange``: field -> ``"1"`` if it triggers one
    """
    views = model.get_views([(view_id, "form")])
    tree = etree.fromstring(views["views"]["form"]["arch"])
    return _process(tree, model, views["models"], 0)


def _process(tree, model, models_info, depth) -> dict:
    fields, modifiers, contexts, onchange = {}, {}, {}, {}
    view = {"tree": tree, "fields": fields, "fields_spec": {}}
    view |= {"modifiers": modifiers, "contexts": contexts, "onchange": onchange}
    known = models_info.get(model._name, {}).get("fields", {})
    for node in _own_field_nodes(tree):
        name = node.get("name")
        description = known.get(name) or model.fields_get([name])[name]
        found = _node_modifiers(node, tree, description)
        if name in fields:
            modifiers[name] = _merge_modifiers(modifiers[name], found)
        else:
            fields[name] = _field_info(node, description)
            view["fields_spec"][name] = {}
            modifiers[name] = found
            contexts[name] = node.get("context") or "{}"
        onchange[name] = onchange.get(name) or node.get("on_change") or ""
        if node.get("force_save") in ("1", "True", "true"):
            fields[name]["force_save"] = True
        if fields[name]["type"] in ("one2many", "many2many") and not fields[name].get("line_fields"):
            _process_lines(view, node, name, model, models_info, depth)
    if "id" not in fields:
        fields["id"] = {"type": "integer", "name": "id", "readonly": True}
        modifiers["id"] = {"required": "False", "readonly": "True", "invisible": "True"}
        contexts["id"] = "{}"
    return view


def _field_info(node, description) -> dict:
    """Return the description of a field in a view; with the widget for it, a one2many is a choice among records."""
    info = {**description, "name": node.get("name"), "force_save": False}
    if info["type"] == "one2many" and node.get("widget") == "many2many":
        info["type"] = "many2many"
    return info


def _own_field_nodes(tree):
    """Iterate over the field nodes of a view, not those of views inside its fields."""
    stack = list(reversed(tree))
    while stack:
        node = stack.pop()
        if not isinstance(node.tag, str):
            continue
        if node.tag == "field":
            yield node
        elif node.tag not in ("groupby",):
            stack.extend(reversed(node))


def _expression(node, modifier) -> str:
    value = (node.get(modifier) or "").strip()
    return MODIFIER_ALIASES.get(value, value)


def _node_modifiers(node, tree, info) -> dict:
    """Return the expressions of the modifiers of a field node; it is invisible when a node around it is."""
    modifiers = {}
    for modifier in ("required", "readonly"):
        modifiers[modifier] = _expression(node, modifier) or str(bool(info.get(modifier)))
    hidden = [_expression(node, "invisible")]
    column_hidden = _expression(node, "column_invisible")
    for ancestor in node.iterancestors():
        if ancestor is tree:
            break
        hidden.append(_expression(ancestor, "invisible"))
    hidden = [expression for expression in hidden if expression and expression != "False"]
    if column_hidden:
        modifiers["column_invisible"] = column_hidden
    modifiers["invisible"] = " or ".join(f"({expression})" for expression in hidden) if hidden else "False"
    return modifiers


def _merge_modifiers(first, second) -> dict:
    """Combine the modifiers of a field that is in a view twice: it is editable if it is so in one place, required
    likewise.
    """
    merged = {}
    for modifier in {*first, *second}:
        one, other = first.get(modifier, "False"), second.get(modifier, "False")
        merged[modifier] = one if one == other else f"({one}) {'or' if modifier == 'required' else 'and'} ({other})"
    return merged


def _process_lines(view, node, name, model, models_info, depth):
    """Find the views of the lines of an x2many field: the one to edit them in, and all that says which of their fields
    to read.
    """
    info = view["fields"][name]
    comodel = model.env[info["relation"]].with_context(**get_static_context(view["contexts"][name]))
    inline = {child.tag: child for child in node if child.tag in ("form", "list", "tree", "kanban")}
    listing = inline.get("list", inline.get("tree"))
    line_views = {}
    if depth < _MAX_DEPTH:
        line_views = {tag: _process(child, comodel, models_info, depth + 1) for tag, child in inline.items()}
        if info["type"] == "one2many" and not _is_always_invisible(node):
            info["edition_view"] = _edition_view(listing, line_views, comodel, depth)
            line_views.setdefault("form", info["edition_view"])
    info["line_fields"], spec = {}, {}
    for line_view in line_views.values():
        for field_name, line_info in line_view["fields"].items():
            if line_info.get("line_fields") or field_name not in info["line_fields"]:
                info["line_fields"][field_name] = line_info
        for field_name, sub_spec in line_view["fields_spec"].items():
            if sub_spec or field_name not in spec:
                spec[field_name] = sub_spec
    view["fields_spec"][name] = {"fields": spec} if spec else {}
    if info["type"] == "many2many" and not spec:
        view["fields_spec"][name] = {"fields": {}}


def _is_always_invisible(node) -> bool:
    return _expression(node, "invisible") == "True" or _expression(node, "column_invisible") == "True"


def _edition_view(listing, line_views, comodel, depth) -> dict:
    """Return the view in which a line is edited: an editable list, else the form inside the field, else that of the
    model.
    """
    if listing is not None and listing.get("editable"):
        return line_views["list" if listing.tag == "list" else "tree"]
    if "form" in line_views:
        return line_views["form"]
    views = comodel.get_views([(False, "form")])
    return _process(etree.fromstring(views["views"]["form"]["arch"]), comodel, views["models"], depth + 1)
