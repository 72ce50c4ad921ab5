"""E-mails: the queue and what recipients get (mail_gateway O1 to O36; T350 to T355, T420 to T422)."""

from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.addons.base.models.ir_mail_server import IrMailServer
from odoo.tests import tagged

from .common import MailCase


@tagged("mail_send")
class TestSending(MailCase):
    def mail(self, **values):
        """Return an e-mail."""
        return self.env["mail.mail"].create({"body_html": "<p>x</p>", "email_from": "a@test.example.com", **values})

    def test_addresses(self):
        self.customer.email = "cora@example.org, second@example.org"
        mail = self.mail(
            email_to='"X" <x@x.example>, y@x.example',
            email_cc="copy@x.example",
            recipient_ids=[(4, self.customer.id)],
            subject="S",
        )
        with self.outbox() as sent:
            mail.send()
        self.assertEqual(mail.state, "sent")
        self.assertEqual(
            [(one["email_to"], one["email_cc"]) for one in sent],
            [
                (['"X" <x@x.example>', "y@x.example"], ["copy@x.example"]),
                (['"Cora Customer" <cora@example.org>', '"Cora Customer" <second@example.org>'], []),
            ],
        )

    def test_failures(self):
        for address, failure in (("wrong", "mail_email_invalid"), (False, "mail_email_invalid")):
            self.customer.email = address
            message = self.record.message_post(body="x", partner_ids=self.customer.ids)
            notification = message.notification_ids
            self.assertEqual((notification.notification_status, notification.failure_type), ("exception", failure))
            self.assertTrue(self.record.message_has_error)
            self.assertIn("Invalid", notification.format_failure_reason())
        self.env["mail.test.simple"].notify_cancel_by_type("email")
        self.assertEqual(notification.notification_status, "canceled")

    def test_a_broken_server(self):
        def send_email(*args, **kwargs):
            raise ValueError("broken")

        with patch.object(IrMailServer, "send_email", send_email), self.assertLogs("odoo.addons.mail", "WARNING"):
            message = self.record.message_post(body="x", partner_ids=self.customer.ids)
        mail = message.mail_ids
        self.assertEqual((mail.state, mail.failure_type, mail.failure_reason), ("exception", "unknown", "broken"))
        self.assertEqual(message.notification_ids.failure_type, "unknown")
        mail.action_retry()
        mail.send()
        self.assertEqual(message.notification_ids.notification_status, "sent")

    def test_no_connection(self):
        def connect(*args, **kwargs):
            raise OSError("nobody there")

        mail = self.mail(email_to="x@x.example")
        with patch.object(IrMailServer, "connect", connect):
            mail.send()
        self.assertEqual((mail.state, mail.failure_type, mail.failure_reason), ("exception", False, "nobody there"))

    def test_queue(self):
        later = fields.Datetime.now() + timedelta(days=1)
        due, waiting = self.mail(email_to="x@x.example"), self.mail(email_to="y@x.example", scheduled_date=later)
        self.assertEqual(
            self.mail(scheduled_date="2030-01-02 10:00:00+02:00").scheduled_date,
            fields.Datetime.to_datetime("2030-01-02 08:00:00"),
        )
        self.assertFalse(self.mail(scheduled_date="nonsense").scheduled_date)
        self.env["mail.mail"].process_email_queue(ids=(due | waiting).ids)
        self.assertEqual((due.state, waiting.state), ("sent", "outgoing"))

    def test_deleting(self):
        mail = self.mail(email_to="x@x.example", auto_delete=True)
        message = mail.mail_message_id
        mail.send()
        self.assertFalse(mail.exists() | message.exists().mail_ids)
        self.assertFalse(message.exists())

    def test_left_to_the_queue(self):
        for kwargs, context in (({"force_send": False}, {}), ({}, {"mail_notify_force_send": False})):
            record = self.record.with_context(**context)
            message = record.message_post(body="x", partner_ids=self.customer.ids, **kwargs)
            self.assertEqual(message.mail_ids.state, "outgoing")
            self.assertEqual(message.notification_ids.notification_status, "ready")

    def test_batches(self):
        partners = self.env["res.partner"].create([{"name": f"P{n}", "email": f"p{n}@x.example"} for n in range(5)])
        self.env["ir.config_parameter"].set_param("mail.batch_size", "2")
        message = self.record.message_post(body="x", partner_ids=partners.ids, force_send=False)
        self.assertEqual(sorted(len(mail.recipient_ids) for mail in message.mail_ids), [1, 2, 2])

    def test_headers(self):
        mail = self.mail(email_to="x@x.example", headers="nonsense(")
        with self.outbox() as sent, self.assertLogs("odoo.addons.mail", "WARNING"):
            mail.send()
        self.assertEqual(sent[0]["headers"], {"Return-Path": f"bounce@{self.domain.name}"})

    def test_languages(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.customer.lang = "fr_FR"
        with self.outbox() as sent:
            self.record.message_post(body="x", partner_ids=self.customer.ids)
        self.assertIn('lang="fr_FR"', sent[0]["body"])
