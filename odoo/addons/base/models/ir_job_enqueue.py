"""``records.enqueue()``: writing down a call for a worker to make."""

import inspect
from datetime import datetime, timedelta

from psycopg2.extras import Json

from odoo import api, models
from odoo.jobs import announce_after_commit, encode
from odoo.jobs.arguments import MAX_SIZE, encoded_size, saved_ids
from odoo.jobs.queue import release
from odoo.tools import SQL
from odoo.tools.suggestions import nearest

#: seconds until a retry: after the first try, the second, ...
BACKOFF = (10, 60, 300, 1800, 7200)
MAX_RETRIES = len(BACKOFF)
#: characters of a key, and of a description
KEY_SIZE, NAME_SIZE = 200, 200
#: most retries, and most seconds before one
MOST_RETRIES, LONGEST_BACKOFF = 100, 24 * 3600

_NOW = SQL("(clock_timestamp() AT TIME ZONE 'UTC')")


class Base(models.AbstractModel):
    """Calls of all models can be made by workers."""

    _inherit = "base"

    @api.private
    def enqueue(
        self,
        *,
        channel="default",
        priority=10,
        eta=None,
        max_retries=MAX_RETRIES,
        backoff=BACKOFF,
        unique_key=None,
        description=None,
        after=None,
    ):
        """Return a stand-in for the records whose methods are called later, by a worker, as the same user.

        ``orders.enqueue(channel="mail").send_all(template)`` writes the call down in this transaction and returns its
        ``ir.job`` record: nothing happens if the transaction is rolled back, nothing is lost once it is committed.

        :param str channel: name of an ``ir.job.channel``
        :param int priority: lower numbers run first
        :param eta: when at the earliest: a UTC datetime, or a timedelta or seconds from now
        :param int max_retries: how often it is tried again when it raises
        :param backoff: seconds until the retries; the last one holds for those that follow
        :param str unique_key: while another job of the key waits, that one is returned and no new one made
        :param str description: what the list of jobs calls it
        :param after: ``ir.job`` records that have to be done first
        :raise TypeError, ValueError: an option, or an argument of the call, is nothing that can be kept
        """
        options = _Options(self.env, channel, priority, eta, max_retries, backoff, unique_key, description, after)
        return _Later(self, options)


class _Options:
    """How a job is to be run."""

    def __init__(self, env, channel, priority, eta, max_retries, backoff, unique_key, description, after):
        self.channel_id = env["ir.job.channel"]._id_of(channel)
        self.priority = _integer("priority", priority, -(2**31), 2**31 - 1)
        self.delay, self.moment = _time(eta)
        self.max_retries = _integer("max_retries", max_retries, 0, MOST_RETRIES)
        self.backoff = [_seconds("backoff", seconds) for seconds in backoff]
        if len(self.backoff) > MOST_RETRIES:
            raise ValueError(f"backoff of a job has more than {MOST_RETRIES} steps")
        if unique_key is not None and (not isinstance(unique_key, str) or not 0 < len(unique_key) <= KEY_SIZE):
            raise ValueError(f"unique_key of a job is a text of 1 to {KEY_SIZE} characters, not {unique_key!r}")
        self.unique_key = unique_key
        self.description = description and str(description)[:NAME_SIZE]
        if after is not None and getattr(after, "_name", None) != "ir.job":
            raise TypeError(f"after of a job takes records of ir.job, not {after!r}")
        self.after_ids = saved_ids(after, "after") if after is not None else []


class _Later:
    """Stands for records; calls of their methods become jobs."""

    __slots__ = ("_options", "_records")

    def __init__(self, records, options):
        self._records, self._options = records, options

    def __getattr__(self, name):
        method = _method(self._records, name)

        def write_down(*args, **kwargs):
            try:
                inspect.signature(method).bind(self._records, *args, **kwargs)
            except TypeError as error:
                raise TypeError(f"{self._records._name}.{name}: {error}") from None
            return _write_down(self._records, name, args, kwargs, self._options)

        return write_down


def _method(records, name):
    """Return the method of a model that a job may call: one that the classes of the model define.

    :raise AttributeError: there is none of that name
    """
    cls = type(records)
    method = None if name.startswith("__") else inspect.getattr_static(cls, name, None)
    if not inspect.isfunction(method):
        names = [other for other in dir(cls) if inspect.isfunction(inspect.getattr_static(cls, other, None))]
        raise AttributeError(f"{records._name} has no method {name!r} that a job could call{nearest(name, names)}")
    return method


