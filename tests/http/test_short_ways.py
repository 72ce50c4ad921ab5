"""What a process remembers of earlier requests is what holds now."""

import contextlib
import json
import re
import threading
import time
from unittest.mock import patch

import pytest
from web_client import error_of

from odoo import api
from odoo.db.cursor import Cursor
from odoo.modules.registry import Registry

CALL_KW = "/web/dataset/call_kw"


@pytest.fixture
def partner_class(database):
    return Registry(database)["res.partner"]


def called(client, method="get_base_url"):
    return client.rpc(CALL_KW, model="res.partner", method=method, args=[[1]], kwargs={})


def test_a_method_that_is_replaced_is_called(admin, partner_class):
    first = called(admin).json["result"]
    with patch.object(partner_class, "get_base_url", lambda self: "replaced", create=True):
        assert called(admin).json["result"] == "replaced"
    assert called(admin).json["result"] == first != "replaced"


def test_a_method_that_becomes_private_is_refused(admin, partner_class):
    assert "result" in called(admin).json
    with patch.object(partner_class, "get_base_url", api.private(lambda self: "secret"), create=True):
        assert error_of(called(admin)) == "AccessError"
    assert "result" in called(admin).json


def test_a_mark_of_a_method_that_is_replaced_counts(admin, partner_class):
    assert "result" in called(admin).json
    with patch.object(partner_class, "get_base_url", api.model(lambda self, ids: ids), create=True):
        assert called(admin).json["result"] == [1]
    with patch.object(partner_class, "get_base_url", api.readonly(lambda self: "read"), create=True):
        assert called(admin).json["result"] == "read"
        assert api.is_readonly(partner_class, "get_base_url")
    assert not api.is_readonly(partner_class, "get_base_url")


@pytest.mark.parametrize("name", ["no_such_method", "_write", "", None, ["read"], {}])
def test_only_methods_read(partner_class, name):
    assert not api.is_readonly(partner_class, name)


def test_a_path_is_another_one_by_another_method(admin):
    for _ in range(2):
        assert admin.get("/web/webclient/load_menus/x").status_code == 200
        assert admin.post("/web/webclient/load_menus/x").status_code == 405
        assert admin.get("/web/webclient/load_menus").status_code == 404


def test_arguments_of_a_path_belong_to_one_request(admin, database):
    admin.get("/web/webclient/load_menus/x")
    with Registry(database).cursor() as cr:
        met = api.Environment(cr, 1, {})["ir.http"].routing_map().met
    rule, arguments = met["GET", "/web/webclient/load_menus/x"]
    assert arguments == {"unique": "x"}
    # what a controller does with its arguments is not remembered
    with patch.object(Registry(database)["ir.http"], "_pre_dispatch", lambda rule, args: args.clear()):
        admin.get("/web/webclient/load_menus/x")
    assert met["GET", "/web/webclient/load_menus/x"] == (rule, {"unique": "x"})


def test_routes_are_found_anew_when_they_change(admin, database):
    registry = Registry(database)
    assert admin.get("/web/webclient/load_menus/x").status_code == 200
    with patch.object(registry["ir.http"], "_generate_routing_rules", lambda self, *args: iter(())):
        registry.clear_cache("routing")
        try:
            assert admin.get("/web/webclient/load_menus/x").status_code == 404
        finally:
            registry.clear_cache("routing")
    assert admin.get("/web/webclient/load_menus/x").status_code == 200


@contextlib.contextmanager
def another_process(database):
    """Give an environment whose changes are committed as by another process: this one is told by the database only."""
    registry = Registry(database)
    known = dict(registry.cache_sequences)
    with patch.object(registry, "_clear_locally"), registry.manage_changes(), registry.cursor() as cr:
        yield api.Environment(cr, api.SUPERUSER_ID, {})
    registry.cache_sequences = known


def session_info(client):
    page = client.get("/odoo").text
    return json.loads(re.search(r"__session_info__ = (.*);", page)[1])


@pytest.fixture
def company(database):
    """The administrator's company, as it was again afterwards; and a second one."""
    with another_process(database) as env:
        main = env.ref("base.main_company")
        kept = main.name, env.ref("base.USD").symbol, env.ref("base.user_admin").name
        other = env["res.company"].create({"name": f"Branch {time.time_ns()}", "parent_id": main.id})
    yield main.id, other.id
    with another_process(database) as env:
        env.ref("base.main_company").name, env.ref("base.USD").symbol, env.ref("base.user_admin").name = kept
        env.ref("base.user_admin").company_ids = [(3, other.id)]
        other.with_env(env).active = False


