from odoo.exceptions import AccessError, RedirectWarning
from odoo.tests import TransactionCase, new_test_user


class TestSettings(TransactionCase):
    def test_no_fields_no_kinds(self):
        classified = self.env["res.config.settings"]._get_classified_fields([])
        self.assertFalse(any(classified.values()))

    def test_execute_is_for_administrators(self):
        user = new_test_user(self.env, "plain", groups="base.group_user")
        with self.assertRaises(AccessError):
            self.env["res.config.settings"].with_user(user).create({})

    def test_execute(self):
        settings = self.env["res.config.settings"].create({})
        self.assertEqual(settings.execute()["type"], "ir.actions.client")

    def test_warning_leads_to_a_menu(self):
        settings = self.env["res.config.settings"]
        warning = settings.get_config_warning("See %(menu:base.menu_action_res_users)s for %(field:res.users.login)s.")
        self.assertIsInstance(warning, RedirectWarning)
        self.assertIn("Login", str(warning.args[0]))
        self.assertEqual(warning.args[1], self.env.ref("base.action_res_users").id)
