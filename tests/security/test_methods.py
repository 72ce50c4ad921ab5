"""Which methods can be called from outside, whatever door the call comes through."""

import pytest
from web_client import error_of

from odoo.orm.rpc import get_public_method

PRIVATE = ("_search", "_write", "__init__", "__class__", "init", "env", "_compute_display_name", "_generate")
NO_METHODS = ("mro", "_fields", "pool", "name", "create_uid", "__mro__", "register_x", "", "no_such_method")


#: what only makes sense in the middle of other code, whatever its name
INNER = {
    "res.partner": ("sudo", "with_user", "with_context", "with_env", "browse", "new", "mapped", "filtered", "update"),
    "res.currency": ("modified", "flush_model", "invalidate_model", "clear_caches", "is_transient", "fetch", "concat"),
    "res.users": ("authenticate", "check", "get_company_currency_id"),
    "ir.http": ("session_info", "routing_map", "get_translations_for_webclient", "is_a_bot"),
    "ir.attachment": ("check", "validate_access", "get_serving_groups"),
    "ir.cron": ("toggle", "try_write"),
    "ir.qweb.field.qweb": ("record_to_html", "value_to_html"),
    "ir.qweb.field.monetary": ("value_to_html", "attributes"),
    "ir.ui.view": ("get_combined_arch", "apply_inheritance_specs", "postprocess_and_fields"),
    "ir.module.module": ("module_uninstall", "get_module_info"),
    "res.config.settings": ("get_values", "set_values"),
    "ir.actions.report": ("barcode", "retrieve_attachment"),
    "res.lang": ("install_lang", "format"),
}
#: what clients and scripts call
OPEN = {
    "res.partner": (("search", [[]]), ("name_search", ["x"]), ("has_access", [[], "read"]), ("exists", [[1]])),
    "res.users": (("has_group", [[], "base.group_user"]), ("context_get", [])),
    "res.lang": (("get_installed", []),),
}


def test_inner_methods(database, admin, visitor):
    for model, methods in INNER.items():
        for method in methods:
            for door in ("call_kw", "call_button"):
                answer = admin.rpc(f"/web/dataset/{door}", model=model, method=method, args=[[]], kwargs={})
                assert error_of(answer) == "AccessError", (door, model, method, answer.text)
            args = [database, admin.uid, admin.password, model, method, [[]]]
            answer = visitor.rpc("/jsonrpc", service="object", method="execute_kw", args=args)
            assert error_of(answer) == "AccessError", (model, method)


def test_methods_for_everybody(clerk):
    for model, calls in OPEN.items():
        for method, args in calls:
            answer = clerk.rpc("/web/dataset/call_kw", model=model, method=method, args=args, kwargs={})
            assert not error_of(answer), (model, method, answer.text)


@pytest.mark.parametrize("door", ["call_kw", "call_button"])
@pytest.mark.parametrize("method", [*PRIVATE, *NO_METHODS])
def test_web_client(clerk, door, method):
    answer = clerk.rpc(f"/web/dataset/{door}", model="res.partner", method=method, args=[[]], kwargs={})
    assert error_of(answer) in ("AccessError", "AttributeError")


@pytest.mark.parametrize("service_method", ["execute", "execute_kw"])
@pytest.mark.parametrize("method", [*PRIVATE, *NO_METHODS])
def test_external_api(database, clerk, visitor, service_method, method):
    args = [database, clerk.uid, clerk.password, "res.partner", method]
    args += [[[]]] if service_method == "execute_kw" else [[]]
    answer = visitor.rpc("/jsonrpc", service="object", method=service_method, args=args)
    assert error_of(answer) in ("AccessError", "AttributeError")


@pytest.mark.parametrize("method", ["execute_cr", "dispatch", "retrying", "__class__"])
def test_services_have_few_methods(database, visitor, method):
    args = [database, 2, "admin", "res.partner", "read"]
    answer = visitor.rpc("/jsonrpc", service="object", method=method, args=args)
    assert error_of(answer) in ("NameError", "AttributeError")


def test_services_are_known(visitor):
    assert visitor.post("/xmlrpc/2/os").status_code == 404
    assert error_of(visitor.rpc("/jsonrpc", service="os", method="system", args=["id"]))


