from odoo.exceptions import UserError
from odoo.tests import TransactionCase


class TestMailServer(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.servers = cls.env["ir.mail_server"]
        cls.servers.search([]).active = False

    def test_message(self):
        message = self.servers.build_email(
            "Ann <ann@example.com>",
            ["bob@example.com"],
            "Grüße",
            "<p>Hello <b>you</b></p>",
            subtype="html",
            email_cc=["cat@example.com"],
            attachments=[("a.txt", b"content", "text/plain")],
            object_id="5-res.partner",
        )
        self.assertEqual(message["Subject"], "Grüße")
        self.assertIn("openerp-5-res.partner", message["Message-Id"])
        self.assertEqual(
            [part.get_content_type() for part in message.walk() if not part.is_multipart()],
            ["text/plain", "text/html", "text/plain"],
        )
        self.assertEqual([part.get_filename() for part in message.iter_attachments()], ["a.txt"])
        self.assertIn("Hello", message.get_body(("plain",)).get_content())

    def test_sending_in_tests_only_prepares(self):
        message = self.servers.build_email("ann@example.com", ["bob@example.com"], "Subject", "Text")
        self.assertEqual(self.servers.send_email(message), message["Message-Id"])
        nobody = self.servers.build_email("ann@example.com", [], "Subject", "Text")
        with self.assertRaises(ValueError):
            self.servers.send_email(nobody)

    def test_choice_of_server(self):
        person, domain, anybody = self.servers.create(
            [
                {"name": "person", "smtp_host": "a", "from_filter": "ann@example.com", "sequence": 3},
                {"name": "domain", "smtp_host": "b", "from_filter": "example.com", "sequence": 2},
                {"name": "anybody", "smtp_host": "c", "sequence": 1},
            ]
        )
        find = self.servers._find_mail_server
        self.assertEqual(find("Ann <Ann@example.com>")[0], person)
        self.assertEqual(find("bob@example.com")[0], domain)
        self.assertEqual(find("bob@elsewhere.com")[0], anybody)

    def test_filter(self):
        match = self.servers._match_from_filter
        self.assertTrue(match("ann@example.com", False))
        self.assertTrue(match("ann@example.com", "elsewhere.com, example.com"))
        self.assertTrue(match("Ann <ann@example.com>", "ann@example.com"))
        self.assertFalse(match("ann@example.com", "bob@example.com"))

    def test_half_a_certificate(self):
        with self.assertRaises(UserError):
            self.servers.create(
                {"name": "x", "smtp_host": "x", "smtp_encryption": "ssl", "smtp_authentication": "certificate"}
            )
