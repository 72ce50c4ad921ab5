"""Actions, menus, filters and reports."""

import io

import pytest
from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import mute_logger


@pytest.fixture
def partner_model(env):
    """Id of the model record of res.partner."""
    return env["ir.model"]._get_id("res.partner")


@pytest.fixture
def partner(env):
    """A partner."""
    return env["res.partner"].create({"name": "Ada"})


def on(action, record):
    """Return the action with the record as active one."""
    return action.with_context(active_model=record._name, active_id=record.id, active_ids=record.ids)


def test_window_action_views(env):
    action = env["ir.actions.act_window"].create(
        {"name": "A", "res_model": "ir.ui.view", "view_mode": "list,form", "view_id": env.ref("base.view_view_form").id}
    )
    assert action.views == [(env.ref("base.view_view_form").id, "form"), (False, "list")]
    values = action._get_action_dict()
    assert values["type"] == "ir.actions.act_window"
    assert "create_uid" not in values


def test_views_chosen_one_by_one_come_first(env):
    form, tree = env.ref("base.view_view_form"), env.ref("base.view_view_tree")
    action = env["ir.actions.act_window"].create(
        {
            "res_model": "ir.ui.view",
            "view_mode": "kanban,form,list",
            "view_id": form.id,
            "view_ids": [(0, 0, {"view_mode": "list", "view_id": tree.id}), (0, 0, {"view_mode": "graph"})],
        }
    )
    assert action.views == [(tree.id, "list"), (False, "graph"), (form.id, "form"), (False, "kanban")]
    assert action.name == env["ir.ui.view"]._description


def test_a_window_has_one_view_of_each_type(env):
    lines = [(0, 0, {"view_mode": "list"})] * 2
    with mute_logger("odoo.sql_db"), pytest.raises(IntegrityError):
        env["ir.actions.act_window"].create({"name": "A", "res_model": "res.partner", "view_ids": lines})


def test_help_is_completed_by_the_model(env, monkeypatch):
    monkeypatch.setattr(
        env.registry["res.partner"], "get_empty_list_help", lambda self, text: f"{text}{self.env.context.get('extra')}"
    )
    values = {"name": "A", "res_model": "res.partner", "help": "<p>Add one</p>", "context": "{'extra': 1, 'no': uid}"}
    action = env["ir.actions.act_window"].create(values)
    assert action.read(["help", "res_model"])[0]["help"] == "<p>Add one</p>None"
    action.context = "{'extra': 1}"
    assert action._get_action_dict()["help"] == "<p>Add one</p>1"
    assert action.read(["help"])[0]["help"] == "<p>Add one</p>"


def test_embedded_actions_are_part_of_the_window(env):
    target = env.ref("base.action_ui_view")
    parent = env["ir.actions.act_window"].create({"name": "A", "res_model": "res.partner"})
    values = {"parent_action_id": parent.id, "parent_res_model": "res.partner", "action_id": target.id}
    seen, _hidden = env["ir.embedded.actions"].create([values, {**values, "user_id": env.ref("base.public_user").id}])
    [embedded] = parent._get_action_dict()["embedded_action_ids"]
    assert (embedded["id"], embedded["name"], embedded["action_id"][0]) == (seen.id, target.name, target.id)
    assert "create_uid" not in embedded


def test_embedded_actions_of_modules_stay(env):
    parent = env["ir.actions.act_window"].create({"name": "A", "res_model": "res.partner"})
    values = {"parent_action_id": parent.id, "parent_res_model": "res.partner", "python_method": "read", "name": "E"}
    own, exported, defined = env["ir.embedded.actions"].create([values] * 3)
    env["ir.model.data"]._update_xmlids(
        [{"xml_id": "__export__.embedded", "record": exported}, {"xml_id": "base.embedded", "record": defined}]
    )
    assert [record.is_deletable for record in (own, exported, defined)] == [True, True, False]
    (own + exported).unlink()
    with pytest.raises(UserError):
        defined.unlink()


def test_deleted_action_is_nobodys_home(env, employee):
    action = env["ir.actions.act_window"].create({"name": "A", "res_model": "res.partner"})
    employee.write({"action_id": action.id, "active": False})
    action.unlink()
    assert not employee.action_id


