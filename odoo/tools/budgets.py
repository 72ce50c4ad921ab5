"""What a request, or a job, may take of time and processor time. Whoever takes more is ended, and nobody else.

Work under a budget is done by :func:`run_within`. A watcher (:mod:`odoo.service.budgets`) looks at all budgets of the
process now and then. Of one that is exceeded the statement is cancelled, or :class:`LimitExceeded` raised in its
thread.

The exception may come between any two instructions. It does not come where that would break what others use: inside
of functions marked :func:`uninterrupted`, in the files of :data:`_WHOLE_FILES`, and once the work is kept
(:func:`settle_by`, :func:`settle`).
"""

from __future__ import annotations

import ctypes
import sys
import threading
import time
import traceback
from collections.abc import Callable
from functools import cache
from types import CodeType
from typing import Any, Protocol, TypeVar

__all__ = [
    "Budget",
    "LimitExceeded",
    "RowLimitExceeded",
    "begin_work",
    "current_budget",
    "ended_budgets",
    "extend_budget",
    "is_protected",
    "run_within",
    "running_budgets",
    "settle",
    "settle_by",
    "uninterrupted",
]

F = TypeVar("F", bound=Callable[..., Any])
T = TypeVar("T")

#: seconds between two exceptions for the same work: what it has to do in ``finally`` blocks gets that long
REPEAT = 2.0
#: ends of the names of files whose functions hold locks, or something that other threads use
_WHOLE_FILES = (
    "<frozen importlib._bootstrap>",
    "<frozen importlib._bootstrap_external>",
    "/logging/__init__.py",
    "/logging/handlers.py",
    "/odoo/db/connect.py",
    "/odoo/db/pool.py",
    "/odoo/orm/registry/publishing.py",
    "/odoo/orm/registry/setup.py",
    "/odoo/orm/registry/signaling.py",
    "/odoo/service/front/connection.py",
    "/odoo/service/front/front.py",
    "/odoo/service/front/threads.py",
    "/odoo/tools/budgets.py",
    "/odoo/tools/lru.py",
    "/queue.py",
    "/threading.py",
)
#: parts of the names of such files: what others use next would be in the middle of an answer
_PARTS = ("/odoo/http/session_stores/", "/redis/")
#: the same for functions that call what others gave them: it is their own steps that must be complete
_OWN_STEPS = ("/contextlib.py",)
_uninterrupted: set[CodeType] = set()
_running: dict[int, Budget] = {}
_ended = 0


class Interruptible(Protocol):
    """A cursor, as far as a budget is concerned."""

    def is_executing(self) -> bool:
        """Tell whether a statement runs; asked by another thread."""

    def cancel(self) -> None:
        """Cancel the statement that runs, if one does; asked by another thread."""

    def close(self) -> None:
        """Undo what was not committed and free the connection."""


class LimitExceeded(BaseException):
    """A request, or a job, has taken more than it may.

    No :class:`Exception`: the handlers of addons are not to go on with the work. The text names the option.

    :param message: sentence for the client; by default what the budget of the thread says
    :param limit: key of the option; by default that of the budget
    """

    def __init__(self, message: str = "", limit: str = "") -> None:
        budget = current_budget()
        if budget is not None and not message:
            message, limit = budget.reason, budget.limit
        super().__init__(message)
        self.limit = limit
        #: sent to clients
        self.context = {"limit": limit}


class RowLimitExceeded(Exception):
    """A statement has returned more rows than a call of a client may read at a time (``--limit-rows``).

    :param int rows: how many it returned
    :param int limit: how many there may be
    """

    def __init__(self, rows: int, limit: int) -> None:
        super().__init__(
            f"A statement of this call returned {rows} rows, the server allows {limit} at a time (--limit-rows):"
            " ask for fewer records at a time."
        )
        self.context = {"limit": "limit_rows"}


for _class in (LimitExceeded, RowLimitExceeded):
    # clients recognise errors by this dotted name
    _class.__module__ = "odoo.http"


