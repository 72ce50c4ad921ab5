"""Face: functions on domains in the list syntax, and the compiler of a domain for a query."""
from odoo.orm.domain_expression import SQL_OPERATORS, expression, get_unaccent_wrapper
from odoo.orm.domain_lists import (
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
from odoo.orm.domain_values import READ_GROUP_NUMBER_GRANULARITY

__all__ = [
    "AND", "AND_OPERATOR", "ANY_IN", "DOMAIN_OPERATORS", "DOMAIN_OPERATORS_NEGATION", "FALSE_DOMAIN", "FALSE_LEAF",
    "NEGATIVE_TERM_OPERATORS", "NOT_OPERATOR", "OR", "OR_OPERATOR", "READ_GROUP_NUMBER_GRANULARITY", "SQL_OPERATORS",
    "TERM_OPERATORS", "TERM_OPERATORS_NEGATION", "TRUE_DOMAIN", "TRUE_LEAF", "WILDCARD_OPERATORS", "check_leaf",
    "combine", "distribute_not", "domain_combine_anies", "expression", "get_unaccent_wrapper", "is_boolean", "is_false",
    "is_leaf", "is_negative_operator", "is_operator", "normalize_domain", "normalize_leaf", "prettify_domain",
]
