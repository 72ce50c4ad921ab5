"""The grammar of XML data files: which tags and attributes may stand where."""

from lxml import etree

from odoo.tools.suggestions import nearest

from .errors import ParseError

ROOTS = ("odoo", "openerp", "data")

_ROOT_ATTRIBUTES = {"noupdate", "auto_sequence", "uid", "context"}
_TOP_CHILDREN = {"data", "record", "delete", "function", "menuitem", "template", "asset"}

#: what a `<template>` says of its view; further attributes belong to the root of the architecture
TEMPLATE_ATTRIBUTES = {
    "id",
    "t-name",
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
}

#: tag -> (attributes, tags of children); no children given means that the content is free
_GRAMMAR = {
    "odoo": (_ROOT_ATTRIBUTES, _TOP_CHILDREN),
    "openerp": (_ROOT_ATTRIBUTES, _TOP_CHILDREN),
    "data": (_ROOT_ATTRIBUTES, _TOP_CHILDREN),
    "record": ({"id", "model", "forcecreate", "uid", "context"}, {"field"}),
    "field": ({"name", "ref", "eval", "search", "use", "type", "file", "model", "context"}, None),
    "function": ({"model", "name", "id", "eval", "context", "uid"}, {"value", "function"}),
    "value": ({"name", "eval", "search", "use", "type", "file", "model", "ref"}, None),
    "delete": ({"model", "id", "search"}, set()),
    "menuitem": (
        {"id", "name", "parent", "action", "sequence", "groups", "web_icon", "active", "forcecreate"},
        {"menuitem"},
    ),
    "template": (TEMPLATE_ATTRIBUTES, None),
    "asset": ({"id", "name", "active", "forcecreate"}, {"bundle", "path", "field"}),
    "bundle": ({"directive"}, set()),
    "path": (set(), set()),
}

_REQUIRED = {
    "record": ("model",),
    "field": ("name",),
    "function": ("model", "name"),
    "delete": ("model",),
    "menuitem": ("id",),
    "asset": ("id", "name"),
}

_FIELD_TYPES = {"xml", "html", "base64", "char", "int", "float", "list", "tuple", "file"}


def check_document(root: etree._Element, filename: str) -> None:
    """Check tags and attributes of a whole document.

    :param root: root element
    :param str filename: used in messages
    :raise ParseError: at the first element that does not belong
    """
    if root.tag not in ROOTS:
        raise ParseError(f"the root of a data file is <odoo>, not <{root.tag}>", filename, root.sourceline)
    _check(root, filename)


def _check(node, filename):
    attributes, children = _GRAMMAR[node.tag]
    for name in node.attrib:
        # namespaced attributes and directives belong to the template's root
        if name not in attributes and not (node.tag == "template" and name.startswith(("t-", "{"))):
            raise ParseError(
                f"<{node.tag}> has no attribute {name!r}{nearest(name, attributes)}",
                filename,
                node.sourceline,
                node.get("id"),
            )
    for name in _REQUIRED.get(node.tag, ()):
        if name not in node.attrib:
            raise ParseError(f"<{node.tag}> needs the attribute {name!r}", filename, node.sourceline, node.get("id"))
    if node.tag in ("field", "value"):
        children = _check_field(node, filename)
    if children is None:
        return
    for child in node.iterchildren("*"):
        if child.tag not in children:
            raise ParseError(
                f"<{child.tag}> cannot stand in <{node.tag}>{nearest(child.tag, children)}",
                filename,
                child.sourceline,
                child.get("id"),
            )
        _check(child, filename)


def _check_field(node, filename):
    """Check one field or value; return the tags allowed in it, ``None`` for free content."""
    kind = node.get("type")
    if kind and kind not in _FIELD_TYPES:
        hint = nearest(kind, _FIELD_TYPES)
        raise ParseError(
            f"unknown type {kind!r} of <{node.tag} name={node.get('name')!r}>{hint}", filename, node.sourceline
        )
    given = [name for name in ("ref", "eval", "search", "file") if name in node.attrib]
    if len(given) > 1:
        raise ParseError(
            f"<{node.tag} name={node.get('name')!r}> takes only one of {' and '.join(map(repr, given))}",
            filename,
            node.sourceline,
        )
    if kind in ("xml", "html"):
        return None
    return {"list": {"value"}, "tuple": {"value"}}.get(kind, {"record"} if node.tag == "field" else set())
