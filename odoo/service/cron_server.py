"""Scheduled actions: a process that wakes up every minute, or when told that a job waits."""

import logging
import os
import select
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import psycopg2

from odoo import sql_db
from odoo.db.lifecycle import MAINTENANCE_DATABASE
from odoo.modules.registry import Registry
from odoo.sql import table_exists
from odoo.tools import config

from .budgets import Watcher
from .db import list_dbs
from .side_process import SideProcess

_logger = logging.getLogger(__name__)

#: seconds between two looks at the databases
INTERVAL = 60
#: channel on which a transaction announces a job: the payload is the name of its database
CHANNEL = "cron_trigger"


class CronRunner:
    """Runs the scheduled actions of all databases until it is stopped.

    :param int threads: how many may run at once
    """

    def __init__(self, threads):
        self._executor = ThreadPoolExecutor(threads, thread_name_prefix="odoo.service.cron")
        self._free = threading.Semaphore(threads)
        self._stop_reader, self._stop_writer = os.pipe()
        self._stopping = self._retiring = False
        self._parent = os.getppid()

    def run(self):
        """Look for due jobs again and again; returns when :meth:`stop` is called or the parent process is gone."""
        while not self._is_over():
            try:
                with closing(sql_db.db_connect(MAINTENANCE_DATABASE, direct=True).cursor()) as cr:
                    cr.execute(f"LISTEN {CHANNEL}")
                    cr.commit()
                    self._loop(cr._cnx)
            except psycopg2.Error as error:
                if not self._is_over():
                    _logger.warning("Scheduled actions wait for the database: %s", str(error).strip())
                    self._wait([], 5)
        # of what cannot be ended the watcher takes care
        self._executor.shutdown(wait=self._retiring, cancel_futures=True)

    def watch(self):
        """Limit what jobs may take; a process with a job that cannot be ended ends, and is replaced."""
        Watcher(self._retire, may_leave=True).start()

    def _retire(self, reason):
        self._retiring = True
        self.stop()

    def stop(self):
        """Make :meth:`run` return; running jobs are not waited for."""
        self._stopping = True
        os.write(self._stop_writer, b"x")

    def _loop(self, cnx):
        names = None
        while not self._is_over():
            for name in served_databases() if names is None else names:
                if has_due_jobs(name):
                    self._submit(name)
            names = self._next_names(cnx)

    def _next_names(self, cnx):
        """Wait; return the databases that announced a job, None when it is time to look at all of them."""
        deadline = time.monotonic() + INTERVAL
        while not self._is_over():
            self._wait([cnx], min(max(deadline - time.monotonic(), 0), 5))
            cnx.poll()
            names = list(dict.fromkeys(notification.payload for notification in cnx.notifies))
            cnx.notifies.clear()
            if names:
                served = set(served_databases())
                return [name for name in names if name in served]
            if time.monotonic() >= deadline:
                return None
        return []

    def _wait(self, readers, timeout):
        select.select([self._stop_reader, *readers], [], [], timeout)

    def _is_over(self):
        return self._stopping or os.getppid() != self._parent

    def _submit(self, name):
        if self._free.acquire(blocking=False):
            self._executor.submit(self._process, name)

    def _process(self, name):
        thread = threading.current_thread()
        thread.dbname = name
        try:
            registry = Registry(name).check_signaling()
            registry["ir.cron"]._process_jobs(name)
        except Exception:
            _logger.exception("The scheduled actions of database %s could not be run", name)
        finally:
            self._free.release()
            thread.dbname = None


def served_databases():
    """Return the databases of the option ``database``, else all that there are."""
    names = [name.strip() for name in (config["db_name"] or "").split(",")]
    return [name for name in names if name] or list_dbs(force=True)


def has_due_jobs(name):
    """Return whether a scheduled action of a database waits for execution.

    :param str name: name of the database
    """
    try:
        with closing(sql_db.db_connect(name).cursor()) as cr:
            if not table_exists(cr, "ir_cron") or not table_exists(cr, "ir_cron_trigger"):
                return False
            cr.execute("""
                SELECT EXISTS (
                    SELECT 1 FROM ir_cron c
                     WHERE c.active AND (c.nextcall <= now() AT TIME ZONE 'UTC' OR EXISTS (
                        SELECT 1 FROM ir_cron_trigger t
                         WHERE t.cron_id = c.id AND t.call_at <= now() AT TIME ZONE 'UTC'))
                )
            """)
            return cr.fetchone()[0]
    except psycopg2.Error as error:
        _logger.warning("The scheduled actions of database %s cannot be read: %s", name, str(error).strip())
        return False


class CronProcess(SideProcess):
    """A child process with a :class:`CronRunner`.

    :param int threads: how many scheduled actions may run at once
    """

    title = "the scheduled actions"

    def __init__(self, threads):
        super().__init__()
        self._threads = threads

    def make_runner(self):
        """Return what runs the scheduled actions."""
        Registry.share()
        config["db_maxconn"] = max(config["db_maxconn"], self._threads + 2)
        runner = CronRunner(self._threads)
        runner.watch()
        return runner
