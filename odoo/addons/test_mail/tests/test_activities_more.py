"""Activities in detail (mail_gateway A1 to A53, P1 to P8, X2)."""

from datetime import date, timedelta

import psycopg2

from odoo import fields
from odoo.exceptions import ValidationError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from .common import MailCase


@tagged("mail_activity")
class TestActivitiesMore(MailCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ticket = cls.env["mail.test.ticket"].create({"name": "T"})
        cls.todo = cls.env.ref("mail.mail_activity_data_todo")
        cls.call = cls.env.ref("mail.mail_activity_data_call")

    def plan(self, days=0, ticket=None, **values):
        """Return an activity, on the ticket where no other is named."""
        due = fields.Date.today() + timedelta(days=days)
        return (ticket or self.ticket).activity_schedule("mail.mail_activity_data_todo", due, **values)

    def data(self, **kwargs):
        """Return what the view of activities of tickets is told."""
        return self.env["mail.activity"].get_activity_data("mail.test.ticket", None, **kwargs)

    def test_a2_activities_are_about_something(self):
        model = self.env["ir.model"]._get_id("mail.test.ticket")
        for res_id in (False, 0):
            with self.subTest(res_id), mute_logger("odoo.sql_db"), self.assertRaises(psycopg2.IntegrityError):
                self.env["mail.activity"].create({"res_model_id": model, "res_id": res_id}).flush_recordset()

    def test_a5_kinds_say_what_is_usual(self):
        self.call.write({"summary": "Ring", "default_user_id": self.employee.id, "default_note": "<p>Be kind</p>"})
        context = {"default_res_model": "mail.test.ticket", "default_res_id": self.ticket.id}
        with Form(self.env["mail.activity"].with_context(**context)) as form:
            self.assertEqual(form.activity_type_id, self.todo)
            form.activity_type_id = self.call
            self.assertEqual((form.summary, form.user_id), ("Ring", self.employee))
            self.assertEqual(form.date_deadline, fields.Date.today() + timedelta(days=self.call.delay_count))
            form.activity_type_id = self.todo
            self.assertEqual(form.summary, "Ring")

    def test_a7_a8_who_becomes_responsible_is_told(self):
        activity = self.plan()
        with self.outbox() as sent:
            activity.user_id = self.employee
            activity.user_id = self.employee
        self.assertEqual(len(sent), 1)
        self.assertIn("T", sent[0]["subject"])
        self.assertRegex(sent[0]["body"], r"(?s)>T</a>:.*</b>, until ")
        self.assertIn(self.employee.partner_id, self.ticket.message_partner_ids)
        with self.outbox() as sent:
            activity.with_context(mail_activity_quick_update=True).user_id = self.env.user
            activity.with_context(mail_activity_quick_update=True).user_id = self.employee
        self.assertFalse(sent)

    def test_a11_what_comes_next_is_asked_for(self):
        action = self.plan(2).action_feedback_schedule_next(feedback="x")
        self.assertEqual((action["res_model"], action["target"]), ("mail.activity", "new"))
        self.assertEqual(action["context"]["default_previous_activity_type_id"], self.todo.id)
        self.assertEqual(action["context"]["default_res_id"], self.ticket.id)
        self.todo.triggered_next_type_id = self.call
        self.assertFalse(self.plan().action_done_schedule_next())
        self.assertEqual(self.ticket.activity_ids.activity_type_id, self.call)

    def test_a11_without_document(self):
        activity, other = (self.plan(user_id=self.employee.id) for _number in range(2))
        context = {"active_model": "mail.activity", "active_ids": (activity | other).ids}
        mine = activity.with_user(self.employee).with_context(**context)
        action = mine.action_done_redirect_to_other()
        self.assertFalse(activity.exists())
        self.assertEqual(action["context"]["active_ids"], context["active_ids"])

    def test_a13_putting_off_and_calling_off(self):
        late, later = self.plan(-3), self.plan(4)
        (late | later).action_snooze()
        today = fields.Date.today()
        self.assertEqual(late.date_deadline, today + timedelta(days=7))
        self.assertEqual(later.date_deadline, today + timedelta(days=11))
        late.action_archive()
        (late | later).action_cancel()
        self.assertEqual((late | later).exists(), late)

    def test_a14_what_was_due_years_ago_is_deleted(self):
        old, new = self.plan(-4 * 365), self.plan(-10)
        parameters = self.env["ir.config_parameter"]
        self.assertEqual(parameters.get_param("mail.activity.gc.delete_overdue_years"), "3")
        parameters.set_param("mail.activity.gc.delete_overdue_years", "-1")
        self.env["mail.activity"]._gc_delete_old_overdue_activities()
        self.assertTrue(old.exists())
        parameters.set_param("mail.activity.gc.delete_overdue_years", "3")
        self.env["mail.activity"]._gc_delete_old_overdue_activities()
        self.assertEqual((old | new).exists(), new)

    def test_a20_a21_activities_by_document_and_kind(self):
        second = self.env["mail.test.ticket"].create({"name": "S"})
        self.plan(3, user_id=self.employee.id)
        late = self.plan(-2)
        call = second.activity_schedule("mail.mail_activity_data_call", fields.Date.today())
        data = self.data()
        self.assertEqual(data["activity_res_ids"], [self.ticket.id, second.id])
        group = data["grouped_activities"][self.ticket.id][self.todo.id]
        self.assertEqual(group["count_by_state"], {"overdue": 1, "planned": 1})
        self.assertEqual((group["state"], group["reporting_date"]), ("overdue", late.date_deadline))
        self.assertEqual(group["user_assigned_ids"], [self.env.uid, self.employee.id])
        self.assertEqual(data["grouped_activities"][second.id][self.call.id]["ids"], call.ids)
        self.assertEqual(self.data(limit=1, offset=1)["activity_res_ids"], [second.id])

    def test_a21_a22_what_is_done_stays_for_some_kinds(self):
        self.todo.keep_done = True
        second = self.env["mail.test.ticket"].create({"name": "S"})
        for days, ticket in ((1, self.ticket), (2, second)):
            with freeze_time(date(2030, 1, days)):
                self.plan(ticket=ticket).action_done()
                self.env.flush_all()
        file = self.env["ir.attachment"].create({"name": "f.txt", "raw": b"x"})
        ongoing = self.plan()
        ongoing.action_feedback(attachment_ids=file.ids)
        self.assertFalse(self.data()["activity_res_ids"])
        data = self.data(fetch_done=True)
        self.assertEqual(data["activity_res_ids"], [second.id, self.ticket.id])
        group = data["grouped_activities"][self.ticket.id][self.todo.id]
        self.assertEqual((group["state"], group["user_assigned_ids"]), ("done", []))
        self.assertEqual(group["attachments_info"]["most_recent_name"], "f.txt")
        ongoing.action_unarchive()
        self.assertFalse(ongoing.date_done)
        self.todo.keep_done = False
        self.assertEqual(self.data(fetch_done=True)["activity_res_ids"], [self.ticket.id])

    def test_a30_what_cannot_be_opened_is_a_group_of_its_own(self):
        activity = self.plan(user_id=self.employee.id)
        self.env["ir.model.access"].search([("model_id.model", "=", "mail.test.ticket")]).unlink()
        groups = self.env["res.users"].with_user(self.employee)._get_activity_groups()
        self.assertEqual([group["model"] for group in groups], ["mail.activity"])
        self.assertEqual((groups[0]["activity_ids"], groups[0]["today_count"]), (activity.ids, 1))

    def test_a41_marks(self):
        self.call.decoration_type, self.todo.decoration_type = "warning", False
        self.plan()
        self.assertFalse(self.ticket.activity_exception_decoration)
        self.ticket.activity_schedule("mail.mail_activity_data_call")
        self.assertEqual(self.ticket.activity_exception_decoration, "warning")
        self.todo.decoration_type = "danger"
        self.ticket.invalidate_recordset()
        self.assertEqual(self.ticket.activity_exception_decoration, "danger")

    def test_a42_days_of_activities(self):
        other = self.env["mail.test.ticket"].create({"name": "O"})
        mine, foreign = self.plan(2), self.plan(1, user_id=self.employee.id)
        self.assertEqual(self.ticket.activity_date_deadline, foreign.date_deadline)
        self.assertEqual(self.ticket.my_activity_date_deadline, mine.date_deadline)
        tickets = self.env["mail.test.ticket"]
        place = ("id", "in", (self.ticket | other).ids)
        for domain, wanted in (
            ([("activity_date_deadline", "=", False)], other),
            ([("activity_date_deadline", "=", foreign.date_deadline)], self.ticket),
            ([("my_activity_date_deadline", "=", foreign.date_deadline)], tickets),
            ([("activity_user_id", "=", False)], other),
            ([("activity_user_id", "!=", False)], self.ticket),
            ([("activity_type_id", "=", self.todo.id)], self.ticket),
        ):
            with self.subTest(domain):
                self.assertEqual(tickets.search([*domain, place]), wanted)

    def test_a45_notes_by_views_and_a47_mails(self):
        planned = self.ticket._activity_schedule_with_view(
            "mail.mail_activity_data_todo", views_or_xmlid="mail.mail_notification_light", render_context=self._values()
        )
        self.assertTrue(planned.note)
        template = self.env["mail.template"].create(
            {"name": "N", "model_id": self.env["ir.model"]._get_id("mail.test.ticket"), "body_html": "<p>Hello</p>"}
        )
        self.ticket.activity_send_mail(template.id)
        self.assertIn("Hello", self.ticket.message_ids[0].body)
        template.unlink()
        self.assertFalse(self.ticket.activity_send_mail(template.id))

    def _values(self):
        """Return what the layout needs to know."""
        message = self.env["mail.message"].new({"body": "x", "record_name": "T"})
        return {"message": message, "company": self.env.company, "model_description": "M"}

    def test_a46_changes_of_what_was_automated(self):
        self.plan()
        kinds = ["mail.mail_activity_data_todo"]
        quiet = self.ticket.with_context(mail_activity_automation_skip=True)
        for deed in (quiet.activity_unlink, quiet.activity_feedback, quiet.activity_reschedule):
            self.assertFalse(deed(kinds))
        self.assertTrue(self.ticket.activity_feedback(kinds, feedback="well"))
        self.assertIn("well", self.ticket.message_ids[0].body)
        self.assertFalse(self.ticket.activity_ids)

    def test_a48_bars_have_the_names_of_groups(self):
        self.plan()
        groups = self.env["mail.test.ticket"].read_group([], ["id"], ["create_date:week"])
        bars = self.env["mail.test.ticket"].read_progress_bar(
            [], "create_date:week", {"field": "activity_state", "colors": {"today": "warning"}}
        )
        self.assertEqual(set(bars), {group["create_date:week"] for group in groups})
        self.assertEqual(sum(bar["today"] for bar in bars.values()), 1)

    def test_a51_a_kind_suggests_or_triggers(self):
        self.call.suggested_next_type_ids = self.todo
        self.assertEqual(self.call.chaining_type, "suggest")
        self.assertIn(self.call, self.todo.previous_type_ids)
        self.call.triggered_next_type_id = self.todo
        self.assertEqual((self.call.chaining_type, len(self.call.suggested_next_type_ids)), ("trigger", 0))
        self.call.triggered_next_type_id = False
        self.assertEqual(self.call.chaining_type, "suggest")
        self.assertEqual(self.call.delay_label, f"{self.call.delay_count} days")

    def test_p1_p2_plans(self):
        plan = self.env["mail.activity.plan"].create(
            {
                "name": "P",
                "res_model": "mail.test.ticket",
                "template_ids": [(0, 0, {"activity_type_id": self.call.id, "summary": "Ring"})],
            }
        )
        copy = plan.copy()
        self.assertEqual((copy.name, copy.steps_count), ("P (copy)", 1))
        self.call.default_user_id = self.employee
        step = self.env["mail.activity.plan.template"].create({"plan_id": plan.id, "activity_type_id": self.todo.id})
        step.activity_type_id = self.call
        self.assertEqual((step.responsible_type, step.responsible_id), ("other", self.employee))
        step.responsible_type = "on_demand"
        self.assertFalse(step.responsible_id)
        with self.assertRaises(ValidationError):
            self.call.res_model = "res.partner"

    def test_p4_to_p8_the_dialog_for_several(self):
        tickets = self.ticket | self.env["mail.test.ticket"].create({"name": "S"})
        context = {"active_model": "mail.test.ticket", "active_ids": tickets.ids}
        wizard = self.env["mail.activity.schedule"].with_context(**context).create({"activity_type_id": self.todo.id})
        self.assertTrue(wizard.is_batch_mode)
        action = wizard.action_schedule_activities_done_and_schedule()
        self.assertEqual(action["context"]["default_res_ids"], str(tickets.ids))
        self.assertFalse(tickets.activity_ids)
        self.assertEqual(
            {message.subtype_id for message in (ticket.message_ids[0] for ticket in tickets)},
            {self.env.ref("mail.mt_activities")},
        )
        other = self.env["res.company"].create({"name": "Other"})
        tickets[1].company_id = other
        with self.assertRaises(ValidationError):
            self.env["mail.activity.schedule"].with_context(**context).create({"activity_type_id": self.todo.id})
