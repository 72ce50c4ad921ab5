"""What a worker process does with the jobs of a database: take some, run them one after the other, look after them."""

import logging
import os
import signal
import threading
import time
import traceback
from collections import deque
from contextlib import closing, suppress
from functools import partial

import psycopg2

from odoo import sql_db
from odoo.exceptions import UserError
from odoo.orm.environment import Environment
from odoo.orm.pg_errors import RETRIABLE
from odoo.orm.registry import Registry
from odoo.orm.retrying import retrying
from odoo.sql import table_exists
from odoo.tools import metrics
from odoo.tools.budgets import is_protected
from odoo.tools.config import config

from . import queue
from .announcements import announce
from .arguments import decode, encode, encoded_size
from .errors import JobCancelled, JobEnded, JobLost, JobRetry
from .running import Running, current
from .workers import this_worker

__all__ = ["JobRunner", "call", "kept_result"]

_logger = logging.getLogger("odoo.jobs")

#: seconds of work that a worker takes at once, and most jobs
PORTION, MOST = 0.25, 100
#: seconds after which the jobs that wait behind a long one go back
LONG = 1.0
#: seconds between two signs of life
BEAT = 5.0
#: seconds that a job has to end by itself when somebody cancelled it
CANCEL_GRACE = 10.0
#: seconds after which a process ends whose job does not let itself be ended
LAST_GRACE = 10.0
#: seconds until the jobs of a database are taken again whose registry did not load
REST = 20.0


