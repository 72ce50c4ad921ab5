"""Product variants."""

from odoo import api, fields, models
from odoo.osv import expression


class ProductProduct(models.Model):
    """What is put on orders: one variant of a product template."""

    _name = "product.product"
    _description = "Product Variant"
    _inherits = {"product.template": "product_tmpl_id"}
    _order = "is_favorite desc, default_code, name, id"

    product_tmpl_id = fields.Many2one(
        "product.template", "Product Template", auto_join=True, index=True, ondelete="cascade", required=True
    )
    active = fields.Boolean("Active", default=True)
    default_code = fields.Char("Internal Reference", index=True)
    code = fields.Char("Reference", compute="_compute_product_code")
    partner_ref = fields.Char("Customer Ref", compute="_compute_partner_ref")
    barcode = fields.Char("Barcode", copy=False, index="btree_not_null")
    lst_price = fields.Float(
        "Sales Price", compute="_compute_product_lst_price", inverse="_set_product_lst_price", digits="Product Price"
    )
    price_extra = fields.Float("Variant Price Extra", compute="_compute_product_price_extra", digits="Product Price")
    standard_price = fields.Float(
        "Cost",
        company_dependent=True,
        digits="Product Price",
        groups="base.group_user",
        help="What one unit costs the company.",
    )
    volume = fields.Float("Volume", digits="Volume")
    weight = fields.Float("Weight", digits="Stock Weight")

    _sql_constraints = [
        ("barcode_uniq", "UNIQUE (barcode)", "Another product has this barcode already."),
    ]

    @api.depends("default_code")
    def _compute_product_code(self):
        for product in self:
            product.code = product.default_code

    @api.depends("display_name")
    def _compute_partner_ref(self):
        for product in self:
            product.partner_ref = product.display_name

    def _compute_product_price_extra(self):
        # attributes, which would make variants dearer, come with their own models
        self.price_extra = 0.0

    @api.depends("list_price", "price_extra")
    @api.depends_context("uom")
    def _compute_product_lst_price(self):
        unit = self.env["uom.uom"].browse(self.env.context.get("uom"))
        for product in self:
            price = product.list_price + product.price_extra
            product.lst_price = product.uom_id._compute_price(price, unit) if unit else price

    def _set_product_lst_price(self):
        unit = self.env["uom.uom"].browse(self.env.context.get("uom"))
        for product in self:
            price = unit._compute_price(product.lst_price, product.uom_id) if unit else product.lst_price
            product.list_price = price - product.price_extra

    @api.depends("name", "default_code")
    def _compute_display_name(self):
        for product in self:
            code = f"[{product.default_code}] " if product.default_code else ""
            product.display_name = f"{code}{product.name}" if product.name else False

    @api.model
    def _search_display_name(self, operator, value):
        negative = operator in expression.NEGATIVE_TERM_OPERATORS
        join = expression.AND if negative else expression.OR
        return join([[(name, operator, value)] for name in ("name", "default_code", "barcode")])

    @api.model_create_multi
    def create(self, vals_list):
        """Create variants; templates created with them leave making a variant to this."""
        return super(ProductProduct, self.with_context(create_product_product=True)).create(vals_list)

    def unlink(self):
        """Delete the variants, and the templates that are left without one."""
        templates = self.product_tmpl_id
        result = super().unlink()
        left = templates.exists().filtered(
            lambda template: not template.with_context(active_test=False).product_variant_ids
        )
        left.unlink()
        return result

    def get_product_multiline_description_sale(self):
        """Return the text that describes the product on order lines."""
        self.ensure_one()
        return "\n".join(filter(None, [self.display_name, self.description_sale]))
