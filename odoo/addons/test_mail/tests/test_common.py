"""The helpers that tests of addons use (T490 to T500)."""

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
