"""Compilation of normalised domains to SQL.

Empty values are one: a condition that an empty text, zero or false meets is met by NULL, so that searching and
filtering records in memory agree.
"""

import logging
from collections.abc import Sequence
from typing import Any

from odoo.sql import SQL, escape_psql, pattern_to_translated_trigram_pattern

from ..overrides import is_overridden
from ..query import Query
from .hierarchy import hierarchy_domain
from .normal import has_column, optimize, split_path
from .operators import ADDED, HIERARCHIES, SQL_OPERATORS, SUB_DOMAINS
from .properties import property_sql
from .tree import (
    Domain,
    DomainAnd,
    DomainBool,
    DomainCondition,
    DomainNary,
    DomainNot,
)
from .values import DATE_PARTS, EMPTY, NUMBER_TYPES, complete_pattern, first_weekday, holds_for_empty, is_subquery

__all__ = ["STRICT_SEARCH", "column_condition", "date_part_sql", "to_sql"]

# the name that those who watch for wrong domains know
_logger = logging.getLogger("odoo.osv.expression")

#: key of the context in which a condition that cannot be evaluated is an error
STRICT_SEARCH = "__strict_search"

_TRUE, _FALSE = SQL("TRUE"), SQL("FALSE")
_AND, _OR = SQL(" AND "), SQL(" OR ")
_COMPARISONS = {operator: SQL(operator) for operator in ("=", "!=", "<", ">", "<=", ">=")}
_LIKES = {
    "like": SQL("LIKE"),
    "not like": SQL("NOT LIKE"),
    "=like": SQL("LIKE"),
    "not =like": SQL("NOT LIKE"),
    "ilike": SQL("ILIKE"),
    "not ilike": SQL("NOT ILIKE"),
    "=ilike": SQL("ILIKE"),
    "not =ilike": SQL("NOT ILIKE"),
}
_TEXT_TYPES = frozenset(("char", "text", "html"))
_RELATIONAL_OPERATORS = SUB_DOMAINS | HIERARCHIES
#: characters that ``unaccent()`` turns into backslashes
_BACKSLASHES = str.maketrans("\N{SET MINUS}\N{SMALL REVERSE SOLIDUS}\N{FULLWIDTH REVERSE SOLIDUS}", "\\" * 3)


def to_sql(domain: Domain, model: Any, alias: str, query: Any) -> SQL:
    """Return the condition that rows of table ``alias`` meet when they satisfy ``domain``, which is in normal form."""
    if isinstance(domain, DomainCondition):
        return _condition(domain, model, alias, query)
    if isinstance(domain, DomainNary):
        glue = " AND " if isinstance(domain, DomainAnd) else " OR "
        parts: list[SQL | str] = ["("]
        for child in domain.children:
            parts += [to_sql(child, model, alias, query), glue]
        parts[-1] = ")"
        return SQL.concat(parts)
    if isinstance(domain, DomainBool):
        return _TRUE if domain.value else _FALSE
    return _negation(domain, model, alias, query)  # type: ignore[arg-type]  # the last kind


def _negation(domain: DomainNot, model: Any, alias: str, query: Any) -> SQL:
    """Compile what has no opposite: the hierarchy operators, before their records are known, and parts of values."""
    condition = domain.child
    field, _rest = split_path(condition, model)
    if condition.operator in HIERARCHIES and has_column(field) and not field.inherited:
        return to_sql(optimize(~hierarchy_domain(condition, field, model), model), model, alias, query)
    return SQL("(%s) IS NOT TRUE", to_sql(condition, model, alias, query))


def _condition(condition: DomainCondition, model: Any, alias: str, query: Any) -> SQL:
    field, _rest = split_path(condition, model)
    if field.inherited:
        parent_model, parent_alias = _join_parent(field, model, alias, query)
        return to_sql(optimize(condition, parent_model), parent_model, parent_alias, query)
    if field.groups and not model.env.su:
        model._check_searched_field(field.name, condition.value)
    operator = condition.operator
    if not has_column(field):
        return _by_search_method(condition, field, model, alias, query)
    if operator in HIERARCHIES:
        domain = hierarchy_domain(condition, field, model)
        return to_sql(optimize(domain, model), model, alias, query)
    if field.type == "many2one" and operator in SUB_DOMAINS:
        return _many2one_any(condition, field, model, alias, query)
    if field.type in ("one2many", "many2many"):
        return _x2many(condition, field, model, alias, query)
    if field.type == "binary" and not field.column_type:
        return _attachment(condition, field, model, alias)
    # fast path of _condition_to_sql()
    if not is_overridden(model, "_condition_to_sql"):
        return _column_condition(condition, field, model, alias, query)
    return model._condition_to_sql(alias, condition.field_expr, operator, condition.value, query)


