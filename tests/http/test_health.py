"""The health of the server, for those who send it requests."""

import threading

import psycopg2
import pytest

from odoo.http import health, root
from odoo.modules.registry import Registry


@pytest.fixture(autouse=True)
def ask_each_time(monkeypatch):
    monkeypatch.setattr(health, "FRESH", -1)


def test_ready(visitor, monkeypatch):
    monkeypatch.setattr(root.session_store, "get", None)
    answer = visitor.get("/web/health")
    assert answer.status_code == 200
    assert answer.json == {"status": "pass", "alive": True, "ready": True, "database": True}
    assert "Set-Cookie" not in answer.headers and answer.headers["Cache-Control"] == "no-store"
    # for who asks as in 18.0
    assert visitor.get("/web/health?db_server_status=1").json["db_server_status"] is True


def test_without_database(visitor, monkeypatch):
    def refuse(name):
        raise psycopg2.OperationalError("connection to 10.0.0.7 as quoin refused")

    monkeypatch.setattr(health, "db_connect", refuse)
    answer = visitor.get("/web/health?db_server_status=1")
    assert answer.status_code == 503 and answer.headers["Retry-After"]
    assert answer.json == {
        "status": "fail",
        "alive": True,
        "ready": False,
        "database": False,
        "db_server_status": False,
    }
    # who would only restart the server need not
    assert visitor.get("/web/health?live=1").json == {"status": "pass", "alive": True}


def test_models_that_are_not_loaded(visitor, database):
    """Nobody has to be the first to wait for them: they are loaded because somebody asks."""
    Registry.delete(database)
    answer = visitor.get("/web/health")
    assert answer.status_code == 503
    assert answer.json == {"status": "fail", "alive": True, "ready": False, "database": True}
    [loading] = [thread for thread in threading.enumerate() if thread.name == "odoo.http.health"]
    loading.join(60)
    assert visitor.get("/web/health").json["ready"]


def test_nobody_can_keep_the_database_busy(visitor, monkeypatch):
    monkeypatch.setattr(health, "FRESH", 60)
    visitor.get("/web/health")
    monkeypatch.setattr(health, "db_connect", None)
    assert visitor.get("/web/health").json["ready"]


def test_a_database_that_is_silent(visitor, monkeypatch):
    """While one request waits for the database the others are answered, and soon say so."""
    asked, answered = threading.Event(), threading.Event()

    class Silent:
        def cursor(self):
            asked.set()
            answered.wait(10)
            raise psycopg2.OperationalError("timeout")

    assert visitor.get("/web/health").json["ready"]
    monkeypatch.setattr(health, "db_connect", lambda name: Silent())
    thread = threading.Thread(target=visitor.fresh().get, args=("/web/health",))
    thread.start()
    assert asked.wait(10)
    assert visitor.get("/web/health").json["ready"]
    monkeypatch.setattr(health, "PATIENCE", 0)
    assert not visitor.get("/web/health").json["ready"]
    answered.set()
    thread.join()
