"""Search domains as immutable trees (spec: "Search domains" of the ORM reference).

A :class:`Domain` is parsed once from the list syntax and then combined, normalised for a model (``normal``), compiled
to SQL (``sql``) or applied to records in memory (``python``).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Any, Self

from odoo.sql import SQL

from .operators import ADDED, ALL_OPERATORS, COLLECTION_OPERATORS, NEGATION, SUB_DOMAINS

__all__ = [
    "LONE_VALUES",
    "Domain",
    "DomainAnd",
    "DomainBool",
    "DomainCondition",
    "DomainNary",
    "DomainNot",
    "DomainOr",
    "Passes",
]

_OTHER_SPELLINGS = {"<>": "!=", "==": "="}


class Domain:
    """A condition on records of a model.

    ``Domain(field, operator, value)`` is one condition; ``Domain(items)`` parses the list syntax; ``Domain(True)`` and
    ``Domain(False)`` are the constants. Domains combine with ``&``, ``|`` and ``~``, and iterate as the list syntax.

    :raise ValueError: when a condition or the list is malformed; the message names the offending term
    :raise TypeError: for other arguments
    """

    __slots__ = ()

    TRUE: Domain
    FALSE: Domain

    def __new__(cls, *args: Any) -> Domain:
        """Return the domain of a list, of a field, an operator and a value, or the given domain itself."""
        if len(args) == 3:
            return _condition(*args)
        if len(args) != 1:
            raise TypeError(f"Domain() takes a list, or a field, an operator and a value, not {len(args)} arguments")
        (source,) = args
        if isinstance(source, Domain):
            return source
        if isinstance(source, (list, tuple)):
            return _parse(source)
        if source is True or source is False:
            return cls.TRUE if source else cls.FALSE
        raise TypeError(f"Domain() takes a list, a tuple or a bool, not {source!r}")

    @staticmethod
    def AND(items: Iterable) -> Domain:
        """Return the conjunction of domains or domain lists."""
        return DomainAnd.of(map(Domain, items))

    @staticmethod
    def OR(items: Iterable) -> Domain:
        """Return the disjunction of domains or domain lists."""
        return DomainOr.of(map(Domain, items))

    def __setattr__(self, name: str, value: Any) -> None:
        raise TypeError("domains are immutable")

    def __and__(self, other: Any) -> Domain:
        return DomainAnd.of((self, other)) if isinstance(other, Domain) else NotImplemented

    def __or__(self, other: Any) -> Domain:
        return DomainOr.of((self, other)) if isinstance(other, Domain) else NotImplemented

    def __invert__(self) -> Domain:
        return self._negated()

    def __add__(self, other: Any) -> list[Any]:
        """Concatenate with a domain list, as addons do with the domains they are given."""
        return list(self) + list(other) if isinstance(other, (Domain, list)) else NotImplemented

    def __radd__(self, other: Any) -> list[Any]:
        return list(other) + list(self) if isinstance(other, list) else NotImplemented

    def __bool__(self) -> bool:
        """Tell whether the domain restricts anything, like the truth value of a domain list."""
        return self is not Domain.TRUE

    def __eq__(self, other: Any) -> bool:
        return self is other or (type(self) is type(other) and self._key() == other._key())

    def __hash__(self) -> int:
        return hash((type(self), repr(self._key())))

    def __iter__(self) -> Iterator:
        """Yield the items of the list syntax, in prefix notation."""
        raise NotImplementedError

    def __repr__(self) -> str:
        return repr(list(self))

    def is_true(self) -> bool:
        """Tell whether this is the domain of all records."""
        return self is Domain.TRUE

    def is_false(self) -> bool:
        """Tell whether this is the domain of no records."""
        return self is Domain.FALSE

    def iter_conditions(self) -> Iterator[DomainCondition]:
        """Yield the conditions at the leaves."""
        return iter(())

    def map_conditions(self, function: Callable) -> Domain:
        """Return the domain with each condition replaced by what ``function`` makes of it, a domain."""
        return self

    def mentions(self, field_name: str) -> bool:
        """Tell whether a condition is on the field itself, as ``active`` must be to turn the active test off."""
        return any(condition.field_expr == field_name for condition in self.iter_conditions())

    def validate(self, model: Any) -> None:
        """Check the domain against ``model``.

        :raise ValueError: when a field does not exist or a value does not suit its field
        """
        self.optimize(model)

    def optimize(self, model: Any) -> Domain:
        """Return an equivalent domain in normal form for ``model``, simplified."""
        return Passes.optimize(self, model)

    def _to_sql(self, model: Any, alias: str, query: Any) -> SQL:
        """Return the SQL condition on table ``alias`` of ``model``; joins are added to ``query``."""
        return Passes.to_sql(self.optimize(model), model, alias, query)

    def _filter(self, records: Any) -> list:
        """Return the ids of those ``records`` that satisfy the domain, in their order."""
        return Passes.select(self.optimize(records), records, records._ids)

    def _as_predicate(self, records: Any) -> Callable:
        """Return a function that tells whether one of ``records`` satisfies the domain."""
        selected = set(self._filter(records))
        return lambda record: record._ids[0] in selected

    def _negated(self) -> Domain:
        raise NotImplementedError

    def _key(self) -> Any:
        raise NotImplementedError


class Passes:
    """The functions over trees that the methods of domains call.

    They are in rooms that are built on this one: the package puts them here when it is imported.
    """

    #: ``optimize(domain, model)`` returns the normal form of a tree
    optimize: Callable[[Domain, Any], Domain]
    #: ``to_sql(domain, model, alias, query)`` returns the SQL of a tree in normal form
    to_sql: Callable[[Domain, Any, str, Any], SQL]
    #: ``select(domain, records, ids)`` returns those of the ids whose records satisfy a tree in normal form
    select: Callable[[Domain, Any, Sequence[Any]], list]


class DomainBool(Domain):
    """The domain of all records, or of none."""

    __slots__ = ("value",)
    value: bool

    def __new__(cls, value: bool) -> Self:
        """Make one of the two constants."""
        self = object.__new__(cls)
        object.__setattr__(self, "value", value)
        return self

    def __iter__(self) -> Iterator[Any]:
        yield (1 if self.value else 0, "=", 1)

    def _negated(self):
        return Domain.FALSE if self.value else Domain.TRUE

    def _key(self):
        return self.value


Domain.TRUE = DomainBool(True)
Domain.FALSE = DomainBool(False)


class DomainNot(Domain):
    """What a condition excludes that has no opposite: its operator has none, or it is on a path."""

    __slots__ = ("child",)
    child: DomainCondition

    def __new__(cls, child: DomainCondition) -> Self:
        """Make the negation of ``child`` as it is; ``~`` looks for a simpler form."""
        self = object.__new__(cls)
        object.__setattr__(self, "child", child)
        return self

    def __iter__(self) -> Iterator[Any]:
        yield "!"
        yield from self.child

    def iter_conditions(self) -> Iterator[DomainCondition]:
        """Yield the conditions of what is negated."""
        return self.child.iter_conditions()

    def map_conditions(self, function: Callable[[DomainCondition], Domain]) -> Domain:
        """Replace the conditions of what is negated."""
        return ~self.child.map_conditions(function)

    def _negated(self):
        return self.child

    def _key(self):
        return self.child._key()


class DomainNary(Domain):
    """Conjunction or disjunction; its children are neither constants nor of its own kind, and at least two."""

    __slots__ = ("children", "normal_for")
    children: tuple[Domain, ...]
    normal_for: str | None
    operator: str
    #: the child that decides the whole, and the one that makes no difference
    zero: Domain
    unit: Domain

    def __new__(cls, children: tuple, normal_for: str | None = None) -> Self:
        """Make the combination of ``children`` as they are; :meth:`of` simplifies."""
        self = object.__new__(cls)
        object.__setattr__(self, "children", children)
        object.__setattr__(self, "normal_for", normal_for)
        return self

    @classmethod
    def of(cls, domains: Iterable[Domain], normal_for: str | None = None) -> Domain:
        """Return the combination of ``domains``, flat and without constants.

        :param normal_for: name of the model that all of ``domains`` are in normal form for, if any
        """
        children: list = []
        for domain in domains:
            if domain is cls.zero:
                return domain
            if domain is cls.unit:
                continue
            if type(domain) is cls:
                children += domain.children
            else:
                children.append(domain)
        if len(children) > 1:
            return cls(tuple(children), normal_for)
        return children[0] if children else cls.unit

    def __iter__(self) -> Iterator[Any]:
        for _index in range(len(self.children) - 1):
            yield self.operator
        for child in self.children:
            yield from child

    def iter_conditions(self) -> Iterator[DomainCondition]:
        """Yield the conditions of all children, from left to right."""
        for child in self.children:
            yield from child.iter_conditions()

    def map_conditions(self, function: Callable[[DomainCondition], Domain]) -> Domain:
        """Replace the conditions of all children, and simplify what comes out."""
        return self.of(child.map_conditions(function) for child in self.children)

    def _negated(self):
        opposite = DomainOr if type(self) is DomainAnd else DomainAnd
        return opposite.of(~child for child in self.children)

    def _key(self):
        return tuple((type(child).__name__, child._key()) for child in self.children)


class DomainAnd(DomainNary):
    """All of its children hold."""

    __slots__ = ()
    operator = "&"
    zero = Domain.FALSE
    unit = Domain.TRUE


class DomainOr(DomainNary):
    """One of its children holds."""

    __slots__ = ()
    operator = "|"
    zero = Domain.TRUE
    unit = Domain.FALSE


class DomainCondition(Domain):
    """``(field_expr, operator, value)``.

    ``normal_for`` is the name of the model that the condition is in normal form for, if any.
    """

    __slots__ = ("field_expr", "normal_for", "operator", "value")
    field_expr: str
    normal_for: str | None
    operator: str
    value: Any

    def __new__(cls, field_expr: str, operator: str, value: Any, normal_for: str | None = None) -> Self:
        """Make the condition from checked parts; ``normal_for``: model that it is in normal form for."""
        self = object.__new__(cls)
        setter = object.__setattr__
        setter(self, "field_expr", field_expr)
        setter(self, "operator", operator)
        setter(self, "value", value)
        setter(self, "normal_for", normal_for)
        return self

    def __iter__(self) -> Iterator[Any]:
        value = self.value
        yield self.field_expr, self.operator, list(value) if isinstance(value, Domain) else value

    def iter_conditions(self) -> Iterator[DomainCondition]:
        """Yield the condition itself."""
        yield self

    def map_conditions(self, function: Callable[[DomainCondition], Domain]) -> Domain:
        """Return what ``function`` makes of the condition."""
        result = function(self)
        if not isinstance(result, Domain):
            raise TypeError(f"map_conditions() takes a function that returns domains, not {result!r}")
        return result

    def _negated(self):
        if self.operator == "=?":
            return Domain.FALSE if _is_unset(self.value) else ~DomainCondition(self.field_expr, "=", self.value)
        operator = NEGATION.get(self.operator)
        # after a path, the opposite operator asks for another related record: without any, neither would hold
        if operator and "." not in self.field_expr:
            return DomainCondition(self.field_expr, operator, self.value, self.normal_for)
        return DomainNot(self)

    def _key(self):
        value = self.value
        if isinstance(value, Domain):
            value = (type(value).__name__, value._key())
        return (self.field_expr, self.operator, value)

    def error(self, problem: str, model: Any = None) -> ValueError:
        """Return the error for a condition that cannot be evaluated."""
        where = f" on model {model._name!r}" if model is not None else ""
        return ValueError(f"Invalid domain term {next(iter(self))!r}{where}: {problem}")


def _is_unset(value: Any) -> bool:
    return value is None or value is False


#: the collections of values that a condition mostly has
_COLLECTIONS = (list, tuple, set, frozenset)
#: what may stand alone instead of in a collection
LONE_VALUES = (str, int, float)


def _respelled(operator: Any) -> str:
    """Return the operator that another spelling stands for.

    :raise ValueError: when there is none
    """
    if isinstance(operator, str) and operator in ADDED:
        return operator
    lowered = str(operator).lower()
    known = _OTHER_SPELLINGS.get(lowered, lowered)
    if known not in ALL_OPERATORS:
        raise ValueError(f"unknown operator {operator!r}, expected one of {sorted(ALL_OPERATORS | ADDED)}")
    return known


def _collected(value: Any) -> Any:
    """Return ``value`` as what can be looked up in more than once: a collection or a subquery.

    A text stays what it is, as it depends on the field whether it is a name or a mistake.
    """
    if not isinstance(value, (SQL, Iterable)):
        # a lone value is a collection of one
        return [value]
    if isinstance(value, (SQL, Collection)) or hasattr(value, "subselect"):
        return value
    return list(value)


def _constant(left: Any, operator: str, right: Any) -> Domain:
    """Return the domain of all records or of none that a term without a field stands for.

    :raise ValueError: for any other term
    """
    if operator == "=" and left in (0, 1) and right == 1:
        return Domain.TRUE if left else Domain.FALSE
    raise ValueError(f"the field must be a name, not {left!r}")


def _condition(field_expr: Any, operator: Any, value: Any) -> Domain:
    """Return the domain of one condition given by its parts.

    :raise ValueError: when it is malformed
    """
    if not (isinstance(operator, str) and operator in ALL_OPERATORS):
        operator = _respelled(operator)
    if not isinstance(field_expr, str):
        return _constant(field_expr, operator, value)
    if not field_expr:
        raise ValueError("the field has no name")
    if operator in SUB_DOMAINS:
        if isinstance(value, (list, tuple)):
            value = _parse(value)
        elif not (isinstance(value, (Domain, SQL)) or hasattr(value, "subselect")):
            raise ValueError(f"operator {operator!r} takes a domain, not {value!r}")
    elif operator in COLLECTION_OPERATORS:
        if isinstance(value, bool):
            operator = "=" if operator == "in" else "!="
        elif not (isinstance(value, _COLLECTIONS) or ("." in field_expr and isinstance(value, LONE_VALUES))):
            # at the end of a path, properties tell one value from a list of it
            value = _collected(value)
    elif operator in ("=", "!=") and isinstance(value, _COLLECTIONS):
        operator = "in" if operator == "=" else "not in"
    return DomainCondition(field_expr, operator, value)


def _parse(items: Sequence[Any]) -> Domain:
    """Return the domain of the list syntax: prefix operators over terms, the remaining ones joined by *and*.

    :raise ValueError: when an item is malformed or an operator lacks operands
    """
    if not items:
        return Domain.TRUE
    stack: list = []
    for index in range(len(items) - 1, -1, -1):
        item = items[index]
        if type(item) is tuple or isinstance(item, (list, tuple)):
            stack.append(_parse_term(item, index, items))
        elif item == "&" or item == "|":
            if len(stack) < 2:
                raise ValueError(_lacking(item, index, items, 2, len(stack)))
            left, right = stack.pop(), stack.pop()
            stack.append(_joined(DomainAnd if item == "&" else DomainOr, left, right))
        elif item == "!":
            if not stack:
                raise ValueError(_lacking(item, index, items, 1, 0))
            stack.append(~_whole(stack.pop()))
        elif isinstance(item, (Domain, bool)):
            stack.append(Domain(item))
        else:
            raise ValueError(
                f"Invalid domain term {item!r} at position {index} of {items!r}: "
                "expected '&', '|', '!' or (field, operator, value)"
            )
    if len(stack) == 1:
        return _whole(stack[0])
    stack.reverse()
    return DomainAnd.of(map(_whole, stack))


class _Operands:
    """Operands of an operator, being collected: joined two by two, many would be copied again and again."""

    __slots__ = ("kind", "parts")

    def __init__(self, kind: type[DomainNary], parts: Iterable[Domain]) -> None:
        self.kind, self.parts = kind, deque(parts)


def _joined(kind: type[DomainNary], left: Any, right: Any) -> _Operands:
    """Join two domains, or operands that are being collected, by an operator."""
    if isinstance(left, _Operands) and left.kind is kind:
        left.parts.append(_whole(right))
        return left
    if isinstance(right, _Operands) and right.kind is kind:
        right.parts.appendleft(_whole(left))
        return right
    return _Operands(kind, (_whole(left), _whole(right)))


def _whole(collected: Any) -> Domain:
    return collected.kind.of(collected.parts) if isinstance(collected, _Operands) else collected


def _lacking(operator: str, index: int, items: Sequence[Any], needed: int, found: int) -> str:
    return (
        f"Invalid domain operator {operator!r} at position {index} of {items!r}: "
        f"it takes {needed} operand{'s' if needed > 1 else ''}, but {found} follow{'s' if found == 1 else ''}"
    )


def _parse_term(item: Sequence[Any], index: int, items: Sequence[Any]) -> Domain:
    if len(item) != 3:
        raise ValueError(
            f"Invalid domain term {item!r} at position {index} of {items!r}: expected (field, operator, value)"
        )
    try:
        return _condition(*item)
    except ValueError as error:
        raise ValueError(f"Invalid domain term {item!r} at position {index} of {items!r}: {error}") from error
