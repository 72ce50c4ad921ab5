"""What vendors ask for products."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ProductSupplierinfo(models.Model):
    """The price of a vendor for a product or one of its variants, from a quantity on, for a time."""

    _name = "product.supplierinfo"
    _description = "Supplier Pricelist"
    _order = "sequence, min_qty DESC, price, id"
    _rec_name = "partner_id"
    _check_company_domain = models.check_company_domain_parent_of

    def _default_product_id(self):
        """Return the variant whose page the price is added on."""
        context = self.env.context
        if context.get("active_model") == "product.product":
            return self.env["product.product"].browse(context.get("active_id")).exists()
        return self.env["product.product"]

    partner_id = fields.Many2one("res.partner", "Vendor", ondelete="cascade", required=True, check_company=True)
    product_name = fields.Char("Vendor Product Name", help="What the vendor calls the product.")
    product_code = fields.Char("Vendor Product Code", help="The vendor's reference of the product.")
    sequence = fields.Integer("Sequence", default=1)
    product_uom = fields.Many2one("uom.uom", "Unit of Measure", related="product_tmpl_id.uom_po_id")
    min_qty = fields.Float(
        "Quantity",
        default=0.0,
        required=True,
        digits="Product Unit of Measure",
        help="The price holds from this quantity on, in the unit of purchases.",
    )
    price = fields.Float("Price", default=0.0, digits="Product Price", required=True)
    price_discounted = fields.Float("Discounted Price", compute="_compute_price_discounted")
    company_id = fields.Many2one("res.company", "Company", default=lambda self: self.env.company.id, index=1)
    currency_id = fields.Many2one(
        "res.currency", "Currency", default=lambda self: self.env.company.currency_id.id, required=True
    )
    date_start = fields.Date("Start Date")
    date_end = fields.Date("End Date")
    product_id = fields.Many2one(
        "product.product",
        "Product Variant",
        check_company=True,
        domain="[('product_tmpl_id', '=', product_tmpl_id)] if product_tmpl_id else []",
        default=_default_product_id,
        help="The price holds for all variants when none is named.",
    )
    product_tmpl_id = fields.Many2one(
        "product.template", "Product Template", check_company=True, index=True, ondelete="cascade"
    )
    product_variant_count = fields.Integer("Variant Count", related="product_tmpl_id.product_variant_count")
    delay = fields.Integer(
        "Delivery Lead Time", default=1, required=True, help="Days from the order until the products are received."
    )
    discount = fields.Float("Discount (%)", digits="Discount")

    @api.depends("discount", "price")
    def _compute_price_discounted(self):
        for info in self:
            info.price_discounted = info.price * (1 - info.discount / 100)

    @api.onchange("product_tmpl_id")
    def _onchange_product_tmpl_id(self):
        """Forget a variant of another product."""
        if self.product_id and self.product_id not in self.product_tmpl_id.product_variant_ids:
            self.product_id = False

    @api.constrains("date_start", "date_end")
    def _check_period(self):
        for info in self:
            if info.date_start and info.date_end and info.date_end < info.date_start:
                raise ValidationError(
                    self.env._("The price of “%s” ends before it begins.", info.partner_id.display_name)
                )

    def _with_template(self, vals):
        """Return ``vals``, with the template of the variant where they name a variant only."""
        variant = self.env["product.product"].browse(vals.get("product_id"))
        if variant and not vals.get("product_tmpl_id"):
            vals = {**vals, "product_tmpl_id": variant.product_tmpl_id.id}
        return vals

    @api.model_create_multi
    def create(self, vals_list):
        """Create prices; those of a variant are of its product."""
        return super().create([self._with_template(vals) for vals in vals_list])

    def write(self, vals):
        """Write prices; those of a variant are of its product."""
        return super().write(self._with_template(vals))

    def _applies_to(self, partner, quantity, unit, day):
        """Tell whether the price holds for a purchase.

        :param partner: who sells, or an empty recordset for everybody
        :param quantity: how much of ``unit``, or ``None`` when no price is too high up
        :param datetime.date day: when
        """
        self.ensure_one()
        if (self.date_start and day < self.date_start) or (self.date_end and day > self.date_end):
            return False
        if partner and self.partner_id not in partner | partner.parent_id:
            return False
        if quantity is None:
            return True
        if unit and self.product_uom and unit != self.product_uom:
            quantity = unit._compute_quantity(quantity, self.product_uom, raise_if_failure=False)
        digits = self.env["decimal.precision"].precision_get("Product Unit of Measure")
        return round(quantity, digits) >= round(self.min_qty, digits)
