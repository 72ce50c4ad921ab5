from unittest.mock import patch

from odoo.addons.web.models import ir_ui_menu
from odoo.tests import HttpCase, TransactionCase, new_test_user, tagged


def found(groups, model):
    """Return the names of the records of a model."""
    return [name for group in groups if group["model"] == model for _id, name in group["records"]]


@tagged("-at_install", "post_install")
class TestSearchRecords(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partners = cls.env["res.partner"].create([{"name": f"Zebulon {number}"} for number in range(7)])
        cls.action = cls.env["ir.actions.act_window"].create(
            {"name": "Zebras", "res_model": "res.partner", "view_mode": "list,form", "path": "zebras"}
        )
        cls.root = cls.env["ir.ui.menu"].create({"name": "Zoo", "sequence": -1})
        cls.menu = cls.env["ir.ui.menu"].create(
            {"name": "Zebras", "parent_id": cls.root.id, "action": f"ir.actions.act_window,{cls.action.id}"}
        )
        cls.user = new_test_user(cls.env, "zoe", groups="base.group_user")

    def search(self, text, user=None):
        return self.env["ir.ui.menu"].with_user(user or self.user)._search_records(text)

    def test_records_of_models_that_menus_lead_to(self):
        groups = self.search(" zebul ")
        self.assertEqual((groups[0]["model"], groups[0]["action"]), ("res.partner", "zebras"))
        self.assertEqual(len(groups[0]["records"]), ir_ui_menu.MAX_RECORDS)
        self.assertTrue(all(name.startswith("Zebulon") for name in found(groups, "res.partner")))

    def test_short_and_long_texts(self):
        self.assertEqual(self.search(" z "), [])
        self.assertEqual(self.search("\t\n"), [])
        self.assertEqual(self.search("zebulon" * 100), [])

    def test_only_what_menus_and_rules_let_the_user_see(self):
        self.env["ir.rule"].create(
            {
                "name": "No zebras",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "domain_force": "[('id', '!=', %d)]" % self.partners[0].id,
            }
        )
        self.assertNotIn("Zebulon 0", found(self.search("zebulon 0"), "res.partner"))
        self.menu.groups_id = self.env.ref("base.group_system")
        for menu in self.env["ir.ui.menu"].search([("action", "!=", False)]):
            if menu.action._name == "ir.actions.act_window" and menu.action.res_model == "res.partner":
                menu.active = False
        self.assertEqual(found(self.search("zebulon"), "res.partner"), [])

    def test_nothing_for_visitors_of_portals(self):
        portal = new_test_user(self.env, "pat", groups="base.group_portal")
        self.assertEqual(self.search("zebulon", portal), [])

    def test_number_of_models_and_time_are_bounded(self):
        self.assertLessEqual(len(self.env["ir.ui.menu"]._searched_models()), ir_ui_menu.MAX_MODELS)
        with patch.object(ir_ui_menu, "MAX_TIME", -1):
            self.assertEqual(self.search("zebulon"), [])

    def test_a_model_that_is_slow_to_search_is_left_out(self):
        Partner = type(self.env["res.partner"])

        def slow(records, *args, **kwargs):
            records.env.cr.execute("SELECT pg_sleep(5)", log_exceptions=False)

        with patch.object(Partner, "name_search", slow), patch.object(ir_ui_menu, "STATEMENT_TIME", 30):
            self.assertEqual(found(self.search("zebulon"), "res.partner"), [])
        # the transaction goes on
        self.assertTrue(self.partners.exists())


@tagged("-at_install", "post_install")
class TestSearchRecordsRoute(HttpCase):
    def test_route(self):
        self.authenticate("admin", "admin")
        admin = self.env.ref("base.user_admin")
        groups = self.make_jsonrpc_request("/web/search_records", {"text": admin.name})["groups"]
        self.assertIn(admin.name, found(groups, "res.users"))
