from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .common import RuleCase


@tagged("post_install", "-at_install")
class TestExecution(RuleCase):
    def test_b10_b11_creation(self):
        self.rule("on_create", filter_domain="[('size', '>', 1)]", filter_pre_domain="[('id', '=', 0)]")
        tasks = self.tasks.with_user(self.user_employee).create([{"size": 1}, {"size": 2}, {"size": 20}])
        self.assertEqual(tasks.mapped("note"), [False, "x", "x"])
        self.assertNotIn("__action_done", tasks.env.context)
        tasks[1].size = 3
        self.assertEqual(tasks[1].note, "x")

    def test_b12_changes(self):
        task = self.create(size=1)
        self.rule("on_write", filter_pre_domain="[('size', '=', 1)]", filter_domain="[('size', '=', 2)]")
        task.size = 3
        task.size = 2
        self.assertFalse(task.note)
        task.size = 1
        task.with_user(self.user_employee).size = 2
        self.assertEqual(task.note, "x")

    def test_b14_watched_fields(self):
        self.rule("on_create_or_write", trigger_fields=["state", "size"])
        task = self.create()
        self.assertEqual(task.note, "x")
        task.write({"state": "new", "size": 0, "name": "Other"})
        self.assertEqual(task.note, "x")
        task.write({"state": "open", "size": 1})
        self.assertEqual(task.note, "xx")
        self.assertTrue(task.date_automation_last)

    def test_b14_b15_each_rule_runs_once_in_a_chain(self):
        self.rule("on_write", "record.write({'size': record.size + 1})", trigger_fields=["size"])
        done = "record.write({'state': 'done', 'note': (record.note or '') + 'd'})"
        self.rule("on_write", done, trigger_fields=["state"], filter_domain="[('state', '=', 'open')]")
        again = "record.write({'state': 'open', 'note': (record.note or '') + 'o'})"
        self.rule("on_write", again, trigger_fields=["state"], filter_domain="[('state', '=', 'done')]")
        task = self.create()
        task.size = 5
        self.assertEqual(task.size, 6)
        task.state = "open"
        self.assertEqual((task.state, task.note), ("open", "do"))

    def test_b12_b15_computed_fields(self):
        self.rule("on_write", filter_pre_domain="[('is_big', '=', False)]", filter_domain="[('is_big', '=', True)]")
        task = self.create()
        task.size = 20
        self.env.flush_all()
        self.assertEqual(task.note, "x")
        task.size = 30
        self.env.flush_all()
        self.assertEqual(task.note, "x")
        last = self.env["test_base_automation.stage"].create({"name": "Last"})
        self.rule("on_stage_set", trg_field_ref=last.id)
        done = self.create(state="done")
        self.env.flush_all()
        self.assertEqual((done.stage_id, done.note), (last, "x"))

    def test_b15_again_and_again(self):
        tag, other = self.env["res.partner.category"].create([{"name": "a"}, {"name": "b"}])
        self.rule("on_tag_set", trg_field_ref=tag.id)
        self.rule("on_user_set", "record.write({'name': record.name + 'u'})")
        self.rule("on_archive", "record.write({'name': record.name + 'a'})")
        task = self.create()
        for tags in (other, tag, tag + other, other, tag):
            task.tag_ids = tags
        self.assertEqual(task.note, "xx")
        users = self.user_employee + self.user_admin
        task.user_ids = users
        task.user_ids = users
        task.user_ids = self.user_admin
        task.user_ids = False
        self.assertEqual(task.name, "Taskuu")
        task.active = False
        task.active = False
        self.assertEqual(task.name, "Taskuua")

    def test_b15_postmortem(self):
        rule = self.rule("on_create", "raise UserError('No')")
        with self.assertRaises(UserError) as caught:
            self.create()
        told = caught.exception.context
        self.assertEqual(told["exception_class"], "base_automation")
        self.assertEqual(told["base_automation"], {"id": rule.id, "name": rule.name})
        portal = self._create_portal_user()
        error = UserError("No")
        rule.with_user(portal)._add_postmortem(error)
        self.assertFalse(getattr(error, "context", {}))

    def test_b16_deletion(self):
        self.rule(
            "on_unlink", "record.parent_id.write({'note': record.name})", filter_domain="[('parent_id', '!=', False)]"
        )
        parent = self.create()
        child = self.create(name="Child", parent_id=parent.id)
        (child + self.create()).unlink()
        self.assertEqual(parent.note, "Child")

    def test_b17_forms(self):
        self.rule(
            "on_change",
            "action = {'value': {'note': (record.name or '') + '!', 'id': 5}, 'warning': {'message': 'b'}}",
            on_change_field_ids=[(6, 0, self.fields_of("name").ids)],
        )
        with Form(self.tasks) as form:
            form.name = "Hello"
            self.assertEqual(form.note, "Hello!")
        self.assertTrue(self.tasks._onchange_methods.get("name"))
        self.env["base.automation"].search([("trigger", "=", "on_change")]).active = False
        self.assertFalse([m for m in self.tasks._onchange_methods.get("name", ()) if "run_rule" in repr(m)])

    def test_b18_messages(self):
        self.rule("on_message_sent", "record.write({'note': (record.note or '') + 's'})")
        self.rule(
            "on_message_received",
            "record.write({'note': (record.note or '') + 'r'})",
            filter_pre_domain="[('size', '=', 0)]",
        )
        task, comment = self.create(), {"message_type": "comment", "subtype_xmlid": "mail.mt_comment"}
        task.message_post(body="a")
        task.message_post(body="a", message_type="notification", subtype_xmlid="mail.mt_comment")
        self.assertFalse(task.note)
        task.message_post(body="a", **comment)
        self.assertEqual(task.note, "s")
        customer = self.env["res.partner"].create({"name": "Customer", "email": "c@example.com"})
        task.message_post(body="a", author_id=customer.id, **comment)
        self.assertEqual(task.note, "sr")
        task.size = 1
        task.message_post(body="a", author_id=customer.id, **comment)
        self.assertEqual(task.note, "sr")

    def test_b23_families_and_new_records(self):
        self.rule("on_create")
        parent = self.create(child_ids=[(0, 0, {"name": "Child"})])
        self.assertEqual((parent.note, parent.child_ids.note), ("x", "x"))
        self.env["base.automation"].search([("model_id", "=", self.model.id)]).unlink()
        category = self.env["ir.model"]._get("res.partner.category")
        action = {"state": "object_create", "crud_model_id": category.id, "value": "Made", "model_id": self.model.id}
        self.rule("on_create_or_write", action_server_ids=[(0, 0, action)])
        made = [("name", "=", "Made")]
        task = self.create()
        self.assertEqual(self.env["res.partner.category"].search_count(made), 1)
        task.name = "Changed"
        self.assertEqual(self.env["res.partner.category"].search_count(made), 2)

    def test_b13_b24_domains(self):
        rule = self.rule(
            "on_write", filter_domain="[('create_uid', '=', uid), ('deadline', '<', datetime.date.today())]"
        )
        late, task = self.create(deadline="2020-01-01"), self.create()
        seen, domain = rule._filter_post_export_domain(late + task)
        self.assertEqual((seen, seen.env), (late, late.env))
        self.assertEqual(len(domain), 2)
        self.assertEqual(rule._filter_pre(late + task), late + task)
        rule.filter_pre_domain = "[]"
        self.assertEqual(rule._filter_pre(late + task), late + task)
        rule.filter_domain = False
        self.assertEqual(rule._filter_post_export_domain(task), (task, None))

    def test_b4_rules_that_are_switched_off(self):
        rule = self.rule("on_create")
        self.assertIn("create", vars(type(self.tasks)))
        rule.active = False
        self.assertNotIn("create", vars(type(self.tasks)))
        self.assertFalse(self.create().note)
        rule.active = True
        self.assertEqual(self.create().note, "x")
        rule.unlink()
        self.assertFalse(self.create().note)
