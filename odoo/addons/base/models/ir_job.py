"""``ir.job``: calls that workers make, see :mod:`odoo.jobs`."""

from datetime import timedelta

from odoo import api, fields, models, tools
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.jobs import announce_after_commit, current
from odoo.tools import SQL

#: days that jobs which ended well are kept, unless the parameter ``base.job_days_kept`` says otherwise
DAYS_KEPT = 30

STATES = [
    ("blocked", "Waits for Others"),
    ("waiting", "Waits for its Time"),
    ("pending", "Due"),
    ("started", "Running"),
    ("done", "Done"),
    ("failed", "Failed"),
    ("cancelled", "Cancelled"),
]
#: states of jobs that no worker has taken, as they are in the condition of the index of keys
PENDING = ("blocked", "waiting", "pending")


class IrJobChannel(models.Model):
    """A lane of jobs, with the number of them that may run at once, on all hosts together."""

    _name = "ir.job.channel"
    _description = "Job Channel"
    _order = "name"
    _allow_sudo_commands = False

    name = fields.Char(required=True, help="What code calls the channel.")
    capacity = fields.Integer(
        default=0, help="How many jobs of the channel run at once, on all servers together; 0 for as many as can."
    )
    active = fields.Boolean(default=True, help="The jobs of a stopped channel wait until it goes on.")

    _sql_constraints = [
        ("name_uniq", "UNIQUE (name)", "There is another channel of that name."),
        ("capacity_positive", "CHECK (capacity >= 0)", "The capacity of a channel is not negative."),
    ]

    @api.model_create_multi
    def create(self, vals_list):
        """Create channels; code that asked for an unknown one finds them now."""
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        """Change channels, and wake the workers: there may be more room."""
        self.env.registry.clear_cache()
        announce_after_commit(self.env.cr)
        return super().write(vals)

    def unlink(self):
        """Delete channels without jobs."""
        self.env.registry.clear_cache()
        return super().unlink()

    @api.model
    @tools.ormcache("name")
    def _id_of(self, name):
        """Return the id of the channel called ``name``.

        :raise ValueError: there is none
        """
        channel = self.sudo().with_context(active_test=False).search([("name", "=", name)])
        if not channel:
            known = self.sudo().with_context(active_test=False).search([]).mapped("name")
            raise ValueError(
                f"There is no job channel {name!r}, only {', '.join(known)}: add a record of ir.job.channel"
            )
        return channel.id


class IrJobWorker(models.Model):
    """A process that runs jobs of this database, and when it gave its last sign of life."""

    _name = "ir.job.worker"
    _description = "Job Worker"
    _log_access = False
    _rec_name = "token"
    _allow_sudo_commands = False

    token = fields.Char(required=True, readonly=True)
    host = fields.Char(readonly=True)
    pid = fields.Integer(readonly=True)
    born = fields.Float(readonly=True)
    seen = fields.Datetime(readonly=True)

    _sql_constraints = [("token_uniq", "UNIQUE (token)", "Each worker has a name of its own.")]


class IrJobProgress(models.Model):
    """How far a running job is, and whether somebody wants it to end."""

    _name = "ir.job.progress"
    _description = "Progress of Jobs"
    _log_access = False
    _rec_name = "job_id"
    _allow_sudo_commands = False

    job_id = fields.Many2one("ir.job", required=True, readonly=True, ondelete="cascade")
    done = fields.Float(readonly=True)
    total = fields.Float(readonly=True)
    text = fields.Char(readonly=True)
    cancel = fields.Boolean(readonly=True)

    _sql_constraints = [("job_uniq", "UNIQUE (job_id)", "A job has one progress.")]