class JobRunner:
    """Runs jobs in the main thread of a process; another thread calls :meth:`watch` meanwhile."""

    def __init__(self):
        self.worker = this_worker()
        self._lock = threading.Lock()
        #: jobs taken and not begun
        self._waiting: deque[queue.Claim] = deque()
        self._db_name: str | None = None
        self._average: dict[str, float] = {}
        self._under_way: _UnderWay | None = None
        self._stopping = False
        self._met: set[str] = set()
        self._beaten = 0.0

    def run_some(self, db_name):
        """Take jobs of a database that are due, and run them.

        :param str db_name: name of the database
        :return: number of jobs taken, and the seconds until the next one is due, if that is known
        """
        if self._stopping:
            return 0, None
        with closing(sql_db.db_connect(db_name).cursor()) as cr, cr.read_committed():
            if db_name not in self._met and not table_exists(cr, "ir_job"):
                return 0, None
            size = int(PORTION / max(self._average.get(db_name, PORTION), PORTION / MOST))
            jobs = queue.claim(cr, self.worker, max(size, 1))
            cr.commit()
            self._met.add(db_name)
            if not jobs:
                return 0, queue.next_due(cr)
        self._run_all(db_name, jobs)
        return len(jobs), 0

    def look_after(self, db_name):
        """Find what got stuck in a database: jobs of workers that died, jobs that no longer wait for others."""
        with closing(sql_db.db_connect(db_name).cursor()) as cr, cr.read_committed():
            if not table_exists(cr, "ir_job"):
                self._met.discard(db_name)
                return
            # nothing runs now: what this worker still has was neither run nor given back
            moved = queue.reclaim(cr, self.worker) + queue.bury(cr, self.worker) + queue.release(cr)
            cr.commit()
        if moved:
            _logger.info("%d jobs of database %s that were stuck are due again", moved, db_name)

    def stop(self):
        """Begin no other job, and give back what was taken; the running one goes on."""
        self._stopping = True

    def end_running(self):
        """Make the running job end; it will be run again."""
        if under_way := self._under_way:
            under_way.end("stopped")

    def renew(self):
        """Go on under another name, as nobody knows what became of what was taken: others find it."""
        self.worker = this_worker()
        self._forget_waiting()

    def leave(self):
        """Forget this worker where it was seen."""
        for db_name in self._met:
            with suppress(psycopg2.Error), closing(sql_db.db_connect(db_name).cursor()) as cr:
                queue.leave(cr, self.worker)
                cr.commit()

    # running

    def _run_all(self, db_name, jobs):
        ended, started = [], time.monotonic()
        self._db_name = threading.current_thread().dbname = db_name
        try:
            registry = self._registry(db_name, jobs)
            with self._lock:
                self._waiting = deque(jobs)
            with _Lane(self, registry) as lane:
                while (job := self._next()) is not None:
                    began = time.monotonic()
                    if lane.run(job) and job.followed:
                        ended.append(job.id)
                    average = self._average.get(db_name, PORTION)
                    self._average[db_name] = average + 0.3 * (time.monotonic() - began - average)
        finally:
            try:
                self._give_back()
            finally:
                self._forget_waiting()
                self._db_name = threading.current_thread().dbname = None
        _logger.debug("%d jobs of database %s took %.3f s", len(jobs), db_name, time.monotonic() - started)
        if ended and self._write(db_name, lambda cr: queue.release(cr, ended)) > 1:
            announce(db_name)

    def _registry(self, db_name, jobs):
        """Return the registry of a database; when there is none, give back the jobs that were taken for it."""
        try:
            return Registry(db_name).check_signaling()
        except Exception:
            # without a word to the workers: it would fail again at once
            self._write(db_name, lambda cr: queue.give_back(cr, jobs, self.worker, wait=REST))
            raise

    def _next(self):
        with self._lock:
            return self._waiting.popleft() if self._waiting and not self._stopping else None

    def has_waiting(self):
        """Tell whether there are jobs that were taken and not begun."""
        return bool(self._waiting) and not self._stopping

    def _give_back(self):
        """Give back the jobs that were not begun; when that fails they wait on."""
        with self._lock:
            db_name, waiting = self._db_name, self._waiting
            jobs = list(waiting)
            waiting.clear()
        if not jobs:
            return
        try:
            self._write(db_name, lambda cr: queue.give_back(cr, jobs, self.worker))
        except BaseException:
            with self._lock:
                # of a portion that is over meanwhile nobody looks there: reclaim() finds them
                waiting.extend(jobs)
            raise
        announce(db_name)

    def _forget_waiting(self):
        with self._lock:
            self._waiting = deque()

    @staticmethod
    def _write(db_name, function):
        """Call a function with a cursor that sees what others commit, and commit."""
        with closing(sql_db.db_connect(db_name).cursor()) as cr, cr.read_committed():
            result = function(cr)
            cr.commit()
            return result

    # looking after what runs, from another thread

    def watch(self):
        """Do what is to be done while jobs run: to be called every second by another thread."""
        db_name, under_way = self._db_name, self._under_way
        if db_name is None:
            return
        now = time.monotonic()
        if now >= self._beaten + BEAT:
            self._beaten = now
            self._write(db_name, lambda cr: queue.seen(cr, self.worker))
        if under_way is None or now < under_way.since + LONG:
            return
        if self._waiting:
            self._give_back()
        if under_way.reason is None and self._write(db_name, lambda cr: queue.wanted_to_end(cr, under_way.job.id)):
            under_way.running.cancelled = True
            under_way.asked = under_way.asked or now
        under_way.watch(now)


class _UnderWay:
    """A job while its method runs, for the thread that looks after it."""

    def __init__(self, job, running):
        self.job = job
        self.running = running
        self.since = time.monotonic()
        #: when somebody was seen to ask for the end
        self.asked = None
        #: why it is being ended, and since when
        self.reason = None
        self.ending = None
        #: the connection whose statement is interrupted
        self.connection = None
        #: whether the main thread is in the method
        self.inside = False

    def watch(self, now):
        """End the job when it is over its time or somebody asked for its end long ago; see that it does end."""
        limit = _time_limit()
        if self.reason is None:
            if self.asked and now >= self.asked + CANCEL_GRACE:
                self.end("cancelled")
            elif limit and now >= self.since + limit:
                self.end(f"it took longer than {limit} seconds")
        elif now >= self.ending + LAST_GRACE:
            _logger.error("Job %s does not end: its process ends instead", self.job.name)
            os.kill(os.getpid(), signal.SIGKILL)
        else:
            # a destructor may have swallowed the first one
            self._interrupt()

    def end(self, reason):
        """Have the main thread leave the method."""
        if self.reason is None:
            self.reason, self.ending = reason, time.monotonic()
        self._interrupt()

    def _interrupt(self):
        if self.inside:
            with suppress(psycopg2.Error):
                self.connection.cancel()
            os.kill(os.getpid(), signal.SIGUSR1)

    def interrupted(self, frame):
        """Leave the method: called when the signal comes, in the main thread.

        Where that would break what others use it goes on: :meth:`watch` comes again.

        :param frame: where the thread is
        """
        if self.inside and self.reason is not None and _may_be_left(frame):
            raise JobEnded(self.reason)


