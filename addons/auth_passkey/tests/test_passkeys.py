import json
import time
from contextlib import contextmanager
from types import SimpleNamespace
from unittest.mock import patch

from webauthn.helpers import base64url_to_bytes, bytes_to_base64url

from odoo import fields
from odoo.addons.auth_passkey.models import auth_passkey_key
from odoo.addons.base.models import res_users_identity, res_users_login, res_users_login_failure
from odoo.exceptions import AccessDenied, AccessError, TooManyAttempts, UserError
from odoo.tests import TransactionCase, freeze_time, new_test_user


class TestPasskeys(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = new_test_user(cls.env, "unlocks", password="unlocks", groups="base.group_user")
        cls.keys = cls.env["auth.passkey.key"].with_user(cls.user)
        cls.key = cls.keys.sudo().create({"name": "Phone", "credential_identifier": "abc", "public_key": "def"})
        cls.env["ir.config_parameter"].set_param("web.base.url", "https://erp.example.com")

    @contextmanager
    def page(self, origin="https://erp.example.com", user=None):
        """Be in a page whose user has just entered the password."""
        database, uid = self.env.cr.dbname, (user or self.user).id
        session = {"db": database, "uid": uid, res_users_identity.CONFIRMED_AT: [database, uid, time.time()]}
        cookies = {}
        httprequest = SimpleNamespace(
            environ={"REMOTE_ADDR": "192.0.2.1"}, host_url=origin + "/", scheme="https", cookies=cookies
        )
        response = SimpleNamespace(set_cookie=lambda name, value, **_options: cookies.update({name: value}))
        browser = SimpleNamespace(session=session, httprequest=httprequest, future_response=response)
        with patch.object(auth_passkey_key, "request", browser), patch.object(res_users_identity, "request", browser):
            yield browser

    def test_what_the_browser_is_asked(self):
        with self.page() as page:
            options = self.keys._start_auth()
            self.assertEqual((options["rpId"], options["userVerification"]), ("erp.example.com", "required"))
            self.assertEqual(page.session[auth_passkey_key.CHALLENGE][::3], ["login", options["challenge"]])
            options = self.keys._start_registration()
            self.assertEqual(options["rp"]["id"], "erp.example.com")
            self.assertEqual(options["authenticatorSelection"]["residentKey"], "required")
            self.assertEqual([one["id"] for one in options["excludeCredentials"]], ["abc"])
            self.assertEqual(len(base64url_to_bytes(options["user"]["id"])), 32, "a secret digest, no number of a user")
            self.assertEqual(page.session[auth_passkey_key.CHALLENGE][0], "registration")

    def test_several_addresses(self):
        self.env["ir.config_parameter"].set_param("auth_passkey.origins", "https://shop.example.org:8443, nonsense")
        for origin, host in (
            ("https://erp.example.com", "erp.example.com"),
            ("https://shop.example.org:8443", "shop.example.org"),
            ("https://evil.example", "erp.example.com"),
            ("http://shop.example.org:8443", "erp.example.com"),
        ):
            with self.page(origin):
                self.assertEqual(self.keys._start_auth()["rpId"], host)
                self.assertEqual(self.keys._page_origin() == origin, origin in self.keys._known_origins())
        self.env["ir.config_parameter"].set_param("auth_passkey.origins", False)
        self.env["ir.config_parameter"].set_param("web.base.url", "nonsense")
        with self.page(), self.assertRaises(UserError):
            self.keys._start_auth()

    def test_challenges_count_once_and_not_for_long(self):
        with self.page():
            with self.assertRaises(AccessDenied):
                self.keys._take_challenge("login")
            self.keys._start_auth()
            self.assertEqual(len(self.keys._take_challenge("login")), 64)
            with self.assertRaises(AccessDenied):
                self.keys._take_challenge("login")
            self.keys._start_auth()
            with self.assertRaises(AccessDenied):
                self.keys._take_challenge("registration")
            self.keys._start_auth()
            later = time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(time.time() + 400))
            with freeze_time(later), self.assertRaises(AccessDenied):
                self.keys._take_challenge("login")

    def test_nobody_answers_the_challenge_of_another_user(self):
        other = new_test_user(self.env, "stranger", groups="base.group_user")
        theirs = self.keys.with_user(other)
        with self.page():
            self.keys._start_registration()
            self.assertEqual(len(self.keys._take_challenge("registration")), 64)
            # the session is the user's, the call is made as another one
            for asker in (self.keys, theirs):
                asker._start_registration()
                with self.assertRaises(AccessDenied):
                    theirs._take_challenge("registration")
        # somebody else has logged in since
        with self.page() as page:
            self.keys._start_registration()
            page.session["uid"] = other.id
            with self.assertRaises(AccessDenied):
                theirs._take_challenge("registration")

    def test_challenges_are_those_of_a_database(self):
        with self.page() as page:
            for purpose, start in (("login", self.keys._start_auth), ("registration", self.keys._start_registration)):
                start()
                page.session[auth_passkey_key.CHALLENGE][1] = "another"
                with self.assertRaises(AccessDenied):
                    self.keys._take_challenge(purpose)

    def test_challenges_of_visitors_are_not_stored_and_count_once(self):
        other = self.keys.sudo().create({"name": "Tablet", "credential_identifier": "xyz", "public_key": "def"})
        with self.page() as page:
            page.session.clear()
            cookies = page.httprequest.cookies
            with self.assertRaises(AccessDenied):
                self.key._take_login_challenge()
            asked = self.keys._start_auth()["challenge"]
            self.assertFalse(page.session)
            kept = dict(cookies)
            self.assertEqual(bytes_to_base64url(self.key._take_login_challenge()), asked)
            self.assertFalse(cookies[auth_passkey_key.VISITOR_CHALLENGE])
            # somebody has kept the cookie
            cookies.update(kept)
            with self.assertRaises(AccessDenied):
                self.key._take_login_challenge()
            for wrong in ("", "x", "é", kept[auth_passkey_key.VISITOR_CHALLENGE][:-4] + "AAAA"):
                cookies[auth_passkey_key.VISITOR_CHALLENGE] = wrong
                with self.assertRaises(AccessDenied):
                    other._take_login_challenge()
            self.keys._start_auth()
            later = time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(time.time() + 400))
            with freeze_time(later), self.assertRaises(AccessDenied):
                other._take_login_challenge()
            self.keys._start_auth()
            self.assertEqual(len(self.key._take_login_challenge()), 64)

    def test_answers_that_are_none(self):
        user = self.user.with_user(self.user)
        answers = (None, 7, "", "{", "[]", "{}", '{"id": 1}', '{"id": "abc"}', '{"id": "x"}', "[" * 100_000)
        with self.page():
            for answer in answers:
                credential = {"type": "webauthn", "webauthn_response": answer}
                self.keys._start_auth()
                with self.assertRaises(AccessDenied):
                    user._check_credentials(credential, {"interactive": True})
                with patch.object(res_users_login, "MIN_ROUNDS", 1000), self.assertRaises(AccessDenied):
                    self.registry["res.users"]._login(self.env.cr.dbname, credential, {})
                self.keys._start_registration()
                with self.assertRaises(UserError):
                    self.keys._verify_registration_options(answer)

    def test_passkeys_are_their_users(self):
        other = new_test_user(self.env, "stranger", groups="base.group_user")
        key = self.key.with_user(other).sudo(False)
        self.assertFalse(key.search([]))
        answer = json.dumps({"id": "abc", "type": "public-key"})
        with self.page(user=other):
            with self.assertRaises(AccessDenied):
                other.with_user(other)._check_credentials(
                    {"type": "webauthn", "webauthn_response": answer}, {"interactive": True}
                )
            for change in (
                key.action_delete_passkey,
                lambda: key.write({"name": "mine"}),
                lambda: key.create({"name": "x", "credential_identifier": "y", "public_key": "z"}),
                lambda: self.key.with_user(self.user).sudo(False).write({"public_key": "z"}),
                lambda: self.key.with_user(self.user).sudo(False).read(["public_key"]),
            ):
                with self.assertRaises(AccessError):
                    change()
        with self.page():
            mine = self.key.with_user(self.user).sudo(False)
            mine.name = "Tablet"
            self.assertEqual(mine.action_rename_passkey()["res_id"], mine.id)
            mine.action_delete_passkey()
        self.assertFalse(self.key.exists())

    def test_sessions_end_when_passkeys_change(self):
        before = self.user._compute_session_token("a session")
        with self.page():
            self.key.with_user(self.user).sudo(False).action_delete_passkey()
        self.assertNotEqual(before, self.user._compute_session_token("a session"))

    def test_logins_do_not_wait_for_guesses_of_the_password(self):
        failures = self.env["res.users.login.failure"]
        row = {"failures": 1000, "last_failure": fields.Datetime.now()}
        failures.create({**row, "source": f"*|user {self.user.id}"})
        answer = {"login": "unlocks", "type": "webauthn", "webauthn_response": json.dumps({"id": "abc"})}
        password = {"login": "unlocks", "type": "password", "password": "unlocks"}
        browser = SimpleNamespace(httprequest=SimpleNamespace(remote_addr="192.0.2.1"))
        with (
            patch.object(res_users_login_failure, "request", browser),
            patch.object(self.registry["auth.passkey.key"], "_verify_auth"),
        ):
            info = self.env["res.users"]._login_with(answer, {"interactive": True})
            self.assertEqual(info["auth_method"], "passkey")
            with self.assertRaises(TooManyAttempts):
                self.env["res.users"]._login_with(password, {"interactive": True})
            failures.create({**row, "source": f"*|user {self.user.id} passkey"})
            with self.assertRaises(TooManyAttempts):
                self.env["res.users"]._login_with(answer, {"interactive": True})

    def test_who_is_asked_for_a_passkey(self):
        other = new_test_user(self.env, "plain", groups="base.group_user")
        for user, method in ((self.user, "webauthn"), (other, "password")):
            self.assertEqual(self.env["res.users.identitycheck"].with_user(user).create({}).auth_method, method)
        dialog = self.env["res.users.identitycheck"].with_user(self.user).create({})
        with self.page(), self.assertRaises(UserError):
            dialog._check_identity()
        dialog.action_use_password()
        dialog.password = "unlocks"
        dialog._check_identity()
