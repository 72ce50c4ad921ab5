"""Posting, notifying and logging (T43 to T72, T110 to T136, T360 to T377)."""

from datetime import timedelta

from markupsafe import Markup

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .common import MailCase


@tagged("mail_post")
class TestPosting(MailCase):
    def test_post_defaults(self):
        message = self.record.with_user(self.employee).message_post(body="Hi <b>you</b>")
        self.assertEqual(message.message_type, "notification")
        self.assertEqual(message.subtype_id, self.env.ref("mail.mt_note"))
        self.assertEqual(message.body, "<p>Hi &lt;b&gt;you&lt;/b&gt;</p>")
        self.assertEqual(message.author_id, self.employee.partner_id)
        self.assertEqual(message.email_from, '"Emma Ployee" <emma@test.example.com>')
        self.assertEqual(message.record_name, "Thing")
        self.assertIn(f"{self.record.id}-mail.test.simple@", message.message_id)
        self.assertFalse(self.record.message_partner_ids, "notifications make nobody follow")

    def test_post_makes_the_author_follow(self):
        message = self.record.with_user(self.employee).message_post(
            body=Markup("<p>Look</p>"),
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            partner_ids=self.customer.ids,
        )
        self.assertEqual(self.record.message_partner_ids, self.employee.partner_id)
        self.assertEqual(self.notified(message), {self.customer: ("email", "sent")})

    def test_parents(self):
        first = self.record.message_post(body="1")
        second = self.record.message_post(body="2")
        third = self.record.message_post(body="3", parent_id=second.id)
        self.assertFalse(first.parent_id)
        self.assertEqual((second | third).parent_id, first)

    def test_bad_parameters(self):
        thing = self.record
        for kwargs in (
            {"model": "res.partner"},
            {"message_type": "user_notification"},
            {"attachments": ["one"]},
            {"attachment_ids": [(4, 1)]},
            {"partner_ids": [(4, self.customer.id)]},
            {"starred": True},
            {"nonsense": 1},
        ):
            with self.subTest(kwargs), self.assertRaises(ValueError):
                thing.message_post(body="x", **kwargs)
        with self.assertRaises(ValueError):
            self.env["mail.thread"].message_post(body="x")

    def test_t337_users_choose_how_they_are_told(self):
        own = self.employee.with_user(self.employee)
        with Form(own, view="base.view_users_form_simple_modif") as preferences:
            preferences.notification_type = "inbox"
        self.assertTrue(self.employee.has_group("mail.group_mail_notification_type_inbox"))
        with Form(self.employee, view="base.view_users_form") as form:
            form.notification_type = "email"
        self.assertFalse(self.employee.has_group("mail.group_mail_notification_type_inbox"))

    def test_three_ways_to_be_told(self):
        self.record.message_subscribe((self.reader.partner_id | self.portal.partner_id).ids)
        with self.outbox() as sent:
            message = self.record.with_user(self.employee).message_post(
                body="Fixed", message_type="comment", subtype_xmlid="mail.mt_comment", partner_ids=self.customer.ids
            )
        self.assertEqual(
            self.notified(message),
            {
                self.reader.partner_id: ("inbox", "sent"),
                self.portal.partner_id: ("email", "sent"),
                self.customer: ("email", "sent"),
            },
        )
        self.assertEqual(
            sorted(mail["email_to"][0] for mail in sent),
            ['"Cora Customer" <cora@example.org>', '"Porter" <porter@example.org>'],
        )
        for mail in sent:
            self.assertIn("Fixed", mail["body"])
            self.assertIn(message.message_id, mail["references"])
            self.assertEqual(mail["subject"], "Thing")
            self.assertEqual(mail["headers"]["X-Odoo-Objects"], f"mail.test.simple-{self.record.id}")
            self.assertIn("catchall@", mail["reply_to"])
            self.assertNotIn("mail_unfollow", mail["body"])
        self.assertFalse(message.sudo().mail_ids, "sent e-mails are deleted")
        self.assertTrue(message.with_user(self.reader).needaction)
        self.assertEqual(self.record.with_user(self.reader).message_needaction_counter, 1)
        message.with_user(self.reader).set_message_done()
        self.assertFalse(message.with_user(self.reader).needaction)

    def test_groups_of_recipients(self):
        self.record.message_subscribe(self.employee.partner_id.ids)
        with self.outbox() as sent:
            message = self.record.message_post(
                body="x",
                subtype_xmlid="mail.mt_comment",
                partner_ids=self.customer.ids,
                mail_auto_delete=False,
                author_id=self.reader.partner_id.id,
            )
        self.assertEqual(len(message.mail_ids), 2, "one for users, one for customers")
        by_to = {mail["email_to"][0]: mail["body"] for mail in sent}
        inside = next(body for to, body in by_to.items() if "emma" in to)
        outside = next(body for to, body in by_to.items() if "cora" in to)
        self.assertIn("/mail/view?", inside)
        self.assertNotIn("/mail/view?", outside)
        self.assertIn("/mail/unfollow?", inside)
        self.assertIn("token=", inside)
        self.assertNotIn("/mail/unfollow", outside)

    def test_archived_partners_are_not_told(self):
        self.customer.active = False
        message = self.record.message_post(body="x", partner_ids=self.customer.ids)
        self.assertFalse(message.notification_ids)

    def test_scheduled(self):
        later = fields.Datetime.now() + timedelta(days=1)
        message = self.record.message_post(body="x", partner_ids=self.customer.ids, scheduled_date=later)
        self.assertFalse(message.notification_ids)
        waiting = self.env["mail.message.schedule"].search([("mail_message_id", "=", message.id)])
        self.assertEqual(waiting.scheduled_datetime, later.replace(microsecond=0))
        self.env["mail.message.schedule"]._send_notifications_cron()
        self.assertFalse(message.notification_ids, "it is not time yet")
        waiting.force_send()
        self.assertIn(self.customer, self.notified(message))
        self.assertFalse(waiting.exists())

    def test_notify(self):
        self.record.message_subscribe(self.reader.partner_id.ids)
        message = self.record.with_user(self.employee).message_notify(
            body="For you", subject="Psst", partner_ids=self.customer.ids
        )
        self.assertEqual(list(self.notified(message)), [self.customer])
        self.assertEqual(message.message_type, "user_notification")
        self.assertTrue(message.is_internal)
        self.assertNotIn(message, self.record.message_ids)
        self.assertNotIn(self.employee.partner_id, self.record.message_partner_ids)
        with self.assertLogs("odoo.addons.mail.models.mail_thread_post", "WARNING"):
            self.assertFalse(self.record.message_notify(body="nobody"))
        with self.assertRaises(ValueError):
            self.record.message_notify(body="x", partner_ids=self.customer.ids, message_type="comment")

    def test_log(self):
        other = self.record.copy()
        messages = (self.record | other)._message_log_batch({self.record.id: "a <", other.id: Markup("<i>b</i>")})
        self.assertEqual(messages.mapped("body"), ["<p>a &lt;</p>", "<i>b</i>"])
        self.assertEqual(len(set(messages.mapped("message_id"))), 1)
        self.assertFalse(messages.notification_ids)
        self.assertTrue(all(messages.mapped("is_internal")))
        with self.assertRaises(ValueError):
            (self.record | other)._message_log_batch({}, attachment_ids=[(4, 1)])

    def test_sources(self):
        view = "test_mail.mail_template_simple_test"
        message = self.record.message_post_with_source(view, render_values={"what": "<it>"})
        self.assertEqual(message.body, "<p>About Thing: &lt;it&gt;</p>")
        logged = self.record._message_log_with_view(view, render_values={"what": "log"})
        self.assertIn("About Thing: log", logged.body)
        for wrong in ("test_mail.no_such", self.record, None, 3, self.env["mail.template"]):
            with self.subTest(wrong), self.assertRaises(ValueError):
                self.record.message_post_with_source(wrong)

    def test_files(self):
        message = self.record.message_post(
            body=Markup('<p><img src="cid:here"></p>'),
            attachments=[("a.txt", "text"), ("b.png", b"png", {"cid": "here"})],
        )
        self.assertEqual(message.attachment_ids.sorted("id").mapped("name"), ["a.txt", "b.png"])
        self.assertEqual(set(message.attachment_ids.mapped("res_model")), {"mail.test.simple"})
        picture = message.attachment_ids.filtered(lambda file: file.name == "b.png")
        self.assertIn(f"/web/image/{picture.id}?access_token={picture.access_token}", message.body)

    def test_pictures_in_the_text(self):
        pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII="
        tag = f'<img src="data:image/png;base64,{pixel}">'
        message = self.record.message_post(body=Markup(f"<p>{tag}{tag}</p>"))
        self.assertEqual(len(message.attachment_ids), 1)
        self.assertEqual(message.body.count(f"/web/image/{message.attachment_ids.id}"), 2)

    def test_who_may_post(self):
        portal = self.record.with_user(self.portal)
        with self.assertRaises(AccessError):
            portal.message_post(body="x", message_type="comment", subtype_xmlid="mail.mt_comment")
        open_thread = self.env["mail.test.access"].create({"name": "Open"})
        message = open_thread.with_user(self.portal).message_post(
            body="x", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        self.assertEqual(message.author_id, self.portal.partner_id)

    def test_a_change_of_a_comment(self):
        message = self.record.message_post(body="Old", message_type="comment")
        self.record._message_update_content(message, "New")
        self.assertIn("New", message.body)
        self.assertIn("o-mail-Message-edited", message.body)
        message.notification_ids.unlink()
        self.record._message_update_content(message, "", attachment_ids=[])
        self.assertEqual(message._filter_empty(), message)
