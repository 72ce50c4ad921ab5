"""Functions on domains in the list syntax, for code that combines lists rather than :class:`Domain` objects."""

from collections.abc import Iterable
from typing import Any

from .operators import ADDED, ALL_OPERATORS, NEGATION, NEGATIVE_OPERATORS
from .tree import Domain, DomainAnd, DomainCondition, DomainNary, DomainNot, DomainOr

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
    return operator.lower() in ALL_OPERATORS or operator in ("<>", "==") or operator in ADDED


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
    """Return the domain with the ``any`` terms on one relation merged, and dotted paths written as ``any``.

    Other terms stay as they are.

    :param model: recordset of the model that is searched
    """
    return list(_with_anies(Domain(domain), model))


def _with_anies(domain: Domain, model: Any) -> Domain:
    if isinstance(domain, DomainNot):
        return ~_with_anies(domain.child, model)
    if isinstance(domain, DomainCondition):
        return _as_any(domain, model)
    if isinstance(domain, DomainNary):
        combine = type(domain)
        combined = combine.of(_with_anies(child, model) for child in domain.children)
        return _merge_anies(combined, model) if isinstance(combined, combine) else combined
    return domain


def _as_any(condition: DomainCondition, model: Any) -> Domain:
    """Return a condition on a path through a relation as one with ``any``; others as they are."""
    name, _dot, rest = condition.field_expr.partition(".")
    field = model._fields.get(name)
    if field is None or not field.relational:
        return condition
    comodel = model.env[field.comodel_name]
    if rest:
        tail = DomainCondition(rest, condition.operator, condition.value)
        return DomainCondition(name, "any", _with_anies(tail, comodel))
    if condition.operator in ANY_IN and isinstance(condition.value, (Domain, list, tuple)):
        return DomainCondition(name, condition.operator, _with_anies(Domain(condition.value), comodel))
    return condition


def _merge_anies(domain: DomainNary, model: Any) -> Domain:
    """Merge the terms that ask for related records, where one record can be what all of them ask for."""
    groups: dict = {}
    for child in domain.children:
        is_any = isinstance(child, DomainCondition) and child.operator in ANY_IN and isinstance(child.value, Domain)
        groups.setdefault((child.field_expr, child.operator) if is_any else id(child), []).append(child)  # type: ignore[attr-defined]
    result: list[Domain] = []
    for [first, *others] in groups.values():
        if not others:
            result.append(first)
            continue
        # "there is none" of each is "there is none of all", with the other operator between them
        inner = DomainAnd if isinstance(domain, DomainAnd) == (first.operator == "any") else DomainOr
        if inner is DomainAnd and model._fields[first.field_expr].type != "many2one":
            result += [first, *others]
        else:
            values = inner.of(term.value for term in (first, *others))
            if isinstance(values, DomainNary):
                values = _merge_anies(values, model.env[model._fields[first.field_expr].comodel_name])
            result.append(DomainCondition(first.field_expr, first.operator, values))
    return type(domain).of(result)


def prettify_domain(domain: Iterable[Any], pre_indent: int = 0) -> str:
    """Return a domain as text, one item a line, the operands of an operator indented by one level more than it.

    :param pre_indent: (additional) indentation of the items after the first, in levels of four spaces
    """
    levels = [0]
    items: list[str] = []
    for item in normalize_domain(domain):
        level = levels.pop()
        if is_operator(item):
            levels += [level + 1] * _ARITY[item]
            text = repr(item)
        elif item[1] in ANY_IN and isinstance(item[2], (list, tuple)):
            inner = prettify_domain(item[2], pre_indent=level + pre_indent + 1)
            text = f"({item[0]!r}, {item[1]!r}, {inner})"
        else:
            text = repr(item)
        items.append(" " * 4 * (level + pre_indent) + text if items else text)
    return "[" + ",\n".join(items) + "]"