def _may_be_left(frame):
    """Tell whether a job may be ended where it is."""
    # it is the steps of contextlib itself that must be complete, not what it calls
    if frame.f_globals.get("__name__") == "contextlib":
        return False
    while frame is not None and frame.f_code is not _METHOD:
        if is_protected(frame.f_code):
            return False
        frame = frame.f_back
    return True


def _time_limit():
    """Return the seconds a job may take, 0 for any: what scheduled actions may take, or else requests."""
    limit = config["limit_time_real_cron"]
    return max(config["limit_time_real"] if limit < 0 else limit, 0)


class _Lane:
    """What the jobs of a portion have in common: a cursor, and who hears the signals; a context manager."""

    def __init__(self, runner, registry):
        self._runner, self._registry = runner, registry
        self._cr = None

    def __enter__(self):
        # a job may run others itself: afterwards the signals are its own again
        self._handler = signal.signal(signal.SIGUSR1, self._interrupted)
        return self

    def __exit__(self, *error):
        # one may come late: by default it would end the process
        signal.signal(signal.SIGUSR1, self._handler if callable(self._handler) else signal.SIG_IGN)
        self.drop_cursor()

    def run(self, job):
        """Run a job, and return whether it is done."""
        return _Run(self._runner, self._registry, self, job).run()

    def cursor(self):
        """Return the cursor of the next job: the one of the last job where that ended well, without anything of it."""
        cr = self._cr
        if cr is not None and not cr.closed and cr.connection.is_alive():
            cr.transaction, cr.goes_on = None, False
        else:
            self.drop_cursor()
            cr = self._cr = self._registry.cursor()
        return cr

    def drop_cursor(self):
        """Undo what is not committed on the cursor, and have the next job begin with another one."""
        cr, self._cr = self._cr, None
        if cr is not None:
            cr.close()

    def _interrupted(self, number, frame):
        if under_way := self._runner._under_way:
            under_way.interrupted(frame)


