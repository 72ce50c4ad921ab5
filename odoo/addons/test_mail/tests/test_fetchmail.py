"""Mailboxes are read (mail_gateway F1 to F6), by servers that the test plays."""

import socketserver
import threading

from odoo.addons.mail.models import fetchmail
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .test_gateway import GatewayCase


class _Mailbox(socketserver.StreamRequestHandler):
    """A session with a mailbox: a line comes, an answer goes."""

    def line(self):
        """Return the next line, empty at the end."""
        return self.rfile.readline().decode().strip()

    def say(self, text):
        """Answer."""
        self.wfile.write(text.encode() if isinstance(text, str) else text)
        self.wfile.write(b"\r\n")


class _Imap(_Mailbox):
    """As much of IMAP as reading takes."""

    def handle(self):
        self.say("* OK IMAP4rev1")
        while line := self.line():
            tag, _blank, command = line.partition(" ")
            word, *rest = command.split(" ", 2)
            if word == "LOGIN" and "secret" not in command:
                self.say(f"{tag} NO wrong password")
                continue
            self.answer(word, rest)
            self.say(f"{tag} OK done")
            if word == "LOGOUT":
                return

    def answer(self, word, rest):
        """Write what a command asks for."""
        mails, log = self.server.mails, self.server.log
        if word == "CAPABILITY":
            self.say("* CAPABILITY IMAP4rev1")
        elif word == "SELECT":
            self.say(f"* {len(mails)} EXISTS")
        elif word == "SEARCH":
            unseen = " ".join(str(number) for number, mail in enumerate(mails, 1) if mail is not None)
            self.say(f"* SEARCH {unseen}")
        elif word == "FETCH":
            content = mails[int(rest[0]) - 1]
            self.say(f"* {rest[0]} FETCH (RFC822 {{{len(content)}}}")
            self.wfile.write(content)
            self.say(")")
        elif word == "STORE":
            log.append(" ".join(rest))
        elif word == "LOGOUT":
            log.append("LOGOUT")
            self.say("* BYE")


class _Pop(_Mailbox):
    """As much of POP as reading takes."""

    def handle(self):
        mails, deleted = self.server.mails, set()
        self.say("+OK")
        while line := self.line():
            word, _blank, rest = line.partition(" ")
            if word == "PASS" and rest != "secret":
                self.say("-ERR wrong password")
            elif word == "STAT":
                self.say(f"+OK {len(mails)} 1")
            elif word == "RETR":
                self.say("+OK")
                self.say(mails[int(rest) - 1] + b"\r\n.")
            else:
                if word == "DELE":
                    deleted.add(int(rest) - 1)
                self.say("+OK")
                if word == "QUIT":
                    self.server.mails[:] = [mail for number, mail in enumerate(mails) if number not in deleted]
                    self.server.log.append("QUIT")
                    return


@tagged("mail_gateway")
class TestFetchmail(GatewayCase):
    def box(self, handler, kind, mails, **values):
        """Start a mailbox; return its server and the record of it."""
        server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler)
        server.daemon_threads = True
        server.mails, server.log = mails, []
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        record = self.env["fetchmail.server"].create(
            {
                "name": "Box",
                "server_type": kind,
                "server": "127.0.0.1",
                "port": server.server_address[1],
                "user": "me",
                "password": "secret",
                **values,
            }
        )
        return server, record

    def contents(self, *subjects):
        """Return e-mails to the alias."""
        return [self.mail(self.jobs(), subject=subject).as_bytes() for subject in subjects]

    def test_f1_f6_form(self):
        form = self.env["fetchmail.server"].new({"server_type": "imap", "is_ssl": True})
        for kind, is_ssl, port in (("imap", True, 993), ("imap", False, 143), ("pop", True, 995), ("pop", False, 110)):
            form.update({"server_type": kind, "is_ssl": is_ssl})
            form.onchange_server_type()
            self.assertEqual((form.port, form.server_type_info), (port, False))
        form.server_type = "local"
        form.onchange_server_type()
        self.assertEqual(form.port, 0)
        self.assertIn(self.env.cr.dbname, form.configuration)
        self.assertTrue(form.server_type_info)

    def test_f2_scheduled_action(self):
        cron = self.env.ref("mail.ir_cron_mail_gateway_action")
        self.assertFalse(cron.active)
        _server, box = self.box(_Imap, "imap", [])
        self.assertFalse(cron.active)
        box.button_confirm_login()
        self.assertEqual((box.state, cron.active), ("done", True))
        box.set_draft()
        self.assertFalse(cron.active)
        box.state = "done"
        box.unlink()
        self.assertFalse(cron.active)

    @mute_logger("odoo.addons.mail.models.fetchmail")
    def test_f3_mailboxes_that_cannot_be_read(self):
        for handler, kind in ((_Imap, "imap"), (_Pop, "pop")):
            _server, box = self.box(handler, kind, [], password="wrong")
            with self.subTest(kind), self.assertRaisesRegex(UserError, "wrong password"):
                box.button_confirm_login()
            box.write({"password": "secret", "active": False})
            with self.subTest(kind), self.assertRaises(UserError):
                box.connect()
            box.button_confirm_login()
        box.write({"active": True, "port": 1})
        with self.assertRaises(UserError):
            box.button_confirm_login()
        with self.assertRaises(ValidationError):
            box.fetch_mail()
        box.fetch_mail(raise_exception=False)
        with self.assertRaises(UserError):
            self.env["fetchmail.server"].create({"name": "Local", "server_type": "local"}).connect()

    @mute_logger("odoo.addons.mail.models.fetchmail")
    def test_f4_f5_imap(self):
        lost = self.mail("nobody@test.example.com").as_bytes()
        mails = [*self.contents("First"), None, lost, *self.contents("Second")]
        server, box = self.box(_Imap, "imap", mails, original=True, state="done")
        self.env["fetchmail.server"]._fetch_mails()
        made = self.tickets.search([("name", "in", ["First", "Second"])])
        self.assertEqual(len(made), 2)
        self.assertEqual(made[0].message_ids.attachment_ids.name, "original_email.eml")
        wanted = [f"{number} {sign}FLAGS (\\Seen)" for number in (1, 3, 4) for sign in "-+"]
        self.assertEqual(server.log, [*wanted, "LOGOUT"])
        self.assertTrue(box.date)

    @mute_logger("odoo.addons.mail.models.fetchmail")
    def test_f5_pop(self):
        lost = self.mail("nobody@test.example.com").as_bytes()
        subjects = [f"Pop {number}" for number in range(5)]
        self.patch(fetchmail, "MAX_POP_MESSAGES", 4)
        server, box = self.box(_Pop, "pop", [lost, *self.contents(*subjects)], state="done")
        box.fetch_mail()
        self.assertEqual(self.tickets.search_count([("name", "=like", "Pop %")]), 5)
        self.assertEqual((len(server.mails), server.log), (1, ["QUIT", "QUIT"]))

    @mute_logger("odoo.addons.mail.models.fetchmail")
    def test_f5_model_of_new_documents(self):
        model_id = self.env["ir.model"]._get_id("mail.test.ticket")
        mails = [self.mail("whoever@example.com", subject="Any").as_bytes()]
        _server, box = self.box(_Imap, "imap", mails, state="done", object_id=model_id, attach=False)
        box.fetch_mail()
        self.assertTrue(self.tickets.search_count([("name", "=", "Any")]))
