"""What the store of a page asks of the server (D70 to D73)."""

from odoo.addons.mail.tools.discuss import Store
from odoo.tests import HttpCase, tagged
from odoo.tests.common import JsonRpcException

from .common import MailCase


@tagged("mail_routes")
class TestStoreRoutes(MailCase, HttpCase):
    def test_the_first_records_of_a_page(self):
        store = Store()
        self.employee.with_user(self.employee)._init_store_data(store)
        data = store.get_result()
        own = data["Store"]
        self.assertEqual(own["self"], {"id": self.employee.partner_id.id, "type": "partner"})
        self.assertEqual(own["mt_comment_id"], self.env.ref("mail.mt_comment").id)
        self.assertEqual(own["settings"]["user_id"], {"id": self.employee.id})
        partner = next(row for row in data["res.partner"] if row["id"] == self.employee.partner_id.id)
        self.assertEqual((partner["userId"], partner["isAdmin"]), (self.employee.id, False))
        self.assertEqual(partner["notification_preference"], "email")
        visitors = Store()
        public = self.env.ref("base.public_user")
        public.with_user(public)._init_store_data(visitors)
        self.assertNotIn("self", visitors.get_result()["Store"])

    def test_mailboxes_failures_and_activities(self):
        message = self.record.with_env(self.as_employee).message_post(
            body="Look", partner_ids=self.reader.partner_id.ids, subtype_xmlid="mail.mt_comment"
        )
        message.with_user(self.reader).toggle_message_starred()
        failed = self.env["mail.notification"].search([("mail_message_id", "=", message.id)])
        failed.write({"notification_status": "exception", "failure_type": "mail_smtp"})
        self.authenticate("inb", "inbxxxxx")
        told = self.make_jsonrpc_request("/mail/action", {"init_messaging": {}, "systray_get_activities": True})
        store = told["Store"]
        self.assertEqual((store["inbox"]["counter"], store["starred"]["counter"]), (1, 1))
        self.assertEqual(store["inbox"]["model"], "mail.box")
        self.assertEqual(store["activityCounter"], 0)
        self.authenticate("emp", "empxxxxx")
        told = self.make_jsonrpc_request("/mail/data", {"failures": True})
        self.assertEqual([row["id"] for row in told["mail.message"]], message.ids)
        self.assertEqual(told["mail.notification"][0]["notification_status"], "exception")

    def test_visitors_have_no_mailboxes(self):
        self.authenticate(None, None)
        with self.assertRaises(JsonRpcException, msg="nobody is known"):
            self.make_jsonrpc_request("/mail/action", {"init_messaging": {}})
        self.assertEqual(self.make_jsonrpc_request("/mail/data", {"failures": True}), {})


class TestViewsOfThreads(MailCase):
    def test_forms_know_of_activities(self):
        told = self.env["res.partner"].get_views([(False, "form")])["models"]
        self.assertTrue(told["res.partner"]["has_activities"])
        self.assertNotIn("has_activities", told.get("res.country", {}))
