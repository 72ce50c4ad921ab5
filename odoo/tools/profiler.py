"""Profiling blocks of code: which statements ran, and where the time went."""

from __future__ import annotations

import gc
import json
import logging
import os
import sys
import threading
import time
from collections import Counter
from contextlib import ExitStack, contextmanager, nullcontext
from datetime import datetime

from .gc import disabling_gc
from .request_stats import watch_queries

__all__ = [
    "Collector",
    "ExecutionContext",
    "Nested",
    "PeriodicCollector",
    "Profiler",
    "QwebCollector",
    "SQLCollector",
    "SyncCollector",
    "make_session",
    "qweb_collectors",
    "stack_size",
]

_logger = logging.getLogger(__name__)
# clocks that tests cannot stop
_now = time.perf_counter.__call__
_MAX_TRACE_DEPTH = 200


def make_session(name="") -> str:
    """Return a name for profiles that belong together."""
    return f"{datetime.now().strftime('%Y-%m-%d %H:%M:%S')} {name}"


def stack_of(frame, limit=None) -> list[tuple[str, int, str, str]]:
    """Return a stack as (file, line number, function, source line), the outermost frame first.

    :param frame: innermost frame
    :param limit: innermost frame that is left out, with all outside of it
    """
    frames = []
    while frame is not None and frame is not limit and len(frames) < _MAX_TRACE_DEPTH:
        frames.append((frame.f_code.co_filename, frame.f_lineno, frame.f_code.co_name, ""))
        frame = frame.f_back
    return frames[::-1]


def stack_size() -> int:
    """Return how many frames the stack of the caller has."""
    frame, size = sys._getframe(1), 0
    while frame is not None:
        frame, size = frame.f_back, size + 1
    return size


class Collector:
    """Base of collectors: gathers entries between :meth:`start` and :meth:`stop`."""

    name: str | None = None
    _registry: dict[str, type] = {}

    def __init_subclass__(cls):
        super().__init_subclass__()
        if cls.name:
            Collector._registry[cls.name] = cls

    @classmethod
    def make(cls, name, *args, **kwargs) -> Collector:
        """Return a collector by its name: ``sql``, ``qweb``, ``traces_async``, ``traces_sync``.

        :raise ValueError: on another name
        """
        try:
            return cls._registry[name](*args, **kwargs)
        except KeyError:
            raise ValueError(f"unknown collector {name!r}; known: {', '.join(sorted(cls._registry))}") from None

    def __init__(self):
        self.profiler: Profiler | None = None
        self._entries: list[dict] = []

    def start(self):
        """Begin to collect."""

    def stop(self):
        """Cease to collect."""

    def add(self, entry=None, frame=None):
        """Add an entry, with the present stack of the profiled thread.

        :param entry: dict of further keys
        :param frame: innermost frame; by default that of the profiled thread
        """
        frame = frame or sys._current_frames().get(self.profiler.init_thread.ident)
        self._entries.append({"stack": stack_of(frame, self.profiler.init_frame), "start": _now(), **(entry or {})})

    @property
    def entries(self) -> list[dict]:
        """What was collected."""
        return self._entries

    def summary(self) -> str:
        """Return what was collected in one line."""
        return f"{self.name}: {len(self._entries)} entries"


class SQLCollector(Collector):
    """Collects the statements of the profiled thread."""

    name = "sql"

    def start(self):
        """Begin to collect."""
        self._watch = watch_queries(self._hook)
        self._watch.__enter__()

    def stop(self):
        """Cease to collect."""
        self._watch.__exit__(None, None, None)

    def _hook(self, cr, query, params, query_start, query_time):
        text = query.decode() if isinstance(query, bytes) else str(query)
        self.add(
            {"query": text, "full_query": str(cr._obj.query or text), "start": query_start, "time": query_time},
            sys._getframe(1),
        )

    def summary(self):
        """Return the number of statements and the time they took."""
        return f"sql: {len(self._entries)} queries in {sum(entry['time'] for entry in self._entries):.3f} s"


