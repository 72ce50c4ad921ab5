"""Vendors of products: which price holds, and how the vendor calls the product."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import ValidationError
from odoo.tests import TransactionCase, tagged


@tagged("-at_install", "post_install")
class TestVendors(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = fields.Date.context_today(cls.env.user)
        cls.near, cls.far = cls.env["res.partner"].create([{"name": "Near"}, {"name": "Far"}])
        cls.product = cls.env["product.product"].create({"name": "Lamp", "default_code": "LAMP"})
        cls.prices = cls.env["product.supplierinfo"].create(
            [
                {"partner_id": partner.id, "product_id": cls.product.id, "sequence": sequence, **vals}
                for partner, sequence, vals in (
                    (cls.near, 1, {"price": 20, "product_name": "Light", "product_code": "LIGHT-77"}),
                    (cls.near, 1, {"price": 18, "min_qty": 10}),
                    (cls.near, 1, {"price": 30, "min_qty": 10, "discount": 50}),
                    (cls.far, 2, {"price": 5, "date_end": cls.today - timedelta(days=1)}),
                    (cls.far, 2, {"price": 12}),
                )
            ]
        )

    def test_prices_are_of_the_product_of_their_variant(self):
        self.assertEqual(self.prices.product_tmpl_id, self.product.product_tmpl_id)
        self.assertEqual(self.product.seller_ids, self.prices)

    def test_the_first_vendor_at_its_best_price(self):
        single, ten, halved, past, other = self.prices
        self.assertEqual(self.product._select_seller(quantity=1), single)
        self.assertEqual(self.product._select_seller(quantity=10), halved)
        self.assertEqual(self.product._select_seller(quantity=10, ordered_by="price"), ten)
        self.assertEqual(self.product._select_seller(partner_id=self.far, quantity=1), other)
        yesterday = past.date_end
        self.assertEqual(self.product._select_seller(partner_id=self.far, quantity=1, date=yesterday), past)
        dozen = self.env.ref("uom.product_uom_dozen")
        self.assertEqual(self.product._select_seller(quantity=1, uom_id=dozen), halved)
        self.assertEqual(halved.price_discounted, 15)

    def test_vendors_that_are_not_there_any_more(self):
        self.near.active = False
        self.assertEqual(self.product._select_seller(quantity=1).partner_id, self.far)
        self.prices.company_id = self.env["res.company"].create({"name": "Elsewhere"})
        self.assertFalse(self.product._select_seller(quantity=1))

    def test_products_are_called_as_the_vendor_calls_them(self):
        of_near = self.product.with_context(partner_id=self.near.id)
        self.assertEqual(of_near.display_name, "[LIGHT-77] Light")
        self.assertEqual((of_near.code, of_near.partner_ref), ("LIGHT-77", "[LIGHT-77] Light"))
        self.assertEqual(self.product.display_name, "[LAMP] Lamp")
        self.assertEqual(self.product.with_context(display_default_code=False).display_name, "Lamp")
        self.assertIn((self.product.id, "[LIGHT-77] Light"), of_near.name_search("LIGHT-77"))
        self.assertFalse(self.product.name_search("LIGHT-77"))

    def test_a_price_does_not_end_before_it_begins(self):
        with self.assertRaises(ValidationError):
            self.prices[0].write({"date_start": self.today, "date_end": self.today - timedelta(days=1)})
