"""Addresses that get no mass e-mails, and documents with such addresses (mail_gateway L41, L42)."""

from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import MailCase


@tagged("mail_blacklist")
class TestBlacklist(MailCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.list = cls.env["mail.blacklist"]
        cls.documents = cls.env["mail.test.blacklist"]

    def test_l41_addresses_are_kept_once_in_normal_form(self):
        made = self.list.create([{"email": "Ann <Ann@Example.ORG>"}, {"email": "ann@example.org"}, {"email": "b@c.de"}])
        self.assertEqual(sorted(made.mapped("email")), ["ann@example.org", "b@c.de"])
        again = self.list.create([{"email": "ANN@example.org"}])
        self.assertEqual(again.email, "ann@example.org")
        self.assertIn(again, made)
        with self.assertRaisesRegex(UserError, "no address"):
            self.list.create([{"email": "no address"}])
        again.email = "Anne <ANNE@example.org>"
        self.assertEqual(again.email, "anne@example.org")
        self.assertEqual(self.list.search([("email", "=", "Anne <Anne@Example.org>")]), again)
        self.assertEqual(self.list.search([("email", "ilike", "nne@ex")]), again)

    def test_l41_addresses_come_and_go_with_a_reason(self):
        new = self.list._add("New <new@example.org>", message="She asked for it")
        [note, *_others] = new.message_ids
        self.assertIn("She asked for it", note.body)
        self.assertEqual(note.subtype_id, self.env.ref("mail.mt_note"))
        self.assertFalse(new.message_partner_ids)
        self.flush_tracking()
        gone = self.list._remove("new@example.org", message="She came back")
        self.flush_tracking()
        self.assertEqual((gone, gone.active), (new, False))
        self.assertIn("She came back", new.message_ids[0].body)
        self.assertTrue(new.message_ids[0].sudo().tracking_value_ids)
        self.assertEqual(self.list._add("new@example.org"), new)
        self.assertTrue(new.active)
        never = self.list._remove("never@example.org", message="To be sure")
        self.assertFalse(never.active)
        self.assertIn("To be sure", never.message_ids[0].body)

    def test_l42_documents_know_whether_their_address_is_listed(self):
        self.list._add("listed@example.org")
        listed, other = self.documents.create(
            [
                {"name": "L", "email_from": "Two <Listed@Example.org>, third@example.org"},
                {"name": "O", "email_from": "other@example.org"},
            ]
        )
        self.assertEqual(listed.email_normalized, "listed@example.org")
        both = [("id", "in", (listed + other).ids)]
        # what was not written yet counts
        other.email_from = "Listed <LISTED@example.org>"
        self.assertEqual(self.documents.search([("is_blacklisted", "=", True), *both]), listed + other)
        other.email_from = "other@example.org"
        for domain, found in (
            ([("is_blacklisted", "=", True)], listed),
            ([("is_blacklisted", "!=", True)], other),
            ([("is_blacklisted", "=", False)], other),
            ([("is_blacklisted", "!=", False)], listed),
        ):
            self.assertEqual(self.documents.search([*domain, *both]), found, domain)
        # those who may not read the list see it, too
        self.assertTrue(listed.with_user(self.employee).is_blacklisted)
        self.list._remove("listed@example.org")
        listed.invalidate_recordset()
        self.assertFalse(listed.is_blacklisted)
        for operator, value in (("in", [True]), ("=", "yes")):
            with self.assertRaises(NotImplementedError):
                self.documents._search_is_blacklisted(operator, value)

    def test_l42_models_say_where_the_address_is(self):
        for name in ("nothing", "customer_id", None):
            with (
                patch.object(type(self.documents), "_primary_email", name),
                self.assertRaisesRegex(UserError, "mail.test.blacklist"),
            ):
                self.documents._search_is_blacklisted("=", True)
