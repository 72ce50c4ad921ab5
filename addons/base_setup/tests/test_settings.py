from lxml import etree

from odoo.exceptions import UserError
from odoo.tests import Form, HttpCase, TransactionCase, new_test_user, tagged


class TestSettings(TransactionCase):
    def settings(self, **values):
        return self.env["res.config.settings"].create(values)

    def shown(self):
        """Return the settings that are not hidden, by their ids, and the blocks likewise."""
        view = self.env.ref("base.res_config_settings_view_form")
        arch = etree.fromstring(self.env["res.config.settings"].get_view(view.id, "form")["arch"])
        return (
            {node.get("id") for node in arch.iter("setting") if node.get("invisible") != "1"},
            {node.get("name") for node in arch.iter("block") if node.get("invisible") != "1"},
        )

    def test_set1_what_the_page_tells(self):
        country = self.env.ref("base.be")
        country.vat_label = "BTW"
        self.env.company.write(
            {"street": "Kaai 1", "street2": False, "zip": "9000", "city": "Gent", "country_id": country.id, "vat": "X1"}
        )
        self.env.company.state_id = False
        form = Form(self.env["res.config.settings"])
        self.assertEqual(form.company_informations, "Kaai 1\n9000 - Gent\nBelgium\nBTW: X1")
        self.assertEqual(form.company_name, self.env.company.name)
        self.assertEqual(form.company_country_code, "BE")
        self.assertTrue(form.is_root_company)
        users, count = form.active_user_count, form.company_count
        new_test_user(self.env, "clerk", groups="base.group_user")
        new_test_user(self.env, "customer", groups="base.group_portal")
        branch = self.env["res.company"].create({"name": "Branch", "parent_id": self.env.company.id})
        self.env["res.lang"]._activate_lang("nl_NL")
        settings = self.settings(company_id=branch.id)
        self.assertEqual(settings.active_user_count, users + 1)
        self.assertEqual(settings.company_count, count + 1)
        self.assertEqual(settings.language_count, form.language_count + 1)
        self.assertFalse(settings.is_root_company)

    def test_set1_parameters(self):
        parameters = self.env["ir.config_parameter"]
        for name, key in (
            ("show_effect", "base_setup.show_effect"),
            ("user_default_rights", "base_setup.default_user_rights"),
        ):
            self.assertTrue(parameters.get_param(key))
            self.settings(**{name: False}).execute()
            self.assertFalse(parameters.get_param(key))
        self.settings(profiling_enabled_until="2030-01-01 10:00:00").execute()
        self.assertEqual(parameters.get_param("base.profiling_enabled_until"), "2030-01-01 10:00:00")

    def test_set2_groups_for_everybody(self):
        currencies, template = self.env.ref("base.group_multi_currency"), self.env.ref("base.default_user")
        other = self.env["res.company"].create({"name": "Other"})
        clerk = new_test_user(self.env, "clerk", company_id=other.id, company_ids=[(6, 0, other.ids)])
        for wanted in (True, False):
            self.settings(group_multi_currency=wanted).execute()
            for user in (clerk, template, self.env.user):
                self.assertEqual(currencies in user.groups_id, wanted)
            self.assertEqual(new_test_user(self.env, f"after_{wanted}").has_group("base.group_multi_currency"), wanted)

    def test_set2_nothing_is_installed_unasked(self):
        modules = self.env["ir.module.module"].search([])
        states = modules.mapped("state")
        self.settings(show_effect=True).execute()
        self.assertEqual(modules.mapped("state"), states)

    def test_settings_of_modules_that_are_not_there(self):
        modules = self.env["ir.module.module"]
        absent = modules.search([("name", "in", ("sms", "partner_autocomplete"))])
        # other tests of the same run may install it
        absent.state = "uninstalled"
        absent.unlink()
        shown, blocks = self.shown()
        self.assertIn("access_rights", shown)
        self.assertFalse(shown & {"sms", "partner_autocomplete"})
        self.assertNotIn("contacts_setting_container", blocks)
        modules.create({"name": "sms", "state": "uninstalled"})
        shown, blocks = self.shown()
        self.assertIn("sms", shown)
        self.assertNotIn("partner_autocomplete", shown)
        self.assertIn("contacts_setting_container", blocks)

    def test_set4_where_the_page_leads(self):
        settings, company = self.settings(), self.env.company
        self.assertEqual(
            (settings.open_company()["res_model"], settings.open_company()["res_id"]), ("res.company", company.id)
        )
        company.external_report_layout_id = False
        self.assertIs(settings.edit_external_header(), False)
        company.external_report_layout_id = layout = self.env.ref("web.external_layout_standard")
        self.assertEqual(settings.edit_external_header()["res_id"], layout.id)
        template = self.env.ref("base.default_user")
        self.assertEqual(settings.open_default_user()["res_id"], template.id)
        self.env["ir.model.data"].search([("module", "=", "base"), ("name", "=", "default_user")]).unlink()
        with self.assertRaises(UserError):
            settings.open_default_user()

    def test_categories_of_contacts_on_their_cards(self):
        arch = self.env["res.partner"].get_view(self.env.ref("base.res_partner_kanban_view").id, "kanban")["arch"]
        self.assertIn("category_id", arch)


@tagged("post_install", "-at_install")
class TestRoutes(HttpCase):
    def ask(self, route):
        return self.make_jsonrpc_request(f"/base_setup/{route}", {})

    def test_set5_who_was_invited(self):
        new_test_user(self.env, "clerk", password="clerk")
        invited = [new_test_user(self.env, f"invited{number}") for number in range(12)]
        new_test_user(self.env, "customer", groups="base.group_portal")
        self.authenticate("admin", "admin")
        data = self.ask("data")
        employees = self.env["res.users"].search_count([("share", "=", False)])
        waiting = self.env["res.users"].search_count([("share", "=", False), ("log_ids", "=", False)])
        self.assertEqual((data["active_users"], data["pending_count"]), (employees, waiting))
        self.assertEqual(data["pending_users"], [[user.id, user.login] for user in reversed(invited[2:])])
        action = data["action_pending_users"]
        self.assertEqual(self.env[action["res_model"]].search_count(action["domain"]), waiting)
        self.authenticate("clerk", "clerk")
        with self.assertRaises(Exception) as caught:
            self.ask("data")
        self.assertIn("AccessError", str(caught.exception))

    def test_set5_demonstration_data(self):
        self.env["ir.module.module"].search([]).demo = False
        self.authenticate("admin", "admin")
        self.assertIs(self.ask("demo_active"), False)
        self.env.ref("base.module_web").demo = True
        self.assertIs(self.ask("demo_active"), True)

    def test_set5_successes_are_celebrated(self):
        self.authenticate("admin", "admin")
        for value in ("True", False):
            self.env["ir.config_parameter"].set_param("base_setup.show_effect", value)
            self.assertIs(self.make_jsonrpc_request("/web/session/get_session_info", {})["show_effect"], bool(value))
