"""What clients get when they ask for the wrong thing: a clear answer in the right form, never a crash."""

import json
from unittest.mock import patch

import pytest

from odoo.modules.registry import Registry
from odoo.tools import config
from odoo.tools.budgets import Budget, run_within

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


@pytest.mark.parametrize("body", ["{not json", "[" * 50_000, '{"params": {"model": "res.partner", "x": "\\ud800"}}'])
@pytest.mark.parametrize("path", [CALL_KW, "/web/session/check"])
def test_f18_malformed_json(admin, path, body):
    answer = admin.post(path, data=body, content_type="application/json")
    assert answer.status_code == 400 and answer.text == "Invalid JSON data"


def nested(value, wrap, times):
    for _time in range(times):
        value = wrap(value)
    return value


PATH = ".".join(["parent_id"] * 200)
DEEP = {
    "domain": lambda times: (
        "search_count",
        [nested([["name", "=", "x"]], lambda d: [["child_ids", "any", d]], times)],
    ),
    "path": lambda times: ("search_count", [[[f"{PATH}.name", "=", "x"]]]),
    "specification": lambda times: (
        "web_search_read",
        [[], nested({"name": {}}, lambda s: {"parent_id": {"fields": s}}, times)],
    ),
    "values": lambda times: (
        "create",
        [nested({"name": "Deep"}, lambda v: {"name": "Deep", "child_ids": [[0, 0, v]]}, times)],
    ),
    "onchange": lambda times: (
        "onchange",
        [[], {}, [], nested({"name": {}}, lambda s: {"parent_id": {"fields": s}}, times)],
    ),
}


@pytest.mark.parametrize("kind", ["domain", "path", "values"])
def test_what_goes_deeper_than_the_server_follows(admin, kind):
    method, args = DEEP[kind](200)
    error = admin.call("res.partner", method, args).json["error"]["data"]
    assert error["name"] == "odoo.exceptions.UserError", error["message"]
    assert "levels deep" in error["message"] and method in error["message"]
    assert admin.call("res.partner", "search_count", [[["name", "=", "Deep"]]]).json["result"] == 0


@pytest.mark.parametrize("kind", ["domain", "specification", "onchange"])
def test_what_goes_rather_deep(admin, kind):
    assert "result" in admin.call("res.partner", *DEEP[kind](100)).json


def test_paths_that_are_followed_step_by_step(admin):
    for method, kwargs in (
        ("search", {"domain": [], "order": PATH}),
        ("read_group", {"domain": [], "fields": [], "groupby": [PATH]}),
        ("search_read", {"fields": [PATH]}),
    ):
        error = admin.call("res.partner", method, [], **kwargs).json["error"]["data"]
        assert error["name"] in ("odoo.exceptions.UserError", "builtins.ValueError") and "parent_id" in error["message"]


def test_long_lists_and_domains(admin):
    ids = list(range(1, 200_001))
    operators = ["|"] * 9_999 + [["id", "=", id_] for id_ in range(10_000)]
    for domain in ([["id", "in", ids]], [["parent_id", "in", ids]], ["!"] * 10_000 + [["id", "=", 0]], operators):
        assert isinstance(admin.call("res.partner", "search_count", [domain]).json["result"], int)


@pytest.mark.parametrize("text", ["[" * 50_000, "no json", "3"])
def test_json_in_a_form_that_is_none(admin, text):
    assert admin.post("/web/model/get_definitions", data={"model_names": text}).status_code == 400


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


def test_imports_of_many_cells(admin, monkeypatch):
    monkeypatch.setitem(config.options, "limit_import_cells", 4)
    budget = Budget("request", 60)
    rows = [["One", "x"], ["Two", "x"], ["Three", "x"]]
    result = run_within(budget, lambda: admin.call("res.partner", "load", [["name", "comment"], rows]).json["result"])
    assert not result["ids"] and "6 cells in 3 rows" in result["messages"][0]["message"]
    result = admin.call("res.partner", "load", [["name", "comment"], rows[:2]]).json["result"]
    assert len(result["ids"]) == 2


NO_NUMBERS = ("\u00b2", "9" * 30, "9" * 5000, "--5", "5-")


@pytest.mark.parametrize("text", NO_NUMBERS, ids=["other digit", "large", "many digits", "two signs", "sign behind"])
def test_texts_that_are_no_ids(admin, database, text):
    result = admin.call("res.partner", "load", [[".id", "name"], [[text, "x"]]]).json["result"]
    assert "Invalid database identifier" in result["messages"][0]["message"]
    with patch.object(Registry(database)["res.partner"], "_rec_names_search", ["color"]):
        assert admin.call("res.partner", "name_search", [text]).json["result"] == []
    model = admin.call("ir.model", "search", [[["model", "=", "res.partner"]]]).json["result"][0]
    values = {"name": "x", "model_id": model, "state": "code", "resource_ref": f"res.partner,{text}"}
    assert "result" in admin.call("ir.actions.server", "onchange", [[], values, ["resource_ref"], {"name": {}}]).json
    view = {
        "name": "x",
        "model": "res.partner",
        "arch": f'<form><button name="{text}" type="action" string="Go"/></form>',
    }
    error = admin.call("ir.ui.view", "create", [view]).json["error"]["data"]
    assert error["name"] == "odoo.exceptions.ValidationError", error["message"]
    admin.call("ir.config_parameter", "set_param", ["base.template_portal_user_id", text])
    error = admin.call("res.config.settings", "action_open_template_user", [[]]).json["error"]["data"]
    assert "does not exist any more" in error["message"]


def test_texts_that_are_ids(admin, database):
    with patch.object(Registry(database)["res.partner"], "_rec_names_search", ["color"]):
        ids = admin.call("res.partner", "create", [[{"name": "Red", "color": 77}, {"name": "Blue", "color": -77}]]).json
        found = [admin.call("res.partner", "name_search", [text]).json["result"] for text in (" 77", "-77")]
    assert [name for [[_id, name]] in found] == ["Red", "Blue"]
    admin.call("res.partner", "unlink", [ids["result"]])
