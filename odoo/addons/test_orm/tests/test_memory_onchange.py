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
