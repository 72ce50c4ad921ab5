"""Views of activities (client_views V65; mail_gateway A11, A30)."""

from odoo.tests import Form, tagged

from .common import MailCase


@tagged("mail_activity")
class TestActivityViews(MailCase):
    def test_the_type_of_view_is_known(self):
        self.assertEqual(
            self.env["ir.ui.view"].get_view_info()["activity"],
            {"display_name": "Activity", "icon": "fa fa-clock-o", "multi_record": True},
        )

    def test_models_without_view_show_the_name(self):
        found = self.env["mail.test.ticket"].get_views([(False, "activity"), (False, "search")])
        arch = found["views"]["activity"]["arch"]
        self.assertIn('<field name="name" display="full"', arch)
        self.assertIn('t-name="activity-box"', arch)

    def test_filters_that_the_menu_asks_for(self):
        arch = self.env["res.partner"].get_views([(False, "search")])["views"]["search"]["arch"]
        for name in ("activities_overdue", "activities_today", "activities_upcoming_all"):
            self.assertIn(f'name="{name}"', arch)

    def test_the_dialog_of_an_activity(self):
        ticket = self.env["mail.test.ticket"].create({"name": "T"})
        context = {"default_res_model": "mail.test.ticket", "default_res_id": ticket.id}
        call = self.env.ref("mail.mail_activity_data_call")
        view = "mail.mail_activity_view_form_popup"
        with Form(self.env["mail.activity"].with_context(**context), view=view) as form:
            form.activity_type_id = call
            form.summary = "Ring"
        activity = form.record
        self.assertRecordValues(activity, [{"res_id": ticket.id, "res_model": "mail.test.ticket", "summary": "Ring"}])
        self.assertEqual(ticket.activity_ids, activity)
        self.assertEqual(activity.action_close_dialog()["type"], "ir.actions.act_window_close")
        self.assertEqual(activity.action_open_document()["res_id"], ticket.id)

    def test_what_was_suggested_is_taken(self):
        ticket = self.env["mail.test.ticket"].create({"name": "T"})
        call, todo = (self.env.ref(f"mail.mail_activity_data_{name}") for name in ("call", "todo"))
        call.suggested_next_type_ids = todo
        first = ticket.activity_schedule("mail.mail_activity_data_call")
        action = first.action_feedback_schedule_next()
        with Form(self.env["mail.activity"].with_context(**action["context"])) as form:
            self.assertTrue(form.has_recommended_activities)
            form.recommended_activity_type_id = todo
        self.assertEqual(form.record.activity_type_id, todo)

    def test_lists_open_the_document(self):
        action = self.env["ir.actions.actions"]._for_xml_id("mail.mail_activity_action_my")
        self.assertEqual([kind for _id, kind in action["views"]], ["list", "kanban", "calendar"])
        arch = self.env["mail.activity"].get_view(action["views"][0][0], "list")["arch"]
        self.assertIn('action="action_open_document"', arch)
