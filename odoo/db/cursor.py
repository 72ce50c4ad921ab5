"""Cursors: the door through which every SQL statement passes."""

from __future__ import annotations

import inspect
import itertools
import logging
import math
import os
import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from types import TracebackType
from typing import TYPE_CHECKING, Any, Protocol, Self

import psycopg2
from psycopg2.extensions import (
    ISOLATION_LEVEL_READ_COMMITTED,
    ISOLATION_LEVEL_REPEATABLE_READ,
    TRANSACTION_STATUS_ACTIVE,
)
from psycopg2.extras import execute_values

from odoo.sql import SQL
from odoo.tools.budgets import LimitExceeded, RowLimitExceeded, current_budget, uninterrupted
from odoo.tools.cache import clearings
from odoo.tools.containers import Callbacks
from odoo.tools.request_stats import current_stats, query_hooks

from .savepoint import FlushingSavepoint, Savepoint
from .types import register_types

register_types()

if TYPE_CHECKING:
    import threading

    from .pool import ConnectionPool

_logger = logging.getLogger("odoo.sql_db")
_perf_counter = time.perf_counter
_DEBUG = logging.DEBUG
#: seconds after which a statement is reported as slow
SLOW_QUERY_SECONDS = 10
#: queries whose values are not for logs
_SECRET = re.compile(r"passw|_pass\b|api_?key|secret|token", re.IGNORECASE)

#: the hooks of a transaction, attributes of its cursor
_HOOKS = ("precommit", "postcommit", "prerollback", "postrollback")
#: the methods of a psycopg2 cursor, beside ``execute``, that send statements
_STATEMENTS = frozenset(("callproc", "copy_expert", "copy_from", "copy_to", "executemany"))
_NOW = "SELECT timezone('UTC', transaction_timestamp())"
#: what a cursor tells of itself, also when it is closed
_COUNTERS = frozenset(("dbname", "sql_log_count"))


class UnitOfWork(Protocol):
    """What somebody keeps in memory for a cursor, and has still to write through it."""

    def flush(self) -> None:
        """Write everything."""

    def forget_unwritten(self) -> None:
        """Forget what the function given as :attr:`BaseCursor.before_statement` would have written: it is undone."""

    def clear(self) -> None:
        """Forget everything that was read, or was to be written: it may not be so any more."""

    def reset(self) -> None:
        """Begin anew, as in another transaction."""

    def ended(self, cache_generation: int) -> None:
        """Take note that the transaction has ended in the database: what is read next is read by another one.

        :param cache_generation: that of the next one, see :attr:`BaseCursor.cache_generation`
        """


class _Hooks:
    """The functions that a cursor calls at one moment of its transaction; their queue is made when it is asked for."""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, cursor: BaseCursor | None, owner: type | None = None) -> Callbacks:
        if cursor is None:
            raise AttributeError(self._name)
        hooks = cursor.__dict__[self._name] = Callbacks()
        return hooks


