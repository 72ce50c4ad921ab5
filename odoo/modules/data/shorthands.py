"""The elements that stand for a record of a certain model: ``<menuitem>``, ``<template>``, ``<asset>``."""

from lxml import etree

from odoo.orm.commands import Command

from .values import nodeattr2bool

_TEMPLATE_ONLY = (
    "id",
    "name",
    "inherit_id",
    "priority",
    "groups",
    "primary",
    "active",
    "key",
    "track",
    "page",
    "customize_show",
    "website_id",
    "optional",
    "forcecreate",
    "mode",
)


def group_commands(importer, text):
    """Return commands for a comma-separated list of groups; a leading ``-`` takes the group away."""
    commands = []
    for name in filter(None, (part.strip() for part in text.split(","))):
        if name.startswith("-"):
            commands.append(Command.unlink(importer.id_get(name[1:])))
        else:
            commands.append(Command.link(importer.id_get(name)))
    return commands


def menu_values(importer, node, parent_id=None):
    """Return the values of ``ir.ui.menu`` for a ``<menuitem>``.

    :param int parent_id: id of the menu it is nested in
    :raise ValueError: when the parent, the action or a group does not exist
    """
    values = {"parent_id": False, "active": nodeattr2bool(node, "active", True)}
    if node.get("sequence"):
        values["sequence"] = int(node.get("sequence"))
    if parent_id:
        values["parent_id"] = parent_id
    elif node.get("parent"):
        values["parent_id"] = importer.id_get(node.get("parent"))
    elif node.get("web_icon"):
        values["web_icon"] = node.get("web_icon")
    if node.get("name"):
        values["name"] = node.get("name")
    if action_id := node.get("action"):
        model, res_id = importer.model_id_get(action_id)
        action = importer.env[model].browse(res_id)
        values["action"] = f"{action.type},{res_id}"
        if "name" not in values:
            values["name"] = action.name
    if not values.get("name"):
        values["name"] = node.get("id") or "?"
    if node.get("groups"):
        values["groups_id"] = group_commands(importer, node.get("groups"))
    return values


def template_values(importer, node, xml_id):
    """Return the values of ``ir.ui.view`` for a ``<template>``.

    :param str xml_id: full external id, also the template's key
    :raise ValueError: when the parent template or a group does not exist
    """
    inherit_id = node.get("inherit_id")
    root = etree.Element("data" if inherit_id else "t", nsmap=node.nsmap)
    for name, value in node.attrib.items():
        if name not in _TEMPLATE_ONLY and name != "t-name":
            root.set(name, value)
    if not inherit_id:
        root.set("t-name", xml_id)
    root.text = node.text
    root.extend(node)
    values = {
        "name": node.get("name") or node.get("id") or xml_id,
        "key": node.get("key") or xml_id,
        "type": "qweb",
        "arch": etree.tostring(root, encoding="unicode"),
        "inherit_id": importer.id_get(inherit_id) if inherit_id else False,
    }
    if node.get("priority"):
        values["priority"] = int(node.get("priority"))
    if node.get("groups"):
        values["groups_id"] = group_commands(importer, node.get("groups"))
    if inherit_id and nodeattr2bool(node, "primary"):
        values["mode"] = "primary"
    if node.get("active") and (importer.mode == "init" or not importer.id_get(xml_id, raise_if_not_found=False)):
        # a user may have switched it on or off since
        values["active"] = nodeattr2bool(node, "active")
    _website_values(importer, node, values)
    return values


def _website_values(importer, node, values):
    """Add the values that only exist when the website addons are there."""
    fields = importer.env["ir.ui.view"]._fields
    for name in ("customize_show", "track"):
        if node.get(name) and name in fields:
            values[name] = nodeattr2bool(node, name)
    if node.get("website_id") and "website_id" in fields:
        values["website_id"] = importer.id_get(node.get("website_id"))


def asset_values(importer, node):
    """Return the values of ``ir.asset`` for an ``<asset>``.

    :raise ValueError: when the bundle or the path is missing
    """
    bundle, path = node.find("bundle"), node.find("path")
    for name, child in (("bundle", bundle), ("path", path)):
        if child is None or not (child.text or "").strip():
            raise ValueError(f"<asset> needs <{name}> with a text")
    values = {"name": node.get("name"), "bundle": bundle.text.strip(), "path": path.text.strip()}
    if directive := bundle.get("directive"):
        values["directive"] = directive
    if node.get("active"):
        values["active"] = nodeattr2bool(node, "active")
    return values
