"""Fields that are not for everybody, and the ways around that one could think of."""

import pytest
from web_client import error_of

from odoo.modules.registry import Registry

HASH_START = "$pbkdf2-sha512"
SECRETS = ("password", "new_password")


@pytest.fixture
def secret_text(env, database):
    """Give clerks a model they may read but for one field, as the mail servers' password."""
    with Registry(database).cursor() as cr:
        other = env(cr=cr)
        other["ir.mail_server"].create(
            [
                {"name": "Out", "smtp_host": "localhost", "smtp_user": "u", "smtp_pass": secret}
                for secret in ("s3cret", "b")
            ]
        )
        access = other["ir.model.access"].create(
            {
                "name": "test",
                "model_id": other["ir.model"]._get_id("ir.mail_server"),
                "group_id": other.ref("base.group_user").id,
                "perm_read": True,
                "perm_write": True,
                "perm_create": True,
            }
        )
        Registry(database).clear_all_caches()
        access_id = access.id
    yield "s3cret"
    with Registry(database).cursor() as cr:
        env(cr=cr)["ir.model.access"].browse(access_id).unlink()
        env(cr=cr)["ir.mail_server"].search([]).unlink()


@pytest.mark.parametrize("client", ["clerk", "admin"])
def test_password_hashes_are_never_read(request, client):
    client = request.getfixturevalue(client)
    for method, args in (
        ("read", [[2, client.uid], [*SECRETS, "name"]]),
        ("search_read", [[], ["login", *SECRETS]]),
        ("web_read", [[client.uid], {key: {} for key in SECRETS}]),
        ("web_search_read", [[], {key: {} for key in SECRETS}]),
        ("mapped", [[2, client.uid], "password"]),
        ("export_data", [[2], ["password"]]),
        ("copy_data", [[client.uid]]),
        ("onchange", [[client.uid], {}, [], {"password": {}}]),
    ):
        assert HASH_START not in client.call("res.users", method, args).text, method
    text = client.call("res.partner", "mapped", [[1, 3], "user_ids.password"]).text
    assert HASH_START not in text
    text = client.call("res.partner", "web_read", [[3], {"user_ids": {"fields": {"password": {}}}}]).text
    assert HASH_START not in text


@pytest.mark.parametrize("client", ["clerk", "admin"])
def test_password_hashes_are_not_searched(request, client):
    client = request.getfixturevalue(client)
    for model, domain in (
        ("res.users", [["password", "=like", "$%"]]),
        ("res.users", ["!", ["password", "=", False]]),
        ("res.users", [["create_uid.password", "=like", "$%"]]),
        ("res.users", [["create_uid", "any", [["password", "=like", "$%"]]]]),
        ("res.partner", [["user_ids.password", "=like", "$%"]]),
        ("res.partner", [["user_ids", "any", ["|", ["id", "=", 0], ["password", "=like", "$%"]]]]),
        ("res.partner", [["create_uid.password", ">", "$"]]),
    ):
        answer = client.call(model, "search", [domain])
        assert error_of(answer) in ("AccessError", "ValueError"), (domain, answer.json)
        answer = client.call(model, "search_count", [domain])
        assert error_of(answer) in ("AccessError", "ValueError"), (domain, answer.json)
    for kwargs in ({"order": "password"}, {"order": "create_uid.password desc"}):
        assert error_of(client.call("res.users", "search", [[]], **kwargs)), kwargs
    for groupby, fields in ((["password"], []), ([], ["password:max"]), (["active"], ["x:array_agg(password)"])):
        answer = client.call("res.users", "read_group", [[], fields, groupby], lazy=False)
        assert HASH_START not in answer.text


def test_restricted_field(clerk, secret_text):
    ids = clerk.call("ir.mail_server", "search", [[]]).json["result"]
    for method, args, kwargs in (
        ("read", [ids, ["smtp_pass"]], {}),
        ("search_read", [[], ["smtp_pass"]], {}),
        ("web_read", [ids, {"smtp_pass": {}}], {}),
        ("web_search_read", [[], {"smtp_pass": {}}], {}),
        ("search", [[["smtp_pass", "=like", "s%"]]], {}),
        ("search", [[["smtp_pass", "!=", False]]], {}),
        ("search", [[]], {"order": "smtp_pass"}),
        ("search", [[]], {"order": "id, smtp_pass desc"}),
        ("search_count", [[["smtp_pass", ">", "r"]]], {}),
        ("filtered_domain", [ids, [["smtp_pass", "=like", "s%"]]], {}),
        ("read_group", [[], [], ["smtp_pass"]], {}),
        ("read_group", [[], ["smtp_pass:array_agg"], []], {}),
        ("read_group", [[], ["n:max(smtp_pass)"], ["active"]], {}),
        ("web_read_group", [[], [], ["smtp_pass"]], {}),
        ("mapped", [ids, "smtp_pass"], {}),
        ("sorted", [ids, "smtp_pass"], {}),
        ("filtered", [ids, "smtp_pass"], {}),
        ("write", [ids, {"smtp_pass": "x"}], {}),
        ("update", [ids, {"smtp_pass": "x"}], {}),
        ("web_save", [ids, {"name": "x"}, {"smtp_pass": {}}], {}),
        ("create", [{"name": "x", "smtp_host": "h", "smtp_pass": "x"}], {}),
        ("onchange", [ids, {}, ["name"], {"name": {}, "smtp_pass": {}}], {}),
        ("get_field_translations", [ids, "smtp_pass"], {}),
        ("update_field_translations", [ids, "smtp_pass", {"en_US": "x"}], {}),
        ("search_panel_select_range", ["smtp_pass"], {}),
    ):
        answer = clerk.call("ir.mail_server", method, args, **kwargs)
        assert answer.json.get("error"), (method, args, kwargs, answer.json)
        assert secret_text not in answer.text, (method, args)
    answer = clerk.call("ir.mail_server", "onchange", [ids, {"name": "x"}, ["name"], {"name": {}, "smtp_pass": {}}])
    assert secret_text not in answer.text
    assert secret_text not in clerk.call("ir.mail_server", "read", [ids]).text
    assert secret_text not in clerk.call("ir.mail_server", "copy", [ids]).text
    assert "smtp_pass" not in clerk.call("ir.mail_server", "fields_get", []).json["result"]


