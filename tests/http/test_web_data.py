"""What the web client loads: session, menus, actions, exports; and the external API."""

import csv
import io
import json
import xmlrpc.client

import openpyxl
import pytest

SESSION_KEYS = {
    "uid",
    "is_system",
    "is_admin",
    "is_public",
    "is_internal_user",
    "user_context",
    "db",
    "user_settings",
    "server_version",
    "server_version_info",
    "support_url",
    "name",
    "username",
    "partner_write_date",
    "partner_display_name",
    "partner_id",
    "web.base.url",
    "active_ids_limit",
    "profile_session",
    "profile_collectors",
    "profile_params",
    "max_file_upload_size",
    "home_action_id",
    "cache_hashes",
    "currencies",
    "bundle_params",
    "test_mode",
    "view_info",
    "user_companies",
    "show_effect",
    "display_switch_company_menu",
}


def test_session_info(admin, database):
    info = admin.rpc("/web/session/get_session_info").json["result"]
    assert SESSION_KEYS <= set(info)
    assert (info["uid"], info["db"], info["username"], info["is_admin"]) == (2, database, "admin", True)
    assert set(info["user_context"]) >= {"lang", "tz", "uid"}
    assert set(info["cache_hashes"]) >= {"translations", "load_menus"}
    company = info["user_companies"]["allowed_companies"]["1"]
    assert set(company) == {"id", "name", "sequence", "child_ids", "parent_id"}
    assert all(currency["digits"][0] == 69 for currency in info["currencies"].values())
    assert info["view_info"]["form"] == {
        "display_name": "Form",
        "icon": info["view_info"]["form"]["icon"],
        "multi_record": False,
    }


def test_authenticate_returns_the_session_info(visitor, database):
    info = visitor.authenticate(database, "admin", "admin").json["result"]
    assert SESSION_KEYS <= set(info)


def test_load_menus(admin):
    info = admin.rpc("/web/session/get_session_info").json["result"]
    answer = admin.get(f"/web/webclient/load_menus/{info['cache_hashes']['load_menus']}")
    assert "max-age=31536000" in answer.headers["Cache-Control"]
    menus = answer.json
    keys = {
        "id",
        "name",
        "children",
        "appID",
        "xmlid",
        "actionID",
        "actionModel",
        "actionPath",
        "webIcon",
        "webIconData",
        "webIconDataMimetype",
    }
    assert set(menus["root"]) == keys | {"backgroundImage"}
    assert menus["root"]["children"]
    for app_id in menus["root"]["children"]:
        app = menus[str(app_id)]
        assert set(app) == keys and app["appID"] == app_id


def test_translations(visitor):
    answer = visitor.get("/web/webclient/translations/abc?lang=en_US").json
    assert set(answer) == {"lang", "lang_parameters", "modules", "multi_lang"}
    assert answer["lang_parameters"]["week_start"] in range(1, 8)


@pytest.mark.parametrize("action", ["base.action_res_users", "id"])
def test_load_action(admin, action):
    loaded = admin.rpc("/web/action/load", action_id="base.action_res_users").json["result"]
    if action == "id":
        loaded = admin.rpc("/web/action/load", action_id=loaded["id"]).json["result"]
    assert (loaded["type"], loaded["res_model"], loaded["xml_id"]) == (
        "ir.actions.act_window",
        "res.users",
        "base.action_res_users",
    )
    assert all(len(view) == 2 for view in loaded["views"])
    assert "create_uid" not in loaded


@pytest.mark.parametrize("action", ["base.no_such_action", 999999999, "no-such-path", "base.user_admin"])
def test_missing_action(admin, action):
    error = admin.rpc("/web/action/load", action_id=action).json["error"]
    assert error["data"]["name"] == "odoo.addons.web.controllers.action.MissingActionError"


def test_button_returns_an_action_or_false(admin):
    arguments = {"model": "res.partner", "kwargs": {}}
    url = "/web/dataset/call_button/res.partner/read"
    assert admin.rpc(url, method="read", args=[[1], ["name"]], **arguments).json["result"] is False
    [server_action] = admin.call(
        "ir.actions.server",
        "create",
        [
            [
                {
                    "name": "t",
                    "state": "code",
                    "model_id": admin.ref("base.model_res_partner"),
                    "code": "action = {'type': 'ir.actions.act_window', 'res_model': 'res.partner', "
                    "'view_mode': 'list,form'}",
                }
            ]
        ],
    ).json["result"]
    action = admin.rpc(
        "/web/dataset/call_button", model="ir.actions.server", method="run", args=[[server_action]], kwargs={}
    ).json["result"]
    assert action["views"] == [[False, "list"], [False, "form"]]
    run = admin.rpc("/web/action/run", action_id=server_action).json["result"]
    assert run["res_model"] == "res.partner"


