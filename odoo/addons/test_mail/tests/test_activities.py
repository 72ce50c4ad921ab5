"""Activities (mail_gateway A1 to A53, P1 to P3)."""

from datetime import date, timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged

from .common import MailCase


@tagged("mail_activity")
class TestActivities(MailCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ticket = cls.env["mail.test.ticket"].create({"name": "T"})
        cls.todo = cls.env.ref("mail.mail_activity_data_todo")

    def plan(self, days=0, **values):
        """Return an activity on the ticket."""
        return self.ticket.activity_schedule(
            "mail.mail_activity_data_todo", fields.Date.today() + timedelta(days=days), **values
        )

    def test_planning(self):
        with self.outbox() as sent:
            activity = self.ticket.with_user(self.employee).activity_schedule(
                "mail.mail_activity_data_call", summary="Ring", user_id=self.reader.id
            )
        self.assertFalse(sent, "the responsible has an inbox")
        self.assertEqual((activity.display_name, activity.res_name, activity.state), ("Ring", "T", "today"))
        self.assertTrue(activity.automated)
        self.assertIn(self.reader.partner_id, self.ticket.message_partner_ids)
        told = self.env["mail.message"].search(
            [("message_type", "=", "user_notification"), ("res_id", "=", self.ticket.id)]
        )
        self.assertEqual(told.notification_ids.res_partner_id, self.reader.partner_id)
        self.assertFalse(self.ticket.with_context(mail_activity_automation_skip=True).activity_schedule())

    def test_states_of_documents(self):
        tickets = self.env["mail.test.ticket"]
        late = tickets.create({"name": "late"})
        self.plan()
        late.activity_schedule(date_deadline=fields.Date.today() - timedelta(days=1), activity_type_id=self.todo.id)
        later = tickets.create({"name": "later"})
        later.activity_schedule(date_deadline=fields.Date.today() + timedelta(days=1), activity_type_id=self.todo.id)
        none = tickets.create({"name": "none"})
        every = self.ticket | late | later | none
        self.assertEqual(every.mapped("activity_state"), ["today", "overdue", "planned", False])
        for value, wanted in (("overdue", late), ("today", self.ticket), ("planned", later), (False, none)):
            with self.subTest(value):
                found = tickets.search([("activity_state", "=", value), ("id", "in", every.ids)])
                self.assertEqual(found, wanted)
        groups = tickets.read_group([("id", "in", every.ids)], ["__count"], ["activity_state"])
        self.assertEqual(
            {group["activity_state"]: group["activity_state_count"] for group in groups},
            {"overdue": 1, "today": 1, "planned": 1, False: 1},
        )
        self.assertEqual(
            tickets.search([("activity_user_id", "=", self.env.uid), ("id", "in", every.ids)]),
            self.ticket | late | later,
        )

    @freeze_time("2025-01-01 16:00:00")
    def test_time_zones(self):
        state = self.env["mail.activity"]._compute_state_from_date
        self.assertEqual(state(date(2025, 1, 1), "UTC"), "today")
        self.assertEqual(state(date(2025, 1, 1), "Pacific/Noumea"), "overdue")
        self.assertEqual(state(date(2025, 1, 2), "UTC"), "planned")

    def test_doing(self):
        activity = self.plan(user_id=self.employee.id)
        file = self.env["ir.attachment"].create(
            {"name": "f", "res_model": "mail.activity", "res_id": activity.id, "raw": b"x"}
        )
        message = self.env["mail.message"].browse(
            activity.with_user(self.employee).action_feedback(feedback="went well")
        )
        self.assertIn("went well", message.body)
        self.assertEqual(message.subtype_id, self.env.ref("mail.mt_activities"))
        self.assertEqual(message.mail_activity_type_id, self.todo)
        self.assertEqual(message.attachment_ids, file)
        self.assertFalse(activity.exists())
        self.todo.keep_done = True
        activity = self.plan()
        activity.action_done()
        self.assertEqual((activity.active, activity.state, activity.date_done), (False, "done", fields.Date.today()))
        data = self.env["mail.activity"].get_activity_data(
            "mail.test.ticket", [("id", "=", self.ticket.id)], fetch_done=True
        )
        self.assertEqual(data["grouped_activities"][self.ticket.id][self.todo.id]["state"], "done")

    def test_what_follows(self):
        following = self.env["mail.activity.type"].create({"name": "Next", "delay_count": 10})
        first = self.env["mail.activity.type"].create({"name": "First", "triggered_next_type_id": following.id})
        self.assertEqual(first.chaining_type, "trigger")
        for start, days in (("previous_activity", 8), ("current_date", 10)):
            following.delay_from = start
            activity = self.ticket.activity_schedule(
                date_deadline=fields.Date.today() - timedelta(days=2), activity_type_id=first.id
            )
            _messages, planned = activity._action_done()
            self.assertEqual(planned.activity_type_id, following)
            self.assertEqual(planned.date_deadline, fields.Date.today() + timedelta(days=days))

    def test_automation(self):
        activity = self.plan()
        kinds = ["mail.mail_activity_data_todo"]
        self.assertEqual(self.ticket.activity_search(kinds), activity)
        self.ticket.activity_reschedule(kinds, date_deadline="2030-01-01", new_user_id=self.employee.id)
        self.assertEqual((activity.date_deadline, activity.user_id), (date(2030, 1, 1), self.employee))
        self.assertTrue(self.ticket.activity_unlink(kinds))
        self.assertFalse(activity.exists())
        self.assertFalse(self.ticket.activity_feedback(["mail.no_such"]))

    def test_archiving(self):
        activity = self.plan()
        self.ticket.active = False
        self.assertFalse(activity.exists())

    def test_access(self):
        theirs = self.plan(user_id=self.employee.id)
        theirs.with_user(self.reader).summary = "by right on the document"
        self.env["ir.model.access"].search([("model_id.model", "=", "mail.test.ticket")]).perm_write = False
        self.env.registry.clear_cache()
        theirs.with_user(self.employee).summary = "own"
        with self.assertRaises(AccessError):
            theirs.with_user(self.reader).summary = "no"
        self.assertIn(theirs, self.env["mail.activity"].with_user(self.employee).search([]))
        self.assertNotIn(theirs, self.env["mail.activity"].with_user(self.reader).search([]))

    def test_systray(self):
        self.plan(user_id=self.employee.id)
        self.plan(-1, user_id=self.employee.id)
        groups = self.env["res.users"].with_user(self.employee)._get_activity_groups()
        group = next(group for group in groups if group["model"] == "mail.test.ticket")
        self.assertEqual((group["total_count"], group["today_count"], group["overdue_count"]), (2, 1, 1))

    def test_todo_stays(self):
        with self.assertRaises(UserError):
            self.todo.unlink()
        with self.assertRaises(UserError):
            self.todo.action_archive()

    def test_plans(self):
        plan = self.env["mail.activity.plan"].create({"name": "P", "res_model": "mail.test.ticket"})
        step = self.env["mail.activity.plan.template"].create({"plan_id": plan.id, "delay_count": 3})
        self.assertEqual(step._get_date_deadline(date(2025, 1, 10)), date(2025, 1, 7))
        self.assertTrue(plan.has_user_on_demand)
        self.assertTrue(step._determine_responsible(self.env["res.users"], self.ticket)["error"])
        with self.assertRaises(ValidationError):
            step.responsible_type = "other"

    def test_the_dialog(self):
        context = {"active_model": "mail.test.ticket", "active_ids": self.ticket.ids}
        wizards = self.env["mail.activity.schedule"].with_user(self.employee)
        wizard = wizards.with_context(**context).create({"summary": "Do it", "activity_type_id": self.todo.id})
        self.assertEqual(wizard.res_ids, str(self.ticket.ids))
        wizard.action_schedule_activities()
        activity = self.ticket.activity_ids
        self.assertEqual((activity.summary, activity.user_id, activity.automated), ("Do it", self.employee, False))
        plan = self.env["mail.activity.plan"].create({"name": "P", "res_model": "mail.test.ticket"})
        self.env["mail.activity.plan.template"].create([{"plan_id": plan.id, "summary": name} for name in "ab"])
        wizard = wizards.with_context(**context, plan_mode=True).create({})
        self.assertEqual(wizard.plan_id, plan)
        self.assertEqual(wizard.plan_summary, "<ul><li>To-Do: a</li><li>To-Do: b</li></ul>")
        self.assertEqual(wizard.action_schedule_plan()["res_id"], self.ticket.id)
        self.assertEqual(sorted(self.ticket.activity_ids.mapped("summary")), ["Do it", "a", "b"])
        self.assertIn("has been started", self.ticket.message_ids[0].body)
        # addons leave out the steps that they carry out otherwise
        steps = plan.template_ids[:1]
        self.patch(type(wizard), "_plan_filter_activity_templates_to_schedule", lambda wizard: steps)
        wizard.action_schedule_plan()
        self.assertEqual(sorted(self.ticket.activity_ids.mapped("summary")), ["Do it", "a", "a", "b"])
        with self.assertRaises(ValidationError):
            wizards.with_context(**context, plan_mode=True).create({"plan_on_demand_user_id": False})
