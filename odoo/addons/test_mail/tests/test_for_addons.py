"""What tests and modules of other addons take from mail: names, and how they are called."""

from odoo.addons.base.tests.common import MockSmtplibCase
from odoo.addons.mail.tests.common import MailCommon
from odoo.addons.mail.tools.discuss import Store


class TestForAddons(MailCommon, MockSmtplibCase):
    def test_e_mails_are_found_by_partner(self):
        ticket = self.env["mail.test.ticket"].create({"name": "Lamp"})
        customer = self.env["res.partner"].create({"name": "Ann", "email": "ann@example.com"})
        other = self.env["res.partner"].create({"name": "Bob", "email": "bob@example.com"})
        with self.mock_mail_gateway():
            message = ticket.message_post(
                body="It is broken",
                message_type="comment",
                subtype_xmlid="mail.mt_comment",
                partner_ids=customer.ids,
                force_send=True,
            )
            self.assertMailMail(customer, "sent", author=message.author_id, content="It is broken")
            self.assertNoMail(other)
            with self.assertRaises(AssertionError):
                self.assertNoMail(customer, mail_message=message)
            with self.assertRaises(AssertionError):
                self.assertMailMail(other, "sent")

    def test_connections_keep_what_is_sent(self):
        servers = self.env["ir.mail_server"].search([])
        servers.active = False
        server = servers.create({"name": "Kept", "smtp_host": "kept", "from_filter": "example.com"})
        with self.mock_smtplib_connection():
            message = server.build_email("us@example.com", ["ann@example.com"], "Lamp", "It works")
            server.send_email(message, mail_server_id=server.id)
        self.assertSMTPEmailsSent(
            smtp_to_list=["ann@example.com"], message_from="us@example.com", mail_server=server, emails_count=1
        )
        self.assertSMTPEmailsSent(smtp_to_list=["bob@example.com"], emails_count=0)
        self.assertEqual(self.connect_mocked.call_count, 1)

    def test_addons_tell_pages_more_of_messages(self):
        ticket = self.env["mail.test.ticket"].create({"name": "Lamp"})
        message = ticket.message_post(body="It is broken")

        def extras(messages, store, format_reply):
            for one in messages:
                store.add(one, {"read_aloud": format_reply})

        self.patch(type(message), "_extras_to_store", extras)
        [told] = Store(message, for_current_user=True).get_result()["mail.message"]
        self.assertIs(told["read_aloud"], True)

    def test_changes_of_a_day_are_kept_at_its_beginning(self):
        values = self.env["mail.tracking.value"]._create_tracking_values(
            False,
            "2026-03-01",
            "due_on",
            {"type": "date", "string": "End"},
            self.env["mail.test.ticket"].create({"name": "Lamp"}),
        )
        self.assertEqual(values["new_value_datetime"], "2026-03-01 00:00:00")