def test_one_step_is_open(env):
    env["ir.actions.todo"].search([]).write({"state": "done"})
    action = env.ref("base.action_ui_view")
    values = [{"action_id": action.id, "sequence": number} for number in (5, 1, 1)]
    last, first, newest = env["ir.actions.todo"].create(values)
    assert [todo.state for todo in (last, first, newest)] == ["done", "done", "open"]
    newest.action_launch()
    last.action_open()
    assert [todo.state for todo in (last, first, newest)] == ["open", "done", "done"]


def test_arguments_of_client_actions(env):
    action = env["ir.actions.client"].create({"name": "A", "tag": "x", "params": "{'a': uid}"})
    action.invalidate_recordset()
    assert action.params == {"a": env.uid}
    action.params = False
    action.invalidate_recordset()
    assert not action.params


@pytest.mark.parametrize(
    "values",
    [
        {"view_mode": "list,list"},
        {"view_mode": "list, form"},
        {"path": "New"},
        {"path": "m-a"},
        {"res_model": "no.model"},
    ],
)
def test_refused_window_actions(env, values):
    with pytest.raises(ValidationError):
        env["ir.actions.act_window"].create({"name": "A", "res_model": "res.partner", **values})


def test_path_is_unique_over_all_kinds(env):
    env["ir.actions.act_window"].create({"name": "A", "res_model": "res.partner", "path": "some-path"})
    with pytest.raises(ValidationError, match="some-path"):
        env["ir.actions.client"].create({"name": "A", "tag": "x", "path": "some-path"})


def test_ids_are_unique_over_all_kinds(env):
    window = env["ir.actions.act_window"].create({"name": "A", "res_model": "res.partner"})
    client = env["ir.actions.client"].create({"name": "A", "tag": "x", "params": {"a": 1}})
    assert client.id > window.id
    assert client.params == {"a": 1}
    assert env["ir.actions.actions"].browse(client.id).type == "ir.actions.client"
    assert env["ir.actions.actions"]._for_xml_id("base.action_ui_view")["res_model"] == "ir.ui.view"


def test_server_action_code(env, partner, partner_model):
    action = env["ir.actions.server"].create(
        {
            "name": "S",
            "model_id": partner_model,
            "state": "code",
            "code": "records.write({'ref': 'R'})\naction = {'type': 'x'}",
        }
    )
    assert on(action, partner).run() == {"type": "x"}
    assert partner.ref == "R"
    with pytest.raises(ValidationError, match="import"):
        action.code = "import os"


def test_server_action_write_and_create(env, partner, partner_model):
    partner.parent_id = env["res.partner"].create({"name": "Parent"})
    write = env["ir.actions.server"].create(
        {
            "name": "W",
            "model_id": partner_model,
            "state": "object_write",
            "update_path": "parent_id.name",
            "value": "Renamed",
        }
    )
    assert write.update_field_id.name == "name"
    on(write, partner).run()
    assert partner.parent_id.name == "Renamed"
    create = env["ir.actions.server"].create(
        {
            "name": "C",
            "model_id": partner_model,
            "state": "object_create",
            "value": "Fresh",
            "link_field_id": env["ir.model.fields"]._get("res.partner", "child_ids").id,
        }
    )
    on(create, partner).run()
    assert partner.child_ids.name == "Fresh"
    both = env["ir.actions.server"].create(
        {"name": "B", "model_id": partner_model, "state": "multi", "child_ids": [(6, 0, (write | create).ids)]}
    )
    on(both, partner).run()
    assert len(partner.child_ids) == 2


def test_several_server_actions_give_the_last_result(env, partner, partner_model):
    values = {"model_id": partner_model, "state": "code"}
    codes = ["action = {'type': 'first'}", "action = {'type': 'second'}", "record.write({'ref': 'R'})"]
    children = env["ir.actions.server"].create(
        [{**values, "name": f"C{number}", "code": code, "sequence": number} for number, code in enumerate(codes)]
    )
    both = env["ir.actions.server"].create({**values, "name": "B", "state": "multi", "child_ids": children.ids})
    assert on(both, partner).run() == {"type": "second"}
    assert partner.ref == "R"
    both.child_ids = children[2]
    assert on(both, partner).run() is False


