"""Compiled searches, kept for the domains that programs repeat.

Only a domain whose SQL is the same for every user, language, company and moment is kept: plain values compared with
plain columns, of the model itself or, in superuser mode, of related models.
"""

from typing import Any

from ..domain.operators import HIERARCHIES, SUB_DOMAINS
from ..domain.tree import Domain, DomainBool, DomainCondition, DomainNary
from ..domain.values import is_subquery
from ..overrides import is_overridden

__all__ = ["is_plain", "search_key"]

#: length of texts that are worth keeping
LONGEST_TEXT = 200

_PLAIN_VALUES = frozenset((str, int, float, bool, type(None)))
_PLAIN_TYPES = frozenset(
    ("boolean", "char", "date", "datetime", "float", "integer", "many2one", "monetary", "selection", "text")
)


def search_key(domain: Any, *flags: Any) -> "tuple | None":
    """Return the key of a domain list, ``None`` when its values are not all plain.

    :param flags: what else decides on the SQL
    """
    if type(domain) is not list:
        return None
    parts = list(flags)
    for item in domain:
        if type(item) is str:
            parts.append(item)
            continue
        if type(item) not in (tuple, list) or len(item) != 3:
            return None
        field_expr, operator, value = item
        kind = type(value)
        if kind not in _PLAIN_VALUES or type(field_expr) is not str or type(operator) is not str:
            return None
        if kind is str and len(value) > LONGEST_TEXT:
            return None
        # 0, 0.0 and False are one as keys, but not as values
        parts.append((field_expr, operator, kind, value))
    return tuple(parts)


def is_plain(domain: Domain, model: Any) -> bool:
    """Tell whether the SQL of a domain in normal form depends on nothing but the domain."""
    if isinstance(domain, DomainNary):
        return all(is_plain(child, model) for child in domain.children)
    if isinstance(domain, DomainCondition):
        return _is_plain_condition(domain, model)
    return isinstance(domain, DomainBool)


def _is_plain_condition(condition: Any, model: Any) -> bool:
    field = model._fields.get(condition.field_expr)
    if field is None or not _is_plain_column(field) or is_overridden(model, "_condition_to_sql"):
        return False
    if condition.operator in SUB_DOMAINS:
        return _is_plain_search(condition.value, field, model)
    return condition.operator not in HIERARCHIES and not is_subquery(condition.value)


def _is_plain_column(field: Any) -> bool:
    if not (field.store and field.column_type) or field.type not in _PLAIN_TYPES:
        return False
    return not (field.groups or field.context_keys or field.inherited)


def _is_plain_search(domain: Any, field: Any, model: Any) -> bool:
    if not isinstance(domain, Domain) or field.auto_join or not model.env.su:
        return False
    comodel = model.env[field.comodel_name]
    return not is_overridden(comodel, "_search") and not comodel._depends and is_plain(domain, comodel)
