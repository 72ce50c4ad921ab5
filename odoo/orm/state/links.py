"""Rows of relation tables that are still to be written (spec: "Many2many" of the ORM reference).

What is linked and unlinked before they are written never reaches the database.
"""

from collections.abc import Iterable
from typing import Any

__all__ = ["Links", "RelationChange"]

Pair = tuple[Any, Any]


class RelationChange:
    """What is to be written to one relation table.

    ``relation``, ``columns``: the table and its two columns, in alphabetical order; ``removed``, ``added``: the rows to
    delete and to insert, ``{pair of values: the field that unlinks or links them}``.
    """

    __slots__ = ("added", "columns", "relation", "removed")

    def __init__(self, relation: str, columns: tuple[str, str], rows: dict[Pair, tuple[bool, Any]]) -> None:
        self.relation = relation
        self.columns = columns
        self.added = {pair: field for pair, (present, field) in rows.items() if present}
        self.removed = {pair: field for pair, (present, field) in rows.items() if not present}


class Links:
    """The rows that one transaction has still to insert and to delete."""

    __slots__ = ("_rows",)

    def __init__(self) -> None:
        #: (table, column, column) -> {pair of values: (whether the row shall be there, the field that says so)}
        self._rows: dict = {}

    def __bool__(self) -> bool:
        return bool(self._rows)

    def change(self, field: Any, added: Iterable[Pair], removed: Iterable[Pair]) -> None:
        """Note rows to insert and to delete; each is a change of what the transaction sees.

        :param field: a many2many field
        :param added, removed: pairs of the id of a record of the field's model and the id of one that it refers to
        """
        # fast path of flush.write_links() at once: later, and together with other rows
        columns = field.column1, field.column2
        if field.column1 > field.column2:
            # both sides of a relation speak of the same rows
            columns = field.column2, field.column1
            added, removed = ([(b, a) for a, b in pairs] for pairs in (added, removed))
        rows = self._rows.setdefault((field.relation, *columns), {})
        for pairs, change in ((removed, (False, field)), (added, (True, field))):
            for pair in pairs:
                if pair not in rows:
                    rows[pair] = change
                elif rows[pair][0] is not change[0]:
                    del rows[pair]

    def take(self) -> list[RelationChange]:
        """Return what is to be written, table by table, and forget it."""
        taken, self._rows = self._rows, {}
        return [RelationChange(relation, columns, rows) for (relation, *columns), rows in taken.items()]

    def clear(self) -> None:
        """Forget everything, as after a rollback."""
        self._rows.clear()
