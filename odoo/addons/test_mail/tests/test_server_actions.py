"""Server actions that send messages, add followers and plan activities (X5 to X8; T505)."""

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import MailCase


@tagged("mail_actions")
class TestServerActions(MailCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ticket = cls.env["mail.test.ticket"].create({"name": "T", "customer_id": cls.customer.id})
        cls.model = cls.env["ir.model"]._get("mail.test.ticket")
        cls.template = cls.env.ref("test_mail.mail_template_ticket_done")

    def run_action(self, **values):
        """Run an action on the ticket."""
        action = self.env["ir.actions.server"].create({"name": "A", "model_id": self.model.id, **values})
        action.with_context(active_model="mail.test.ticket", active_id=self.ticket.id).run()
        return action

    def test_posting(self):
        action = self.run_action(state="mail_post", template_id=self.template.id)
        self.assertEqual((action.mail_post_method, action.mail_post_autofollow), ("comment", True))
        message = self.ticket.message_ids[0]
        self.assertEqual(message.subject, "Done: T")
        self.assertEqual(message.notification_ids.notification_status, "ready", "e-mails wait in the queue")
        self.assertIn(self.customer, self.ticket.message_partner_ids)

    def test_sending(self):
        self.run_action(state="mail_post", template_id=self.template.id, mail_post_method="email")
        mail = self.env["mail.mail"].search([("subject", "=", "Done: T")])
        self.assertEqual((mail.state, mail.recipient_ids), ("outgoing", self.customer))

    def test_followers(self):
        action = self.run_action(state="followers", partner_ids=[(4, self.customer.id)])
        self.assertIn(self.customer, self.ticket.message_partner_ids)
        action.state = "code"
        self.assertFalse(action.partner_ids)
        self.run_action(state="remove_followers", partner_ids=[(4, self.customer.id)])
        self.assertNotIn(self.customer, self.ticket.message_partner_ids)

    def test_activities(self):
        todo = self.env.ref("mail.mail_activity_data_todo")
        self.run_action(
            state="next_activity",
            activity_type_id=todo.id,
            activity_summary="Do it",
            activity_user_id=self.employee.id,
        )
        activity = self.ticket.activity_ids
        self.assertEqual((activity.summary, activity.user_id), ("Do it", self.employee))
        with self.assertRaises(ValidationError):
            self.run_action(state="next_activity", activity_type_id=todo.id, activity_date_deadline_range=-1)

    def test_models(self):
        other = self.env["ir.model"]._get("mail.test.nothread")
        for values in ({"state": "followers"}, {"state": "next_activity"}, {"state": "mail_post"}):
            with self.subTest(values), self.assertRaises(ValidationError):
                self.env["ir.actions.server"].create({"name": "A", "model_id": other.id, **values})
