"""Names that evaluated code may not use, in its source or in the templates it formats."""

from __future__ import annotations

import ast
from _string import formatter_field_name_split  # type: ignore[import-not-found]  # typeshed has no stub
from collections.abc import Callable
from string import Formatter
from typing import Any

__all__ = ["UNSAFE_ATTRIBUTES", "format_method", "guard_format", "is_unsafe_name"]

#: attributes that lead from values into the interpreter
UNSAFE_ATTRIBUTES = frozenset(
    (
        # frames
        "f_back",
        "f_builtins",
        "f_code",
        "f_globals",
        "f_lasti",
        "f_locals",
        "f_trace",
        # functions and code
        "func_code",
        "func_globals",
        "co_code",
        "_co_code_adaptive",
        "co_consts",
        # classes
        "mro",
        # tracebacks
        "tb_frame",
        "tb_next",
        # generators, coroutines, asynchronous generators
        "gi_code",
        "gi_frame",
        "gi_yieldfrom",
        "cr_await",
        "cr_code",
        "cr_frame",
        "cr_origin",
        "ag_await",
        "ag_code",
        "ag_frame",
        "ag_running",
    )
)
_FORMAT_METHODS = ("format", "format_map")


def is_unsafe_name(name: str) -> bool:
    """Tell whether a name has two underscores in a row or leads into the interpreter."""
    return "__" in name or name in UNSAFE_ATTRIBUTES


def format_method(value: Any, name: str) -> Callable[..., Any]:
    """Return the attribute ``format`` or ``format_map`` of ``value``; those of texts may not reach forbidden names.

    :raise NameError: when the template names a forbidden attribute
    """
    if name not in _FORMAT_METHODS:
        raise NameError(f"{name!r} is no method that formats")
    method = getattr(value, name)
    if isinstance(value, str):
        _check_template(value)
    elif isinstance(value, type) and issubclass(value, str):
        return lambda text, *args, **kwargs: format_method(value(text), name)(*args, **kwargs)
    return method


def _check_template(template: str) -> None:
    try:
        for _literal, field, spec, _conversion in Formatter().parse(template):
            if field:
                first, rest = formatter_field_name_split(field)
                steps = [str(first), *(str(step) for is_attribute, step in rest if is_attribute)]
                forbidden = next((step for step in steps if is_unsafe_name(step)), None)
                if forbidden:
                    raise NameError(f"access to forbidden name {forbidden!r} in the template {template!r}")
            if spec:
                _check_template(spec)
    except ValueError:
        # no template: formatting it gives the same error, if it ever comes to that
        return


def guard_format(node: ast.Attribute) -> ast.expr:
    """Return the expression that a loaded attribute is replaced by, so that formatting is guarded."""
    if node.attr not in _FORMAT_METHODS or not isinstance(node.ctx, ast.Load):
        return node
    helper = ast.Name(format_method.__name__, ast.Load())
    return ast.copy_location(ast.Call(helper, [node.value, ast.Constant(node.attr)], []), node)
