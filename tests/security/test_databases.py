"""Which databases callers reach, and what they are told of the others."""

import pytest

from odoo.db import lifecycle
from odoo.tools import config


def calls(client, name):
    """Return what the doors that take the name of a database answer, without what they were asked for."""
    attempts = [
        ("common", "login", [name, "admin", "admin"]),
        ("common", "authenticate", [name, "admin", "admin", {}]),
        ("object", "execute", [name, 2, "admin", "res.users", "search", []]),
        ("object", "execute_kw", [name, 2, "admin", "res.users", "search", [[]]]),
        ("db", "db_exist", [name]),
    ]
    answers = [
        client.rpc("/jsonrpc", service=service, method=method, args=args).json for service, method, args in attempts
    ]
    answers.append(client.authenticate(name, "admin", "admin").json)
    for answer in answers:
        answer.get("error", {}).get("data", {}).pop("request_id", None)
    return [answer.get("result") if "error" not in answer else answer["error"]["data"] for answer in answers]


@pytest.fixture
def other(databases):
    """Another database on the same server, in which base is installed."""
    return databases.template()


@pytest.mark.parametrize("option", ["db_name", "dbfilter"])
def test_f14_databases_that_are_not_served(visitor, database, other, monkeypatch, option):
    monkeypatch.setitem(config.options, "db_name", False)
    monkeypatch.setitem(config.options, option, database if option == "db_name" else f"^{database}$")
    *refused, exists, session = calls(visitor, other)
    assert {answer["name"] for answer in refused} == {"odoo.exceptions.AccessError"}
    assert exists is False and session["name"] == "odoo.exceptions.AccessError"
    for name in ("no_such_database", "postgres", "template1", "", None, 5, ["x"], {"a": 1}, "a\x00b"):
        assert calls(visitor, name) == [*refused, False, session], name
    *allowed, exists, session = calls(visitor, database)
    assert allowed[:2] == [2, 2] and exists and session["uid"] == 2


def test_f14_databases_without_users_are_none(visitor, monkeypatch, databases):
    monkeypatch.setitem(config.options, "db_name", False)
    *refused, _exists, _session = calls(visitor, "no_such_database")
    assert {answer["message"] for answer in refused} == {"Database not found."}
    name = "test_f14_empty"
    lifecycle.create(name)
    try:
        assert calls(visitor, name)[:4] == refused
        assert calls(visitor, "postgres")[:4] == refused
    finally:
        lifecycle.drop(name)


def test_f14_list_is_that_of_the_address(visitor, database, monkeypatch):
    monkeypatch.setitem(config.options, "db_name", False)
    monkeypatch.setitem(config.options, "dbfilter", f"^{database}$")
    assert visitor.rpc("/jsonrpc", service="db", method="list", args=[]).json["result"] == [database]
