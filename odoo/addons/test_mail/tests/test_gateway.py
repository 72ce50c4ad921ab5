"""Incoming e-mails become documents and messages (mail_gateway G1 to G8, G40 to G71, L40)."""

from contextlib import nullcontext, suppress
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from itertools import count
from xmlrpc.client import Binary

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import MailCase

_numbers = count()


def raw(*lines):
    """Return an e-mail from its lines."""
    return message_from_bytes(b"\r\n".join(lines), policy=SMTP, _class=EmailMessage)


class GatewayCase(MailCase):
    """An address whose e-mails become tickets, and one of a container."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.threads = cls.env["mail.thread"]
        cls.tickets = cls.env["mail.test.ticket"]
        cls.alias = cls.make_alias("jobs", "mail.test.ticket")

    @classmethod
    def make_alias(cls, name, model, **values):
        """Create an alias."""
        values = {"alias_name": name, "alias_model_id": cls.env["ir.model"]._get_id(model), **values}
        return cls.env["mail.alias"].create(values)

    @classmethod
    def mail(cls, to="", subject="Hello", body="Text\n", sender="Cora <cora@example.org>", **headers):
        """Return an e-mail; names of headers have underscores for dashes."""
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = sender, to, subject
        message["Message-Id"] = headers.pop("Message_Id", f"<mail{next(_numbers)}@example.org>")
        for name, value in headers.items():
            message[name.replace("_", "-")] = value
        message.set_content(body)
        return message

    def process(self, message, model=None, **kwargs):
        """Bring an e-mail in; return what came of it, and the messages that were made."""
        before = self.env["mail.message"].search([], order="id DESC", limit=1).id
        result = self.threads.message_process(model, message.as_bytes(), **kwargs)
        made = self.env["mail.message"].search([("id", ">", before), ("message_type", "=", "email")])
        return result, made

    def jobs(self):
        """Return the address of the alias."""
        return self.alias.alias_full_name


@tagged("mail_gateway")
class TestGateway(GatewayCase):
    def test_g1_g3_kinds_of_input_and_twice_the_same(self):
        content = self.mail(self.jobs()).as_bytes()
        first = self.threads.message_process(None, Binary(content))
        self.assertEqual(self.tickets.browse(first).name, "Hello")
        self.assertIs(self.threads.message_process(None, content), False)
        text = self.mail(self.jobs(), subject="Text").as_bytes().decode()
        self.assertEqual(self.tickets.browse(self.threads.message_process(None, text)).name, "Text")

    def test_g5_who_may_bring_e_mails_in(self):
        content = self.mail(self.jobs()).as_bytes()
        with self.assertRaises(AccessError):
            self.threads.with_user(self.portal).message_process(None, content)
        with self.assertRaises(AccessError):
            self.threads.with_user(self.employee).message_process("res.users", content, custom_values={"login": "x"})
        self.assertTrue(self.threads.with_user(self.employee).message_process(None, content))

    def test_g7_nowhere_to_go(self):
        for model in (None, "no.such.model"):
            with self.subTest(model), self.assertRaises(ValueError), mute_logger("odoo.addons.mail.models"):
                self.process(self.mail("nobody@test.example.com"), model)

    def test_g44_g57_new_document(self):
        self.alias.alias_defaults = "{'count': 7}"
        message = self.mail(self.jobs(), sender="Emma <emma@test.example.com>")
        ticket_id, posted = self.process(message)
        ticket = self.tickets.browse(ticket_id)
        self.assertEqual((ticket.count, ticket.email_from), (7, '"Emma" <emma@test.example.com>'))
        self.assertEqual(ticket.create_uid, self.employee)
        self.assertEqual(posted.create_uid, self.env.ref("base.user_root"))
        self.assertEqual(posted.author_id, self.employee.partner_id)
        self.assertEqual(posted.subtype_id, self.env.ref("mail.mt_comment"))
        self.assertIn("Text", posted.body)
        self.assertEqual(ticket.message_partner_ids, self.employee.partner_id)
        self.assertEqual(self.alias.alias_status, "valid")

    def test_t395_the_e_mail_comes_before_the_answer_to_it(self):
        self.alias.alias_defaults = f"{{'state': 'done', 'customer_id': {self.customer.id}}}"
        with self.outbox() as sent:
            ticket_id, email = self.process(self.mail(self.jobs()))
            self.flush_tracking()
        ticket = self.tickets.browse(ticket_id)
        answer = ticket.message_ids.filtered(lambda message: message.message_type == "auto_comment")
        self.assertEqual(answer.subject, "Done: Hello")
        self.assertLess(email.id, answer.id)
        self.assertEqual([mail["subject"] for mail in sent], ["Done: Hello"])

    def test_t368_who_wrote_a_note_is_told_of_the_answer(self):
        note = self.record.with_user(self.reader).message_post(body="Between us", message_type="comment")
        _result, answer = self.process(self.mail("x@example.com", In_Reply_To=note.message_id))
        self.assertEqual((answer.subtype_id, answer.is_internal), (self.env.ref("mail.mt_note"), True))
        self.assertIn(self.reader.partner_id, answer.notified_partner_ids)

    def test_t475_what_models_make_of_e_mails(self):
        told = {"subject": "Help", "email_from": "Cora <cora@example.org>"}
        made = self.tickets.message_new(told)
        self.assertEqual((made.name, made.email_from), ("Help", "Cora <cora@example.org>"))
        self.assertEqual(self.tickets.message_new(told, {"name": "Own"}).name, "Own")
        self.assertIs(made.message_update(told), True)
        self.assertEqual(made.name, "Help")
        self.assertIs(made.message_update(told, {"name": "Other"}), True)
        self.assertEqual(made.name, "Other")
        before = made.read()
        made._message_receive_bounce("cora@example.org", self.customer)
        made._message_reset_bounce("cora@example.org")
        self.assertEqual(made.read(), before)

    def test_g43_g70_answers(self):
        told = self.record.message_post(body="What?", message_type="comment", subtype_xmlid="mail.mt_comment")
        result, answer = self.process(
            self.mail("whoever@example.com", References=f"<x@y.example> {told.message_id}"), "mail.test.ticket"
        )
        self.assertEqual((result, answer.model, answer.res_id), (self.record.id, "mail.test.simple", self.record.id))
        self.assertTrue(answer.parent_id)
        note = self.record.message_post(body="Between us")
        _result, answer = self.process(self.mail("x@example.com", In_Reply_To=note.message_id))
        self.assertEqual((answer.subtype_id, answer.is_internal), (self.env.ref("mail.mt_note"), True))

    def test_g43_g49_answers_to_an_address_of_others(self):
        told = self.record.message_post(body="What?", subtype_xmlid="mail.mt_comment")
        result, made = self.process(self.mail(self.jobs(), References=told.message_id))
        self.assertEqual((made.model, made.parent_id.id), ("mail.test.ticket", False))
        own = self.make_alias("simple", "mail.test.simple")
        result, made = self.process(self.mail(own.alias_full_name, References=told.message_id))
        self.assertEqual((made.model, result), ("mail.test.simple", self.record.id))
        result, made = self.process(self.mail("x@example.com", Cc=self.jobs(), References=told.message_id))
        self.assertEqual(made.model, "mail.test.simple")

    def test_g44_several_aliases_and_forced_documents(self):
        other = self.make_alias("simple", "mail.test.simple", alias_force_thread_id=self.record.id)
        _result, made = self.process(self.mail(f"{self.jobs()}, {other.alias_full_name}"))
        self.assertEqual(set(made.mapped("model")), {"mail.test.ticket", "mail.test.simple"})
        self.assertIn(self.record.id, made.mapped("res_id"))

    def test_g44_g48_addresses_for_answers(self):
        catchall = self.domain.catchall_email
        with self.outbox() as sent:
            self.assertIs(self.process(self.mail(catchall), "mail.test.ticket")[0], False)
        self.assertIn("cora@example.org", sent[0]["email_to"][0])
        with self.outbox() as sent:
            self.assertTrue(self.process(self.mail(f"{catchall}, {self.jobs()}"))[0])
            self.assertIs(self.process(self.mail(f"{catchall}, nobody@test.example.com"))[0], False)
        self.assertEqual(len(sent), 1)

    def test_g41_g48_names_in_any_domain(self):
        local = self.make_alias("any", "mail.test.ticket", alias_incoming_local=True)
        self.assertTrue(self.process(self.mail("any@elsewhere.example"))[0])
        self.env["ir.config_parameter"].set_param("mail.catchall.domain.allowed", "other.example")
        with self.assertRaises(ValueError):
            self.process(self.mail("any@elsewhere.example"))
        self.assertTrue(self.process(self.mail("any@other.example"))[0])
        self.assertTrue(self.process(self.mail(local.alias_full_name))[0])

    def test_g44_tags_behind_a_plus_sign(self):
        name, _at, domain = self.jobs().partition("@")
        self.assertTrue(self.process(self.mail(f"{name}+spring@{domain}"))[0])

    def test_g52_g66_who_may_write(self):
        self.alias.alias_contact = "partners"
        with self.outbox() as sent:
            self.assertIs(self.process(self.mail(self.jobs(), sender="new@example.net"))[0], False)
        self.assertIn(self.jobs(), sent[0]["body"])
        self.assertEqual(self.alias.alias_status, "not_tested")
        self.assertTrue(self.process(self.mail(self.jobs()))[0])
        self.alias.alias_contact = "followers"
        with self.outbox():
            self.assertIs(self.process(self.mail(self.jobs()))[0], False)
        self.assertEqual(self.alias.alias_status, "invalid")

    def test_g52_g67_followers_only(self):
        box = self.env["mail.test.container"].create({"name": "Box", "alias_name": "box"})
        box.alias_id.write({"alias_contact": "followers", "alias_bounced_content": "<p>Members only</p>"})
        with self.outbox() as sent:
            self.assertIs(self.process(self.mail(box.alias_email))[0], False)
        self.assertIn("Members only", sent[0]["body"])
        box.message_subscribe(self.customer.ids)
        self.assertTrue(self.process(self.mail(box.alias_email))[0])

    def test_g56_what_cannot_be_made(self):
        self.alias.alias_defaults = "{'no_such_field': 1}"
        # what is told holds though the transaction ends, and here there is only one
        self.patch(type(self.env.registry), "cursor", lambda _registry: nullcontext(self.env.cr))
        # assertRaises() would take back what was told
        with self.outbox() as sent, suppress(ValueError):
            self.process(self.mail(self.jobs()))
            self.fail("nothing can be made of it")
        self.assertEqual(sent[0]["email_to"], ['"Cora" <cora@example.org>'])
        self.alias.invalidate_recordset()
        self.assertEqual(self.alias.alias_status, "invalid")

    def test_g4_g60_g62_loops(self):
        set_param = self.env["ir.config_parameter"].set_param
        set_param("mail.gateway.loop.threshold", "3")
        set_param("mail.gateway.loop.minutes", "30")
        old = self.tickets.create({"name": "old", "email_from": "cora@example.org"})
        self.env.flush_all()
        created = self.env.cr.now() - timedelta(hours=2)
        self.env.cr.execute("UPDATE mail_test_ticket SET create_date = %s WHERE id = %s", (created, old.id))
        for _time in range(3):
            self.assertTrue(self.process(self.mail(self.jobs()))[0])
        with self.outbox() as sent:
            self.assertIsNone(self.process(self.mail(self.jobs(), sender="CORA@example.org"))[0])
        references = sent[0]["references"]
        self.assertIn("loop-detection-bounce-email", references)
        with self.outbox() as sent:
            self.assertIsNone(self.process(self.mail(self.jobs(), References=references))[0])
        self.assertFalse(sent)
        self.env["mail.gateway.allowed"].create({"email": "Cora <Cora@Example.org>"})
        self.assertTrue(self.process(self.mail(self.jobs()))[0])
        self.assertIn("3", self.env["mail.gateway.allowed"].get_empty_list_help(""))

    def test_g59_copies(self):
        self.make_alias("cc", "mail.test.cc")
        message = self.mail(f"cc@{self.domain.name}", Cc="Ann <ann@example.net>")
        result, made = self.process(message)
        record = self.env["mail.test.cc"].browse(result)
        self.assertEqual(record.email_cc, '"Ann" <ann@example.net>')
        self.process(self.mail("x@example.com", In_Reply_To=made.message_id, Cc="bo@example.net, ANN@example.net"))
        self.assertEqual(record.email_cc, 'bo@example.net, "Ann" <ann@example.net>')

    def test_g55_recipients_are_noted_and_not_notified(self):
        with self.outbox() as sent:
            _result, made = self.process(self.mail(f"{self.jobs()}, {self.customer.email}", sender="x@example.net"))
        self.assertEqual(made.partner_ids, self.customer)
        self.assertFalse(sent)

    def test_g53_g69_authors(self):
        self.customer.email = "Cora <cora@example.org>, second@example.org"
        _result, made = self.process(self.mail(self.jobs(), sender="C. <CORA@example.org>"))
        self.assertEqual((made.author_id, made.email_from), (self.customer, '"C." <CORA@example.org>'))
        for sender in ("second@example.org", self.jobs()):
            _result, made = self.process(self.mail(self.jobs(), sender=sender))
            with self.subTest(sender):
                self.assertFalse(made.author_id)
        box = self.env["mail.test.container"].create({"name": "Box", "alias_name": "box"})
        twin = self.reader.copy({"login": "twin", "email": self.employee.email})
        box.message_subscribe(twin.partner_id.ids)
        ticket_id, _made = self.process(self.mail(box.alias_email, sender=self.employee.email))
        self.assertEqual(self.tickets.browse(ticket_id).create_uid, twin)

    def test_g59_who_follows(self):
        result, _made = self.process(self.mail(self.jobs()))
        self.assertEqual(self.tickets.browse(result).message_partner_ids, self.customer)
        result, _made = self.process(self.mail(self.jobs(), sender="new@example.net"))
        self.assertFalse(self.tickets.browse(result).message_partner_ids)

    def test_g42_g43_answers_that_begin_anew(self):
        message = self.record.message_post(
            body="Apply", subtype_xmlid="mail.mt_comment", reply_to=self.jobs(), reply_to_force_new=True
        )
        _result, made = self.process(self.mail(self.jobs(), References=message.message_id))
        self.assertEqual((made.model, made.parent_id.id), ("mail.test.ticket", False))
        loose = self.env["mail.message"].create({"body": "Loose", "message_id": "<loose@x.example>"})
        _result, made = self.process(self.mail(self.jobs(), References=loose.message_id))
        self.assertEqual((made.model, made.parent_id.id), ("mail.test.ticket", False))

    def test_g50_documents_that_are_gone(self):
        gone = self.env["mail.test.simple"].create({"name": "Gone"})
        message = gone.message_post(body="Hi", subtype_xmlid="mail.mt_comment")
        gone_id, reference = gone.id, message.message_id
        self.env.cr.execute("DELETE FROM mail_test_simple WHERE id = %s", (gone_id,))
        self.env.invalidate_all()
        result, made = self.process(self.mail("x@example.com", References=reference))
        self.assertNotEqual(result, gone_id)
        self.assertEqual((made.model, made.res_id), ("mail.test.simple", result))
        with self.assertRaises(ValueError), mute_logger("odoo.addons.mail.models.mail_thread_gateway_route"):
            self.process(self.mail("x@example.com"), "mail.test.nothread")

    def test_g63_answers_are_never_too_many(self):
        self.env["ir.config_parameter"].set_param("mail.gateway.loop.threshold", "1")
        self.alias.alias_force_thread_id = self.tickets.create({"name": "One"}).id
        for _time in range(3):
            self.assertEqual(self.process(self.mail(self.jobs()))[0], self.alias.alias_force_thread_id)

    def test_g71_followers_get_a_copy(self):
        self.alias.alias_force_thread_id = ticket_id = self.tickets.create({"name": "One"}).id
        self.tickets.browse(ticket_id).message_subscribe((self.customer | self.employee.partner_id).ids)
        with self.outbox() as sent:
            self.process(self.mail(self.jobs()))
        self.assertEqual([mail["email_to"] for mail in sent], [[self.employee.email_formatted]])
        self.assertIn("Cora", sent[0]["email_from"])

    def test_g40_routes(self):
        message = self.mail(self.jobs())
        route = self.threads.message_route(message, self.threads.message_parse(message))
        self.assertEqual(route, [("mail.test.ticket", 0, {}, self.env.uid, self.alias)])
        with self.assertRaises(TypeError):
            self.threads.message_route("text", {})
        with self.assertRaises(AssertionError):
            self.threads._routing_check_route(message, {}, ("mail.test.ticket",))

    def test_g70_answers_without_one_top(self):
        self.patch(type(self.record), "_mail_flat_thread", False)
        first = self.record.message_post(body="1", subtype_xmlid="mail.mt_comment")
        _result, second = self.process(self.mail("x@example.com", References=first.message_id))
        self.assertEqual(second.parent_id, first)
        _result, third = self.process(self.mail("x@example.com", References=second.message_id))
        self.assertEqual(third.parent_id, first)
        _result, other = self.process(self.mail("x@example.com"), "mail.test.simple", thread_id=self.record.id)
        self.assertEqual((other.res_id, other.parent_id.id), (self.record.id, False))

    def test_g70_answers_to_machines(self):
        note = self.record.message_post(body="Beep", message_type="auto_comment")
        _result, made = self.process(self.mail("x@example.com", References=note.message_id))
        self.assertEqual((made.subtype_id, made.is_internal), (self.env.ref("mail.mt_comment"), False))
