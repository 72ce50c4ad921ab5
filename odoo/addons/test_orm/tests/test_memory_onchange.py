"""What ``onchange`` answers about defaults that depend on a value, and about records without a database id."""

from odoo import Command
from odoo.tests import TransactionCase


class TestMemoryOnchange(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Sheet = cls.env["test_orm.sheet"]

    def test_c11_default_that_depends_on_another_value(self):
        defaults = self.env["ir.default"]
        defaults.set("test_orm.sheet", "label", "for k", condition="kind=k")
        defaults.set("test_orm.sheet", "label", "for all")
        spec = {"kind": {}, "label": {}}
        result = self.Sheet.onchange({"kind": "k", "label": False}, ["kind"], spec)
        self.assertEqual(result["value"], {"label": "for k"})
        result = self.Sheet.onchange({"kind": "other", "label": False}, ["kind"], spec)
        self.assertEqual(result["value"], {}, "a default without condition is for new records")

    def test_c11_fields_that_change_defaults_trigger_onchanges(self):
        self.assertIn("kind", self.Sheet._onchange_methods)
        self.assertNotIn("name", self.Sheet._onchange_methods)
        arch = "<form><field name='kind'/><field name='factor'/></form>"
        view = self.env["ir.ui.view"].create({"name": "sheet", "model": "test_orm.sheet", "arch": arch})
        tree = self.Sheet.get_view(view.id, "form")["arch"]
        self.assertRegex(tree, '<field name="kind" on_change="1"')
        self.assertNotRegex(tree, '<field name="factor"[^>]*on_change="1"')

    def test_c12_record_that_is_computed_as_itself(self):
        for fields_spec in ({}, {"display_name": {}}, {"name": {}}):
            spec = {"name": {}, "self_id": {"fields": fields_spec}}
            value = self.Sheet.onchange({}, [], spec)["value"]
            self.assertIs(value["self_id"], False)
        self.assertIs(self.Sheet.onchange({}, [], {"name": {}, "self_id": {}})["value"]["self_id"], False)

    def test_c12_row_without_a_database_id(self):
        spec = {
            "label": {},
            "first_row_id": {"fields": {"display_name": {}}},
            "row_ids": {"fields": {"name": {}, "self_id": {"fields": {"display_name": {}}}}},
        }
        value = self.Sheet.onchange({"label": "replace"}, ["label"], spec)["value"]
        self.assertIs(value["first_row_id"], False)
        self.assertIs(value["row_ids"][0][2]["self_id"], False)

    def test_c12_record_that_mirrors_a_stored_one(self):
        sheet = self.Sheet.create({"name": "s", "row_ids": [Command.create({"name": "r"})]})
        spec = {"name": {}, "self_id": {"fields": {"display_name": {}}}, "row_ids": {"fields": {"name": {}}}}
        value = sheet.onchange({"name": "t", "self_id": False}, ["name"], spec)["value"]
        self.assertEqual(value["self_id"], {"id": sheet.id, "display_name": "t"})
