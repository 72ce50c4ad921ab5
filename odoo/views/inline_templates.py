"""Small templates: text with ``{{ expression ||| default }}`` in it."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote, urlencode

from dateutil.relativedelta import relativedelta
from markupsafe import escape

from odoo.sandbox import evaluate as safe_eval

__all__ = ["convert_inline_template_to_qweb", "parse_inline_template", "render_inline_template", "template_env_globals"]

INLINE_TEMPLATE_REGEX = re.compile(r"\{\{(.+?)(?:\|\|\|\s*(.*?))?\}\}", re.DOTALL)


def relativedelta_proxy(*args: Any, **kwargs: Any) -> relativedelta:
    """Return ``relativedelta(*args, **kwargs)``: the function, not the class, is what templates see."""
    return relativedelta(*args, **kwargs)


# what templates can call
template_env_globals = {
    "str": str,
    "quote": quote,
    "urlencode": urlencode,
    "datetime": safe_eval.datetime,
    "len": len,
    "abs": abs,
    "min": min,
    "max": max,
    "sum": sum,
    "filter": filter,
    "map": map,
    "round": round,
    "hasattr": hasattr,
    "reduce": functools.reduce,
    "relativedelta": relativedelta_proxy,
    # ir.http puts the real one in front of rendering
    "slug": lambda value: str(value),
}


def parse_inline_template(text: str) -> list[tuple[str, str, str]]:
    """Cut a template into instructions.

    :return: list of triples (text before, expression, default); the last one has no expression
    """
    instructions, position = [], 0
    for match in INLINE_TEMPLATE_REGEX.finditer(text):
        instructions.append((text[position : match.start()], match[1].strip(), (match[2] or "").strip()))
        position = match.end()
    if text[position:] or not instructions:
        instructions.append((text[position:], "", ""))
    return instructions


def convert_inline_template_to_qweb(template: str) -> str:
    """Return a template with its expressions as ``<t t-out="..."/>``."""
    parts = []
    for literal, expression, default in parse_inline_template(template or ""):
        parts.append(literal)
        if expression:
            parts.append(f'<t t-out="{escape(expression)}">{default}</t>')
    return "".join(parts)


def render_inline_template(template_instructions: Iterable[tuple[str, str, str]], variables: dict[str, Any]) -> str:
    """Return the text of a parsed template.

    :param template_instructions: result of :func:`parse_inline_template`
    :param variables: names the expressions can use
    :raise ValueError: when an expression fails
    """
    parts = []
    for literal, expression, default in template_instructions:
        parts.append(literal)
        if expression:
            value = safe_eval.safe_eval(expression, variables)
            parts.append(str(value) if value or (value == 0 and value is not False) else default)
    return "".join(parts)
