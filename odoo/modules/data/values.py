"""Values of XML data files: from elements to what ``create`` and ``write`` take."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta
from lxml import etree
from markupsafe import escape

from odoo import release
from odoo.orm.commands import Command
from odoo.orm.environment import Environment
from odoo.sandbox.evaluate import pytz, safe_eval, time
from odoo.tools.misc import file_open

from ..paths import get_resource_path
from .importer import Importer

_TRUE = {"y", "yes", "1", "true", "t", "on"}
_FALSE = {"n", "no", "0", "false", "f", "off"}
_REFERENCE = re.compile(r"(?<!%)%\(([^)]*)\)[ds]")


def str2bool(text: object, default: bool | None = None) -> bool:
    """Return the truth that `text` spells.

    :param default: returned for a text that spells none, unless ``None``
    :raise ValueError: when `text` spells none and there is no default
    """
    lowered = str(text).strip().lower()
    if lowered in _TRUE:
        return True
    if lowered in _FALSE:
        return False
    if default is None:
        raise ValueError(f"{text!r} is neither true nor false; write one of 1, true, yes, 0, false, no")
    return bool(default)


def nodeattr2bool(node: etree._Element, attribute: str, default: bool = False) -> bool:
    """Return the truth of an attribute of an element, `default` when it is missing or empty."""
    text = (node.get(attribute) or "").strip()
    return str2bool(text) if text else default


def eval_context(id_get: Callable[..., Any], **names: Any) -> dict[str, Any]:
    """Return the names that expressions in data files may use.

    :param function id_get: what ``ref`` calls
    :param names: further names
    """
    return {
        "Command": Command,
        "time": time,
        "DateTime": datetime,
        "datetime": datetime,
        "timedelta": timedelta,
        "relativedelta": relativedelta,
        "version": release.major_version,
        "pytz": pytz,
        "ref": id_get,
        **names,
    }


class ValueReader:
    """Reads the values of ``<field>``, ``<value>`` and ``<function>`` for one importer.

    :param importer: the :class:`~odoo.modules.data.xml_loader.xml_import` that resolves external ids
    """

    def __init__(self, importer: Importer) -> None:
        self._importer = importer

    def evaluate(self, expression: str, env: Environment, model: str | None = None) -> Any:
        """Evaluate a Python expression with ``ref``, ``obj`` and the usual names.

        :param str model: model of which ``obj(id)`` gives records
        """
        names = {}
        if model:
            names["obj"] = lambda ids=(): env[model].browse(ids)
        context = eval_context(self._importer.id_get, **names)
        return safe_eval(expression, context)

    def read(self, node: etree._Element, env: Environment) -> Any:
        """Return the Python value that an element stands for, before it is fitted to a field."""
        if node.tag == "function":
            return self._importer.call_function(node, env)
        if "ref" in node.attrib:
            return self._importer.id_get(node.get("ref", ""))
        if "search" in node.attrib:
            found = self._search(node, env)
            return found.mapped(node.get("use")) if node.get("use") else found.ids
        if "eval" in node.attrib:
            return self.evaluate(node.get("eval", ""), env, node.get("model"))
        kind = node.get("type", "char")
        if kind in ("xml", "html"):
            return self._markup(node, kind)
        if kind in ("list", "tuple"):
            values = [self.read(child, env) for child in node.iterchildren("value")]
            return tuple(values) if kind == "tuple" else values
        return self._text(node, kind, env)

    def _text(self, node, kind, env):
        content = node.text or ""
        if path := node.get("file"):
            with file_open(path, "rb", env=env) as file:
                content = file.read()
        if kind == "base64":
            return base64.b64encode(content if isinstance(content, bytes) else content.encode())
        if isinstance(content, bytes):
            content = content.decode("utf-8")
        if kind == "file":
            path = content.strip()
            if not get_resource_path(self._importer.module, path):
                raise FileNotFoundError(f"module {self._importer.module!r} has no file {path!r}")
            return f"{self._importer.module},{path}"
        if kind == "int":
            return None if content.strip() == "None" else int(content.strip())
        if kind == "float":
            return float(content.strip())
        return content

    def _markup(self, node, kind):
        """Return the content of an element as text, with ``%(external id)d`` replaced by database ids."""
        children = list(node)
        if kind == "xml" and sum(1 for child in children if isinstance(child.tag, str)) > 1:
            # what is stored must have a single root
            wrapper = etree.Element("data")
            wrapper.extend(children)
            children = [wrapper]
        parts = [] if kind == "xml" or not node.text else [str(escape(node.text))]
        parts += [etree.tostring(child, encoding="unicode", method=kind) for child in children]
        content = self._substitute("".join(parts))
        return f'<?xml version="1.0"?>\n{content}' if kind == "xml" else content

    def _substitute(self, content):
        content = _REFERENCE.sub(lambda match: str(self._importer.id_get(match[1])), content)
        return content.replace("%%", "%")

    def _search(self, node, env):
        model = node.get("model")
        self._importer.flush()
        return env[model].search(self.evaluate(node.get("search"), env, model))

    def field_value(self, node: etree._Element, model: Any, env: Environment) -> Any:
        """Return the value of a ``<field>`` of a record, fitted to the field's type.

        :param model: empty recordset of the record's model
        :return: the value, or the class :class:`Skip` itself when the field is to be left out
        """
        field = model._fields[node.get("name")]
        if "search" in node.attrib:
            return self._searched(node, field, env)
        if "ref" in node.attrib:
            return self._referenced(node, field)
        return _fit(self.read(node, env), field)

    def _searched(self, node, field, env):
        comodel = node.get("model") or field.comodel_name
        self._importer.flush()
        found = env[comodel].search(self.evaluate(node.get("search"), env, comodel))
        use = node.get("use") or "id"
        if field.type == "many2many":
            return [Command.set([record[use] for record in found])]
        return found[0][use] if found else False

    def _referenced(self, node, field):
        required = nodeattr2bool(node.getparent(), "forcecreate", True)
        if field.type == "reference":
            res_model, res_id = self._importer.model_id_get(node.get("ref"), required)
            return f"{res_model},{res_id}" if res_id else Skip
        return self._importer.id_get(node.get("ref"), required) or Skip


def _eval_xml(self: Importer, node: etree._Element, env: Environment) -> Any:
    """Return the Python value that an element of a data file stands for; of ``<function>``, what the call returns.

    :param self: the importer of the file; what values do not ask for (external ids, the module) it need not have
    :raise ValueError: when the text is no value of the element's type, or an external id does not exist
    """
    return ValueReader(self).read(node, env)


class Skip:
    """Marks a field that gets no value."""


def _fit(value, field):
    """Convert a value read from text to what the field's type takes."""
    if not isinstance(value, str):
        return value
    if field.type == "many2one":
        return int(value) if value else False
    if field.type == "integer":
        return int(value)
    if field.type in ("float", "monetary"):
        return float(value)
    if field.type == "boolean":
        return str2bool(value)
    if field.type in ("one2many", "many2many") and not value.strip():
        # nothing but whitespace around nested records
        return Skip
    return value
