"""The queue in the tables of a database: taking jobs out, giving them back, finding those of workers that died.

All of these are statements on a cursor that the caller commits; those that take or give back jobs expect one inside
of ``read_committed()``. Times are those of the database's clock.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from psycopg2.extras import Json

from odoo.release import series
from odoo.sql import SQL

from .workers import Worker, is_gone

__all__ = [
    "Claim",
    "bury",
    "claim",
    "end",
    "fail",
    "finish",
    "give_back",
    "is_mine",
    "leave",
    "next_due",
    "reclaim",
    "release",
    "seen",
    "wanted_to_end",
    "write_progress",
]

NOW = SQL("(clock_timestamp() AT TIME ZONE 'UTC')")
#: seconds after which a worker that gives no sign is taken for dead
SILENCE = 30
#: characters of an error that are kept, of its traceback, of a result
ERROR_SIZE, TRACEBACK_SIZE, RESULT_SIZE = 1000, 20_000, 4000
#: longest wait before a retry, in seconds
LONGEST_WAIT = 24 * 3600


@dataclass(frozen=True, slots=True)
class Claim:
    """A job that a worker has taken."""

    id: int
    priority: int
    name: str
    model_name: str
    method_name: str
    record_ids: list[int]
    arguments: dict[str, Any]
    context: dict[str, Any]
    user_id: int | None
    user_active: bool | None
    su: bool
    tries: int
    max_retries: int
    backoff: list[float]
    followed: bool

    def wait(self) -> float:
        """Return the seconds until the next try: the one of the job's pattern, a bit more or less."""
        seconds = self.backoff[min(self.tries, len(self.backoff)) - 1] if self.backoff else 0
        # those that failed together do not come back together
        return min(seconds * random.uniform(0.9, 1.1), LONGEST_WAIT)


def claim(cr: Any, worker: Worker, size: int) -> list[Claim]:
    """Take jobs that are due, at most ``size``, in the order in which they are to be run.

    None is taken while the modules of the database change, or when it belongs to another version of the code.
    """
    cr.execute(
        SQL(
            """UPDATE ir_job SET state = 'pending' WHERE id IN (
                 SELECT id FROM ir_job WHERE state = 'waiting' AND eta <= %s ORDER BY eta LIMIT 1000
                    FOR UPDATE SKIP LOCKED)""",
            NOW,
        )
    )
    rooms = _open_channels(cr, worker)
    if not rooms:
        return []
    seen(cr, worker)
    cr.execute(
        SQL(
            """WITH picked AS MATERIALIZED (
                    SELECT next.id FROM unnest(%s::int[]) AS channel(id) CROSS JOIN LATERAL (
                        SELECT id, priority FROM ir_job
                         WHERE state = 'pending' AND channel_id = channel.id
                      ORDER BY priority, id LIMIT %s FOR UPDATE SKIP LOCKED) AS next
                  ORDER BY next.priority, next.id LIMIT %s)
               UPDATE ir_job AS job SET state = 'started', worker = %s, date_started = %s, tries = tries + 1
                 FROM picked WHERE job.id = picked.id
            RETURNING job.id, priority, name, model_name, method_name, record_ids, arguments, context, user_id,
                      (SELECT active FROM res_users WHERE id = job.user_id), su, tries, max_retries, backoff,
                      EXISTS (SELECT 1 FROM ir_job_dependency_rel WHERE after_id = job.id)""",
            rooms,
            size,
            size,
            worker.token,
            NOW,
        )
    )
    return sorted((Claim(*row) for row in cr.fetchall()), key=lambda job: (job.priority, job.id))


def _open_channels(cr, worker):
    """Return the ids of the channels that have jobs and room for this worker; those with a capacity stay locked."""
    # LIMIT has the one job looked for that tells, not all that wait
    cr.execute(
        SQL(
            """SELECT channel.id, capacity FROM ir_job_channel AS channel CROSS JOIN LATERAL (
                    SELECT id FROM ir_job WHERE state = 'pending' AND channel_id = channel.id LIMIT 1) AS next
                WHERE active AND EXISTS (SELECT 1 FROM ir_module_module WHERE name = 'base' AND latest_version LIKE %s)
                  AND NOT EXISTS (SELECT 1 FROM ir_module_module WHERE state LIKE 'to %%')""",
            f"{series}.%",
        )
    )
    capacities = dict(cr.fetchall())
    limited = sorted(id_ for id_, capacity in capacities.items() if capacity)
    if limited:
        cr.execute(SQL("SELECT id FROM ir_job_channel WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE", limited))
        # a worker runs one job at a time, however many it has taken
        cr.execute(
            SQL(
                """SELECT channel_id, count(DISTINCT worker) FROM ir_job
                    WHERE state = 'started' AND channel_id = ANY(%s) AND worker <> %s GROUP BY channel_id""",
                limited,
                worker.token,
            )
        )
        busy = dict(cr.fetchall())
        for id_ in limited:
            if busy.get(id_, 0) >= capacities[id_]:
                del capacities[id_]
    return sorted(capacities)


