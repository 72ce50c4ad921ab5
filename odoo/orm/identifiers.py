"""Identifiers of records that are not in the database yet."""

from collections.abc import Iterable
from itertools import chain, filterfalse

from odoo.tools.iteration import unique

__all__ = ["NewId", "OriginIds", "expand_ids", "origin_ids"]


class NewId:
    """Identifier of a record that exists in memory only.

    :param origin: id of the database record that this one mirrors, if any (forms work on such mirrors)
    :param ref: any hashable that the client uses to recognise the record (a virtual id)
    """

    __slots__ = ("origin", "ref", "__weakref__")

    def __init__(self, origin=None, ref=None):
        self.origin = origin
        self.ref = ref

    def __bool__(self):
        return False

    def __eq__(self, other):
        """Compare what the records mirror, and what the client calls them; without either only itself is equal."""
        if not isinstance(other, NewId):
            return False
        if self.origin and self.origin == other.origin:
            return True
        return bool(self.ref and self.ref == other.ref) or other is self

    def __hash__(self):
        return hash(self.origin or self.ref or id(self))

    def __lt__(self, other):
        """Order after every real id, so that mixed id lists can be sorted."""
        return False if not isinstance(other, NewId) else id(self) < id(other)

    def __repr__(self):
        if self.origin:
            return f"<NewId origin={self.origin!r}>"
        if self.ref:
            return f"<NewId ref={self.ref!r}>"
        return f"<NewId 0x{id(self):x}>"

    def __str__(self):
        text = repr(self.origin or self.ref or id(self))
        return f"NewId_{text}"


def origin_ids(ids: Iterable) -> Iterable:
    """Yield the database ids behind ``ids``: real ids, and the origins of new ones."""
    return filter(None, (id_ or getattr(id_, "origin", None) for id_ in ids))


class OriginIds:
    """Lazy, reversible view of the database ids behind ``ids`` (used as a prefetch collection)."""

    __slots__ = ("ids",)

    def __init__(self, ids):
        self.ids = ids

    def __iter__(self):
        return iter(origin_ids(self.ids))

    def __reversed__(self):
        return iter(origin_ids(reversed(self.ids)))


def expand_ids(id0, ids: Iterable) -> Iterable:
    """Yield ``id0``, then the members of ``ids`` of the same kind (real or new), each once."""
    same_kind = filter if id0 else filterfalse
    return unique(chain((id0,), same_kind(None, ids)))
