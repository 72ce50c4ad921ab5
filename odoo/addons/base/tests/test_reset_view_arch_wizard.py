from odoo.tests import TransactionCase


class TestResetViewArchWizard(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        arch = '<form><field name="name"/></form>'
        cls.view, cls.other = cls.env["ir.ui.view"].create(
            [{"name": name, "model": "res.partner", "arch": arch} for name in ("first", "second")]
        )
        cls.other.arch = '<form><field name="email"/></form>'

    def wizard(self, views, **values):
        context = {"active_model": "ir.ui.view", "active_ids": views.ids}
        return self.env["reset.view.arch.wizard"].with_context(**context).create(values)

    def test_one_view_gets_its_previous_architecture(self):
        before = self.view.arch
        self.view.arch = '<form><field name="phone"/></form>'
        wizard = self.wizard(self.view)
        self.assertEqual((wizard.view_id, wizard.reset_mode), (self.view, "soft"))
        self.assertTrue(wizard.has_diff)
        wizard.reset_view_button()
        self.assertEqual(self.view.arch, before)

    def test_two_views_are_compared(self):
        wizard = self.wizard(self.view + self.other)
        self.assertEqual((wizard.reset_mode, wizard.compare_view_id), ("other_view", self.other))
        self.assertEqual(wizard.reset_view_button()["type"], "ir.actions.act_window_close")
        self.assertEqual(self.view.arch, self.other.arch)

    def test_other_records_are_no_views(self):
        wizard = self.env["reset.view.arch.wizard"].with_context(active_model="res.partner", active_ids=[1])
        self.assertNotIn("view_id", wizard.default_get(["view_id", "reset_mode"]))
