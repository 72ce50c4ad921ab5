"""The threads that requests run in: few compute at once, and who comes first is served first."""

import logging
import threading
from collections import deque

from .clock import now

_logger = logging.getLogger(__name__)

#: jobs that begin at once. Python runs one thread at a time: while one waits for the database another computes.
AT_ONCE = 2
#: seconds after which a job is taken for one that waits, so that another may begin beside it
YOUTH = 0.02


class ThreadPool:
    """Runs jobs in threads, in the order of their arrival.

    Of the jobs that began a moment ago only a few run at once: more would fight for the interpreter and all be late.
    Jobs that take longer than that do not keep others from beginning, up to the number of threads.

    :param int size: number of threads
    :param call_later: function that calls another one some seconds later
    :param int at_once: number of young jobs that run at once
    """

    def __init__(self, size, call_later, at_once=AT_ONCE):
        self._size = size
        self._at_once = at_once
        self._call_later = call_later
        self._lock = threading.Lock()
        self._waiting = deque()
        #: thread id -> monotonic time at which its job began
        self._begins = {}
        #: a lock for each thread that waits, last one first: releasing it wakes the thread
        self._idle = []
        self._threads = 0
        self._looks = False
        self._closed = False

    @property
    def waiting(self):
        """Number of jobs that have not begun."""
        return len(self._waiting)

    def submit(self, job):
        """Have ``job()`` called in a thread."""
        with self._lock:
            self._waiting.append(job)
            if not self._wake():
                self._plan_look()

    def close(self):
        """Let the threads end when nothing waits any more."""
        with self._lock:
            self._closed = True
            for gate in self._idle:
                gate.release()
            self._idle.clear()

    def _may_begin(self):
        if len(self._begins) < self._at_once:
            return True
        if len(self._begins) >= self._size:
            return False
        youth = now() - YOUTH
        return sum(begin > youth for begin in list(self._begins.values())) < self._at_once

    def _wake(self):
        """Have a thread look for a job; return whether one may begin now."""
        if not self._may_begin():
            return False
        if self._idle:
            self._idle.pop().release()
        elif self._threads < self._size:
            self._threads += 1
            threading.Thread(target=self._run, name=f"odoo.service.http.{self._threads}", daemon=True).start()
        return True

    def _plan_look(self):
        if not self._looks:
            self._looks = True
            self._call_later(YOUTH, self._look)

    def _look(self):
        """See whether jobs that wait may begin because others are no longer young."""
        with self._lock:
            self._looks = bool(self._waiting)
            if self._looks:
                self._wake()
                self._call_later(YOUTH, self._look)

    def _run(self):
        ident, gate = threading.get_ident(), threading.Lock()
        gate.acquire()
        while True:
            with self._lock:
                self._begins.pop(ident, None)
                job = None
                if self._waiting and self._may_begin():
                    job = self._waiting.popleft()
                    self._begins[ident] = now()
                elif self._closed:
                    return
                else:
                    self._idle.append(gate)
                    if self._waiting:
                        # woken for a job that may not begin any more, because others have begun since
                        self._plan_look()
            if job is None:
                gate.acquire()
                continue
            try:
                job()
            except Exception:
                _logger.exception("A job of the web server failed")
