from types import SimpleNamespace
from unittest.mock import patch

from passlib.context import CryptContext

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

    def test_password_is_asked_for_once_before_a_key_is_made(self):
        browser = SimpleNamespace(session={}, httprequest=SimpleNamespace(environ={"REMOTE_ADDR": "127.0.0.1"}))
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
        from datetime import datetime, timedelta

        self.env["ir.config_parameter"].set_param("base.login_cooldown_after", 3)
        users = self.env["res.users"]
        self.assertFalse(users._on_login_cooldown(2, datetime.now()))
        self.assertTrue(users._on_login_cooldown(3, datetime.now()))
        self.assertFalse(users._on_login_cooldown(3, datetime.now() - timedelta(minutes=2)))
