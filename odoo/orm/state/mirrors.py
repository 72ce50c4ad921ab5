"""Both sides of a relation tell the same: a one2many and its many2one, and two many2many fields of one table.

Whoever changes one side decides which records the other side gains and loses, as domains need recordsets; how the
cached values of the other side change is here and nowhere else.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from .columns import Columns

__all__ = ["Mirrors"]

#: up to how many ids are looked for one by one
FEW = 4


class Mirrors:
    """Changes of cached relations that follow from changes of their other sides."""

    __slots__ = ("_columns", "_waiting")

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        #: x2many field -> {id of a record in memory: ids, as keys, that join its value once that is known}
        self._waiting: dict = defaultdict(dict)

    # the side with several records

    def join(self, field: Any, id_: Any, ids: Collection) -> bool:
        """Add ``ids`` to the x2many value of a record, where it is known.

        :return: whether it is known in any context
        """
        known = False
        for column in self._columns.every(field):
            present = column.get(id_)
            if present is not None:
                known = True
                column[id_] = _joined(present, ids)
        return known

    def join_new(self, field: Any, id_: Any, ids: Iterable) -> None:
        """Do the work of :meth:`join` for records that were just made, which no value has."""
        for column in self._columns.every(field):
            present = column.get(id_)
            if present is not None:
                column[id_] = (*present, *ids)

    def join_later(self, field: Any, id_: Any, ids: Collection) -> None:
        """Do the work of :meth:`join`; where the value of a record in memory is not known, it gets ``ids`` with one."""
        if not self.join(field, id_, ids) and not id_:
            self._waiting[field].setdefault(id_, {}).update(dict.fromkeys(ids))

    def begin(self, field: Any, id_: Any) -> None:
        """Note that the x2many value of a record is empty, unless it is known: nothing but the cache can have it."""
        self._columns.live[field].setdefault(id_, ())

    def settle(self, field: Any, id_: Any) -> None:
        """Add to the x2many value of a record in memory, which has just become known, the ids that wait for it."""
        if field in self._waiting:
            self.join(field, id_, self._waiting[field].pop(id_, ()))

    def leave(self, field: Any, targets: Iterable, ids: Collection) -> None:
        """Take ``ids`` out of the x2many values of the records ``targets``, and out of what waits for these."""
        waiting = self._waiting.get(field)
        columns = list(self._columns.every(field))
        for target in targets:
            if waiting and target in waiting:
                for id_ in ids:
                    waiting[target].pop(id_, None)
            for column in columns:
                present = column.get(target)
                if present:
                    column[target] = tuple(id_ for id_ in present if id_ not in ids)

    # the side with one

    def point(self, field: Any, ids: Iterable, target: Any, key: tuple = ()) -> list:
        """Make the many2one of records in memory lead to ``target`` where nothing is known of it.

        :param key: the context key of a field with a context level
        :return: those records in memory that are known to lead elsewhere
        """
        column = self._columns.under(field, key)
        return [id_ for id_ in ids if not id_ and column.setdefault(id_, target) != target]

    def lead(self, field: Any, id_: Any, target: Any, key: tuple = ()) -> None:
        """Make the many2one of a record in memory lead to ``target``, whatever is known of it (see :meth:`point`)."""
        self._columns.under(field, key)[id_] = target

    # forgetting

    def drop(self, field: Any) -> None:
        """Forget what waits for values of ``field``."""
        self._waiting.pop(field, None)

    def clear(self) -> None:
        """Forget all that waits."""
        self._waiting.clear()


def _joined(present: tuple, ids: Collection) -> tuple:
    """Return ``present`` and those of ``ids`` that are not in it."""
    known: Collection = present if len(ids) <= FEW else set(present)
    added = [id_ for id_ in ids if id_ not in known]
    return (*present, *added) if added else present