def test_server_action_links_what_it_creates(env, partner, partner_model):
    values = {"name": "C", "model_id": partner_model, "state": "object_create", "value": "Above"}
    action = env["ir.actions.server"].create(
        {**values, "link_field_id": env["ir.model.fields"]._get("res.partner", "parent_id").id}
    )
    assert (action.crud_model_id.id, action.update_path, bool(action.update_field_id)) == (partner_model, False, False)
    on(action, partner).run()
    assert partner.parent_id.name == "Above"


def test_chosen_values(env, partner, partner_model):
    values = {"name": "W", "model_id": partner_model, "state": "object_write", "update_path": "parent_id"}
    action = env["ir.actions.server"].create(values)
    assert action.update_related_model_id.model == "res.partner"
    action.resource_ref = partner
    assert action.value == str(partner.id)
    action.update_path = "type"
    assert not action.update_related_model_id
    action.selection_value = action.update_field_id.selection_ids.filtered(lambda option: option.value == "other")
    assert action.value == "other"


def test_server_action_rights(env, partner, partner_model, employee):
    action = env["ir.actions.server"].create(
        {
            "name": "S",
            "model_id": partner_model,
            "state": "code",
            "code": "pass",
            "groups_id": [(6, 0, [env.ref("base.group_system").id])],
        }
    )
    with pytest.raises(AccessError):
        on(action.with_user(employee), partner).run()


def test_bindings(env, partner_model, employee):
    action = env["ir.actions.server"].create({"name": "S", "model_id": partner_model, "state": "code", "code": "pass"})
    action.create_action()
    assert action.id in [values["id"] for values in env["ir.actions.actions"].get_bindings("res.partner")["action"]]
    toolbar = env["res.partner"].get_views([(False, "list")], {"toolbar": True})["views"]["list"]["toolbar"]
    assert "S" in [values["name"] for values in toolbar["action"]]
    action.groups_id = env.ref("base.group_system")
    found = env(user=employee.id)["ir.actions.actions"].get_bindings("res.partner").get("action", ())
    assert action.id not in [values["id"] for values in found]
    action.unlink_action()
    found = env["ir.actions.actions"].get_bindings("res.partner").get("action", ())
    assert action.id not in [values["id"] for values in found]


def test_domain_of_a_filter(env):
    domain = "[('create_uid', '=', uid), ('date', '<', context_today().strftime('%Y')), ('ref', '=', datetime.MAXYEAR)]"
    saved = env["ir.filters"].create({"name": "F", "model_id": "res.partner", "domain": domain})
    year = str(fields.Date.today().year)
    assert saved._get_eval_domain() == [("create_uid", "=", env.uid), ("date", "<", year), ("ref", "=", 9999)]


def test_filters(env, employee):
    filters = env["ir.filters"]
    first = filters.create_or_replace(
        {"name": "Mine", "model_id": "res.partner", "user_id": env.uid, "is_default": True}
    )
    again = filters.create_or_replace(
        {"name": "mine", "model_id": "res.partner", "user_id": env.uid, "domain": "[(1, '=', 1)]"}
    )
    assert again == first
    assert [values["id"] for values in filters.get_filters("res.partner")] == first.ids
    assert filters.with_user(employee).get_filters("res.partner") == []
    filters.create_or_replace({"name": "All", "model_id": "res.partner", "user_id": False, "is_default": True})
    with pytest.raises(UserError, match="All"):
        filters.create_or_replace({"name": "Other", "model_id": "res.partner", "user_id": False, "is_default": True})


