from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import TransactionCase, new_test_user, tagged

from .common import PortalCase


@tagged("post_install", "-at_install")
class TestWizards(PortalCase, TransactionCase):
    """Sharing documents, and access for contacts (PRT)."""

    def wizard_of(self, partners):
        return self.env["portal.wizard"].with_user(self.employee).with_context(active_ids=partners.ids).create({})

    def line_of(self, partner):
        return self.wizard_of(partner).user_ids

    def test_prt_43_links_for_everybody(self):
        document = self.document.with_user(self.employee)
        context = {"active_model": document._name, "active_id": document.id}
        action = document.with_context(**context).action_share()
        self.assertEqual((action["res_model"], action["target"]), ("portal.share", "new"))
        wizard = self.env["portal.share"].with_user(self.employee).with_context(**action["context"]).create({})
        self.assertEqual(wizard.resource_ref, document)
        self.assertIn(f"access_token={self.token}", wizard.share_link)
        wizard.write({"partner_ids": (self.customer | self.user.partner_id).ids, "note": "Look at this"})
        with self.mock_mail_gateway():
            wizard.action_send_mail()
        mails = {mail["email_to"][0]: mail["body"] for mail in self._mails}
        self.assertEqual(len(mails), 2)
        for address, partner in (('"Cora" <cora@example.org>', self.customer), ('"Porter"', self.user.partner_id)):
            [body] = [body for to, body in mails.items() if to.startswith(address.split(" <")[0])]
            self.assertIn(f"pid={partner.id}", body)
            self.assertIn(document._sign_token(partner.id), body)
            self.assertIn("Look at this", body)
        self.assertLessEqual(wizard.partner_ids, document.message_partner_ids)

    def test_prt_43_whose_documents(self):
        wizards = self.env["portal.share"].with_user(self.employee)
        secret = self.env["ir.config_parameter"].search([], limit=1)
        for model, res_id in ((secret._name, secret.id), ("no.model", 1), ("res.partner", self.customer.id)):
            wizard = wizards.create({"res_model": model, "res_id": res_id, "partner_ids": self.customer.ids})
            self.assertFalse(wizard.share_link)
            with self.assertRaises(UserError):
                wizard.action_send_mail()
        with self.assertRaises(AccessError):
            wizards.with_user(new_test_user(self.env, "low")).create({"res_model": "a", "res_id": 1})

    def test_prt_44_who_is_listed(self):
        firm = self.env["res.partner"].create(
            {
                "name": "Firm",
                "child_ids": [
                    Command.create({"name": "Ann", "type": "contact"}),
                    Command.create({"name": "Otto", "type": "other"}),
                    Command.create({"name": "Stock", "type": "delivery"}),
                ],
            }
        )
        self.assertEqual(self.wizard_of(firm).user_ids.partner_id.mapped("name"), ["Firm", "Ann", "Otto"])
        other = self.env["portal.wizard"].with_context(default_partner_ids=[Command.set(firm.ids)]).create({})
        self.assertIn(firm, other.user_ids.partner_id)
        action = self.env["portal.wizard"].with_context(active_ids=firm.ids).action_open_wizard()
        self.assertEqual(len(self.env["portal.wizard"].browse(action["res_id"]).user_ids), 3)

    def test_prt_44_contacts_that_the_caller_may_not_read(self):
        model_id = self.env["ir.model"]._get_id("res.partner")
        self.env["ir.rule"].create({"name": "No Cora", "model_id": model_id, "domain_force": [("name", "!=", "Cora")]})
        wizards = self.env["portal.wizard"].with_user(self.employee)
        for chosen in ({"active_ids": self.customer.ids}, {"default_partner_ids": self.customer.ids}):
            wizard = wizards.with_context(**chosen).create({})
            self.assertFalse(wizard.sudo().user_ids)

    def test_prt_44_access_is_given(self):
        line = self.line_of(self.customer)
        self.assertRecordValues(
            line,
            [{"email": "cora@example.org", "email_state": "ok", "is_portal": False, "is_internal": False}],
        )
        line.email = "Cora.New@example.org"
        with self.mock_mail_gateway():
            line.action_grant_access()
        user = self.customer.user_ids
        self.assertRecordValues(
            user, [{"login": "cora.new@example.org", "share": True, "active": True, "name": "Cora"}]
        )
        self.assertTrue(user._is_portal())
        self.assertEqual(self.customer.email, "cora.new@example.org")
        self.assertTrue(line.is_portal)
        self.assertEqual(self.customer.signup_type, "signup")
        [mail] = self._mails
        self.assertIn("/web/signup?", mail["body"])
        with self.assertRaises(UserError):
            line.action_grant_access()
        with self.mock_mail_gateway():
            line.action_invite_again()
        self.assertEqual(len(self._mails), 1)
        with self.mock_mail_gateway():
            line.action_revoke_access()
        self.assertFalse(self._mails)
        self.assertFalse(user.active or user._is_portal() or line.is_portal or self.customer.signup_type)
        self.assertEqual(self.customer.with_context(active_test=False).user_ids, user)
        for act in (line.action_revoke_access, line.action_invite_again):
            with self.assertRaises(UserError):
                act()
        with self.mock_mail_gateway():
            line.action_grant_access()
        self.assertTrue(user.active and line.is_portal)

    def test_prt_44_who_gets_none(self):
        for email, state in ((False, "ko"), ("nobody", "ko"), ("porter", "ko"), ("boss@example.com", "exist")):
            if state == "exist":
                new_test_user(self.env, email)
            line = self.line_of(self.customer)
            line.email = email
            self.assertEqual(line.email_state, state)
            with self.assertRaises(UserError):
                line.action_grant_access()
        self.assertFalse(self.customer.user_ids)
        line = self.line_of(self.employee.partner_id)
        self.assertTrue(line.is_internal)
        with self.assertRaises(UserError):
            line.action_grant_access()
        low = new_test_user(self.env, "low")
        with self.assertRaises(AccessError):
            self.env["portal.wizard"].with_user(low).create({})
        with self.assertRaises(AccessError):
            line.with_user(low).action_grant_access()
