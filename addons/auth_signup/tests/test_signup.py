from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.addons.auth_signup.exceptions import SignupError
from odoo.exceptions import AccessDenied, AccessError, UserError
from odoo.tests import TransactionCase, freeze_time, new_test_user, tagged
from odoo.tools import mute_logger

from .common import SignupCase


@tagged("post_install", "-at_install")
class TestSignup(SignupCase, TransactionCase):
    """Tokens, addresses and the accounts that are made by them (ASU)."""

    def partner_of(self, token):
        return self.env["res.partner"]._signup_retrieve_partner(token)

    def test_asu_1_tokens_die(self):
        self.partner.signup_prepare()
        token = self.partner._generate_signup_token()
        self.assertEqual(self.partner_of(token), self.partner)
        for wrong in (token[:-1], "x" * 5000, "", None, 5, ["a"]):
            with self.assertRaises(UserError):
                self.partner_of(wrong)
        self.partner.signup_cancel()
        with self.assertRaises(UserError):
            self.partner_of(token)
        self.partner.signup_prepare("signup")
        user = new_test_user(self.env, "cora", groups="base.group_portal", partner_id=self.partner.id)
        self.assertEqual(self.partner_of(token), self.partner)
        user.with_user(user)._update_last_login()
        user.invalidate_recordset()
        with self.assertRaises(UserError):
            self.partner_of(token)

    def test_asu_1_tokens_end(self):
        now = fields.Datetime.now()
        for kind, hours in (("reset", 4), ("signup", 144)):
            self.partner.signup_prepare(kind)
            token = self.partner._generate_signup_token()
            with freeze_time(now + timedelta(hours=hours - 1)):
                self.assertEqual(self.partner_of(token), self.partner)
            with freeze_time(now + timedelta(hours=hours + 1)), self.assertRaises(UserError):
                self.partner_of(token)
        self.parameters.set_param("auth_signup.signup.validity.hours", "nothing")
        self.assertTrue(self.partner._generate_signup_token())
        self.parameters.set_param("auth_signup.signup.validity.hours", "1")
        token = self.partner._generate_signup_token()
        with freeze_time(now + timedelta(hours=2)), self.assertRaises(UserError):
            self.partner_of(token)

    def test_asu_2_what_a_token_says(self):
        partners = self.env["res.partner"]
        self.partner.signup_prepare()
        token = self.partner._generate_signup_token()
        known = {"db": self.env.cr.dbname, "token": token, "name": "Cora", "login": "cora@example.org"}
        self.assertEqual(partners._signup_retrieve_info(token), {**known, "email": "cora@example.org"})
        user = new_test_user(self.env, "cora", groups="base.group_portal", partner_id=self.partner.id)
        self.assertEqual(partners._signup_retrieve_info(token), {**known, "login": "cora", "name": user.name})
        self.assertIsNone(partners._signup_retrieve_info("nothing"))
        self.assertFalse(self.partner.copy().signup_type)
        with self.assertRaises(AccessError):
            self.partner.with_user(new_test_user(self.env, "worker")).read(["signup_type"])

    def test_asu_3_addresses(self):
        partner = self.partner
        self.assertEqual(partner._get_signup_url_for_action(), {partner.id: False})
        valid = partner.with_context(signup_valid=True, relative_url=True)
        address = valid._get_signup_url_for_action(action="/mail/view", model="res.partner", res_id=partner.id)
        [url] = address.values()
        self.assertTrue(url.startswith("/web/signup?"), url)
        query = self.query_of(url)
        self.assertEqual(self.partner_of(query["token"]), partner)
        self.assertEqual(query["redirect"], f"/mail/view?model=res.partner&res_id={partner.id}")
        self.assertEqual(query["db"], self.env.cr.dbname)
        partner.signup_prepare("reset")
        url = partner.with_context(create_user=True)._get_signup_url()
        self.assertTrue(url.startswith(f"{partner.get_base_url()}/web/reset_password?"), url)
        self.assertEqual(self.query_of(url)["signup_email"], "cora@example.org")
        forced = valid.with_context(signup_force_type_in_url="signup")
        self.assertIn("/web/signup?", forced._get_signup_url())
        partner.signup_cancel()
        new_test_user(self.env, "cora", groups="base.group_portal", partner_id=partner.id)
        url = valid._get_signup_url_for_action(url="/my/thing")[partner.id]
        self.assertEqual(
            (url.partition("?")[0], self.query_of(url)),
            ("/web/login", {"db": self.env.cr.dbname, "login": "cora", "redirect": "/my/thing"}),
        )
        [url] = valid._get_signup_url_for_action(model="res.partner", res_id=7).values()
        self.assertEqual(self.query_of(url)["redirect"], "/odoo/res.partner/7")

    def test_asu_3_whose_address(self):
        worker = new_test_user(self.env, "worker")
        other = new_test_user(self.env, "other")
        visitor = new_test_user(self.env, "visitor", groups="base.group_portal")
        with self.assertRaises(AccessError):
            other.partner_id.with_user(worker)._get_signup_url()
        with self.assertRaises(AccessError):
            visitor.partner_id.with_user(worker)._get_signup_url()
        self.assertIn("/web/login?", worker.partner_id.with_user(worker)._get_signup_url())
        self.assertIn("/web/login?", other.partner_id.with_user(self.manager)._get_signup_url())

    def test_asu_4_what_links_carry(self):
        worker = new_test_user(self.env, "worker")
        with self.assertRaises(AccessDenied):
            self.partner.with_user(new_test_user(self.env, "out", groups="base.group_portal")).signup_get_auth_param()
        found = (self.partner | worker.partner_id).with_user(worker).signup_get_auth_param()
        self.assertEqual(found[worker.partner_id.id], {"auth_login": "worker"})
        self.assertEqual(self.partner_of(found[self.partner.id]["auth_signup_token"]), self.partner)
        self.parameters.set_param("auth_signup.invitation_scope", "b2b")
        self.assertEqual(self.partner.signup_get_auth_param(), {self.partner.id: {}})

    def test_asu_4_links_of_partners_that_the_caller_may_not_read(self):
        worker = new_test_user(self.env, "worker")
        model_id = self.env["ir.model"]._get_id("res.partner")
        self.env["ir.rule"].create({"name": "No Cora", "model_id": model_id, "domain_force": [("name", "!=", "Cora")]})
        with self.assertRaises(AccessError):
            self.partner.with_user(worker).signup_get_auth_param()
        self.assertFalse(self.partner.signup_type)
        with self.assertRaises(ValueError):
            self.partner.signup_prepare("anything")

    def test_asu_5_settings(self):
        settings = self.env["res.config.settings"].create({})
        self.assertTrue(settings.auth_signup_reset_password)
        self.assertEqual(settings.auth_signup_uninvited, "b2c")
        self.assertEqual(settings.auth_signup_template_user_id, self.env.ref("base.template_portal_user_id"))
        settings.auth_signup_uninvited = "b2b"
        settings.execute()
        self.assertEqual(self.env["res.users"]._get_signup_invitation_scope(), "b2b")
        self.parameters.search([("key", "=", "auth_signup.invitation_scope")]).unlink()
        self.assertEqual(self.env["res.users"]._get_signup_invitation_scope(), "b2b")

    def test_asu_6_by_invitation(self):
        users = self.env["res.users"]
        self.parameters.set_param("auth_signup.invitation_scope", "b2b")
        company = self.env["res.company"].create({"name": "Branch"})
        self.partner.write({"company_id": company.id, "city": "Gent"})
        self.partner.signup_prepare()
        token = self.partner._generate_signup_token()
        values = {"login": "cora@example.org", "name": "Somebody", "password": "secret12", "city": "Paris"}
        self.assertEqual(users.signup(values, token), ("cora@example.org", "secret12"))
        user = self.partner.user_ids
        self.assertRecordValues(user, [{"name": "Cora", "share": True, "company_id": company.id, "city": "Gent"}])
        self.assertFalse(self.partner.signup_type)
        with self.assertRaises(UserError):
            users.signup(values, token)
        self.partner.signup_prepare("reset")
        again = {"login": "else", "name": "Else", "password": "another1"}
        sent = []
        with patch.object(type(users), "_notify_inviter", lambda users: sent.append(users)):
            result = users.signup(again, self.partner._generate_signup_token())
        self.assertEqual(result, ("cora@example.org", "another1"))
        self.assertEqual((user.name, user.login, sent), ("Cora", "cora@example.org", [user]))

    def test_asu_6_of_ones_own_accord(self):
        users = self.env["res.users"]
        users.signup({"login": "ada@example.org", "name": "Ada", "password": "secret12"})
        user = users.search([("login", "=", "ada@example.org")])
        self.assertRecordValues(user, [{"name": "Ada", "email": "ada@example.org", "active": True, "share": True}])
        self.assertIn("Ada", user.signature)
        self.parameters.set_param("auth_signup.invitation_scope", "b2b")
        with self.assertRaises(SignupError):
            users.signup({"login": "eve@example.org", "name": "Eve", "password": "secret12"})

    def test_asu_7_what_a_user_needs(self):
        users = self.env["res.users"]
        for values in ({"name": "A"}, {"login": "a"}):
            with self.assertRaises(ValueError):
                users._create_user_from_template(values)
        with self.assertRaises(SignupError), mute_logger("odoo.sql_db"):
            users._create_user_from_template({"login": "boss", "name": "Another"})
        self.assertTrue(users.search_count([]), "the transaction goes on")
        self.parameters.set_param("base.template_portal_user_id", "False")
        with self.assertRaises(ValueError):
            users._create_user_from_template({"login": "a", "name": "A"})
