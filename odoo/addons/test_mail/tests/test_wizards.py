"""Dialogs about templates and failures, settings (T289, T442, T486, T487; mail_gateway X2)."""

from unittest.mock import patch

from odoo.addons.base.models.ir_mail_server import IrMailServer
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import MailCase


@tagged("mail_wizards")
class TestTemplateWizards(MailCase):
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
            }
        )

    def preview(self, **values):
        """Return the preview of the template."""
        return self.env["mail.template.preview"].create({"mail_template_id": self.template.id, **values})

    def test_a_preview_is_of_a_record(self):
        preview = self.preview(resource_ref=f"mail.test.ticket,{self.ticket.id}")
        self.assertFalse(preview.error_msg or preview.no_record)
        self.assertEqual(preview.subject, "About Leak")
        self.assertIn("Dear Cora Customer", preview.body_html)
        self.assertEqual(preview.partner_ids, self.customer)

    def test_a_preview_begins_with_the_first_record(self):
        first = self.env["mail.test.ticket"].search([], limit=1)
        self.assertEqual(self.preview().resource_ref, first)
        with Form(self.env["mail.template.preview"].with_context(default_mail_template_id=self.template.id)) as form:
            self.assertEqual(form.subject, f"About {first.name}")

    def test_a_preview_without_records_shows_what_is_written(self):
        self.template.model_id = self.env["ir.model"]._get_id("mail.test.nothread")
        preview = self.preview()
        self.assertTrue(preview.no_record)
        self.assertEqual(preview.subject, "About {{ object.name }}")

    def test_a_preview_tells_of_errors(self):
        self.template.subject = "{{ object.nothing }}"
        preview = self.preview(resource_ref=f"mail.test.ticket,{self.ticket.id}")
        self.assertIn("object.nothing", preview.error_msg)
        self.assertEqual(preview.subject, "{{ object.nothing }}")

    def test_a_preview_is_in_a_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.template.with_context(lang="fr_FR").subject = "Objet {{ object.name }}"
        preview = self.preview(resource_ref=f"mail.test.ticket,{self.ticket.id}", lang="fr_FR")
        self.assertEqual(preview.subject, "Objet Leak")
        preview.lang = False
        self.assertEqual(preview.subject, "About Leak")

    def test_a_preview_shows_what_the_user_may_read(self):
        self.env["ir.model.access"].search([("model_id.model", "=", "mail.test.ticket")]).unlink()
        previews = self.env["mail.template.preview"].with_user(self.employee)
        preview = previews.create({"mail_template_id": self.template.id})
        self.assertTrue(preview.no_record)
        self.assertFalse(preview.resource_ref)

    def test_templates_become_what_they_were(self):
        template = self.env.ref("test_mail.mail_template_ticket_done")
        before, other = template.subject, self.template.subject
        self.assertTrue(template.template_fs)
        template.subject = self.template.name = "changed"
        wizard = self.env["mail.template.reset"].create({"template_ids": (template | self.template).ids})
        told = wizard.reset_template()
        self.assertEqual((told["tag"], template.subject), ("display_notification", before))
        self.assertEqual((self.template.name, self.template.subject), ("changed", other))
        wizard.template_ids = self.template
        self.assertFalse(wizard.reset_template())
        with self.assertRaises(UserError):
            self.template.reset_template()
        with self.assertRaises(AccessError):
            wizard.with_user(self.employee).reset_template()
        template.subject = "changed"
        self.employee.groups_id |= self.env.ref("mail.group_mail_template_editor")
        wizards = self.env["mail.template.reset"].with_user(self.employee)
        wizards.create({"template_ids": template.ids}).reset_template()
        self.assertEqual(template.subject, before)

    def test_settings(self):
        settings = self.env["res.config.settings"].create({})
        before = settings.fail_counter
        self.env["mail.mail"].create({"state": "exception", "body_html": "x"})
        self.assertEqual(self.env["res.config.settings"].create({}).fail_counter, before + 1)
        self.assertEqual(settings.open_mail_templates()["res_model"], "mail.template")
        layout = self.env.ref("mail.mail_notification_layout")
        self.assertEqual(settings.open_email_layout()["res_id"], layout.id)
        self.env["ir.model.data"].search([("module", "=", "mail"), ("name", "=", "mail_notification_layout")]).unlink()
        with self.assertRaises(UserError):
            settings.open_email_layout()

    def test_settings_are_kept(self):
        editors, users = self.env.ref("mail.group_mail_template_editor"), self.env.ref("base.group_user")
        other = self.env["mail.alias.domain"].create({"name": "other.example.com"})
        for restricted in (False, True):
            with Form(self.env["res.config.settings"]) as form:
                form.restrict_template_rendering = restricted
                form.alias_domain_id = other
                form.email_secondary_color = "#123456"
            form.record.execute()
            self.assertEqual(editors in users.implied_ids, not restricted)
        self.assertEqual(self.env.company.alias_domain_id, other)
        # buttons of e-mails have the colour
        with self.outbox() as sent:
            self.record.message_post(body="x", partner_ids=self.employee.partner_id.ids)
        self.assertIn("#123456", sent[0]["body"])


