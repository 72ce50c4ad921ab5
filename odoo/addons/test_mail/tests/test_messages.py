"""Messages: who may do what with them, marks, and clients (T150 to T191, T396 to T398)."""

from odoo.addons.mail.tools.discuss import Store
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import MailCase


@tagged("mail_message")
class TestMessages(MailCase):
    def test_reading(self):
        closed = self.env["mail.test.ticket"].create({"name": "closed"})
        message = closed.message_post(body="x", message_type="comment", subtype_xmlid="mail.mt_comment")
        theirs = message.with_user(self.portal)
        with self.assertRaises(AccessError):
            theirs.read(["body"])
        self.assertNotIn(message, self.env["mail.message"].with_user(self.portal).search([]))
        message.partner_ids = self.portal.partner_id
        self.assertEqual(theirs.read(["preview"])[0]["preview"], "x")
        message.is_internal = True
        with self.assertRaises(AccessError):
            theirs.read(["body"])
        message.with_user(self.employee).read(["body"])

    def test_notes_are_for_the_house(self):
        note = self.record.message_post(body="note", message_type="comment")
        comment = self.record.message_post(body="c", message_type="comment", subtype_xmlid="mail.mt_comment")
        found = (
            self.env["mail.message"]
            .with_user(self.portal)
            .search([("res_id", "=", self.record.id), ("model", "=", "mail.test.simple")])
        )
        self.assertIn(comment, found)
        self.assertNotIn(note, found)
        public = self.env.ref("base.public_user")
        self.assertEqual(comment.with_user(public).read(["preview"])[0]["preview"], "c")

    def test_writing_and_deleting(self):
        closed = self.env["mail.test.access"].create({"name": "open"})
        message = closed.with_user(self.employee).message_post(body="mine", message_type="comment")
        message.body = "changed"
        with self.assertRaises(AccessError):
            message.unlink()
        with self.assertRaises(AccessError):
            message.with_user(self.reader).body = "theirs"
        with self.assertRaises(AccessError):
            message.model = "res.partner"
        with self.assertRaises(AccessError):
            message.export_data(["body"])

    def test_answering_what_one_got(self):
        closed = self.env["mail.test.access"].create({"name": "x"})
        closed.__class__._mail_post_access, before = "write", closed._mail_post_access
        try:
            parent = closed.message_post(
                body="?", subtype_xmlid="mail.mt_comment", partner_ids=self.employee.partner_id.ids
            )
            with self.assertRaises(AccessError):
                closed.with_user(self.employee).message_post(body="no")
            answer = (
                self.env["mail.message"]
                .with_user(self.employee)
                .create({"model": closed._name, "res_id": closed.id, "parent_id": parent.id, "body": "!"})
            )
            self.assertEqual(answer.author_id, self.employee.partner_id)
        finally:
            closed.__class__._mail_post_access = before

    def test_marks(self):
        message = self.record.message_post(body="x", message_type="comment")
        mine = message.with_user(self.employee)
        mine.toggle_message_starred()
        self.assertTrue(mine.starred)
        self.assertFalse(message.with_user(self.reader).starred)
        self.assertEqual(self.env["mail.message"].with_user(self.employee).search([("starred", "=", True)]), message)
        mine.unstar_all()
        mine.invalidate_recordset()
        self.assertFalse(mine.starred)

    def test_read_marks(self):
        for _number in range(2):
            self.record.message_post(body="x", partner_ids=self.reader.partner_id.ids)
        messages = self.env["mail.message"].with_user(self.reader)
        self.assertEqual(len(messages.search([("needaction", "=", True)])), 2)
        self.assertEqual(
            self.env["mail.test.simple"].with_user(self.reader).search([("message_needaction", "=", True)]), self.record
        )
        self.assertEqual(len(messages.mark_all_as_read()), 2)
        self.assertFalse(messages.search([("needaction", "=", True)]))

    def test_reactions(self):
        message = self.record.message_post(body="x", message_type="comment")
        partner = self.employee.partner_id
        store = Store()
        message._message_reaction("👍", "add", partner, None, store)
        message._message_reaction("👍", "add", partner, None)
        self.assertEqual(len(message.reaction_ids), 1)
        (group,) = store.get_result()["MessageReactions"]
        self.assertEqual((group["count"], group["message"]), (1, message.id))
        message._message_reaction("👍", "remove", partner, None, store := Store())
        self.assertFalse(message.reaction_ids)
        self.assertEqual(store.get_result()["mail.message"][0]["reactions"][0][0], "DELETE")

    def test_for_clients(self):
        record = self.record.with_user(self.employee)
        record.message_post(
            body="<x>", message_type="comment", subtype_xmlid="mail.mt_comment", partner_ids=self.customer.ids
        )
        message = record.message_ids[0]
        result = Store(message, for_current_user=True, add_followers=True).get_result()
        (values,) = result["mail.message"]
        self.assertEqual(
            set(values),
            {
                "attachment_ids", "author", "body", "create_date", "date", "default_subject", "email_from", "id",
                "is_discussion", "is_note", "message_type", "model", "needaction", "linkPreviews",
                "notifications", "pinned_at",
                "reactions", "recipients", "record_name", "res_id", "scheduledDatetime", "starred", "subject",
                "subtype_description", "thread", "trackingValues", "write_date",
            },
        )  # fmt: skip
        self.assertEqual(values["author"], {"id": self.employee.partner_id.id, "type": "partner"})
        self.assertEqual(values["thread"], {"id": record.id, "model": record._name})
        (thread,) = result["mail.thread"]
        self.assertEqual(thread["selfFollower"], record.message_follower_ids.id)
        self.assertEqual(thread["name"], "Thing")

    def test_pages(self):
        messages = self.env["mail.message"]
        for number in range(6):
            messages |= self.record.message_post(body=f"number {number}", message_type="comment")
        ids = sorted(messages.ids)
        domain = [("id", "in", ids)]
        fetch = messages._message_fetch
        self.assertEqual(fetch(domain, limit=2)["messages"].ids, [ids[5], ids[4]])
        self.assertEqual(fetch(domain, before=ids[2])["messages"].ids, [ids[1], ids[0]])
        self.assertEqual(fetch(domain, after=ids[2], limit=2)["messages"].ids, [ids[4], ids[3]])
        self.assertEqual(fetch(domain, around=ids[2], limit=4)["messages"].ids, [ids[4], ids[3], ids[2], ids[1]])
        found = fetch(domain, search_term="number 3")
        self.assertEqual((found["count"], found["messages"].ids), (1, [ids[3]]))

    def test_store(self):
        store = Store("mail.thread", {"id": 1, "model": "a", "name": "x"})
        store.add("mail.thread", [{"id": 1, "model": "a", "icon": "y"}, {"id": 2, "model": "a"}])
        store.add({"counter": 3})
        store.add(self.customer, {"name": "C", "user": Store.one(self.env["res.users"])})
        store.add(self.reader.partner_id, delete=True)
        self.assertEqual(
            store.get_result(),
            {
                "Store": {"counter": 3},
                "mail.thread": [{"icon": "y", "id": 1, "model": "a", "name": "x"}, {"id": 2, "model": "a"}],
                "res.partner": [
                    {"id": self.customer.id, "name": "C", "user": False},
                    {"_DELETE": True, "id": self.reader.partner_id.id},
                ],
            },
        )
        self.assertEqual(Store().get_result(), {})
        for wrong in (
            ("Store", [1]),
            ("mail.thread", {"id": 0, "model": "a"}),
            ("mail.thread", {"_DELETE": 1, "id": 1, "model": "a"}),
        ):
            with self.subTest(wrong), self.assertRaises(AssertionError):
                Store(*wrong)

    def test_notifications_stay(self):
        message = self.record.message_post(body="x", partner_ids=self.reader.partner_id.ids)
        notification = message.notification_ids
        with self.assertRaises(AccessError):
            notification.with_user(self.reader).res_partner_id = self.customer
        with self.assertRaises(AccessError):
            notification.with_user(self.employee).is_read = True
        notification.with_user(self.reader).is_read = True
        self.assertTrue(notification.read_date)
