"""Jobs in a database, run by workers of this process: what is done once, and what becomes of what is not."""

import contextlib
import os
import signal
import threading
import time

import psycopg2
import pytest

from odoo import sql_db
from odoo.exceptions import UserError
from odoo.jobs import JobCancelled, JobRetry, queue, runner
from odoo.jobs.runner import JobRunner
from odoo.modules.neutralize import neutralize_database
from odoo.orm.environment import SUPERUSER_ID, Environment
from odoo.service.job_server import JobServer
from odoo.tools import config, metrics
from odoo.tools.budgets import uninterrupted
from odoo.tools.request_stats import watch_queries


def enqueue(bench, *names, **options):
    """Commit a job for each name."""
    with bench.env() as env:
        for name in names:
            env["res.partner.category"].enqueue(description=name, **options)._work(name)


def run_all(bench, worker=None):
    """Run jobs until none is due."""
    worker = worker or JobRunner()
    while worker.run_some(bench.db_name)[0]:
        pass


def make_tag(self, name):
    """The work of a job that leaves a trace."""
    self.create({"name": name})


def tags(bench):
    return sorted(name for [name] in bench.query("SELECT name->>'en_US' FROM res_partner_category"))


def test_what_is_rolled_back_is_not_run(bench, work):
    work(make_tag)
    with contextlib.suppress(ZeroDivisionError), bench.env() as env:
        env["res.partner.category"].enqueue()._work("undone")
        raise ZeroDivisionError
    enqueue(bench, "one", "two")
    run_all(bench)
    assert tags(bench) == ["one", "two"]
    assert bench.states() == {"one": "done", "two": "done"}


def test_order_is_by_priority(bench, work):
    order = []
    work(lambda self, name: order.append(name))
    enqueue(bench, "third", priority=20)
    enqueue(bench, "first", priority=1)
    enqueue(bench, "second")
    run_all(bench)
    assert order == ["first", "second", "third"]


def test_work_and_end_are_one_transaction(bench, work):
    """A worker that lost its job to another one, however that came, leaves nothing."""
    work(make_tag)
    enqueue(bench, "one")

    def lose(self, name):
        make_tag(self, name)
        bench.query("UPDATE ir_job SET worker = 'another'")

    work(lose)
    run_all(bench)
    assert tags(bench) == []
    assert bench.states() == {"one": "started"}


def test_failures_are_tried_again_and_kept(bench, work):
    def fail(self, name):
        make_tag(self, name)
        raise ValueError("it does not work")

    work(fail)
    enqueue(bench, "one", max_retries=2, backoff=[0, 100])
    run_all(bench)
    [(state, tries, error, wait)] = bench.query(
        "SELECT state, tries, error, EXTRACT(EPOCH FROM eta - now() AT TIME ZONE 'UTC') FROM ir_job"
    )
    assert (state, tries, error) == ("waiting", 2, "it does not work")
    assert 80 < wait < 120
    bench.query("UPDATE ir_job SET eta = now() AT TIME ZONE 'UTC'")
    run_all(bench)
    [(state, tries, traceback)] = bench.query("SELECT state, tries, traceback FROM ir_job")
    assert (state, tries) == ("failed", 3)
    assert "ValueError: it does not work" in traceback
    assert tags(bench) == []


def test_errors_of_people_are_not_tried_again(bench, work):
    def refuse(self, name):
        raise UserError("Choose something else")

    work(refuse)
    enqueue(bench, "one")
    run_all(bench)
    assert bench.query("SELECT state, tries, error FROM ir_job") == [("failed", 1, "Choose something else")]


def test_serialization_failures_do_not_count(bench, work, monkeypatch):
    monkeypatch.setattr("odoo.orm.retrying.time.sleep", lambda seconds: None)

    def fail(self, name):
        raise psycopg2.errors.SerializationFailure("somebody was quicker")

    work(fail)
    enqueue(bench, "one", max_retries=0)
    run_all(bench)
    assert bench.query("SELECT state, tries FROM ir_job") == [("waiting", 0)]


def test_jobs_ask_for_another_try(bench, work):
    def later(self, name):
        raise JobRetry("the other side is busy", seconds=50)

    work(later)
    enqueue(bench, "one", max_retries=0)
    run_all(bench)
    assert bench.query("SELECT state, tries, error FROM ir_job") == [("waiting", 0, "the other side is busy")]


