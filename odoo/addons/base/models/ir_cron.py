"""``ir.cron``: server actions that run on a schedule."""

import logging
import os
import time
from datetime import datetime, timedelta

import psycopg2
import pytz
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models, sql_db
from odoo.exceptions import UserError
from odoo.modules.loading import reset_modules_state
from odoo.modules.registry import Registry
from odoo.orm.registry_change import run_on_registry
from odoo.orm.retrying import keep
from odoo.release import series
from odoo.tools import SQL, config, metrics
from odoo.tools.budgets import Budget, LimitExceeded, begin_work, run_within
from odoo.tools.request_ids import named_run
from odoo.tools.translate import _

_logger = logging.getLogger(__name__)

#: a worker that dies this often in a job makes it count as failed
CONSECUTIVE_TIMEOUT_FOR_FAILURE = 3
#: a job is switched off after this many failures ...
MIN_FAILURE_COUNT_BEFORE_DEACTIVATION = 5
#: ... over at least this time
MIN_DELTA_BEFORE_DEACTIVATION = timedelta(days=7)
#: a job that keeps telling that work remains is called this often in one go
MAX_BATCH_PER_CRON_JOB = 10

#: requests for runs and records of progress are kept this long
KEPT = timedelta(weeks=1)


class BadVersion(Exception):
    """The database belongs to another version of the code."""


class BadModuleState(Exception):
    """Modules of the database wait to be installed, updated or removed."""


class CompletionStatus:
    """How a run of a job ended."""

    FULLY_DONE = "fully done"
    PARTIALLY_DONE = "partially done"
    FAILED = "failed"


#: condition of the jobs that are ready, by the clock: the transaction that asks may be long
READY = SQL("""
    active = true
    AND (nextcall <= (clock_timestamp() AT TIME ZONE 'UTC')
         OR EXISTS (SELECT 1 FROM ir_cron_trigger t
                     WHERE t.cron_id = ir_cron.id AND t.call_at <= (clock_timestamp() AT TIME ZONE 'UTC')))
""")


