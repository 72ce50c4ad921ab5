"""Addresses and domains (mail_gateway L1 to L34)."""

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .common import MailCase


@tagged("mail_alias")
class TestAliases(MailCase):
    def test_names(self):
        sanitize = self.env["mail.alias"]._sanitize_alias_name
        for given, wanted in (
            ("bidule...inc.", "bidule.inc"),
            ("Déboulonneur 😊", "deboulonneur-"),
            ("😊", "-"),
            (" ", False),
            (".", False),
            (None, False),
            ("a@b.c", "a"),
        ):
            with self.subTest(given):
                self.assertEqual(sanitize(given), wanted)
        self.assertEqual(sanitize("A@B.c", is_email=True), "a@b.c")

    def test_uniqueness(self):
        values = {"alias_model_id": self.env["ir.model"]._get_id("mail.test.ticket")}
        alias = self.env["mail.alias"].create({**values, "alias_name": "Sales Team"})
        self.assertEqual(alias.alias_full_name, f"sales-team@{self.domain.name}")
        with self.assertRaises(UserError):
            self.env["mail.alias"].create({**values, "alias_name": "sales-team"})
        with self.assertRaises(UserError):
            self.env["mail.alias"].create([{**values, "alias_name": "z"}, {**values, "alias_name": "z"}])
        for wrong in ({"alias_name": "bounce"}, {"alias_defaults": "nonsense"}):
            with self.subTest(wrong), self.assertRaises(ValidationError):
                self.env["mail.alias"].create({**values, **wrong})

    def test_owners(self):
        container = (
            self.env["mail.test.container"].with_user(self.employee).create({"name": "Box", "alias_name": "Box"})
        )
        alias = container.alias_id.sudo()
        self.assertEqual(container.alias_email, f"box@{self.domain.name}")
        self.assertEqual(alias.alias_parent_thread_id, container.id)
        self.assertEqual(alias.alias_model_id.model, "mail.test.ticket")
        container.alias_name = "other"
        self.assertEqual(alias.alias_name, "other")
        copy = container.copy()
        self.assertTrue(copy.alias_id)
        self.assertFalse(copy.alias_name)
        container.unlink()
        self.assertFalse(alias.exists())

    def test_domains(self):
        with self.assertRaises(ValidationError):
            self.env["mail.alias.domain"].create({"name": "a, b"})
        domain = self.env["mail.alias.domain"].create({"name": "x.example", "bounce_alias": "Bounce+é"})
        self.assertEqual(domain.bounce_email, "bounce+e@x.example")
        self.assertEqual(domain.default_from_email, "notifications@x.example")
        domain.default_from = "me@y.example"
        self.assertEqual(domain.default_from_email, "me@y.example")
