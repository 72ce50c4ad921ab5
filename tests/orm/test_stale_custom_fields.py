"""Custom fields whose surroundings changed: they alone stop working, and the log says so."""

import logging
import uuid

import pytest

from odoo import SUPERUSER_ID, api
from odoo.addons.base.models.res_partner import Partner
from odoo.exceptions import UserError
from odoo.modules.registry import Registry


class Workshop:
    """A database of its own, and what tests do to its custom fields."""

    def __init__(self, name):
        self.name = name
        self.cr = None

    def open(self):
        """Load the registry anew and return an environment."""
        self.close()
        Registry.delete(self.name)
        self.cr = Registry(self.name).cursor()
        return api.Environment(self.cr, SUPERUSER_ID, {})

    def close(self):
        if self.cr is not None:
            self.cr.close()

    @staticmethod
    def add(env, name, model="res.partner", **values):
        """Add a custom field."""
        return env["ir.model.fields"].create(
            {
                "name": name,
                "field_description": name,
                "ttype": "char",
                "model_id": env["ir.model"]._get_id(model),
                **values,
            }
        )

    def spoil(self, env, **columns):
        """Change columns of ``x_stale`` as the removal of an addon does, and save."""
        env.flush_all()
        for column, value in columns.items():
            env.cr.execute(f'UPDATE ir_model_fields SET "{column}" = %s WHERE name = %s', [value, "x_stale"])
        env.cr.commit()


@pytest.fixture(scope="module")
def workshop(databases):
    name = databases.copy()
    workshop = Workshop(name)
    yield workshop
    workshop.close()
    databases.drop(name)


@pytest.fixture(autouse=True)
def clean(workshop):
    yield
    workshop.close()
    with Registry(workshop.name)._db.cursor() as cr:
        cr.execute("DELETE FROM ir_model_fields WHERE name LIKE 'x\\_%'")
    Registry.delete(workshop.name)


def warnings_about(caplog, name):
    return [record for record in caplog.records if record.levelno >= logging.WARNING and name in record.getMessage()]


def assert_works(env):
    """Check that models are written to, read and set up."""
    partner = env["res.partner"].create({"name": "One"})
    partner.write({"name": "Two"})
    env.flush_all()
    assert partner.read()[0]["name"] == "Two"
    user = env["res.users"].create({"name": "User", "login": uuid.uuid4().hex})
    assert user.read()[0]["name"] == "User"
    env.registry.setup_models(env.cr)
    env["res.partner"].create({"name": "Three"}).unlink()


def test_c9_dependency_that_is_gone(workshop, caplog):
    env = workshop.open()
    workshop.add(env, "x_source", ttype="integer")
    workshop.add(
        env,
        "x_stale",
        ttype="integer",
        depends="x_source",
        store=True,
        readonly=True,
        compute="for record in self: record['x_stale'] = 2",
    )
    workshop.spoil(env, depends="x_gone")
    env = workshop.open()
    assert_works(env)
    assert len(warnings_about(caplog, "res.partner.x_stale")) >= 1
    assert "x_gone" in warnings_about(caplog, "res.partner.x_stale")[0].getMessage()
    workshop.spoil(env, depends="x_source")
    env = workshop.open()
    assert env["res.partner"].create({"name": "One", "x_source": 5}).x_stale == 2, "it is back with its dependency"


@pytest.mark.parametrize("path", ["x_gone.name", "parent_id.x_gone", "parent_id.name.x_gone"])
def test_c9_dependency_on_a_path_that_is_gone(workshop, caplog, path):
    env = workshop.open()
    workshop.add(env, "x_stale", depends="name", compute="for record in self: record['x_stale'] = 'k'", store=False)
    workshop.spoil(env, depends=path)
    env = workshop.open()
    assert_works(env)
    assert warnings_about(caplog, "res.partner.x_stale")
    assert env["res.partner"].create({"name": "One"}).x_stale == "k"