def next_due(cr: Any) -> float | None:
    """Return the seconds until the next job that waits for its time; ``None`` when there is none."""
    cr.execute(SQL("SELECT EXTRACT(EPOCH FROM min(eta) - %s) FROM ir_job WHERE state = 'waiting'", NOW))
    [seconds] = cr.fetchone()
    return None if seconds is None else max(float(seconds), 0.0)


# how a job ends. What is no longer this worker's is left alone: the condition is the fence.


def _fence(job, worker):
    return SQL("id = %s AND state = 'started' AND worker = %s AND tries = %s", job.id, worker.token, job.tries)


def is_mine(cr: Any, job: Claim, worker: Worker) -> bool:
    """Tell whether the job is still this worker's."""
    cr.execute(SQL("SELECT 1 FROM ir_job WHERE %s", _fence(job, worker)))
    return bool(cr.fetchone())


#: once for each job: written out, not put together
_FINISH = """UPDATE ir_job SET state = 'done', date_done = clock_timestamp() AT TIME ZONE 'UTC', worker = NULL,
                    error = NULL, traceback = NULL, result = %s
              WHERE id = %s AND state = 'started' AND worker = %s AND tries = %s"""


def finish(cr: Any, job: Claim, worker: Worker, result: Any = None) -> bool:
    """Note that the job is done, in the transaction of its work.

    :param result: what it returned, as JSON
    :return: whether the job was still this worker's
    """
    cr.execute(_FINISH, (None if result is None else Json(result), job.id, worker.token, job.tries))
    return bool(cr.rowcount)


def end(cr: Any, job: Claim, worker: Worker, state: str, error: str, traceback: str = "") -> bool:
    """Note that the job ends in another state than done: ``failed`` or ``cancelled``."""
    cr.execute(
        SQL(
            """UPDATE ir_job SET state = %s, date_done = %s, worker = NULL, error = %s, traceback = %s WHERE %s""",
            state,
            NOW,
            error[:ERROR_SIZE],
            traceback[-TRACEBACK_SIZE:] or None,
            _fence(job, worker),
        )
    )
    return bool(cr.rowcount)


def fail(cr: Any, job: Claim, worker: Worker, error: str, traceback: str = "", wait: float | None = None) -> bool:
    """Note that a try failed: the job is tried again after its pattern, or kept as failed.

    :param float wait: seconds until the next try, where the job itself says so
    :return: whether it is tried again
    """
    if job.tries > job.max_retries:
        end(cr, job, worker, "failed", error, traceback)
        return False
    seconds = job.wait() if wait is None else wait
    return bool(_again(cr, _fence(job, worker), SQL("tries"), seconds, error, traceback))


def give_back(cr: Any, jobs: Iterable[Claim], worker: Worker, wait: float = 0, error: str | None = None) -> int:
    """Give jobs back that were not run, or not to their end; it does not count as a try.

    :param float wait: seconds until they may be taken again
    :return: number of jobs that were still this worker's
    """
    return sum(_again(cr, _fence(job, worker), SQL("tries - 1"), wait, error) for job in jobs)


def _again(cr, condition, tries, seconds, error, traceback=None):
    """Have jobs run again, except those that somebody cancelled or whose key another one has that waits."""
    is_over = SQL(
        """(unique_key IS NOT NULL AND EXISTS (
              SELECT 1 FROM ir_job AS other
               WHERE other.unique_key = ir_job.unique_key AND other.id <> ir_job.id
                 AND other.state IN ('blocked', 'waiting', 'pending'))
            OR EXISTS (SELECT 1 FROM ir_job_progress WHERE job_id = ir_job.id AND cancel))"""
    )
    cr.execute(
        SQL(
            """UPDATE ir_job SET worker = NULL, tries = %s, eta = %s + %s * interval '1 second',
                      error = COALESCE(%s, error), traceback = COALESCE(%s, traceback),
                      state = CASE WHEN %s THEN 'cancelled' WHEN %s > 0 THEN 'waiting' ELSE 'pending' END,
                      date_done = CASE WHEN %s THEN %s END
                WHERE %s""",
            tries,
            NOW,
            seconds,
            error and error[:ERROR_SIZE],
            traceback and traceback[-TRACEBACK_SIZE:],
            is_over,
            seconds,
            is_over,
            NOW,
            condition,
        )
    )
    return cr.rowcount