class Budget:
    """What the work of the thread that makes it may take, and has taken.

    :param what: what the work is called in messages
    :param float real: seconds by the clock; 0 for any number
    :param float cpu: seconds of processor time; 0 for any number
    :param str option: key of the option that ``real`` comes from
    :param int rows: rows that a statement may return; 0 for any number
    :param cursors: cursors of the work that somebody else has opened, and closes
    """

    __slots__ = (
        "_clock",
        "_cpu_started",
        "_lock",
        "_option",
        "_raised_at",
        "allowed",
        "cpu",
        "cursors",
        "ended",
        "extended",
        "ident",
        "lent",
        "limit",
        "noticed_at",
        "real",
        "reason",
        "rows",
        "settled",
        "started",
        "thread",
        "told",
        "what",
    )

    def __init__(
        self,
        what: str,
        real: float,
        cpu: float = 0,
        *,
        option: str = "limit_time_real",
        rows: int = 0,
        cursors: tuple[Interruptible, ...] = (),
    ) -> None:
        self.what = what
        self.real = real
        self.cpu = cpu
        self.rows = rows
        self._option = option
        #: key of the option that is exceeded, and the sentence that says so
        self.limit = self.reason = ""
        #: how many seconds it was given, and whether somebody has told the log
        self.allowed = 0.0
        self.told = False
        #: when that was noticed, by the monotonic clock
        self.noticed_at = 0.0
        #: whether the work is kept: then it is not ended any more
        self.settled = self.ended = False
        #: whether the work asked for more time
        self.extended = False
        self.lent = cursors
        #: cursors that the work has opened and not closed
        self.cursors: list[Interruptible] = []
        self.ident = threading.get_ident()
        self.thread = threading.current_thread()
        self._clock = time.pthread_getcpuclockid(self.ident)
        self._cpu_started = time.clock_gettime(self._clock)
        self._raised_at = 0.0
        self._lock = threading.Lock()
        self.started = time.monotonic()

    def is_exceeded(self) -> bool:
        """Tell whether the work has taken more than it may; the first time, note which limit that is."""
        if not self.limit:
            seconds = time.monotonic() - self.started
            if self.real and seconds > self.real:
                self._exceed(self._option, self.real, "seconds")
            # nothing takes more processor time than time
            elif self.cpu and seconds > self.cpu and self._cpu_seconds() > self.cpu:
                self._exceed("limit_time_cpu", self.cpu, "seconds of processor time")
        return bool(self.limit)

    def _cpu_seconds(self):
        with self._lock:
            # the clock goes with the thread
            return 0 if self.ended else time.clock_gettime(self._clock) - self._cpu_started

    def _exceed(self, limit, amount, unit):
        option = "--" + limit.replace("_", "-")
        self.noticed_at, self.allowed = time.monotonic(), amount
        self.reason = (
            f"The {self.what} took longer than the {amount:g} {unit} that the server allows ({option})."
            " It was ended, and nothing of it was kept."
        )
        self.limit = limit

    def stack(self) -> str:
        """Return where the thread is, as text."""
        frame = sys._current_frames().get(self.ident)
        return "".join(traceback.format_stack(frame)) if frame else ""

    def interrupt(self) -> bool:
        """End the work if it is where that is possible; to be called again and again until it is over.

        :return: whether a statement runs, which :meth:`cancel` ends
        """
        if not self._lock.acquire(blocking=False):
            return False
        try:
            if self.settled or time.monotonic() - self._raised_at < REPEAT:
                return False
            is_executing = any(cursor.is_executing() for cursor in (*self.lent, *self.cursors))
            ident, error = ctypes.c_ulong(self.ident), ctypes.py_object(LimitExceeded)
            # asked last: the thread goes on meanwhile
            if not self._is_interruptible():
                return False
            if is_executing:
                return True
            ctypes.pythonapi.PyThreadState_SetAsyncExc(ident, error)
            self._raised_at = time.monotonic()
            return False
        finally:
            self._lock.release()

    def cancel(self) -> None:
        """Cancel the statement that runs; talks with the database server, and may have to wait for it."""
        with self._lock:
            if not self.settled and self._is_interruptible():
                for cursor in (*self.lent, *self.cursors):
                    if cursor.is_executing():
                        cursor.cancel()

    def _is_interruptible(self):
        frame = sys._current_frames().get(self.ident)
        if frame is None or frame.f_code is _ENTRY or frame.f_code.co_filename.endswith(_OWN_STEPS):
            return False
        while frame is not None and frame.f_code is not _ENTRY:
            if is_protected(frame.f_code):
                return False
            frame = frame.f_back
        return frame is not None

    def opened(self, cursor: Interruptible) -> None:
        """Take note of a cursor that the work has opened."""
        with self._lock:
            self.cursors.append(cursor)

    def closed(self, cursor: Interruptible) -> None:
        """Take note that a cursor is closed: no statement of its connection is cancelled from now on."""
        with self._lock:
            if cursor in self.cursors:
                self.cursors.remove(cursor)

    def settle(self, kept: bool) -> None:
        """Say whether what was done is kept: then the work is not ended any more."""
        with self._lock:
            self.settled = kept or self.ended

    def extend(self, seconds: float) -> None:
        """Give the work so many seconds from now, also of processor time, unless it has more; see extend_budget()."""
        with self._lock:
            self.extended = True
            so_far = time.monotonic() - self.started
            self.real = max(self.real, so_far + seconds) if seconds and self.real else 0
            self.cpu = max(self.cpu, so_far + seconds) if seconds and self.cpu else 0

    def end(self) -> None:
        """Have no exception come any more, not even one that is on its way."""
        global _ended
        if _running.pop(self.ident, None) is not None:
            _ended += 1
        with self._lock:
            self.settled = self.ended = True
        while self._raised_at:
            try:
                # Instead of the one on its way, if it is: one that is taken back (NULL) leaves the interpreter looking
                # for it for good, at each call of each thread; below a tracer the call would never begin.
                ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(self.ident), ctypes.py_object(LimitExceeded))
            except LimitExceeded:
                self._raised_at = 0.0


