from odoo.addons.mail.tools.discuss import Store
from odoo.addons.sms.tests.common import SMSCommon
from odoo.addons.sms.tools.sms_tools import sms_content_to_rendered_html
from odoo.exceptions import AccessError
from odoo.tests import new_test_user


class TestThread(SMSCommon):
    def test_s8_numbers(self):
        found = self.customers._sms_get_recipients_info()
        self.assertEqual(
            found[self.ann.id],
            {
                "field_store": "mobile",
                "number": "0475 00 00 01",
                "partner": self.ann,
                "partner_store": False,
                "sanitized": "+32475000001",
            },
        )
        self.assertEqual(found[self.bob.id]["field_store"], "phone")
        self.assertEqual((found[self.cid.id]["sanitized"], found[self.cid.id]["number"]), (False, "none"))
        self.assertEqual((found[self.dan.id]["number"], found[self.dan.id]["field_store"]), (False, "mobile"))
        forced = self.bob._sms_get_recipients_info(force_field="mobile", partner_fallback=False)[self.bob.id]
        self.assertEqual((forced["sanitized"], forced["field_store"]), (False, "mobile"))
        # users have the numbers of their partner
        self.user_employee.partner_id.phone = "0475000009"
        info = self.user_employee.partner_id._sms_get_recipients_info()
        self.assertEqual(next(iter(info.values()))["sanitized"], "+32475000009")

    def test_s7_s9_messages_of_records(self):
        with self.mockSMSGateway():
            message = self.ann._message_sms("See https://example.com/a?b=1&c\n<b>now</b>")
        self.assertSMSSent(["+32475000001"], "See https://example.com/a?b=1&c\n<b>now</b>")
        self.assertEqual((message.message_type, message.subtype_id), ("sms", self.env.ref("mail.mt_note")))
        self.assertIn('<a href="https://example.com/a?b=1&amp;c"', message.body)
        self.assertIn("&lt;b&gt;now&lt;/b&gt;", message.body)
        row = message.notification_ids
        self.assertEqual((row.notification_type, row.notification_status, row.is_read), ("sms", "pending", True))
        self.assertEqual((row.res_partner_id, row.sms_number), (self.ann, "+32475000001"))
        self.assertEqual((row.sms_id, row.sms_tracker_ids.sms_uuid), (self._new_sms, self._new_sms.uuid))
        self._new_sms.to_delete = True
        row.invalidate_recordset()
        self.assertFalse(row.sms_id)
        self.assertEqual(sms_content_to_rendered_html(False), "")

    def test_people_outside_send_none(self):
        visitor = new_test_user(self.env, "sms_visitor", groups="base.group_portal")
        own = visitor.partner_id
        own.message_subscribe(own.ids)
        with self.mockSMSGateway(), self.assertRaises(AccessError):
            own.with_user(visitor).message_post(body="x", message_type="sms", sms_numbers=["+32475000001"])
        self.assertNoSMS()

    def test_s7_nobody_to_write_to(self):
        with self.mockSMSGateway():
            message = self.dan._message_sms("Hello")
        self.assertNoSMS()
        row = message.notification_ids
        self.assertEqual((row.notification_status, row.failure_type), ("exception", "sms_number_missing"))
        self.assertFalse(row.sms_number)
        self.assertTrue(message.has_sms_error)
        self.assertTrue(self.dan.message_has_sms_error)
        errors = self.env["res.partner"].search(
            [("message_has_sms_error", "=", True), ("id", "in", self.customers.ids)]
        )
        self.assertEqual(errors, self.dan)
        self.assertIn(message, self.env["mail.message"].search([("has_sms_error", "=", True)]))
        self.assertNotIn(message, self.env["mail.message"].search([("has_sms_error", "=", False)]))

    def test_s9_numbers_and_partners(self):
        with self.mockSMSGateway():
            message = self.dan._message_sms(
                "Hello",
                partner_ids=(self.ann + self.bob).ids,
                sms_numbers=["0475 00 00 01", "0475000003", "0475 000 003", "odd"],
                sms_pid_to_number={self.bob.id: "0475000004"},
            )
        self.assertSMSSent(["+32475000001", "+32475000003", "+32475000004", "odd"])
        self.assertEqual(len(message.notification_ids), 4)
        self.assertEqual(message.notification_ids.res_partner_id, self.ann + self.bob)

    def test_s9_followers_are_told_as_always(self):
        self.dan.message_subscribe(self.user_employee.partner_id.ids)
        self.user_employee.notification_type = "inbox"
        comment = self.env.ref("mail.mt_comment").id
        with self.mockSMSGateway():
            message = self.dan._message_sms("Hello", partner_ids=self.ann.ids, subtype_id=comment)
        self.assertEqual(set(message.notification_ids.mapped("notification_type")), {"inbox", "sms"})
        self.partner_employee.phone = "0475000008"
        with self.mockSMSGateway():
            self.partner_employee.with_user(self.user_employee)._message_sms("To myself")
        self.assertSMSSent(["+32475000008"])

    def test_s9_given_up(self):
        with self.mockSMSGateway(sim_error="server_error"):
            row = self.ann._message_sms("Hello").notification_ids
        self.assertEqual(row.notification_status, "exception")
        self.env["res.partner"].notify_cancel_by_type("email")
        self.assertEqual(row.notification_status, "exception")
        self.env["res.partner"].notify_cancel_by_type("sms")
        self.assertEqual(row.notification_status, "canceled")

    def test_s9_sent_again(self):
        with self.mockSMSGateway(sim_error="insufficient_credit"):
            message = self.ann._message_sms("Hello", sms_numbers=["0475000003"], partner_ids=(self.ann + self.bob).ids)
        rows = message.notification_ids
        self.assertEqual(rows.mapped("failure_type"), ["sms_credit"] * 3)
        context = {"default_mail_message_id": message.id}
        wizard = self.env["sms.resend"].with_context(**context).create({})
        self.assertEqual(len(wizard.recipient_ids), 3)
        self.assertTrue(wizard.has_insufficient_credit and wizard.can_resend)
        self.assertFalse(wizard.can_cancel or wizard.has_unregistered_account)
        by_name = {row.partner_name: row for row in wizard.recipient_ids}
        by_name["Bob"].resend = False
        by_name["Ann"].sms_number = "0475000007"
        by_name["+32475000003"].sms_number = "0475000006"
        self.assertTrue(wizard.can_cancel)
        with self.mockSMSGateway():
            wizard.action_resend()
        self.assertSMSSent(["+32475000006", "+32475000007"], "Hello")
        self.assertEqual(message.notification_ids, rows)
        self.assertEqual(sorted(rows.mapped("notification_status")), ["canceled", "pending", "pending"])
        with self.mockSMSGateway(sim_error="server_error"):
            failed = self.ann._message_sms("Hello")
        wizard = self.env["sms.resend"].with_context(default_mail_message_id=failed.id).create({})
        wizard.action_cancel()
        self.assertEqual(failed.notification_ids.notification_status, "canceled")

    def test_s13_failures_are_explained(self):
        with self.mockSMSGateway(sim_error="unregistered"):
            row = self.ann._message_sms("Hello").notification_ids
        self.assertEqual(row.format_failure_reason(), "Unregistered Account")
        store = Store()
        row.mail_message_id._message_notifications_to_store(store)
        self.assertEqual(store.get_result()["mail.message"][0]["record_name"], self.ann.display_name)

    def test_helpers_of_addons(self):
        with self.mockSMSGateway(nbr_t_error={"+32475000002": "wrong_number_format"}):
            messages = self.ann._message_sms("Hello Ann") | self.bob._message_sms("Hello Bob")
            self.cid._message_sms("Hello Cid")
        told = {"partner": self.ann, "number": "+32475000001"}
        self.assertSMSNotification([told], "Hello Ann", messages[0], mail_message_values={"model": "res.partner"})
        failed = {"partner": self.bob, "state": "exception", "failure_type": "sms_number_format"}
        self.assertSMSNotification([failed], "Hello Bob", messages[1])
        self.assertSMS(self.ann, "+32475000001", "pending", content="Ann", fields_values={"to_delete": False})
        self.assertSMSLogged(self.ann, "Hello Ann")
        self.assertNoSMSNotification(self.dan.message_ids)
        for wrong in (told | {"number": "+32475000009"}, told | {"state": "exception"}, {"partner": self.dan}):
            with self.subTest(wrong=wrong), self.assertRaises(AssertionError):
                self.assertSMSNotification([wrong], "Hello Ann", messages)
        with self.assertRaises(AssertionError):
            self.assertNoSMSNotification(messages)