def release(cr: Any, done: Iterable[int] | None = None) -> int:
    """Let jobs go that waited for others which are done.

    :param done: ids of the jobs that ended; by default all jobs that wait are looked at
    :return: number of jobs that may run now
    """
    among = SQL("TRUE")
    if done is not None:
        among = SQL("id IN (SELECT job_id FROM ir_job_dependency_rel WHERE after_id = ANY(%s))", list(done))
    cr.execute(
        SQL(
            """UPDATE ir_job SET state = CASE WHEN eta > %s THEN 'waiting' ELSE 'pending' END
                WHERE state = 'blocked' AND %s AND NOT EXISTS (
                    SELECT 1 FROM ir_job_dependency_rel AS link JOIN ir_job AS other ON other.id = link.after_id
                     WHERE link.job_id = ir_job.id AND other.state <> 'done')""",
            NOW,
            among,
        )
    )
    return cr.rowcount


# workers


def seen(cr: Any, worker: Worker) -> None:
    """Give a sign of life in this database."""
    cr.execute(
        SQL(
            """INSERT INTO ir_job_worker (token, host, pid, born, seen) VALUES (%s, %s, %s, %s, %s)
               ON CONFLICT (token) DO UPDATE SET seen = EXCLUDED.seen""",
            worker.token,
            worker.host,
            worker.pid,
            worker.born,
            NOW,
        )
    )


def leave(cr: Any, worker: Worker) -> None:
    """Forget a worker that ends in an orderly way."""
    cr.execute(SQL("DELETE FROM ir_job_worker WHERE token = %s", worker.token))


def bury(cr: Any, worker: Worker) -> int:
    """Give the jobs of workers that died to others; the one that each of them ran counts as tried.

    :return: number of jobs
    """
    cr.execute(
        SQL(
            """SELECT token, host, pid, born, seen < %s - %s * interval '1 second' FROM ir_job_worker WHERE token <> %s
             UNION SELECT DISTINCT worker, '', 0, 0.0, TRUE FROM ir_job
                    WHERE state = 'started' AND worker NOT IN (SELECT token FROM ir_job_worker)""",
            NOW,
            SILENCE,
            worker.token,
        )
    )
    dead = [token for token, host, pid, born, silent in cr.fetchall() if silent or is_gone(worker, host, pid, born)]
    moved = 0
    for token in dead:
        moved += _bury_all(cr, token, "The process that ran the job ended before the job did")
        cr.execute(
            SQL(
                """DELETE FROM ir_job_worker WHERE token = %s
                      AND NOT EXISTS (SELECT 1 FROM ir_job WHERE state = 'started' AND worker = %s)""",
                token,
                token,
            )
        )
    return moved


def reclaim(cr: Any, worker: Worker) -> int:
    """Give the jobs of a worker to others that runs none: it could note neither their end nor that they go back.

    :return: number of jobs
    """
    return _bury_all(cr, worker.token, "The end of the job could not be noted")


def _bury_all(cr, token, error):
    """Give back the jobs that somebody has taken and does not run; the first of them may have been begun."""
    # in the order in which they are run: the first is the one that was under way
    cr.execute(
        SQL(
            """SELECT id, tries, max_retries FROM ir_job WHERE state = 'started' AND worker = %s
             ORDER BY priority, id FOR UPDATE SKIP LOCKED""",
            token,
        )
    )
    jobs = cr.fetchall()
    if not jobs:
        return 0
    moved = _bury_one(cr, jobs[0], error)
    if jobs[1:]:
        moved += _again(cr, SQL("id = ANY(%s)", [row[0] for row in jobs[1:]]), SQL("tries - 1"), 0, None)
    return moved


def _bury_one(cr, row, error):
    """Have the job run again that was under way, unless that happened too often."""
    id_, tries, max_retries = row
    if tries <= max_retries:
        return _again(cr, SQL("id = %s", id_), SQL("tries"), 0 if tries == 1 else min(2**tries, 300), error)
    cr.execute(
        SQL(
            "UPDATE ir_job SET state = 'failed', worker = NULL, error = %s, date_done = %s WHERE id = %s",
            error,
            NOW,
            id_,
        )
    )
    return cr.rowcount


# what is told while a job runs: in a table of its own, as the job's transaction writes its row at its end


def write_progress(cr: Any, job_id: int, done: float, total: float | None, text: str | None) -> bool:
    """Show how far a job is.

    :return: whether somebody asked for its end
    """
    cr.execute(
        SQL(
            """INSERT INTO ir_job_progress (job_id, done, total, text, cancel) VALUES (%s, %s, %s, %s, FALSE)
               ON CONFLICT (job_id) DO UPDATE SET done = EXCLUDED.done, total = EXCLUDED.total, text = EXCLUDED.text
            RETURNING cancel""",
            job_id,
            done,
            total,
            text and text[:200],
        )
    )
    return bool(cr.fetchone()[0])


def wanted_to_end(cr: Any, job_id: int) -> bool:
    """Tell whether somebody asked for the end of a job."""
    cr.execute(SQL("SELECT 1 FROM ir_job_progress WHERE job_id = %s AND cancel", job_id))
    return bool(cr.fetchone())
