import base64
import time
from contextlib import contextmanager
from datetime import timedelta
from types import SimpleNamespace
from unittest.mock import patch

import pyotp

from odoo.addons.auth_totp.models.res_users import read_code
from odoo.addons.auth_totp.models.totp import TOTP, hotp
from odoo.addons.base.models import res_users_identity
from odoo.exceptions import AccessDenied, AccessError, UserError
from odoo.fields import Datetime
from odoo.tests import TransactionCase, new_test_user

SECRET = pyotp.random_base32(32)


class TestTOTPMixin:
    """For tests that need a user with a second factor: ``self.user``."""

    def set_up_totp(self, login="codes"):
        self.user = new_test_user(self.env, login, password=login, groups="base.group_user")
        self.user.totp_secret = SECRET
        self.env.flush_all()
        # what follows is not before the present code
        self.start = int(time.time())

    def code(self, step=0):
        """Return the code of a time step, beginning with the present one."""
        return pyotp.TOTP(SECRET).at(self.start, counter_offset=step)

    @contextmanager
    def identified(self, user):
        """Be a user who has just entered the password."""
        database = self.env.cr.dbname
        browser = SimpleNamespace(
            session={
                "db": database,
                "uid": user.id,
                res_users_identity.CONFIRMED_AT: [database, user.id, time.time()],
            },
            httprequest=SimpleNamespace(environ={"REMOTE_ADDR": "127.0.0.1"}),
        )
        with patch.object(res_users_identity, "request", browser):
            yield


class TestCodes(TransactionCase):
    def test_codes_of_the_standard(self):
        secret = b"12345678901234567890"
        self.assertEqual([hotp(secret, counter) for counter in range(3)], [755224, 287082, 359152])
        self.assertEqual(TOTP(secret).match(287082, t=59), 1)
        # the clock may differ by one step
        self.assertEqual(TOTP(secret).match(287082, t=89), 1)
        self.assertEqual(TOTP(secret).match(287082, t=0), 1)
        self.assertIsNone(TOTP(secret).match(287082, t=120))
        self.assertIsNone(TOTP(secret).match(1, t=59))

    def test_what_is_entered(self):
        for text, code in (("123456", 123456), (" 012 345 ", 12345), ("12345", None), ("1234567", None)):
            self.assertEqual(read_code(text), code)
        for text in (None, "", "abcdef", "١٢٣٤٥٦", "-12345", "1e5000"):
            self.assertIsNone(read_code(text))


