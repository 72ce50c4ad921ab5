"""Partners for addresses, suggestions, defaults (T90 to T100, T340)."""

from odoo.tests import tagged

from .common import MailCase


@tagged("mail_recipients")
class TestRecipients(MailCase):
    def test_default_recipients(self):
        thing = self.record
        thing.email_from = '"A" <A@x.example>, b@x.example'
        self.assertEqual(
            thing._message_get_default_recipients()[thing.id],
            {"partner_ids": [], "email_to": "a@x.example,b@x.example", "email_cc": False},
        )
        thing.email_from = "wrong"
        self.assertEqual(thing._message_get_default_recipients()[thing.id]["email_to"], "wrong")
        self.assertEqual(
            self.customer._message_get_default_recipients()[self.customer.id]["partner_ids"], self.customer.ids
        )

    def test_partner_fields(self):
        model = self.env["mail.test.nothread"]
        self.assertEqual(model._mail_get_partner_fields(), [])
        self.assertEqual(model._mail_get_partner_fields(introspect_fields=True), ["customer_id"])
        record = model.create({"customer_id": self.customer.id})
        self.assertEqual(record._mail_get_partners(introspect_fields=True), {record.id: self.customer})

    def test_suggestions(self):
        ticket = self.env["mail.test.ticket"].create({"name": "x", "user_id": self.reader.id})
        ticket.message_unsubscribe(self.reader.partner_id.ids)
        (found,) = ticket._message_get_suggested_recipients()
        self.assertEqual(found["partner_id"], self.reader.partner_id.id)
        self.assertEqual(found["email"], "ines@test.example.com")
        result = ticket._message_add_suggested_recipient([found], email="new@x.example", reason="why")
        self.assertEqual(result[1]["name"], "new@x.example")
        self.assertEqual(result[1]["create_values"], {})
        copies = self.env["mail.test.cc"].create({"name": "x", "email_cc": '"Nina" <nina@x.example>'})
        self.assertEqual(
            [row["email"] for row in copies._message_get_suggested_recipients()], ['"Nina" <nina@x.example>']
        )

    def test_partners_of_addresses(self):
        find = self.env["mail.thread"]._mail_find_partner_from_emails
        found = find(['"X" <CORA@example.org>', "unknown@x.example", "", "wrong", "emma@test.example.com"])
        self.assertEqual(
            [partner.id for partner in found], [self.customer.id, False, False, False, self.employee.partner_id.id]
        )
        twin = self.env["res.partner"].create(
            {"name": "Twin", "email": "cora@example.org", "company_id": self.env.company.id}
        )
        ticket = self.env["mail.test.ticket"].create({"name": "x"})
        self.assertEqual(find(["cora@example.org"], records=ticket), [twin])
        self.assertEqual(find(["cora@example.org"]), [self.customer])
        (created,) = find(['"Bob" <bob@x.example>'], force_create=True)
        self.assertEqual((created.name, created.email), ("Bob", "bob@x.example"))
        container = self.env["mail.test.container"].create({"name": "x", "alias_name": "box"})
        self.assertFalse(find([container.alias_email], force_create=True)[0])

    def test_find_or_create(self):
        partners = self.env["res.partner"]
        self.assertEqual(partners.find_or_create("Cora@Example.org"), self.customer)
        with self.assertRaises(ValueError):
            partners.find_or_create("")
        with self.assertRaises(ValueError):
            partners.find_or_create("no address", assert_valid_email=True)
        found = partners._find_or_create_from_emails(
            ["cora@example.org", '"New" <new@x.example>', "", "odd", "new@x.example"],
            additional_values={"new@x.example": {"phone": "1"}, False: {"comment": "odd"}},
        )
        self.assertEqual([partner.name for partner in found], ["Cora Customer", "New", False, "odd", "New"])
        self.assertEqual(found[1], found[4])
        self.assertEqual(found[1].phone, "1")

    def test_mentions(self):
        result = self.env["res.partner"].with_user(self.employee).get_mention_suggestions("o", limit=1000)
        names = [row["name"] for row in result["res.partner"]]
        self.assertLess(names.index("Ines Box"), names.index("Cora Customer"))

    def test_replies(self):
        container = self.env["mail.test.container"].create({"name": "Box", "alias_name": "box"})
        replies = (container)._notify_get_reply_to(default="d@x.example")
        self.assertIn(f"box@{self.domain.name}", replies[container.id])
        self.assertIn(f"catchall@{self.domain.name}", self.record._notify_get_reply_to()[self.record.id])
        self.assertEqual(list(self.env["mail.thread"]._notify_get_reply_to()), [False])
        self.env.company.alias_domain_id = False
        self.assertEqual(self.record._notify_get_reply_to(default="d@x.example")[self.record.id], "d@x.example")
        long_name = self.record._notify_get_reply_to_formatted_email("a@x.example", "x" * 80)
        self.assertEqual(long_name, "a@x.example")

    def test_html_link(self):
        self.record.name = "<b>"
        link = self.record._get_html_link()
        self.assertIn("data-oe-model='mail.test.simple'", link)
        self.assertIn("&lt;b&gt;", link)
