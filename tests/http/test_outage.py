"""While the database cannot be reached, clients are told when to ask again, and nobody is logged out."""

import contextlib
import functools

import psycopg2
import pytest
from web_client import error_of

from odoo import sql_db
from odoo.db import pool
from odoo.http import Controller, outage, request, route
from odoo.modules.registry import Registry
from odoo.tools import config

MESSAGES = [
    "connection refused\n\tIs the server running on that host?",
    'connection to server on socket "/secret/.s.PGSQL.5432" failed: FATAL:  the database system is starting up',
    "FATAL:  sorry, too many clients already",
]


@contextlib.contextmanager
def refusing(message):
    """Have no connection opened, as if the server said so, and none kept."""
    with pytest.MonkeyPatch.context() as patch:

        def connect(*args, **kwargs):
            raise psycopg2.OperationalError(message)

        sql_db.close_all()
        patch.setattr(psycopg2, "connect", connect)
        yield


@contextlib.contextmanager
def exhausted():
    """Have all connections in use."""
    with pytest.MonkeyPatch.context() as patch:

        def make_room(self):
            raise pool.PoolError("All 64 database connections are in use")

        sql_db.close_all()
        patch.setattr(pool.ConnectionPool, "_make_room", make_room)
        yield


OUTAGES = [*(functools.partial(refusing, message) for message in MESSAGES), exhausted]


def assert_told(answer, kind):
    """Assert that an answer tells when to ask again, and leaves the session alone."""
    assert answer.status_code == 503, answer.text
    assert answer.headers["Retry-After"] == str(outage.RETRY_AFTER)
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.mimetype == kind
    assert "Set-Cookie" not in answer.headers
    assert "secret" not in answer.text and "Traceback" not in answer.text


@pytest.mark.parametrize("begin", OUTAGES)
def test_f10_outage(admin, visitor, begin, caplog):
    for client in (admin, visitor):
        sid = client.sid
        with begin():
            page = client.get("/odoo")
            assert_told(page, "text/html")
            assert '<meta http-equiv="refresh"' in page.text
            sent = client.post("/web/login", data={"login": "x"})
            assert_told(sent, "text/html")
            assert 'http-equiv="refresh"' not in sent.text
            answer = client.call("res.partner", "read", [[1], ["name"]])
            assert_told(answer, "application/json")
            assert answer.json["id"] == 1
            assert answer.json["error"]["data"]["name"] == "psycopg2.OperationalError"
            assert answer.json["error"]["data"]["debug"] == ""
            xml = "<methodCall><methodName>authenticate</methodName><params/></methodCall>"
            assert_told(client.post("/xmlrpc/2/object", data=xml, content_type="text/xml"), "text/html")
        assert client.sid == sid
    assert not error_of(admin.call("res.partner", "read", [[1], ["name"]]))
    assert len([record for record in caplog.records if record.exc_info]) == 0


def test_f10_outage_without_database_of_the_session(visitor, monkeypatch):
    """The list of databases is asked for before it is known which one serves the request."""
    monkeypatch.setitem(config.options, "db_name", False)
    with refusing(MESSAGES[0]):
        assert_told(visitor.get("/odoo"), "text/html")
        assert_told(visitor.rpc("/web/session/check"), "application/json")


def test_f10_warnings_are_few(visitor, monkeypatch, caplog):
    monkeypatch.setattr(outage, "_last_warnings", {})
    with refusing(MESSAGES[1]):
        for _number in range(5):
            visitor.get("/odoo")
    levels = [record.levelname for record in caplog.records if "cannot be reached" in record.message]
    assert levels.count("WARNING") == 1


@pytest.fixture
def controller(database):
    """Routes that lose their connection, before or after they wrote."""

    def lost(self):
        calls.append(request.env.cr)
        request.env["res.partner"].sudo().create({"name": "Made while the connection went"})
        request.env.cr.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    calls: list = []
    cls = type(
        "TestController",
        (Controller,),
        {
            "__module__": "odoo.addons.base.controllers.test",
            "lost": route("/t/lost", auth="user")(lost),
            "lost_json": route("/t/lost_json", auth="user", type="json")(lost),
        },
    )
    Registry(database).clear_cache("routing")
    yield calls
    Controller.children_classes["base"].remove(cls)
    Registry(database).clear_cache("routing")


def test_f10_lost_in_the_middle(controller, admin):
    """What was being written is not tried again by the server: who asked for it is told."""
    assert_told(admin.get("/t/lost"), "text/html")
    assert_told(admin.rpc("/t/lost_json"), "application/json")
    assert len(controller) == 2
    found = admin.call("res.partner", "search_count", [[["name", "=", "Made while the connection went"]]])
    assert found.json["result"] == 0


def test_f10_stale_connections_go_unnoticed(admin, database, monkeypatch):
    """Connections that were closed while nobody used them, which the pool does not notice."""
    admin.call("res.partner", "read", [[1], ["name"]])
    with contextlib.closing(sql_db.db_connect("postgres").cursor()) as cr:
        cr.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [database])
        assert cr.rowcount
    with monkeypatch.context() as patch:
        # what is alive here was not opened anew
        patch.setattr(pool.PsycoConnection, "is_alive", lambda self: not self.closed)
        assert not error_of(admin.call("res.partner", "read", [[1], ["name"]]))


def test_f10_database_that_is_gone_is_no_outage(visitor, admin, database, monkeypatch):
    monkeypatch.setitem(config.options, "db_name", "no_such_database")
    answer = visitor.get("/odoo")
    assert answer.status_code == 303 and answer.headers["Location"] == "/web/database/selector"
