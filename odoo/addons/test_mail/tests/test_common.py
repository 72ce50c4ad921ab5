"""The helpers that tests of addons use (T490 to T500)."""

from odoo import fields
from odoo.addons.mail.tests.common import MailCommon
from odoo.tests import tagged


@tagged("mail_common", "post_install", "-at_install")
class TestHelpers(MailCommon):
    def test_notifications(self):
        portal = self._create_portal_user()
        record = self.env["mail.test.simple"].create({"name": "R"})
        expected = [
            {"partner": self.partner_admin, "type": "inbox"},
            {"partner": portal.partner_id, "type": "email"},
        ]
        with self.assertSinglePostNotifications(expected, {"message_type": "comment", "content": "Text"}):
            record.with_user(self.user_employee).message_post(
                body="Text",
                message_type="comment",
                partner_ids=(self.partner_admin | portal.partner_id).ids,
                subtype_xmlid="mail.mt_comment",
            )
        self.assertSentEmail(self.partner_employee, [portal.partner_id], subject="R", body_content="Text")
        self.assertNotSentEmail([self.partner_admin])
        self.assertEqual(len(self._new_mails), 1)

    def test_tracking(self):
        records, partners = self._create_records_for_batch("mail.test.ticket", 2)
        self.assertEqual(records.customer_id, partners)
        self.flush_tracking()
        record = self._reset_mail_context(records[0])
        record.write({"customer_id": partners[1].id, "name": "New", "is_urgent": True})
        self.flush_tracking()
        self.assertTracking(
            record.message_ids[0],
            [
                ("customer_id", "many2one", partners[0], partners[1]),
                ("is_urgent", "boolean", 0, 1),
                ("name", "char", "TestRecord_0", "New"),
            ],
        )

    def test_notifications_of_several_messages(self):
        records, partners = self._create_records_for_batch("mail.test.ticket", 2)
        told = [
            {
                "content": "Lamp",
                "subtype": "mail.mt_comment",
                "message_values": {"message_type": "comment"},
                "notif": [{"partner": partner, "type": "email"}],
                "email_values": {"body_content": "Lamp"},
            }
            for partner in partners
        ]
        post = {"body": "Lamp", "message_type": "comment", "subtype_xmlid": "mail.mt_comment"}
        with self.assertPostNotifications(told):
            for record, partner in zip(records, partners, strict=True):
                record.with_user(self.user_employee).message_post(partner_ids=partner.ids, **post)
        message = self._new_msgs[0]
        for wrong in (
            [],
            [{"notif": []}],
            [{"content": "Desk", "notif": told[0]["notif"]}],
            [{"notif": [{"partner": partners[0], "type": "inbox"}]}],
            [{"notif": [{"partner": partners[0], "type": "email", "failure_type": "unknown"}]}],
            [{"notif": told[0]["notif"], "email_values": {"subject": "Other"}}],
        ):
            with self.subTest(wrong=wrong), self.assertRaises(AssertionError):
                self.assertMailNotifications(message, wrong)
        mail = self._find_mail_mail_wrecord(records[0])
        self.assertEqual(mail, self._find_mail_mail_wpartners(partners[0], "sent", content="Lamp"))
        self.assertEqual(mail, self.assertMailMailWId(mail.id, "sent", content="Lamp"))
        self.assertMailMailWRecord(records[1], partners[1], "sent", author=self.partner_employee)
        self.assertMsgWithoutNotifications(records[0]._message_log(body="note"))
        self._generate_notify_recipients(partners | self.partner_employee, records[0])

    def test_e_mails_come_in_and_are_answered(self):
        template = "From: {email_from}\nTo: {to}\nSubject: {subject}\nMessage-Id: {msg_id}\n{extra}\n\nHello"
        self.env["mail.alias"].create(
            {"alias_name": "lamps", "alias_model_id": self.env["ir.model"]._get_id("mail.test.ticket")}
        )
        to = f"lamps@{self.alias_domain}"
        self.assertEqual(self.from_string(self.format(template, to=to))["To"], to)
        customer = self.env["res.partner"].create({"name": "Ann", "email": "ann@example.com"})
        with self.mock_mail_gateway():
            ticket = self.format_and_process(
                template, customer.email_formatted, to, subject="Lamp", target_model="mail.test.ticket"
            )
            ticket.with_user(self.user_employee).message_post(
                body="Which?", partner_ids=customer.ids, subtype_xmlid="mail.mt_comment", message_type="comment"
            )
            self.assertFalse(self.gateway_mail_reply_wrecord(template, ticket))
            self.assertIn("Hello", ticket.message_ids[0].body)
            self.assertEqual(len(ticket.message_ids.filtered(lambda one: one.message_type == "email")), 2)
        with self.mock_datetime_and_now("2030-01-01 10:00:00"):
            self.assertEqual(str(self.env.cr.now())[:10], str(fields.Date.today()))

    def test_companies_and_templates(self):
        self._activate_multi_company()
        self.assertEqual(self.user_employee_c2.company_id.alias_domain_id.name, "test.mycompany2.com")
        self.assertIn(self.company_2, self.user_admin.company_ids & self.user_erp_manager.company_ids)
        template = self._create_template("res.partner", {"email_to": "ann@example.com"})
        with self.mock_mail_gateway():
            template.send_mail(self.partner_employee.id, force_send=True)
        self.assertMailMailWEmails(["ann@example.com"], "sent", content="Hello Ernest Employee")
