"""Numbers about what this process does, for Prometheus; nothing is counted unless :func:`switch_on` was called.

Each number belongs to a family, which is made where a module is imported::

    SENT = Counter("quoin_mails_sent", "Mails that were sent.", "database")
    ...
    count(SENT, env.cr.dbname)

What was counted is taken by :func:`take` now and then, and told to the process that adds up what all processes count.
"""

from __future__ import annotations

import bisect
import threading
from collections.abc import Callable
from dataclasses import dataclass

__all__ = ["Counter", "Family", "Gauge", "Histogram", "Latest", "count", "is_on", "observe", "report", "take"]

#: upper bounds, in seconds, of the classes of durations
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 120.0, 600.0)


@dataclass(frozen=True, eq=False)
class Family:
    """Numbers of one meaning that differ in their labels only; to be made once.

    :ivar name: name for Prometheus, without ``_total``
    :ivar help: what is counted
    :ivar labels: names of the labels
    :ivar kind: what is done with values that are told
    :ivar bounds: upper bounds of the classes of a histogram
    """

    name: str
    help: str
    labels: tuple[str, ...]
    kind: str
    bounds: tuple[float, ...] = ()


#: a number with its labels; for histograms how many there are in each class, and the sum
Values = dict[tuple[Family, tuple[str, ...]], float | list[float]]


def Counter(name: str, help: str, *labels: str) -> Family:
    """Return a family of numbers that only grow, see :func:`count`."""
    return Family(name, help, labels, "counter")


def Histogram(name: str, help: str, *labels: str, bounds: tuple[float, ...] = SECONDS) -> Family:
    """Return a family of numbers whose distribution matters, see :func:`observe`."""
    return Family(name, help, labels, "histogram", bounds)


def Gauge(name: str, help: str, *labels: str) -> Family:
    """Return a family of numbers that each process has, and that are gone with it, see :func:`report`."""
    return Family(name, help, labels, "gauge")


def Latest(name: str, help: str, *labels: str) -> Family:
    """Return a family of numbers of which the one told last holds, whichever process told it, see :func:`report`."""
    return Family(name, help, labels, "latest")


REQUESTS = Counter("quoin_http_requests", "Requests, by kind of route.", "kind", "status", "outcome")
REQUEST_SECONDS = Histogram("quoin_http_request_seconds", "How long requests took.", "kind")
RUNNING = Gauge("quoin_http_requests_running", "Requests and jobs that are being worked on.")
STATEMENTS = Counter("quoin_sql_statements", "SQL statements of requests.")
STATEMENT_SECONDS = Counter("quoin_sql_seconds", "Time that the SQL statements of requests took.")
CONNECTIONS = Gauge("quoin_db_connections", "Connections to databases, and how many there may be.", "state")
CACHE_HITS = Counter("quoin_ormcache_hits", "Results of methods that were in the caches.", "database")
CACHE_MISSES = Counter("quoin_ormcache_misses", "Results of methods that were not in the caches.", "database")
FETCHES = Counter("quoin_orm_fetches", "Times that records were not in the cache, and were fetched.", "database")
FETCHED = Counter("quoin_orm_fetched_records", "Records that were fetched as they were not in the cache.", "database")
REGISTRIES = Histogram("quoin_registry_load_seconds", "How long registries took to be loaded.", "database")
CRON_RUNS = Counter("quoin_cron_runs", "Runs of scheduled actions.", "database", "job", "outcome")
CRON_SECONDS = Histogram("quoin_cron_run_seconds", "How long scheduled actions took.", "database", "job")
CRON_LATEST = Latest("quoin_cron_last_run_timestamp_seconds", "When a scheduled action ran last.", "database", "job")
JOB_RUNS = Counter("quoin_job_runs", "Tries of jobs.", "database", "job", "outcome")
JOB_SECONDS = Histogram("quoin_job_run_seconds", "How long tries of jobs took.", "database", "job")
LIMITS = Counter("quoin_limits_exceeded", "Requests and jobs that were ended as they took too much.", "limit")
MEMORY = Gauge("quoin_process_resident_bytes", "Memory of the processes.")

_lock = threading.Lock()
_on = False
_values: Values = {}
_probes: list[Callable[[], None]] = []


def switch_on() -> None:
    """Begin to count, in this process and those that it starts."""
    global _on
    _on = True


def is_on() -> bool:
    """Tell whether anything is counted."""
    return _on


def probe(function: Callable[[], None]) -> Callable[[], None]:
    """Have a function called (decorator) before numbers are taken: it reports what nobody tells when it changes."""
    _probes.append(function)
    return function


def count(family: Family, *labels: str, by: float = 1) -> None:
    """Add to a number.

    :param labels: values of the labels of the family
    """
    if _on:
        with _lock:
            _values[family, labels] = _values.get((family, labels), 0) + by  # type: ignore[operator]  # no histogram


def observe(family: Family, *labels: str, value: float) -> None:
    """Count a value, such as a duration in seconds, in its class."""
    if _on:
        with _lock:
            classes = _values.setdefault((family, labels), [0] * (len(family.bounds) + 2))
            classes[bisect.bisect_left(family.bounds, value)] += 1  # type: ignore[index]  # a histogram
            classes[-1] += value  # type: ignore[index]


def report(family: Family, *labels: str, value: float) -> None:
    """Tell what a number is now."""
    if _on:
        with _lock:
            _values[family, labels] = value


def take() -> Values:
    """Return what was counted since the last time, and begin anew."""
    global _values
    for function in _probes:
        function()
    with _lock:
        taken, _values = _values, {}
    return taken


def give_back(values: Values) -> None:
    """Count what was taken, and could not be told, with what is told next."""
    with _lock:
        for key, value in values.items():
            merge(_values, key, value, late=True)


def merge(values: Values, key: tuple[Family, tuple[str, ...]], value: float | list[float], late: bool = False) -> None:
    """Add one number to others.

    :param late: what is in ``values`` is younger
    """
    known = values.get(key)
    if known is None:
        values[key] = value
    elif isinstance(known, list) and isinstance(value, list):
        values[key] = [one + other for one, other in zip(known, value, strict=True)]
    elif key[0].kind == "counter":
        values[key] = known + value  # type: ignore[operator]  # no histograms
    elif not late:
        values[key] = value
