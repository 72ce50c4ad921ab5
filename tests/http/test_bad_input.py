"""What clients get when they ask for the wrong thing: a clear answer in the right form, never a crash."""

import json

import pytest

from odoo.tools import config

CALL_KW = "/web/dataset/call_kw"


def error_name(answer):
    assert answer.status_code == 200, answer.data
    error = answer.json["error"]
    return error["data"]["name"]


def test_unknown_model(admin):
    error = admin.rpc(CALL_KW, model="no.such", method="read", args=[[1]], kwargs={}).json["error"]
    assert (error["code"], error["message"]) == (404, "404: Not Found")
    assert error["data"]["name"] == "werkzeug.exceptions.NotFound"


def test_unknown_method(admin):
    answer = admin.call("res.partner", "no_such_method", [[1]])
    assert error_name(answer) == "builtins.AttributeError"
    assert "no_such_method" in answer.json["error"]["data"]["message"]


@pytest.mark.parametrize("method", ["_write", "__init__", "init", "_compute_display_name"])
def test_private_method(admin, method):
    assert error_name(admin.call("res.partner", method, [[1]])) == "odoo.exceptions.AccessError"


def test_missing_record(admin):
    answer = admin.call("res.partner", "write", [[999999999], {"name": "x"}])
    assert error_name(answer) == "odoo.exceptions.MissingError"


def test_ids_that_are_none(admin):
    assert "error" in admin.call("res.partner", "write", [["1; DROP TABLE res_partner"], {"name": "x"}]).json


def test_unknown_field(admin):
    answer = admin.call("res.partner", "create", [{"no_such_field": 1}])
    assert error_name(answer) == "builtins.ValueError"
    assert "no_such_field" in answer.json["error"]["data"]["message"]


def test_malformed_json_on_call_kw(admin):
    answer = admin.post(CALL_KW, data="{not json", content_type="application/json")
    assert error_name(answer) == "json.decoder.JSONDecodeError"


def test_malformed_json_elsewhere(admin):
    answer = admin.post("/web/session/check", data="{not json", content_type="application/json")
    assert answer.status_code == 400 and answer.text == "Invalid JSON data"


@pytest.mark.parametrize("body", ["[]", "3", '"x"', "null", '{"params": []}', '{"params": "x"}'])
def test_json_that_is_no_call(admin, body):
    answer = admin.post("/web/session/check", data=body, content_type="application/json")
    assert answer.status_code == 400 and answer.text == "Invalid JSON-RPC data"


def test_form_sent_to_a_json_route(admin):
    assert admin.post(CALL_KW, data={"model": "res.partner"}).status_code == 415


def test_get_on_a_json_route(admin):
    assert admin.get("/web/session/check").status_code == 415


def test_missing_session(visitor):
    error = visitor.call("res.partner", "search", [[]]).json["error"]
    assert (error["code"], error["message"]) == (100, "Odoo Session Expired")
    assert error["data"]["name"] == "odoo.http.SessionExpiredException"


def test_missing_session_on_a_page(visitor):
    answer = visitor.get("/web/become")
    assert answer.status_code == 303 and answer.headers["Location"].startswith("/web/login?redirect=")


def test_wrong_password(visitor, database):
    answer = visitor.authenticate(database, "admin", "wrong")
    assert error_name(answer) == "odoo.exceptions.AccessDenied"


def test_wrong_database(visitor):
    assert error_name(visitor.authenticate("no_such_db", "admin", "admin")) == "odoo.exceptions.AccessError"


def test_unknown_page(visitor):
    answer = visitor.get("/no/such/page")
    assert answer.status_code == 404


def test_unknown_page_for_people(visitor):
    answer = visitor.get("/no/such/page", headers={"Accept": "text/html"})
    assert answer.status_code == 404 and "o_error_code" in answer.text


def test_body_over_the_limit(admin, monkeypatch):
    from odoo.http import HTTPRequest

    monkeypatch.setattr(HTTPRequest, "max_content_length", 1000)
    body = json.dumps({"params": {"model": "res.partner", "method": "search", "args": ["x" * 2000], "kwargs": {}}})
    answer = admin.post(CALL_KW, data=body, content_type="application/json")
    assert answer.status_code == 413
    assert answer.json["error"]["data"]["name"] == "werkzeug.exceptions.RequestEntityTooLarge"


def test_no_traceback_for_visitors(visitor, database):
    answer = visitor.authenticate(database, "admin", "wrong")
    assert answer.json["error"]["data"]["debug"] == ""
    answer = visitor.rpc("/jsonrpc", service="object", method="execute_kw", args=[database, 1, "x", "a", "b", []])
    assert answer.json["error"]["data"]["debug"] == ""


def test_traceback_for_employees(admin):
    debug = admin.call("res.partner", "no_such_method", [[1]]).json["error"]["data"]["debug"]
    assert debug.startswith("Traceback")


def test_failed_call_leaves_nothing(admin):
    def count():
        return admin.call("res.partner", "search_count", [[]]).json["result"]

    before = count()
    assert "error" in admin.call("res.partner", "create", [[{"name": "A"}, {"name": "B", "no_such_field": 1}]]).json
    assert count() == before


def test_unknown_keyword_is_dropped(admin):
    answer = admin.rpc(CALL_KW, model="res.partner", method="search_count", args=[[]], kwargs={}, other=1)
    assert isinstance(answer.json["result"], int)


def test_unknown_service(visitor):
    assert visitor.post("/xmlrpc/2/nosuch", data="<x/>").status_code == 404


def test_id_is_echoed(visitor):
    answer = visitor.post("/web/webclient/version_info", json={"jsonrpc": "2.0", "id": "abc", "params": {}})
    assert answer.json["id"] == "abc" and answer.json["result"]["protocol_version"] == 1


def test_none_has_no_result(admin):
    assert "result" not in admin.rpc("/web/session/check").json


def test_hidden_database_list(visitor, monkeypatch):
    monkeypatch.setitem(config.options, "list_db", False)
    assert error_name(visitor.rpc("/web/database/list")) == "odoo.exceptions.AccessDenied"
