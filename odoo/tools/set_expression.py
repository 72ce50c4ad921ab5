"""Expressions over named sets: unions of intersections of sets and complements, with what is known about the sets.

Used for groups of users: which users does ``base.group_user,!base.group_portal`` stand for, given that groups imply and
exclude others.
"""

from __future__ import annotations

import ast
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable
from functools import cached_property

__all__ = ["SetDefinitions", "SetExpression"]


class SetExpression(ABC):
    """An immutable expression over sets; combine with ``&``, ``|`` and ``~``, compare with ``<=`` and ``==``."""

    @abstractmethod
    def is_empty(self) -> bool:
        """Tell whether the expression stands for no element at all."""

    @abstractmethod
    def is_universal(self) -> bool:
        """Tell whether the expression stands for all elements."""

    @abstractmethod
    def invert_intersect(self, factor: SetExpression) -> SetExpression | None:
        """Return the simplest expression whose intersection with ``factor`` is this one, ``None`` without one."""

    @abstractmethod
    def matches(self, user_group_ids: Iterable[int]) -> bool:
        """Tell whether an element that lies in exactly these sets lies in the expression."""

    @property
    @abstractmethod
    def key(self) -> str:
        """A text that identifies the expression and from which it can be made again."""

    @abstractmethod
    def __and__(self, other: SetExpression) -> SetExpression: ...

    @abstractmethod
    def __or__(self, other: SetExpression) -> SetExpression: ...

    @abstractmethod
    def __invert__(self) -> SetExpression: ...

    @abstractmethod
    def __le__(self, other: SetExpression) -> bool: ...

    @abstractmethod
    def __eq__(self, other) -> bool: ...

    @abstractmethod
    def __hash__(self): ...