def test_jobs_of_a_key_that_waits_again_are_one(bench, work):
    def again(self, name):
        if name == "first":
            enqueue(bench, "second", unique_key="key")
            raise ValueError("try again")

    work(again)
    enqueue(bench, "first", unique_key="key", backoff=[0])
    run_all(bench)
    assert bench.states() == {"first": "cancelled", "second": "done"}
    assert bench.query("SELECT count(date_done) FROM ir_job") == [(2,)], "those that ended are deleted some day"


def test_a_job_waits_for_whoever_asks_for_it_again(bench, work):
    """It would not see what a transaction did that is not committed yet."""
    work(make_tag)
    enqueue(bench, "one", unique_key="key")
    with bench.env() as env:
        env["res.partner.category"].enqueue(unique_key="key")._work("two")
        run_all(bench)
        assert bench.states() == {"one": "pending"}
    run_all(bench)
    assert tags(bench) == ["one"]


def test_capacity_of_a_channel(bench, work):
    work(make_tag)
    bench.query("INSERT INTO ir_job_channel (name, capacity, active) VALUES ('narrow', 1, true)")
    bench.registry.clear_all_caches()
    enqueue(bench, "one", "two", channel="narrow")
    enqueue(bench, "three")
    first, second = JobRunner().worker, JobRunner().worker

    def claim(worker, size):
        return [job.name for job in JobRunner._write(bench.db_name, lambda cr: queue.claim(cr, worker, size))]

    assert claim(first, 1) == ["one"]
    assert claim(second, 5) == ["three"]
    assert claim(second, 5) == []
    assert claim(first, 5) == ["two"]


def test_stopped_channels_wait(bench, work):
    work(make_tag)
    bench.query("UPDATE ir_job_channel SET active = FALSE")
    enqueue(bench, "one")
    run_all(bench)
    assert bench.states() == {"one": "pending"}
    bench.query("UPDATE ir_job_channel SET active = TRUE")
    run_all(bench)
    assert bench.states() == {"one": "done"}


