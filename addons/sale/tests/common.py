"""What tests of addons take from sales."""

from odoo import Command
from odoo.addons.product.tests.common import ProductCommon
from odoo.addons.sales_team.tests.common import SalesTeamCommon


class SaleCommon(ProductCommon, SalesTeamCommon):
    """A quotation without lines, and one of a product and a service."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.empty_order, cls.sale_order = cls.env["sale.order"].create(
            [
                {"partner_id": cls.partner.id},
                {
                    "partner_id": cls.partner.id,
                    "order_line": [
                        Command.create({"product_id": product.id, "product_uom_qty": quantity})
                        for product, quantity in ((cls.product, 5.0), (cls.service_product, 12.5))
                    ],
                },
            ]
        )

    @classmethod
    def _create_so(cls, **values):
        """Return a new quotation."""
        return cls.env["sale.order"].create({"partner_id": cls.partner.id, **values})
