import re
from unittest.mock import patch

from odoo.addons.base.models import res_users_login
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from .common import SignupCase

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@tagged("post_install", "-at_install")
class TestPages(SignupCase, HttpCase):
    """The pages of accounts and passwords (ASU)."""

    def setUp(self):
        super().setUp()
        self.startPatcher(patch.object(res_users_login, "MIN_ROUNDS", 1000))

    def submit(self, path, **fields):
        """Fill in the form of a page and send it."""
        token = TOKEN.search(self.url_open(path).text)[1]
        return self.url_open(path, data={"csrf_token": token, **fields})

    def new(self, **values):
        """Send the form of a new account."""
        fields = {"login": "ada@example.org", "name": "Ada", "password": "secret12", "confirm_password": "secret12"}
        return self.submit("/web/signup", **{**fields, **values})

    def is_logged_in(self):
        return "error" not in self.url_open("/web/session/check", json={"params": {}}).json()

    def test_asu_11_a_new_account(self):
        self.assertIn("/web/signup?redirect=", self.url_open("/web/login?redirect=/x").text)
        page = self.url_open("/web/signup")
        self.assertEqual(page.headers["X-Frame-Options"], "SAMEORIGIN")
        self.assertIn("frame-ancestors 'self'", page.headers["Content-Security-Policy"])
        for wrong, text in (
            ({"confirm_password": "other"}, "differ"),
            ({"name": " "}, "Fill in"),
            ({"login": "ada"}, "e-mail address"),
            ({"name": "x" * 5000}, "too long"),
        ):
            self.assertIn(text, self.new(**wrong).text)
        self.assertFalse(self.env["res.users"].search([("login", "=", "ada@example.org")]))
        with self.mock_mail_gateway():
            page = self.new()
        self.assertTrue(self.is_logged_in())
        self.assertEqual([mail["email_to"] for mail in self._mails], [['"Ada" <ada@example.org>']])
        if "portal.mixin" in self.env:
            # they have a home of their own
            self.assertURLEqual(page.url, "/my")
        else:
            self.assertIn("Your account is ready", page.text)
        self.opener.cookies.clear()
        with mute_logger("odoo.sql_db", "odoo.addons.auth_signup.controllers.main"):
            self.assertIn("already", self.new(name="Eve").text)
        self.assertFalse(self.is_logged_in())

    def test_asu_11_by_invitation(self):
        with self.mock_mail_gateway():
            self.env["res.users"].create({"name": "Nora", "login": "nora@example.com", "email": "nora@example.com"})
        link = self.link_of(self._mails[0])
        path = link[link.index("/web/") :]
        self.assertIn('value="Nora"', self.url_open(path).text)
        page = self.submit(path, login="x", name="x", password="secret12", confirm_password="secret12")
        self.assertTrue(self.is_logged_in())
        self.assertIn("/odoo", page.url)
        self.opener.cookies.clear()
        # the link was for once; its address says whom to log in as now
        page = self.url_open(path)
        self.assertURLEqual(page.url, "/web/login?login=nora%40example.com&redirect=%2Fweb")
        # which is the address that was given, whatever the login is
        self.env["res.users"].search([("login", "=", "nora@example.com")]).login = "own-login"
        page = self.url_open(path)
        self.assertURLEqual(page.url, "/web/login?login=nora%40example.com&redirect=%2Fweb")
        page = self.url_open(path.partition("&signup_email")[0])
        self.assertIn("not valid any more", page.text)
        self.assertNotIn('name="password"', page.text)

    def test_asu_11_a_forgotten_password(self):
        user = new_test_user(self.env, "worker", email="worker@example.com", lang="en_US")
        answers = []
        for login in ("worker@example.com", "nobody@example.com"):
            with self.mock_mail_gateway():
                answers.append(self.submit("/web/reset_password", login=login))
            if login.startswith("worker"):
                link = self.link_of(self._mails[0])
            else:
                self.assertFalse(self._mails)
        texts = [re.search(r'role="status">([^<]+)', answer.text)[1] for answer in answers]
        self.assertEqual(texts[0], texts[1])
        path = link[link.index("/web/") :]
        self.assertIn("differ", self.submit(path, password="secret12", confirm_password="x").text)
        self.submit(path, password="secret12", confirm_password="secret12")
        self.assertTrue(self.is_logged_in())
        self.assertEqual(user.login, "worker")
        self.assertEqual(self.url_open(path).text.count("not valid any more"), 1)

    def test_asu_11_who_asks_too_often(self):
        self.env["ir.config_parameter"].set_param("base.login_cooldown_after", "2")
        with mute_logger("odoo.login"):
            answers = [self.submit("/web/reset_password", login="nobody@example.com") for _number in range(4)]
        self.assertEqual([answer.status_code for answer in answers], [200, 200, 429, 429])
        self.assertIn("Too many requests", answers[-1].text)
        # nobody is kept from logging in
        self.submit("/web/login", login="admin", password="admin")
        self.assertTrue(self.is_logged_in())

    def test_asu_11_where_it_is_not_offered(self):
        self.parameters.set_param("auth_signup.invitation_scope", "b2b")
        self.parameters.set_param("auth_signup.reset_password", False)
        login = self.url_open("/web/login").text
        self.assertNotIn("/web/signup", login)
        self.assertNotIn("/web/reset_password", login)
        for path in ("/web/signup", "/web/reset_password"):
            self.assertEqual(self.url_open(path).status_code, 404)
            page = self.url_open(f"{path}?token=wrong&error=Pay+here")
            self.assertEqual(page.status_code, 200)
            self.assertIn("not valid any more", page.text)
            self.assertNotIn("Pay here", page.text)

    def test_asu_4_tokens_of_any_address(self):
        self.partner.signup_prepare()
        token = self.partner._generate_signup_token()
        self.url_open(f"/web/login?auth_signup_token={token}")
        self.assertIn("cora@example.org", self.url_open("/web/signup").text)
        self.assertIn('value="cora"', self.url_open("/web/login?auth_login=cora").text)

    def test_asu_8_a_new_device(self):
        new_test_user(self.env, "worker", email="worker@example.com")
        with (
            self.mock_mail_gateway(),
            patch.object(type(self.env["res.users"]), "_should_alert_new_device", lambda user: True),
        ):
            self.authenticate(None, None)
            self.submit("/web/login", login="worker", password="workerxx")
        [mail] = self._mails
        self.assertIn("127.0.0.1", mail["body"])

    def test_set_5_invitations_are_repeated(self):
        self.authenticate("admin", "admin")
        answer = self.make_jsonrpc_request("/base_setup/data")
        self.assertIs(answer["resend_invitation"], True)
