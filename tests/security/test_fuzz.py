"""Every route with parameters that nobody sends by accident: refused, not failed at, and no stack of calls shown."""

import inspect
import json
import logging
import os
import random
import re
from urllib.parse import quote

import pytest

TEXT_TYPES = ("text/html", "application/json", "text/xml", "text/plain", "application/xml")
#: how often each route is tried with values chosen at random; more by hand than in a hurry
ROUNDS = int(os.environ.get("FUZZ_ROUNDS", "1"))
TEXTS = [
    "",
    "x",
    "-1",
    "1e400",
    "99999999999999999999",
    "\x00",
    "a\x00b",
    "../../../etc/passwd",
    "%00%2e%2e/",
    "'; DROP TABLE res_users; --",
    "<script>alert(1)</script>",
    "${7*7}",
    "{'a': 1}",
    "[[[",
    "[1, 2",
    '{"a": {"b": []}}',
    "\u202e\ufeff\U0001f4a9",
    "a" * 5000,
    "res.users",
    "2024-13-45",
    "True",
]
VALUES = [
    *TEXTS,
    None,
    True,
    -1,
    0,
    10**30,
    1.5,
    [],
    {},
    [[[[[]]]]],
    {"a": None},
    ["id", "in", [1]],
    [["id", "in", [[]]]],
    {"__class__": "x"},
    ["\x00"],
    "\ud800",
    {"\udfff": 1},
]
#: what ends the session of the client
ENDINGS = ("/web/session/logout", "/web/session/destroy", "/web/become")
BODIES = [
    b"",
    b"{",
    b"[]",
    b"null",
    b'"x"',
    b"\xff\xfe",
    b"[" * 50_000,
    b'{"params": [1]}',
    b'{"params": {"a": "\\ud800"}}',
]


ADDRESS = "203.0.113.77"


@pytest.fixture
def requests(database, env):
    """Hostile requests for every route, the same in every run: method, path and arguments of the client."""
    # outside of a request, no database is found by its routes
    rules = {(rule.rule, rule.endpoint.routing["type"]): rule for rule in env["ir.http"].routing_map().iter_rules()}
    chance = random.Random(18)
    made = []
    for (path, kind), rule in sorted(rules.items()):
        if path.startswith(ENDINGS):
            continue
        names = [
            name
            for name, parameter in inspect.signature(rule.endpoint.original_endpoint).parameters.items()
            if name not in ("self", "cls") and parameter.kind is not parameter.VAR_KEYWORD
        ]
        for number in range(ROUNDS + 1):
            given = {} if number == 0 else {name: chance.choice(VALUES) for name in names}
            made.append(_request(rule, kind, _fill(path, chance), given, chance))
    return made


def _fill(path, chance):
    """Return a path with something in place of its parameters."""
    return re.sub(r"<[^<>]*>", lambda place: quote(chance.choice(["1", "0", "99999999999999999999", *TEXTS]), ""), path)


def _request(rule, kind, path, given, chance):
    if kind == "json":
        body = json.dumps({"jsonrpc": "2.0", "id": 1, "params": given}) if given else chance.choice(BODIES)
        return "POST", path, {"data": body, "content_type": "application/json"}
    texts = {name: value for name, value in given.items() if isinstance(value, str)}
    if "GET" in (rule.methods or {"GET"}):
        return "GET", path, {"query_string": "&".join(f"{name}={_quoted(value)}" for name, value in texts.items())}
    return "POST", path, {"data": {name: value for name, value in texts.items() if value.isprintable()}}


def _quoted(text):
    return quote(text.encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("role", ["visitor", "guest", "clerk"])
def test_f18_hostile_parameters(request, role, requests, database, caplog):
    client = request.getfixturevalue(role)
    caplog.set_level(logging.WARNING)
    found = []
    for method, path, arguments in requests:
        caplog.clear()
        answer = client.open(path, method=method, environ_base={"REMOTE_ADDR": ADDRESS}, **arguments)
        text = answer.get_data(as_text=True) if answer.mimetype in TEXT_TYPES else ""
        what = f"{method} {path[:60]} {str(arguments)[:90]}"
        if answer.status_code >= 500:
            found.append(f"{answer.status_code}: {what}")
        elif role != "clerk":
            if "Traceback (most" in text or '"debug":"Tr' in text.replace('": "', '":"'):
                found.append(f"stack shown: {what}")
            told = [record for record in caplog.records if record.exc_info]
            if told and role == "visitor":
                found.append(f"stack logged: {what}: {told[0].exc_info[1]!r:.150}")
        if sum(len(record.getMessage()) for record in caplog.records if not record.exc_info) > 3000:
            found.append(f"much logged: {what}: {caplog.records[0].getMessage()[:100]}")
    assert not found, f"{len(found)} of {len(requests)}:\n" + "\n".join(found[:40])
