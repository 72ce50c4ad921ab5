"""What the database is told of the fields that modules bring, and what is left of them when modules go."""

import pytest

from odoo.modules.registry import Registry

MIXIN = """
    from odoo import fields, models

    class Mixin(models.AbstractModel):
        _name = "alpha.mixin"
        _description = "Mixin"

        mixed = fields.Char()
        mixed_ids = fields.Many2many("res.country")

    class Thing(models.Model):
        _name = "alpha.thing"
        _description = "Thing"

        country_ids = fields.Many2many("res.country")
        shown_ids = fields.Many2many(related="country_ids", string="Shown")
        named_ids = fields.Many2many("res.country", "alpha_named")
"""
EXTENSION = """
    from odoo import fields, models

    class Bank(models.Model):
        _name = "res.bank"
        _inherit = ["res.bank", "alpha.mixin"]

        thing_ids = fields.Many2many("alpha.thing", "beta_bank_thing")

    class Thing(models.Model):
        _inherit = "alpha.thing"

        named_ids = fields.Many2many(string="Other Label")
        bank_ids = fields.Many2many("res.bank", "beta_bank_thing")

    class Item(models.Model):
        _name = "beta.item"
        _inherit = "alpha.mixin"
        _description = "Item"
"""
ACCESS = "id,name,model_id/id,group_id/id,perm_read,perm_write,perm_create,perm_unlink\n{0},{0},model_{0},,1,1,1,1\n"


@pytest.fixture
def modules(server, addons):
    """The server with module alpha, and beta that extends models of it and of base."""
    for name, source, model, depends in (
        ("alpha", MIXIN, "alpha_thing", ["base"]),
        ("beta", EXTENSION, "beta_item", ["alpha"]),
    ):
        files = {
            "__init__.py": "from . import model\n",
            "model.py": source,
            "ir.model.access.csv": ACCESS.format(model),
        }
        addons.write(name, files, depends=depends, data=["ir.model.access.csv"])
    server.load(init=["beta"])
    return server


def relations(server, *modules):
    """Return what is known of the relation tables of modules: {(module, model, table)}."""
    return set(
        server.query(
            "SELECT mod.name, m.model, r.name FROM ir_model_relation r JOIN ir_model m ON m.id = r.model "
            "JOIN ir_module_module mod ON mod.id = r.module WHERE mod.name = ANY(%s)",
            [list(modules)],
        )
    )


def tables(server):
    """Return the names of the relation tables of the test."""
    names = ["alpha_named", "alpha_thing_res_country_rel", "beta_bank_thing"]
    names += ["res_bank_res_country_rel", "beta_item_res_country_rel"]
    rows = server.query("SELECT relname FROM pg_class WHERE relkind = 'r' AND relname = ANY(%s)", [names])
    return {name for [name] in rows}


def uninstall(server, name):
    """Remove a module and what depends on it."""
    with server.env() as env:
        env["ir.module.module"]._get(name).button_uninstall()
    Registry.new(server.database, update_module=True)


OF_ALPHA = {
    ("alpha", "alpha.thing", "alpha_thing_res_country_rel"),
    ("alpha", "alpha.thing", "alpha_named"),
    ("alpha", "res.bank", "res_bank_res_country_rel"),
    ("alpha", "beta.item", "beta_item_res_country_rel"),
}


def test_c21_tables_of_relations(modules):
    assert ("base", "ir.actions.report", "res_groups_report_rel") in relations(modules, "base")
    assert relations(modules, "alpha") == OF_ALPHA
    [(module, _model, table)] = relations(modules, "beta")
    assert (module, table) == ("beta", "beta_bank_thing")
    with modules.env() as env:
        env["ir.model.fields"].create(
            {
                "name": "x_country_ids",
                "model_id": env["ir.model"]._get_id("res.bank"),
                "ttype": "many2many",
                "relation": "res.country",
                "field_description": "Countries",
            }
        )
    modules.load(update=["alpha"])
    assert relations(modules, "alpha") == OF_ALPHA
    assert modules.query("SELECT name FROM ir_model_relation WHERE name LIKE 'x_%%'") == []


def test_c21_uninstall_drops_the_tables(modules):
    assert len(tables(modules)) == 5
    uninstall(modules, "beta")
    assert tables(modules) == {"alpha_thing_res_country_rel", "alpha_named"}
    assert relations(modules, "alpha", "beta") == {row for row in OF_ALPHA if row[1] == "alpha.thing"}
    uninstall(modules, "alpha")
    assert tables(modules) == set()
    assert relations(modules, "alpha", "beta") == set()
    assert ("base", "ir.actions.report", "res_groups_report_rel") in relations(modules, "base")


def test_c21_external_ids_of_inherited_fields(modules):
    def named(model):
        return set(
            modules.query(
                "SELECT d.module || '.' || d.name FROM ir_model_data d JOIN ir_model_fields f ON f.id = d.res_id "
                "WHERE d.model = 'ir.model.fields' AND f.model = %s AND f.name IN ('mixed', 'create_uid', 'name')",
                [model],
            )
        )

    bank = {("beta.field_res_bank__mixed",), ("base.field_res_bank__create_uid",), ("base.field_res_bank__name",)}
    item = {("beta.field_beta_item__mixed",), ("beta.field_beta_item__create_uid",)}
    assert {name for name in named("res.bank") if not name[0].startswith("alpha.")} == bank
    assert item <= named("beta.item")
    with modules.env() as env:
        env["ir.model.fields"].create(
            {
                "name": "x_own",
                "model_id": env["ir.model"]._get_id("res.bank"),
                "ttype": "char",
                "field_description": "Own",
            }
        )
    modules.load(update=["base"])
    assert modules.query("SELECT name FROM ir_model_data WHERE name = 'field_res_bank__x_own'") == []
    assert bank <= named("res.bank")
    uninstall(modules, "beta")
    assert modules.query(
        "SELECT attname FROM pg_attribute WHERE attrelid = 'res_bank'::regclass AND attname IN ('mixed', 'x_own')"
    ) == [("x_own",)]
