"""Which stored values are to be computed again, and which nobody may mark so."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, KeysView, Mapping
from types import MappingProxyType
from typing import Any

__all__ = ["Stale"]


class Stale:
    """Stale values, and the fields that are protected on records: what is given for them stays given.

    ``ids``: ``ids(field)`` gives the ids whose ``field`` is stale as the keys of a dict, ``None`` when there are none;
    ``marks``: ``marks(field)`` gives that dict in any case, the fast door to mark one: ``marks(field)[id_] = None``;
    ``shields``: ``shields(field)`` gives the containers of ids that ``field`` is protected on, one for each block that
    protects it, innermost last; ``None`` or nothing when none does.
    """

    __slots__ = ("ids", "marks", "shields", "_marked", "_shields")

    ids: Callable[[Any], "dict | None"]
    marks: Callable[[Any], dict]
    shields: Callable[[Any], "list | None"]

    def __init__(self) -> None:
        #: field -> containers of ids
        self._shields: dict = {}
        self.shields = self._shields.get
        self.replace({})

    def replace(self, marked: Mapping[Any, Iterable]) -> None:
        """Put other stale values, ``{field: ids}``, in the place of those of now, which :meth:`by_field` gave."""
        #: field -> ids to compute, as keys in their order
        self._marked: dict = defaultdict(dict)
        for field, ids in marked.items():
            self.mark(field, list(ids))
        self.ids = self._marked.get
        self.marks = self._marked.__getitem__

    def __bool__(self) -> bool:
        return bool(self._marked)

    # stale values

    def mark(self, field: Any, ids: Collection) -> None:
        """Note that ``field`` is to be computed on ``ids``."""
        if ids:
            self._marked[field].update(dict.fromkeys(ids))

    def unmark(self, field: Any, ids: Iterable) -> None:
        """Forget that ``field`` is to be computed on ``ids``."""
        marked = self._marked.get(field)
        if marked is None:
            return
        for id_ in ids:
            marked.pop(id_, None)
        if not marked:
            self._marked.pop(field, None)

    def fields(self) -> KeysView:
        """Return the fields with values to compute."""
        return self._marked.keys()

    def fields_of_rows(self) -> list:
        """Return the fields with values to compute on records that are in the database."""
        return [field for field, ids in self._marked.items() if any(ids)]

    def by_field(self) -> Mapping[Any, dict]:
        """Return ``{field: ids}`` of all that is to be computed, to look at."""
        return MappingProxyType(self._marked)

    def clear(self) -> None:
        """Forget what is to be computed; blocks that protect fields end by themselves."""
        self._marked.clear()

    # protected fields

    def protect(self, fields: Iterable, ids: Collection) -> None:
        """Protect ``fields`` on ``ids`` until :meth:`release`; blocks that do so lie within each other."""
        ids = ids if len(ids) == 1 else frozenset(ids)
        shields = self._shields
        for field in fields:
            if field in shields:
                shields[field].append(ids)
            else:
                shields[field] = [ids]

    def release(self, fields: Iterable) -> None:
        """End the innermost protection of each of ``fields``."""
        shields = self._shields
        for field in fields:
            containers = shields[field]
            containers.pop()
            if not containers:
                del shields[field]

    def protects(self, field: Any, id_: Any) -> bool:
        """Tell whether ``field`` is protected on a record."""
        return any(id_ in ids for ids in self._shields.get(field, ()))

    def protected_ids(self, field: Any) -> frozenset:
        """Return the ids that ``field`` is protected on."""
        return frozenset().union(*self._shields.get(field, ()))

    def protected(self) -> dict[Any, frozenset]:
        """Return ``{field: ids}`` of all that is protected."""
        return {field: self.protected_ids(field) for field in self._shields}
