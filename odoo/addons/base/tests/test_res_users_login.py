import time
from types import SimpleNamespace
from unittest.mock import patch

from passlib.context import CryptContext

from odoo.addons.base.models.res_users_identity import CONFIRMED_AT
from odoo.exceptions import AccessDenied, AccessError, UserError
from odoo.tests import TransactionCase, new_test_user


class TestLogin(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = new_test_user(cls.env, "keyholder", password="open sesame", groups="base.group_user")

    def credential(self, password, login="keyholder"):
        return {"login": login, "password": password, "type": "password"}

    def check(self, password, interactive=True):
        user = self.user.with_user(self.user)
        return user._check_credentials(self.credential(password), {"interactive": interactive})

    def test_password(self):
        self.assertEqual(self.check("open sesame"), {"uid": self.user.id, "auth_method": "password", "mfa": "default"})
        for wrong in ("shut", "", None):
            with self.assertRaises(AccessDenied):
                self.check(wrong)

    def test_password_is_hashed(self):
        self.env.flush_all()
        self.env.cr.execute("SELECT password FROM res_users WHERE id = %s", [self.user.id])
        self.assertTrue(self.env.cr.fetchone()[0].startswith("$pbkdf2-sha512$"))

    def test_weak_hash_is_replaced(self):
        weak = CryptContext(["pbkdf2_sha512"], pbkdf2_sha512__rounds=1).hash("open sesame")
        self.env.cr.execute("UPDATE res_users SET password = %s WHERE id = %s", [weak, self.user.id])
        with patch.object(
            self.registry["res.users"],
            "_crypt_context",
            lambda self: CryptContext(["pbkdf2_sha512"], pbkdf2_sha512__min_rounds=10, pbkdf2_sha512__rounds=20),
        ):
            self.check("open sesame")
        self.env.cr.execute("SELECT password FROM res_users WHERE id = %s", [self.user.id])
        self.assertIn("$20$", self.env.cr.fetchone()[0])

    def test_user_without_password(self):
        self.user.password = False
        for password in ("", False, "False"):
            with self.assertRaises(AccessDenied):
                self.check(password)

    def test_all_refusals_take_as_long(self):
        """How long an answer takes does not tell whether a user exists, has a password, or a second factor."""
        users, db = self.registry["res.users"], self.env.cr.dbname
        nobody, former = new_test_user(self.env, "nobody"), new_test_user(self.env, "former")
        nobody.password = False
        former.active = False
        empty = {**self.credential(""), "type": "password"}
        other = {"login": "keyholder", "type": "no such type"}

        def login(credential, interactive):
            return users._login(db, credential, {"interactive": interactive})

        def remote(uid):
            return self.env["res.users"].with_user(uid).browse(uid)._check_secret("wrong")

        refusals = {
            "no such login": lambda: login(self.credential("wrong", "no such login"), True),
            "no password": lambda: login(self.credential("wrong", "nobody"), True),
            "empty": lambda: login(empty, True),
            "type": lambda: login(other, True),
            "keys only": lambda: login(self.credential("wrong"), False),
            "missing id": lambda: remote(10**6),
            "inactive id": lambda: remote(former.id),
        }
        for name, refuse in refusals.items():
            with (
                self.subTest(name),
                patch.object(users, "_rpc_api_keys_only", lambda user: True),
                patch.object(CryptContext, "dummy_verify") as dummy_verify,
                self.assertRaises(AccessDenied),
            ):
                refuse()
            dummy_verify.assert_called_once_with()

    def test_change_password(self):
        mine = self.user.with_user(self.user)
        with self.assertRaises(AccessDenied):
            mine.change_password("wrong", "other")
        with self.assertRaises(UserError):
            mine.change_password("open sesame", "  ")
        self.assertTrue(mine.change_password("open sesame", "other"))
        self.check("other")

    def test_session_token_follows_the_password(self):
        before = self.user._compute_session_token("a session")
        self.assertEqual(before, self.user._compute_session_token("a session"))
        self.assertNotEqual(before, self.user._compute_session_token("another session"))
        self.user.password = "other"
        self.env.flush_all()
        self.env.registry.clear_cache()
        self.assertNotEqual(before, self.user._compute_session_token("a session"))

    def test_api_key(self):
        keys = self.env["res.users.apikeys"].with_user(self.env.ref("base.user_admin"))
        key = keys._generate("rpc", "a program", False)
        admin = self.env.ref("base.user_admin")
        found = admin.with_user(admin)._check_credentials(self.credential(key, "admin"), {"interactive": False})
        self.assertEqual((found["uid"], found["auth_method"]), (admin.id, "apikey"))
        with self.assertRaises(AccessDenied):
            admin.with_user(admin)._check_credentials(self.credential(key, "admin"), {"interactive": True})
        self.assertIsNone(keys._check_credentials(scope="other", key=key))
        keys.search([("name", "=", "a program")])._remove()
        self.assertIsNone(keys._check_credentials(scope="rpc", key=key))

    def test_api_key_of_a_plain_user_needs_an_end(self):
        with self.assertRaises(UserError):
            self.env["res.users.apikeys"].with_user(self.user)._generate(None, "for ever", False)

    def test_identity_dialog(self):
        wizard = self.env["res.users.identitycheck"].with_user(self.user).create({"password": "open sesame"})
        wizard._check_identity()
        wizard.password = "wrong"
        with self.assertRaises(UserError):
            wizard._check_identity()

    def browser(self):
        """Return the request of a browser that the user is logged in with."""
        session = {"db": self.env.cr.dbname, "uid": self.user.id}
        return SimpleNamespace(session=session, httprequest=SimpleNamespace(environ={"REMOTE_ADDR": "127.0.0.1"}))

    def test_the_password_of_one_user_does_not_count_for_another(self):
        other = new_test_user(self.env, "stranger", password="theirs", groups="base.group_user")
        browser = self.browser()
        mine, theirs = self.user.with_user(self.user), other.with_user(other)
        confirmed = [self.env.cr.dbname, self.user.id, time.time()]
        with patch("odoo.addons.base.models.res_users_identity.request", browser):
            browser.session[CONFIRMED_AT] = confirmed
            self.assertEqual(mine.api_key_wizard()["res_model"], "res.users.apikeys.description")
            # a remote call with a key of somebody else, beside the cookie of this session
            with self.assertRaises(UserError):
                theirs.api_key_wizard()
            dialog = theirs.env["res.users.identitycheck"].create({"password": "theirs"})
            with self.assertRaises(UserError):
                dialog.run_check()
            self.assertEqual(browser.session[CONFIRMED_AT], confirmed)
            # somebody else logs in, or the database is another one
            browser.session["uid"] = other.id
            self.assertEqual(theirs.api_key_wizard()["res_model"], "res.users.identitycheck")
            browser.session.update({"uid": self.user.id, "db": "another", CONFIRMED_AT: ["another", *confirmed[1:]]})
            with self.assertRaises(UserError):
                mine.api_key_wizard()
            # as it was kept before
            browser.session.update({"db": self.env.cr.dbname, CONFIRMED_AT: time.time()})
            self.assertEqual(mine.api_key_wizard()["res_model"], "res.users.identitycheck")

    def test_password_is_asked_for_once_before_a_key_is_made(self):
        browser = self.browser()
        mine = self.user.with_user(self.user)
        with patch("odoo.addons.base.models.res_users_identity.request", browser):
            asked = mine.with_context(tz="UTC", unfit=object()).api_key_wizard()
            self.assertEqual((asked["res_model"], asked["target"]), ("res.users.identitycheck", "new"))
            dialog = mine.env["res.users.identitycheck"].browse(asked["res_id"])
            dialog.password = "wrong"
            with self.assertRaises(UserError):
                dialog.run_check()
            dialog.password = "open sesame"
            self.assertEqual(dialog.run_check()["res_model"], "res.users.apikeys.description")
            self.assertFalse(dialog.password)
            wizard = mine.env["res.users.apikeys.description"].create({"name": "a program", "duration": "1"})
            shown = wizard.make_key()
        self.assertEqual(shown["res_model"], "res.users.apikeys.show")
        key = shown["context"]["default_key"]
        self.assertEqual(self.env["res.users.apikeys"]._check_credentials(scope="rpc", key=key), self.user.id)
        self.assertFalse(wizard.exists())

    def test_method_that_does_not_ask_is_not_called(self):
        users = self.env["res.users.identitycheck"].with_user(self.user)
        action = users.sudo()._ask_before(self.user.with_user(self.user), "preference_save")
        dialog = users.browse(action["res_id"])
        with self.assertRaises(AccessError):
            dialog._method_to_call()

    def test_sent_defaults_are_the_callers_after_the_question(self):
        users = self.env["res.users.identitycheck"].with_user(self.user)
        mine = self.user.with_user(self.user).with_context(default_name="sent", default_scope=["rpc"])
        dialog = users.browse(users.sudo()._ask_before(mine, "api_key_wizard")["res_id"])
        self.addCleanup(setattr, self.env.transaction, "sent", None)
        context = dialog._method_to_call().__self__.env.context
        sent = self.env.transaction.sent
        self.assertEqual((sent.uid, sent.values), (self.user.id, {"default_name": "sent", "default_scope": ["rpc"]}))
        for name in sent.values:
            self.assertTrue(sent.have(name, context[name]))

    def test_identity_needs_a_browser(self):
        with self.assertRaises(UserError):
            self.user.api_key_wizard()

    def test_users_change_their_own_password_in_their_preferences(self):
        mine = self.env.user
        with self.assertRaises(UserError):
            mine.new_password = "other"
            self.env.flush_all()
        self.user.new_password = "given"
        self.check("given")

    def test_key_that_lasts_too_long(self):
        dialog = self.env["res.users.apikeys.description"].with_user(self.user)
        with self.assertRaises(UserError):
            dialog.create({"name": "for ever", "duration": "-1", "expiration_date": "2999-01-01 00:00:00"})

    def test_administrators_set_passwords(self):
        wizard = (
            self.env["change.password.wizard"]
            .with_context(active_model="res.users", active_ids=self.user.ids)
            .create({})
        )
        self.assertEqual(wizard.user_ids.user_login, "keyholder")
        wizard.user_ids.new_passwd = "given"
        wizard.change_password_button()
        self.check("given")
        self.assertFalse(wizard.user_ids.new_passwd)

    def test_cooldown(self):
        limits = self.env["res.users.login.failure"]._limits()
        self.assertEqual(limits, (10, 60))
        for parameter, value in (("after", 3), ("duration", 10)):
            self.env["ir.config_parameter"].set_param(f"base.login_cooldown_{parameter}", value)
        limits = self.env["res.users.login.failure"]._limits()
        self.assertEqual(limits, (3, 10))
        for source, allowed, longest in (("1.2.3.4|user 1", 3, 3600), ("1.2.3.4|*", 6, 3600), ("*|user 1", 6, 900)):
            waits = [limits.seconds_left(source, failures, 0) for failures in range(allowed + 12)]
            self.assertEqual(waits[: allowed + 3], [0] * allowed + [10, 20, 40])
            self.assertEqual(waits[-1], longest)
            self.assertEqual(limits.seconds_left(source, allowed, 9.5), 1)
            self.assertEqual(limits.seconds_left(source, allowed, 11), 0)