def test_breadcrumbs(admin):
    answer = admin.rpc(
        "/web/action/load_breadcrumbs",
        actions=[
            {"action": "base.action_res_users"},
            {"model": "res.partner", "resId": 1},
            {"action": "no.such"},
            {"action": "base.action_res_users", "resId": "new"},
        ],
    ).json["result"]
    assert [set(step) for step in answer] == [{"display_name"}, {"display_name"}, {"error"}, {"display_name"}]
    assert answer[3]["display_name"] == "New"


def test_resequence(admin):
    ids = admin.call("res.currency", "search", [[]], limit=2).json["result"]
    assert admin.rpc("/web/dataset/resequence", model="res.currency", ids=ids).json["result"] is False


@pytest.mark.parametrize(
    ("domain", "valid"),
    [([["name", "=", "x"]], True), ([], True), ([["no_such_field", "=", 1]], False), (["&"], False)],
)
def test_domain_validation(admin, domain, valid):
    assert admin.rpc("/web/domain/validate", model="res.partner", domain=domain).json["result"] is valid


def export(client, file_format, **overrides):
    data = {
        "model": "res.country",
        "ids": False,
        "domain": [["code", "in", ["BE", "FR"]]],
        "groupby": [],
        "import_compat": False,
        "context": {},
        "fields": [
            {"name": "name", "label": "Name", "type": "char"},
            {"name": "code", "label": "Code", "type": "char"},
        ],
        **overrides,
    }
    return client.form(f"/web/export/{file_format}", data=json.dumps(data))


def test_export_csv(admin):
    answer = export(admin, "csv")
    rows = list(csv.reader(io.StringIO(answer.text)))
    assert rows == [["Name", "Code"], ["Belgium", "BE"], ["France", "FR"]]
    assert answer.headers["Content-Disposition"].startswith("attachment;")


def test_export_xlsx(admin):
    sheet = openpyxl.load_workbook(io.BytesIO(export(admin, "xlsx").data)).active
    assert [[cell.value for cell in row] for row in sheet] == [["Name", "Code"], ["Belgium", "BE"], ["France", "FR"]]


def test_export_groups(admin):
    sheet = openpyxl.load_workbook(io.BytesIO(export(admin, "xlsx", groupby=["code"]).data)).active
    assert [row[0].value for row in sheet] == ["Name", "BE (1)", "Belgium", "FR (1)", "France"]


def test_exported_formulas_are_text(admin):
    [partner] = admin.call("res.partner", "create", [[{"name": "=1+1"}]]).json["result"]
    answer = export(
        admin, "csv", model="res.partner", ids=[partner], domain=[], fields=[{"name": "name", "label": "Name"}]
    )
    assert "'=1+1" in answer.text


def test_export_fields(admin):
    entries = admin.rpc("/web/export/get_fields", model="res.partner", domain=[]).json["result"]
    by_id = {entry["id"]: entry for entry in entries}
    assert by_id["name"]["string"] == "Name" and by_id["id"]["string"] == "External ID"
    assert by_id["country_id"]["children"] and by_id["country_id"]["params"]["model"] == "res.country"


def xmlrpc_call(client, service, method, *args, version="2"):
    path = f"/xmlrpc/{version}/{service}" if version == "2" else f"/xmlrpc/{service}"
    answer = client.post(path, data=xmlrpc.client.dumps(args, method), content_type="text/xml")
    assert answer.status_code == 200
    return xmlrpc.client.loads(answer.data)[0][0]


def test_xmlrpc(visitor, database):
    assert xmlrpc_call(visitor, "common", "version")["protocol_version"] == 1
    uid = xmlrpc_call(visitor, "common", "authenticate", database, "admin", "admin", {})
    assert uid == 2
    assert xmlrpc_call(visitor, "common", "authenticate", database, "admin", "wrong", {}) is False
    names = xmlrpc_call(
        visitor,
        "object",
        "execute_kw",
        database,
        uid,
        "admin",
        "res.partner",
        "read",
        [[1]],
        {"fields": ["name", "create_date"]},
    )
    assert names[0]["id"] == 1 and isinstance(names[0]["create_date"], str)