class SetDefinitions:
    """The known sets: their names and how they contain and exclude each other.

    :param definitions: mapping id of a set -> dict with ``ref`` (name), ``supersets`` (ids) and ``disjoints`` (ids)
    """

    __slots__ = ("_disjoints", "_ids", "_refs", "_supersets")

    def __init__(self, definitions: dict[int, dict]):
        self._refs = {set_id: info["ref"] for set_id, info in definitions.items()}
        self._ids = {ref: set_id for set_id, ref in self._refs.items()}
        direct = {
            set_id: [sup for sup in info.get("supersets", ()) if sup in definitions]
            for set_id, info in definitions.items()
        }
        self._supersets = {set_id: _closure(set_id, direct) for set_id in definitions}
        self._disjoints = self._all_disjoints(definitions)

    def _all_disjoints(self, definitions):
        """Sets that exclude each other also have subsets that do."""
        excluded: dict[int, set[int]] = {set_id: set() for set_id in definitions}
        for set_id, info in definitions.items():
            for other in info.get("disjoints", ()):
                if other in definitions:
                    excluded[set_id].add(other)
                    excluded[other].add(set_id)
        subsets: dict[int, set[int]] = {set_id: set() for set_id in definitions}
        for set_id, supersets in self._supersets.items():
            for superset in supersets:
                subsets[superset].add(set_id)
        return {
            set_id: frozenset(
                below for superset in supersets for other in excluded[superset] for below in subsets[other]
            )
            for set_id, supersets in self._supersets.items()
        }

    @property
    def empty(self) -> SetExpression:
        """The expression without elements."""
        return Union(self, ())

    @property
    def universe(self) -> SetExpression:
        """The expression with all elements."""
        return Union(self, [frozenset()])

    def parse(self, refs: str, raise_if_not_found: bool = True) -> SetExpression:
        """Read an expression: names separated by commas are a union; all those with ``!`` must not hold.

        :param refs: e.g. ``base.group_user,!base.group_portal``
        :param raise_if_not_found: otherwise unknown names stand for sets of their own that nobody is in
        :raise ValueError: on an unknown name
        """
        positives: list[SetExpression] = []
        negatives = self.universe
        for ref in refs.split(","):
            name = ref.strip()
            if not name:
                continue
            excluded = name.startswith("!")
            leaf = self._leaf(name.lstrip("!"), raise_if_not_found)
            if excluded:
                negatives &= ~leaf
            else:
                positives.append(leaf)
        if not positives:
            return negatives
        union = self.empty
        for leaf in positives:
            union |= leaf
        return union & negatives

    def _leaf(self, ref: str, raise_if_not_found: bool) -> Union:
        if ref == "*":
            return self.universe
        set_id = self._ids.get(ref)
        if set_id is None:
            if raise_if_not_found:
                raise ValueError(f"unknown group {ref!r}")
            return Union(self, [frozenset([(ref, True)])])
        return self.from_id(set_id)

    def from_id(self, set_id: int) -> SetExpression:
        """Return the expression that is just one set."""
        return Union(self, [frozenset([(set_id, True)])])

    def from_ids(self, ids: Iterable[int], keep_subsets: bool = False) -> SetExpression:
        """Return the expression of what lies in one of several sets.

        :param ids: ids of the sets
        :param bool keep_subsets: of sets that contain each other take the smallest, by default the largest
        """
        wanted = set(ids)
        if keep_subsets:
            wanted = {set_id for set_id in wanted if not wanted & (set(self.get_subset_ids([set_id])) - {set_id})}
        expression = self.empty
        for set_id in sorted(wanted):
            expression |= self.from_id(set_id)
        return expression

    def from_key(self, key: str) -> SetExpression:
        """Return the expression with that :attr:`SetExpression.key`."""
        return Union(self, [frozenset(clause) for clause in ast.literal_eval(key)])

    def get_id(self, ref: str) -> int | None:
        """Return the id of the set with that name, ``None`` when there is none."""
        return self._ids.get(ref)

    def get_ref(self, set_id) -> str:
        """Return the name of a set."""
        return self._refs.get(set_id, str(set_id))

    def get_superset_ids(self, ids: Iterable[int]) -> list[int]:
        """Return the sets that contain one of the given sets (these included)."""
        return sorted({sup for set_id in ids for sup in self._supersets.get(set_id, ())})

    def get_subset_ids(self, ids: Iterable[int]) -> list[int]:
        """Return the sets that are contained in one of the given sets (these included)."""
        wanted = set(ids)
        return sorted(set_id for set_id, supersets in self._supersets.items() if not wanted.isdisjoint(supersets))

    def get_disjoint_ids(self, ids: Iterable[int]) -> list[int]:
        """Return the sets that have no element in common with one of the given sets."""
        return sorted({other for set_id in ids for other in self._disjoints.get(set_id, ())})

    def _implies(self, literal, other) -> bool:
        """Tell whether what lies in the first literal always lies in the second."""
        (set_id, positive), (other_id, other_positive) = literal, other
        if literal == other:
            return True
        if positive and other_positive:
            return other_id in self._supersets.get(set_id, ())
        if positive and not other_positive:
            return other_id in self._disjoints.get(set_id, ())
        if not positive and not other_positive:
            return set_id in self._supersets.get(other_id, ())
        return False

    def _simplify_clause(self, clause) -> frozenset | None:
        """Drop the literals that follow from others; ``None`` when they contradict each other."""
        for literal in clause:
            for other in clause:
                if literal != other and self._implies(literal, (other[0], not other[1])):
                    return None
        kept = set(clause)
        for literal in sorted(clause, key=str):
            if any(other != literal and self._implies(other, literal) for other in kept):
                kept.discard(literal)
        return frozenset(kept)

    def _clause_implies(self, clause, other) -> bool:
        return all(any(self._implies(literal, wanted) for literal in clause) for wanted in other)


def _closure(start, direct) -> frozenset:
    seen = {start}
    todo = [start]
    while todo:
        for following in direct[todo.pop()]:
            if following not in seen:
                seen.add(following)
                todo.append(following)
    return frozenset(seen)


