"""Conversions between units of measure."""

from odoo.exceptions import UserError, ValidationError
from odoo.tests import TransactionCase, tagged


@tagged("-at_install", "post_install")
class TestUom(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.unit = cls.env.ref("uom.product_uom_unit")
        cls.dozen = cls.env.ref("uom.product_uom_dozen")
        cls.gram = cls.env.ref("uom.product_uom_gram")
        cls.tonne = cls.env.ref("uom.product_uom_ton")

    def test_quantity_converts_through_the_reference_unit(self):
        self.assertEqual(self.dozen._compute_quantity(2, self.unit), 24)
        self.assertEqual(self.gram._compute_quantity(1_020_000, self.tonne), 1.02)

    def test_quantity_is_rounded_up_to_the_precision_of_the_target(self):
        self.dozen.rounding = 1
        self.assertEqual(self.unit._compute_quantity(13, self.dozen), 2)
        self.assertAlmostEqual(self.unit._compute_quantity(13, self.dozen, round=False), 13 / 12)

    def test_price_converts_the_other_way(self):
        self.assertAlmostEqual(self.gram._compute_price(2, self.tonne), 2_000_000)

    def test_units_of_different_categories_do_not_convert(self):
        with self.assertRaises(UserError):
            self.gram._compute_quantity(1, self.unit)
        self.assertEqual(self.gram._compute_quantity(1, self.unit, raise_if_failure=False), 1)

    def test_a_category_has_one_reference_unit(self):
        with self.assertRaises(ValidationError):
            self.env["uom.uom"].create(
                {"name": "Other", "category_id": self.unit.category_id.id, "uom_type": "reference"}
            )

    def test_ratio_follows_the_kind_of_unit(self):
        pack = self.env["uom.uom"].create(
            {"name": "Pack of 6", "category_id": self.unit.category_id.id, "uom_type": "bigger", "factor_inv": 6}
        )
        self.assertAlmostEqual(pack.ratio, 6)
        pack.ratio = 8
        self.assertAlmostEqual(pack._compute_quantity(1, self.unit), 8)