def _join_parent(field: Any, model: Any, alias: str, query: Any) -> tuple:
    """Join the table that an inherited field comes from; return its model and alias."""
    parent_name = field.related.split(".")[0]
    parent_model = model.env[field.related_field.model_name]
    parent_alias = query.make_alias(alias, parent_name)
    query.add_join(
        "LEFT JOIN",
        parent_alias,
        parent_model._table,
        SQL(
            "%s = %s",
            model._field_to_sql(alias, parent_name, query),
            SQL.identifier(parent_alias, "id"),
        ),
    )
    return parent_model, parent_alias


def _by_search_method(condition: DomainCondition, field: Any, model: Any, alias: str, query: Any) -> SQL:
    """Compile a condition on a field without a column through the field's search method.

    Without one the condition is true, and an error is logged; rules do not become laxer that way.

    :raise ValueError: when a rule has a condition on such a field, or one is on a part of a computed date
    """
    operator, value = condition.operator, condition.value
    _name, _dot, part = condition.field_expr.partition(".")
    if part:
        domain = _search_part(condition, field, part, model)
        return to_sql(optimize(Domain(domain), model), model, alias, query)
    if not field.search:
        error = condition.error(f"field {field} is not stored and has no search method", model)
        if model.env.context.get(STRICT_SEARCH):
            raise error
        _logger.error("%s; the term is taken as true", error)
        return _TRUE
    if operator in SUB_DOMAINS and not field.related:
        operator = "in" if operator == "any" else "not in"
        if isinstance(value, Domain):
            comodel = model.env[field.comodel_name]
            value = comodel.with_context(active_test=False)._search(list(value))
        value = list(value)
    elif isinstance(value, Domain):
        value = list(value)
    domain = field.determine_domain(model, operator, value)
    return to_sql(optimize(Domain(domain), model), model, alias, query)


def _search_part(condition: DomainCondition, field: Any, part: str, model: Any) -> list:
    """Return the domain for a condition on a part of a date, or on a property, at the end of a related path.

    :raise ValueError: for a computed field, whose search method takes whole values
    """
    if not field.related:
        raise condition.error(f"field {field} is not stored, {part!r} cannot be looked up on it", model)
    return field.search_related_part(model, part, condition.operator, condition.value)


# relations


def _in_subquery(column: SQL, value: Any, negative: bool = False) -> SQL:
    """Return the condition that a column is in the result of a query, or of SQL with or without parentheses."""
    if isinstance(value, SQL):
        subselect = value if value.code.lstrip().startswith("(") else SQL("(%s)", value)
    elif value.is_empty():
        return _TRUE if negative else _FALSE
    else:
        subselect = value.subselect()
    return SQL("%s NOT IN %s" if negative else "%s IN %s", column, subselect)


def _many2one_any(condition: DomainCondition, field: Any, model: Any, alias: str, query: Any) -> SQL:
    column = model._field_to_sql(alias, field.name, query)
    negative = condition.operator == "not any"
    if field.auto_join and isinstance(condition.value, Domain):
        return _auto_join(column, condition, field, model, alias, query)
    sub = condition.value
    if isinstance(sub, Domain):
        comodel = model.env[field.comodel_name].with_context(active_test=False)
        # fast path of _search() with a list: which addons that override it are given
        sub = comodel._search(list(sub) if is_overridden(comodel, "_search") else sub)
    membership = _in_subquery(column, sub, negative)
    if negative and not field.required:
        return SQL("(%s OR %s IS NULL)", membership, column)
    return membership


def _auto_join(column: SQL, condition: DomainCondition, field: Any, model: Any, alias: str, query: Any) -> SQL:
    comodel = model.env[field.comodel_name]
    joined = query.make_alias(alias, field.name)
    query.add_join("LEFT JOIN", joined, comodel._table, SQL("%s = %s", column, SQL.identifier(joined, "id")))
    inner = to_sql(condition.value, comodel, joined, query)
    if condition.operator == "not any":
        return SQL("(%s IS NULL OR (%s) IS NOT TRUE)", column, inner)
    return inner if field.required else SQL("(%s IS NOT NULL AND %s)", column, inner)