def test_the_page_shows_what_another_process_changed(admin, database, company):
    main, other = company
    before = session_info(admin)
    assert list(before["user_companies"]["allowed_companies"]) == [str(main)]
    with another_process(database) as env:
        env["res.company"].browse(main).name = "Renamed"
        env.ref("base.user_admin").write({"company_ids": [(4, other)], "name": "Somebody Else"})
        env.ref("base.USD").write({"symbol": "US$", "active": True})
    after = session_info(admin)
    allowed = after["user_companies"]["allowed_companies"]
    assert (allowed[str(main)]["name"], allowed[str(main)]["child_ids"]) == ("Renamed", [other])
    assert allowed[str(other)]["parent_id"] == main
    assert (after["name"], after["partner_display_name"]) == ("Somebody Else", "Somebody Else")
    assert after["currencies"][str(usd_of(database))]["symbol"] == "US$"
    with another_process(database) as env:
        env["res.company"].browse(other).user_ids = [(5, 0, 0)]
    assert list(session_info(admin)["user_companies"]["allowed_companies"]) == [str(main)]


def usd_of(database):
    with Registry(database).cursor() as cr:
        return api.Environment(cr, api.SUPERUSER_ID, {}).ref("base.USD").id


def test_the_menus_lead_where_another_process_says(admin, database):
    def paths():
        menus = admin.get("/web/webclient/load_menus/x").json
        return {menu["actionPath"] for menu in menus.values()}

    info = session_info(admin)
    assert "short-way" not in paths()
    with another_process(database) as env:
        action = env["ir.actions.actions"].browse(env.ref("base.action_res_users").id)
        kept = action.path
        action.path = "short-way"
    try:
        assert "short-way" in paths()
        assert session_info(admin)["cache_hashes"]["load_menus"] != info["cache_hashes"]["load_menus"]
    finally:
        with another_process(database) as env:
            env["ir.actions.actions"].browse(action.id).path = kept
    assert "short-way" not in paths()


@pytest.fixture
def clerk(visitor, database):
    """A client logged in as a user with few rights, whose id it has as `uid`."""
    with another_process(database) as env:
        groups = [(6, 0, [env.ref("base.group_user").id])]
        password, login = "short way of a clerk", f"short{time.time_ns()}"
        user = env["res.users"].create({"login": login, "password": password, "name": "Clerk", "groups_id": groups})
    client = visitor.fresh()
    assert "error" not in client.authenticate(database, login, password).json
    client.uid = user.id
    yield client
    with another_process(database) as env:
        env["res.users"].browse(user.id).active = False


def test_the_page_of_another_user_is_another_one(admin, clerk):
    own = session_info(admin)
    info = session_info(clerk)
    assert (info["name"], info["is_system"], info["uid"]) == ("Clerk", False, clerk.uid)
    assert session_info(admin) == own


def test_the_page_tells_of_the_companies_above(company, clerk, database):
    main, branch = company
    with another_process(database) as env:
        env["res.users"].browse(clerk.uid).write({"company_ids": [(6, 0, [branch])], "company_id": branch})
    info = session_info(clerk)["user_companies"]
    assert list(info["allowed_companies"]) == [str(branch)]
    assert info["disallowed_ancestor_companies"].keys() == {str(main)}
    assert info["disallowed_ancestor_companies"][str(main)]["child_ids"] == [branch]
    with another_process(database) as env:
        env["res.users"].browse(clerk.uid).company_ids = [(4, main)]
    info = session_info(clerk)["user_companies"]
    assert info["allowed_companies"].keys() == {str(main), str(branch)}
    assert not info["disallowed_ancestor_companies"]


def form(client):
    views = client.call("res.partner.category", "get_views", [[[False, "form"]]], context={"lang": "en_US"}).json[
        "result"
    ]
    return views["views"]["form"]["arch"], views["models"]["res.partner.category"]["fields"]


@pytest.fixture
def category_view(database):
    """A form of partner categories with a part for those who manage partners, and its id."""
    arch = (
        """<form string="First"><field name="name"/><field name="color" groups="base.group_partner_manager"/></form>"""
    )
    values = {"name": "short way", "type": "form", "model": "res.partner.category", "priority": 0, "arch_db": arch}
    with another_process(database) as env:
        view = env["ir.ui.view"].create(values)
    yield view.id
    with another_process(database) as env:
        env["ir.ui.view"].browse(view.id).unlink()


def test_views_are_what_another_process_made_of_them(clerk, admin, database, category_view):
    arch, fields = form(clerk)
    assert 'string="First"' in arch and "color" not in arch and 'edit="False"' in arch
    assert "color" in form(admin)[0] and 'edit="False"' not in form(admin)[0]
    # the view
    with another_process(database) as env:
        view = env["ir.ui.view"].browse(category_view)
        view.arch_db = view.arch_db.replace("First", "Second")
    assert 'string="Second"' in form(clerk)[0]
    # access rights
    with another_process(database) as env:
        rights = env["ir.model.access"].create(
            {
                "name": "short way",
                "model_id": env["ir.model"]._get_id("res.partner.category"),
                "group_id": env.ref("base.group_user").id,
                **dict.fromkeys(("perm_read", "perm_write", "perm_create", "perm_unlink"), True),
            }
        )
    assert 'edit="False"' not in form(clerk)[0]
    with another_process(database) as env:
        env["ir.model.access"].browse(rights.id).unlink()
    assert 'edit="False"' in form(clerk)[0]
    # the user's groups
    manager = "base.group_partner_manager"
    with another_process(database) as env:
        env["res.users"].browse(clerk.uid).groups_id = [(4, env.ref(manager).id)]
    assert "color" in form(clerk)[0] and 'edit="False"' not in form(clerk)[0]
    with another_process(database) as env:
        env["res.users"].browse(clerk.uid).groups_id = [(3, env.ref(manager).id)]
    assert "color" not in form(clerk)[0]
    assert "color" in form(admin)[0]
    # labels
    with another_process(database) as env:
        field = env["ir.model.fields"]._get("res.partner.category", "name")
        kept, field.field_description = field.field_description, "What it is called"
    assert form(clerk)[1]["name"]["string"] == "What it is called" != fields["name"]["string"]
    with another_process(database) as env:
        env["ir.model.fields"]._get("res.partner.category", "name").field_description = kept