class _Run:
    """One run of a job."""

    def __init__(self, runner, registry, lane, job):
        self._runner, self._worker = runner, runner.worker
        self._registry = registry
        self._lane = lane
        self._job = job
        self._tries = 0

    def run(self):
        """Run the job; what it did and its end are one transaction.

        :return: whether it is done
        """
        job, db_name = self._job, self._registry.db_name
        under_way = _UnderWay(job, Running(job.id, partial(self._show, db_name)))
        self._runner._under_way = under_way
        token, done = current.set(under_way.running), False
        try:
            self._work(under_way)
            _logger.debug("Job %s (%d) is done", job.name, job.id)
            done = True
        except Exception as error:
            self._fail(error, under_way.reason)
        finally:
            name = (db_name, f"{job.model_name}.{job.method_name}")
            metrics.count(metrics.JOB_RUNS, *name, "done" if done else "not done")
            metrics.observe(metrics.JOB_SECONDS, *name, value=time.monotonic() - under_way.since)
            current.reset(token)
            self._runner._under_way = None
        return done

    def _work(self, under_way):
        job, cr = self._job, self._lane.cursor()
        try:
            under_way.connection = cr.connection
            env = Environment(cr, job.user_id or 0, job.context, job.su)
            retrying(partial(self._attempt, env, under_way), env)
        except BaseException:
            self._lane.drop_cursor()
            raise

    def _attempt(self, env, under_way):
        job, self._tries = self._job, self._tries + 1
        if self._tries > 1 and not queue.is_mine(env.cr, job, self._worker):
            raise JobLost(job.name)
        try:
            under_way.inside = True
            value = call(env, job)
            env.cr.flush()
            under_way.inside = False
        except JobEnded as error:
            raise _Ended(str(error)) from error
        finally:
            under_way.inside = False
        if not queue.finish(env.cr, job, self._worker, kept_result(value)):
            raise JobLost(job.name)
        env.cr.goes_on = self._runner.has_waiting()

    @staticmethod
    def _show(db_name, done, total, text):
        job_id = current.get().job_id
        return JobRunner._write(db_name, lambda cr: queue.write_progress(cr, job_id, done, total, text))

    def _fail(self, error, reason):
        """Note how a run ended that did not succeed."""
        job, worker = self._job, self._worker
        text = str(error) or type(error).__name__
        if isinstance(error, JobLost):
            _logger.warning("Job %s (%d) was given to another worker: what was done here is undone", job.name, job.id)
            return
        if reason == "stopped":
            self._note(lambda cr: queue.give_back(cr, [job], worker))
        elif reason == "cancelled" or isinstance(error, JobCancelled):
            self._note(lambda cr: queue.end(cr, job, worker, "cancelled", "Cancelled while it ran"))
        elif isinstance(error, RETRIABLE) and reason is None:
            # others were quicker: that is no fault of the job
            self._note(lambda cr: queue.give_back(cr, [job], worker, wait=1 + job.id % 5, error=text))
        elif isinstance(error, JobRetry) and not error.counted:
            wait = job.wait() if error.seconds is None else error.seconds
            self._note(lambda cr: queue.give_back(cr, [job], worker, max(wait, 0.1), text))
        else:
            self._note_failure(error, reason or text)

    def _note_failure(self, error, text):
        job, worker = self._job, self._worker
        trace = "".join(traceback.format_exception(error))
        if isinstance(error, UserError):
            # somebody has to change something first
            self._note(lambda cr: queue.end(cr, job, worker, "failed", text, trace))
            again = False
        else:
            wait = error.seconds if isinstance(error, JobRetry) else None
            again = self._note(lambda cr: queue.fail(cr, job, worker, text, trace, wait))
        if again:
            _logger.info("Job %s (%d) failed at try %d and is tried again: %s", job.name, job.id, job.tries, text)
        else:
            _logger.error("Job %s (%d) failed: %s", job.name, job.id, text, exc_info=error)

    def _note(self, function):
        return JobRunner._write(self._registry.db_name, function)


#: what calls the method of a job
_METHOD = _Run._attempt.__code__


class _Ended(Exception):
    """The job was ended by its worker."""


def call(env, job):
    """Make the call that a job stands for, and return what it returns.

    :param env: environment of the user who asked for it
    :param job: has ``model_name``, ``method_name``, ``record_ids``, ``arguments`` and ``user_active``
    :raise odoo.exceptions.UserError: the user, the model or the method is there no more
    """
    if not job.user_id or not (job.user_active or job.su):
        raise UserError(env._("The user who asked for this job is archived or deleted: it is not run."))
    if job.model_name not in env:
        raise UserError(env._("The model %s of this job is not installed.", job.model_name))
    records = env[job.model_name].browse(job.record_ids)
    method = getattr(type(records), job.method_name, None)
    if not callable(method):
        raise UserError(
            env._("The model %(model)s has no method %(method)s.", model=job.model_name, method=job.method_name)
        )
    arguments = decode(job.arguments, env)
    return method(records, *arguments["args"], **arguments["kwargs"])


def kept_result(value):
    """Return what is kept of a job's result: all of it when it is small and of the kinds that arguments may have."""
    if value is None:
        return None
    try:
        result = encode(value, "the result")
    except (TypeError, ValueError):
        return None
    return result if encoded_size(result) <= queue.RESULT_SIZE else None