class IrCron(models.Model):
    """A server action with a schedule, run as a user."""

    _name = "ir.cron"
    _description = "Scheduled Actions"
    _order = "cron_name"
    _allow_sudo_commands = False
    _inherits = {"ir.actions.server": "ir_actions_server_id"}

    ir_actions_server_id = fields.Many2one(
        "ir.actions.server",
        string="Server action",
        delegate=True,
        ondelete="restrict",
        required=True,
    )
    cron_name = fields.Char(string="Name", compute="_compute_cron_name", store=True)
    user_id = fields.Many2one(
        "res.users",
        string="Scheduler User",
        default=lambda self: self.env.user,
        required=True,
    )
    active = fields.Boolean(default=True)
    interval_number = fields.Integer(default=1, help="Run every so many of the intervals.", required=True)
    interval_type = fields.Selection(
        [("minutes", "Minutes"), ("hours", "Hours"), ("days", "Days"), ("weeks", "Weeks"), ("months", "Months")],
        string="Interval Unit",
        default="months",
        required=True,
    )
    nextcall = fields.Datetime(string="Next Execution Date", required=True, default=fields.Datetime.now)
    lastcall = fields.Datetime(string="Last Execution Date", help="When the action ran before, as a whole.")
    priority = fields.Integer(default=5, help="Lower numbers run first.")
    failure_count = fields.Integer(default=0, help="How often it failed since it last succeeded.")
    first_failure_date = fields.Datetime(string="First Failure Date", help="When it failed after it last succeeded.")

    _sql_constraints = [
        ("check_strictly_positive_interval", "CHECK(interval_number > 0)", "The interval of a job is positive."),
    ]

    @api.depends("ir_actions_server_id.name")
    def _compute_cron_name(self):
        """Take the name of the server action over."""
        for cron in self.with_context(lang="en_US"):
            cron.cron_name = cron.ir_actions_server_id.name

    @api.model_create_multi
    def create(self, vals_list):
        """Create jobs: their server actions are used by jobs only."""
        jobs = super().create([{**vals, "usage": "ir_cron"} for vals in vals_list])
        jobs._announce()
        return jobs

    @api.model
    def default_get(self, fields_list):
        """Jobs run code by default."""
        defaults = super().default_get(fields_list)
        if "state" in fields_list:
            defaults["state"] = self.env.context.get("default_state") or "code"
        return defaults

    # running by hand

    def method_direct_trigger(self):
        """Run the jobs now, as their users."""
        self.check_access("write")
        for cron in self:
            cron._try_lock(lockfk=True)
            _logger.info("Job %r (%s) was started by hand", cron.name, cron.id)
            cron, _progress = (
                cron.with_user(cron.user_id).with_context(lastcall=cron.lastcall, cron_id=cron.id)._with_progress()
            )
            cron.ir_actions_server_id.run()
            cron.sudo().lastcall = fields.Datetime.now()
            self.env.flush_all()
            _logger.info("Job %r (%s) done", cron.name, cron.id)
        return True

    # the worker's side

    @classmethod
    def _process_jobs(cls, db_name):
        """Run every job of a database that is ready; called by the cron workers."""
        try:
            with sql_db.db_connect(db_name).cursor() as cr:
                cls._run_ready_jobs(cr)
        except (BadVersion, BadModuleState, psycopg2.errors.UndefinedTable) as reason:
            _logger.warning("no jobs are run on database %s: %s", db_name, reason)

    @classmethod
    def _run_ready_jobs(cls, cr):
        """Run the jobs that are ready, each in a transaction of ``cr``.

        :raise BadVersion: when the database belongs to another version
        :raise BadModuleState: when its modules are being changed
        """
        cls._check_version(cr)
        ready = cls._get_all_ready_jobs(cr)
        if ready:
            cls._check_modules_state(cr, ready)
            registry = Registry(cr.dbname).check_signaling()
            for job in ready:
                cls._process_one(registry, cr, job["id"])

    @classmethod
    def _process_one(cls, registry, cron_cr, job_id):
        """Run one job, if it is still ready and no other worker has it."""
        try:
            job = cls._acquire_one_job(cron_cr, job_id)
        except psycopg2.extensions.TransactionRollbackError:
            cron_cr.rollback()
            _logger.debug("job %s was done by another worker", job_id)
            return
        if not job:
            _logger.debug("another worker has job %s", job_id)
            return
        registry[cls._name]._process_job(registry.db_name, cron_cr, job)
        cron_cr.commit()

    @classmethod
    def _check_version(cls, cron_cr):
        """Check that the database fits the code.

        :raise BadVersion: when it belongs to another version
        :raise BadModuleState: when its modules are being changed
        """
        cron_cr.execute("SELECT latest_version FROM ir_module_module WHERE name = 'base'")
        row = cron_cr.fetchone()
        if not row or row[0] is None:
            raise BadModuleState("module base is not installed yet")
        if not row[0].startswith(f"{series}."):
            raise BadVersion(f"it is of version {row[0]}, the code of series {series}")

    @classmethod
    def _check_modules_state(cls, cr, jobs):
        """Check that no module waits to be changed; forget waiting ones that nothing has moved for long.

        :raise BadModuleState: when modules wait
        """
        cr.execute("SELECT COUNT(*) FROM ir_module_module WHERE state LIKE 'to %'")
        [changes] = cr.fetchone()
        if not changes:
            return
        oldest = min(fields.Datetime.to_datetime(job["nextcall"]) for job in jobs)
        if datetime.now() - oldest < timedelta(hours=5):
            raise BadModuleState("its modules are being changed")
        # a loading that takes hours is taken for one that died
        reset_modules_state(cr.dbname)

    @classmethod
    def _get_all_ready_jobs(cls, cr):
        """Return the rows of the jobs that are ready, in the order to run them."""
        cr.execute(SQL("SELECT * FROM ir_cron WHERE %s ORDER BY failure_count, priority, id", READY))
        return cr.dictfetchall()

    @classmethod
    def _acquire_one_job(cls, cr, job_id):
        """Lock a job for this worker and return its row, ``None`` when another one has it or it is not ready."""
        cr.execute(
            SQL(
                """SELECT ir_cron.*, p.id AS progress_id, p.timed_out_counter AS timed_out_counter
                 FROM ir_cron
            LEFT JOIN LATERAL (SELECT * FROM ir_cron_progress WHERE cron_id = ir_cron.id ORDER BY id DESC LIMIT 1) p
                   ON true
                WHERE %s AND ir_cron.id = %s
           FOR NO KEY UPDATE OF ir_cron SKIP LOCKED""",
                READY,
                job_id,
            )
        )
        jobs = cr.dictfetchall()
        return jobs[0] if jobs else None

    @classmethod
    def _process_job(cls, db_name, cron_cr, job):
        """Run a job until it tells that nothing remains, and schedule it again."""
        with named_run("cron"):
            status = cls._run_and_reschedule(cron_cr, job)
        metrics.count(metrics.CRON_RUNS, db_name, job["cron_name"], status)
        metrics.report(metrics.CRON_LATEST, db_name, job["cron_name"], value=time.time())

    @classmethod
    def _run_and_reschedule(cls, cron_cr, job):
        """Do what :meth:`_process_job` says; return a :class:`CompletionStatus`."""
        env = api.Environment(cron_cr, job["user_id"], {})
        ir_cron = env[cls._name]
        if (job["timed_out_counter"] or 0) >= CONSECUTIVE_TIMEOUT_FOR_FAILURE:
            status = CompletionStatus.FAILED
            cron_cr.execute(
                SQL(
                    "UPDATE ir_cron_progress SET timed_out_counter = 0 WHERE id = %s",
                    job["progress_id"],
                )
            )
            _logger.error("Job %r (%s) took too long", job["cron_name"], job["id"])
        else:
            status = ir_cron._run_job(job)
        ir_cron._update_failure_count(job, status)
        if status in (CompletionStatus.FULLY_DONE, CompletionStatus.FAILED):
            ir_cron._reschedule_later(job)
        else:
            ir_cron._reschedule_asap(job)
        env.flush_all()
        return status

    @api.model
    def _run_job(self, job):
        """Run a job again and again while it tells that work remains, in transactions of its own.

        :return: a :class:`CompletionStatus`
        """
        started = time.monotonic()
        _logger.info("Job %r (%s) starting", job["cron_name"], job["id"])
        with self.pool.cursor() as job_cr:
            context = {"cron_id": job["id"], "lastcall": job["lastcall"]}
            cron = self.browse(job["id"]).with_env(self.env(cr=job_cr, context=context))
            runs, status = 0, CompletionStatus.PARTIALLY_DONE
            while runs < MAX_BATCH_PER_CRON_JOB and status == CompletionStatus.PARTIALLY_DONE:
                cron, status = cron._run_once(job)
                runs += 1
        _logger.info("Job %r (%s) %s after %s runs", job["cron_name"], job["id"], status, runs)
        took = time.monotonic() - started
        metrics.observe(metrics.CRON_SECONDS, self.env.cr.dbname, job["cron_name"], value=took)
        return status

    def _run_once(self, job):
        """Call the action of a job and commit what it did.

        :return: the job in the registry of now, and a :class:`CompletionStatus`
        """
        cron, progress = self._with_progress(timed_out_counter=(job["timed_out_counter"] or 0) + 1)
        self.env.cr.commit()
        failed = cron._fails(job)
        # the job may have changed models: what follows works with the registry of now
        cron, progress = (records.env[records._name].browse(records.ids) for records in (cron, progress))
        done, remaining = progress.done, progress.remaining
        if done or remaining:
            _logger.info("Job %r (%s): %s done, %s remaining", job["cron_name"], job["id"], done, remaining)
        if done and remaining:
            # it moves: whatever it raised, it is called for the rest
            status = CompletionStatus.PARTIALLY_DONE
        else:
            status = CompletionStatus.FAILED if failed else CompletionStatus.FULLY_DONE
        progress.timed_out_counter = 0
        if progress.deactivate:
            job["active"] = False
        cron.env.cr.commit()
        return cron, status

    def _fails(self, job):
        """Run the server action of a job once, and log what it raises.

        :return: whether it raised
        """
        try:
            run_within(_budget(self.env.cr), lambda: self._callback(job["cron_name"], job["ir_actions_server_id"]))
        except (Exception, LimitExceeded):
            if not self.env.cr.closed:
                self.env.cr.rollback()
            _logger.exception(
                "Job %r (%s) server action #%s failed", job["cron_name"], job["id"], job["ir_actions_server_id"]
            )
            return True
        return False

    @api.model
    def _update_failure_count(self, job, status):
        """Count failures in a row; a job that failed long enough is switched off."""
        if status == CompletionStatus.FAILED:
            count = job["failure_count"] + 1
            first = job["first_failure_date"] or datetime.utcnow().replace(microsecond=0)
            active = job["active"]
            if (
                count >= MIN_FAILURE_COUNT_BEFORE_DEACTIVATION
                and first + MIN_DELTA_BEFORE_DEACTIVATION < datetime.utcnow()
            ):
                count, first, active = 0, None, False
                self._notify_admin(
                    _(
                        "Scheduled action %(name)s (%(id)s) failed too often and was switched off.",
                        name=repr(job["cron_name"]),
                        id=job["id"],
                    )
                )
        else:
            count, first, active = 0, None, job["active"]
        self.env.cr.execute(
            SQL(
                "UPDATE ir_cron SET failure_count = %s, first_failure_date = %s, active = %s WHERE id = %s",
                count,
                first,
                active,
                job["id"],
            )
        )

    @api.model
    def _reschedule_later(self, job):
        """Set the next call to the first regular time from now, in the time zone of the job's user."""
        zone = pytz.timezone(self.env.user.tz or "UTC")
        now = datetime.utcnow()
        interval = relativedelta(**{job["interval_type"]: job["interval_number"]})
        # periods are added to the local time, which stays the same when the clock is changed
        local, nextcall = pytz.utc.localize(job["nextcall"]).astimezone(zone).replace(tzinfo=None), job["nextcall"]
        while nextcall <= now:
            local += interval
            nextcall = zone.localize(local).astimezone(pytz.utc).replace(tzinfo=None)
        _logger.info("Job %r (%s) completed", job["cron_name"], job["id"])
        self.env.cr.execute(
            SQL(
                "UPDATE ir_cron SET nextcall = %s, lastcall = %s WHERE id = %s",
                fields.Datetime.to_string(nextcall),
                fields.Datetime.to_string(now),
                job["id"],
            )
        )
        # what was asked for since this transaction began asks for another run
        self.env.cr.execute(
            SQL(
                "DELETE FROM ir_cron_trigger WHERE cron_id = %s AND call_at <= (now() AT TIME ZONE 'UTC')",
                job["id"],
            )
        )

    @api.model
    def _reschedule_asap(self, job):
        """Leave the next call as it is: the job is ready again at once."""
        self.env.cr.execute(
            SQL(
                "INSERT INTO ir_cron_trigger (call_at, cron_id) VALUES (%s, %s)",
                self.env.cr.now(),
                job["id"],
            )
        )
        _logger.info("Job %r (%s) has more to do", job["cron_name"], job["id"])

    def _callback(self, cron_name, server_action_id):
        """Run the server action of a job."""
        self.ensure_one()
        env = self.env
        if env.registry != env.registry.check_signaling():
            # models changed while the job waited
            env.reset()
        _logger.debug("Job %r runs server action %s as user %s", cron_name, server_action_id, self.env.uid)
        started = time.monotonic()

        def attempt():
            begin_work()
            env["ir.actions.server"].browse(server_action_id).run()
            env.cr.flush()
            keep(env)

        try:
            run_on_registry(env, attempt)
        except BaseException:
            env.cr.rollback()
            env.registry.reset_changes()
            raise
        _logger.debug("Job %r took %.3fs", cron_name, time.monotonic() - started)

    def _notify_admin(self, message):
        """Tell administrators about a problem; extended by other modules, logs here."""
        _logger.warning(message)

    # changes

    def _try_lock(self, lockfk=False):
        """Lock the jobs for a change.

        :param lockfk: also against changes of rows that refer to them
        :raise UserError: when one of them is running
        """
        if not self:
            return
        strength = SQL("UPDATE" if lockfk else "NO KEY UPDATE")
        try:
            self.env.cr.execute(
                SQL(
                    "SELECT id FROM ir_cron WHERE id = ANY(%s) FOR %s NOWAIT",
                    list(self.ids),
                    strength,
                ),
                log_exceptions=False,
            )
        except psycopg2.OperationalError as error:
            self.env.cr.rollback()
            raise UserError(_("The scheduled action is running: change it when it is done.")) from error

    def write(self, vals):
        """Update jobs that are not running."""
        self._try_lock()
        if vals.get("nextcall") or vals.get("active"):
            self._announce()
        return super().write(vals)

    def unlink(self):
        """Delete jobs that are not running, with their server actions."""
        self._try_lock(lockfk=True)
        actions = self.ir_actions_server_id
        result = super().unlink()
        actions.exists().unlink()
        return result

    @api.private
    def try_write(self, values):
        """Update the jobs unless one is running.

        :return: whether they were updated
        """
        try:
            with self.env.cr.savepoint():
                self.env.cr.execute(
                    SQL(
                        "SELECT id FROM ir_cron WHERE id = ANY(%s) FOR NO KEY UPDATE NOWAIT",
                        list(self.ids),
                    ),
                    log_exceptions=False,
                )
        except psycopg2.OperationalError:
            return False
        return super().write(values)

    @api.private
    @api.model
    def toggle(self, model, domain):
        """Switch the jobs on if ``model`` has records for ``domain``, off otherwise."""
        active = bool(self.env[model].search_count(domain))
        return self.try_write({"active": active})

    # asking for runs

    def _trigger(self, at=None):
        """Ask for a run at a time, or several ones, soon as a rule.

        :param at: a naive UTC datetime or several
        :return: the records of the requests
        :raise TypeError: for anything else than datetimes
        """
        if at is None:
            at = fields.Datetime.now()
        moments = [at] if isinstance(at, datetime) else list(at)
        if any(not isinstance(moment, datetime) for moment in moments):
            raise TypeError(f"times to run at have to be datetimes: {moments}")
        return self._trigger_list(moments)

    def _trigger_list(self, at_list):
        """Ask for a run at each of the times; a job that is switched off forgets those that have come.

        :return: the records of the requests
        """
        self.ensure_one()
        job, now = self.sudo(), fields.Datetime.now()
        requests = job.env["ir.cron.trigger"].create(
            [{"cron_id": job.id, "call_at": moment} for moment in at_list if job.active or moment > now]
        )
        if requests:
            _logger.debug("Job %r (%s) is asked to run at %s", job.cron_name, job.id, at_list)
            job._announce(due=any(request.call_at <= now for request in requests))
        return requests

    def _announce(self, due=False):
        """Have the workers look for jobs after the commit.

        :param due: whether a job is ready; what is ready later they find by themselves, unless
            ``ODOO_NOTIFY_CRON_CHANGES`` in the environment asks for every change
        """
        if due or os.getenv("ODOO_NOTIFY_CRON_CHANGES"):
            self.env.cr.postcommit.add(self._notifydb)

    @api.model
    def _notifydb(self):
        """Wake the cron workers: they listen on the database that every server has.

        When that fails the log tells it, and they find what is due with their next look.
        """
        wake_up = SQL("SELECT pg_notify('cron_trigger', %s)", self.env.cr.dbname)
        try:
            with sql_db.db_connect("postgres").cursor() as cr:
                cr.execute(wake_up)
        except psycopg2.Error as error:
            # called after a commit: what was kept is not to look as if it failed
            _logger.warning("Workers are not told of scheduled actions: %s", str(error).strip())

    def _with_progress(self, timed_out_counter=0):
        """Return the job with a new record of its progress in the context, and that record."""
        progress = (
            self.env["ir.cron.progress"].sudo().create({"cron_id": self.id, "timed_out_counter": timed_out_counter})
        )
        return self.with_context(ir_cron_progress_id=progress.id), progress

    def _notify_progress(self, *, done, remaining, deactivate=False):
        """Tell how far the running job is: it is called again at once while work remains.

        :param done: records treated in this run
        :param remaining: records that still wait
        :param deactivate: switch the job off after this run
        :raise ValueError: for negative numbers
        """
        counts = {"done": done, "remaining": remaining}
        progress = (
            self.env["ir.cron.progress"].sudo().browse(int(self.env.context.get("ir_cron_progress_id") or 0) or ())
        )
        if progress and min(counts.values()) < 0:
            raise ValueError(f"a job cannot have done, or have left, less than nothing: {counts}")
        progress.write({**counts, "deactivate": deactivate})


