"""Faults that other tests do not notice: processes that are killed, connections that are lost."""

import contextlib
import os
import random
import signal
import time

from chaos.arena import RECOVERY, Outcome
from chaos.work import ORDERS
from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.orm.environment import SUPERUSER_ID, Environment

JOBS, KILLS = 150, 4


def test_a_web_worker_is_killed(under_load, report):
    began = time.monotonic()
    under_load.server.kill_one(under_load.server.web_workers()[0])
    report("kill -9 of a web worker", ORDERS, under_load.outcome(under_load.recover(began)))


def test_all_connections_to_the_database_are_lost(under_load, report):
    began = time.monotonic()
    for _ in range(5):
        under_load.server.query(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() "
            "AND pid <> pg_backend_pid()"
        )
        time.sleep(0.1)
    report("all connections are ended, five times", ORDERS, under_load.outcome(under_load.recover(began)))


def test_job_workers_are_killed(chaos_server, report):
    registry = Registry(chaos_server.db)
    with registry.cursor() as cr:
        model = Environment(cr, SUPERUSER_ID, {})["res.partner.category"]
        for number in range(JOBS):
            model.enqueue(backoff=[0], max_retries=50, priority=1).create([{"name": f"chaos {number}"}])
    killed, last, began = 0, 0.0, time.monotonic()
    while chaos_server.query("SELECT 1 FROM ir_job WHERE state NOT IN ('done', 'failed') LIMIT 1"):
        assert time.monotonic() < began + 2 * RECOVERY, "jobs are stuck"
        pids = [pid for (pid,) in chaos_server.query("SELECT pid FROM ir_job_worker")]
        if pids and killed < KILLS and time.monotonic() > last + 0.5:
            with contextlib.suppress(ProcessLookupError):
                os.kill(random.choice(pids), signal.SIGKILL)
                killed, last = killed + 1, time.monotonic()
        time.sleep(0.05)
    [(effects, distinct)] = chaos_server.query(
        "SELECT count(*), count(DISTINCT name->>'en_US') FROM res_partner_category WHERE name->>'en_US' LIKE 'chaos %%'"
    )
    outcome = Outcome(JOBS, 0, JOBS - distinct, effects - distinct, time.monotonic() - last)
    report(f"kill -9 of {killed} job workers", f"{JOBS} jobs that create a record each", outcome)


def test_the_process_of_scheduled_actions_is_killed(chaos_server, report):
    """The action that was under way leaves nothing, and is run again."""
    registry = Registry(chaos_server.db)
    code = "env.cr.execute('SELECT pg_sleep(1.5)'); env['res.partner.category'].create({'name': 'cron'})"
    wait_until(lambda: all_switched_off(registry))
    with registry.cursor() as cr:
        env = Environment(cr, SUPERUSER_ID, {})
        cron = env["ir.cron"].create(
            {"name": "Slow", "model_id": env.ref("base.model_res_partner").id, "state": "code", "code": code}
        )
        cron._trigger()

    def running():
        rows = chaos_server.query(
            "SELECT application_name FROM pg_stat_activity WHERE query LIKE '%%pg_sleep(1.5)%%' "
            "AND state = 'active' AND pid <> pg_backend_pid()"
        )
        return [int(name.rpartition("-")[2]) for (name,) in rows]

    pid = wait_until(running)[0]
    began = time.monotonic()
    os.kill(pid, signal.SIGKILL)
    made = "SELECT 1 FROM res_partner_category WHERE name->>'en_US' = 'cron'"
    wait_until(lambda: chaos_server.query(made))
    recovered = time.monotonic() - began
    wait_until(lambda: all_switched_off(registry))
    effects = len(chaos_server.query(made))
    report("kill -9 of scheduled actions", "one action", Outcome(1, 0, 1 - effects, 0, recovered))


def all_switched_off(registry):
    """Switch the scheduled actions off, unless one of them is being run; return whether they are off."""
    with registry.cursor() as cr:
        try:
            Environment(cr, SUPERUSER_ID, {})["ir.cron"].search([]).active = False
        except UserError:
            return False
    return True


def wait_until(condition):
    """Return what a function returns once it is true."""
    deadline = time.monotonic() + 2 * RECOVERY
    while not (found := condition()):
        assert time.monotonic() < deadline, "nothing happens any more"
        time.sleep(0.05)
    return found