def _x2many(condition: DomainCondition, field: Any, model: Any, alias: str, query: Any) -> SQL:
    operator, value = condition.operator, condition.value
    id_sql = SQL.identifier(alias, "id")
    negative = operator in ("not any", "!=", "not in")
    related = _related_one2many if field.type == "one2many" else _related_many2many
    if isinstance(value, Domain):
        comodel = model.env[field.comodel_name].with_context(**field.context)
        if field.auto_join:
            # that goes without the comodel's access rules, and with the field's domain where others go without it
            restriction = field.get_domain_list(model) if field.type == "one2many" else []
            value = comodel._where_calc([*restriction, *value])
        else:
            value = comodel._search(list(value))
        if field.type == "one2many" and not value.is_empty():
            link = _lines_of_search(field, model, value)
            if link:
                return _exists(link, id_sql, alias, negative)
    elif not is_subquery(value):
        values = value if operator in ("in", "not in") else (value,)
        ids = tuple(item for item in values if item is not EMPTY)
        terms = []
        if ids:
            terms.append(_exists(related(field, model, ids), id_sql, alias, negative))
        if len(ids) < len(values):
            # no related record at all
            terms.append(_exists(related(field, model, None), id_sql, alias, not negative))
        glue = _AND if negative else _OR
        return SQL("(%s)", glue.join(terms)) if len(terms) > 1 else terms[0]
    if not isinstance(value, SQL) and value.is_empty():
        return _TRUE if negative else _FALSE
    return _exists(related(field, model, value), id_sql, alias, negative)


def _exists(link: tuple[SQL, Query], id_sql: SQL, alias: str, negative: bool) -> SQL:
    """Return the condition that ``link``, an owner column and its query, has a row for the record."""
    column, query = link
    if negative and not query.has_table(alias):
        query.add_where(SQL("%s = %s", column, id_sql))
        return SQL("NOT EXISTS %s", query.subselect("1"))
    return SQL("%s NOT IN %s" if negative else "%s IN %s", id_sql, query.subselect(column))


def _lines_of_search(field: Any, model: Any, query: Any) -> "tuple | None":
    """Return ``(owner column, query)`` by extending the query of a sub-search, ``None`` where that cannot be done."""
    comodel = model.env[field.comodel_name].sudo()
    if not comodel._fields[field.inverse_name].store or query.limit or query.offset:
        return None
    return _with_owner(field, model, comodel, query, query.table)


def _related_one2many(field: Any, model: Any, value: Any) -> tuple:
    """Return ``(owner column, query)`` of the lines in ``value``: ids, a query, SQL, or ``None`` for all lines."""
    comodel = model.env[field.comodel_name].sudo()
    if not comodel._fields[field.inverse_name].store:
        return _related_by_reading(field, model, value)
    alias = comodel._table
    query = Query(model.env, alias, comodel._table_sql)
    if value is not None:
        query.add_where(_ids_in(SQL.identifier(alias, "id"), value))
    return _with_owner(field, model, comodel, query, alias)


def _with_owner(field: Any, model: Any, comodel: Any, query: Any, alias: str) -> tuple:
    """Restrict a query of lines to those that have an owner; return the owner's column with it.

    A plain number does not say what it is a number of: then the domain of the field tells which lines are meant.
    """
    inverse = comodel._fields[field.inverse_name]
    column = comodel._field_to_sql(alias, field.inverse_name, query)
    query.add_where(SQL("%s IS NOT NULL", column))
    if not inverse.relational:
        restriction = Domain(field.get_domain_list(model))
        query.add_where(restriction._to_sql(comodel, alias, query))
    return column, query


def _related_by_reading(field: Any, model: Any, value: Any) -> tuple:
    """Do the work of :func:`_related_one2many` for an inverse field that has no column."""
    comodel = model.env[field.comodel_name].sudo().with_context(active_test=False)
    domain = [] if comodel._fields[field.inverse_name].relational else field.get_domain_list(model)
    if value is None:
        lines = comodel.search([*domain, (field.inverse_name, "!=", False)])
    else:
        lines = comodel.browse(value if isinstance(value, tuple) else tuple(value)).filtered_domain(domain)
    owners = lines.mapped(field.inverse_name)
    ids = owners.ids if hasattr(owners, "ids") else [owner for owner in owners if owner]
    query = Query(model.env, "owner", SQL("(SELECT unnest(%s::int[]) AS id)", ids))
    return SQL.identifier("owner", "id"), query


def _related_many2many(field: Any, model: Any, value: Any) -> tuple:
    """Return ``(owner column, query)`` of the links to ``value``: ids, a query, SQL, or ``None`` for all links."""
    alias = Query.make_alias(model._table, field.name)
    query = Query(model.env, alias, SQL.identifier(field.relation))
    if value is not None:
        query.add_where(_ids_in(SQL.identifier(alias, field.column2), value))
    return SQL.identifier(alias, field.column1, to_flush=field), query


