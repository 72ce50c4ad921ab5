"""The operators of conditions, and what they have in common."""

from collections.abc import Iterable

from odoo.sql import SQL

__all__ = [
    "ADDED",
    "ALL_OPERATORS",
    "COLLECTION_OPERATORS",
    "EQUALITIES",
    "HIERARCHIES",
    "NEGATION",
    "NEGATIVE_OPERATORS",
    "PATTERNS",
    "POSITIVE",
    "SQL_OPERATORS",
    "SUB_DOMAINS",
    "WHOLE_PATTERNS",
    "replace_added",
]

#: operators of the list syntax, and the operator that means the opposite where there is one
NEGATION = {
    "=": "!=",
    "!=": "=",
    "<": ">=",
    ">=": "<",
    ">": "<=",
    "<=": ">",
    "in": "not in",
    "not in": "in",
    "like": "not like",
    "not like": "like",
    "ilike": "not ilike",
    "not ilike": "ilike",
    "=like": "not =like",
    "not =like": "=like",
    "=ilike": "not =ilike",
    "not =ilike": "=ilike",
    "any": "not any",
    "not any": "any",
}
#: operators that look below or above records in a tree
HIERARCHIES = frozenset(("child_of", "parent_of"))
ALL_OPERATORS = frozenset((*NEGATION, "=?", *HIERARCHIES))
#: operators that also hold for records without a value, and those that they negate
POSITIVE = {
    operator: NEGATION[operator]
    for operator in (
        "!=",
        "not in",
        "not like",
        "not ilike",
        "not =like",
        "not =ilike",
        "not any",
    )
}
NEGATIVE_OPERATORS = frozenset(POSITIVE)
#: operators whose value is a collection
COLLECTION_OPERATORS = frozenset(("in", "not in"))
EQUALITIES = frozenset(("=", "!=", *COLLECTION_OPERATORS))
#: operators whose value is a domain of related records
SUB_DOMAINS = frozenset(("any", "not any"))
#: operators whose value is a pattern that whole texts are compared with
WHOLE_PATTERNS = frozenset(("=like", "=ilike", "not =like", "not =ilike"))
#: operators whose value is a pattern
PATTERNS = frozenset(("like", "ilike", "not like", "not ilike", *WHOLE_PATTERNS))

#: operators that SQL writes in capitals and otherwise alike
_COMMON_OPERATORS = ("=", "!=", "<", "<=", ">", ">=", "in", "like", "ilike", "not in", "not like", "not ilike")
SQL_OPERATORS = {operator: SQL(operator.upper()) for operator in _COMMON_OPERATORS}
# with or without wildcards around the value, the comparison is the same
SQL_OPERATORS |= {f"={operator}": SQL_OPERATORS[operator] for operator in ("like", "ilike")}

#: operators of addons; models compile them in ``_condition_to_sql()``, otherwise ``SQL_OPERATORS`` says how
ADDED: set[str] = set()


def replace_added(operators: Iterable[str]) -> None:
    """Let conditions have ``operators``, and no other ones beside those that are always there."""
    ADDED.clear()
    ADDED.update(set(operators) - ALL_OPERATORS)