def test_context_defaults_do_not_fill_restricted_fields(clerk, secret_text, env):
    answer = clerk.call(
        "ir.mail_server",
        "create",
        [{"name": "By context", "smtp_host": "h"}],
        context={"default_smtp_pass": "planted", "default_smtp_user": "planted"},
    )
    server = env["ir.mail_server"].browse(answer.json["result"])
    assert server.name == "By context"
    assert not server.smtp_pass and not server.smtp_user


def test_ordering_needs_rights_on_what_orders(clerk, secret_text):
    answer = clerk.call("ir.mail_server", "search", [[]], order="create_uid.password")
    assert error_of(answer)
    # parameters are nothing that clerks may look into, attachments with a company are
    answer = clerk.call("res.users.apikeys", "search", [[]], order="user_id.login")
    assert not error_of(answer)


def test_metadata_needs_rights(clerk):
    assert error_of(clerk.call("ir.config_parameter", "get_metadata", [[1]])) == "AccessError"


@pytest.mark.parametrize(
    "order",
    [
        "id; DROP TABLE res_partner",
        "name, (SELECT 1)",
        "id DESC --",
        "1",
        'name COLLATE "C"',
        "name)",
        "pg_sleep(5)",
        "name asc nulls last, id; SELECT 1",
        '"name"',
        "name'",
        "display_name->>'x'",
        "id/**/desc",
    ],
)
def test_orders_are_no_place_for_sql(clerk, order):
    for method, args in (("search", [[]]), ("search_read", [[], ["name"]]), ("web_search_read", [[], {"name": {}}])):
        assert error_of(clerk.call("res.partner", method, args, order=order)) in ("UserError", "ValueError")
    answer = clerk.call("res.partner", "read_group", [[], [], ["company_id"]], orderby=order)
    assert error_of(answer) in (None, "UserError", "ValueError")
    assert clerk.call("res.partner", "search_count", [[]]).json["result"]


@pytest.mark.parametrize(
    "spec",
    [
        "name:sum); DROP TABLE res_partner",
        "name:pg_sleep",
        "id:max(id)--",
        "x:array_agg(id;)",
        "name:month'",
        "a b",
    ],
)
def test_aggregates_are_no_place_for_sql(clerk, spec):
    for fields, groupby in (([spec], []), ([], [spec])):
        answer = clerk.call("res.partner", "read_group", [[], fields, groupby])
        assert error_of(answer) in ("UserError", "ValueError")


@pytest.mark.parametrize(
    "leaf",
    [
        ["name; --", "=", 1],
        ["name", "= 1 OR 1=1 --", 1],
        ['name"', "=", "x"],
        ["name", "in", "x') OR ('1'='1"],
        ["id", "inselect", ["SELECT id FROM res_users", []]],
        ["name", ["="], "x"],
        [["name"], "=", "x"],
        ["__class__", "=", 1],
        ["env.uid", "=", 1],
        ["_fields", "=", 1],
    ],
)
def test_domains_are_no_place_for_sql(clerk, leaf):
    answer = clerk.call("res.partner", "search", [[leaf]])
    assert error_of(answer) in ("ValueError", "TypeError", "UserError", "AccessError") or answer.json["result"] == []


def test_users_do_not_raise_their_own_rights(clerk, admin, env):
    system = env.ref("base.group_system").id
    for values in (
        {"groups_id": [[4, system]]},
        {"name": "Clerk", "groups_id": [[6, 0, [system]]]},
        {f"in_group_{system}": True},
        {"company_ids": [[6, 0, [1]]]},
        {"login": "root"},
        {"active": False},
        {"partner_id": 1},
        {"share": False},
        {"password": "mine"},
        {"api_key_ids": [[0, 0, {"name": "x"}]]},
        {"device_ids": [[5]]},
        {"log_ids": [[5]]},
        {"res_users_settings_ids": [[0, 0, {"user_id": 2}]]},
    ):
        answer = clerk.call("res.users", "write", [[clerk.uid], values])
        assert error_of(answer), (values, answer.json)
        answer = clerk.call("res.users", "web_save", [[clerk.uid], values, {}])
        assert error_of(answer), (values, answer.json)
    assert system not in admin.call("res.users", "read", [[clerk.uid], ["groups_id"]]).json["result"][0]["groups_id"]
    assert clerk.call("res.users", "write", [[clerk.uid], {"signature": "<p>me</p>"}]).json["result"] is True


