"""Functions on domains in the list syntax, for code that combines lists rather than :class:`Domain` objects."""

from collections.abc import Iterable
from typing import Any

from .operators import ALL_OPERATORS, NEGATION, NEGATIVE_OPERATORS
from .tree import Domain

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
    "TERM_OPERATORS",
    "TERM_OPERATORS_NEGATION",
    "TRUE_DOMAIN",
    "TRUE_LEAF",
    "WILDCARD_OPERATORS",
    "check_leaf",
    "combine",
    "distribute_not",
    "domain_combine_anies",
    "is_boolean",
    "is_false",
    "is_leaf",
    "is_negative_operator",
    "is_operator",
    "normalize_domain",
    "normalize_leaf",
    "prettify_domain",
]

NOT_OPERATOR, OR_OPERATOR, AND_OPERATOR = "!", "|", "&"
DOMAIN_OPERATORS = (NOT_OPERATOR, OR_OPERATOR, AND_OPERATOR)
DOMAIN_OPERATORS_NEGATION = {AND_OPERATOR: OR_OPERATOR, OR_OPERATOR: AND_OPERATOR}

TERM_OPERATORS = (
    "=",
    "!=",
    "<=",
    "<",
    ">",
    ">=",
    "=?",
    "=like",
    "=ilike",
    "like",
    "not like",
    "ilike",
    "not ilike",
    "in",
    "not in",
    "child_of",
    "parent_of",
    "any",
    "not any",
)
NEGATIVE_TERM_OPERATORS = ("!=", "not like", "not ilike", "not in")
#: the opposites that the list syntax can write
TERM_OPERATORS_NEGATION = {
    operator: opposite for operator, opposite in NEGATION.items() if {operator, opposite}.issubset(TERM_OPERATORS)
}
WILDCARD_OPERATORS = ("like", "ilike", "not like", "not ilike")
ANY_IN = {"any": "in", "not any": "not in"}

TRUE_LEAF, FALSE_LEAF = (1, "=", 1), (0, "=", 1)
TRUE_DOMAIN, FALSE_DOMAIN = [TRUE_LEAF], [FALSE_LEAF]

_ARITY = {NOT_OPERATOR: 1, AND_OPERATOR: 2, OR_OPERATOR: 2}


def is_operator(element: Any) -> bool:
    """Tell whether an item of a domain is ``&``, ``|`` or ``!``."""
    return isinstance(element, str) and element in DOMAIN_OPERATORS


def is_negative_operator(operator: str) -> bool:
    """Tell whether a term operator also holds for records without a value."""
    return operator in NEGATIVE_OPERATORS or operator == "<>"


def is_boolean(element: Any) -> bool:
    """Tell whether a term is one of the constants."""
    return element in (TRUE_LEAF, FALSE_LEAF) or element in (list(TRUE_LEAF), list(FALSE_LEAF))


def is_leaf(element: Any) -> bool:
    """Tell whether an item of a domain is a term: three parts, with a known operator, or a constant."""
    if not isinstance(element, (tuple, list)) or len(element) != 3:
        return False
    field, operator, _value = element
    if is_boolean(element):
        return True
    if not (isinstance(field, str) and field and isinstance(operator, str)):
        return False
    return operator.lower() in ALL_OPERATORS or operator in ("<>", "==")


def check_leaf(element: Any) -> None:
    """Check an item of a domain.

    :raise ValueError: when it is neither an operator nor a term
    """
    if not is_operator(element) and not is_leaf(element):
        raise ValueError(f"Invalid leaf {element}")


def normalize_leaf(element: Any) -> Any:
    """Return a term with its operator in lower case, and ``in`` for collections."""
    if not is_leaf(element):
        return element
    left, operator, right = element
    operator = operator.lower()
    operator = {"<>": "!=", "==": "="}.get(operator, operator)
    if isinstance(right, bool) and operator in ("in", "not in"):
        operator = "=" if operator == "in" else "!="
    if isinstance(right, (list, tuple)) and operator in ("=", "!="):
        operator = "in" if operator == "=" else "not in"
    return left, operator, right