def _write_down(records, method_name, args, kwargs, options):
    """Insert the job and return it; or the one that waits under the same key."""
    env, cr = records.env, records.env.cr
    arguments = {"args": encode(args), "kwargs": encode(kwargs)}
    ids = saved_ids(records, "the records")
    if (size := encoded_size([arguments, ids])) > MAX_SIZE:
        raise ValueError(
            f"{records._name}.{method_name}: the arguments of a job take {size} bytes, {MAX_SIZE} are the most: "
            "keep the data in a record and give that"
        )
    kept = {key: env.context[key] for key in env["ir.job"]._kept_context_keys() if key in env.context}
    blocked = bool(options.after_ids)
    eta = SQL("%s + %s * interval '1 second'", _NOW, options.delay)
    if options.moment is not None:
        eta = SQL("%s::timestamp", options.moment)
    # the records that the call is about are there when it is made
    env.flush_all()
    cr.execute(
        SQL(
            """INSERT INTO ir_job (name, state, model_name, method_name, record_ids, arguments, context, su, user_id,
                                   company_id, channel_id, priority, eta, unique_key, tries, max_retries, backoff,
                                   create_uid, create_date, write_uid, write_date)
               SELECT %s, CASE WHEN %s THEN 'blocked' WHEN time.eta > %s THEN 'waiting' ELSE 'pending' END, %s, %s, %s,
                      %s, %s, %s, %s, %s, %s, %s, time.eta, %s, 0, %s, %s, %s, %s, %s, %s
                 FROM (SELECT %s AS eta) AS time
          ON CONFLICT (unique_key) WHERE unique_key IS NOT NULL AND state IN ('blocked', 'waiting', 'pending')
               DO NOTHING RETURNING id""",
            options.description or f"{records._name}.{method_name}",
            blocked,
            _NOW,
            records._name,
            method_name,
            Json(ids),
            Json(arguments),
            Json(encode(kept)),
            env.su,
            env.uid,
            env.company.id,
            options.channel_id,
            options.priority,
            options.unique_key,
            options.max_retries,
            Json(options.backoff),
            env.uid,
            cr.now(),
            env.uid,
            cr.now(),
            eta,
        )
    )
    row = cr.fetchone()
    if row and blocked:
        _depend(cr, row[0], options.after_ids)
    announce_after_commit(cr)
    return env["ir.job"].browse(row[0] if row else _waiting_with(cr, options.unique_key))


def _depend(cr, job_id, after_ids):
    """Have a job wait for others, unless they are done."""
    cr.execute(
        SQL(
            "INSERT INTO ir_job_dependency_rel (job_id, after_id) SELECT %s, unnest(%s::int[]) ON CONFLICT DO NOTHING",
            job_id,
            after_ids,
        )
    )
    release(cr, after_ids)


def _waiting_with(cr, key):
    """Return the id of the job that waits under a key, and keep it waiting until this transaction ends.

    If it began before the commit it would not see what this transaction has done.
    """
    cr.execute(
        SQL(
            "SELECT id FROM ir_job WHERE unique_key = %s AND state IN ('blocked', 'waiting', 'pending') FOR KEY SHARE",
            key,
        )
    )
    return cr.fetchone()[0]


def _integer(name, value, least, most):
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise ValueError(f"{name} of a job is a whole number between {least} and {most}, not {value!r}")
    return value


def _seconds(name, value):
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= LONGEST_BACKOFF:
        raise ValueError(f"{name} of a job is in seconds between 0 and {LONGEST_BACKOFF}, not {value!r}")
    return value


def _time(eta):
    """Return the seconds from now and the moment that ``eta`` means, one of which is not set."""
    if isinstance(eta, datetime):
        if eta.tzinfo is not None:
            raise ValueError("eta of a job has a time zone: give it in UTC, without one")
        return 0, eta
    if isinstance(eta, timedelta):
        eta = eta.total_seconds()
    if eta is None:
        return 0, None
    if isinstance(eta, bool) or not isinstance(eta, (int, float)) or not 0 <= eta <= 100 * 366 * 86400:
        raise ValueError(f"eta of a job is a datetime, a timedelta or seconds from now, not {eta!r}")
    return eta, None