class TestUsersWithCodes(TestTOTPMixin, TransactionCase):
    def setUp(self):
        super().setUp()
        self.set_up_totp()

    def test_secret_is_nobodys_to_read(self):
        self.assertTrue(self.user.totp_enabled)
        admin = self.env.ref("base.user_admin")
        for reader in (self.user, admin):
            user = self.user.with_user(reader)
            self.assertTrue(user.totp_enabled)
            for read in (
                lambda user=user: user.export_data(["totp_secret"]),
                lambda user=user: user.read(["totp_secret"]),
                lambda user=user: user.search([("totp_secret", "=", SECRET)]),
                lambda user=user: user.write({"totp_secret": False}),
                lambda user=user: user.read(["totp_last_counter"]),
            ):
                with self.assertRaises((UserError, ValueError)):
                    read()
        self.assertNotIn("totp_secret", self.user.with_user(admin).read()[0])
        self.assertFalse(self.user.copy({"login": "copy"}).totp_enabled)

    def test_who_has_one(self):
        other = new_test_user(self.env, "plain")
        both = [("id", "in", (self.user | other).ids)]
        for value, found in ((True, self.user), (False, other)):
            self.assertEqual(self.env["res.users"].search([*both, ("totp_enabled", "=", value)]), found)
            self.assertEqual(self.env["res.users"].search([*both, ("totp_enabled", "!=", not value)]), found)
        self.assertEqual(self.user._mfa_url(), "/web/login/totp")
        self.assertIsNone(other._mfa_url())

    def test_a_code_counts_once(self):
        mine = self.user.with_user(self.user)
        with self.assertRaises(AccessDenied):
            mine._totp_check(None)
        mine._totp_check(read_code(self.code()))
        for step in (0, -1):
            with self.assertRaises(AccessDenied):
                mine._totp_check(read_code(self.code(step)))
        mine._totp_check(read_code(self.code(1)))
        self.user.totp_secret = pyotp.random_base32(32)
        self.assertFalse(self.user.totp_last_counter)

    def test_programs_need_keys(self):
        mine = self.user.with_user(self.user)
        password = {"login": "codes", "password": "codes", "type": "password"}
        self.assertEqual(mine._check_credentials(password, {"interactive": True})["uid"], self.user.id)
        with self.assertRaises(AccessDenied):
            mine._check_credentials(password, {"interactive": False})
        self.env.ref("base.group_user").api_key_duration = 2
        key = mine.sudo().env["res.users.apikeys"]._generate("rpc", "program", Datetime.now() + timedelta(days=1))
        found = mine._check_credentials({**password, "password": key}, {"interactive": False})
        self.assertEqual(found["auth_method"], "apikey")

    def test_switching_on(self):
        user = new_test_user(self.env, "starts")
        mine = user.with_user(user)
        with self.identified(user):
            action = mine.action_totp_enable_wizard()
            wizard = mine.env[action["res_model"]].browse(action["res_id"])
            self.assertEqual(len(base64.b32decode(wizard.secret)), 20)
            self.assertTrue(wizard.url.startswith("otpauth://totp/"))
            self.assertIn("starts", wizard.url)
            self.assertTrue(base64.b64decode(wizard.qrcode).startswith(b"\x89PNG"))
            for wrong in ("", "12345", "000000"):
                wizard.code = wrong
                with self.assertRaises(UserError):
                    wizard.enable()
            self.assertFalse(mine.totp_enabled)
            with self.assertRaises(AccessError):
                wizard.with_user(self.user).read(["secret"])
            with self.assertRaises(AccessError):
                wizard.create({"user_id": user.id, "secret": SECRET})
            wizard.code = pyotp.TOTP(wizard.secret).now()
            answer = wizard.enable()
            self.assertEqual(answer["tag"], "display_notification")
            self.assertTrue(mine.totp_enabled)
            self.assertFalse(wizard.exists())
            with self.assertRaises(UserError):
                mine.action_totp_enable_wizard()
        with self.identified(self.user), self.assertRaises(UserError):
            user.with_user(self.user).action_totp_enable_wizard()

    def test_switching_off(self):
        other = new_test_user(self.env, "stranger")
        with self.identified(other), self.assertRaises(AccessError):
            self.user.with_user(other).action_totp_disable()
        self.assertTrue(self.user.totp_enabled)
        admin = self.env.ref("base.user_admin")
        with self.identified(admin):
            with self.assertLogs("odoo.addons.auth_totp.models.res_users", "WARNING") as log:
                self.user.with_user(admin).action_totp_disable()
            self.assertIn("switched off by admin", log.output[0])
            self.assertFalse(self.user.totp_enabled)

    def test_sessions_end_when_it_changes(self):
        before = self.user._compute_session_token("a session")
        self.user.totp_secret = False
        self.assertNotEqual(before, self.user._compute_session_token("a session"))

    def test_trusted_devices(self):
        devices = self.env["auth_totp.device"].with_user(self.user).sudo()
        scope, check = "2fa_trusted_device", devices._check_credentials_for_uid
        key = devices._generate(scope, "a browser", "2999-01-01 00:00:00")
        self.env.invalidate_all()
        self.assertEqual(self.user.totp_trusted_device_ids.mapped("name"), ["a browser"])
        self.assertEqual(check(scope=scope, key=key, uid=self.user.id), self.user.id)
        self.assertIsNone(check(scope=scope, key=key, uid=2))
        self.assertIsNone(self.env["res.users.apikeys"]._check_credentials(scope=scope, key=key))
        other = new_test_user(self.env, "stranger")
        self.assertFalse(devices.with_user(other).sudo(False).search([]))
        with self.assertRaises(AccessError):
            self.user.totp_trusted_device_ids.with_user(other).sudo(False)._remove()
        with self.identified(other), self.assertRaises(AccessError):
            self.user.with_user(other).revoke_all_devices()
        self.assertTrue(self.user.totp_trusted_device_ids)
        admin = self.env.ref("base.user_admin")
        for revoker in (self.user, admin):
            with self.identified(revoker):
                self.user.with_user(revoker).revoke_all_devices()
            self.assertFalse(self.user.totp_trusted_device_ids)
            key = devices._generate(scope, "a browser", "2999-01-01 00:00:00")
            self.env.invalidate_all()
        self.user.password = "another one"
        self.assertFalse(self.user.totp_trusted_device_ids)
        self.assertIsNone(check(scope=scope, key=key, uid=self.user.id))