@pytest.mark.parametrize(
    ("password", "method", "args", "code"),
    [
        ("wrong", "read", [[1]], 3),
        ("admin", "no_such_method", [[1]], 1),
        ("admin", "_write", [[1]], 4),
        ("admin", "write", [[999999999], {"name": "x"}], 2),
    ],
)
def test_xmlrpc_faults(visitor, database, password, method, args, code):
    with pytest.raises(xmlrpc.client.Fault) as fault:
        xmlrpc_call(visitor, "object", "execute_kw", database, 2, password, "res.partner", method, args)
    assert fault.value.faultCode == code


def test_xmlrpc_first_protocol(visitor, database):
    with pytest.raises(xmlrpc.client.Fault) as fault:
        xmlrpc_call(visitor, "object", "execute_kw", database, 2, "wrong", "res.partner", "read", [[1]], version="1")
    assert fault.value.faultCode == "AccessDenied"


def test_malformed_xmlrpc(visitor):
    answer = visitor.post("/xmlrpc/2/common", data="<no xml", content_type="text/xml")
    with pytest.raises(xmlrpc.client.Fault) as fault:
        xmlrpc.client.loads(answer.data)
    assert "Traceback" not in fault.value.faultString


def test_jsonrpc(visitor, database):
    version = visitor.rpc("/jsonrpc", service="common", method="version", args=[]).json["result"]
    assert version["protocol_version"] == 1
    answer = visitor.rpc(
        "/jsonrpc",
        service="object",
        method="execute_kw",
        args=[database, 2, "admin", "res.partner", "search_count", [[]]],
    )
    assert answer.json["result"] > 0


def test_bearer(admin, visitor):
    assert visitor.get("/json/1/res.partner").status_code == 401


def test_profiling(admin):
    admin.call("ir.config_parameter", "set_param", ["base.profiling_enabled_until", "2100-01-01 00:00:00"])
    state = admin.get("/web/set_profiling?profile=1&collectors=sql,traces_async").json
    assert state["session"] and state["collectors"] == ["sql", "traces_async"]
    admin.call("res.partner", "search_count", [[]])
    admin.get("/web/set_profiling?profile=0")
    [profile] = admin.call(
        "ir.profile", "search_read", [[["session", "=", state["session"]]]], fields=["name", "sql_count", "duration"]
    ).json["result"]
    assert profile["name"].startswith("POST /web/dataset/call_kw/res.partner/search_count") and profile["sql_count"] > 0
    assert admin.get(f"/web/speedscope/{profile['id']}").status_code == 200
    content = admin.get(f"/web/content/ir.profile/{profile['id']}/speedscope").data
    assert b"speedscope" in content


def test_profiling_has_to_be_permitted(admin, visitor):
    admin.call("ir.config_parameter", "set_param", ["base.profiling_enabled_until", ""])
    assert visitor.get("/web/set_profiling?profile=1").status_code == 403


def test_export_fields_of_a_relation(admin):
    entries = admin.rpc(
        "/web/export/get_fields",
        model="res.country",
        domain=[],
        prefix="country_id",
        parent_name="Country",
        import_compat=True,
        parent_field_type="many2one",
        parent_field={"string": "Country", "type": "many2one", "relation": "res.country"},
    ).json["result"]
    assert {entry["id"] for entry in entries} == {"country_id/id", "country_id/name"}
    assert {entry["string"] for entry in entries} == {"Country/External ID", "Country/Country Name"}


def test_saved_export(admin):
    [export_id] = admin.call(
        "ir.exports",
        "create",
        [
            [
                {
                    "name": "t",
                    "resource": "res.partner",
                    "export_fields": [
                        [0, 0, {"name": "name"}],
                        [0, 0, {"name": "country_id/code"}],
                        [0, 0, {"name": "gone"}],
                    ],
                }
            ]
        ],
    ).json["result"]
    names = admin.rpc("/web/export/namelist", model="res.partner", export_id=export_id).json["result"]
    assert [(entry["id"], entry["string"]) for entry in names] == [
        ("name", "Name"),
        ("country_id/code", "Country/Country Code"),
    ]


def test_write_on_a_record_that_is_gone(admin):
    for method, arguments in (("write", [[99999999], {"name": "x"}]), ("web_save", [[99999999], {"name": "x"}, {}])):
        error = admin.call("res.partner", method, arguments).json["error"]
        assert error["data"]["name"] == "odoo.exceptions.MissingError", method
        assert "99999999" in error["data"]["message"]


def test_wrong_option(admin):
    error = admin.call("res.partner", "create", [{"name": "x", "type": "wrong"}]).json["error"]
    assert error["data"]["name"] == "odoo.exceptions.ValidationError"