class PeriodicCollector(Collector):
    """Takes the stack of the profiled thread at regular times, from another thread.

    :param interval: seconds
    """

    name = "traces_async"

    def __init__(self, interval=0.01):
        super().__init__()
        self.frame_interval = interval
        self._done = threading.Event()
        self._thread = None

    def run(self):
        """Take stacks until told to stop."""
        while not self._done.wait(self.frame_interval):
            self.add()

    def start(self):
        """Begin to collect."""
        self._done.clear()
        self._thread = threading.Thread(target=self.run, name="odoo.profiler", daemon=True)
        self._thread.start()

    def stop(self):
        """Cease to collect."""
        self._done.set()
        self._thread.join()

    def summary(self):
        """Return the functions most often met on top of the stack."""
        top = Counter(
            f"{file}:{function}" for entry in self._entries for file, _line, function, _text in entry["stack"][-1:]
        )
        return f"traces_async: {len(self._entries)} samples; " + ", ".join(
            f"{where} {count}" for where, count in top.most_common(5)
        )


class SyncCollector(Collector):
    """Takes the stack at each call and return of the profiled thread. Exact, and slow."""

    name = "traces_sync"

    def start(self):
        """Begin to collect."""
        if sys.gettrace() is not None:
            _logger.error("the tracer of a debugger is active: calls are not collected")
            return
        sys.settrace(self._trace)

    def stop(self):
        """Cease to collect."""
        sys.settrace(None)

    def _trace(self, frame, event, _argument):
        if event in ("call", "return"):
            self.add({"event": event}, frame if event == "call" else frame.f_back)
        return self._trace


class QwebCollector(Collector):
    """Collects what the directives of templates took in the profiled thread: seconds and queries of their own.

    There is one entry, whose ``results`` are ``archs``, by the names of the templates, and ``data``: for each directive
    that ran ``view_id`` (name of the template), ``xpath``, ``directive``, ``delay`` and ``query``.
    """

    name = "qweb"

    def __init__(self):
        super().__init__()
        self.archs: dict[str, str] = {}
        self.data: list[dict] = []
        #: seconds and queries that the directives inside of the one under way took
        self._inner: list[list] = []

    def start(self):
        """Begin to collect."""
        thread = threading.current_thread()
        thread.qweb_collectors = (*qweb_collectors(), self)

    def stop(self):
        """Cease to collect."""
        thread = threading.current_thread()
        thread.qweb_collectors = tuple(collector for collector in qweb_collectors() if collector is not self)
        self._entries = [{"stack": [], "start": _now(), "results": {"archs": self.archs, "data": self.data}}]

    @contextmanager
    def measured(self, cr, view_id, xpath, directive):
        """Measure a directive in a block."""
        place = {"view_id": view_id, "xpath": xpath, "directive": directive}
        self._inner.append([0.0, 0])
        started, queries = _now(), cr.sql_log_count
        try:
            yield
        finally:
            delay, count = _now() - started, cr.sql_log_count - queries
            inner_delay, inner_count = self._inner.pop()
            if self._inner:
                self._inner[-1][0] += delay
                self._inner[-1][1] += count
            self.data.append({**place, "delay": delay - inner_delay, "query": count - inner_count})

    def summary(self):
        """Return the number of directives and the time they took."""
        return f"qweb: {len(self.data)} directives in {sum(entry['delay'] for entry in self.data):.3f} s"


def qweb_collectors() -> tuple[QwebCollector, ...]:
    """Return the collectors that want to know of the templates of the present thread."""
    return getattr(threading.current_thread(), "qweb_collectors", ())


class ExecutionContext:
    """Names what runs inside of a block, for whoever reads the profile.

    :param context: names and values
    """

    def __init__(self, **context):
        self.context = context
        self.previous = None

    def __enter__(self):
        thread = threading.current_thread()
        self.previous = getattr(thread, "exec_context", ())
        thread.exec_context = (*self.previous, self.context)
        return self

    def __exit__(self, *exc_info):
        threading.current_thread().exec_context = self.previous


