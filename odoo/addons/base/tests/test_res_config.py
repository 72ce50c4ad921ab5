from unittest.mock import MagicMock, patch

from odoo import fields
from odoo.exceptions import AccessError, RedirectWarning, UserError
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

    def test_label_of_a_setting(self):
        settings = self.env["res.config.settings"]
        self.assertEqual(settings.get_option_name("res.partner.lang"), "Language")
        with self.assertRaises(KeyError):
            settings.get_option_name("res.partner.unknown")

    def test_parameters_of_settings(self):
        settings = self.env["res.config.settings"]
        text, switch = self.env["res.partner"]._fields["name"], self.env["res.partner"]._fields["active"]
        self.assertTrue(settings._valid_field_parameter(text, "config_parameter"))
        self.assertTrue(settings._valid_field_parameter(switch, "implied_group"))
        self.assertFalse(settings._valid_field_parameter(text, "implied_group"))

    def test_template_of_users(self):
        settings, parameters = self.env["res.config.settings"], self.env["ir.config_parameter"]
        template = new_test_user(self.env, "template")
        parameters.set_param("base.template_portal_user_id", template.id)
        action = settings.action_open_template_user()
        self.assertEqual((action["res_model"], action["res_id"]), ("res.users", template.id))
        self.assertEqual([kind for _view, kind in action["views"]], ["form"])
        for missing in (False, 10**8):
            parameters.set_param("base.template_portal_user_id", missing)
            with self.assertRaises(UserError):
                settings.action_open_template_user()

    def test_page_has_the_name_of_its_action(self):
        settings = self.env["res.config.settings"].create({})
        self.env["ir.actions.act_window"].create({"name": "Knobs", "res_model": settings._name})
        action = self.env["ir.actions.act_window"].search([("res_model", "=", settings._name)], limit=1)
        self.assertEqual(settings.display_name, action.name)
        self.assertEqual(settings.cancel()["id"], action.id)

    def test_switching_a_module_off_warns(self):
        settings = self.env["res.config.settings"]
        field = fields.Boolean()
        with patch.object(type(settings), "_fields", {**settings._fields, "module_base": field}):
            [method] = settings._onchange_methods["module_base"]
        page = MagicMock()
        page.__getitem__.return_value = False
        method(page)
        page.onchange_module.assert_called_once_with(False, "module_base")
        self.assertIn("warning", settings.onchange_module(False, "module_base"))
        self.assertFalse(settings.onchange_module(True, "module_base"))
