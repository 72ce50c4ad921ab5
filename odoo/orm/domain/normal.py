"""Normal form of domains for a model: known fields, converted values, no dotted paths through relations, merged terms.

Conditions on fields without a column keep their operator and value: their search method gets them as they were written.
"""

import collections
from collections.abc import Callable, Collection, Iterable
from typing import Any

from odoo.tools.suggestions import nearest

from .operators import (
    ADDED,
    COLLECTION_OPERATORS,
    EQUALITIES,
    HIERARCHIES,
    PATTERNS,
    POSITIVE,
    SUB_DOMAINS,
    WHOLE_PATTERNS,
)
from .properties import property_condition
from .tree import (
    LONE_VALUES,
    Domain,
    DomainAnd,
    DomainCondition,
    DomainNary,
    DomainNot,
    DomainOr,
)
from .values import DATE_PARTS, EMPTY, NUMBER_TYPES, complete_pattern, is_subquery, scalar_converter, to_ids

__all__ = ["by_type", "has_column", "optimize", "split_path"]


def optimize(domain: Domain, model: Any) -> Domain:
    """Return ``domain`` in normal form for ``model``.

    :raise ValueError: when a condition does not suit the model
    """
    if isinstance(domain, DomainCondition):
        return domain if domain.normal_for == model._name else _condition(domain, model)
    if isinstance(domain, DomainNary):
        if domain.normal_for == model._name:
            return domain
        combine = type(domain)
        combined = combine.of((optimize(child, model) for child in domain.children), model._name)
        # what came out flat may hold terms of one field
        return _merge(combined, model) if type(combined) is combine else combined
    if isinstance(domain, DomainNot):
        return ~optimize(domain.child, model)
    return domain


def split_path(condition: DomainCondition, model: Any) -> tuple:
    """Return ``(field, rest of the path)`` of a condition.

    :raise ValueError: when the model has no such field
    """
    name, _dot, rest = condition.field_expr.partition(".")
    field = model._fields.get(name)
    if field is None:
        raise condition.error(f"the model has no field {name!r}{nearest(name, model._fields)}", model)
    return field, rest


def has_column(field: Any) -> bool:
    """Tell whether conditions on the field compare a column, its own or an inherited one, or a stored relation."""
    return bool(field.base_field.store) or field.name == "id"


def _normal(condition: DomainCondition, model: Any, operator: str | None = None, value: Any = None) -> Domain:
    return DomainCondition(condition.field_expr, operator or condition.operator, value, model._name)


def _condition(condition: DomainCondition, model: Any) -> Domain:
    if condition.operator == "=?":
        if condition.value is None or condition.value is False:
            return Domain.TRUE
        return _condition(DomainCondition(condition.field_expr, "=", condition.value), model)
    field, rest = split_path(condition, model)
    if field.type == "properties":
        return _property(condition, field, rest, model)
    if condition.operator in COLLECTION_OPERATORS and not (rest and field.relational):
        condition = _with_collection(condition, field, model)
    if rest:
        return _path(condition, field, rest, model)
    if has_column(field):
        return by_type(condition, field, model)
    if condition.operator in SUB_DOMAINS and not is_subquery(condition.value):
        return _any(condition, condition.operator, condition.value, field, model)
    return _normal(condition, model, value=condition.value)


def _with_collection(condition: DomainCondition, field: Any, model: Any) -> DomainCondition:
    """Return a condition whose value stood alone at the end of a path with a list of it.

    :raise ValueError: when the value is a text and the field no relation, whose records have names
    """
    if not isinstance(condition.value, LONE_VALUES):
        return condition
    if isinstance(condition.value, str) and not field.relational:
        raise condition.error(f"operator {condition.operator!r} takes a list of values, not a text", model)
    return DomainCondition(condition.field_expr, condition.operator, (condition.value,))


