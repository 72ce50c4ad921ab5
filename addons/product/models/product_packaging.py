"""Packagings: boxes and pallets that products are sold and moved in."""

from odoo import fields, models
from odoo.tools import float_compare, float_round


class ProductPackaging(models.Model):
    """A number of units of a product that go together."""

    _name = "product.packaging"
    _description = "Product Packaging"
    _order = "product_id, sequence, id"
    _check_company_auto = True

    name = fields.Char("Product Packaging", required=True)
    sequence = fields.Integer("Sequence", default=1)
    product_id = fields.Many2one("product.product", "Product", check_company=True, required=True, ondelete="cascade")
    qty = fields.Float(
        "Contained Quantity", default=1, digits="Product Unit of Measure", help="How many units it contains."
    )
    barcode = fields.Char("Barcode", copy=False)
    product_uom_id = fields.Many2one("uom.uom", related="product_id.uom_id", readonly=True)
    company_id = fields.Many2one("res.company", "Company", index=True)

    _sql_constraints = [
        ("positive_qty", "CHECK(qty > 0)", "A packaging contains something."),
        ("barcode_uniq", "unique(barcode)", "Another packaging has this barcode already."),
    ]

    def _check_qty(self, product_qty, uom_id, rounding_method="HALF-UP"):
        """Return the quantity of whole packagings that is next to ``product_qty``, both in ``uom_id``.

        :param str rounding_method: ``"UP"``, ``"DOWN"`` or ``"HALF-UP"``
        """
        self.ensure_one()
        content = self.product_uom_id._compute_quantity(self.qty, uom_id)
        if not product_qty or not content:
            return product_qty
        count = float_round(product_qty / content, precision_rounding=1.0, rounding_method=rounding_method)
        whole = count * content
        same = float_compare(whole, product_qty, precision_rounding=uom_id.rounding) == 0
        return product_qty if same else whole

    def _find_suitable_product_packaging(self, product_qty, uom_id):
        """Return the largest of these packagings that ``product_qty`` of ``uom_id`` fills completely, or none."""
        for packaging in self.sorted("qty", reverse=True):
            whole = packaging._check_qty(product_qty, uom_id)
            if float_compare(whole, product_qty, precision_rounding=uom_id.rounding) == 0:
                return packaging
        return self.browse()

    def _compute_qty(self, qty, qty_uom=False):
        """Return how many packagings ``qty`` of ``qty_uom``, or of the product's unit, are."""
        self.ensure_one()
        unit = self.product_uom_id
        content = (qty_uom or unit)._compute_quantity(qty, unit, round=False)
        return float_round(content / self.qty, precision_rounding=unit.rounding)
