"""What is measured of the request (or job) that a thread works on: statements, their time, the kind of cursor."""

import time
from collections.abc import Callable
from contextlib import contextmanager
from contextvars import ContextVar

__all__ = ["RequestStats", "begin_stats", "current_stats", "query_hooks", "watch_queries"]


class RequestStats:
    """Counters of one request.

    :ivar started: when it began, seconds since the epoch
    :ivar queries: number of statements
    :ivar query_time: seconds that they took
    :ivar cursor_mode: ``ro`` for a replica, ``rw`` for the database itself, ``ro->rw`` for one after the
        other, ``None`` before either was used
    """

    __slots__ = ("cursor_mode", "queries", "query_time", "started")

    def __init__(self):
        self.started = time.time()
        self.queries = 0
        self.query_time = 0.0
        self.cursor_mode: str | None = None


#: the counters of the request that this thread works on
current_stats: ContextVar[RequestStats | None] = ContextVar("current_stats", default=None)
#: functions ``(cursor, query, params, start, seconds)`` that are told of every statement of this thread
query_hooks: ContextVar[tuple[Callable, ...]] = ContextVar("query_hooks", default=())


def begin_stats() -> RequestStats:
    """Count anew, for a request that begins."""
    stats = RequestStats()
    current_stats.set(stats)
    return stats


@contextmanager
def watch_queries(hook: Callable):
    """Have ``hook(cursor, query, params, start, seconds)`` called after every statement of the block."""
    query_hooks.set((*query_hooks.get(), hook))
    try:
        yield
    finally:
        query_hooks.set(tuple(other for other in query_hooks.get() if other is not hook))
