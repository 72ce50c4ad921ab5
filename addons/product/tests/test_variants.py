"""Variants follow from the attributes of their product."""

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import TransactionCase, tagged


@tagged("-at_install", "post_install")
class TestVariants(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.size, cls.colour = cls.env["product.attribute"].create(
            [
                {"name": name, "value_ids": [Command.create({"name": value}) for value in values]}
                for name, values in (("Size", ("S", "M", "L")), ("Colour", ("Red", "Blue")))
            ]
        )
        cls.small, cls.medium, cls.large = cls.size.value_ids
        cls.large.default_extra_price = 5
        cls.shirt = cls.env["product.template"].create(
            {
                "name": "Shirt",
                "list_price": 20,
                "attribute_line_ids": [
                    Command.create({"attribute_id": attribute.id, "value_ids": [Command.set(values.ids)]})
                    for attribute, values in ((cls.size, cls.medium | cls.large), (cls.colour, cls.colour.value_ids))
                ],
            }
        )
        cls.sizes, cls.colours = cls.shirt.attribute_line_ids

    def value(self, name):
        """Return the value of the shirt that is called ``name``."""
        values = self.shirt.with_context(active_test=False).attribute_line_ids.product_template_value_ids
        return values.filtered(lambda value: value.name == name)

    def names(self):
        """Return the names of the active variants, sorted."""
        return sorted(self.shirt.product_variant_ids.mapped("display_name"))

    def test_each_combination_is_a_variant(self):
        self.assertEqual(self.names(), ["Shirt (L, Blue)", "Shirt (L, Red)", "Shirt (M, Blue)", "Shirt (M, Red)"])
        large = self.shirt._get_variant_for_combination(self.value("L") | self.value("Red"))
        self.assertEqual((large.price_extra, large.lst_price), (5, 25))
        self.assertEqual(self.size.product_tmpl_ids, self.shirt)
        self.assertTrue(self.shirt.has_configurable_attributes)

    def test_values_come_and_go(self):
        kept = self.shirt._get_variant_for_combination(self.value("M") | self.value("Red"))
        self.sizes.value_ids = self.small | self.medium
        self.assertEqual(self.names(), ["Shirt (M, Blue)", "Shirt (M, Red)", "Shirt (S, Blue)", "Shirt (S, Red)"])
        self.assertIn(kept, self.shirt.product_variant_ids)
        self.colours.unlink()
        self.assertEqual(self.names(), ["Shirt (M)", "Shirt (S)"])

    def test_an_attribute_of_one_value_leaves_the_variants_as_they_are(self):
        variants = self.shirt.product_variant_ids
        cloth = self.env["product.attribute"].create({"name": "Cloth", "value_ids": [Command.create({"name": "Wool"})]})
        self.shirt.attribute_line_ids = [
            Command.create({"attribute_id": cloth.id, "value_ids": [Command.set(cloth.value_ids.ids)]})
        ]
        self.assertEqual(self.shirt.product_variant_ids, variants)
        self.assertIn("Wool", variants[0].product_template_attribute_value_ids.mapped("name"))
        self.assertNotIn("Wool", variants[0].display_name)

    def test_what_is_referred_to_is_archived(self):
        red = self.shirt._get_variant_for_combination(self.value("L") | self.value("Red"))
        self.patch(type(red), "_filter_to_unlink", lambda records, check_access=True: records - red.sudo())
        self.sizes.value_ids = self.medium
        self.assertTrue(red.exists())
        self.assertFalse(red.active)
        self.assertEqual(self.names(), ["Shirt (Blue)", "Shirt (Red)"])
        self.sizes.value_ids |= self.large
        self.assertTrue(red.active)

    def test_excluded_combinations(self):
        self.value("L").exclude_for = [
            Command.create({"product_tmpl_id": self.shirt.id, "value_ids": [Command.set(self.value("Red").ids)]})
        ]
        self.assertEqual(self.names(), ["Shirt (L, Blue)", "Shirt (M, Blue)", "Shirt (M, Red)"])
        asked = self.value("L") | self.value("Red")
        self.assertFalse(self.shirt._is_combination_possible(asked))
        self.assertEqual(self.shirt._get_closest_possible_combination(asked), self.value("L") | self.value("Blue"))
        self.value("L").exclude_for.unlink()
        self.assertEqual(len(self.names()), 4)

    def test_dynamic_attributes_wait_for_an_order(self):
        engraving = self.env["product.attribute"].create(
            {
                "name": "Engraving",
                "create_variant": "dynamic",
                "value_ids": [Command.create({"name": name}) for name in ("Star", "Moon")],
            }
        )
        ring = self.env["product.template"].create(
            {
                "name": "Ring",
                "attribute_line_ids": [
                    Command.create({"attribute_id": engraving.id, "value_ids": [Command.set(engraving.value_ids.ids)]})
                ],
            }
        )
        self.assertFalse(ring.product_variant_ids)
        moon = ring.attribute_line_ids.product_template_value_ids[1]
        variant = ring._create_product_variant(moon)
        self.assertEqual(variant.display_name, "Ring (Moon)")
        self.assertEqual(ring._create_product_variant(moon), variant)
        self.assertEqual(ring._get_possible_variants(), variant)
        self.assertEqual(len(list(ring._get_possible_combinations())), 2)

    def test_attributes_that_never_make_variants(self):
        gift = self.env["product.attribute"].create(
            {"name": "Gift", "create_variant": "no_variant", "value_ids": [Command.create({"name": "Wrapped"})]}
        )
        self.shirt.attribute_line_ids = [
            Command.create({"attribute_id": gift.id, "value_ids": [Command.set(gift.value_ids.ids)]})
        ]
        self.assertEqual(len(self.names()), 4)
        wrapped = self.value("Wrapped")
        wrapped.price_extra = 3
        variant = self.shirt.product_variant_ids[0]
        self.assertEqual(variant._get_no_variant_attributes_price_extra(wrapped), 3)
        self.assertEqual(
            self.shirt._get_variant_for_combination(wrapped | variant.product_template_attribute_value_ids), variant
        )

    def test_too_many_variants_are_refused(self):
        self.env["ir.config_parameter"].set_param("product.dynamic_variant_limit", 4)
        with self.assertRaisesRegex(UserError, "more than 4"):
            self.sizes.value_ids |= self.small

    def test_what_products_have_is_not_changed_under_them(self):
        with self.assertRaises(UserError):
            self.size.unlink()
        with self.assertRaises(UserError):
            self.size.create_variant = "no_variant"
        with self.assertRaises(UserError):
            self.medium.unlink()
        with self.assertRaises(UserError):
            self.sizes.attribute_id = self.colour
        with self.assertRaises(ValidationError):
            self.sizes.value_ids = False
        with self.assertRaises(ValidationError):
            self.sizes.value_ids |= self.colour.value_ids[0]

    def test_copies_have_the_same_variants(self):
        self.value("M").price_extra = 2
        copy = self.shirt.copy()
        self.assertEqual(copy.product_variant_count, 4)
        self.assertEqual(sorted(copy.attribute_line_ids.product_template_value_ids.mapped("price_extra")), [0, 0, 2, 5])

    def test_archived_products_come_back_whole(self):
        self.shirt.active = False
        self.assertFalse(self.shirt.product_variant_ids)
        self.shirt.active = True
        self.assertEqual(len(self.names()), 4)
        first, *others = self.shirt.product_variant_ids
        self.shirt.product_variant_ids.toggle_active()
        self.assertFalse(self.shirt.active)
        first.toggle_active()
        self.assertTrue(self.shirt.active)
        self.assertFalse(others[0].active)
