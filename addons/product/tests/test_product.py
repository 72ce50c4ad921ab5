"""Products: what they share with their only variant, units, barcodes, tags, packagings and pictures."""

import base64
from io import BytesIO

from PIL import Image

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, TransactionCase, new_test_user, tagged


def picture(colour):
    """Return a small picture of one colour."""
    stream = BytesIO()
    Image.new("RGB", (8, 8), colour).save(stream, "PNG")
    return base64.b64encode(stream.getvalue())


@tagged("-at_install", "post_install")
class TestProduct(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.desk = cls.env["product.template"].create({"name": "Oak desk", "default_code": "OAK", "weight": 40})
        cls.variant = cls.desk.product_variant_id

    def test_the_only_variant_has_what_its_product_has(self):
        self.assertRecordValues(self.variant, [{"default_code": "OAK", "weight": 40, "is_product_variant": True}])
        self.variant.volume = 0.5
        self.assertEqual(self.desk.volume, 0.5)
        self.desk.barcode = "4006381333931"
        self.assertEqual(self.variant.barcode, "4006381333931")
        self.desk.active = False
        self.assertFalse(self.variant.active)
        self.assertEqual(self.desk.default_code, "OAK")
        self.variant.toggle_active()
        self.assertTrue(self.desk.active)

    def test_units_of_sale_and_purchase_measure_the_same(self):
        dozen, hour = self.env.ref("uom.product_uom_dozen"), self.env.ref("uom.product_uom_hour")
        self.assertEqual(self.desk.uom_po_id, self.desk.uom_id)
        self.desk.uom_po_id = dozen
        with self.assertRaises(ValidationError):
            self.desk.uom_po_id = hour
        self.desk.uom_id = hour
        self.assertEqual(self.desk.uom_po_id, hour)

    def test_weights_and_volumes_are_in_the_units_of_the_settings(self):
        self.assertEqual((self.desk.weight_uom_name, self.desk.volume_uom_name), ("kg", "m³"))
        settings = self.env["res.config.settings"].create(
            {"product_weight_in_lbs": "1", "product_volume_volume_in_cubic_feet": "1"}
        )
        settings.execute()
        self.desk.invalidate_recordset()
        self.assertEqual((self.desk.weight_uom_name, self.desk.volume_uom_name), ("lb", "ft³"))
        self.assertEqual(self.desk._get_length_uom_name_from_ir_config_parameter(), "ft")

    def test_a_barcode_is_of_one_product_or_packaging(self):
        self.desk.barcode = "12345"
        with self.assertRaisesRegex(ValidationError, "12345"):
            self.env["product.product"].create({"name": "Other", "barcode": "12345"})
        with self.assertRaises(ValidationError):
            self.env["product.packaging"].create({"name": "Box", "product_id": self.variant.id, "barcode": "12345"})
        here, there = self.env["res.company"].create([{"name": "Here"}, {"name": "There"}])
        self.desk.company_id = here
        other = self.env["product.template"].create({"name": "Elsewhere", "barcode": "12345", "company_id": there.id})
        with self.assertRaises(ValidationError):
            other.company_id = here

    def test_tags_of_a_product_and_of_a_variant(self):
        tags = self.env["product.tag"].create([{"name": "Office"}, {"name": "Oak"}])
        self.desk.product_tag_ids = tags[0]
        self.variant.additional_product_tag_ids = tags[1]
        self.assertEqual(self.variant.all_product_tag_ids, tags)
        self.assertEqual(tags[1].product_ids, self.variant)
        self.assertEqual(self.env["product.product"].search([("all_product_tag_ids", "in", tags[1].ids)]), self.variant)
        self.assertIn(tags[0], self.env["product.tag"].search([("product_ids", "in", self.variant.ids)]))
        self.assertEqual(tags[0].copy().name, "Office (copy)")

    def test_packagings(self):
        unit, dozen = self.env.ref("uom.product_uom_unit"), self.env.ref("uom.product_uom_dozen")
        self.desk.packaging_ids = [
            Command.create({"name": "Box", "qty": 6, "product_id": self.variant.id}),
            Command.create({"name": "Pallet", "qty": 24, "product_id": self.variant.id}),
        ]
        box, pallet = self.variant.packaging_ids
        self.assertEqual([box._check_qty(quantity, unit) for quantity in (5, 6, 8, 10)], [6, 6, 6, 12])
        self.assertEqual(box._check_qty(8, unit, "UP"), 12)
        self.assertEqual(pallet._compute_qty(4, dozen), 2)
        self.assertEqual(self.variant.packaging_ids._find_suitable_product_packaging(48, unit), pallet)
        self.assertEqual(self.variant.packaging_ids._find_suitable_product_packaging(12, unit), box)
        self.assertFalse(self.variant.packaging_ids._find_suitable_product_packaging(7, unit))

    def test_a_variant_shows_the_picture_of_its_product(self):
        self.desk.image_1920 = red = picture("red")
        self.assertEqual(self.variant.image_1920, red)
        self.variant.image_1920 = blue = picture("blue")
        self.assertEqual(self.desk.image_1920, blue)
        self.assertFalse(self.variant.image_variant_1920)

    def test_copies_are_named_as_such(self):
        copy = self.variant.copy()
        self.assertEqual(copy.name, "Oak desk (copy)")
        self.assertNotEqual(copy.product_tmpl_id, self.desk)
        self.assertEqual(self.variant.copy({"name": "Beech desk"}).name, "Beech desk")

    def test_a_reference_in_use_is_warned_of(self):
        with self.assertLogs("odoo.tests.common.onchange", "WARNING") as logs:
            form = Form(self.env["product.template"])
            form.name = "Second desk"
            form.default_code = "OAK"
        self.assertIn("OAK", logs.output[0])

    def test_who_may_change_products(self):
        reader = new_test_user(self.env, "product_reader", groups="base.group_user")
        editor = new_test_user(self.env, "product_editor", groups="base.group_user,product.group_product_manager")
        with self.assertRaises(AccessError):
            self.desk.with_user(reader).name = "Mine"
        self.desk.with_user(editor).name = "Ours"
        self.assertTrue(self.env.ref("base.user_admin").has_group("product.group_product_manager"))
        with self.assertRaises(UserError):
            self.env.ref("product.product_category_all").unlink()