@tagged("mail_wizards")
class TestResend(MailCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.second = cls.env["res.partner"].create({"name": "Dora", "email": "dora@example.org"})

    def failed(self, author=None):
        """Return a message that did not reach two customers."""
        record = self.record.with_user(author or self.employee)

        def send_email(*args, **kwargs):
            raise ValueError("nobody there")

        with patch.object(IrMailServer, "send_email", send_email), self.assertLogs("odoo.addons.mail", "WARNING"):
            return record.message_post(body="x", partner_ids=(self.customer | self.second).ids)

    def wizard(self, message, user=None):
        """Return the dialog about a message."""
        wizards = self.env["mail.resend.message"].with_user(user or self.employee)
        return wizards.with_context(mail_message_to_resend=message.id).create({})

    def statuses(self, message):
        """Return the statuses of the customers' notifications."""
        found = self.notified(message)
        return [found[partner][1] for partner in (self.customer, self.second)]

    def test_the_failures_are_listed(self):
        message = self.failed()
        wizard = self.wizard(message)
        self.assertEqual(wizard.partner_ids.partner_id, self.customer | self.second)
        self.assertEqual(wizard.notification_ids, message.sudo().notification_ids)
        self.assertEqual((wizard.can_resend, wizard.can_cancel), (True, False))
        self.assertIn("nobody there", wizard.partner_ids[0].message)
        self.assertEqual(wizard.partner_readonly, not self.employee.has_group("base.group_partner_manager"))
        with self.assertRaises(UserError):
            self.env["mail.resend.message"].create({})

    def test_some_get_it_again(self):
        message = self.failed()
        wizard = self.wizard(message)
        wizard.partner_ids.filtered(lambda line: line.partner_id == self.second).resend = False
        self.assertTrue(wizard.can_cancel)
        with self.outbox() as sent:
            wizard.resend_mail_action()
        self.assertEqual([one["email_to"] for one in sent], [['"Cora Customer" <cora@example.org>']])
        self.assertEqual(self.statuses(message), ["sent", "canceled"])
        self.assertEqual(len(message.sudo().notification_ids), 2)

    def test_all_are_given_up(self):
        message = self.failed()
        with self.outbox() as sent:
            self.wizard(message).cancel_mail_action()
        self.assertFalse(sent)
        self.assertEqual(self.statuses(message), ["canceled", "canceled"])

    def test_one_gets_it_again(self):
        message = self.failed()
        line = self.wizard(message).partner_ids[:1]
        self.assertEqual(line.action_open_record()["res_id"], self.customer.id)
        self.assertEqual(line.action_open_resend_partner()["res_id"], line.id)
        with self.outbox() as sent:
            line.action_resend()
        self.assertEqual((len(sent), self.statuses(message)), (1, ["sent", "exception"]))

    def test_messages_of_others_stay(self):
        message, foreign = self.failed(), self.failed(author=self.reader)
        wizard = self.wizard(message)
        wizard.partner_ids[0].notification_id = foreign.sudo().notification_ids[0]
        with self.outbox() as sent:
            wizard.resend_mail_action()
        # the line names a notification of another message
        self.assertEqual(self.statuses(foreign), ["exception", "exception"])
        self.assertEqual(sent[0]["email_to"], ['"Dora" <dora@example.org>'])
        self.record.sudo().message_unsubscribe(self.reader.partner_id.ids)
        with self.assertRaises(AccessError):
            self.wizard(foreign, self.portal)
