"""The elements that stand for a record of a certain model: ``<menuitem>``, ``<template>``, ``<asset>``."""

from __future__ import annotations

from typing import Any

from lxml import etree

from odoo.orm.commands import Command

from .importer import Importer
from .schema import TEMPLATE_ATTRIBUTES
from .values import nodeattr2bool


def group_commands(importer: Importer, text: str) -> list[tuple]:
    """Return commands for a comma-separated list of groups; a leading ``-`` takes the group away."""
    commands = []
    for name in filter(None, (part.strip() for part in text.split(","))):
        if name.startswith("-"):
            commands.append(Command.unlink(importer.id_get(name[1:])))
        else:
            commands.append(Command.link(importer.id_get(name)))
    return commands


def menu_values(importer: Importer, node: etree._Element, parent_id: int | None = None) -> dict[str, Any]:
    """Return the values of ``ir.ui.menu`` for a ``<menuitem>``.

    :param int parent_id: id of the menu it is nested in
    :raise ValueError: when the parent, the action or a group does not exist
    """
    values: dict[str, Any] = {"parent_id": False, "active": nodeattr2bool(node, "active", True)}
    if sequence := node.get("sequence"):
        values["sequence"] = int(sequence)
    if parent_id:
        values["parent_id"] = parent_id
    elif parent := node.get("parent"):
        values["parent_id"] = importer.id_get(parent)
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
    if groups := node.get("groups"):
        values["groups_id"] = group_commands(importer, groups)
    return values


def template_values(importer: Importer, node: etree._Element, xml_id: str) -> dict[str, Any]:
    """Return the values of ``ir.ui.view`` for a ``<template>``.

    :param str xml_id: full external id, also the template's key
    :raise ValueError: when the parent template or a group does not exist
    """
    inherit_id = node.get("inherit_id")
    # the nameless one among them is None
    namespaces: Any = node.nsmap
    root = etree.Element("data" if inherit_id else "t", nsmap=namespaces)
    for name, value in node.attrib.items():
        if name not in TEMPLATE_ATTRIBUTES:
            root.set(name, value)
    if not inherit_id:
        root.set("t-name", xml_id)
    root.text = node.text
    root.extend(node)
    values: dict[str, Any] = {
        "name": node.get("name") or node.get("id") or xml_id,
        "key": node.get("key") or xml_id,
        "type": "qweb",
        "arch": etree.tostring(root, encoding="unicode"),
        "inherit_id": importer.id_get(inherit_id) if inherit_id else False,
    }
    if priority := node.get("priority"):
        values["priority"] = int(priority)
    if groups := node.get("groups"):
        values["groups_id"] = group_commands(importer, groups)
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


def asset_values(importer: Importer, node: etree._Element) -> dict[str, Any]:
    """Return the values of ``ir.asset`` for an ``<asset>``.

    :raise ValueError: when the bundle or the path is missing
    """
    values: dict[str, Any] = {"name": node.get("name")}
    for name in ("bundle", "path"):
        values[name] = (node.findtext(name) or "").strip()
        if not values[name]:
            raise ValueError(f"<asset> needs <{name}> with a text")
    if directive := node.find("bundle").get("directive"):  # type: ignore[union-attr]  # it has a text
        values["directive"] = directive
    if node.get("active"):
        values["active"] = nodeattr2bool(node, "active")
    return values