def normalize_domain(domain: Iterable[Any]) -> list:
    """Return a domain list with every ``&`` written out.

    :raise ValueError: when the domain is a string, or an operator lacks operands
    """
    if isinstance(domain, str):
        raise ValueError(f"A domain is a list, not text: {domain!r}")
    if not domain:
        return [TRUE_LEAF]
    items = [tuple(item) if isinstance(item, (list, tuple)) else item for item in domain]
    # from the end: how many conditions there are that no operator has taken yet
    conditions = 0
    for position in reversed(range(len(items))):
        item = items[position]
        if not isinstance(item, tuple):
            operands = _ARITY.get(item, 0)
            if conditions < operands:
                raise ValueError(f"Domain {items!r} ends early: its operator {item!r} lacks operands")
            conditions -= operands
        elif len(item) == 3 and item[1] in ANY_IN and isinstance(item[2], (list, tuple)):
            items[position] = (item[0], item[1], normalize_domain(item[2]))
        conditions += 1
    return [AND_OPERATOR] * (conditions - 1) + items


def is_false(model: Any, domain: Iterable[Any]) -> bool:
    """Tell whether ``domain`` is known to exclude every record of ``model``, without looking at the database."""
    return Domain(domain).optimize(model).is_false()


def combine(operator: str, unit: list, zero: list, domains: Iterable[Iterable[Any]]) -> list:
    """Return the domains joined by an operator.

    :param unit: the domain that makes no difference, which is also the result for no domains
    :param zero: the domain that decides the result
    """
    result: list = []
    count = 0
    for domain in domains:
        domain = list(domain)
        if domain == unit or (not domain and unit == TRUE_DOMAIN):
            continue
        if domain == zero or not domain:
            return list(zero)
        result += normalize_domain(domain)
        count += 1
    return [operator] * (count - 1) + result or list(unit)


def AND(domains: Iterable[Iterable[Any]]) -> list:
    """Return the domain of the records in all of ``domains``."""
    return combine(AND_OPERATOR, TRUE_DOMAIN, FALSE_DOMAIN, domains)


def OR(domains: Iterable[Iterable[Any]]) -> list:
    """Return the domain of the records in any of ``domains``."""
    return combine(OR_OPERATOR, FALSE_DOMAIN, TRUE_DOMAIN, domains)


def distribute_not(domain: Iterable[Any]) -> list:
    """Return a domain in which ``!`` only stands before terms on a path, and those whose operator has no opposite."""
    result: list = []
    # whether the terms to come are negated, one entry for each operand awaited
    stack = [False]
    for item in domain:
        negate = stack.pop() if stack else False
        if item == NOT_OPERATOR:
            stack.append(not negate)
        elif is_operator(item):
            result.append(DOMAIN_OPERATORS_NEGATION[item] if negate else item)
            stack += [negate, negate]
        elif negate and is_leaf(item):
            result += _negated_leaf(item)
        else:
            result.append(item)
    return result


def _negated_leaf(leaf: Any) -> list:
    if is_boolean(leaf):
        return [FALSE_LEAF if tuple(leaf) == TRUE_LEAF else TRUE_LEAF]
    left, operator, right = leaf
    # the opposite operator on a path means that some related record differs
    opposite = None if "." in left else TERM_OPERATORS_NEGATION.get(operator)
    return [(left, opposite, right)] if opposite else [NOT_OPERATOR, leaf]


def domain_combine_anies(domain: Iterable[Any], model: Any) -> list:
    """Return the domain with the ``any`` terms on one relation merged, and dotted paths written as ``any``."""
    return list(Domain(domain).optimize(model))


def prettify_domain(domain: Iterable[Any], pre_indent: int = 0) -> str:
    """Return a domain as text, one item a line, indented by the operators.

    :param pre_indent: (additional) indentation of the items
    """
    domain = normalize_domain(domain)
    levels = [1]
    lines = []
    for item in domain:
        level = levels.pop()
        prefix = " " * 4 * (level + pre_indent)
        if is_operator(item):
            levels += [level + 1] * _ARITY[item]
            lines.append(f"{prefix}{item!r},")
        elif item[1] in ("any", "not any") and isinstance(item[2], (list, tuple)):
            inner = prettify_domain(item[2], pre_indent=level + pre_indent)
            lines.append(f"{prefix}({item[0]!r}, {item[1]!r}, {inner}),")
        else:
            lines.append(f"{prefix}{tuple(item)!r},")
    return "\n".join(["[", *lines, " " * 4 * pre_indent + "]"])
