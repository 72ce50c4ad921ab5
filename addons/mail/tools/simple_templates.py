"""Templates that everybody may write: their expressions are read from the record, and never evaluated."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

import lxml.html
from lxml import etree
from markupsafe import Markup

from .inline_images import inner_html

_PLACEHOLDER = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)


def parse_inline(text: str) -> list[tuple[str, str | None, str]]:
    """Return the parts of a text with ``{{ expression ||| default }}``: triples of text before, expression, default."""
    parts: list[tuple[str, str | None, str]] = []
    end = 0
    for match in _PLACEHOLDER.finditer(text):
        expression, _bars, default = match[1].partition("|||")
        parts.append((text[end : match.start()], expression.strip(), default.lstrip()))
        end = match.end()
    parts.append((text[end:], None, ""))
    return parts


def fill_inline(parts: Iterable[tuple[str, str | None, str]], evaluate: Callable[[str], Any]) -> str:
    """Return the text of parts.

    :param evaluate: function from an expression to its value
    """
    result = []
    for literal, expression, default in parts:
        result.append(literal)
        if expression is not None:
            value = evaluate(expression) if expression else ""
            result.append(str(value) if value else default)
    return "".join(result)


def is_simple_inline(text: str, allowed: Iterable[str]) -> bool:
    """Tell whether all expressions of a text are among those that everybody may write."""
    allowed = set(allowed)
    return all(expression is None or expression in allowed for _text, expression, _default in parse_inline(text))


def value_of(record: Any, expression: str) -> Any:
    """Return what a path such as ``object.partner_id.name`` leads to, ``None`` where there is no such field."""
    value = record
    for name in expression.split(".")[1:]:
        if name not in getattr(value, "_fields", ()):
            return None
        value = value[name]
    if hasattr(value, "_fields"):
        return value.display_name if value else None
    return value


def render_inline(text: str, record: Any) -> str:
    """Return a simple text for a record."""
    return fill_inline(parse_inline(text), lambda expression: value_of(record, expression))


def _root(html: str):
    """Return the HTML inside of an element of its own."""
    return lxml.html.fragment_fromstring(html or "", create_parent="div")


def _directives(node) -> list[str]:
    """Return the names of the directives of an element."""
    return [name for name in node.attrib if name.startswith("t-")]


def is_simple_qweb(html: str, allowed: Iterable[str]) -> bool:
    """Tell whether HTML only writes out expressions that everybody may write."""
    if "t-" not in html:
        return True
    allowed = set(allowed)
    for node in _root(html).iter(etree.Element):
        directives = _directives(node)
        if not directives:
            continue
        alone = directives == ["t-out"] and len(node) == 0
        if not alone or node.get("t-out", "").strip() not in allowed:
            return False
    return True


def render_qweb(html: str, record: Any) -> Markup:
    """Return simple HTML for a record: values, which are escaped, or the default text."""
    if "t-out" not in html:
        return Markup(html)
    root = _root(html)
    for node in list(root.iter(etree.Element)):
        expression = node.attrib.pop("t-out", None)
        if expression is None:
            continue
        value = value_of(record, expression.strip())
        if isinstance(value, Markup) and value:
            node.text = None
            for child in _root(str(value)):
                node.append(child)
        elif value:
            node.text = str(value)
        if node.tag == "t":
            node.drop_tag()
    return Markup(inner_html(root))


def unwrapped(html: Any) -> str:
    """Return rendered HTML without the element that was put around it."""
    text = str(html)
    start, end = text.find(">"), text.rfind("</")
    return text[start + 1 : end] if text.startswith("<div") and end > start else text
