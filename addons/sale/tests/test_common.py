"""What tests of other addons begin with."""

from odoo.tests import tagged

from .common import SaleCommon


@tagged("post_install", "-at_install")
class TestCommon(SaleCommon):
    def test_usual_records(self):
        self.assertEqual(self.sale_order.order_line.product_id, self.product + self.service_product)
        self.assertEqual(self.sale_order.amount_untaxed, 5 * 20 + 12.5 * 50)
        self.assertFalse(self.empty_order.order_line)
        self.assertEqual(self.product.uom_id, self.uom_unit)
        self.assertTrue(self.sale_manager.has_group("sales_team.group_sale_salesman"))
        self.assertFalse(self.sale_user.has_group("sales_team.group_sale_manager"))
        order = self._create_so(user_id=self.sale_user.id)
        self.assertEqual(order.with_user(self.sale_user).partner_id, self.partner)
        self._enable_uom()
        self.assertIn(self.group_uom, self.env.user.groups_id)
