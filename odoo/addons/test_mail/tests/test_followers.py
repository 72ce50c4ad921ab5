"""Followers and subtypes (T73 to T89, T380 to T386)."""

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import QUIET, MailCase


@tagged("mail_followers")
class TestFollowers(MailCase):
    def test_the_creator_follows(self):
        record = self.env["mail.test.simple"].with_user(self.employee).create({"name": "x"})
        self.assertEqual(record.message_partner_ids, self.employee.partner_id)
        for key in ("mail_create_nosubscribe", "tracking_disable"):
            record = (
                self.env["mail.test.simple"].with_user(self.employee).with_context(**{key: True}).create({"name": "x"})
            )
            self.assertFalse(record.message_partner_ids)

    def test_default_subtypes(self):
        self.record.message_subscribe((self.reader.partner_id | self.customer).ids)
        comment = self.env.ref("mail.mt_comment")
        for follower in self.record.message_follower_ids:
            self.assertIn(comment, follower.subtype_ids)
            self.assertNotIn(self.env.ref("mail.mt_note"), follower.subtype_ids)

    def test_subtypes_are_replaced_when_named(self):
        note, comment = self.env.ref("mail.mt_note"), self.env.ref("mail.mt_comment")
        self.record.message_subscribe(self.customer.ids, note.ids)
        self.record.message_subscribe(self.customer.ids)
        self.assertEqual(self.record.message_follower_ids.subtype_ids, note, "who follows stays as they are")
        self.record.message_subscribe(self.customer.ids, comment.ids)
        self.assertEqual(self.record.message_follower_ids.subtype_ids, comment)

    def test_who_may_subscribe(self):
        portal = self.record.with_user(self.portal)
        self.assertTrue(portal.message_subscribe(self.portal.partner_id.ids))
        with self.assertRaises(AccessError):
            portal.message_subscribe(self.customer.ids)
        with self.assertRaises(AccessError):
            portal.message_unsubscribe(self.customer.ids)
        portal.message_unsubscribe(self.portal.partner_id.ids)
        self.assertFalse(self.record.message_partner_ids)
        closed = self.env["mail.test.ticket"].create({"name": "closed"})
        self.assertFalse(closed.with_user(self.portal).message_subscribe(self.portal.partner_id.ids))

    def test_archived_partners(self):
        self.customer.active = False
        self.record.message_subscribe(self.customer.ids)
        self.assertFalse(self.record.message_follower_ids)
        self.record._message_subscribe(self.customer.ids)
        self.assertEqual(self.record.message_follower_ids.partner_id, self.customer)
        message = self.record.message_post(body="x", subtype_xmlid="mail.mt_comment")
        self.assertFalse(message.notification_ids)

    def test_partners_as_a_field(self):
        self.record.message_partner_ids = self.customer | self.reader.partner_id
        self.assertEqual(len(self.record.message_follower_ids), 2)
        self.record.message_partner_ids = [Command.unlink(self.customer.id)]
        self.assertEqual(self.record.message_follower_ids.partner_id, self.reader.partner_id)
        found = self.env["mail.test.simple"].search([("message_partner_ids", "in", self.reader.partner_id.ids)])
        self.assertEqual(found, self.record)
        others = self.env["mail.test.simple"].search([("message_partner_ids", "not in", self.reader.partner_id.ids)])
        self.assertNotIn(self.record, others)

    def test_searches_from_outside(self):
        self.record.message_subscribe(self.portal.partner_id.ids)
        model = self.env["mail.test.simple"].with_user(self.portal)
        self.assertEqual(model.search([("message_partner_ids", "in", self.portal.partner_id.ids)]), self.record)
        with self.assertRaises(AccessError):
            model.search([("message_partner_ids", "in", self.customer.ids)])
        self.assertTrue(self.record.with_user(self.portal).message_is_follower)

    def test_internal_subtypes_stay_inside(self):
        note = self.env.ref("mail.mt_note")
        self.record.message_subscribe((self.customer | self.reader.partner_id).ids, note.ids)
        message = self.record.message_post(body="secret")
        self.assertEqual(list(self.notified(message)), [self.reader.partner_id])

    def test_followers_of_the_container(self):
        container = self.env["mail.test.container"].with_context(**QUIET).create({"name": "Box"})
        container.message_subscribe(self.customer.ids)
        ticket = (
            self.env["mail.test.ticket"]
            .with_context(mail_create_nosubscribe=True)
            .create({"name": "x", "container_id": container.id})
        )
        follower = ticket.message_follower_ids
        self.assertEqual(follower.partner_id, self.customer)
        self.assertIn(self.env.ref("test_mail.st_mail_test_ticket_container_upd"), follower.subtype_ids)

    def test_assignment(self):
        tickets = self.env["mail.test.ticket"].with_context(**QUIET).create([{"name": "a"}, {"name": "b"}])
        tickets = tickets.with_context(dict.fromkeys(QUIET, False)).with_user(self.employee)
        with self.outbox() as sent:
            tickets.user_id = self.reader
        self.assertFalse(sent)
        told = self.env["mail.message"].search([("model", "=", "mail.test.ticket"), ("res_id", "in", tickets.ids)])
        told = told.filtered(lambda message: message.message_type == "user_notification")
        self.assertEqual(sorted(told.mapped("record_name")), ["a", "b"])
        self.assertEqual(told.notification_ids.res_partner_id, self.reader.partner_id)
        self.assertIn(self.reader.partner_id, tickets[0].message_partner_ids)
        tickets.with_context(mail_auto_subscribe_no_notify=True).user_id = self.employee
        self.assertIn(self.employee.partner_id, tickets[0].message_partner_ids)

    def test_deleting(self):
        self.record.message_subscribe(self.customer.ids)
        message = self.record.message_notify(body="x", partner_ids=self.customer.ids)
        followers = self.record.message_follower_ids
        self.record.unlink()
        self.assertFalse(message.exists())
        self.assertFalse(followers.exists())

    def test_one_statement_for_recipients(self):
        self.record.message_subscribe((self.customer | self.reader.partner_id | self.portal.partner_id).ids)
        comment = self.env.ref("mail.mt_comment").id
        self.env["mail.followers"]._get_recipient_data(self.record, "comment", comment)
        employee_ids = self.employee.partner_id.ids
        self.env.flush_all()
        with self.assertQueryCount(1):
            data = self.env["mail.followers"]._get_recipient_data(self.record, "comment", comment, employee_ids)
        rows = data[self.record.id]
        self.assertEqual(rows[self.reader.partner_id.id]["notif"], "inbox")
        self.assertEqual(rows[self.portal.partner_id.id]["type"], "portal")
        self.assertEqual(rows[self.customer.id]["type"], "customer")
        self.assertFalse(rows[self.employee.partner_id.id]["is_follower"])

    def test_store_of_followers(self):
        self.record.message_subscribe((self.customer | self.reader.partner_id).ids)
        result = self.record.with_user(self.reader).message_get_followers()
        self.assertEqual([row["name"] for row in result["mail.followers"]], ["Cora Customer"])
        self.assertEqual(result["mail.thread"][0]["followers"][0][0], "ADD")
