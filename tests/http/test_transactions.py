"""One request, one transaction: retried when the database asks for it, undone when it fails."""

import io

import psycopg2
import pytest

from odoo.exceptions import UserError
from odoo.http import Controller, request, root, route
from odoo.modules.registry import Registry


@pytest.fixture
def calls(database):
    """Install a controller for the test; the fixture's value is the list of what it was called with."""
    calls = []

    def conflict(self, **post):
        calls.append(post["file"].read() if "file" in post else "")
        request.session["tries"] = request.session.get("tries", 0) + 1
        request.future_response.set_cookie("once", "1")
        request.env["res.partner"].sudo().create({"name": "Made by a retried request"})
        if len(calls) < 3:
            raise psycopg2.errors.SerializationFailure("could not serialize access")
        return str(request.session["tries"])

    def fail(self, **post):
        request.env["res.partner"].sudo().create({"name": "Made by a failing request"})
        request.env.flush_all()
        raise UserError("No")

    def crash(self):
        raise ZeroDivisionError("secret detail")

    def limited(self):
        return str(len(request.httprequest.get_data()))

    def nothing(self):
        raise request.not_found("Nothing <b>here</b>")

    cls = type(
        "TestController",
        (Controller,),
        {
            "__module__": "odoo.addons.base.controllers.test",
            "conflict": route("/t/conflict", auth="public", csrf=False)(conflict),
            "fail": route("/t/fail", auth="public", csrf=False)(fail),
            "crash": route("/t/crash", auth="public")(crash),
            "crash_json": route("/t/crash_json", auth="public", type="json")(crash),
            "limited": route("/t/limited", auth="public", csrf=False, max_content_length=10)(limited),
            "nothing": route("/t/nothing", auth="public")(nothing),
            "shared": route("/t/shared", auth="public", type="json", cors="*")(lambda self: 1),
            "record": route('/t/record/<model("res.partner"):partner>', auth="user")(
                lambda self, partner: partner.name
            ),
        },
    )
    Registry(database).clear_cache("routing")
    yield calls
    Controller.children_classes["base"].remove(cls)
    Registry(database).clear_cache("routing")


def count(admin, name):
    return admin.call("res.partner", "search_count", [[["name", "=", name]]]).json["result"]


def test_conflict_is_tried_again(calls, visitor, admin, monkeypatch):
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    before = count(admin, "Made by a retried request")
    answer = visitor.post("/t/conflict", data={"file": (io.BytesIO(b"content"), "a.txt")})
    assert answer.status_code == 200, answer.text
    assert calls == [b"content"] * 3
    assert answer.text == "1"
    assert len([value for value in answer.headers.getlist("Set-Cookie") if value.startswith("once=")]) == 1
    assert count(admin, "Made by a retried request") == before + 1


def test_failure_is_undone(calls, visitor, admin):
    answer = visitor.post("/t/fail")
    assert answer.status_code == 422 and "No" in answer.text
    assert count(admin, "Made by a failing request") == 0


def test_crash_tells_nothing(calls, visitor):
    answer = visitor.get("/t/crash")
    assert answer.status_code == 500
    assert "secret detail" not in answer.text and "Traceback" not in answer.text


def test_crash_in_json(calls, visitor):
    error = visitor.rpc("/t/crash_json").json["error"]
    assert (error["code"], error["message"], error["data"]["name"]) == (
        200,
        "Odoo Server Error",
        "builtins.ZeroDivisionError",
    )
    assert error["data"]["debug"] == ""


def test_limit_of_a_route(calls, visitor):
    assert visitor.post("/t/limited", data=b"x" * 10, content_type="text/plain").text == "10"
    assert visitor.post("/t/limited", data=b"x" * 11, content_type="text/plain").status_code == 413


def test_description_of_an_error_is_escaped(calls, visitor):
    answer = visitor.get("/t/nothing", headers={"Accept": "text/html"})
    assert answer.status_code == 404 and "<b>here" not in answer.text


def test_other_sites_may_ask_first(calls, visitor):
    answer = visitor.options("/t/shared", headers={"Origin": "https://other.example"})
    assert answer.status_code == 204
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Access-Control-Allow-Methods"] == "POST"
    assert visitor.rpc("/t/shared").headers["Access-Control-Allow-Origin"] == "*"


def test_record_in_the_path(calls, admin, visitor):
    name = admin.call("res.partner", "read", [[1], ["name"]]).json["result"][0]["name"]
    assert admin.get("/t/record/1").text == name
    # names in addresses are http_routing's
    assert admin.get("/t/record/any-name-1").status_code == 404
    assert admin.get("/t/record/999999999").status_code == 404
    assert visitor.get("/t/record/1").status_code == 303


def test_session_is_not_written_without_need(visitor):
    saved = []
    save = root.session_store.save
    try:
        root.session_store.save = lambda session: (saved.append(session), save(session))
        visitor.get("/robots.txt")
        visitor.get("/web/health")
        visitor.get("/no/such/page")
    finally:
        del root.session_store.save
    assert not saved and visitor.sid is None
