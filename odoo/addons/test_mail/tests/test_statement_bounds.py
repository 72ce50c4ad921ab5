"""How many statements each way to tell somebody takes at most, once caches are warm (T450 to T459)."""

from unittest.mock import patch

from odoo.addons.mail.tools.discuss import Store
from odoo.models import BaseModel
from odoo.tests import new_test_user

from .common import QUIET, MailCase

NOTE = {"message_type": "notification", "subtype_xmlid": "mail.mt_note"}
COMMENT = {"message_type": "comment", "subtype_xmlid": "mail.mt_comment"}


class TestStatementBounds(MailCase):
    def statements(self, act, *, told=True):
        """Return how many statements something takes the second time.

        :param act: a function that can be called again
        :param told: with those at the end of the transaction, which tell of changes
        """
        self.counted(act, told=told)
        return self.counted(act, told=told)

    def new(self, model="mail.test.simple", count=1, **values):
        """Return new documents that nobody follows."""
        made = self.env[model].with_context(**QUIET).create([{"name": str(n), **values} for n in range(count)])
        return made.with_context(dict.fromkeys(QUIET, False))

    def test_t450_records_are_made(self):
        simple = self.env["mail.test.simple"]
        for count in (1, 5):
            made = self.statements(lambda count=count: simple.create([{"name": "new"}] * count))
            self.assertLessEqual(made, 8)
        quiet = simple.with_context(tracking_disable=True)
        self.assertLessEqual(self.statements(lambda: quiet.create({"name": "new"})), 2)

    def test_t451_logs(self):
        one, ten = self.new(), self.new(count=10)
        self.assertLessEqual(self.statements(lambda: one._message_log(body="x")), 1)
        self.assertLessEqual(self.statements(lambda: ten._message_log_batch(dict.fromkeys(ten.ids, "x"))), 1)

    def test_t452_posts(self):
        document = self.new()
        quiet = document.with_context(mail_notify_force_send=False)
        self.assertLessEqual(self.statements(lambda: document.message_post(body="x", **NOTE)), 7)
        inbox = {"partner_ids": self.reader.partner_id.ids, **COMMENT}
        self.assertLessEqual(self.statements(lambda: document.message_post(body="x", **inbox)), 19)
        with self.outbox():
            mail = {"partner_ids": self.customer.ids, **COMMENT}
            self.assertLessEqual(self.statements(lambda: document.message_post(body="x", **mail)), 33)
        people = self.env["res.partner"].create([{"name": f"C{n}", "email": f"c{n}@example.org"} for n in range(10)])
        everybody = {"partner_ids": (people | self.portal.partner_id).ids, **COMMENT}
        self.assertLessEqual(self.statements(lambda: quiet.message_post(body="x", **everybody)), 60)

    def test_t453_followers(self):
        document = self.new()
        kinds = self.env.ref("mail.mt_comment").ids

        def newcomers(**kinds):
            people = iter(self.env["res.partner"].create([{"name": "F"}, {"name": "F"}]))
            self.flush_tracking()
            return self.statements(lambda: document.message_subscribe(next(people).ids, **kinds), told=False)

        self.assertLessEqual(newcomers(), 6)
        self.assertLessEqual(newcomers(subtype_ids=kinds), 5)
        known = self.customer.ids
        document.message_subscribe(known)
        self.assertLessEqual(self.statements(lambda: document.message_subscribe(known)), 3)
        self.assertLessEqual(self.statements(lambda: document.message_subscribe(known, subtype_ids=kinds)), 2)

    def test_t454_addresses_for_answers(self):
        documents = self.new("mail.test.container", 10)
        self.assertLessEqual(self.statements(documents._notify_get_reply_to), 1)

    def test_t455_assignments(self):
        for user, most in ((self.reader, 21), (new_test_user(self.env, "mailed", context=QUIET), 42)):
            tickets = iter(self.new("mail.test.ticket", 2))
            with self.outbox():
                count = self.statements(lambda user=user, tickets=tickets: next(tickets).write({"user_id": user.id}))
            self.assertLessEqual(count, most)

    def test_t455_templates(self):
        template = self.env["mail.template"].create(
            {
                "name": "Hello",
                "model_id": self.env["ir.model"]._get_id("mail.test.ticket"),
                "subject": "About {{ object.name }}",
                "body_html": "<p>Hello <t t-out='object.name'/></p>",
                "email_to": "{{ object.email_from }}",
            }
        )
        tickets = self.new("mail.test.ticket", 100, email_from="c@example.org")
        self.assertLessEqual(self.statements(lambda: template.send_mail(tickets[0].id)), 13)
        self.assertLessEqual(self.statements(lambda: template.send_mail_batch(tickets.ids)), 25)

    def test_t456_messages_for_clients(self):
        documents = self.new(count=4)
        for document in documents:
            document.message_post(body="x", partner_ids=(self.reader.partner_id | self.customer).ids, **COMMENT)
        messages = self.env["mail.message"].with_user(self.employee).browse(documents.message_ids.ids)

        def show(shown):
            self.env.invalidate_all()
            Store(shown, for_current_user=True).get_result()

        one, four = (self.statements(lambda shown=shown: show(shown)) for shown in (messages[:1], messages))
        self.assertEqual(one, four)
        self.assertLessEqual(four, 27)

    def test_t457_changes(self):
        values = iter(range(2, 10))
        tickets = self.new("mail.test.ticket", 3)

        def change():
            number = next(values)
            tickets.write({"score": number, "email_from": f"{number}@example.org", "is_urgent": number % 2 == 0})

        self.assertLessEqual(self.statements(change, told=False), 3)
        self.flush_tracking()
        self.assertEqual([len(ticket.message_ids) for ticket in tickets], [2, 2, 2])
        self.assertEqual(len(tickets[0].message_ids[0].sudo().tracking_value_ids), 3)

    def test_t458_people_of_addresses(self):
        partners = self.env["res.partner"]
        calls = []
        search, create = BaseModel.search, type(partners).create

        def counted(name, method):
            def count(records, *args, **kwargs):
                if records._name == "res.partner":
                    calls.append(name)
                return method(records, *args, **kwargs)

            return count

        for number in (1, 8):
            addresses = [f"new{number}.{n}@example.org" for n in range(number)] + ["cora@example.org"]
            calls.clear()
            with (
                patch.object(BaseModel, "search", counted("search", search)),
                patch.object(type(partners), "create", counted("create", create)),
            ):
                found = partners._find_or_create_from_emails(addresses)
            self.assertEqual(len(found), number + 1)
            self.assertEqual(found[-1], self.customer)
            self.assertEqual(calls, ["search", "create"])

    def test_t459_documents_of_messages(self):
        documents = self.new(count=3) | self.new(count=2)
        for document in documents:
            document.message_post(body="x")
        messages = documents.message_ids
        found = messages[0]._record_by_message()
        self.assertEqual(list(found), [messages[0]])
        everything = messages._records_by_model_name()["mail.test.simple"]
        self.assertEqual(everything, documents & everything)
        alone = messages[0]._records_by_model_name()["mail.test.simple"]
        self.assertEqual(set(alone._prefetch_ids), set(documents.ids))
