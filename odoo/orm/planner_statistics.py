"""Statistics for PostgreSQL's planner when one transaction fills a table.

PostgreSQL gathers statistics in the background, from committed rows only. A transaction that imports thousands of rows
into a nearly empty table and goes on working with them would be planned as if there were none.
"""

import logging

from odoo.sql import SQL

__all__ = ["InsertedRows"]

_logger = logging.getLogger("odoo.schema")

#: inserted rows from which statistics are worth their time
BULK = 2500
#: how many times as many rows must be inserted before they are gathered again
GROWTH = 4


class InsertedRows:
    """How many rows a transaction inserted into each table, and when the planner is to be told."""

    __slots__ = ("_counts", "_next")

    def __init__(self):
        self._counts: dict = {}
        self._next: dict = {}

    def add(self, cr, table: str, count: int):
        """Count ``count`` rows inserted into ``table``; gather statistics when most of the table is new.

        Does nothing when another transaction gathers them at the moment.
        """
        total = self._counts[table] = self._counts.get(table, 0) + count
        if total < self._next.get(table, BULK):
            return
        self._next[table] = total * GROWTH
        cr.execute(SQL("SELECT reltuples FROM pg_class WHERE oid = %s::regclass", f'"{table}"'))
        [(known,)] = cr.fetchall()
        if known < total:
            _logger.debug("Table %r: statistics after %d inserted rows", table, total)
            cr.execute(SQL("ANALYZE (SKIP_LOCKED) %s", SQL.identifier(table)))