class BaseCursor:
    """What real and test cursors have in common: transaction hooks, savepoints, row dictionaries."""

    #: number of values put into one ``IN`` condition
    IN_MAX = 1000

    precommit = _Hooks()
    postcommit = _Hooks()
    prerollback = _Hooks()
    postrollback = _Hooks()

    # what subclasses have of a psycopg2 cursor
    execute: Callable[..., Any]
    fetchone: Callable[[], Any]
    fetchmany: Callable[..., list[Any]]
    fetchall: Callable[[], list[Any]]
    description: Any
    rowcount: int
    close: Callable[[], None]
    dbname: str
    sql_log_count: int
    if TYPE_CHECKING:

        @property
        def closed(self) -> bool:
            """Whether nothing can be executed any more."""

    def __init__(self) -> None:
        #: scratch dict of the transaction
        self.cache: dict[Any, Any] = {}
        #: set by the first environment that uses the cursor
        self.transaction: UnitOfWork | None = None
        self._now: datetime | None = None
        #: called once, before the next statement or at the end of the next flush: what is written later than it was
        #: asked for must be there for every statement that looks
        self.before_statement: Callable[[], None] | None = None
        #: who wants to hear of a rollback to a savepoint, and the function to call, in the order of the work it undoes
        self._when_undone: list[tuple[Any, Callable[[], None]]] = []
        #: how many transactions were kept
        self.commits = 0
        #: how often caches of methods were cleared before the transaction began to read, see :mod:`odoo.tools.cache`
        self.cache_generation = clearings()

    def run_before_statement(self) -> None:
        """Call what waits for the next statement (:attr:`before_statement`), if anything."""
        function, self.before_statement = self.before_statement, None
        if function is not None:
            function()

    def forget_unwritten(self) -> None:
        """Give up what waits for the next statement: all since the last one is undone."""
        self.before_statement = None
        if self.transaction is not None:
            self.transaction.forget_unwritten()

    def when_undone(self, owner: Any, function: Callable[[], None]) -> None:
        """Have a function called when what the caller does now was undone by a rollback to a savepoint.

        :param owner: who asks for it: of the functions of one owner, only that of the first work undone is called
        :param function: function without parameters, which may execute statements; not called when all is rolled back
        """
        self._when_undone.append((owner, function))

    @property
    def work_noted(self) -> int:
        """How many functions wait for being called when work is undone: savepoints go back to where that was less."""
        return len(self._when_undone)

    def undone_since(self, work_noted: int) -> None:
        """Call the functions of the work that a rollback undid.

        :param int work_noted: what :attr:`work_noted` was at the savepoint
        """
        undone = self._when_undone[work_noted:]
        del self._when_undone[work_noted:]
        for function in {id(owner): function for owner, function in reversed(undone)}.values():
            function()

    def flush(self) -> None:
        """Send the pending changes of the ORM to the database, then run the precommit hooks."""
        unit = self.transaction
        if unit is not None:
            unit.flush()
        if "precommit" in self.__dict__:
            self.precommit.run()
        if self.before_statement is not None:
            self.run_before_statement()

    def clear(self) -> None:
        """Forget the pending changes of the ORM and the precommit hooks."""
        self.before_statement = None
        if "precommit" in self.__dict__:
            self.precommit.clear()
        unit = self.transaction
        if unit is not None:
            unit.forget_unwritten()
            unit.clear()

    def commit(self) -> None:
        """Flush the ORM, keep what the transaction did and run the postcommit hooks."""
        self.flush()
        self._keep()

    @uninterrupted
    def _keep(self):
        """Commit, once everything is written: what follows a commit belongs to it."""
        self._end_transaction(kept=True)
        self.commits += 1
        self._when_undone.clear()
        self.clear()
        self._forget_hooks("prerollback", "postrollback")
        if "postcommit" in self.__dict__:
            self.postcommit.run()

    @uninterrupted
    def rollback(self) -> None:
        """Undo what the transaction did and run the rollback hooks."""
        self.clear()
        self._forget_hooks("postcommit")
        self.prerollback.run()
        self._end_transaction(kept=False)
        self._when_undone.clear()
        self.postrollback.run()

    def _end_transaction(self, kept):
        # asked before, as the next transaction may begin along with the end of this one
        generation = clearings()
        self._end(kept)
        self.cache_generation = generation
        if self.transaction is not None:
            self.transaction.ended(generation)

    def _end(self, kept: bool) -> None:
        """End the transaction in the database.

        :param kept: whether its work stays
        """
        raise NotImplementedError

    def _forget_hooks(self, *names: str) -> None:
        """Empty the hooks of these names, all by default."""
        for name in names or _HOOKS:
            if name in self.__dict__:
                getattr(self, name).clear()

    def reset(self) -> None:
        """Forget the environments and the cache of the transaction."""
        if self.transaction is not None:
            self.transaction.reset()

    def savepoint(self, flush: bool = True) -> Savepoint:
        """Open a savepoint, to be used as a context manager.

        :param bool flush: flush the ORM before and after, and clear its cache on rollback
        """
        return FlushingSavepoint(self) if flush else Savepoint(self)

    def now(self) -> datetime:
        """Return the transaction's timestamp in UTC, without time zone."""
        if not self._now:
            self.execute(_NOW)
            [self._now] = self.fetchone()
        return self._now

    def is_now(self, moment: datetime) -> None:
        """Take the transaction's timestamp from whoever read it along with something else."""
        self._now = moment

    def dictfetchone(self) -> dict[str, Any] | None:
        """Return the next row as a dict, or None."""
        row = self.fetchone()
        return row and dict(zip(self._column_names(), row, strict=True))

    def dictfetchmany(self, size: int) -> list[dict[str, Any]]:
        """Return at most ``size`` next rows as dicts."""
        names = self._column_names()
        return [dict(zip(names, row, strict=True)) for row in self.fetchmany(size)]

    def dictfetchall(self) -> list[dict[str, Any]]:
        """Return all remaining rows as dicts."""
        names = self._column_names()
        return [dict(zip(names, row, strict=True)) for row in self.fetchall()]

    def split_for_in_conditions(self, ids: Iterable[Any], size: int = 0) -> Iterator[tuple[Any, ...]]:
        """Yield ``ids`` in tuples short enough for an ``IN`` condition.

        :param ids: iterable of values
        :param int size: greatest length, by default ``IN_MAX``
        """
        values, size = list(ids), size or self.IN_MAX
        for start in range(0, len(values), size):
            yield tuple(values[start : start + size])

    def _column_names(self):
        return [column.name for column in self.description or ()]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, exc_type: type[BaseException] | None, exc_value: BaseException | None, traceback: TracebackType | None
    ) -> None:
        try:
            if exc_type is None:
                self.commit()
        finally:
            self.close()


