"""Evaluation of normalised domains on records in memory.

A domain narrows a list of ids down, leaf by leaf, on whole columns of the cache; nothing is called for each record.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from operator import ge, gt, le, lt
from typing import Any

from odoo.sql import SQL

from .hierarchy import hierarchy_domain
from .normal import by_type, has_column, optimize, split_path
from .operators import ADDED, HIERARCHIES, SUB_DOMAINS
from .properties import select_by_property
from .tree import Domain, DomainAnd, DomainBool, DomainCondition, DomainNary
from .values import DATE_PARTS, EMPTY, NUMBER_TYPES, first_weekday, is_subquery

__all__ = ["select"]

_COMPARISONS = {"<": lt, "<=": le, ">": gt, ">=": ge}


def select(domain: Domain, records: Any, ids: Sequence[Any]) -> list:
    """Return those of ``ids`` whose records satisfy ``domain``, in normal form for the model of ``records``.

    :param records: recordset that the ids are from; gives the environment and the prefetching
    """
    if isinstance(domain, DomainCondition):
        return _condition(domain, records, ids)
    if isinstance(domain, DomainAnd):
        for child in domain.children:
            if not ids:
                break
            ids = select(child, records, ids)
        return list(ids)
    if isinstance(domain, DomainNary):
        return _union(domain, records, ids)
    if isinstance(domain, DomainBool):
        return list(ids) if domain.value else []
    excluded = set(select(domain.child, records, ids))  # type: ignore[attr-defined]  # a negation: the last kind
    return [id_ for id_ in ids if id_ not in excluded]


def _union(domain: DomainNary, records: Any, ids: Sequence[Any]) -> list:
    left, found = ids, set()
    for child in domain.children:
        selected = select(child, records, left)
        if selected:
            found.update(selected)
            left = [id_ for id_ in left if id_ not in found]
        if not left:
            break
    return [id_ for id_ in ids if id_ in found]


def _condition(condition: DomainCondition, records: Any, ids: Sequence[Any]) -> list:
    if not ids:
        return []
    field, rest = split_path(condition, records)
    if not rest and not has_column(field):
        # values were left to the search method, here they are compared
        compared = by_type(condition, field, records)
        if not isinstance(compared, DomainCondition):
            return select(compared, records, ids)
        condition = compared
    if condition.operator in HIERARCHIES:
        domain = optimize(hierarchy_domain(condition, field, records), records)
        return select(domain, records, _origins(ids)) if not all(ids) else select(domain, records, ids)
    if condition.operator in SUB_DOMAINS:
        return _any(condition, field, records, ids)
    if field.type in ("one2many", "many2many"):
        return _x2many(condition, field, records, ids)
    if rest and field.type in ("date", "datetime"):
        return _numbers(condition, _part_column(field, rest, records, ids), ids)
    if field.name == "id":
        column = {id_: id_ or getattr(id_, "origin", None) for id_ in ids}
    elif field.type == "properties":
        return select_by_property(condition, rest, _column(field, records, ids), ids, like_matcher)
    elif field.compute:
        column = _column(field, records, ids)
    else:
        try:
            return _compare(condition, field, records.env.cache.field_data(records, field), records, ids)
        except KeyError:
            # not all of the values are cached yet
            column = _column(field, records, ids)
    return _compare(condition, field, column, records, ids)


def _origins(ids: Sequence[Any]) -> list:
    return [id_ or getattr(id_, "origin", None) or id_ for id_ in ids]


def _column(field: Any, records: Any, ids: Sequence[Any]) -> dict:
    """Return a mapping that has the value of ``field``, in cache format, of every one of ``ids``."""
    if field.compute and field.store:
        field.recompute(records.browse(ids))
    column = records.env.cache.field_data(records, field)
    for id_ in ids:
        if id_ not in column:
            field.mapped(records.browse(ids).with_prefetch(records._prefetch_ids))
            return records.env.cache.field_data(records, field)
    return column


def _compare(
    condition: DomainCondition, field: Any, column: Mapping[Any, Any], records: Any, ids: Sequence[Any]
) -> list:
    operator, value = condition.operator, condition.value
    if operator in ("=", "!="):
        return _equal(field, column, ids, value, operator == "=")
    if operator in ("in", "not in"):
        values = _query_ids(condition, records) if is_subquery(value) else set(value)
        return _member(field, column, ids, values, operator == "in")
    if operator in _COMPARISONS:
        return _inequality(field, column, ids, operator, value)
    if operator in ADDED:
        raise condition.error("the operator is known to searches only", records)
    return _like(field, column, records, ids, operator, value)


def _equal(field: Any, column: Mapping[Any, Any], ids: Sequence[Any], value: Any, positive: bool) -> list:
    if value is EMPTY:
        # every empty value is false: None, "", 0
        return [id_ for id_ in ids if not column[id_]] if positive else [id_ for id_ in ids if column[id_]]
    if field.type == "many2one":
        return _member(field, column, ids, {value}, positive)
    if positive:
        return [id_ for id_ in ids if column[id_] == value]
    return [id_ for id_ in ids if column[id_] != value]


def _member(field: Any, column: Mapping[Any, Any], ids: Sequence[Any], values: set[Any], positive: bool) -> list:
    if EMPTY in values:
        values.update((None, "", 0))
    if field.type == "many2one" and not all(column[id_] or column[id_] is None for id_ in ids):
        # a record in memory stands for the one in the database
        column = {id_: column[id_] or getattr(column[id_], "origin", None) for id_ in ids}
    if positive:
        return [id_ for id_ in ids if column[id_] in values]
    return [id_ for id_ in ids if column[id_] not in values]


def _inequality(field: Any, column: Mapping[Any, Any], ids: Sequence[Any], operator: str, value: Any) -> list:
    if field.type in NUMBER_TYPES:
        return _number_inequality(column, ids, operator, value or 0)
    compare = _COMPARISONS[operator]
    if value is EMPTY:
        if not (field.is_text or field.type == "selection"):
            return []
        value = ""
    return [id_ for id_ in ids if column[id_] is not None and column[id_] is not False and compare(column[id_], value)]


def _number_inequality(column: Mapping[Any, Any], ids: Sequence[Any], operator: str, value: Any) -> list:
    """Select by comparing numbers, an empty value being 0; spelled out, as a call for each record takes its time."""
    # fast path of a function of ``operator`` for each value
    if operator == "<":
        return [id_ for id_ in ids if (column[id_] or 0) < value]
    if operator == "<=":
        return [id_ for id_ in ids if (column[id_] or 0) <= value]
    if operator == ">":
        return [id_ for id_ in ids if (column[id_] or 0) > value]
    return [id_ for id_ in ids if (column[id_] or 0) >= value]


def _like(field: Any, column: Mapping[Any, Any], records: Any, ids: Sequence[Any], operator: str, value: Any) -> list:
    negative = operator.startswith("not ")
    text = _TEXT_FORMS.get(field.type, str)
    if operator.endswith("ilike") and getattr(field, "unaccent", True) and records.pool.has_unaccent:
        unaccent = records.pool.unaccent_python
        matches_plain = like_matcher(operator.removeprefix("not "), unaccent(value))

        def matches(content):
            return matches_plain(unaccent(content))
    else:
        matches = like_matcher(operator.removeprefix("not "), value)
    return [
        id_
        for id_ in ids
        if matches(
            "" if column[id_] is None or (column[id_] is False and field.type != "boolean") else text(column[id_])
        )
        != negative
    ]


#: how PostgreSQL writes a value as text, where Python writes it otherwise
_TEXT_FORMS: dict[str, Callable] = {
    "boolean": lambda value: "true" if value else "false",
    "float": lambda value: f"{value:.15g}",
    "monetary": lambda value: f"{value:.15g}",
}


def like_matcher(operator: str, pattern: str) -> Callable:
    """Return the function that tells whether a text meets ``(like|ilike|=like|=ilike) pattern``."""
    # fast path of a regular expression
    if "%" not in pattern and "_" not in pattern and "\\" not in pattern:
        if operator == "like":
            return lambda text: pattern in text
        if operator == "ilike":
            folded = pattern.lower()
            return lambda text: folded in text.lower()
        if operator == "=like":
            return lambda text: pattern == text
    if not operator.startswith("="):
        pattern = f"%{pattern}%"
    if "ilike" in operator:
        # as the database does: other letters that fold to the same one are others
        matches = _pattern_matcher(pattern.lower())
        return lambda text: matches(text.lower())
    return _pattern_matcher(pattern)


def _pattern_matcher(pattern: str) -> Callable:
    """Return the function that tells whether a whole text meets a ``LIKE`` pattern.

    Between two ``%`` stands what takes a certain number of characters: where it is first found it may stay, so that
    nothing is ever tried again. One regular expression for all of it would take for ever for patterns made for that.
    """
    begin, *rest = [(re.compile("".join(parts), re.DOTALL), len(parts)) for parts in _pattern_parts(pattern)]
    if not rest:
        return lambda text: begin[0].fullmatch(text) is not None
    *middle, (end, end_size) = rest

    def matches(text):
        found = begin[0].match(text)
        for expression, _size in middle:
            if found is None:
                return False
            found = expression.search(text, found.end())
        last = len(text) - end_size
        return found is not None and last >= found.end() and end.match(text, last) is not None

    return matches


def _pattern_parts(pattern: str) -> list[list[str]]:
    """Return what stands before, between and after the ``%`` of a pattern, as expressions for one character each."""
    parts: list[list[str]] = [[]]
    escaped = False
    for char in pattern:
        if escaped or char not in "\\%_":
            parts[-1].append(re.escape(char))
            escaped = False
        elif char == "\\":
            escaped = True
        elif char == "_":
            parts[-1].append(".")
        else:
            parts.append([])
    if escaped:
        parts[-1].append(re.escape("\\"))
    return parts


# relations


def _any(condition: DomainCondition, field: Any, records: Any, ids: Sequence[Any]) -> list:
    negative = condition.operator == "not any"
    comodel = records.env[field.comodel_name]
    if field.type == "many2one":
        column = _column(field, records, ids)
        related = dict.fromkeys(column[id_] for id_ in ids if column[id_] is not None)
    else:
        column = _column(field, records, ids)
        related = dict.fromkeys(id_ for owner in ids for id_ in column[owner] or ())
    if isinstance(condition.value, Domain):
        if field.type == "many2one" and _is_on_name(condition.value):
            # who reads a record reads the names of what it refers to
            comodel = comodel.sudo()
        lines = comodel.browse(tuple(related)).with_prefetch(tuple(related))
        domain = _with_active_test(condition.value, field, comodel)
        selected = set(select(domain, lines, lines._ids))
    else:
        wanted = _query_ids(condition, comodel)
        selected = {id_ for id_ in related if (id_ or getattr(id_, "origin", None)) in wanted}
    if field.type == "many2one":
        return [id_ for id_ in ids if (column[id_] in selected) != negative]
    return [id_ for id_ in ids if selected.isdisjoint(column[id_] or ()) == negative]


def _is_on_name(domain: Domain) -> bool:
    return isinstance(domain, DomainCondition) and domain.field_expr == "display_name"


def _query_ids(condition: DomainCondition, model: Any) -> set:
    """Return the ids that the query or the SQL in a condition comes to."""
    value = condition.value
    if hasattr(value, "subselect"):
        return set(value)
    if value.code.lstrip().startswith("("):
        value = SQL("SELECT * FROM %s AS ids", value)
    return {row[0] for row in model.env.execute_query(value)}


def _with_active_test(domain: Domain, field: Any, comodel: Any) -> Domain:
    """Return the sub-domain as the search has it: without archived records, unless it or the context asks for them.

    Cached columns hold the archived records too.
    """
    active = comodel._active_name
    asked = field.context.get("active_test", comodel.env.context.get("active_test", True))
    if not active or not asked or field.type == "many2one" or domain.mentions(active):
        return domain
    return optimize(domain & Domain(active, "=", True), comodel)


def _x2many(condition: DomainCondition, field: Any, records: Any, ids: Sequence[Any]) -> list:
    operator, value = condition.operator, condition.value
    column = _column(field, records, ids)
    positive = operator in ("=", "in")
    if is_subquery(value):
        values = _query_ids(condition, records)
    else:
        values = set(value if operator in ("in", "not in") else (value,))
    empty = EMPTY in values
    values.discard(EMPTY)
    if not any(values):
        return [id_ for id_ in ids if bool(column[id_]) != (empty == positive)]
    selected = []
    for id_ in ids:
        lines = column[id_]
        if lines:
            found = not values.isdisjoint(lines) or not values.isdisjoint(_origins(lines))
        else:
            found = empty
        if found == positive:
            selected.append(id_)
    return selected


# parts of values


def _part_column(field: Any, part: str, records: Any, ids: Sequence[Any]) -> dict:
    """Return the column of a part of a date, in the user's time zone for datetimes."""
    function = DATE_PARTS[part][1]
    column = _column(field, records, ids)
    values = {id_: column[id_] for id_ in ids}
    if field.type == "datetime" and records.env.context.get("tz"):
        localize = type(field).context_timestamp
        values = {id_: value and localize(records, value) for id_, value in values.items()}
    parts = {id_: function(value) if value else None for id_, value in values.items()}
    first = first_weekday(records.env) if part == "day_of_week" else 0
    return {id_: None if value is None else (value - first) % 7 for id_, value in parts.items()} if first else parts


def _numbers(condition: DomainCondition, column: Mapping[Any, Any], ids: Sequence[Any]) -> list:
    """Select by a part of a date, where 0 is a number like any other and ``None`` is no date."""
    operator, value = condition.operator, condition.value
    if operator in ("in", "not in"):
        values = set(value)
        if operator == "in":
            return [id_ for id_ in ids if column[id_] in values]
        # what has no date has no part that differs
        return [id_ for id_ in ids if column[id_] is not None and column[id_] not in values]
    if value is EMPTY:
        return []
    compare = _COMPARISONS[operator]
    return [id_ for id_ in ids if column[id_] is not None and compare(column[id_], value)]
