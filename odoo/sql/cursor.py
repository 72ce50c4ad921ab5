"""What the helpers here ask of a cursor, whoever makes it."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any, Protocol

from .value import SQL


class Cursor(Protocol):
    """A cursor of a transaction, as those of :mod:`odoo.db` are."""

    @property
    def description(self) -> Any:
        """The columns of the rows that the last statement returned."""

    @property
    def rowcount(self) -> int:
        """The number of rows that the last statement returned or changed."""

    def execute(self, query: str | SQL, params: Any = None, log_exceptions: bool = True) -> Any:
        """Execute one statement."""

    def fetchone(self) -> Any:
        """Return the next row, None when there is none."""

    def fetchall(self) -> list[Any]:
        """Return the remaining rows."""

    def savepoint(self, flush: bool = True) -> AbstractContextManager[Any]:
        """Open a savepoint."""