class Profiler:
    """What is collected about a block of the current thread.

    An example::

        with Profiler(["sql", "traces_async"]) as profiler:
            ...
        print(profiler.report())

    :param collectors: names of collectors, or collectors; ``sql`` and ``traces_async`` by default
    :param db: name of the database that keeps the profile, by default that of the thread; ``None`` to keep it nowhere;
        or a function that is given the values of an ``ir.profile`` record at the end and stores them
    :param profile_session: name shared by profiles that belong together
    :param description: name of this one
    :param disable_gc: suspend the garbage collector
    :param params: parameters of the collectors: ``{"traces_async_interval": 0.001}``
    :param log: log the report at the end
    """

    #: see :meth:`register_storage`
    storage = None

    @classmethod
    def register_storage(cls, storage):
        """Have profiles stored in databases.

        :param storage: function of the name of a database that returns a function, which is given the values of an
            ``ir.profile`` record and stores them
        """
        cls.storage = staticmethod(storage)

    def __init__(
        self, collectors=None, db=..., profile_session=None, description=None, disable_gc=False, params=None, log=False
    ):
        params = params or {}
        self.collectors = []
        for collector in collectors if collectors is not None else ("sql", "traces_async"):
            if isinstance(collector, str):
                interval = params.get(f"{collector}_interval")
                collector = Collector.make(collector, *([float(interval)] if interval else ()))
            collector.profiler = self
            self.collectors.append(collector)
        self.db = getattr(threading.current_thread(), "dbname", None) if db is ... else db
        self.profile_session = profile_session or make_session()
        self.description = description
        self.disable_gc = disable_gc
        self.log = log
        self.duration = 0.0
        self.init_thread = self.init_frame = None
        self.init_stack_trace: list = []
        self._stack = ExitStack()

    def __enter__(self):
        self.init_thread = threading.current_thread()
        self.init_frame = sys._getframe(1)
        self.init_stack_trace = stack_of(self.init_frame)
        if self.description is None:
            self.description = (
                f"{os.path.basename(self.init_frame.f_code.co_filename)}:{self.init_frame.f_code.co_name}"
            )
        if self.disable_gc and gc.isenabled():
            self._stack.enter_context(disabling_gc())
        self.start_time = _now()
        for collector in self.collectors:
            collector.start()
        return self

    def __exit__(self, *exc_info):
        for collector in reversed(self.collectors):
            collector.stop()
        self.duration = _now() - self.start_time
        self._stack.close()
        # frames keep everything that was local to them alive
        self.init_frame = None
        if self.log:
            _logger.info("%s", self.report())
        self._store()

    def _store(self):
        if callable(self.db):
            self.db(self.values())
        elif self.db and self.storage:
            self.storage(self.db)(self.values())

    def entry_count(self) -> int:
        """Return the number of entries of all collectors."""
        return sum(len(collector.entries) for collector in self.collectors)

    def values(self) -> dict:
        """Return the profile as values of an ``ir.profile`` record."""
        head, entries = self._head(), self._entries()
        return {
            **head,
            **{name: json.dumps(collected) for name, collected in entries.items()},
            "entry_count": self.entry_count(),
            "sql_count": len(entries.get("sql", ())),
            "init_stack_trace": json.dumps(self.init_stack_trace),
        }

    def json(self) -> str:
        """Return the profile as JSON."""
        return json.dumps({**self._head(), "collectors": self._entries()})

    def _head(self):
        return {"name": self.description, "session": self.profile_session, "duration": self.duration}

    def _entries(self):
        """Return what was collected, by the name of the collector."""
        return {collector.name: collector.entries for collector in self.collectors}

    def report(self) -> str:
        """Return the profile in a few lines."""
        lines = [f"{self.description}: {self.duration:.3f} s", *(collector.summary() for collector in self.collectors)]
        return "\n    ".join(lines)


class Nested:
    """Runs a profiler around another context manager.

    :param profiler: the profiler
    :param context_manager: the other one
    """

    def __init__(self, profiler, context_manager):
        self._profiler = profiler or nullcontext()
        self._context_manager = context_manager
        self._stack = ExitStack()

    def __enter__(self):
        self._stack.enter_context(self._profiler)
        return self._stack.enter_context(self._context_manager)

    def __exit__(self, *exc_info):
        return self._stack.__exit__(*exc_info)