class Union(SetExpression):
    """A union of intersections (clauses) of literals: pairs (id of a set, whether inside).

    :param definitions: what is known about the sets
    :param clauses: iterable of frozensets of literals; none is the empty expression, an empty one the universe
    """

    def __init__(self, definitions: SetDefinitions, clauses: Collection[frozenset]):
        self._definitions = definitions
        self._clauses = self._reduce(clauses)

    def _reduce(self, clauses) -> frozenset:
        """Bring clauses into their simplest form.

        There are no contradictions, none is inside another, and no two differ by one complement.
        """
        simplify, implies = self._definitions._simplify_clause, self._definitions._clause_implies
        found = {simple for clause in clauses if (simple := simplify(clause)) is not None}
        while True:
            minimal: set[frozenset] = set()
            for clause in sorted(found, key=lambda item: (len(item), str(sorted(item, key=str)))):
                if not any(implies(clause, other) for other in minimal):
                    minimal = {other for other in minimal if not implies(other, clause)} | {clause}
            shortened = {self._shorten(clause, minimal) for clause in minimal}
            if shortened == minimal:
                return frozenset(minimal)
            found = shortened

    def _shorten(self, clause, clauses) -> frozenset:
        """Remove a literal whose complement, with the rest of the clause, is covered by another clause."""
        for literal in sorted(clause, key=str):
            rest = clause - {literal}
            flipped = self._definitions._simplify_clause(rest | {(literal[0], not literal[1])})
            if flipped is not None and any(
                self._definitions._clause_implies(flipped, other) for other in clauses if other != clause
            ):
                return rest
        return clause

    def is_empty(self) -> bool:
        """See :meth:`SetExpression.is_empty`."""
        return not self._clauses

    def is_universal(self) -> bool:
        """See :meth:`SetExpression.is_universal`."""
        return frozenset() in self._clauses

    def _combine(self, other, clauses) -> Union:
        if not isinstance(other, Union) or other._definitions is not self._definitions:
            raise TypeError(f"cannot combine {self!r} with {other!r}: not of the same definitions")
        return Union(self._definitions, clauses)

    def __and__(self, other):
        return self._combine(other, {left | right for left in self._clauses for right in other._clauses})

    def __or__(self, other):
        return self._combine(other, self._clauses | other._clauses)

    def __invert__(self):
        clauses = {frozenset()}
        for clause in self._clauses:
            clauses = {done | {(set_id, not positive)} for done in clauses for set_id, positive in clause}
            simplified = (self._definitions._simplify_clause(item) for item in clauses)
            clauses = {item for item in simplified if item is not None}
        return Union(self._definitions, clauses)

    def __le__(self, other):
        return (self & ~other).is_empty()

    def __lt__(self, other):
        return self != other and self <= other

    def __eq__(self, other):
        if not isinstance(other, Union) or other._definitions is not self._definitions:
            return NotImplemented
        return self._clauses == other._clauses or (self <= other and other <= self)

    def __hash__(self):
        # equal expressions may have different clauses: only what all of them share may count
        return hash((id(self._definitions), self.is_empty(), self.is_universal()))

    def invert_intersect(self, factor):
        """See :meth:`SetExpression.invert_intersect`."""
        if factor == self:
            return self._definitions.universe
        if not self <= factor:
            return None
        common = frozenset.intersection(*factor._clauses) if factor._clauses else frozenset()
        candidate = Union(self._definitions, [clause - common for clause in self._clauses])
        if candidate & factor == self:
            return candidate
        rest = Union(self._definitions, [clause for clause in self._clauses if clause not in factor._clauses])
        return rest if rest & factor == self else self

    @cached_property
    def _sorted_clauses(self):
        return sorted((tuple(sorted(clause, key=str)) for clause in self._clauses), key=str)

    def matches(self, user_group_ids):
        """See :meth:`SetExpression.matches`."""
        ids = frozenset(user_group_ids)
        return any(all((set_id in ids) is positive for set_id, positive in clause) for clause in self._clauses)

    @property
    def key(self):
        """See :attr:`SetExpression.key`."""
        return repr(tuple(self._sorted_clauses))

    def __bool__(self):
        raise NotImplementedError("use is_empty() or is_universal() to test a set expression")

    def __str__(self):
        name = self._definitions.get_ref
        if self.is_universal():
            return "*"
        if self.is_empty():
            return "~*"
        return " | ".join(
            " & ".join(("" if positive else "~") + repr(name(set_id)) for set_id, positive in clause)
            for clause in self._sorted_clauses
        )

    def __repr__(self):
        return repr(str(self))
