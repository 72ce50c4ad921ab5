"""Conditions of domains on single properties: their normal form, their SQL, and selecting by them in memory.

A property holds one plain value, or a list of them (tags, many2many). A record without any properties meets no
negative condition: nothing says that the property is one of its own.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from odoo.sql import SQL

from ..property_checks import check_json, check_property_field_value_name
from .operators import POSITIVE, SUB_DOMAINS
from .tree import Domain, DomainCondition
from .values import EMPTY, complete_pattern

__all__ = ["property_condition", "property_sql", "select_by_property"]

_NEGATIVE = {operator: positive for operator, positive in POSITIVE.items() if positive not in SUB_DOMAINS}
_LIKES = {
    "like": SQL("LIKE"),
    "=like": SQL("LIKE"),
    "ilike": SQL("ILIKE"),
    "=ilike": SQL("ILIKE"),
}
_COMPARISONS = {
    "<": (SQL("<"), lambda one, other: one < other),
    "<=": (SQL("<="), lambda one, other: one <= other),
    ">": (SQL(">"), lambda one, other: one > other),
    ">=": (SQL(">="), lambda one, other: one >= other),
}
_OPERATORS = frozenset(("=", "in", *_LIKES, *_COMPARISONS, *_NEGATIVE))
#: what is no value, as texts of JSON
_EMPTY_SQL = SQL("('false'::jsonb, 'null'::jsonb, '\"\"'::jsonb, '[]'::jsonb)")


def property_condition(condition: DomainCondition, name: str, model: Any) -> Domain:
    """Return the normal form of a condition on the property ``name``.

    ``=`` and ``!=`` take one value: of a list it is any item. ``in`` and ``not in`` take a list: of a list it has all
    the items; with one value that is not in a list they are ``=`` and ``!=``.

    :raise ValueError: for the name or the operator of no property, or values that no property has
    """
    operator, value = condition.operator, condition.value
    try:
        check_property_field_value_name(name)
        if operator not in _OPERATORS:
            raise ValueError(f"operator {operator!r} does not apply to properties")
        positive = _NEGATIVE.get(operator, operator)
        if positive in _LIKES:
            return _pattern(condition, model)
        if positive == "in":
            value = _collection(value)
        if isinstance(value, list):
            # 1 is not true, though Python has them equal
            value = tuple({_typed(item): item for item in map(_plain, value)}.values())
        else:
            value = _plain(value)
            operator = {"in": "=", "not in": "!="}.get(operator, operator)
    except (TypeError, ValueError) as error:
        raise condition.error(str(error), model) from error
    if value == () and operator == "in":
        return Domain.FALSE
    return DomainCondition(condition.field_expr, operator, value, model._name)


def _collection(value: Any) -> Any:
    """Return the values in a list, a value alone as it is."""
    if hasattr(value, "_ids"):
        return list(value._ids)
    if isinstance(value, SQL):
        raise TypeError("properties are not compared with SQL")
    if value is None or isinstance(value, (str, int, float, date)):
        return value
    return list(value)


def _plain(value: Any) -> Any:
    """Return a value that properties are compared with, as it is stored; ``EMPTY`` for none."""
    if hasattr(value, "_ids"):
        value = value.id
    if isinstance(value, datetime):
        value = value.isoformat(" ", "seconds")
    elif isinstance(value, date):
        value = value.isoformat()
    if not (value is None or isinstance(value, (str, int, float))):
        raise TypeError(f"{value!r} is no value of a property")
    check_json(value)
    return EMPTY if value is None or value == "" else value


def _pattern(condition: DomainCondition, model: Any) -> Domain:
    operator, value = condition.operator, condition.value
    text = "" if value is None or value is False else str(value)
    check_json(text)
    if not text and "=" not in operator:
        # everything contains the empty text
        return Domain.FALSE if operator in _NEGATIVE else Domain.TRUE
    return DomainCondition(condition.field_expr, operator, complete_pattern(text), model._name)


# in the database


def property_sql(column: SQL, name: str, operator: str, value: Any) -> SQL:
    """Return the SQL of a condition in normal form on the property ``name`` of a jsonb column."""
    item = SQL("%s -> %s", column, name)
    if operator in _NEGATIVE:
        positive = property_sql(column, name, _NEGATIVE[operator], value)
        return SQL("(%s IS NOT NULL AND (%s) IS NOT TRUE)", column, positive)
    if operator in _LIKES:
        # the text of what is no value is none
        text = SQL("CASE WHEN jsonb_typeof(%s) != 'boolean' THEN %s ->> %s END", item, column, name)
        return SQL("%s %s %s", text, _LIKES[operator], value if operator.startswith("=") else f"%{value}%")
    if operator == "=":
        return _is_empty(item) if value is EMPTY else SQL("%s @> %s::jsonb", item, json.dumps(value))
    if operator == "in":
        return _is_among(item, value)
    if value is EMPTY:
        return SQL("FALSE")
    comparison = _COMPARISONS[operator][0]
    if isinstance(value, str):
        text = SQL("CASE WHEN jsonb_typeof(%s) = 'string' THEN %s ->> %s END", item, column, name)
        return SQL("%s %s %s", text, comparison, value)
    number = SQL("CASE WHEN jsonb_typeof(%s) = 'number' THEN (%s)::float8 END", item, item)
    return SQL("%s %s %s", number, comparison, value)


def _is_empty(item: SQL) -> SQL:
    return SQL("(%s IS NULL OR %s IN %s)", item, item, _EMPTY_SQL)


def _is_among(item: SQL, values: Sequence[Any]) -> SQL:
    """Return the condition that a value, or each one of a list, is one of ``values``."""
    present = [value for value in values if value is not EMPTY]
    terms = []
    if present:
        terms.append(SQL("%s <@ %s::jsonb AND %s != '[]'::jsonb", item, json.dumps(present), item))
    if len(present) < len(values):
        terms.append(_is_empty(item))
    return SQL("(%s)", SQL(" OR ").join(terms)) if terms else SQL("FALSE")


# in memory


def select_by_property(
    condition: DomainCondition, name: str, column: Mapping[Any, Any], ids: Sequence[Any], pattern: Any
) -> list:
    """Return those of ``ids`` that meet a condition in normal form on the property ``name``.

    :param column: mapping from id to stored properties
    :param pattern: function that makes a test of texts from an operator and a ``like`` pattern
    """
    operator, value = condition.operator, condition.value
    meets = _test(_NEGATIVE.get(operator, operator), value, pattern)
    if operator in _NEGATIVE:
        return [id_ for id_ in ids if column[id_] and not meets(column[id_].get(name))]
    return [id_ for id_ in ids if meets((column[id_] or {}).get(name))]


def _test(operator: str, value: Any, pattern: Any) -> Any:
    """Return the function that tells whether the value of a property meets a positive condition."""
    if operator in _LIKES:
        matches = pattern(operator, value)
        return lambda item: not (item is None or isinstance(item, bool)) and matches(_text(item))
    if operator == "=":
        if value is EMPTY:
            return _holds_nothing
        wanted = _typed(value)
        return lambda item: any(_typed(entry) == wanted for entry in _entries(item))
    if operator == "in":
        among = {_typed(entry) for entry in value}
        with_empty = _typed(EMPTY) in among
        return lambda item: (
            with_empty if _holds_nothing(item) else all(_typed(entry) in among for entry in _entries(item))
        )
    if value is EMPTY:
        return lambda item: False
    compare, kinds = _COMPARISONS[operator][1], (str,) if isinstance(value, str) else (int, float)
    return lambda item: isinstance(item, kinds) and not isinstance(item, bool) and compare(item, value)


def _holds_nothing(item: Any) -> bool:
    return item is None or item is False or item == "" or item == []


def _entries(item: Any) -> Sequence[Any]:
    return item if isinstance(item, list) else (item,)


def _typed(value: Any) -> tuple:
    """Return a key that tells 1 from true."""
    return isinstance(value, bool), value


def _text(item: Any) -> str:
    """Return the text of a value, as the database has it."""
    return item if isinstance(item, str) else json.dumps(item, ensure_ascii=False)
