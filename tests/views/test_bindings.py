"""Actions that are bound to models: what clients get of them, in which order, in which views."""

import pytest


@pytest.fixture
def bind(env):
    """A function that binds a window action to countries, where nothing is bound yet."""
    model = env["ir.model"]._get("res.country")
    assert not env["ir.actions.actions"].get_bindings("res.country")

    def bind(name, kind="ir.actions.act_window", **values):
        if kind == "ir.actions.act_window":
            values.setdefault("res_model", "res.country")
        return env[kind].create({"name": name, "binding_model_id": model.id, **values})

    return bind


def bindings(env):
    """Return what is bound to countries."""
    return env["ir.actions.actions"].get_bindings("res.country")


def test_b1_keys_of_bindings(env, bind):
    plain = bind("Plain")
    bounded = bind("Bounded", domain="[('code', '=', 'BE')]", binding_view_types="form")
    reserved = bind("Reserved", groups_id=[(4, env.ref("base.group_user").id)])
    user = env["res.users"].create({"name": "x", "login": "x", "groups_id": [(4, env.ref("base.group_user").id)]})
    assert bindings(env(user=user.id)) == {
        "action": [
            {"id": plain.id, "name": "Plain", "binding_view_types": "list,form"},
            {
                "id": bounded.id,
                "name": "Bounded",
                "binding_view_types": "form",
                "domain": "[('code', '=', 'BE')]",
            },
            {"id": reserved.id, "name": "Reserved", "binding_view_types": "list,form"},
        ]
    }


def test_b1_order_is_by_sequence_then_by_id(env, bind):
    model = env["ir.model"]._get("res.country").id
    server = {"kind": "ir.actions.server", "model_id": model, "state": "code"}
    bind("E", sequence=7, **server)
    bind("C", sequence=2, **server)
    bind("A", domain="[('code', '!=', False)]")
    bind("D", sequence=2, **server)
    bind("B")
    assert [action["name"] for action in bindings(env)["action"]] == ["A", "B", "C", "D", "E"]
    reports = [
        bind(name, "ir.actions.report", report_name="x", model="res.country", binding_type="report", domain=domain)
        for name, domain in (("Z", "[(1, '=', 1)]"), ("Y", False))
    ]
    assert [action["id"] for action in bindings(env)["report"]] == [report.id for report in reports]
    assert [sorted(action) for action in bindings(env)["report"]] == [
        ["binding_view_types", "domain", "id", "name"],
        ["binding_view_types", "id", "name"],
    ]


def test_b1_actions_without_view_types_are_in_all_views(env, bind):
    everywhere, listed = bind("Everywhere", binding_view_types=False), bind("Listed", binding_view_types="kanban,list")
    views = env["res.country"].get_views(
        [(False, kind) for kind in ("list", "form", "kanban", "search")], {"toolbar": True}
    )["views"]
    shown = {kind: [action["id"] for action in view["toolbar"].get("action", ())] for kind, view in views.items()}
    both = [everywhere.id, listed.id]
    assert shown == {"list": both, "form": [everywhere.id], "kanban": both, "search": []}
