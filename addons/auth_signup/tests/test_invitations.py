from unittest.mock import patch

from odoo.addons.base.models.ir_mail_server import IrMailServer, MailDeliveryException
from odoo.exceptions import AccessError, UserError
from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools import mute_logger

from .common import SignupCase


@tagged("post_install", "-at_install")
class TestInvitations(SignupCase, TransactionCase):
    """E-mails by which users set their password (ASU)."""

    def failing(self, error):
        """Have no e-mail be sent."""

        def fail(*args, **kwargs):
            raise MailDeliveryException("no way") from error

        return patch.object(IrMailServer, "connect", fail)

    def test_asu_8_a_forgotten_password(self):
        user = new_test_user(self.env, "worker", email="worker@example.com")
        with self.mock_mail_gateway():
            action = user.with_user(self.manager).action_reset_password()
        self.assertEqual(action["tag"], "display_notification")
        [mail] = self._mails
        self.assertEqual(mail["email_to"], ['"worker (base.group_user)" <worker@example.com>'])
        self.assertIn("/web/reset_password?", self.link_of(mail))
        token = self.query_of(self.link_of(mail))["token"]
        self.assertEqual(self.env["res.partner"]._signup_retrieve_partner(token), user.partner_id)
        with self.mock_mail_gateway():
            user.reset_password("worker@example.com")
            user.with_context(install_mode=True).action_reset_password()
            user.with_context(import_file=True).action_reset_password()
        self.assertEqual(len(self._mails), 1)
        with self.assertRaises(AccessError):
            user.with_user(new_test_user(self.env, "nosy")).action_reset_password()

    def test_asu_8_who_gets_none(self):
        users = self.env["res.users"]
        with self.assertRaises(UserError):
            users.reset_password("nobody@example.com")
        one = new_test_user(self.env, "one", email="same@example.com")
        new_test_user(self.env, "two", email="same@example.com")
        with self.assertRaises(UserError):
            users.reset_password("same@example.com")
        one.email = False
        with self.assertRaisesRegex(UserError, "no e-mail address"):
            one.action_reset_password()
        one.active = False
        with self.assertRaisesRegex(UserError, "Archived"):
            one.action_reset_password()

    def test_asu_8_no_server(self):
        user = new_test_user(self.env, "worker", email="worker@example.com")
        with self.failing(ConnectionRefusedError()), self.assertRaisesRegex(UserError, "does not answer"):
            user.action_reset_password()
        with self.failing(None), self.assertRaisesRegex(UserError, "could not be sent"):
            user.action_reset_password()
        with self.failing(None), self.assertRaises(MailDeliveryException):
            user._action_reset_password()

    def test_asu_9_new_users_are_invited(self):
        users = self.env["res.users"].with_user(self.manager)
        with self.mock_mail_gateway():
            user = users.create({"name": "Nora", "login": "nora", "email": "nora@example.com"})
            users.create({"name": "Mute", "login": "mute"})
            user.copy()
            users.with_context(no_reset_password=True).create({"name": "N", "login": "n", "email": "n@example.com"})
        [mail] = self._mails
        self.assertEqual(mail["email_to"], ['"Nora" <nora@example.com>'])
        self.assertIn("boss", mail["subject"])
        self.assertIn("/web/signup?", self.link_of(mail))
        self.assertEqual(self.query_of(self.link_of(mail))["signup_email"], "nora@example.com")
        self.assertEqual(user.partner_id.sudo().signup_type, "signup")
        with self.mock_mail_gateway():
            user.copy({"login": "o", "email": "olaf@example.com"})
        self.assertEqual(len(self._mails), 1)

    @mute_logger("odoo.addons.mail.models.mail_mail_send")
    def test_asu_9_an_invitation_that_cannot_be_sent(self):
        with self.failing(None):
            user = self.env["res.users"].create({"name": "Nora", "login": "nora", "email": "nora@example.com"})
        self.assertFalse(user.partner_id.signup_type)

    def test_asu_9_invited_again(self):
        users = self.env["res.users"].with_user(self.manager)
        with self.mock_mail_gateway():
            users.web_create_users(["nora@example.com"])
            users.web_create_users(["Nora@example.com", "olaf@example.com"])
        to = [mail["email_to"] for mail in self._mails]
        self.assertEqual(len(to), 3)
        self.assertEqual(users.search_count([("login", "in", ["nora@example.com", "olaf@example.com"])]), 2)

    def test_asu_10_state(self):
        users = self.env["res.users"]
        user = new_test_user(self.env, "worker")
        self.assertEqual(user.state, "new")
        mine = [("id", "=", user.id)]
        for domain, count in (
            (("state", "=", "new"), 1),
            (("state", "!=", "new"), 0),
            (("state", "in", ["new", "active"]), 1),
            (("state", "not in", ["active"]), 1),
            (("state", "=", False), 0),
        ):
            self.assertEqual(users.search_count([domain, *mine]), count, domain)
        user.with_user(user)._update_last_login()
        user.invalidate_recordset()
        self.assertEqual(user.state, "active")
        self.assertEqual(users.search_count([("state", "=", "active"), *mine]), 1)

    def test_asu_10_reminders(self):
        users = self.env["res.users"].with_user(self.manager).with_context(no_reset_password=True)
        late = users.create([{"name": name, "login": f"{name}@example.com"} for name in ("late", "later")])
        users.create({"name": "new", "login": "new@example.com"})
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_users SET create_date = create_date - interval '5 days' WHERE id IN %s", [tuple(late.ids)]
        )
        with self.mock_mail_gateway():
            self.env["res.users"].send_unregistered_user_reminder()
            self._new_mails.send()
        [mail] = self._mails
        self.assertIn("boss@example.com", mail["email_to"][0])
        for name in ("late (late@example.com)", "later (later@example.com)"):
            self.assertIn(name, mail["body"])
        self.assertNotIn("new@", mail["body"])
        with self.assertRaises(UserError):
            users.with_user(new_test_user(self.env, "worker")).send_unregistered_user_reminder()