def _ids_in(column: SQL, value: Any) -> SQL:
    return SQL("%s IN %s", column, value) if isinstance(value, tuple) else _in_subquery(column, value)


def _attachment(condition: DomainCondition, field: Any, model: Any, alias: str) -> SQL:
    """Compile the condition that a binary value kept as an attachment is empty or not.

    :raise ValueError: for any other condition
    """
    if condition.operator not in ("=", "!=") or condition.value is not EMPTY:
        raise condition.error(f"field {field} is kept in attachments, it can only be compared with False", model)
    attached = model.pool.services.attachments.holders(model, field.name)
    return _in_subquery(SQL.identifier(alias, "id"), attached, negative=condition.operator == "=")


# columns


def column_condition(model: Any, alias: str, fname: str, operator: str, value: Any, query: Any) -> SQL:
    """Return the SQL of a condition on a column: what ``model._condition_to_sql()`` does for ordinary fields.

    :param fname: a field name, or one with a part of a date or a property name after a dot
    """
    condition = optimize(Domain(fname, operator, value), model)
    if not isinstance(condition, DomainCondition) or condition.field_expr != fname:
        return to_sql(condition, model, alias, query)
    return _column_condition(condition, model._fields[fname.partition(".")[0]], model, alias, query)


def _column_condition(condition: DomainCondition, field: Any, model: Any, alias: str, query: Any) -> SQL:
    """Compile a condition in normal form on a column of ``field``."""
    operator, value = condition.operator, condition.value
    name, _dot, rest = condition.field_expr.partition(".")
    if operator in _RELATIONAL_OPERATORS or not ((field.store and field.column_type) or name == "id"):
        return _condition(condition, model, alias, query)
    if field.type == "properties" and rest:
        return property_sql(model._field_to_sql(alias, name, query), rest, operator, value)
    if rest:
        column = date_part_sql(model._field_to_sql(alias, name, query), field.type, rest, model.env)
        return _part_condition(column, operator, value)
    column = model._field_to_sql(alias, name, query)
    compiled = _plain_condition(column, field, operator, value, model, alias)
    if field.company_dependent and not _holds_for_fallback(condition, field, model):
        # for the index of the rows with values
        return SQL("(%s IS NOT NULL AND %s)", SQL.identifier(alias, name), compiled)
    return compiled


def _holds_for_fallback(condition: DomainCondition, field: Any, model: Any) -> bool:
    """Tell whether records on which no company has a value of its own may satisfy a condition."""
    if is_subquery(condition.value):
        return True
    if not field.has_company_default(model.env):
        return holds_for_empty(field, condition.operator, condition.value)
    fallback = field.get_company_dependent_fallback(model)
    return bool(model.new({field.name: fallback}).filtered_domain(condition))


def _plain_condition(column: SQL, field: Any, operator: str, value: Any, model: Any, alias: str) -> SQL:
    """Compile the comparison of a column, given as SQL, with a value."""
    if operator in ADDED:
        if operator not in SQL_OPERATORS:
            raise ValueError(f"Operator {operator!r} says nothing of how it is searched, on {field}")
        return SQL("(%s %s %s)", column, SQL_OPERATORS[operator], value)
    if operator in _LIKES:
        return _like(column, field, operator, value, model, alias)
    if is_subquery(value):
        negative = operator == "not in"
        membership = _in_subquery(column, value, negative)
        return SQL("(%s OR %s IS NULL)", membership, column) if negative and _nullable(field) else membership
    if operator in ("=", "!=", "in", "not in"):
        values = (value,) if operator in ("=", "!=") else value
        condition = _equality(column, field, values, operator in ("=", "in"))
        if operator in ("=", "in") and len(values) == 1 and isinstance(values[0], str) and _has_trigrams(field, model):
            return SQL("(%s AND %s)", _trigram_guard(field, escape_psql(values[0]), model, alias), condition)
        return condition
    return _inequality(column, field, operator, value)


def _nullable(field: Any) -> bool:
    return not ((field.required and field.store) or field.name == "id")


