"""E-mails are read, also broken ones (mail_gateway G10 to G28)."""

import base64
from email.message import EmailMessage, Message
from email.policy import SMTP

from odoo.tests import tagged
from odoo.tools import mute_logger

from .test_gateway import GatewayCase, raw

_PNG = b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="  # one pixel


@tagged("mail_gateway")
class TestParsing(GatewayCase):
    def parse(self, message, **kwargs):
        return self.threads.message_parse(message, **kwargs)

    def test_g10_only_messages(self):
        with self.assertRaises(ValueError):
            self.parse(Message())

    def test_g11_g18_headers(self):
        parent = self.record.message_post(body="Between us")
        said = self.parse(
            raw(
                b"From: =?utf-8?b?w4lyaWM=?= <eric@example.net>, other@example.net",
                b'To: jobs@x.example, "Doe, John" <john@example.net>',
                f"Delivered-To: {self.customer.email}".encode(),
                b"Cc: Ann <ann@example.net>",
                b"Resent-To: re@example.net",
                b"Subject: =?iso-8859-8-i?b?+ezl7Q==?=",
                b"Date: Tue, 1 Mar 2022 12:00:00 +0200",
                f"In-Reply-To:\r\n\t{parent.message_id}".encode(),
                b"",
                b"Text",
            )
        )
        self.assertEqual(said["email_from"], '"Éric" <eric@example.net>')
        self.assertEqual(said["from"], said["email_from"])
        self.assertEqual(said["cc"], '"Ann" <ann@example.net>')
        self.assertIn("re@example.net", said["recipients"])
        self.assertNotIn("ann@example.net", said["to"])
        self.assertEqual(said["partner_ids"], self.customer.ids)
        self.assertEqual(said["subject"], "שלום")
        self.assertEqual(said["date"], "2022-03-01 10:00:00")
        self.assertEqual((said["parent_id"], said["is_internal"]), (parent.id, True))
        self.assertRegex(said["message_id"], "^<.+@localhost>$")
        self.assertEqual((said["message_type"], said["is_bounce"]), ("email", False))

    def test_g12_broken_headers(self):
        said = self.parse(
            raw(
                b"From: caf\xc3\xa9 <a@example.net",
                b"To: ;;<<>>, (((",
                b"Subject: =?no-such-charset?q?=E9?= caf\xe9",
                b"Date: the day before yesterday at noon o'clock 99",
                b"Message-Id: <[]@[]>",
                b"References: <a b@c> junk <d@\r\n e>",
                b'Content-Type: text/plain; charset="no-such-charset"',
                b"Content-Disposition: ;;;=",
                b"Content-Transfer-Encoding: 8bit",
                b"",
                b"caf\xc3\xa9",
            )
        )
        self.assertIn("café", said["body"])
        self.assertIn("caf", said["subject"])
        self.assertTrue(said["date"])
        self.assertNotIn("parent_id", said)

    def test_g12_g20_what_cannot_be_kept_or_written(self):
        content = b"\r\n".join(
            (
                b"From: a\0@example.net",
                b"Subject: caf\xe9 =?utf-8?q?=00?= x",
                b"Message-Id: <broken@example.net>",
                b'Content-Type: multipart/mixed; boundary="\xe9b"; x="',
                b"",
                b'--\xe9b"; x="',
                b"Content-Type: text/plain; charset=us\0ascii",
                b"",
                b"nul \0 inside",
                b'--\xe9b"; x="',
                b'Content-Type: message/rfc822; name="in\x1fner\0.eml"',
                b"",
                b"Subject: caf\xe9",
                b"Content-Type: multipart/mixed; boundary=\xe9",
                b"",
                b"\xe9",
            )
        )
        thread_id = self.threads.message_process("mail.test.ticket", content, save_original=True)
        message = self.tickets.browse(thread_id).message_ids
        self.assertEqual(message.attachment_ids[-1:].name, "original_email.eml")
        self.assertIn(content, message.attachment_ids.mapped("raw"))
        self.assertNotIn("\0", f"{message.body}{message.subject}{message.email_from}")

    def test_g21_texts_of_one_part(self):
        message = self.mail(body="1 < 2\n")
        self.assertEqual(self.parse(message)["body"], "\n<pre>1 &lt; 2\n</pre>\n")
        message.set_content('<p class="theirs">Hi</p>', subtype="html")
        body = self.parse(message)["body"]
        self.assertIn("Hi", body)
        self.assertNotIn("theirs", body)
        for charset, letter in (("iso-8859-15", "€"), ("windows-1251", "Ж"), ("shift_jis", "日"), ("utf-16", "é")):
            message.set_content(letter, charset=charset)
            with self.subTest(charset):
                self.assertIn(letter, self.parse(message)["body"])

    def test_g22_g25_forms_of_a_text(self):
        message = self.mail(body="plain\n")
        message.add_alternative("<!DOCTYPE html><html><body><p>rich</p></body></html>", subtype="html")
        body = self.parse(message)["body"]
        self.assertIn("rich", body)
        self.assertNotIn("plain", body)
        self.assertNotIn("DOCTYPE", body)
        mixed = self.mail()
        mixed.make_mixed()
        mixed.set_payload([])
        for number in (1, 2):
            part = EmailMessage(policy=SMTP)
            part.set_content(f"plain{number}")
            part.add_alternative(f"<p>rich{number}</p>", subtype="html")
            mixed.attach(part)
        body = self.parse(mixed)["body"]
        self.assertIn("rich1", body)
        self.assertIn("rich2", body)
        self.assertNotIn("plain", body)

    def test_g19_g24_g26_files(self):
        message = self.mail(body="See\n")
        inner = self.mail(subject="Inner", body="inside\n")
        message.add_attachment(inner, filename="forwarded.eml")
        message.attach(utf_16("a.csv", "a;é"))
        message.add_attachment(b"\x78\x9f\x3e\x22", "application", "ms-tnef", filename="winmail.dat")
        message.add_attachment(b"\1\2", "application", "x-odd", filename="naïve ☃.bin")
        calendar = EmailMessage(policy=SMTP)
        calendar.set_content("BEGIN:VCALENDAR", subtype="calendar")
        message.attach(calendar)
        pdf = raw(b'Content-Type: pdf; name="x.pdf"', b"Content-Transfer-Encoding: base64", b"", b"JVBERg==")
        octets = raw(b'Content-Type: binary/octet-stream; name="o"', b"Content-Transfer-Encoding: base64", b"", b"AAE=")
        message.attach(pdf)
        message.attach(octets)
        with mute_logger("odoo.addons.mail.models.mail_thread_gateway_body"):
            said = self.parse(message, save_original=True)
        files = {file.fname: file for file in said["attachments"]}
        self.assertEqual(said["attachments"][0].fname, "original_email.eml")
        self.assertEqual(
            list(files)[1:],
            ["forwarded.eml", "a.csv", "winmail.dat", "naïve ☃.bin", "attachment", "x.pdf", "o"],
        )
        self.assertIn("Subject: Inner", files["original_email.eml"].content)
        self.assertNotIn("inside", said["body"])
        self.assertEqual(files["forwarded.eml"].content["Subject"], "Inner")
        self.assertEqual((files["a.csv"].content, files["a.csv"].info["encoding"]), ("a;é", "utf-16-le"))
        self.assertEqual(files["x.pdf"].content, b"%PDF")
        self.assertEqual(files["o"].content, b"\0\1")
        self.assertIn("VCALENDAR", files["attachment"].content)

    def test_g28_files_of_documents(self):
        message = self.mail(self.jobs(), body="See\n")
        message.add_attachment(self.mail(subject="Inner"), filename="forwarded.eml")
        message.attach(utf_16("a.txt", "é"))
        wrong = raw(b"Content-Type: text/csv; charset=us-ascii; name=w.csv", b"", b"caf\xc3\xa9")
        message.attach(wrong)
        _result, made = self.process(message)
        files = {file.name: file.raw for file in made.attachment_ids}
        self.assertEqual(files["a.txt"].decode("utf-16-le").strip(), "é")
        self.assertIn(b"Subject: Inner", files["forwarded.eml"])
        self.assertEqual(files["w.csv"].decode(), "caf\ufffd\ufffd")
        self.assertEqual(set(made.attachment_ids.mapped("res_model")), {"mail.test.ticket"})
        _result, made = self.process(message_with(self.mail(self.jobs()), "x.txt"), strip_attachments=True)
        self.assertFalse(made.attachment_ids)

    def test_g25_g27_pictures_in_the_text(self):
        message = self.mail(self.jobs())
        message.set_content(
            '<p>Look <img src="cid:pic@x"></p><div summary="o_mail_notification">quoted</div>', subtype="html"
        )
        message.add_related(_PNG, "image", "png", cid="<pic@x>", filename="pic.png")
        said = self.parse(message)
        self.assertIn('data-filename="pic.png"', said["body"])
        self.assertNotIn("quoted", said["body"])
        self.assertEqual(said["attachments"][0].info["cid"], "pic@x")
        _result, made = self.process(message)
        self.assertIn(f"/web/image/{made.attachment_ids.id}?access_token=", made.body)

    def test_g27_g68_nothing_but_a_file(self):
        message = self.mail(body="\n \n")
        said = self.parse(message)
        self.assertIn("pre", said["body"])
        message = raw(b"Content-Type: application/pdf", b"Content-Transfer-Encoding: base64", b"", b"JVBERg==")
        said = self.parse(message)
        self.assertEqual((said["body"], [file.fname for file in said["attachments"]]), ("", ["attachment"]))

    def test_g28_pictures_as_data(self):
        message = self.mail(self.jobs())
        message.set_content(f'<p><img src="data:image/png;base64,{_PNG.decode()}"></p>', subtype="html")
        _result, made = self.process(message)
        self.assertEqual(made.attachment_ids.mapped("name"), ["image0"])

    def test_parts_without_end(self):
        message = raw(
            b"Content-Type: multipart/mixed; boundary=b", b"", b"--b", b"Content-Type: text/plain", b"", b"Cut"
        )
        self.assertIn("Cut", self.parse(message)["body"])
        deep = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(3000))
        with self.assertRaises(ValueError):
            self.threads.message_process(None, b"Subject: deep\r\n" + deep)


def message_with(message, name):
    """Return a message with one more file."""
    message.add_attachment("x", filename=name)
    return message


def utf_16(name, text):
    """Return a part that is a file with text in a wide charset."""
    kind = f'Content-Type: text/plain; charset="utf-16-le"; name="{name}"'.encode()
    return raw(kind, b"Content-Transfer-Encoding: base64", b"", base64.b64encode(text.encode("utf-16-le")))