def test_developers_see_what_is_for_them(admin, database, category_view):
    with another_process(database) as env:
        view = env["ir.ui.view"].browse(category_view)
        view.arch_db = view.arch_db.replace("base.group_partner_manager", "base.group_no_one")
    assert "color" not in form(admin)[0]
    admin.get("/odoo?debug=1")
    assert "color" in form(admin)[0]
    admin.get("/odoo?debug=0")
    assert "color" not in form(admin)[0]


def test_a_check_of_its_own_is_asked_each_time(clerk, database, category_view):
    assert 'edit="False"' in form(clerk)[0]

    def free(self, operation):
        return None

    with patch.object(Registry(database)["res.partner.category"], "_check_access", free, create=True):
        assert 'edit="False"' not in form(clerk)[0]
    assert 'edit="False"' in form(clerk)[0]


def test_files_of_a_bundle_are_looked_at_again(admin, database, monkeypatch):
    page_assets = "odoo.addons.web.models.page_assets"
    states = []
    monkeypatch.setattr(f"{page_assets}._state", lambda bundle: states.append(bundle.name) or (len(states),))
    monkeypatch.setattr(f"{page_assets}.LOOK_INTERVAL", 1000)
    admin.get("/odoo")
    seen = len(states)
    admin.get("/odoo")
    assert len(states) == seen
    with another_process(database) as env:
        env["ir.asset"].create({"name": "x", "bundle": "web.assets_web", "path": "web/static/src/none*.js"}).unlink()
    admin.get("/odoo")
    assert len(states) > seen
    seen = len(states)
    monkeypatch.setattr(f"{page_assets}.LOOK_INTERVAL", 0)
    admin.get("/odoo")
    assert len(states) > seen


def test_defaults_of_another_process_hold(admin, database):
    def created():
        return admin.call("res.partner.category", "create", [{"name": "x"}]).json["result"]

    def color(category):
        return admin.call("res.partner.category", "read", [[category], ["color"]]).json["result"][0]["color"]

    assert color(created()) != 99
    with another_process(database) as env:
        env["ir.default"].set("res.partner.category", "color", 99)
    assert color(created()) == 99
    with another_process(database) as env:
        env["ir.default"].search([("field_id.model", "=", "res.partner.category")]).unlink()
    assert color(created()) != 99


def test_what_a_request_asks_of_the_database(admin, monkeypatch):
    statements = []
    execute = Cursor.execute

    def counted(self, query, *args, **kwargs):
        statements.append(query)
        return execute(self, query, *args, **kwargs)

    def asked(model, method, *args):
        for _ in range(2):
            statements.clear()
            answer = admin.call(model, method, list(args)).json
        return answer["result"], len(statements)

    monkeypatch.setattr(Cursor, "execute", counted)
    # each begins with the question what other processes changed, which tells the time as well
    [category], count = asked("res.partner.title", "create", [{"name": "x"}])
    assert count == 2
    assert asked("res.partner.title", "write", [category], {"shortcut": "y"})[1] <= 3
    assert asked("res.partner.title", "web_read", [category], {"name": {}})[1] == 2
    assert asked("res.partner.title", "get_views", [[False, "list"]])[1] == 1


def test_each_request_has_a_time_of_its_own(admin):
    def written(category):
        admin.call("res.partner.category", "write", [[category], {"name": f"{time.time_ns()}"}])
        return admin.call("res.partner.category", "read", [[category], ["write_date"]]).json["result"][0]["write_date"]

    [category] = admin.call("res.partner.category", "create", [[{"name": "x"}]]).json["result"]
    first = written(category)
    deadline = time.monotonic() + 5
    while (latest := written(category)) == first and time.monotonic() < deadline:
        pass
    assert latest > first


def test_whoever_answers_is_told_for_whom(admin, clerk, partner_class, monkeypatch):
    told = []

    def tell(self):
        thread = threading.current_thread()
        told.append((thread.uid, self.env.uid, self.env.lang))

    with patch.object(partner_class, "get_base_url", api.model(tell), create=True):
        for client in (admin, clerk, admin):
            client.rpc(
                CALL_KW, model="res.partner", method="get_base_url", args=[], kwargs={"context": {"lang": "en_US"}}
            )
    assert [uid for uid, __, __ in told] == [uid for __, uid, __ in told] == [2, clerk.uid, 2]
