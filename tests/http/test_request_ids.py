"""The name of a request: in its answer, in what a client is told of its failure, and in every line of the log."""

import io
import json
import logging
import re

import pytest

from odoo import netsvc
from odoo.tools import config
from odoo.tools.json_log import JSONFormatter
from odoo.tools.request_ids import current_request_id, named_run


@pytest.fixture
def lines():
    """Function that returns the lines of the log so far, as objects."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JSONFormatter())
    root = logging.getLogger()
    root.addHandler(handler)
    level, root.level = root.level, logging.DEBUG
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.level = level
    root.removeHandler(handler)


def test_every_answer_has_one(visitor):
    names = [visitor.get(path).headers["X-Request-ID"] for path in ("/web/login", "/robots.txt", "/no/such/page")]
    assert len(set(names)) == 3 and all(re.fullmatch(r"[0-9a-f]{12}-\d+", name) for name in names)
    assert visitor.get("/web/static/src/core/registry.js").headers["X-Request-ID"]


def test_only_a_proxy_may_give_one(visitor, monkeypatch):
    given = {"X-Request-ID": "from-the-proxy.1"}
    assert visitor.get("/robots.txt", headers=given).headers["X-Request-ID"] != "from-the-proxy.1"
    monkeypatch.setitem(config.options, "proxy_mode", True)
    assert visitor.get("/robots.txt", headers=given).headers["X-Request-ID"] == "from-the-proxy.1"
    for unreadable in ("a b", "x" * 129, "<script>", ""):
        answer = visitor.get("/robots.txt", headers={"X-Request-ID": unreadable})
        assert answer.headers["X-Request-ID"] != unreadable


def test_failures_tell_it(admin):
    answer = admin.call("res.partner", "no_such_method", [])
    assert answer.json["error"]["data"]["request_id"] == answer.headers["X-Request-ID"]


def test_lines_of_the_log_tell_it(admin, database, lines):
    answer = admin.call("res.partner", "read", [[1], ["no_such_field"]])
    [line] = [line for line in lines() if line["message"] == "Exception during request handling."]
    assert line["request_id"] == answer.headers["X-Request-ID"]
    assert line["database"] == database and line["user"] == 2
    assert (line["level"], line["logger"]) == ("ERROR", "odoo.http")
    assert "Traceback" in line["exception"] and "no_such_field" in line["exception"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", line["time"])


def test_lines_of_text_tell_it():
    record = logging.LogRecord("odoo.x", logging.INFO, __file__, 1, "hello %s", ("you",), None)
    formatter = netsvc.DBFormatter("%(levelname)s: %(message)s %(perf_info)s%(request_mark)s")
    with named_run("cron") as name:
        assert name.startswith("cron-")
        assert formatter.format(record) == f"INFO: hello you  [{name}]"
    assert current_request_id() is None or name != current_request_id()
    record = logging.LogRecord("odoo.x", logging.INFO, __file__, 1, "line\nbreak", (), None)
    assert json.loads(JSONFormatter().format(record))["message"] == "line\nbreak"


def test_numbers_of_a_request_are_fields(visitor, lines):
    access = logging.getLogger("odoo.http.access")
    perf_filter = netsvc.PerfFilter()
    access.addFilter(perf_filter)
    try:
        visitor.get("/web/login")
        access.warning("GET /web/login")
    finally:
        access.removeFilter(perf_filter)
    [line] = [line for line in lines() if line["message"] == "GET /web/login"]
    assert line["queries"] > 0 and line["query_seconds"] > 0 and line["other_seconds"] > 0
    assert line["cursor"] == "rw"


def test_no_password_is_logged(visitor, database, lines):
    secret = "s3cret-that-nobody-reads"
    visitor.rpc("/web/session/authenticate", db=database, login="admin", password=secret)
    visitor.rpc("/jsonrpc", service="common", method="login", args=[database, "admin", secret])
    visitor.rpc("/jsonrpc", service="object", method="execute", args=[database, 2, secret, "res.users", "read", [2]])
    visitor.rpc("/jsonrpc", service="db", method="drop", args=[secret, database])
    visitor.form("/web/login", login="admin", password=secret)
    assert lines()
    assert secret not in json.dumps(lines())
