"""Savepoints as context managers."""

from __future__ import annotations

import itertools
from types import TracebackType
from typing import Any, Protocol, Self

_sequence = itertools.count(1)


class Transactional(Protocol):
    """What savepoints ask of a cursor."""

    def execute(self, query: str) -> Any:
        """Execute a statement."""

    def flush(self) -> None:
        """Send the pending changes of the ORM to the database."""

    def clear(self) -> None:
        """Forget the pending changes of the ORM."""

    def forget_unwritten(self) -> None:
        """Give up what the next statement waits for."""

    @property
    def work_noted(self) -> int:
        """How many functions wait for being called when work is undone."""

    def undone_since(self, work_noted: int) -> None:
        """Call the functions of the work that a rollback undid."""


class Savepoint:
    """A point of a transaction to which it can go back.

    As a context manager it is released when the block ends well and rolled back when the block raises.
    Without ``with``, call :meth:`close`.
    """

    __slots__ = ("_cr", "_work_noted", "closed", "name")

    def __init__(self, cr: Transactional) -> None:
        self.name = f"sp_{next(_sequence)}"
        self._cr = cr
        self.closed = False
        cr.execute(f"SAVEPOINT {self.name}")
        self._work_noted = cr.work_noted

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, exc_type: type[BaseException] | None, exc_value: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close(rollback=exc_type is not None)

    def close(self, *, rollback: bool = True) -> None:
        """End the savepoint; calling it again does nothing.

        :param bool rollback: undo what happened since the savepoint was made
        """
        if not self.closed:
            self.closed = True
            self._close(rollback)

    def rollback(self) -> None:
        """Undo what happened since the savepoint was made and keep the savepoint."""
        self._cr.forget_unwritten()
        self._cr.execute(f"ROLLBACK TO SAVEPOINT {self.name}")
        self._cr.undone_since(self._work_noted)

    def _close(self, rollback):
        if rollback:
            # making the savepoint was a statement: what waits came after it
            self._cr.forget_unwritten()
            self._cr.execute(f"ROLLBACK TO SAVEPOINT {self.name}; RELEASE SAVEPOINT {self.name}")
            self._cr.undone_since(self._work_noted)
        else:
            self._cr.execute(f"RELEASE SAVEPOINT {self.name}")


class FlushingSavepoint(Savepoint):
    """A savepoint that keeps the pending changes of the ORM consistent with the database."""

    __slots__ = ()

    def __init__(self, cr: Transactional) -> None:
        cr.flush()
        super().__init__(cr)

    def rollback(self) -> None:
        """Undo what happened since the savepoint was made, in the database and in the ORM's cache."""
        self._cr.clear()
        super().rollback()

    def _close(self, rollback):
        if not rollback:
            try:
                self._cr.flush()
            except Exception:
                self._undo()
                raise
            super()._close(False)
        else:
            self._undo()

    def _undo(self):
        try:
            self._cr.clear()
        finally:
            super()._close(True)
