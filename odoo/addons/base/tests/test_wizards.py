from odoo.tests import TransactionCase

from .common import BaseCommon, SavepointCaseWithUserDemo


class TestWizards(TransactionCase):
    def test_menu_item_for_a_model(self):
        model = self.env["ir.model"]._get("res.partner.industry")
        parent = self.env.ref("base.menu_administration")
        wizard = self.env["wizard.ir.model.menu.create"].create({"name": "Branches", "menu_id": parent.id})
        wizard.with_context(model_id=model.id).menu_create()
        item = self.env["ir.ui.menu"].search([("name", "=", "Branches")])
        self.assertEqual((item.parent_id, item.action.res_model, item.action.name), (parent, model.model, "Branches"))

    def test_marks_of_modules_are_taken_back(self):
        create = self.env["ir.module.module"].create
        states = {"to install": "uninstalled", "to upgrade": "installed", "to remove": "installed"}
        modules = {state: create({"name": f"probe_{number}", "state": state}) for number, state in enumerate(states)}
        wizard = self.env["base.module.upgrade"].create({})
        self.assertIn("probe_1: to upgrade", wizard.module_info)
        wizard.upgrade_module_cancel()
        self.assertEqual({mark: module.state for mark, module in modules.items()}, states)

    def test_description_of_a_module(self):
        report = self.env["report.base.report_irmodulereference"]
        base = self.env.ref("base.module_base")
        self.assertIn("res.partner", report._object_find(base).mapped("model"))
        self.assertIn("vat", dict(report._fields_find("res.partner", base)))


class TestSharedSetUp(BaseCommon):
    def test_currency(self):
        currency = self._enable_currency("chf")
        self.assertEqual((currency.name, currency.active), ("CHF", True))


class TestPartnersSet(SavepointCaseWithUserDemo):
    def test_partners(self):
        self._load_partners_set()
        self.assertEqual(len(self.partners), 5)
        self.assertEqual(len(self.partners.child_ids), 13)
        self.assertEqual(self.partner_category_child_1.parent_id, self.partner_category)
        self.assertEqual(self.user_demo.partner_id, self.partner_demo)
