"""The composer (T300 to T325, T408 to T419) and scheduled messages (T331, T332)."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import MailCase


@tagged("mail_composer")
class TestComposer(MailCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        model = cls.env["mail.test.ticket"].with_context(mail_create_nosubscribe=True)
        cls.tickets = model.create([{"name": f"T{n}", "customer_id": cls.customer.id} for n in range(2)])
        cls.template = cls.env["mail.template"].create(
            {
                "name": "Hello",
                "model_id": cls.env["ir.model"]._get_id("mail.test.ticket"),
                "subject": "About {{ object.name }}",
                "partner_to": "{{ object.customer_id.id }}",
                "body_html": '<p>Dear <t t-out="object.customer_id.name"/></p>',
                "auto_delete": False,
            }
        )

    def composer(self, mode, tickets, user=None, **values):
        """Return a composer about tickets."""
        model = self.env["mail.compose.message"].with_user(user or self.employee)
        context = {"default_model": tickets._name, "default_res_ids": tickets.ids, "default_composition_mode": mode}
        return model.with_context(**context).create(values)

    def test_rendered_for_one(self):
        composer = self.composer("comment", self.tickets[0], template_id=self.template.id)
        self.assertEqual(composer.subject, "About T0")
        self.assertEqual(composer.body, "<p>Dear Cora Customer</p>")
        self.assertEqual(composer.partner_ids, self.customer)
        with self.outbox() as sent:
            _mails, message = composer._action_send_mail()
        self.assertEqual(message.subject, "About T0")
        self.assertEqual(message.subtype_id, self.env.ref("mail.mt_comment"))
        self.assertEqual(len(sent), 1)
        composer.template_id = False
        self.assertFalse(composer.body)

    def test_raw_for_many(self):
        composer = self.composer("comment", self.tickets, template_id=self.template.id)
        self.assertTrue(composer.composition_batch)
        self.assertEqual(composer.subject, "About {{ object.name }}")
        _mails, messages = composer._action_send_mail()
        self.assertEqual(sorted(messages.mapped("subject")), ["About T0", "About T1"])
        self.assertFalse(self.tickets.message_partner_ids)

    def test_mass_mail(self):
        other = self.env["res.partner"].create({"name": "Other", "email": "other@x.example"})
        self.tickets[1].customer_id = other
        composer = self.composer("mass_mail", self.tickets, template_id=self.template.id)
        with self.outbox() as sent:
            mails, messages = composer._action_send_mail()
        self.assertFalse(messages)
        self.assertEqual(set(mails.mapped("state")), {"sent"})
        self.assertEqual(sorted(mail["subject"] for mail in sent), ["About T0", "About T1"])
        self.assertEqual(set(mails.mapped("message_type")), {"email_outgoing"})

    def test_exclusions(self):
        same = self.tickets[1]
        self.tickets[0].name = same.name
        self.composer("mass_mail", self.tickets, template_id=self.template.id)._action_send_mail()
        mails = self.env["mail.mail"].search([("model", "=", "mail.test.ticket"), ("res_id", "in", self.tickets.ids)])
        self.assertEqual(sorted(mails.mapped("state")), ["cancel", "sent"])
        self.assertIn("mail_dup", mails.mapped("failure_type"))
        self.env["mail.blacklist"]._add(self.customer.email)
        mails, _messages = self.composer("mass_mail", self.tickets[0], template_id=self.template.id)._action_send_mail()
        self.assertEqual((mails.state, mails.failure_type), ("cancel", "mail_bl"))
        composer = self.composer("mass_mail", self.tickets[0], template_id=self.template.id, use_exclusion_list=False)
        self.assertEqual(composer._action_send_mail()[0].state, "sent")
        self.tickets[0].customer_id = False
        mails, _messages = self.composer("mass_mail", self.tickets[0], template_id=self.template.id)._action_send_mail()
        self.assertEqual(mails.failure_type, "mail_email_missing")

    def test_layout_of_mass_mails(self):
        mails, _messages = self.composer(
            "mass_mail",
            self.tickets[0],
            template_id=self.template.id,
            email_layout_xmlid="mail.mail_notification_layout",
        )._action_send_mail()
        self.assertIn("<html", mails.body_html)
        self.assertNotIn("<html", mails.body)

    def test_ids(self):
        with self.assertRaises(ValidationError):
            self.composer("comment", self.tickets[0], res_ids="nonsense")
        with self.assertRaises(ValueError):
            self.env["mail.compose.message"].with_context(default_res_id=1).default_get(["res_ids"])
        with self.assertRaises(ValueError):
            self.composer("comment", self.tickets[:0], model="mail.test.ticket")._action_send_mail()
        composer = self.composer(
            "mass_mail",
            self.tickets[:0],
            model="mail.test.ticket",
            res_domain="[('id', '=', %d)]" % self.tickets[0].id,
            subject="x",
            body="y",
        )
        self.assertEqual(composer._action_send_mail()[0].res_id, self.tickets[0].id)

    def test_who_may(self):
        with self.assertRaises(AccessError):
            self.composer("comment", self.record, user=self.portal, subject="x")

    def test_without_thread(self):
        record = self.env["mail.test.nothread"].create({"name": "N", "customer_id": self.customer.id})
        composer = self.composer("comment", record, body="Hi", subject="S", partner_ids=[(4, self.customer.id)])
        _mails, message = composer._action_send_mail()
        self.assertEqual(
            (message.model, message.res_id, message.message_type),
            ("mail.test.nothread", record.id, "user_notification"),
        )
        with self.assertRaises(UserError):
            self.composer("comment", record, body="Hi", subject="S")._action_send_mail()

    def test_later(self):
        composer = self.composer(
            "comment", self.tickets[0], body="Later", subject="S", partner_ids=[(4, self.customer.id)]
        )
        later = fields.Datetime.now() + timedelta(days=1)
        composer.action_schedule_message(later)
        waiting = self.env["mail.scheduled.message"].search(
            [("res_id", "=", self.tickets[0].id), ("model", "=", "mail.test.ticket")]
        )
        self.assertIn("Later", waiting.body)
        with self.assertRaises(UserError):
            waiting.model = "res.partner"
        with self.assertRaises(UserError):
            waiting.with_user(self.reader).post_message()
        with self.assertRaises(ValidationError):
            waiting.with_user(self.employee).scheduled_date = "2000-01-01"
        waiting.with_user(self.employee).post_message()
        self.assertIn("Later", self.tickets[0].message_ids[0].body)
        self.assertFalse(waiting.exists())

    def test_logs_of_deleted_mails(self):
        self.tickets.message_mail_with_source(self.template, auto_delete=True)
        logs = self.tickets.message_ids.filtered(lambda message: message.message_type == "email_outgoing")
        self.assertEqual(sorted(logs.mapped("subject")), ["About T0", "About T1"])
        self.assertFalse(logs.mail_ids)

    def test_making_a_template(self):
        composer = self.composer("comment", self.tickets[0], body="Text", subject="S", template_name="Mine")
        composer.create_mail_template()
        self.assertEqual((composer.template_id.name, composer.template_id.user_id), ("Mine", self.employee))