class Cursor(BaseCursor):
    """A transaction on a pooled connection.

    The transaction is ``REPEATABLE READ``; nothing is committed unless :meth:`commit` is called or the cursor
    is used as a context manager whose block ends without exception. Closing gives the connection back.
    Attributes that are not defined here are those of the psycopg2 cursor.
    """

    @uninterrupted
    def __init__(self, pool: ConnectionPool, dbname: str, dsn: dict[str, Any]) -> None:
        super().__init__()
        self.dbname = dbname
        #: number of statements executed
        self.sql_log_count = 0
        self._closed = True
        self._pool = pool
        self._budget = budget = current_budget()
        #: rows that a statement may return
        self._row_limit: float = (budget is not None and budget.rows) or math.inf
        self._cnx = self.connection = cnx = pool.borrow(dsn)
        self._obj = obj = cnx.cursor()
        self._execute_raw: Callable[..., None] = obj.execute
        self.fetchone = obj.fetchone
        self.fetchmany = obj.fetchmany
        self.fetchall = obj.fetchall
        self._closed = False
        if budget is not None:
            budget.opened(self)
        self._caller = _caller() if _logger.isEnabledFor(_DEBUG) else None
        #: whether the next transaction begins along with the commit of this one, and tells its time: for who goes on at
        #: once, as it sees the database as it is then
        self.goes_on = False
        #: what ``sql_log_count`` was when a transaction began in that way
        self._begun_at = -1

    def execute(self, query: str | SQL, params: Any = None, log_exceptions: bool = True) -> None:
        """Execute one statement.

        :param str|SQL query: the statement; an ``SQL`` brings its own parameters
        :param tuple|list|dict params: values of the placeholders
        :param bool log_exceptions: log the statement when it fails
        :raise psycopg2.Error: the database refuses the statement
        :raise ValueError: ``params`` is not a tuple, list or dict
        """
        if query.__class__ is SQL:
            if params:
                raise ValueError("cr.execute(): an SQL object carries its parameters, give no others")
            query, params = query.statement
        elif params and not isinstance(params, (tuple, list, dict)):
            raise ValueError(f"cr.execute(): parameters must be a tuple, list or dict, got {params!r}")
        if self.before_statement is not None:
            self.run_before_statement()
        start = _perf_counter()
        try:
            self._execute_raw(query, params)
        except psycopg2.Error as error:
            self._tell_failure(error, query, params, log_exceptions)
            raise
        delay = _perf_counter() - start
        self.sql_log_count += 1
        if self._obj.rowcount > self._row_limit and self._obj.description:
            raise RowLimitExceeded(self._obj.rowcount, int(self._row_limit))
        stats = current_stats.get()
        if stats is not None:
            stats.queries += 1
            stats.query_time += delay
        for hook in query_hooks.get():
            hook(self, query, params, start, delay)
        if delay > SLOW_QUERY_SECONDS:
            _logger.info("slow query (%.1f s): %s", delay, self._readable(query, params))
        elif _logger.isEnabledFor(_DEBUG):
            _logger.debug("[%.3f ms] query: %s", 1000 * delay, self._readable(query, params))

    def _tell_failure(self, error, query, params, log):
        """Log that a statement failed.

        :raise LimitExceeded: it was cancelled as the work of this thread has taken too long
        """
        budget = current_budget() if isinstance(error, psycopg2.errors.QueryCanceled) else None
        if budget is not None and budget.limit:
            raise LimitExceeded() from error
        # whoever took a cursor that only reads begins again with another one
        if log and not isinstance(error, psycopg2.errors.ReadOnlySqlTransaction):
            _logger.error("bad query: %s\nERROR: %s", self._readable(query, params), error)

    def execute_values(
        self,
        query: str | SQL,
        argslist: Sequence[Any],
        template: str | None = None,
        page_size: int = 100,
        fetch: bool = False,
    ) -> list[tuple[Any, ...]] | None:
        """Execute a statement whose single ``%s`` stands for many rows of values.

        :param str|SQL query: the statement
        :param argslist: sequence of tuples or dicts
        :param str template: how one row is written, by default ``(%s, ...)``
        :param int page_size: rows per statement
        :param bool fetch: return the rows that the statements return
        """
        if isinstance(query, SQL):
            if query.params:
                raise ValueError("cr.execute_values(): the SQL object must not have parameters")
            query = query.code
        return execute_values(self, query, argslist, template=template, page_size=page_size, fetch=fetch)

    def mogrify(self, query: str | SQL, params: Any = None) -> bytes:
        """Return the statement as it would be sent, as bytes.

        :param str|SQL query: the statement
        :param params: values of the placeholders
        """
        statement = (query.code, query.params) if isinstance(query, SQL) else (query, params)
        return self._obj.mogrify(*statement)

    def _end(self, kept: bool) -> None:
        if self._closed:
            # somebody else has the connection
            raise psycopg2.InterfaceError("Cursor already closed")
        now = None
        if not kept:
            self._cnx.rollback()
        elif self.goes_on and not self.postcommit:
            # what follows a commit may take its time, and change what the next transaction is to see
            self._execute_raw(f"COMMIT AND CHAIN; {_NOW}")
            [now] = self.fetchone()
            self._begun_at = self.sql_log_count
        else:
            self._cnx.commit()
        self._forget_facts()
        self._now = now

    def is_executing(self) -> bool:
        """Tell whether a statement runs, or is about to; other threads ask."""
        return not self.closed and self._cnx.get_transaction_status() == TRANSACTION_STATUS_ACTIVE

    def cancel(self) -> None:
        """Have the statement that runs fail with :class:`psycopg2.errors.QueryCanceled`; for other threads."""
        self._cnx.cancel()

    @uninterrupted
    def close(self) -> None:
        """Undo what is not committed, run the rollback hooks and give the connection back to the pool.

        May be called twice.
        """
        if self._closed:
            return
        # what is not written yet is not written any more, not even for the hooks
        self.before_statement = None
        self._forget_hooks("precommit", "postcommit")
        try:
            if "prerollback" in self.__dict__:
                self.prerollback.run()
        finally:
            self._give_back()
        if "postrollback" in self.__dict__:
            self.postrollback.run()

    def _give_back(self) -> None:
        """Close the cursor and give its connection back."""
        self._closed = True
        if self._budget is not None:
            self._budget.closed(self)
        if self._caller:
            _logger.debug("cursor on %s, opened at %s, made %d queries", self.dbname, self._caller, self.sql_log_count)
        try:
            self._obj.close()
        finally:
            self._drop_raw_cursor()
            self._pool.give_back(self._cnx)
            self._forget_facts()

    @contextmanager
    def read_committed(self) -> Iterator[None]:
        """Have each statement of the transactions inside the block see what others committed before it.

        For changes of tables that others write to: what they did before the table was locked is there to be changed
        along. To be called where no transaction is under way; one that is left when the block ends is rolled back.
        """
        if self._begun_at == self.sql_log_count:
            self._cnx.rollback()
        self._cnx.set_session(isolation_level=ISOLATION_LEVEL_READ_COMMITTED)
        try:
            yield
        finally:
            if not self.closed:
                self._cnx.rollback()
                self._cnx.set_session(isolation_level=ISOLATION_LEVEL_REPEATABLE_READ)

    def print_log(self) -> None:
        """Log how many statements the cursor executed."""
        _logger.debug("cursor on %s made %d queries", self.dbname, self.sql_log_count)

    @property
    def closed(self) -> bool:
        """Whether the cursor, or the connection below it, is closed."""
        return self._closed or bool(self._cnx.closed)

    @property
    def readonly(self) -> bool:
        """Whether the transaction refuses to write."""
        return bool(self._cnx.readonly)

    def _drop_raw_cursor(self):
        del self._obj, self._execute_raw, self.fetchone, self.fetchmany, self.fetchall

    def _forget_facts(self):
        """Forget what held for the transaction only."""
        self._now = None
        self.cache.clear()

    def _readable(self, query, params):
        if _SECRET.search(query if isinstance(query, str) else str(query)):
            # logs are read by more people than passwords may be
            return f"{query} (values left out)"
        try:
            return self._obj.mogrify(query, params).decode(errors="replace")
        except (psycopg2.Error, TypeError, ValueError, IndexError, KeyError):
            return f"{query} {params!r}"

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if self.__dict__.get("_closed", True):
            raise psycopg2.InterfaceError("Cursor already closed")
        if name in _STATEMENTS:
            self.run_before_statement()
        return getattr(self._obj, name)

    @uninterrupted
    def __del__(self) -> None:
        if not self.__dict__.get("_closed", True) and not self._cnx.closed:
            _logger.warning(
                "Cursor on database %r was not closed explicitly; opened at %s",
                self.dbname,
                self._caller or "(set the log level of odoo.sql_db to debug to know)",
            )
            self.close()