class IrJob(models.Model):
    """A call that was written down to be made by a worker.

    Jobs are made by ``records.enqueue()`` and move by statements of :mod:`odoo.jobs.queue`; people only cancel them and
    have them run again.
    """

    _name = "ir.job"
    _description = "Job"
    _order = "id desc"
    _allow_sudo_commands = False

    name = fields.Char(string="Job", required=True, readonly=True)
    state = fields.Selection(STATES, required=True, readonly=True, default="pending", group_expand=True)
    model_name = fields.Char(string="Model", required=True, readonly=True)
    method_name = fields.Char(string="Method", required=True, readonly=True)
    record_ids = fields.Json(string="Record IDs", readonly=True)
    arguments = fields.Json(readonly=True, groups="base.group_system")
    context = fields.Json(readonly=True, groups="base.group_system")
    su = fields.Boolean(string="Without Access Checks", readonly=True)
    user_id = fields.Many2one("res.users", string="Runs as", readonly=True, index=True, ondelete="set null")
    company_id = fields.Many2one("res.company", readonly=True, ondelete="set null")
    channel_id = fields.Many2one("ir.job.channel", required=True, readonly=True, ondelete="restrict")
    priority = fields.Integer(readonly=True, default=10, help="Lower numbers run first.")
    eta = fields.Datetime(string="Not Before", readonly=True)
    unique_key = fields.Char(string="Key", readonly=True, help="Only one job of a key waits at a time.")
    tries = fields.Integer(readonly=True)
    max_retries = fields.Integer(string="Retries at Most", readonly=True)
    backoff = fields.Json(string="Seconds between Tries", readonly=True)
    worker = fields.Char(readonly=True)
    date_started = fields.Datetime(string="Started on", readonly=True)
    date_done = fields.Datetime(string="Ended on", readonly=True)
    error = fields.Char(readonly=True)
    traceback = fields.Text(readonly=True, groups="base.group_system")
    result = fields.Json(readonly=True, groups="base.group_system")
    after_ids = fields.Many2many(
        "ir.job", "ir_job_dependency_rel", "job_id", "after_id", string="Runs after", readonly=True
    )
    before_ids = fields.Many2many(
        "ir.job", "ir_job_dependency_rel", "after_id", "job_id", string="Others that Wait for It", readonly=True
    )
    progress_ids = fields.One2many("ir.job.progress", "job_id", readonly=True)
    progress = fields.Float(compute="_compute_progress", compute_sudo=True, help="How much is done, in percent.")
    progress_text = fields.Char(string="Step", compute="_compute_progress", compute_sudo=True)
    cancelling = fields.Boolean(compute="_compute_progress", compute_sudo=True, help="Somebody asked for its end.")

    def init(self):
        """Make the indexes that workers look by: few, as each row is written three times in a short life."""
        tools.drop_index(self.env.cr, "ir_job_started_idx", self._table)
        tools.drop_index(self.env.cr, "ir_job_unique_key_idx", self._table)
        for name, columns, where in (
            ("ir_job_pending_idx", ["channel_id", "priority", "id"], "state = 'pending'"),
            ("ir_job_waiting_idx", ["eta"], "state = 'waiting'"),
            # by id: the end of a job looks for its row, and dead ones of its worker were in the way
            ("ir_job_taken_idx", ["id"], "state = 'started'"),
            ("ir_job_blocked_idx", ["id"], "state = 'blocked'"),
            ("ir_job_ended_idx", ["date_done"], "state IN ('done', 'cancelled')"),
        ):
            tools.create_index(self.env.cr, name, self._table, columns, where=where)
        if not tools.sql.index_exists(self.env.cr, "ir_job_key_idx"):
            self.env.cr.execute(
                SQL(
                    "CREATE UNIQUE INDEX ir_job_key_idx ON ir_job (unique_key) "
                    "WHERE unique_key IS NOT NULL AND state IN ('blocked', 'waiting', 'pending')"
                )
            )

    @api.depends("state", "progress_ids.done", "progress_ids.total", "progress_ids.text", "progress_ids.cancel")
    def _compute_progress(self):
        """Tell how far the jobs are."""
        for job in self:
            told = job.progress_ids[:1]
            job.progress_text = told.text
            job.cancelling = job.state == "started" and told.cancel
            job.progress = 100 if job.state == "done" else 100 * told.done / told.total if told.total else 0

    # nobody writes calls but enqueue()

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse: jobs are made by ``records.enqueue()``, which checks what they call."""
        raise AccessError(self.env._("Jobs are made by code, with enqueue()."))

    def write(self, vals):
        """Refuse, but for the superuser: what a job calls does not change."""
        if not self.env.su:
            raise AccessError(self.env._("Jobs cannot be changed: they are cancelled or run again."))
        return super().write(vals)

    def copy(self, default=None):
        """Refuse: a call that was made is not made twice."""
        raise AccessError(self.env._("Jobs are made by code, with enqueue()."))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_running(self):
        """Keep jobs that a worker has taken."""
        self._lock()
        if any(job.state == "started" for job in self):
            raise UserError(self.env._("A running job cannot be deleted: cancel it first."))

    # what people do with jobs

    def action_requeue(self):
        """Have failed and cancelled jobs run again, with all their tries."""
        self.check_access("write")
        self._lock()
        jobs = self.filtered(lambda job: job.state in ("failed", "cancelled"))
        if not jobs:
            raise UserError(self.env._("Only jobs that failed or were cancelled can be run again."))
        waiting = self.sudo().search(
            [("unique_key", "in", [key for key in jobs.mapped("unique_key") if key]), ("state", "in", PENDING)]
        )
        keys = [key for job in jobs if (key := job.unique_key)]
        if waiting or len(keys) > len(set(keys)):
            raise ValidationError(
                self.env._("Another job with the key %s waits already.", (waiting.mapped("unique_key") or keys)[0])
            )
        self.env["ir.job.progress"].sudo().search([("job_id", "in", jobs.ids)]).unlink()
        jobs.sudo().write({"state": "pending", "tries": 0, "eta": fields.Datetime.now(), "date_done": False})
        for job in jobs.sudo():
            if any(other.state != "done" for other in job.after_ids):
                job.state = "blocked"
        announce_after_commit(self.env.cr)

    def action_cancel(self):
        """Cancel jobs: those that wait at once, with those that wait for them; running ones are asked to end."""
        self.check_access("write")
        self._lock()
        running = self.filtered(lambda job: job.state == "started")
        others = self.sudo().filtered(lambda job: job.state in (*PENDING, "failed"))
        if not (running or others):
            raise UserError(self.env._("Jobs that have ended cannot be cancelled."))
        while others:
            now = fields.Datetime.now()
            others.write({"state": "cancelled", "date_done": now, "error": self.env._("Cancelled")})
            others = others.before_ids.filtered(lambda job: job.state == "blocked")
        for job in running:
            self.env.cr.execute(
                SQL(
                    """INSERT INTO ir_job_progress (job_id, done, cancel) VALUES (%s, 0, TRUE)
                       ON CONFLICT (job_id) DO UPDATE SET cancel = TRUE""",
                    job.id,
                )
            )
        self.env["ir.job.progress"].invalidate_model()
        self.invalidate_recordset(["progress_ids", "progress", "progress_text", "cancelling"])

    def _lock(self):
        """Keep workers from taking the jobs until the transaction ends, and look at them anew."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "SELECT id FROM ir_job WHERE id = ANY(%s) AND state <> 'started' ORDER BY id FOR UPDATE", list(self.ids)
            )
        )
        self.invalidate_recordset(["state"])

    # for the code of jobs

    @api.model
    def _kept_context_keys(self):
        """Return the names of what a job keeps of the context of its caller; extended by other modules."""
        return ("lang", "tz", "allowed_company_ids", "active_test")

    @api.model
    def _current(self):
        """Return the job that the code runs in, no record outside of jobs."""
        running = current.get()
        return self.browse((running and running.job_id) or ())

    @api.model
    def _progress(self, done, total=None, text=None):
        """Tell how far the running job is; outside of jobs nothing happens.

        :param done: what is done, in whatever unit
        :param total: what is to be done
        :param text: what is being done
        :raise odoo.jobs.JobCancelled: somebody asked for the end of the job: let it go on up
        :raise ValueError: for negative numbers
        """
        if running := current.get():
            running.progress(done, total, text)

    @api.autovacuum
    def _gc_jobs(self):
        """Delete jobs that ended well, or were cancelled, long ago; failed ones stay until somebody looks at them."""
        days = int(self.env["ir.config_parameter"].sudo().get_param("base.job_days_kept", DAYS_KEPT))
        before = fields.Datetime.now() - timedelta(days=days)
        ended = [("state", "in", ("done", "cancelled")), ("date_done", "<", before)]
        old = self.sudo().search(ended, limit=models.GC_UNLINK_LIMIT)
        if len(old) == models.GC_UNLINK_LIMIT:
            self.env.ref("base.autovacuum_job")._trigger()
        old.unlink()
