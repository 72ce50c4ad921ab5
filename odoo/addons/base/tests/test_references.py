"""Statements of the action and ORM references that older editions made and that still hold."""

from pathlib import Path

from lxml import etree

from odoo.exceptions import UserError, ValidationError
from odoo.tests.common import TransactionCase, new_test_user
from odoo.tools import convert_file, file_open_temporary_directory


class TestReferences(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Partner = cls.env["res.partner"]
        cls.Property = cls.env["ir.property"]
        cls.partner_model = cls.env["ir.model"]._get("res.partner")
        cls.one, cls.other = cls.Partner.create([{"name": "One"}, {"name": "Other"}])
        cls.barcode = cls.env["ir.model.fields"]._get("res.partner", "barcode")
        cls.company = cls.env.company

    def action(self, code="action = {}", **values):
        """Return a server action on contacts."""
        return self.env["ir.actions.server"].create(
            {"name": "Test", "model_id": self.partner_model.id, "state": "code", "code": code, **values}
        )

    def run_on(self, action, records):
        """Run an action on contacts and return its result."""
        context = {"active_model": "res.partner", "active_id": records[:1].id, "active_ids": records.ids}
        return action.with_context(**context).run()

    # names in server actions

    def test_names_of_the_record(self):
        code = 'action = {"names": [object.name, obj.name, record.name]}'
        self.assertEqual(self.run_on(self.action(code), self.one)["names"], ["One"] * 3)
        without = self.action('action = {"nothing": [object, obj]}')
        self.assertEqual(without.run()["nothing"], [None, None])

    def test_names_of_the_environment(self):
        code = (
            'cr.execute("SELECT 1")\n'
            'action = {"one": cr.fetchone()[0], "model": pool["res.partner"]._name, "flag": context.get("flag")}'
        )
        result = self.run_on(self.action(code).with_context(flag="up"), self.one)
        self.assertEqual(result, {"one": 1, "model": "res.partner", "flag": "up"})

    def test_warning(self):
        with self.assertRaisesRegex(UserError, "One"):
            self.run_on(self.action("raise Warning(object.name)"), self.one)

    def test_next_action(self):
        code = (
            "if object.exists():\n"
            '    action = {"type": "ir.actions.act_window", "view_mode": "form",\n'
            '              "res_model": object._name, "res_id": object.id}'
        )
        self.assertEqual(self.run_on(self.action(code), self.one)["res_id"], self.one.id)

    # condition

    def test_condition(self):
        action = self.action('record.write({"ref": "done"})')
        self.assertEqual(action.condition, "True")
        action.condition = 'object.name == "Other"'
        self.run_on(action, self.one)
        self.assertFalse(self.one.ref)
        self.run_on(action, self.other)
        self.assertEqual(self.other.ref, "done")
        action.condition = "False"
        self.assertFalse(action.run())

    def test_condition_for_each_record(self):
        action = self.action(
            state="object_write", update_path="ref", value="W", condition='context["active_id"] and obj.name == "Other"'
        )
        self.run_on(action, self.one | self.other)
        self.assertEqual([self.one.ref, self.other.ref], [False, "W"])

    def test_wrong_condition(self):
        for condition in ("name ==", "import os", "record.__class__"):
            with self.assertRaises(ValidationError):
                self.action(condition=condition)

    # former names

    def test_former_view_methods(self):
        with self.assertWarns(DeprecationWarning):
            view = self.Partner.fields_view_get(view_type="tree", toolbar=True)
        self.assertEqual((view["type"], view["model"]), ("tree", "res.partner"))
        shown = {node.get("name") for node in etree.fromstring(view["arch"]).iter("field")}
        self.assertEqual(set(view["fields"]), shown)
        self.assertTrue(shown)
        self.assertIn("toolbar", view)
        with self.assertWarns(DeprecationWarning):
            form = self.Partner.fields_view_get()
        expected = self.Partner.get_view(view_type="form")
        self.assertEqual((form["arch"], form["view_id"]), (expected["arch"], expected["id"]))
        self.assertEqual(form["fields"]["name"]["type"], "char")
        with self.assertWarns(DeprecationWarning):
            loaded = self.Partner.load_views([[False, "list"], [False, "search"]], {"load_filters": True})
        self.assertEqual(set(loaded["fields_views"]), {"list", "search"})
        self.assertEqual(loaded["filters"], [])
        self.assertIn("name", loaded["fields"])

    def load(self, text):
        """Load a data file of the module base with some records."""
        with file_open_temporary_directory(self.env) as directory:
            path = Path(directory, "records.xml")
            path.write_text(f"<odoo>{text}</odoo>")
            convert_file(self.env, "base", str(path), {}, mode="init", noupdate=False)

    def test_report_under_its_former_name(self):
        self.load(
            '<record id="test_former_report" model="ir.actions.report.xml"><field name="name">Former</field>'
            '<field name="model">res.partner</field><field name="report_type">qweb-html</field>'
            '<field name="report_name">base.test_former</field></record>'
        )
        self.assertEqual(self.env.ref("base.test_former_report")._name, "ir.actions.report")

    # properties

    def test_properties_are_the_values_of_companies(self):
        other_company = self.env["res.company"].create({"name": "Other Company"})
        self.one.barcode = "here"
        self.one.with_company(other_company).barcode = "there"
        own = [("fields_id", "=", self.barcode.id), ("res_id", "=", f"res.partner,{self.one.id}")]
        found = self.Property.search(own)
        self.assertEqual(
            [(row.company_id, row.name, row.type, row.value) for row in found.sorted("company_id")],
            [(self.company, "barcode", "char", "here"), (other_company, "barcode", "char", "there")],
        )
        there = found.filtered(lambda row: row.company_id == other_company)
        there.write({"value_text": "changed"})
        self.assertEqual(self.one.with_company(other_company).barcode, "changed")
        there.write({"name": "barcode"})
        self.assertEqual(self.one.with_company(other_company).barcode, "changed", "no value was given")
        there.write({"value_float": 0.0, "value_reference": "res.partner,1"})
        self.assertEqual(self.one.with_company(other_company).barcode, "changed", "the value of another type")
        there.write({"res_id": f"res.partner,{self.other.id}", "value_float": 0.0})
        moved = self.Property.search([("res_id", "=", f"res.partner,{self.other.id}")])
        self.assertEqual((moved.value, moved.company_id), ("changed", other_company))
        moved.write({"res_id": f"res.partner,{self.one.id}", "value_text": "back"})
        self.assertEqual(self.one.with_company(other_company).barcode, "back")
        self.assertFalse(self.other.with_company(other_company).barcode)
        found.unlink()
        self.assertEqual([self.one.barcode, self.one.with_company(other_company).barcode], [False, False])

    def test_default_property(self):
        default = self.Property.create({"fields_id": self.barcode.id, "value": "all"})
        self.assertEqual((default.value, default.res_id), ("all", False))
        self.assertEqual(self.one.barcode, "all")
        mine = self.Property.create(
            {"fields_id": self.barcode.id, "value_text": "mine", "res_id": f"res.partner,{self.one.id}"}
        )
        self.assertEqual((self.one.barcode, self.other.barcode, mine.company_id), ("mine", "all", self.company))
        self.assertEqual(self.Property._get("barcode", "res.partner"), "all")
        self.assertEqual(self.Property._get("barcode", "res.partner", f"res.partner,{self.one.id}"), "mine")
        self.Property._set_default("barcode", "res.partner", "other")
        self.Property._set_multi("barcode", "res.partner", {self.one.id: "again"})
        self.assertEqual(
            self.Property._get_multi("barcode", "res.partner", [self.one.id, self.other.id]),
            {self.one.id: "again", self.other.id: "other"},
        )
        default.unlink()
        self.assertFalse(self.other.barcode)
        with self.assertRaisesRegex(UserError, "name"):
            name = self.env["ir.model.fields"]._get("res.partner", "name")
            self.Property.create({"fields_id": name.id, "value": "x"})

    def test_properties_in_data_files(self):
        self.load(
            '<record id="test_property" model="ir.property"><field name="name">barcode</field>'
            "<field name=\"fields_id\" search=\"[('model', '=', 'res.partner'), ('name', '=', 'barcode')]\"/>"
            '<field name="value">file</field></record>'
        )
        self.assertEqual(self.one.barcode, "file")
        self.assertEqual(self.env.ref("base.test_property")._name, "ir.default")

    def test_properties_of_large_ids_are_refused(self):
        for res_id, company_id in ((f"res.partner,{2**26}", False), (f"res.partner,{self.one.id}", 2**10)):
            with self.assertRaisesRegex(UserError, "too large"):
                self.Property.create(
                    {"fields_id": self.barcode.id, "value": "x", "res_id": res_id, "company_id": company_id}
                )

    def test_properties_are_for_administrators(self):
        user = new_test_user(self.env, "properties", "base.group_user")
        with self.assertRaises(UserError):
            self.Property.with_user(user).search([])
        with self.assertRaises(UserError):
            self.Property.with_user(user).create({"fields_id": self.barcode.id, "value": "x"})
