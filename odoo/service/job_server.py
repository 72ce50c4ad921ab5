"""Jobs: processes that run what :mod:`odoo.jobs` has written down, woken when a transaction commits one."""

import logging
import os
import select
import signal
import threading
import time
from contextlib import closing

import psycopg2

from odoo import sql_db
from odoo.db.lifecycle import MAINTENANCE_DATABASE
from odoo.jobs.announcements import CHANNEL
from odoo.jobs.runner import JobRunner
from odoo.modules.registry import Registry

from .budgets import Watcher
from .cron_server import served_databases
from .side_process import SideProcess

_logger = logging.getLogger(__name__)

#: seconds between two looks at all databases: for what was not announced, as its process died right after the commit
INTERVAL = 15
#: seconds that a running job gets when the process is told to stop, before it is ended and given back
GRACE = 6


class JobServer:
    """Runs the jobs of all databases, one at a time, until it is stopped."""

    def __init__(self):
        self._stop_reader, self._stop_writer = os.pipe()
        self._stopping_since = None
        self._retiring = False
        self._parent = os.getppid()
        self._runner = JobRunner()
        #: database -> when it has to be looked at, by the monotonic clock
        self._due = {}
        #: the databases that were there when somebody looked
        self._served = set()
        self._next_look = 0.0

    def run(self):
        """Run jobs; returns when :meth:`stop` is called, and the running job is done, or the parent process is gone."""
        threading.Thread(target=self._watch, name="odoo.service.jobs.watch", daemon=True).start()
        while not self._is_over():
            try:
                with closing(sql_db.db_connect(MAINTENANCE_DATABASE, direct=True).cursor()) as cr:
                    cr.execute(f"LISTEN {CHANNEL}")
                    cr.commit()
                    self._next_look = 0.0
                    self._loop(cr.connection)
            except psycopg2.Error as error:
                self._runner.renew()
                if not self._is_over():
                    _logger.warning("Jobs wait for the database: %s", str(error).strip())
                    self._wait([], 2)
        self._runner.leave()

    def stop(self):
        """Make :meth:`run` return when the running job is done, or has had its time."""
        if self._stopping_since is None:
            self._stopping_since = time.monotonic()
        self._runner.stop()
        os.write(self._stop_writer, b"x")

    def retire(self, reason):
        """Make :meth:`run` return when the running job is done, however long that takes: another process takes over.

        :param str reason: why
        """
        self._retiring = True
        self._runner.stop()
        os.write(self._stop_writer, b"x")

    def _is_over(self):
        if os.getppid() != self._parent:
            self._runner.stop()
            return True
        return self._retiring or self._stopping_since is not None

    def _wait(self, readers, timeout):
        select.select([self._stop_reader, *readers], [], [], timeout)

    def _loop(self, cnx):
        while not self._is_over():
            now = time.monotonic()
            if now >= self._next_look:
                self._look_everywhere(now)
            self._run_due(now)
            moments = [self._next_look, *self._due.values()]
            # the parent may be gone without a word
            self._wait([cnx], min(max(min(moments) - time.monotonic(), 0), 5))
            cnx.poll()
            for notification in cnx.notifies:
                self._due[notification.payload] = 0.0
            cnx.notifies.clear()

    def _look_everywhere(self, now):
        """Look after all databases, and have all of them looked into."""
        self._next_look = now + INTERVAL
        self._due = dict.fromkeys(served_databases(), 0.0)
        self._served = set(self._due)
        for name in self._due:
            self._safely(self._runner.look_after, name)

    def _run_due(self, now):
        """Run a portion of the jobs of each database that has any: none waits for the end of another's queue."""
        for name in [name for name, moment in self._due.items() if moment <= now]:
            if self._is_over():
                return
            del self._due[name]
            if not self._serves(name):
                continue
            taken, seconds = self._safely(self._runner.run_some, name) or (0, None)
            if taken:
                self._due[name] = 0.0
            elif seconds is not None:
                self._due[name] = time.monotonic() + min(seconds, INTERVAL)

    def _serves(self, name):
        """Tell whether a database is one of this server: announcements come from all that there are."""
        if name not in self._served:
            # it may be new
            self._served = set(served_databases())
        return name in self._served

    @staticmethod
    def _safely(function, name):
        """Call a function with the name of a database; one that cannot be read does not stop the others."""
        try:
            return function(name)
        except psycopg2.OperationalError as error:
            if "does not exist" in str(error):
                return None
            raise
        except psycopg2.Error:
            raise
        except Exception:
            _logger.exception("The jobs of database %s could not be run", name)
            return None

    def _watch(self):
        """Look after what runs, in a thread beside it."""
        while True:
            time.sleep(1)
            try:
                self._runner.watch()
            except psycopg2.Error as error:
                _logger.warning("The running job cannot be looked after: %s", str(error).strip())
            except Exception:
                _logger.exception("The running job cannot be looked after")
            if self._stopping_since is not None and time.monotonic() > self._stopping_since + GRACE:
                self._runner.end_running()


class _JobProcess(SideProcess):
    """A child process with a :class:`JobServer`."""

    title = "jobs"

    def make_runner(self):
        """Return what runs jobs."""
        Registry.share()
        server = JobServer()
        Watcher(server.retire).start()
        return server


class JobProcesses:
    """The processes of jobs, for the master to look after.

    :param int number: how many
    """

    def __init__(self, number):
        self._processes = [_JobProcess() for _ in range(number)]

    def ensure_running(self, listeners=()):
        """Fork those that do not run.

        :param listeners: sockets of the parent that the children must close
        """
        for process in self._processes:
            process.ensure_running(listeners)

    def reap(self):
        """Notice which processes ended."""
        for process in self._processes:
            process.reap()

    def stop(self):
        """End the processes, all at the same time, and wait for them."""
        for process in self._processes:
            process.begin_stop()
        for process in self._processes:
            process.stop()


def supervise(processes):
    """Keep processes running until a signal stops this one; for servers without HTTP.

    :param processes: objects as the master of web workers looks after, with ``ensure_running()`` and ``stop()``
    """
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda number, frame: stopped.set())
    try:
        while not stopped.is_set():
            for process in processes:
                process.ensure_running()
            stopped.wait(1)
    finally:
        for process in processes:
            process.stop()
