import time
from email import message_from_bytes
from types import SimpleNamespace

from odoo.addons.base.models.ir_mail_server import extract_rfc2822_addresses
from odoo.exceptions import UserError
from odoo.tests import TransactionCase
from odoo.tools import config


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
        with self.assertRaisesRegex(AssertionError, self.servers.NO_VALID_RECIPIENT):
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


class TestMailEnvelope(TransactionCase):
    """What goes to an SMTP server, and which one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.servers = cls.env["ir.mail_server"]
        cls.servers.search([]).active = False

    def envelope(self, sender, recipients, from_filter=False, smtp_from=False, context=None, **values):
        """Return sender, recipients and message for a connection to a server with a filter."""
        servers = self.servers.with_context(context or {})
        message = servers.build_email(sender, recipients, "Subject", "Text", **values)
        session = SimpleNamespace(from_filter=from_filter, smtp_from=smtp_from)
        return servers._prepare_email_message(message, session)

    def test_2_11_3_envelopes_are_ascii(self):
        sender, recipients, message = self.envelope(
            "Zoë <ann@ééé.com>",
            ['"Bob" <bob@ÉÉÉ.com>', "eve@x.org"],
            email_cc=["cat@bücher.example"],
            email_bcc=["dan@x.org"],
        )
        self.assertEqual(sender, "ann@xn--9caaa.com")
        self.assertEqual(recipients, ["bob@xn--9caaa.com", "eve@x.org", "cat@xn--bcher-kva.example", "dan@x.org"])
        self.assertTrue(bytes(message).isascii())
        self.assertNotIn("Bcc", message)

    def test_2_11_3_names_are_no_recipients(self):
        self.assertEqual(self.envelope("a@x.org", ['"eve@y.org" <bob@x.org>'])[1], ["bob@x.org"])

    def test_2_11_3_addresses_that_cannot_be_encoded(self):
        self.assertEqual(self.envelope("a@x.org", ["a@-é-.org", "bob@x.org"])[1], ["bob@x.org"])
        with self.assertRaisesRegex(AssertionError, self.servers.NO_VALID_RECIPIENT):
            self.envelope("a@x.org", ["a@-é-.org"])

    def test_2_11_4_notifications_address_of_the_context(self):
        person, company = self.servers.create(
            [
                {"name": "person", "smtp_host": "a", "from_filter": "ann@x.org"},
                {"name": "company", "smtp_host": "b", "from_filter": "company.org"},
            ]
        )
        servers = self.servers.with_context(domain_notifications_email="robot@company.org")
        self.assertEqual(servers._find_mail_server("bob@y.org"), (company, "robot@company.org"))
        self.assertEqual(servers._find_mail_server("ann@x.org"), (person, "ann@x.org"))
        sender, _recipients, message = self.envelope(
            '"Bob" <bob@y.org>',
            ["eve@z.org"],
            from_filter="company.org",
            smtp_from="robot@company.org",
            context={"domain_notifications_email": "robot@company.org"},
        )
        self.assertEqual(sender, "robot@company.org")
        self.assertEqual(message["From"], "Bob <robot@company.org>")

    def test_2_11_4_bounce_address_of_the_context(self):
        context = {"domain_bounce_address": "bounce@company.org"}
        for from_filter, expected in (
            (False, "bounce@company.org"),
            ("company.org", "bounce@company.org"),
            ("bounce@company.org", "bounce@company.org"),
            ("y.org", "bob@y.org"),
        ):
            with self.subTest(from_filter=from_filter):
                sender, _recipients, message = self.envelope("bob@y.org", ["eve@z.org"], from_filter, context=context)
                self.assertEqual((sender, message["From"]), (expected, "bob@y.org"))

    def test_2_11_5_senders_keep_their_case(self):
        for from_filter in (False, "X.ORG", "x.org", "ann.b@x.org"):
            with self.subTest(from_filter=from_filter):
                self.assertEqual(self.envelope("Ann.B@x.org", ["eve@z.org"], from_filter)[0], "Ann.B@x.org")

    def test_2_11_6_senders_of_connection_tests(self):
        self.patch(config, "options", {**config.options, "email_from": "default@x.org"})
        self.env.user.email = "user@x.org"
        server = self.servers.create({"name": "server", "smtp_host": "a"})
        for from_filter, expected in (
            ("a.org, ann@b.org", "ann@b.org"),
            ("a.org,b.org", "noreply@a.org"),
            ("ann@a.org", "ann@a.org"),
            (" , ", "user@x.org"),
            (" ", "user@x.org"),
            (False, "default@x.org"),
        ):
            with self.subTest(from_filter=from_filter):
                server.from_filter = from_filter
                self.assertEqual(server._get_test_email_from(), expected)

    def test_2_11_7_ids_are_neither_folded_nor_encoded(self):
        references = " ".join(f"<{'0123456789' * 9}-{number}@a.very.long.example.org>" for number in range(5))
        message = self.servers.build_email(
            "ann@x.org",
            ["bob@x.org"],
            "Subject",
            "Text",
            message_id=references.split()[0],
            references=references,
            headers={"In-Reply-To": references.split()[1]},
        )
        lines = bytes(message).decode("ascii").split("\r\n")
        self.assertIn(f"references: {references}", lines)
        self.assertIn(f"Message-Id: {references.split()[0]}", lines)
        self.assertIn(f"In-Reply-To: {references.split()[1]}", lines)
        self.assertEqual(message_from_bytes(bytes(message))["references"], references)

    def test_2_11_8_each_text_has_its_version(self):
        message = self.servers.build_email("ann@x.org", ["bob@x.org"], "Subject", "<p>Text</p>", subtype="html")
        self.assertEqual(bytes(message).count(b"MIME-Version: 1.0"), 3)
        message = self.servers.build_email("ann@x.org", ["bob@x.org"], "Subject", "Text")
        self.assertEqual(bytes(message).count(b"MIME-Version: 1.0"), 1)

    def test_2_11_14_long_texts_take_no_time(self):
        start = time.monotonic()
        for text in ("a" * 100_000, "a@" * 50_000, "a," * 50_000):
            extract_rfc2822_addresses(text)
        self.assertLess(time.monotonic() - start, 5)

    def test_2_11_14_addresses_in_a_text(self):
        for text, expected in (
            ("Ann <ann@x.org>, bob@y.org", ["ann@x.org", "bob@y.org"]),
            ('"Ann" <ann@ééé.com> eve@z.org', ["ann@xn--9caaa.com", "eve@z.org"]),
            ("ann@-é-.org, bob@y.org", ["bob@y.org"]),
            ("nobody", []),
            (False, []),
            ("", []),
        ):
            with self.subTest(text=text):
                self.assertEqual(extract_rfc2822_addresses(text), expected)