@pytest.mark.parametrize("path", ["create_uid.gone", "gone.name", "name.gone"])
def test_c9_related_path_that_is_gone(workshop, caplog, path):
    env = workshop.open()
    workshop.add(env, "x_stale", related="create_uid.login", readonly=True, store=False)
    assert env["res.partner"].search([], limit=1).x_stale
    workshop.spoil(env, related=path)
    env = workshop.open()
    assert_works(env)
    assert "x_stale" not in env["res.partner"]._fields
    assert "x_stale" not in env["res.users"]._fields, "nor is it inherited"
    assert warnings_about(caplog, "res.partner.x_stale")
    # it is back as soon as its path is
    workshop.spoil(env, related="create_uid.login")
    env = workshop.open()
    assert env["res.partner"].search([], limit=1).x_stale


def test_c9_related_through_a_field_that_is_left_out(workshop, caplog):
    env = workshop.open()
    workshop.add(env, "x_stale", related="create_uid.login", readonly=True, store=False)
    workshop.add(env, "x_further", related="parent_id.x_stale", readonly=True, store=False)
    workshop.add(env, "x_another", related="parent_id.x_further", readonly=True, store=False)
    workshop.spoil(env, related="create_uid.gone")
    env = workshop.open()
    assert_works(env)
    for name in ("x_stale", "x_further", "x_another"):
        assert name not in env["res.partner"]._fields
        assert warnings_about(caplog, f"res.partner.{name}")


def test_c9_inverse_that_is_gone(workshop, caplog):
    env = workshop.open()
    workshop.add(env, "x_stale", ttype="one2many", relation="res.partner", relation_field="parent_id")
    workshop.spoil(env, relation_field="gone_id")
    env = workshop.open()
    assert_works(env)
    assert "x_stale" not in env["res.partner"]._fields
    assert warnings_about(caplog, "res.partner.x_stale")


def test_c9_domain_that_is_no_expression(workshop, caplog):
    env = workshop.open()
    workshop.add(env, "x_stale", ttype="many2one", relation="res.partner")
    workshop.spoil(env, domain="[('name', '=',")
    env = workshop.open()
    assert_works(env)
    assert "x_stale" not in env["res.partner"]._fields
    assert warnings_about(caplog, "res.partner.x_stale")


def test_c9_name_of_a_method(workshop, caplog):
    env = workshop.open()
    workshop.add(env, "x_stale")
    env.cr.execute("ALTER TABLE ir_model_fields DROP CONSTRAINT ir_model_fields_name_manual_field")
    env.cr.execute("UPDATE ir_model_fields SET name = 'write' WHERE name = 'x_stale'")
    env.cr.commit()
    try:
        env = workshop.open()
        assert_works(env)
        assert callable(env.registry["res.partner"].write)
        assert warnings_about(caplog, "res.partner.write")
    finally:
        env.cr.rollback()
        env.cr.execute("UPDATE ir_model_fields SET name = 'x_stale' WHERE name = 'write' AND state = 'manual'")
        env.cr.commit()


@pytest.mark.parametrize("taken", [lambda partners: "called", "text", None], ids=["method", "attribute", "none"])
def test_c9_name_that_an_addon_takes(workshop, caplog, monkeypatch, taken):
    env = workshop.open()
    workshop.add(env, "x_stale")
    env.cr.commit()
    monkeypatch.setattr(Partner, "x_stale", taken, raising=False)
    env = workshop.open()
    assert env.registry["res.partner"].x_stale is taken
    assert "x_stale" not in env["res.partner"]._fields
    [warning] = warnings_about(caplog, "res.partner.x_stale")
    assert "method or an attribute" in warning.getMessage()
    assert_works(env)


def test_c9_who_changes_a_field_is_told(workshop):
    env = workshop.open()
    field = workshop.add(env, "x_stale", related="create_uid.login", readonly=True, store=False)
    env.flush_all()
    with pytest.raises(UserError, match="gone"), env.cr.savepoint():
        field.write({"related": "create_uid.gone"})
    env.registry.reset_changes()
    with pytest.raises(UserError, match="gone"), env.cr.savepoint():
        workshop.add(env, "x_other", ttype="one2many", relation="res.partner", relation_field="gone_id")
    env.cr.rollback()
    env.registry.reset_changes()