def _path(condition: DomainCondition, field: Any, rest: str, model: Any) -> Domain:
    """Return the condition on a dotted path as one on the relation at its head."""
    if field.relational:
        tail = DomainCondition(rest, condition.operator, condition.value)
        head = DomainCondition(field.name, "any", tail)
        return _any(head, "any", tail, field, model)
    if field.type in ("date", "datetime"):
        if rest not in DATE_PARTS:
            raise condition.error(f"{rest!r} is no part of a date, expected one of {list(DATE_PARTS)}", model)
        return _part(condition, field, model)
    raise condition.error(f"field {field} is no relation, {rest!r} cannot be looked up on it", model)


def _property(condition: DomainCondition, field: Any, name: str, model: Any) -> Domain:
    """Return the condition on a property, for a related field the one at the end of its path.

    :raise ValueError: for a condition on the field itself, which holds any number of values
    """
    if not name:
        raise condition.error(f"field {field} holds properties: name one of them, '{field.name}.<property>'", model)
    if field.related and not has_column(field):
        return _condition(DomainCondition(f"{field.related}.{name}", condition.operator, condition.value), model)
    return property_condition(condition, name, model)


def by_type(condition: DomainCondition, field: Any, model: Any) -> Domain:
    """Return the condition with operator and value as the type of its field has them."""
    operator = condition.operator
    if operator in ADDED:
        if field.type in ("one2many", "many2many"):
            raise condition.error(f"operator {operator!r} compares a value, {field} is of type {field.type}", model)
        return _normal(condition, model, value=condition.value)
    if operator in SUB_DOMAINS:
        if not field.relational:
            raise condition.error(f"operator {operator!r} takes a relation, {field} is of type {field.type}", model)
        return _any(condition, operator, condition.value, field, model)
    if operator in HIERARCHIES:
        if not field.relational and field.name != "id":
            raise condition.error(f"operator {operator!r} takes a relation, {field} is of type {field.type}", model)
        return _normal(condition, model, value=condition.value)
    if field.relational:
        return _relation(condition, field, model)
    if field.name == "id":
        return _identifier(condition, model)
    if operator in PATTERNS:
        if operator in WHOLE_PATTERNS and field.type in NUMBER_TYPES:
            raise condition.error(f"operator {operator!r} takes a field with texts, {field} has numbers", model)
        return _pattern(condition, model)
    return _scalar(condition, field, model)


def _any(condition: DomainCondition, operator: str, value: Any, field: Any, model: Any) -> Domain:
    if is_subquery(value):
        return _normal(condition, model, operator, value)
    comodel = model.env[field.comodel_name]
    value = optimize(value if isinstance(value, Domain) else Domain(value), comodel)
    if value is Domain.FALSE:
        return Domain.FALSE if operator == "any" else Domain.TRUE
    return _normal(condition, model, operator, value)


def _relation(condition: DomainCondition, field: Any, model: Any) -> Domain:
    operator, value = condition.operator, condition.value
    if operator in PATTERNS:
        return _by_name(condition, field, operator, value, model)
    if operator not in EQUALITIES:
        ids = to_ids(value)
        if ids is None or len(ids) != 1:
            raise condition.error(f"operator {operator!r} takes an id for field {field}", model)
        return _normal(condition, model, value=ids[0])
    if is_subquery(value):
        return _normal(condition, model, "in" if operator in ("in", "=") else "not in", value)
    ids = to_ids(value)
    if ids is None:
        # names, and maybe ids among them
        items = [value] if isinstance(value, str) else list(value)
        names = [item for item in items if isinstance(item, str) and item]
        others = to_ids([item or False for item in items if not (isinstance(item, str) and item)])
        if others is None:
            raise condition.error(f"{value!r} holds neither ids nor names for field {field}", model)
        positive = _by_name(condition, field, "in", names, model)
        if others:
            positive = DomainOr.of((positive, _membership(condition, "in", others, model)))
        return positive if operator in ("in", "=") else ~positive
    return _membership(condition, operator, ids, model)


