"""How many statements messages take: neither more people who follow nor more messages make them more."""

from markupsafe import Markup

from odoo.addons.mail.controllers.thread import as_page
from odoo.tests import new_test_user

from .common import QUIET, MailCase

#: what a post to followers in the house and outside takes at most, and a page of messages
POST, PAGE = 30, 25


class TestStatements(MailCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.inside = [
            new_test_user(cls.env, f"box{number}", notification_type="inbox", context=QUIET).partner_id.id
            for number in range(5)
        ]
        people = [{"name": f"Outside {number}", "email": f"out{number}@example.org"} for number in range(5)]
        cls.outside = cls.env["res.partner"].with_context(**QUIET).create(people).ids

    def statements(self, act):
        """Return how many statements something takes, with what comes at the end of its transaction."""
        self.flush_tracking()
        self.env.invalidate_all()
        return self.counted(act)

    def post(self, record):
        """Return how many statements a post takes."""
        document = record.with_user(self.employee).with_context(mail_notify_force_send=False)
        comment = {"message_type": "comment", "subtype_xmlid": "mail.mt_comment"}
        return self.statements(lambda: document.message_post(body=Markup("<p>Look</p>"), **comment))

    def followed_by(self, count):
        """Return a document that as many people in the house and outside follow."""
        record = self.record.with_context(**QUIET).copy()
        record.message_subscribe(self.inside[:count] + self.outside[:count] + self.employee.partner_id.ids)
        return record

    def test_posts(self):
        few, many = self.followed_by(2), self.followed_by(5)
        self.post(few)
        self.post(many)
        count = self.post(few)
        self.assertEqual(self.post(many), count)
        for _turn in range(5):
            self.post(few)
        self.assertEqual(self.post(few), count)
        self.assertLessEqual(count, POST)

    def test_pages_of_messages(self):
        document = self.record
        for number in range(12):
            self.post(document)
            document.message_post(body=str(number), partner_ids=self.outside, subtype_xmlid="mail.mt_comment")

        def show(limit):
            messages = self.env["mail.message"].with_user(self.employee)
            found = messages._message_fetch([("model", "=", document._name), ("res_id", "=", document.id)], limit=limit)
            found["messages"].set_message_done()
            shown = as_page(found, for_current_user=True)["data"]["mail.message"]
            self.assertEqual(len(shown), limit)

        show(2)
        count = self.statements(lambda: show(4))
        self.assertEqual(self.statements(lambda: show(24)), count)
        self.assertLessEqual(count, PAGE)
