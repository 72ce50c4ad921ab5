"""Statements that take longer than one may, and transactions that do."""

import threading
import time

import psycopg2.errors
import pytest

from odoo.db import connect
from odoo.db.connect import db_connect, limit_statements
from odoo.http.errors import jsonrpc_error
from odoo.tools import config
from odoo.tools.budgets import Budget, LimitExceeded, RowLimitExceeded, extend_budget, run_within, running_budgets


@pytest.fixture
def one_second(db_server, monkeypatch):
    """Statements may take a second."""
    monkeypatch.setattr(connect, "_statement_seconds", 0)
    monkeypatch.setitem(config.options, "limit_time_sql", 1)
    limit_statements(1)


def sleep():
    with db_connect("postgres").cursor() as cr:
        cr.execute("SELECT pg_sleep(1.2)", log_exceptions=False)


def test_long_statements_are_ended(one_second):
    with pytest.raises(psycopg2.errors.QueryCanceled) as raised:
        sleep()
    data = jsonrpc_error(raised.value, debug=False)["data"]
    assert data["name"] == "odoo.http.LimitExceeded" and "--limit-time-sql" in data["message"]


def test_work_that_is_known_to_be_long_is_not_limited(one_second):
    def work():
        extend_budget(60)
        sleep()
        return True

    assert run_within(Budget("request", 10), work)


def test_rows_are_limited_for_requests_only(db_server):
    def work(rows):
        with db_connect("postgres").cursor() as cr:
            cr.execute("SELECT generate_series(1, %s)", [rows])
            return len(cr.fetchall())

    assert work(12) == 12
    assert run_within(Budget("request", 10, rows=10), lambda: work(10)) == 10
    with pytest.raises(RowLimitExceeded, match="returned 11 rows, the server allows 10"):
        run_within(Budget("request", 10, rows=10), lambda: work(11))


def test_what_follows_a_commit_is_not_ended(db_server):
    """Who is told that nothing was kept finds nothing; hooks of a commit belong to it."""
    done, stopped = [], threading.Event()

    def watch():
        while not stopped.wait(0.005):
            for budget in running_budgets():
                if budget.is_exceeded():
                    budget.interrupt()

    def wait(seconds):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            time.sleep(0.001)

    def work():
        with db_connect("postgres").cursor() as cr:
            cr.execute("SELECT 1")
            cr.postcommit.add(lambda: (wait(0.3), done.append("hook")))
            cr.commit()
            wait(5)
            done.append("more")

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        with pytest.raises(LimitExceeded):
            run_within(Budget("request", 0.1), work)
    finally:
        stopped.set()
        watcher.join()
    assert done == ["hook"]
    assert connect.pools()[0].numbers()["used"] == 0