def _by_name(condition: DomainCondition, field: Any, operator: str, value: Any, model: Any) -> Domain:
    """Return the condition that the display names of the related records meet an operator.

    Names are those of records that the field may have: its domain counts, which it does not for ids.
    """
    positive = POSITIVE.get(operator, operator)
    named: Domain = DomainCondition("display_name", positive, value)
    if field.type in ("one2many", "many2many"):
        named &= Domain(field.get_domain_list(model))
    return _any(condition, "any" if positive == operator else "not any", named, field, model)


def _identifier(condition: DomainCondition, model: Any) -> Domain:
    operator, value = condition.operator, condition.value
    if operator in PATTERNS:
        return _pattern(condition, model)
    if operator in EQUALITIES:
        if is_subquery(value):
            return _normal(condition, model, "in" if operator in ("in", "=") else "not in", value)
        ids = to_ids(value)
        if ids is None:
            try:
                ids = [int(item or 0) or EMPTY for item in ([value] if isinstance(value, str) else value)]
            except (TypeError, ValueError):
                raise condition.error(f"{value!r} holds values that are no ids", model) from None
        # a record always has an id
        return _membership(condition, operator, [id_ for id_ in ids if id_ is not EMPTY], model)
    return _convert(condition, model, scalar_converter(model._fields["id"], operator))


def _membership(condition: DomainCondition, operator: str, values: Iterable[Any], model: Any) -> Domain:
    """Return the equality condition on converted values: ``=`` or ``!=`` for one, else ``in`` or ``not in``."""
    positive = operator in ("in", "=")
    values = tuple(dict.fromkeys(values))
    if not values:
        return Domain.FALSE if positive else Domain.TRUE
    if len(values) == 1:
        return _normal(condition, model, "=" if positive else "!=", values[0])
    return _normal(condition, model, "in" if positive else "not in", values)


def _pattern(condition: DomainCondition, model: Any) -> Domain:
    """Return a ``like`` condition; everything contains the empty text."""
    operator, value = condition.operator, condition.value
    text = "" if value is None or value is False else str(value)
    if not text and operator in ("like", "ilike"):
        return Domain.TRUE
    return _normal(condition, model, value=complete_pattern(text))


def _scalar(condition: DomainCondition, field: Any, model: Any) -> Domain:
    operator, value = condition.operator, condition.value
    convert = scalar_converter(field, operator)
    if operator not in EQUALITIES:
        return _convert(condition, model, convert)
    if is_subquery(value):
        return _normal(condition, model, "in" if operator in ("in", "=") else "not in", value)
    items = (value,) if operator in ("=", "!=") else value
    try:
        values = {convert(item): None for item in items}
    except (TypeError, ValueError) as error:
        raise condition.error(f"the value does not suit field {field} of type {field.type}: {error}", model) from error
    if field.type == "boolean":
        return _truth(condition, values, model)
    return _membership(condition, operator, values, model)


def _truth(condition: DomainCondition, values: Collection[Any], model: Any) -> Domain:
    positive = condition.operator in ("in", "=")
    if len(values) != 1:
        return Domain.TRUE if bool(values) == positive else Domain.FALSE
    (value,) = values
    return _normal(condition, model, "=", value if positive else not value)


def _convert(condition: DomainCondition, model: Any, convert: Callable[[Any], Any]) -> Domain:
    try:
        value = convert(condition.value)
    except (TypeError, ValueError) as error:
        raise condition.error(f"the value does not suit the field: {error}", model) from error
    return _normal(condition, model, value=value)


def _part(condition: DomainCondition, field: Any, model: Any) -> Domain:
    operator, value = condition.operator, condition.value
    if operator in PATTERNS | HIERARCHIES | SUB_DOMAINS | ADDED or is_subquery(value):
        raise condition.error(f"operator {operator!r} does not apply to a part of a date", model)
    convert = scalar_converter(model._fields["id"], operator)
    if operator not in EQUALITIES:
        return _convert(condition, model, convert)
    try:
        values = [
            item if item == 0 and item is not False else convert(item)
            for item in ((value,) if operator in ("=", "!=") else value)
        ]
    except (TypeError, ValueError) as error:
        raise condition.error(f"a part of a date is a number: {error}", model) from error
    # 0 is a value of its own here (midnight, Sunday), and False means no date at all
    return (
        _normal(
            condition,
            model,
            "in" if operator in ("in", "=") else "not in",
            tuple(None if item is EMPTY else item for item in values),
        )
        if values
        else _membership(condition, operator, (), model)
    )


