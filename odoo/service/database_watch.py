"""The embedded PostgreSQL is started again when it ends although it is needed."""

import contextlib
import logging
import os
import threading
import time

from odoo.db import embedded

from .side_process import SideProcess

_logger = logging.getLogger(__name__)

#: seconds between two looks at the server
LOOK_INTERVAL = 0.5
#: longest pause, in seconds, between two starts of a server that ends again and again
LONGEST_PAUSE = 60
#: seconds that a server has to live for the next start to be the first one again
STEADY = 2 * LONGEST_PAUSE


class DatabaseWatch:
    """Starts a database server when it has ended: at once the first time, then after pauses that grow.

    :param server: object with ``is_running()`` and ``start_again()``, an :class:`~odoo.db.embedded.EmbeddedServer`
    :param clock: function that returns seconds, by default those of a monotonic clock
    """

    def __init__(self, server, clock=time.monotonic):
        self._server = server
        self._clock = clock
        self._tries = 0
        self._last_try = -STEADY
        self._stopped = threading.Event()
        self._parent = os.getppid()

    def run(self):
        """Look after the server until :meth:`stop` is called or the parent process is gone."""
        while not self._stopped.is_set() and os.getppid() == self._parent:
            self._stopped.wait(min(self.look(), LOOK_INTERVAL))

    def stop(self):
        """Make :meth:`run` return."""
        self._stopped.set()

    def look(self):
        """Start the server if it has ended and the pause after the last try is over; return the seconds to wait."""
        if self._server.is_running():
            return LOOK_INTERVAL
        now = self._clock()
        if now - self._last_try > STEADY:
            self._tries = 0
        rest = self._last_try + self._pause() - now
        if rest > 0:
            return rest
        self._start()
        return LOOK_INTERVAL

    def _pause(self):
        """Return the seconds between the last try and the next one."""
        return min(2**self._tries - 1, LONGEST_PAUSE)

    def _start(self):
        _logger.warning("PostgreSQL has ended although it is needed; it is started again")
        try:
            self._server.start_again()
        except (embedded.EmbeddedError, OSError) as error:
            _logger.error("PostgreSQL cannot be started again: %s", error)
        finally:
            self._tries = min(self._tries + 1, 10)
            self._last_try = self._clock()


class DatabaseProcess(SideProcess):
    """A child process with a :class:`DatabaseWatch`."""

    title = "the embedded PostgreSQL"

    def make_runner(self):
        """Return what looks after the embedded server."""
        return DatabaseWatch(embedded.acquire())


def side_processes():
    """Return the process that looks after the embedded server, if there is one, as a list."""
    return [DatabaseProcess()] if embedded.is_wanted() else []


@contextlib.contextmanager
def watched():
    """Look after the embedded server, if there is one, from a thread; for processes that have no children."""
    if not embedded.is_wanted():
        yield
        return
    watch = DatabaseWatch(embedded.acquire())
    thread = threading.Thread(target=watch.run, name="odoo.service.database_watch", daemon=True)
    thread.start()
    try:
        yield
    finally:
        watch.stop()
        thread.join(LOOK_INTERVAL)
