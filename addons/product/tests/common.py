"""What tests of addons take from products."""

from odoo.addons.base.tests.common import BaseCommon
from odoo.addons.uom.tests.common import UomCommon


class ProductCommon(BaseCommon, UomCommon):
    """A category with something to deliver, and something to do."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product_category = cls.env["product.category"].create({"name": "Test Category"})
        cls.product = cls._create_product(name="Test Product")
        cls.service_product = cls._create_product(name="Test Service Product", type="service", list_price=50.0)
        cls.consumable_product = cls.product

    @classmethod
    def _create_product(cls, **create_vals):
        """Return a new product of the category."""
        usual = {"categ_id": cls.product_category.id, "list_price": 20.0, "name": "Test Product", "type": "consu"}
        return cls.env["product.product"].create({**usual, **create_vals})
