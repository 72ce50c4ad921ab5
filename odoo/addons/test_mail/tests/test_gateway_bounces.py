"""E-mails that tell that others did not arrive (mail_gateway G30 to G35, G65)."""

from odoo.tests import tagged

from .test_gateway import GatewayCase, raw

_REPORT = """Return-Path: <>
From: Mailer <{sender}>
To: {to}
Subject: Undelivered
Message-Id: <{name}@mx.example>
Content-Type: {kind}; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

Nobody is here.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: {final}
Action: failed
Status: 5.1.1
--b
Content-Type: {inner}

Message-Id: {message_id}
Subject: What was sent

--b--
"""


@tagged("mail_gateway")
class TestBounces(GatewayCase):
    def setUp(self):
        super().setUp()
        self.listed = self.env["mail.test.blacklist"].create({"name": "L", "email_from": "Cora <Cora@example.org>"})
        self.message = self.record.message_post(
            body="Hi", subtype_xmlid="mail.mt_comment", message_type="comment", partner_ids=self.customer.ids
        )

    def bounce(self, **values):
        """Return a report about the message."""
        usual = {
            "sender": "postmaster@mx.example",
            "to": self.domain.bounce_email,
            "kind": "multipart/report",
            "final": "rfc822; cora@example.org",
            "inner": "message/rfc822",
            "message_id": self.message.message_id,
            "name": f"r{id(values)}",
        }
        return _REPORT.format(**{**usual, **values})

    def read(self, content):
        """Return what an e-mail says."""
        return self.threads.message_parse(raw(*content.encode().split(b"\n")))

    def test_g30_what_is_a_bounce(self):
        plain = {"to": "x@example.com", "kind": "text/plain", "sender": "a@b.example"}
        for values, wanted in (
            ({}, True),
            ({"kind": "text/plain", "to": f"{self.domain.bounce_email}, groups@test.example.com"}, True),
            ({"to": "x@example.com"}, True),
            ({"to": "x@example.com", "kind": "multipart/report:"}, True),
            ({**plain, "sender": "MAILER-DAEMON@mx.example"}, True),
        ):
            with self.subTest(values):
                self.assertIs(self.read(self.bounce(**values))["is_bounce"], wanted)
        self.assertFalse(
            self.threads.message_parse(self.mail("x@example.com", Cc=self.domain.bounce_email))["is_bounce"]
        )

    def test_g31_what_bounced(self):
        for inner in ("message/rfc822", "text/rfc822-headers"):
            said = self.read(self.bounce(inner=inner))
            with self.subTest(inner):
                self.assertEqual(said["bounced_email"], "cora@example.org")
                self.assertEqual(said["bounced_partner"], self.customer)
                self.assertEqual(said["bounced_msg_ids"], [self.message.message_id])
                self.assertEqual(said["bounced_message"], self.message)
                self.assertIn("Nobody is here", said["body"])
        # one partner was told, so it is this one
        said = self.read(self.bounce(final="broken"))
        self.assertEqual((said["bounced_partner"], said["bounced_email"]), (self.customer, "cora@example.org"))
        said = self.read(self.bounce(final="", message_id="<other@x.example>"))
        self.assertEqual((said["bounced_email"], said["bounced_msg_ids"]), (False, ["<other@x.example>"]))

    def test_g32_g35_bounces_are_counted(self):
        before = self.env["mail.message"].search_count([])
        result = self.threads.message_process("mail.test.ticket", self.bounce())
        self.assertIs(result, False)
        self.assertEqual(self.env["mail.message"].search_count([]), before)
        self.assertEqual((self.listed.message_bounce, self.customer.message_bounce), (1, 1))
        row = self.message.notification_ids
        self.assertEqual((row.notification_status, row.failure_type), ("bounce", "mail_bounce"))
        self.assertIn("Nobody is here", row.failure_reason)
        self.process(self.mail(self.jobs(), sender="cora@example.org"))
        self.assertEqual((self.listed.message_bounce, self.customer.message_bounce), (0, 0))

    def test_g33_the_document_hears_of_it(self):
        heard = []
        for model in ("mail.test.simple", "mail.test.blacklist"):
            self.patch(
                self.env.registry[model],
                "_message_receive_bounce",
                lambda records, email, partner: heard.append((records._name, records.ids, email, partner)),
            )
        self.threads.message_process(None, self.bounce())
        address = "cora@example.org"
        self.assertIn(("mail.test.simple", self.record.ids, address, self.customer), heard)
        self.assertIn(("mail.test.blacklist", self.listed.ids, address, self.customer), heard)
        self.assertEqual(len(heard), 2)

    def test_g65_answers_to_e_mails(self):
        message = self.mail("jobs@x.example", subject="Work", Return_Path="back@example.org")
        with self.outbox() as sent:
            self.threads._routing_create_bounce_email("cora@example.org", "<p>No</p>", message, references="<a@b>")
        self.assertEqual(sent[0]["email_to"], ["back@example.org"])
        self.assertEqual((sent[0]["subject"], sent[0]["references"]), ("Re: Work", "<a@b>"))
        self.assertIn(f'MAILER-DAEMON" <{self.domain.bounce_email}>', sent[0]["email_from"])
        self.env.company.alias_domain_id = False
        with self.outbox() as sent:
            self.threads._routing_create_bounce_email("cora@example.org", "<p>No</p>", message)
        self.assertEqual(sent[0]["email_from"], "jobs@x.example")