class TestCursor(BaseCursor):
    """A cursor for tests: many of them share one real cursor, none of them really commits.

    The first statement after a commit or rollback opens a savepoint; ``rollback`` returns to it and ``commit``
    releases it. Test cursors are a stack: only the last opened one may be used, which the lock guarantees
    between threads.
    """

    __test__ = False
    _open_cursors: list[TestCursor] = []
    LOCK_TIMEOUT = 60

    def __init__(self, cursor: Cursor, lock: threading.RLock, readonly: bool = False) -> None:
        super().__init__()
        self._cursor = cursor
        self._lock = lock
        self._closed = True
        self._savepoint: Savepoint | None = None
        # whether nothing happened since the savepoint that this cursor did itself
        self._idle = True
        self._readonly = readonly
        if not lock.acquire(timeout=self.LOCK_TIMEOUT):
            raise psycopg2.OperationalError("The test cursor is still in use by another thread")
        if self._open_cursors and self._open_cursors[-1]._cursor is cursor:
            self._open_cursors[-1]._make_room(readonly)
        self._open_cursors.append(self)
        self._closed = False

    def execute(self, *args: Any, **kwargs: Any) -> None:
        """Execute a statement; see :meth:`Cursor.execute`."""
        self._ensure_savepoint()
        return self._cursor.execute(*args, **kwargs)

    def execute_values(self, *args: Any, **kwargs: Any) -> list[tuple[Any, ...]] | None:
        """Execute a statement on many rows; see :meth:`Cursor.execute_values`."""
        self._ensure_savepoint()
        return self._cursor.execute_values(*args, **kwargs)

    def copy_expert(self, *args: Any, **kwargs: Any) -> None:
        """Copy rows from or to a file; see psycopg2."""
        self._ensure_savepoint()
        return self._cursor.copy_expert(*args, **kwargs)

    def commit(self) -> None:
        """Flush and make the work part of the test's transaction."""
        self._check_open()
        super().commit()

    def rollback(self) -> None:
        """Undo the work done since the last commit or rollback of this cursor."""
        self._check_open()
        super().rollback()

    def _end(self, kept: bool) -> None:
        savepoint, self._savepoint = self._savepoint, None
        if savepoint is not None:
            savepoint.close(rollback=not kept)
        if kept:
            self._keep_below()
        self._idle = True
        # what waits for a real commit never happens in a test
        self._forget_hooks("postcommit")

    def _keep_below(self):
        """Keep what was committed when cursors below roll back that did nothing themselves."""
        below = self._open_cursors[: self._open_cursors.index(self)] if self in self._open_cursors else []
        idle = list(itertools.takewhile(lambda cursor: cursor._idle, reversed(below)))
        held = [(cursor, cursor._savepoint) for cursor in reversed(idle) if cursor._savepoint is not None]
        if held:
            # those above it go with it
            held[0][1].close(rollback=False)
        for cursor, _savepoint in held:
            cursor._savepoint = None
            cursor._set_savepoint()

    def close(self) -> None:
        """Undo what is not committed and let the next thread go on; may be called twice."""
        if self._closed:
            return
        try:
            self.rollback()
        finally:
            self._closed = True
            if self._open_cursors and self._open_cursors[-1] is self:
                self._open_cursors.pop()
            else:
                _logger.warning("A test cursor was closed while a later one is still open")
                self._open_cursors.remove(self)
            self._lock.release()

    @property
    def closed(self) -> bool:
        """Whether the cursor is closed."""
        return self._closed

    @property
    def readonly(self) -> bool:
        """Whether the cursor refuses to write."""
        return self._readonly

    def now(self) -> datetime:
        """Return the current time, so that successive cursors of one test see time go by."""
        if self._now is None:
            self._now = datetime.now(UTC).replace(tzinfo=None)
        return self._now

    def _make_room(self, readonly):
        """Let a cursor work on top of this one.

        :param readonly: whether that one only reads
        """
        if not self._readonly:
            # what is unfinished must not be lost when the other one rolls back
            self._check_open()
            self.run_before_statement()
            self._set_savepoint()
        elif not readonly and self._savepoint is not None:
            # there is nothing to lose, and under it nobody could write
            savepoint, self._savepoint = self._savepoint, None
            savepoint.close(rollback=True)

    def _ensure_savepoint(self):
        self._check_open()
        self.run_before_statement()
        self._idle = False
        self._set_savepoint()

    def _set_savepoint(self):
        if self._savepoint is None:
            self._savepoint = Savepoint(self._cursor)
            if self._readonly:
                self._cursor.execute("SET TRANSACTION READ ONLY")

    def _check_open(self):
        if self._closed:
            raise psycopg2.InterfaceError("Cursor already closed")

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") or "_cursor" not in self.__dict__:
            raise AttributeError(name)
        if name in _STATEMENTS:
            self._ensure_savepoint()
        elif name not in _COUNTERS:
            self._check_open()
        return getattr(self._cursor, name)


def _caller():
    """Return ``file:line`` of the code that opens a cursor."""
    here = os.path.dirname(__file__)
    frame = inspect.currentframe()
    while frame and frame.f_code.co_filename.startswith(here):
        frame = frame.f_back
    return f"{frame.f_code.co_filename}:{frame.f_lineno}" if frame else "?"


__all__ = ["BaseCursor", "Cursor", "TestCursor"]