def _equality(column: SQL, field: Any, values: Sequence[Any], positive: bool) -> SQL:
    """Return the condition that a column is, or is not, one of ``values``; ``EMPTY`` is NULL and its equivalent."""
    if field.type == "boolean":
        wanted = values[0] if positive else not values[0]
        return SQL("%s = TRUE", column) if wanted else SQL("(%s = FALSE OR %s IS NULL)", column, column)
    present = [value for value in values if value is not EMPTY]
    empty = len(present) < len(values)
    if empty:
        if field.type in _TEXT_TYPES:
            present.append("")
        elif field.type in NUMBER_TYPES:
            present.append(0)
    with_null = empty == positive
    if not present:
        return SQL("%s IS NULL" if positive else "%s IS NOT NULL", column)
    if len(present) == 1:
        membership = SQL("%s = %s" if positive else "%s != %s", column, present[0])
    elif all(type(value) is int for value in present):
        # one array is read faster than as many constants
        membership = SQL("%s = ANY(%s)" if positive else "%s != ALL(%s)", column, present)
    else:
        membership = SQL("%s IN %s" if positive else "%s NOT IN %s", column, tuple(present))
    if with_null and _nullable(field):
        return SQL("(%s OR %s IS NULL)", membership, column)
    # a comparison with NULL is not true: nothing to add where NULL is excluded
    return membership


def _inequality(column: SQL, field: Any, operator: str, value: Any) -> SQL:
    if value is EMPTY:
        if field.type in NUMBER_TYPES:
            value = 0
        elif field.type in _TEXT_TYPES or field.type == "selection":
            value = ""
        else:
            # nothing comes before or after no value
            return _FALSE
    comparison = SQL("%s %s %s", column, _COMPARISONS[operator], value)
    if _nullable(field) and holds_for_empty(field, operator, value):
        return SQL("(%s OR %s IS NULL)", comparison, column)
    return comparison


def _like(column: SQL, field: Any, operator: str, value: Any, model: Any, alias: str) -> SQL:
    """Return a ``LIKE`` condition, without regard to accents where case does not count either."""
    exact = "=" in operator
    negative = operator.startswith("not")
    text = column if field.is_text or field.type in ("selection", "reference") else SQL("%s::text", column)
    if model.pool.has_unaccent and operator.endswith("ilike") and getattr(field, "unaccent", True):
        value = complete_pattern(value.translate(_BACKSLASHES))
        text, pattern = model.pool.unaccent(text), model.pool.unaccent(SQL("%s", value if exact else f"%{value}%"))
    else:
        pattern = SQL("%s", value if exact else f"%{value}%")
    condition = SQL("%s %s %s", text, _LIKES[operator], pattern)
    matches_empty = holds_for_empty(field, operator, value)
    if matches_empty and _nullable(field):
        condition = SQL("(%s OR %s IS NULL)", condition, column)
    if not negative and not matches_empty and _has_trigrams(field, model):
        return SQL("(%s AND %s)", _trigram_guard(field, value if exact else f"%{value}%", model, alias), condition)
    return condition


def _has_trigrams(field: Any, model: Any) -> bool:
    """Tell whether there is a trigram index of all the translations of a field."""
    return bool(field.translate) and field.index == "trigram" and model.pool.has_trigram


def _trigram_guard(field: Any, pattern: str, model: Any, alias: str) -> SQL:
    """Return a weaker condition than a pattern, on all the translations together, which the trigram index answers."""
    pattern = pattern_to_translated_trigram_pattern(pattern)
    content = SQL("jsonb_path_query_array(%s, '$.*')::text", SQL.identifier(alias, field.name))
    if not getattr(field, "unaccent", True):
        return SQL("%s ILIKE %s", content, pattern)
    return SQL("%s ILIKE %s", model.pool.unaccent(content), model.pool.unaccent(SQL("%s", pattern)))


def date_part_sql(column: SQL, kind: str, part: str, env: Any) -> SQL:
    """Return a part of a date column as a number; datetimes are taken in the user's time zone.

    :param kind: ``date`` or ``datetime``
    :param part: one of ``DATE_PARTS``
    """
    if kind == "datetime" and env.context.get("tz"):
        column = SQL("timezone(%s, timezone('UTC', %s))", env.tz.zone, column)
    number = SQL("date_part(%s, %s)::int", DATE_PARTS[part][0], column)
    return SQL("mod(7 - %s + %s, 7)", first_weekday(env), number) if part == "day_of_week" else number


def _part_condition(column: SQL, operator: str, value: Any) -> SQL:
    if operator not in ("in", "not in"):
        return _FALSE if value is EMPTY else SQL("%s %s %s", column, _COMPARISONS[operator], value)
    present = tuple(item for item in value if item is not None)
    if operator == "not in":
        # what has no date has no part that differs
        return SQL("%s NOT IN %s", column, present) if present else SQL("%s IS NOT NULL", column)
    terms = [SQL("%s IN %s", column, present)] if present else []
    if len(present) < len(value):
        terms.append(SQL("%s IS NULL", column))
    return SQL("(%s)", _OR.join(terms)) if len(terms) > 1 else terms[0]