# merging


def _merge(domain: DomainNary, model: Any) -> Domain:
    """Merge the terms of a combination that are on the same field."""
    groups: dict = collections.defaultdict(list)
    for child in domain.children:
        if isinstance(child, DomainCondition):
            groups[child.field_expr].append(child)
    if len(groups) == len(domain.children) or all(len(group) == 1 for group in groups.values()):
        return domain
    combine = type(domain)
    merged: dict = {}
    for name, group in groups.items():
        if len(group) > 1 and "." not in name and has_column(model._fields[name]):
            merged[name] = _merge_group(group, combine, model._fields[name], model)
    result, done = [], set()
    for child in domain.children:
        name = child.field_expr if isinstance(child, DomainCondition) else None
        if name not in merged:
            result.append(child)
        elif name not in done:
            done.add(name)
            result += merged[name]
    return combine.of(result, model._name)


def _merge_group(group: Iterable[DomainCondition], combine: type[DomainNary], field: Any, model: Any) -> list:
    """Return the terms that stand for a combination of conditions on one field."""
    single = field.type not in ("one2many", "many2many")
    sets: list[DomainCondition] = []
    anys: dict[str, list[DomainCondition]] = {"any": [], "not any": []}
    rest: list[Domain] = []
    for term in group:
        if term.operator in EQUALITIES and single and not is_subquery(term.value):
            sets.append(term)
        elif term.operator in SUB_DOMAINS and isinstance(term.value, Domain):
            anys[term.operator].append(term)
        else:
            rest.append(term)
    terms: list[Domain] = [_merge_sets(sets, combine, field, model)] if len(sets) > 1 else [*sets]
    for operator, conditions in anys.items():
        terms += _merge_anys(conditions, operator, combine, single, field, model)
    return terms + rest


def _merge_sets(terms: list[DomainCondition], combine: type[DomainNary], field: Any, model: Any) -> Domain:
    """Return the one condition that a combination of equalities on a single value comes to."""
    included = None
    excluded: dict = {}
    for term in terms:
        negative = term.operator in ("!=", "not in")
        values = dict.fromkeys((term.value,) if term.operator in ("=", "!=") else term.value)
        # a disjunction is the negation of the conjunction of the opposites
        if negative == (combine is DomainAnd):
            excluded.update(values)
        else:
            included = values if included is None else {item: None for item in included if item in values}
    if included is not None:
        merged, positive = [item for item in included if item not in excluded], combine is DomainAnd
    else:
        merged, positive = list(excluded), combine is not DomainAnd
    if field.type == "boolean":
        condition = DomainCondition(field.name, "in" if positive else "not in", merged)
        return _truth(condition, dict.fromkeys(merged), model)
    return _membership(terms[0], "in" if positive else "not in", merged, model)


def _merge_anys(
    terms: list[DomainCondition], operator: str, combine: type[DomainNary], single: bool, field: Any, model: Any
) -> list:
    """Merge sub-domains: those of a disjunction always, those of a conjunction for a single related record."""
    conjunction = (combine is DomainAnd) == (operator == "any")
    if len(terms) < 2 or (conjunction and not single):
        return terms
    active_name = model.env[field.comodel_name]._active_name
    if not single and active_name and any(term.value.mentions(active_name) for term in terms):
        # archived records take part in some of the terms only
        return terms
    inner = (DomainAnd if conjunction else DomainOr).of(term.value for term in terms)
    return [_any(terms[0], operator, inner, field, model)]