def uninterrupted(function: F) -> F:
    """Mark a function (decorator): neither in it nor in what it calls does an exception come for an exceeded budget."""
    _uninterrupted.add(function.__code__)
    return function


@cache
def is_protected(code: CodeType) -> bool:
    """Tell whether no exception may come while this code runs, nor what it calls."""
    name = code.co_filename
    return code in _uninterrupted or name.endswith(_WHOLE_FILES) or any(part in name for part in _PARTS)


def run_within(budget: Budget, function: Callable[[], T]) -> T:
    """Call a function under a budget and return its result; inside of other work it goes on that one's budget.

    :param budget: budget that this thread has made
    :param function: function without parameters
    :raise LimitExceeded: the function has taken more; the cursors that it opened are closed
    """
    if budget.ident in _running:
        return function()
    _running[budget.ident] = budget
    try:
        return function()
    finally:
        while not budget.ended:
            try:
                budget.end()
            except LimitExceeded:
                # it came when there was nothing left to end
                continue
        if budget.limit:
            for cursor in list(budget.cursors):
                cursor.close()


_ENTRY = run_within.__code__


def running_budgets() -> list[Budget]:
    """Return the budgets of all work that is being done in this process."""
    return list(_running.values())


def ended_budgets() -> int:
    """Return how much work was done in this process, about."""
    return _ended


def current_budget() -> Budget | None:
    """Return the budget of the work of this thread, if it has one."""
    return _running.get(threading.get_ident())


def begin_work() -> None:
    """Say that a transaction begins: as long as it is not kept (:func:`settle`) the work may be ended."""
    budget = _running.get(threading.get_ident())
    if budget is not None and budget.settled:
        budget.settle(False)


def settle() -> None:
    """Say that what this thread did is kept: it is too late to end it."""
    budget = _running.get(threading.get_ident())
    if budget is not None:
        budget.settle(True)


@uninterrupted
def settle_by(commit: Callable[[], object]) -> None:
    """Call what keeps the work of this thread: when it begins it is too late to end the work, unless it fails.

    An exception that is on its way comes before ``commit`` is called, or not at all.

    :param commit: function without parameters
    """
    budget = _running.get(threading.get_ident())
    if budget is None:
        commit()
        return
    was_settled = budget.settled
    try:
        # waits for who is about to end the work
        budget.settle(True)
        commit()
    except BaseException:
        budget.settle(was_settled)
        raise


def extend_budget(seconds: float) -> None:
    """Give the work of this thread, which is known to be long, more time than others.

    For code that knows that the work is worth it: who can call it without effort can keep a thread busy.

    :param seconds: how long it may take from now on, by the clock and of processor time; 0 for any time
    """
    budget = _running.get(threading.get_ident())
    if budget is not None:
        budget.extend(seconds)