@pytest.mark.parametrize("password", ["", None, False, 0, "wrong", ["correct horse"], {"a": 1}, True])
def test_every_call_needs_the_password(database, clerk, visitor, password):
    answer = visitor.rpc(
        "/jsonrpc",
        service="object",
        method="execute_kw",
        args=[database, clerk.uid, password, "res.partner", "search", [[]]],
    )
    assert error_of(answer) == "AccessDenied"


@pytest.mark.parametrize("uid", [1, 2, 0, -1, 99999])
def test_the_password_is_that_of_the_user(database, clerk, visitor, uid):
    answer = visitor.rpc(
        "/jsonrpc",
        service="object",
        method="execute_kw",
        args=[database, uid, clerk.password, "res.partner", "search", [[]]],
    )
    assert error_of(answer) == "AccessDenied"


def test_records_are_named_by_ids(clerk):
    for ids in ("1", [[1]], {"id": 1}, ["1"], [None]):
        assert error_of(clerk.call("res.partner", "read", [ids, ["name"]])) == "TypeError"


@pytest.mark.parametrize(
    ("model", "method", "args"),
    [
        ("ir.config_parameter", "get_param", ["database.secret"]),
        ("ir.config_parameter", "set_param", ["web.base.url", "http://evil.example"]),
        ("ir.config_parameter", "search_read", [[]]),
        ("ir.module.module", "button_immediate_install", [[1]]),
        ("ir.module.module", "update_list", []),
        ("ir.cron", "method_direct_trigger", [[1]]),
        ("ir.rule", "search_read", [[]]),
        ("ir.model.access", "create", [{"name": "mine", "model_id": 1, "perm_write": True}]),
        ("ir.model.data", "search_read", [[]]),
        ("ir.mail_server", "search_read", [[]]),
        ("ir.ui.view", "create", [{"name": "x", "type": "qweb", "arch": "<t/>"}]),
        ("ir.ui.view", "write", [[1], {"arch": "<t/>"}]),
        ("res.config.settings", "create", [{}]),
        ("res.users", "write", [[2], {"password": "mine"}]),
        ("res.users", "create", [{"name": "x", "login": "x"}]),
        ("res.groups", "write", [[1], {"name": "x"}]),
        ("res.partner", "create", [{"name": "x"}]),
        ("res.partner", "web_save", [[1], {"name": "x"}, {}]),
        ("res.partner", "write", [[1], {"name": "x"}]),
        ("res.partner", "unlink", [[3]]),
        ("res.partner", "copy", [[1]]),
        ("res.partner", "write", [[1], {"child_ids": [[0, 0, {"name": "x"}]]}]),
        ("res.partner", "name_create", ["x"]),
        ("res.partner", "action_archive", [[1]]),
        ("res.partner", "update_field_translations", [[1], "name", {"en_US": "x"}]),
        ("res.partner", "export_data", [[1], ["name"]]),
        ("change.password.wizard", "create", [{}]),
        ("ir.actions.server", "create", [{"name": "x", "model_id": 1, "state": "code", "code": "1"}]),
        ("ir.attachment", "force_storage", []),
        ("ir.filters", "create_or_replace", [{"name": "f", "model_id": "res.partner", "user_id": 2}]),
        ("ir.default", "set", ["res.partner", "comment", "x"]),
        ("base.module.update", "create", [{}]),
        ("ir.profile", "search_read", [[]]),
        ("ir.logging", "search_read", [[]]),
        ("res.users.deletion", "search_read", [[]]),
    ],
)
def test_rights_are_asked_for(clerk, env, model, method, args):
    # a private one is refused to everybody, which tells nothing about rights
    assert get_public_method(env[model], method)
    assert error_of(clerk.call(model, method, args)) in ("AccessError", "UserError", "ValidationError")


def test_import_asks_for_rights(clerk, admin):
    answer = clerk.call("res.partner", "load", [["id", "name"], [["base.main_partner", "Mine"]]])
    assert answer.json.get("error") or answer.json["result"]["messages"]
    name = admin.call("res.partner", "read", [[1], ["name"]]).json["result"][0]["name"]
    assert name != "Mine"


def test_resequence_asks_for_rights(clerk):
    answer = clerk.rpc("/web/dataset/resequence", model="res.partner", ids=[1, 3], field="color")
    assert error_of(answer) == "AccessError"


def test_context_does_not_raise_rights(clerk):
    for key in ("su", "uid", "_force_unlink", "install_mode", "sudo", "bypass_search_access"):
        answer = clerk.call("ir.config_parameter", "search_read", [[]], context={key: True})
        assert error_of(answer) == "AccessError"
