"""Rows of relation tables that are still to be written (spec: "Many2many" of the ORM reference).

They are written with the next flush, or right before the next statement on the cursor, whichever comes first: every
statement sees the rows it would see if they were written at once, and what is linked and unlinked in between never
reaches the database.
"""

from odoo.sql import SQL

__all__ = ["RelationRows"]


class RelationRows:
    """Pending rows of one cursor: ``(table, column, column) -> {(id, id): whether the row shall be there}``."""

    __slots__ = ("_pending",)

    def __init__(self):
        self._pending: dict = {}

    def __bool__(self):
        return bool(self._pending)

    def change(self, cr, relation, column1, column2, added, removed):
        """Note rows to insert and to delete; each is a change of what the transaction sees.

        :param cr: the cursor that writes them
        :param added, removed: lists of ``(value of column1, value of column2)``
        """
        if column1 > column2:
            # both sides of a relation speak of the same rows
            column1, column2 = column2, column1
            added, removed = ([(b, a) for a, b in pairs] for pairs in (added, removed))
        pending = self._pending.setdefault((relation, column1, column2), {})
        for pairs, present in ((removed, False), (added, True)):
            for pair in pairs:
                if pending.get(pair, present) is present:
                    pending[pair] = present
                else:
                    del pending[pair]
        cr.defer(self)

    def write(self, cr):
        """Write what is pending: one DELETE and one INSERT for each table."""
        pending, self._pending = self._pending, {}
        for (relation, column1, column2), rows in pending.items():
            names = [SQL.identifier(name) for name in (relation, column1, column2)]
            removed = [pair for pair, present in rows.items() if not present]
            if removed:
                cr.execute(
                    SQL(
                        "DELETE FROM %s r USING unnest(%s, %s) AS v(a, b) WHERE r.%s = v.a AND r.%s = v.b",
                        names[0],
                        *map(list, zip(*removed, strict=True)),
                        *names[1:],
                    )
                )
            added = [pair for pair, present in rows.items() if present]
            if added:
                cr.execute(
                    SQL(
                        "INSERT INTO %s (%s, %s) SELECT * FROM unnest(%s, %s) ON CONFLICT DO NOTHING",
                        *names,
                        *map(list, zip(*added, strict=True)),
                    )
                )

    def clear(self):
        """Forget what is pending, as after a rollback."""
        self._pending.clear()
