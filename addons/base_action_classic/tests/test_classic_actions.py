"""Actions as the reference of older editions describes them."""

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests.common import Form, TransactionCase, new_test_user


class TestClassicActions(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Partner = cls.env["res.partner"]
        cls.partner_model = cls.env["ir.model"]._get("res.partner")
        cls.title_model = cls.env["ir.model"]._get("res.partner.title")
        cls.one, cls.other = cls.Partner.create([{"name": "One", "ref": "1"}, {"name": "Other", "ref": "2"}])

    def field(self, name, model="res.partner"):
        """Return the description of a field."""
        return self.env["ir.model.fields"]._get(model, name)

    def lines(self, *lines, model="res.partner"):
        """Return the commands for lines of ``(field, value, type)``."""
        names = ("col1", "value", "type")
        return [(0, 0, dict(zip(names, (self.field(name, model).id, *rest), strict=False))) for name, *rest in lines]

    def action(self, **values):
        """Return a server action on contacts."""
        return self.env["ir.actions.server"].create({"name": "Test", "model_id": self.partner_model.id, **values})

    def run_on(self, action, records):
        """Run an action on contacts and return its result."""
        context = {"active_model": records._name, "active_id": records[:1].id, "active_ids": records.ids}
        return action.with_context(**context).run()

    def newest(self, model="res.partner"):
        """Return the last record that was created."""
        return self.env[model].search([], order="id desc", limit=1)

    def test_forms_without_lines(self):
        for state in ("code", "object_create", "object_write", False):
            values = {"state": state} if state else {}
            action = self.action(fields_lines=[], **values)
            self.assertFalse(action.use_create or action.use_write)
        with Form(self.env["ir.actions.server"]) as form:
            form.name = "By form"
            form.model_id = self.partner_model
        self.assertEqual(form.record.name, "By form")

    def test_code_by_default(self):
        action = self.action(code="raise Warning(object.name)")
        self.assertEqual(action.state, "code")
        with self.assertRaisesRegex(UserError, "One"):
            self.run_on(action, self.one)

    def test_former_example_in_todays_language(self):
        action = self.action(code="print(self, object)")
        with self.assertLogs("odoo.addons.base.models.ir_actions_server", "INFO") as logged:
            self.run_on(action, self.one)
        self.assertIn(f"{action!r} {self.one!r}", logged.output[0])

    def test_auto_search(self):
        action = self.env["ir.actions.act_window"].create({"name": "x", "res_model": "res.partner"})
        self.assertIs(action._get_action_dict()["auto_search"], True)
        action.auto_search = False
        self.assertIs(action._get_action_dict()["auto_search"], False)

    # object_create

    def test_create_new(self):
        lines = self.lines(("name", "object.name + '!'", "equation"), ("ref", "made", "value"), ("color", "7"))
        action = self.action(state="object_create", use_create="new", fields_lines=lines)
        self.run_on(action, self.one)
        created = self.newest()
        self.assertEqual((created.name, created.ref, created.color), ("One!", "made", 7))

    def test_create_new_by_lines_alone(self):
        action = self.action(state="object_create", fields_lines=self.lines(("name", "Lines")))
        self.assertEqual(action.use_create, "new")
        self.run_on(action, self.one)
        self.assertEqual(self.newest().name, "Lines")

    def test_create_new_other_and_link(self):
        values = {
            "state": "object_create",
            "use_create": "new_other",
            "crud_model_id": self.title_model.id,
            "fields_lines": self.lines(("name", "Captain"), model="res.partner.title"),
            "link_field_id": self.field("title").id,
        }
        self.run_on(self.action(**values), self.one)
        title = self.newest("res.partner.title")
        self.assertEqual((title.name, self.one.title.id), ("Captain", False), "linked only when asked to")
        action = self.action(link_new_record=True, **values)
        self.assertFalse(self.action().link_new_record)
        self.run_on(action, self.one)
        self.assertEqual(self.one.title, self.newest("res.partner.title"))
        self.assertNotEqual(self.one.title, title)

    def test_copy_current(self):
        action = self.action(
            state="object_create", use_create="copy_current", fields_lines=self.lines(("ref", "copied"))
        )
        self.run_on(action, self.one)
        self.assertIn("One", self.newest().name)
        self.assertEqual(self.newest().ref, "copied")
        self.assertEqual(self.one.ref, "1")

    def test_copy_other(self):
        action = self.action(
            state="object_create",
            use_create="copy_other",
            ref_object=f"res.partner,{self.other.id}",
            fields_lines=self.lines(("name", "Copy of another")),
        )
        self.run_on(action, self.one)
        self.assertEqual(self.newest().name, "Copy of another")
        action.ref_object = False
        with self.assertRaises(UserError):
            self.run_on(action, self.one)

    def test_todays_way_of_creating(self):
        action = self.action(
            state="object_create",
            crud_model_id=self.title_model.id,
            value="Doctor Test",
            link_field_id=self.field("title").id,
        )
        self.run_on(action, self.one)
        self.assertEqual(self.one.title.name, "Doctor Test")

    # object_write

    def test_write_current(self):
        action = self.action(state="object_write", use_write="current", fields_lines=self.lines(("ref", "written")))
        self.run_on(action, self.one | self.other)
        self.assertEqual([self.one.ref, self.other.ref], ["written", "written"])

    def test_write_other(self):
        action = self.action(
            state="object_write",
            use_write="other",
            crud_model_id=self.partner_model.id,
            ref_object=f"res.partner,{self.other.id}",
            fields_lines=self.lines(("ref", "object.ref + '+'", "equation")),
        )
        self.assertEqual(action.crud_model_id, self.partner_model)
        self.run_on(action, self.one)
        self.assertEqual([self.one.ref, self.other.ref], ["1", "1+"])

    def test_write_expression(self):
        action = self.action(
            state="object_write",
            use_write="expression",
            crud_model_id=self.partner_model.id,
            write_expression="object.parent_id",
            fields_lines=self.lines(("ref", "of a child"), ("active", "false"), ("category_id", "[]")),
        )
        self.one.parent_id = self.other
        self.run_on(action, self.one)
        self.assertEqual((self.other.ref, self.other.active), ("of a child", False))
        action.write_expression = "object.id"
        self.run_on(action, self.one)
        self.assertEqual(self.one.ref, "of a child")
        action.write_expression = "'nothing'"
        with self.assertRaisesRegex(UserError, "'nothing'"):
            self.run_on(action, self.one)

    def test_todays_way_of_writing(self):
        action = self.action(state="object_write", update_path="ref", value="today")
        self.run_on(action, self.one)
        self.assertEqual((self.one.ref, action.update_field_id), ("today", self.field("ref")))

    def test_wrong_lines(self):
        with self.assertRaisesRegex(ValidationError, "res.partner.title.name"):
            lines = self.lines(("name", "x"), model="res.partner.title")
            self.action(state="object_create", use_create="new", fields_lines=lines)
        with self.assertRaises(ValidationError):
            self.action(state="object_create", fields_lines=self.lines(("name", "x.", "equation")))
        with self.assertRaises(ValidationError):
            self.action(state="object_write", use_write="expression", write_expression="import os")
        action = self.action(state="object_create", fields_lines=self.lines(("name", "x"), ("color", "seven")))
        with self.assertRaisesRegex(UserError, "color"):
            self.run_on(action, self.one)

    def test_records_are_written_with_the_rights_of_the_caller(self):
        user = new_test_user(self.env, "classic", "base.group_user,base.group_partner_manager")
        action = self.action(
            state="object_create",
            use_create="new_other",
            crud_model_id=self.env["ir.model"]._get("res.groups").id,
            fields_lines=self.lines(("name", "Mine"), model="res.groups"),
        )
        with self.assertRaises(AccessError):
            self.run_on(action.with_user(user), self.one)

    # others

    def test_client_action(self):
        window = self.env["ir.actions.act_window"].create({"name": "Opened", "res_model": "res.partner"})
        action = self.action(state="client_action", action_id=window.id)
        result = self.run_on(action, self.one)
        self.assertEqual((result["type"], result["id"], result["name"]), (window.type, window.id, "Opened"))

    def test_default_properties_are_not_deleted(self):
        field = self.env["ir.model.fields"].create(
            {
                "name": "x_default_title",
                "field_description": "Title by Default",
                "model_id": self.partner_model.id,
                "ttype": "many2one",
                "relation": "res.partner.title",
                "company_dependent": True,
            }
        )
        used, free = self.env["res.partner.title"].create([{"name": "Used"}, {"name": "Free"}])
        self.env["ir.default"].set("res.partner", field.name, used.id)
        free.unlink()
        with self.assertRaisesRegex(UserError, f"{used.id}.*x_default_title|{used.id}.*Title by Default"):
            used.unlink()
        self.assertTrue(used.exists())
        self.env["ir.default"].search([("field_id", "=", field.id)]).unlink()
        used.unlink()