def test_preferences_do_not_read_with_higher_rights(clerk):
    spec = {
        "name": {},
        "company_id": {"fields": {"name": {}, "user_ids": {"fields": {"log_ids": {"fields": {}}}}}},
        "groups_id": {"fields": {"rule_groups": {"fields": {"domain_force": {}}}}},
    }
    for values, names in (({"name": "x"}, ["name"]), ({}, [])):
        answer = clerk.call(
            "res.users", "onchange", [[clerk.uid], values, names, spec], context={"user_preference": True}
        )
        assert "[('" not in answer.text
    answer = clerk.call(
        "res.users",
        "onchange",
        [[clerk.uid], {"name": "x"}, ["name"], {"name": {}, "lang": {}}],
        context={"user_preference": True},
    )
    assert not error_of(answer)


def test_onchange_writes_nothing(admin, env):
    partner = env.ref("base.main_partner")
    name = partner.name
    answer = admin.call(
        "res.users",
        "onchange",
        [
            [],
            {"partner_id": partner.id, "name": "Changed", "login": "x"},
            ["partner_id", "name"],
            {"partner_id": {}, "name": {}, "login": {}},
        ],
    )
    assert not error_of(answer), answer.json
    partner.invalidate_recordset()
    assert partner.name == name


def test_onchange_does_not_show_lines_out_of_reach(clerk, admin, database, env):
    with Registry(database).cursor() as cr:
        other = env(cr=cr)
        hidden = other["res.partner"].create({"name": "Hidden Partner", "ref": "hidden ref"}).id
        other["ir.rule"].create(
            {
                "name": "hide",
                "model_id": other["ir.model"]._get_id("res.partner"),
                "domain_force": f"[('id', '!=', {hidden})]",
            }
        )
    for command in ([4, hidden], [6, 0, [hidden]], [1, hidden, {"name": "x"}]):
        answer = clerk.call(
            "res.partner",
            "onchange",
            [
                [1],
                {"child_ids": [command]},
                ["child_ids"],
                {"child_ids": {"fields": {"ref": {}, "name": {}}}, "name": {}},
            ],
        )
        assert "hidden ref" not in answer.text, command
    assert error_of(clerk.call("res.partner", "read", [[hidden], ["ref"]])) == "AccessError"
    assert "hidden ref" not in clerk.call("res.partner", "mapped", [[1], "child_ids.ref"]).text


def test_api_keys_are_never_read(clerk, admin, env):
    for client in (clerk, admin):
        for name in ("key", "index"):
            assert error_of(client.call("res.users.apikeys", "search_read", [[], [name]]))
            assert error_of(client.call("res.users.apikeys", "search", [[[name, "=like", "a%"]]]))
            assert error_of(client.call("res.users.apikeys", "search", [[]], order=name))
    assert error_of(clerk.call("res.users.apikeys", "create", [{"name": "x", "user_id": 2}]))
    assert clerk.password not in clerk.call("res.users", "read", [[clerk.uid]]).text


def test_identity_checks_are_not_forged(clerk):
    answer = clerk.call("res.users.identitycheck", "create", [{"request": "[{}, 'res.users', [2], 'x']"}])
    assert error_of(answer) == "AccessError"
    answer = clerk.call(
        "res.users.identitycheck",
        "create",
        [{}],
        context={"default_request": '[{}, "res.users", [2], "action_revoke_all_devices"]'},
    )
    check = answer.json["result"]
    assert error_of(clerk.call("res.users.identitycheck", "read", [[check], ["request"]])) == "AccessError"
    assert error_of(clerk.call("res.users.identitycheck", "run_check", [[check]], context={"password": clerk.password}))


def test_a1_references_do_not_name_what_is_hidden(admin, clerk):
    server = admin.call("ir.mail_server", "create", [{"name": "s3cret server", "smtp_host": "localhost"}])
    server = server.json["result"]
    file = admin.call(
        "ir.attachment", "create", [{"name": "x.txt", "public": True, "res_model": "ir.mail_server", "res_id": server}]
    ).json["result"]
    try:
        specification = {"res_model": {}, "res_id": {"fields": {"display_name": {}, "smtp_host": {}}}}
        for method, args in (("web_read", [[file]]), ("web_search_read", [[["id", "=", file]]])):
            answer = clerk.call("ir.attachment", method, [*args, specification])
            assert not error_of(answer), method
            assert "s3cret" not in answer.text and "localhost" not in answer.text, method
            assert f'"id":{server}' in answer.text.replace(" ", ""), method
    finally:
        admin.call("ir.attachment", "unlink", [[file]])
        admin.call("ir.mail_server", "unlink", [[server]])
