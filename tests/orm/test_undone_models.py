"""Models that a transaction changed and changed back, by going back to a savepoint."""

import pytest

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.orm.retrying import retrying

FIELDS = ("x_before", "x_undone", "x_after")


@pytest.fixture
def registry(databases):
    name = databases.copy()
    yield Registry(name)
    databases.drop(name)


def add_field(env, name):
    env["ir.model.fields"].create(
        {"name": name, "model_id": env["ir.model"]._get_id("res.partner"), "ttype": "char", "field_description": name}
    )


def custom_fields(registry):
    return [name for name in FIELDS if name in registry["res.partner"]._fields]


def change(env):
    """Add three custom fields, the second of which is undone; return what the registry knows after each step."""
    steps = []
    add_field(env, "x_before")
    savepoint = env.cr.savepoint()
    add_field(env, "x_undone")
    env["res.partner"].create({"name": "One", "x_undone": "value"})
    steps.append(custom_fields(env.registry))
    savepoint.rollback()
    steps.append(custom_fields(env.registry))
    add_field(env, "x_after")
    savepoint.close(rollback=False)
    steps.append(custom_fields(env.registry))
    env["res.partner"].create({"name": "Two", "x_before": "value", "x_after": "value"})
    return steps


EXPECTED = [["x_before", "x_undone"], ["x_before"], ["x_before", "x_after"]]


def test_a_change_beside_others(registry):
    with registry.cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        assert retrying(lambda: change(env), env) == EXPECTED
        current = Registry(registry.db_name)
        assert custom_fields(current) == ["x_before", "x_after"]
        found = api.Environment(cr, SUPERUSER_ID, {})["res.partner"].search([("x_after", "=", "value")])
        assert found.mapped("name") == ["Two"]


@pytest.mark.parametrize("shared", [True, False])
def test_a_change_that_cannot_begin_again(registry, monkeypatch, shared):
    monkeypatch.setattr(Registry, "shared", shared)
    with registry.cursor() as cr:
        assert change(api.Environment(cr, SUPERUSER_ID, {})) == EXPECTED
    assert custom_fields(Registry(registry.db_name)) == ["x_before", "x_after"]


def test_a_block_that_fails(registry):
    def work():
        with pytest.raises(ValueError, match="no"), env.cr.savepoint():
            with env.cr.savepoint():
                add_field(env, "x_undone")
            raise ValueError("no")
        return custom_fields(env.registry), env["res.partner"].search_count([("name", "=", "One")])

    with registry.cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        assert retrying(work, env) == ([], 0)
    assert custom_fields(Registry(registry.db_name)) == []


def test_models_that_did_not_change_are_not_set_up(registry, monkeypatch):
    def work():
        add_field(env, "x_before")
        monkeypatch.setattr(Registry, "_set_up", lambda *args: pytest.fail("set up for nothing"))
        with pytest.raises(ValueError, match="no"), env.cr.savepoint():
            env["res.partner"].create({"name": "One"})
            raise ValueError("no")
        monkeypatch.undo()

    with registry.cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        retrying(work, env)
    assert custom_fields(Registry(registry.db_name)) == ["x_before"]