def _budget(cr):
    """Return what a run of a job may take, on a cursor."""
    real, option = config["limit_time_real_cron"], "limit_time_real_cron"
    if real < 0:
        real, option = config["limit_time_real"], "limit_time_real"
    return Budget("scheduled action", real, config["limit_time_cpu"], option=option, cursors=(cr,))


def _forget_older(records, date_field):
    """Delete what is past its time, a portion at once: the cleaning is asked to come back for the rest."""
    domain = [(date_field, "<", fields.Datetime.now() - KEPT)]
    old = records.search(domain, limit=models.GC_UNLINK_LIMIT)
    if len(old) == models.GC_UNLINK_LIMIT:
        records.env.ref("base.autovacuum_job")._trigger()
    return old.unlink()


class IrCronTrigger(models.Model):
    """A request to run a job at a time."""

    _name = "ir.cron.trigger"
    _description = "Triggered actions"
    _rec_name = "cron_id"
    _allow_sudo_commands = False

    cron_id = fields.Many2one("ir.cron", index=True)
    call_at = fields.Datetime(index=True)

    @api.autovacuum
    def _gc_cron_triggers(self):
        """Delete requests that nobody answered: their jobs are switched off."""
        return _forget_older(self, "call_at")


class IrCronProgress(models.Model):
    """How far a run of a job is."""

    _name = "ir.cron.progress"
    _description = "Progress of Scheduled Actions"
    _rec_name = "cron_id"

    cron_id = fields.Many2one("ir.cron", required=True, index=True, ondelete="cascade")
    remaining = fields.Integer(default=0)
    done = fields.Integer(default=0)
    deactivate = fields.Boolean()
    timed_out_counter = fields.Integer(default=0)

    @api.autovacuum
    def _gc_cron_progress(self):
        """Delete what tells of runs of long ago."""
        return _forget_older(self, "create_date")