def test_many_workers_run_each_job_once(bench, work):
    work(make_tag)
    enqueue(bench, *(f"{number:03}" for number in range(100)))
    workers = [JobRunner().worker for _ in range(4)]
    taken = []

    def take(worker):
        while jobs := JobRunner._write(bench.db_name, lambda cr: queue.claim(cr, worker, 3)):
            taken.extend(job.id for job in jobs)

    threads = [threading.Thread(target=take, args=[worker]) for worker in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(taken) == len(set(taken)) == 100


def test_jobs_of_dead_workers_are_due_again(bench, work):
    work(make_tag)
    enqueue(bench, "one", "two", backoff=[0])
    dead, alive = JobRunner(), JobRunner()
    JobRunner._write(bench.db_name, lambda cr: queue.claim(cr, dead.worker, 5))
    alive.look_after(bench.db_name)
    assert set(bench.states().values()) == {"started"}
    bench.query("UPDATE ir_job_worker SET seen = seen - interval '1 minute'")
    alive.look_after(bench.db_name)
    # the one that the worker ran counts
    assert bench.query("SELECT name, state, tries FROM ir_job ORDER BY id") == [
        ("one", "pending", 1),
        ("two", "pending", 0),
    ]
    run_all(bench, alive)
    assert tags(bench) == ["one", "two"]


def test_workers_of_this_host_are_known_to_be_dead(bench, work):
    enqueue_to = JobRunner()
    work(make_tag)
    enqueue(bench, "one")
    JobRunner._write(bench.db_name, lambda cr: queue.claim(cr, enqueue_to.worker, 5))
    bench.query("UPDATE ir_job_worker SET born = born - 1000")
    JobRunner().look_after(bench.db_name)
    assert bench.states() == {"one": "pending"}


def test_jobs_that_kill_their_worker_end_as_failed(bench, work):
    work(make_tag)
    enqueue(bench, "one", max_retries=1)
    for tries in (1, 2):
        bench.query("UPDATE ir_job SET eta = NULL, state = 'pending' WHERE state = 'waiting'")
        JobRunner._write(bench.db_name, lambda cr: queue.claim(cr, JobRunner().worker, 5))
        bench.query("DELETE FROM ir_job_worker")
        JobRunner().look_after(bench.db_name)
        assert bench.query("SELECT tries, state FROM ir_job") == [(tries, ("pending", "failed")[tries - 1])]


def test_jobs_after_others(bench, work):
    work(make_tag)
    with bench.env() as env:
        model = env["res.partner.category"]
        first = model.enqueue(description="first", priority=20)._work("first")
        model.enqueue(description="second", after=first, priority=1)._work("second")
    worker = JobRunner()
    worker.run_some(bench.db_name)
    assert bench.states() == {"first": "done", "second": "pending"}
    run_all(bench, worker)
    assert tags(bench) == ["first", "second"]


def watching(worker, interval=0.05):
    """Look after a worker from another thread until the returned event is set."""
    over = threading.Event()

    def watch():
        while not over.wait(interval):
            worker.watch()

    threading.Thread(target=watch, daemon=True).start()
    return over


@pytest.fixture
def worker():
    """A worker that another thread looks after."""
    worker = JobRunner()
    over = watching(worker)
    yield worker
    over.set()


def test_progress_is_seen_while_the_job_runs(bench, work, worker):
    seen = []

    def count(self, name):
        self.env["ir.job"]._progress(3, 4, "third")
        seen.append(bench.query("SELECT done, total, text FROM ir_job_progress"))

    work(count)
    enqueue(bench, "one")
    run_all(bench, worker)
    assert seen == [[(3, 4, "third")]]


def test_running_jobs_are_cancelled(bench, work, worker, monkeypatch):
    """One looks itself whether it has to end, one sleeps, one waits for the database."""
    monkeypatch.setattr(runner, "LONG", 0.1)
    monkeypatch.setattr(runner, "CANCEL_GRACE", 0.2)
    monkeypatch.setattr("odoo.jobs.running.PROGRESS_INTERVAL", 0)

    def go_on(self, name):
        make_tag(self, name)
        job_id = self.env["ir.job"]._current().id
        bench.query("INSERT INTO ir_job_progress (job_id, cancel) VALUES (%s, TRUE)", [job_id])
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            if name == "looks":
                self.env["ir.job"]._progress(1)
            elif name == "waits":
                self.env.cr.execute("SELECT pg_sleep(20)", log_exceptions=False)
            else:
                time.sleep(20)

    work(go_on)
    enqueue(bench, "looks", "sleeps", "waits")
    started = time.monotonic()
    run_all(bench, worker)
    assert bench.states() == dict.fromkeys(("looks", "sleeps", "waits"), "cancelled")
    assert tags(bench) == []
    assert time.monotonic() - started < 15


def test_jobs_that_take_too_long_are_ended(bench, work, worker, monkeypatch):
    monkeypatch.setattr(runner, "LONG", 0.1)
    monkeypatch.setattr(runner, "_time_limit", lambda: 0.2)
    work(lambda self, name: time.sleep(20))
    enqueue(bench, "one", max_retries=0)
    run_all(bench, worker)
    assert bench.query("SELECT state, error FROM ir_job") == [("failed", "it took longer than 0.2 seconds")]


def test_jobs_are_not_ended_where_that_breaks_what_others_use(bench, work, worker, monkeypatch):
    monkeypatch.setattr(runner, "LONG", 0.1)
    monkeypatch.setattr(runner, "_time_limit", lambda: 0.2)
    whole = []

    @uninterrupted
    def change():
        until = time.monotonic() + 1
        while time.monotonic() < until:
            time.sleep(0.01)
        whole.append(True)

    def run(self, name):
        change()
        time.sleep(20)

    work(run)
    enqueue(bench, "one", max_retries=0)
    run_all(bench, worker)
    assert whole
    assert bench.query("SELECT state, error FROM ir_job") == [("failed", "it took longer than 0.2 seconds")]


def test_a_stopped_worker_gives_its_jobs_back(bench, work, worker):
    def stop(self, name):
        make_tag(self, name)
        worker.stop()
        worker.end_running()
        time.sleep(20)

    work(stop)
    worker._average[bench.db_name] = 0.001
    enqueue(bench, "one", "two", "three")
    run_all(bench, worker)
    assert bench.query("SELECT DISTINCT state, tries, worker FROM ir_job") == [("pending", 0, None)]
    assert tags(bench) == []


def test_jobs_behind_a_long_one_go_to_others(bench, work, worker, monkeypatch):
    monkeypatch.setattr(runner, "LONG", 0.1)
    work(make_tag)

    def wait(self, name):
        other = JobRunner()
        deadline = time.monotonic() + 20
        while name == "long" and not other.run_some(bench.db_name)[0] and time.monotonic() < deadline:
            time.sleep(0.05)

    work(wait)
    worker._average[bench.db_name] = 0.001
    enqueue(bench, "long", priority=1)
    enqueue(bench, "short")
    started = time.monotonic()
    run_all(bench, worker)
    assert bench.states() == {"long": "done", "short": "done"}
    assert time.monotonic() - started < 15


def test_jobs_of_archived_users_fail(bench, work):
    work(make_tag)
    with bench.env() as env:
        user = env["res.users"].create({"name": "Gone", "login": "gone"})
        env["res.partner.category"].with_user(user).enqueue(description="one")._work("one")
        user.active = False
    run_all(bench)
    [(state, error)] = bench.query("SELECT state, error FROM ir_job")
    assert state == "failed"
    assert "archived" in error


def test_nothing_runs_while_modules_change(bench, work):
    work(make_tag)
    enqueue(bench, "one")
    bench.query("UPDATE ir_module_module SET state = 'to upgrade' WHERE name = 'base'")
    try:
        run_all(bench)
        assert bench.states() == {"one": "pending"}
    finally:
        bench.query("UPDATE ir_module_module SET state = 'installed' WHERE name = 'base'")


def test_cancelled_exceptions_end_a_job(bench, work):
    def end(self, name):
        raise JobCancelled

    work(end)
    enqueue(bench, "one")
    run_all(bench)
    assert bench.states() == {"one": "cancelled"}


def test_jobs_of_a_neutralized_copy_are_not_run(bench, work):
    work(make_tag)
    enqueue(bench, "one")
    with bench.registry.cursor() as cr:
        neutralize_database(cr)
    run_all(bench)
    assert bench.query("SELECT name, state, count(date_done) FROM ir_job GROUP BY 1, 2") == [("one", "cancelled", 1)]


def test_a_worker_that_lost_its_database_does_not_keep_jobs(bench, work, worker, monkeypatch):
    work(make_tag)
    enqueue(bench, "one", backoff=[0])
    monkeypatch.setattr(worker, "_run_all", lambda *args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        worker.run_some(bench.db_name)
    monkeypatch.undo()
    worker.renew()
    bench.query("UPDATE ir_job_worker SET seen = seen - interval '1 minute'")
    worker.look_after(bench.db_name)
    run_all(bench, worker)
    assert tags(bench) == ["one"]


def test_jobs_of_a_database_without_a_registry_are_given_back(bench, work, worker, monkeypatch):
    """None of them is left for the next database that the worker takes jobs of."""

    def fail(name):
        raise ImportError("a module has an error")

    work(make_tag)
    enqueue(bench, "one", "two")
    monkeypatch.setattr(runner, "Registry", fail)
    worker._average[bench.db_name] = 0.001
    with pytest.raises(ImportError):
        worker.run_some(bench.db_name)
    assert worker._next() is None
    assert bench.query("SELECT DISTINCT state, tries, worker, eta IS NULL FROM ir_job") == [("waiting", 0, None, False)]
    monkeypatch.undo()
    assert worker.run_some(bench.db_name)[1] > 5
    bench.query("UPDATE ir_job SET eta = NULL, state = 'pending'")
    run_all(bench, worker)
    assert tags(bench) == ["one", "two"]


def run_portion(bench, count):
    """Run jobs that one worker takes at once."""
    worker = JobRunner()
    worker._average[bench.db_name] = 0.001
    assert worker.run_some(bench.db_name)[0] == count


def test_small_jobs_take_a_statement_each(bench, work):
    """They are taken together, and a transaction begins with the end of the one before."""
    work(lambda self, name: self.env.cr.now())
    enqueue(bench, *(f"{number}" for number in range(20)))
    statements = []
    with watch_queries(lambda cr, query, *rest: statements.append(query)):
        run_portion(bench, 20)
    of_all = [query for query in statements if "SET state = 'done'" not in query]
    assert len(statements) - len(of_all) == 20
    assert len(of_all) < 20
    # of the first job
    assert sum(query.startswith("SELECT timezone") for query in of_all) == 1


def test_jobs_of_a_portion_have_but_the_connection_in_common(bench, work):
    transactions, told = [], []

    def leave(self, name):
        assert "left" not in self.env.cr.cache and not self.env.cr.postcommit
        assert all(transaction is not self.env.transaction for transaction in transactions)
        transactions.append(self.env.transaction)
        self.env.cr.cache["left"] = name
        self.env.cr.postcommit.add(lambda: told.append(name))
        # what one has committed all others see
        assert tags(bench) == sorted(told)
        assert self.search_count([]) == len(told)
        make_tag(self, name)
        if name == "fails":
            raise UserError("it does not work")
        if name == "closes":
            self.env.cr.close()

    work(leave)
    enqueue(bench, "a", "b", "fails", "c", "closes", "d")
    run_portion(bench, 6)
    assert tags(bench) == told == ["a", "b", "c", "d"]
    assert bench.states() == {**dict.fromkeys("abcd", "done"), "fails": "failed", "closes": "waiting"}


def test_signals_that_come_late_end_nobody(bench, work):
    """A job that runs others is ended by its own signals, and no job by those of the one before."""
    handlers = []

    def nest(self, name):
        handlers.append(signal.getsignal(signal.SIGUSR1))
        if name == "outer":
            enqueue(bench, "inner")
            run_all(bench)
            handlers.append(signal.getsignal(signal.SIGUSR1))

    work(nest)
    enqueue(bench, "outer")
    run_portion(bench, 1)
    assert handlers[0] == handlers[2] != handlers[1]
    os.kill(os.getpid(), signal.SIGUSR1)


def test_what_is_committed_does_not_fail_when_nobody_can_be_told(bench, work, monkeypatch, caplog):
    def fail(*args, **options):
        raise psycopg2.OperationalError("no connection is left")

    work(make_tag)
    with bench.registry.cursor() as cr, monkeypatch.context() as patch:
        env = Environment(cr, SUPERUSER_ID, {})
        env["res.partner.category"].enqueue(description="one")._work("one")
        patch.setattr(sql_db, "db_connect", fail)
        env["ir.cron"]._notifydb()
        cr.commit()
    assert caplog.text.count("no connection is left") == 2
    run_all(bench)
    assert tags(bench) == ["one"]


def test_jobs_that_cannot_be_given_back_at_once_are_given_back_later(bench, work, monkeypatch):
    """First while a long one runs, then when the worker looks after the database."""
    worker = JobRunner()
    give_back, failures = queue.give_back, []

    def fail(cr, jobs, *args, **options):
        failures.append(len(jobs))
        raise psycopg2.errors.UniqueViolation("somebody else has the key")

    def wait(self, name):
        monkeypatch.setattr(queue, "give_back", fail)
        with pytest.raises(psycopg2.errors.UniqueViolation):
            worker._give_back()
        monkeypatch.setattr(queue, "give_back", give_back)
        worker._give_back()

    work(wait)
    worker._average[bench.db_name] = 0.001
    enqueue(bench, "one", "two", "three")
    worker.run_some(bench.db_name)
    assert failures == [2]
    assert bench.states() == {"one": "done", "two": "pending", "three": "pending"}

    work(lambda self, name: worker.stop())
    monkeypatch.setattr(queue, "give_back", fail)
    with pytest.raises(psycopg2.errors.UniqueViolation):
        worker.run_some(bench.db_name)
    assert bench.states() == {"one": "done", "two": "done", "three": "started"}
    monkeypatch.undo()
    worker.look_after(bench.db_name)
    assert bench.states() == {"one": "done", "two": "done", "three": "pending"}


def test_servers_run_the_jobs_of_their_own_databases_only(bench, work, monkeypatch):
    """Announcements come from all databases there are."""
    work(make_tag)
    enqueue(bench, "one")
    server = JobServer()
    for name, state in (("another", "pending"), (bench.db_name, "done")):
        monkeypatch.setitem(config.options, "db_name", name)
        server._due = {bench.db_name: 0.0}
        server._run_due(time.monotonic())
        assert bench.states() == {"one": state}
    os.close(server._stop_reader)
    os.close(server._stop_writer)


def test_runs_are_counted(bench, work, monkeypatch):
    monkeypatch.setattr(metrics, "_on", True)
    work(make_tag)
    enqueue(bench, "one")
    run_all(bench)
    counted = {(family.name, labels) for family, labels in metrics.take()}
    assert ("quoin_job_runs", (bench.db_name, "res.partner.category._work", "done")) in counted
