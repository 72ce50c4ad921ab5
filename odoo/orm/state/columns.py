"""Values of fields, kept by column: ``field -> {id: value}``.

A field whose value depends on the context (language, company, ...) has one more level:
``field -> {context key: {id: value}}``. What was fetched along with others is parked as it came, and becomes a column
when somebody looks at it; nobody outside needs to know.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

__all__ = ["NOTHING", "Columns", "insert_column"]

NOTHING = object()

#: how many fetches of a column nobody looks at are kept as they came
MAX_PARKED = 50


class _Live(dict):
    """``field -> column``; one that is asked for and not there is built of what is parked."""

    __slots__ = ("parked",)

    def __init__(self) -> None:
        super().__init__()
        #: field -> list of ``(ids, values)`` that were fetched and not looked at yet
        self.parked: dict = {}

    def __missing__(self, field: Any) -> dict:
        column = self[field] = {}
        for ids, values in self.parked.pop(field, ()):
            insert_column(column, ids, values)
        return column


class Columns:
    """The values that a transaction knows.

    ``live``: the fast door of single values, only to be subscripted by a field, which gives its live column;
    ``column``: the same as a function, ``column(field)``. Of a field with a context level both give
    ``{context key: column}``, where no id is found.
    """

    __slots__ = ("column", "live", "_loops")

    live: _Live
    column: Callable[[Any], dict]

    def __init__(self) -> None:
        self.live = _Live()
        self.column = self.live.__getitem__
        #: model name -> prefetch ids of the long recordset whose columns were fetched last
        self._loops: dict = {}

    def __repr__(self) -> str:
        return "\n".join(f"{field}: {values}" for field, values in self.items())

    # looking

    def at(self, field: Any, key: tuple) -> dict:
        """Return the live ``{id: value}`` column of a field with a context level under one of its keys."""
        return self.live[field].setdefault(key, {})

    def under(self, field: Any, key: tuple) -> dict:
        """Return the live ``{id: value}`` column of any field; ``key`` matters when it has a context level."""
        return self.at(field, key) if field.context_keys else self.live[field]

    def known(self, field: Any) -> dict:
        """Return what :attr:`column` gives, to look for values only: it is not made when there is none."""
        live = self.live
        return live[field] if field in live or field in live.parked else {}

    def every(self, field: Any) -> Iterable[dict]:
        """Return every column of ``field`` that there is: at most one, or one for each context key met so far."""
        column = self.known(field)
        return column.values() if field.context_keys else (column,)

    def items(self) -> Iterator[tuple[Any, dict]]:
        """Yield the fields and what :attr:`column` gives for each."""
        live = self.live
        for field in list(live.parked):
            live[field]
        yield from list(live.items())

    def is_empty(self) -> bool:
        """Tell whether there are no columns at all."""
        return not (self.live or self.live.parked)

    def is_used(self, field: Any) -> bool:
        """Tell whether somebody looked at fetched or assigned values of ``field``."""
        return bool(self.live.get(field))

    # fetched values

    def park(self, field: Any, ids: tuple, values: Iterable) -> None:
        """Keep fetched values of a field without context keys; what is known already stays."""
        live = self.live
        # fast path of insert_column()
        if field in live:
            insert_column(live[field], ids, values)
            return
        batches = live.parked.setdefault(field, [])
        batches.append((ids, values))
        if len(batches) > MAX_PARKED:
            live[field]

    def fetched(self, field: Any, ids: tuple) -> "list | tuple | None":
        """Return the values of ``field`` for just the ``ids`` that they were fetched for, or ``None``.

        That is the short way to what the column has, without building it.
        """
        # fast path of column()
        batches = self.live.parked.get(field)
        if batches is not None and len(batches) == 1 and batches[0][0] == ids:
            return batches[0][1]
        return None

    def continues(self, model_name: str, prefetch_ids: tuple, field: Any) -> bool:
        """Note that a long recordset is looped over; tell whether ``field`` was looked at on earlier records of it."""
        if self._loops.get(model_name) is prefetch_ids and self.is_used(field):
            return True
        self._loops[model_name] = prefetch_ids
        return False

    # forgetting

    def forget(self, field: Any, ids: Iterable) -> list:
        """Forget the values of ``field`` on ``ids``, in any context.

        :return: the ids that had one, once for each context
        """
        live = self.live
        column = live.get(field)
        if not column:
            if field not in live.parked:
                return []
            column = live[field]
        if not field.context_keys:
            return [id_ for id_ in ids if column.pop(id_, NOTHING) is not NOTHING]
        return [id_ for each in column.values() for id_ in ids if each.pop(id_, NOTHING) is not NOTHING]

    def forget_each(self, fields: Iterable, ids: Iterable) -> None:
        """Forget the values that ``fields``, without a context level, have on ``ids``."""
        live = self.live
        for field in fields:
            if field in live or field in live.parked:
                column = live[field]
                if column:
                    for id_ in ids:
                        column.pop(id_, None)

    def forget_other(self, field: Any, key: tuple, ids: Iterable) -> None:
        """Forget the values on ``ids`` of a field with a context level, but for those under ``key``."""
        for other, column in self.known(field).items():
            if other != key:
                for id_ in ids:
                    column.pop(id_, None)

    def drop(self, field: Any) -> None:
        """Forget all values of ``field``."""
        self.live.parked.pop(field, None)
        self.live.pop(field, None)

    def clear(self) -> None:
        """Forget everything."""
        self.live.parked.clear()
        self.live.clear()
        self._loops.clear()


def insert_column(column: dict, ids: Iterable, values: Iterable) -> None:
    """Add ``ids -> values`` to a column without replacing anything."""
    # fast path of what is below
    if not column or column.keys().isdisjoint(ids):
        column.update(zip(ids, values))  # noqa: B905 - a keyword makes zip() half as slow again
    else:
        for id_, value in zip(ids, values, strict=False):
            column.setdefault(id_, value)
