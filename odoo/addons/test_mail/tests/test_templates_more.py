"""Templates, composers and e-mails in detail (T72, T265 to T285, T373 to T379, T407, T418 to T423, T502 to T522)."""

from datetime import datetime
from unittest.mock import patch

from odoo.addons.base.models.ir_actions_report import IrActionsReport
from odoo.addons.base.models.ir_mail_server import IrMailServer
from odoo.addons.test_mail.models.test_mail_models import MailTestTicket
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import MailCase


@tagged("mail_template")
class TestTemplatesMore(MailCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ticket = cls.env["mail.test.ticket"].create({"name": "Leak", "customer_id": cls.customer.id})
        cls.template = cls.env["mail.template"].create(
            {
                "name": "Hello",
                "model_id": cls.env["ir.model"]._get_id("mail.test.ticket"),
                "subject": "About {{ object.name }}",
                "partner_to": "{{ object.customer_id.id }}",
                "body_html": '<p>Dear <t t-out="object.customer_id.name"/></p>',
                "auto_delete": False,
            }
        )

    def composer(self, mode, records, user=None, context=(), **values):
        """Return a composer about records."""
        model = self.env["mail.compose.message"].with_user(user or self.employee)
        defaults = {"model": records._name, "res_ids": records.ids, "composition_mode": mode}
        given = {f"default_{name}": value for name, value in defaults.items()}
        return model.with_context(**given, **dict(context)).create(values)

    def send(self):
        """Send the template, and return the e-mail."""
        return self.env["mail.mail"].browse(self.template.send_mail(self.ticket.id))

    def test_t72_documents_add_files(self):
        kept = self.env["ir.attachment"].create({"name": "kept.txt", "raw": b"k"})

        def files(records, template):
            return {
                record.id: {"attachments": [("made.txt", b"bQ==")], "attachment_ids": kept.ids} for record in records
            }

        with patch.object(MailTestTicket, "_process_attachments_for_template_post", files, create=True):
            mail = self.send()
            message = self.ticket.message_post_with_source(self.template)
        self.assertEqual(set(mail.attachment_ids.mapped("name")), {"made.txt", "kept.txt"})
        self.assertEqual(set(message.attachment_ids.mapped("name")), {"made.txt", "kept.txt"})

    def test_t265_times(self):
        parse = self.template._process_scheduled_date
        self.assertEqual(parse("2030-01-02 10:00:00+02:00"), datetime(2030, 1, 2, 8))
        self.assertFalse(parse("soon"))
        self.template.scheduled_date = "{{ (datetime.datetime(2030, 5, 6, 7, 8)) }}"
        self.assertEqual(self.send().scheduled_date, datetime(2030, 5, 6, 7, 8))

    def test_t266_placeholders(self):
        build = self.template._build_expression
        self.assertEqual(build("name", False, False), "{{ object.name }}")
        self.assertEqual(build("customer_id", "name", "nobody"), "{{ object.customer_id.name ||| nobody }}")
        self.assertEqual(build(False, False, False), "")

    def test_t273_texts_of_employees(self):
        self.env["ir.config_parameter"].set_param("mail.restrict.template.rendering", "1")
        own = {"subject": "S", "body": "<p>Dear customer</p>"}
        mails, _messages = self.composer("mass_mail", self.ticket, **own)._action_send_mail()
        self.assertIn("Dear customer", mails.body_html)
        # whoever is no editor says what the template says
        composer = self.composer("mass_mail", self.ticket, template_id=self.template.id, **own)
        self.assertFalse(composer.can_edit_body)
        self.assertIn("Dear Cora Customer", composer._action_send_mail()[0].body_html)
        own["subject"] = "{{ object.company_id.sudo().name }}"
        with self.assertRaises(AccessError):
            self.composer("mass_mail", self.ticket, **own)._action_send_mail()

    def test_t285_reports_are_files(self):
        reports = self.env["ir.actions.report"]
        values = {"model": "mail.test.ticket", "report_name": "test_mail.any", "report_type": "qweb-pdf"}
        named = reports.create({**values, "name": "A", "print_report_name": "'Ticket %s' % object.name"})
        plain = reports.create({**values, "name": "B", "report_type": "qweb-html"})
        self.template.report_template_ids = named | plain
        with patch.object(IrActionsReport, "_render_qweb_pdf", lambda *args, **kwargs: (b"%PDF", "pdf")):
            names = self.send().attachment_ids.mapped("name")
        self.assertIn("Ticket Leak.pdf", names)
        self.assertEqual(len([name for name in names if name.endswith(".pdf")]), 2)
        self.template.report_template_ids = named
        named.report_type = "qweb-text"
        with patch.object(IrActionsReport, "_render", lambda *args, **kwargs: None), self.assertRaises(UserError):
            self.send()

    def test_t373_signature_of_the_responsible(self):
        self.employee.signature = "<p>Yours, Emma</p>"
        self.ticket.user_id = self.employee
        layout = "mail.mail_notification_layout_with_responsible_signature"
        for asked, count in ((True, 1), (False, 0)):
            with self.outbox() as sent:
                self.ticket.with_user(self.reader).message_post(
                    body="x",
                    partner_ids=self.customer.ids,
                    email_layout_xmlid=layout,
                    email_add_signature=asked,
                )
            self.assertEqual(sent[0]["body"].count("Yours, Emma"), count)

    def test_t375_defaults_stay_with_the_caller(self):
        context = {"default_state": "done", "default_subject": "leaked", "default_body": "leaked"}
        ticket = self.ticket.with_context(**context)
        message = ticket.message_post(body="x", partner_ids=self.customer.ids)
        self.assertNotEqual(message.subject, "leaked")
        self.assertEqual(message.notification_ids.notification_status, "sent")
        mails, _messages = self.composer(
            "mass_mail", self.ticket, template_id=self.template.id, context={"default_state": "cancel"}.items()
        )._action_send_mail()
        self.assertEqual((mails.state, mails.subject), ("sent", "About Leak"))

    def test_t378_new_partners_speak_the_usual_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.template.write({"partner_to": False, "email_to": "new@x.example"})
        composer = self.composer(
            "comment", self.ticket, context={"lang": "fr_FR"}.items(), template_id=self.template.id
        )
        self.assertEqual(composer.partner_ids.mapped("lang"), [self.env["res.partner"].default_get(["lang"])["lang"]])
        made = self.env["res.partner"].with_context(lang="fr_FR")._find_or_create_from_emails(["other@x.example"])
        self.assertEqual(made[0].lang, "fr_FR")

    def test_t379_the_user_of_the_house_decides(self):
        portal = self.env["res.users"].with_context(no_reset_password=True)
        groups = [(6, 0, self.env.ref("base.group_portal").ids)]
        portal.create({"login": "second", "partner_id": self.reader.partner_id.id, "groups_id": groups})
        message = self.record.message_post(body="x", partner_ids=self.reader.partner_id.ids)
        self.assertEqual(self.notified(message)[self.reader.partner_id][0], "inbox")

    def test_t407_copies_of_templates(self):
        file = self.env["ir.attachment"].create({"name": "f", "raw": b"x"})
        self.template.attachment_ids = file
        copy = self.template.copy()
        self.assertEqual(copy.attachment_ids, file)
        self.assertEqual((file.res_model, file.res_id), ("mail.template", copy.id))
        self.template.mail_server_id = self.env["ir.mail_server"].create({"name": "S", "smtp_host": "localhost"})
        with self.assertRaises(UserError):
            self.template.mail_server_id.action_archive()
        self.assertTrue(self.template.mail_server_id.active)

    def test_t418_answers_elsewhere(self):
        self.template.reply_to = "{{ object.name }}@answers.example"
        composer = self.composer("mass_mail", self.ticket, template_id=self.template.id, reply_to_mode="new")
        mail = composer._action_send_mail()[0]
        self.assertEqual(mail.reply_to, "Leak@answers.example")
        self.assertIn("reply_to", mail.message_id)

    def test_t419_answers_without_domain(self):
        self.env["res.company"].search([]).alias_domain_id = False
        self.env["mail.alias.domain"].search([]).unlink()
        self.template.email_from = '"{{ object.name }}" <from@x.example>'
        composer = self.composer("mass_mail", self.ticket, template_id=self.template.id)
        mail = composer._action_send_mail()[0]
        self.assertEqual(mail.reply_to, '"Leak" <from@x.example>')

    def test_t423_files_by_right(self):
        secret = self.env["mail.test.nothread"].create({"name": "N"})
        hidden = self.env["ir.attachment"].create(
            {"name": "hidden", "raw": b"x", "res_model": secret._name, "res_id": secret.id}
        )
        shown = self.env["ir.attachment"].create({"name": "shown", "raw": b"x", "public": True})
        mail = self.env["mail.mail"].create({"body_html": "x", "attachment_ids": (hidden | shown).ids})
        self.env["ir.model.access"].search([("model_id.model", "=", secret._name)]).unlink()
        self.employee.groups_id |= self.env.ref("base.group_system")
        seen = mail.with_user(self.employee)
        self.assertEqual(seen.unrestricted_attachment_ids, shown)
        self.assertEqual(seen.restricted_attachment_count, 1)
        seen.unrestricted_attachment_ids = False
        self.assertEqual(mail.attachment_ids, hidden)

    def test_t502_one_connection_for_a_group(self):
        mails = self.env["mail.mail"].create(
            [
                {"body_html": "x", "email_from": sender, "email_to": "x@x.example"}
                for sender in ("a@test.example.com", "b@test.example.com", "a@test.example.com")
            ]
        )
        groups = list(mails._split_by_mail_configuration())
        self.assertEqual([len(ids) for _server, _domain, _sender, ids in groups], [2, 1])
        mails.send()
        self.assertEqual(set(mails.mapped("state")), {"sent"})

    def test_t503_failures_stand_before_the_sending(self):
        seen = []

        def send_email(*args, **kwargs):
            self.env.cr.execute("SELECT state FROM mail_mail WHERE id = %s", (mail.id,))
            seen.append(self.env.cr.fetchone()[0])
            return "<id@x.example>"

        mail = self.env["mail.mail"].create({"body_html": "x", "email_to": "x@x.example", "email_from": "a@x.example"})
        with patch.object(IrMailServer, "send_email", send_email):
            mail.send()
        self.assertEqual((seen, mail.state), (["exception"], "sent"))

    def test_t522_recipients_that_cannot_be_read(self):
        hidden = self.env["res.partner"].create({"name": "Hidden", "email": "h@x.example"})
        rule = {"name": "r", "model_id": self.env["ir.model"]._get_id("res.partner")}
        self.env["ir.rule"].create({**rule, "domain_force": f"[('id', '!=', {hidden.id})]"})
        model = self.env["mail.compose.message"].with_user(self.employee)
        given = {"default_model": self.ticket._name, "default_res_ids": self.ticket.ids}
        self.env.invalidate_all()
        shown = {"partner_ids": {"fields": {"display_name": {}}}}
        with self.assertRaises(AccessError):
            model.with_context(**given, default_partner_ids=hidden.ids).onchange({}, [], shown)
