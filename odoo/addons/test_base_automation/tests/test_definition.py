from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged

from .common import RuleCase


@tagged("post_install", "-at_install")
class TestDefinition(RuleCase):
    def test_b2_presets(self):
        stage = self.env["test_base_automation.stage"].create({"name": "Doing"})
        tag = self.env["res.partner.category"].create({"name": "Tag"})
        done = self.env["ir.model.fields.selection"].search(
            [("field_id", "=", self.fields_of("state").id), ("value", "=", "done")]
        )
        for trigger, values, field, before, after in (
            ("on_stage_set", {"trg_field_ref": stage.id}, "stage_id", False, [("stage_id", "=", stage.id)]),
            (
                "on_tag_set",
                {"trg_field_ref": tag.id},
                "tag_ids",
                [("tag_ids", "not in", [tag.id])],
                [("tag_ids", "in", [tag.id])],
            ),
            ("on_state_set", {"trg_selection_field_id": done.id}, "state", False, [("state", "=", "done")]),
            ("on_user_set", {}, "user_ids", False, [("user_ids", "!=", False)]),
            ("on_archive", {}, "active", False, [("active", "=", False)]),
            ("on_unarchive", {}, "active", False, [("active", "=", True)]),
            ("on_time_created", {}, "create_date", False, False),
            ("on_create", {}, False, False, False),
        ):
            rule = self.rule(trigger, **values)
            self.assertEqual(rule.trigger_field_ids.name, field, trigger)
            self.assertEqual(rule.filter_pre_domain, repr(before) if before else False, trigger)
            self.assertEqual(rule.filter_domain, repr(after) if after else False, trigger)
        timed = self.rule("on_time_updated")
        self.assertEqual((timed.trg_date_id.name, timed.trg_date_range_type), ("write_date", "hour"))
        timed.trigger = "on_create"
        self.assertEqual((timed.trg_date_id.name, timed.trg_date_range_type), (False, False))

    def test_b2_form(self):
        with Form(self.env["base.automation"]) as form:
            form.name = "Rule"
            form.model_id = self.model
            form.trigger = "on_archive"
            self.assertEqual(form.filter_domain, "[('active', '=', False)]")
            form.trigger = "on_write"
            self.assertFalse(form.filter_domain)
        self.assertFalse(form.record.trigger_field_ids)

    def test_b3_b22_what_does_not_fit(self):
        country = self.env["ir.model"]._get("res.country")
        with self.assertRaises(ValidationError):
            self.rule("on_message_sent", model=country, code="pass")
        with self.assertRaises(ValidationError):
            self.rule("on_create").action_server_ids[0].model_id = country
        update = {"state": "object_write", "update_path": "name", "value": "x", "model_id": self.model.id}
        with self.assertRaises(ValidationError):
            self.rule("on_change", action_server_ids=[(0, 0, update)])
        follow = {
            "state": "followers",
            "model_id": self.model.id,
            "partner_ids": [(6, 0, self.env.user.partner_id.ids)],
        }
        with self.assertRaises(ValidationError):
            self.rule("on_unlink", action_server_ids=[(0, 0, follow)])
        rule = self.rule("on_create")
        rule.write({"model_id": country.id})
        self.assertFalse(rule.action_server_ids)
        self.assertTrue(
            rule.new({"trigger": "on_unlink", "action_server_ids": [(0, 0, follow)]})._onchange_trigger_or_actions()
        )

    def test_b5_copies(self):
        rule = self.rule("on_create")
        copied = rule.copy()
        self.assertEqual(len(copied.action_server_ids), 1)
        self.assertNotEqual(copied.action_server_ids, rule.action_server_ids)
        self.assertNotEqual(copied.webhook_uuid, rule.webhook_uuid)
        actions = copied.action_server_ids
        copied.unlink()
        self.assertFalse(actions.exists())

    def test_b6_how_often_times_are_looked_at(self):
        cron = self.env.ref("base_automation.ir_cron_data_base_automation_check")
        self.env["base.automation"].search([]).unlink()
        self.assertFalse(cron.active)
        first = self.rule("on_time_created", trg_date_range=-60, trg_date_range_type="minutes")
        second = self.rule("on_time_created", trg_date_range=60, trg_date_range_type="minutes")
        self.assertEqual((cron.active, cron.interval_number, cron.interval_type), (True, 6, "minutes"))
        self.assertIn("6", first.least_delay_msg)
        second.trg_date_range_type = "hour"
        first.trg_date_range = 5
        self.assertEqual(cron.interval_number, 1)
        first.active = False
        self.assertEqual(cron.interval_number, 240)
        second.trg_date_range = 0
        self.assertEqual(cron.interval_number, 240)
        second.unlink()
        self.assertFalse(cron.active)

    def test_b21_b22_names(self):
        create = {"state": "object_create", "value": "Hi", "crud_model_id": self.model.id, "model_id": self.model.id}
        update = {"state": "object_write", "update_path": "name", "value": "x", "model_id": self.model.id}
        webhook = {"state": "webhook", "webhook_url": "http://127.0.0.1:1", "model_id": self.model.id}
        rule = self.rule("on_create", action_server_ids=[(0, 0, one) for one in (create, update, webhook)])
        names = rule.action_server_ids.mapped("name")
        self.assertEqual(
            names, ["Create Task of automation tests with name Hi", "Update Name", "Send Webhook Notification"]
        )
        rule.action_server_ids[1].evaluation_type = "equation"
        self.assertEqual(rule.action_server_ids[1].name, "Compute Name")
        own = self.env["ir.actions.server"].create({"name": "Mine", **update})
        own.value = "y"
        self.assertEqual(own.name, "Mine")

    def test_rights(self):
        with self.assertRaises(AccessError):
            self.rule("on_create").with_user(self.user_employee).read(["name"])