def test_menus(env, employee):
    menus = env["ir.ui.menu"]
    folder = menus.create({"name": "Folder"})
    system_action = env.ref("base.action_ui_view")
    menus.create({"name": "Views", "parent_id": folder.id, "action": f"ir.actions.act_window,{system_action.id}"})
    leaf = menus.create(
        {
            "name": "Leaf",
            "parent_id": menus.create({"name": "Other"}).id,
            "action": f"ir.actions.act_window,{env.ref('base.actions_ir_filters_view').id}",
        }
    )
    assert leaf.complete_name == "Other/Leaf"
    admin = env(user=env.ref("base.user_admin").id)["ir.ui.menu"].load_menus(False)
    assert folder.id in admin
    entry = admin[leaf.id]
    assert (entry["name"], entry["app_id"]) == ("Leaf", leaf.parent_id.id)
    seen = env(user=employee.id)["ir.ui.menu"].load_menus(False)
    assert leaf.id in seen
    assert folder.id not in seen
    web = env(user=employee.id)["ir.ui.menu"].load_web_menus(False)
    assert web[leaf.id]["actionModel"] == "ir.actions.act_window"
    assert web[leaf.parent_id.id]["actionID"] == web[leaf.id]["actionID"]
    assert web["root"]["appID"] is False
    with pytest.raises(UserError):
        leaf.parent_id.parent_id = leaf


def test_report_html(env, partner):
    env["ir.ui.view"].create(
        {
            "type": "qweb",
            "key": "base.t_report",
            "name": "r",
            "arch": '<t><html><body><div t-foreach="docs" t-as="o"><h1 t-field="o.name"/></div></body></html></t>',
        }
    )
    report = env["ir.actions.report"].create(
        {"name": "R", "model": "res.partner", "report_name": "base.t_report", "report_type": "qweb-html"}
    )
    content, kind = env["ir.actions.report"]._render("base.t_report", partner.ids)
    assert kind == "html"
    assert b"<h1>Ada</h1>" in content
    action = report.report_action(partner, config=False)
    assert action["type"] == "ir.actions.report"
    assert action["context"]["active_ids"] == partner.ids


@pytest.fixture
def kept_report(env):
    """A report on partners that is kept as an attachment of those with a reference."""
    values = {"name": "R", "model": "res.partner", "report_name": "base.t_kept", "attachment": "object.ref"}
    return env["ir.actions.report"].create(values)


def test_references_to_reports(env, kept_report, partner):
    env["ir.model.data"]._update_xmlids([{"xml_id": "base.kept_report", "record": kept_report}])
    for reference in (kept_report, kept_report.id, "base.t_kept", "base.kept_report"):
        assert env["ir.actions.report"]._get_report(reference) == kept_report
    for reference in (partner, "base.nothing", "base.user_root"):
        with pytest.raises(ValueError, match="not a report"):
            env["ir.actions.report"]._get_report(reference)


def test_kept_reports(env, kept_report, partner):
    partner.ref = "kept.pdf"
    other = env["res.partner"].create({"name": "Without a reference"})
    streams = {
        False: {"stream": io.BytesIO(b"all"), "attachment": None},
        partner.id: {"stream": io.BytesIO(b"one"), "attachment": None},
        other.id: {"stream": io.BytesIO(b"other"), "attachment": None},
    }
    [values] = kept_report._prepare_pdf_report_attachment_vals_list(streams)
    assert not kept_report.retrieve_attachment(partner)
    attachment = env["ir.attachment"].create(values)
    assert (attachment.name, attachment.raw) == ("kept.pdf", b"one")
    assert kept_report.retrieve_attachment(partner) == attachment
    assert not kept_report.retrieve_attachment(other)
    streams[partner.id]["attachment"] = attachment
    assert not kept_report._prepare_pdf_report_attachment_vals_list(streams)


def test_report_action_of_any_records(kept_report, partner):
    for docids in (partner, partner.id, partner.ids, tuple(partner.ids)):
        action = kept_report.report_action(docids, data={"a": 1}, config=False)
        assert action["context"]["active_ids"] == partner.ids
        assert (action["report_name"], action["data"]) == ("base.t_kept", {"a": 1})
    assert "active_ids" not in kept_report.report_action(None)["context"]


def test_reports_are_offered_in_their_models(env, kept_report, partner_model):
    other = kept_report.copy({"model": "res.users"})
    (kept_report + other).create_action()
    assert kept_report.binding_model_id.id == partner_model
    assert other.binding_model_id.model == "res.users"
    assert kept_report.id in [
        values["id"] for values in env["ir.actions.actions"].get_bindings("res.partner")["report"]
    ]
