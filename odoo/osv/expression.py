"""Face: functions on domains in the list syntax, and the compiler of a domain for a query."""

import sys
from types import ModuleType
from typing import Any

from odoo.orm.domain.expression import expression, get_unaccent_wrapper
from odoo.orm.domain.lists import (
    AND,
    AND_OPERATOR,
    ANY_IN,
    DOMAIN_OPERATORS,
    DOMAIN_OPERATORS_NEGATION,
    FALSE_DOMAIN,
    FALSE_LEAF,
    NEGATIVE_TERM_OPERATORS,
    NOT_OPERATOR,
    OR,
    OR_OPERATOR,
    TERM_OPERATORS,
    TERM_OPERATORS_NEGATION,
    TRUE_DOMAIN,
    TRUE_LEAF,
    WILDCARD_OPERATORS,
    check_leaf,
    combine,
    distribute_not,
    domain_combine_anies,
    is_boolean,
    is_false,
    is_leaf,
    is_negative_operator,
    is_operator,
    normalize_domain,
    normalize_leaf,
    prettify_domain,
)
from odoo.orm.domain.operators import SQL_OPERATORS, replace_added
from odoo.orm.domain.values import READ_GROUP_NUMBER_GRANULARITY

__all__ = [
    "AND",
    "AND_OPERATOR",
    "ANY_IN",
    "DOMAIN_OPERATORS",
    "DOMAIN_OPERATORS_NEGATION",
    "FALSE_DOMAIN",
    "FALSE_LEAF",
    "NEGATIVE_TERM_OPERATORS",
    "NOT_OPERATOR",
    "OR",
    "OR_OPERATOR",
    "READ_GROUP_NUMBER_GRANULARITY",
    "SQL_OPERATORS",
    "TERM_OPERATORS",
    "TERM_OPERATORS_NEGATION",
    "TRUE_DOMAIN",
    "TRUE_LEAF",
    "WILDCARD_OPERATORS",
    "check_leaf",
    "combine",
    "distribute_not",
    "domain_combine_anies",
    "expression",
    "get_unaccent_wrapper",
    "is_boolean",
    "is_false",
    "is_leaf",
    "is_negative_operator",
    "is_operator",
    "normalize_domain",
    "normalize_leaf",
    "prettify_domain",
]


class _Face(ModuleType):
    """Addons bring operators of their own by giving ``TERM_OPERATORS`` another value: domains have to learn of it."""

    def __setattr__(self, name: str, value: Any) -> None:
        if name == "TERM_OPERATORS":
            replace_added(value)
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Face
