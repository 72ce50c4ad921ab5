"""Product variants."""

from odoo import api, fields, models
from odoo.osv import expression


class ProductProduct(models.Model):
    """What is put on orders: one variant of a product template."""

    _name = "product.product"
    _description = "Product Variant"
    _inherits = {"product.template": "product_tmpl_id"}
    _order = "is_favorite desc, default_code, name, id"
    _check_company_domain = models.check_company_domain_parent_of

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
        copy=False,
        digits="Product Price",
        groups="base.group_user",
        help="What one unit costs the company.",
    )
    volume = fields.Float("Volume", digits="Volume")
    weight = fields.Float("Weight", digits="Stock Weight")
    is_product_variant = fields.Boolean(compute="_compute_is_product_variant")
    packaging_ids = fields.One2many("product.packaging", "product_id", "Product Packages")
    additional_product_tag_ids = fields.Many2many(
        "product.tag",
        relation="product_tag_product_product_rel",
        string="Variant Tags",
        domain="[('id', 'not in', product_tag_ids)]",
    )
    all_product_tag_ids = fields.Many2many(
        "product.tag", compute="_compute_all_product_tag_ids", search="_search_all_product_tag_ids"
    )

    def _compute_is_product_variant(self):
        self.is_product_variant = True

    @api.depends("product_tag_ids", "additional_product_tag_ids")
    def _compute_all_product_tag_ids(self):
        for product in self:
            product.all_product_tag_ids = (product.product_tag_ids | product.additional_product_tag_ids).sorted(
                "sequence"
            )

    def _search_all_product_tag_ids(self, operator, value):
        join = expression.AND if operator in expression.NEGATIVE_TERM_OPERATORS else expression.OR
        return join([[(name, operator, value)] for name in ("product_tag_ids", "additional_product_tag_ids")])

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

    @api.depends("name", "default_code", "product_tmpl_id", "product_template_attribute_value_ids")
    @api.depends_context("display_default_code", "seller_id", "company_id", "partner_id")
    def _compute_display_name(self):
        context = self.env.context
        with_code = context.get("display_default_code", True)
        of_vendor = context.get("seller_id") or context.get("partner_id")
        for product in self:
            seller = product._seller_of_context() if of_vendor else None
            name = (seller and seller.product_name) or product.name
            values = product.product_template_attribute_value_ids._get_combination_name()
            if values and name:
                name = f"{name} ({values})"
            code = with_code and ((seller and seller.product_code) or product.default_code)
            product.display_name = f"[{code}] {name}" if code and name else name

    @api.model
    def _search_display_name(self, operator, value):
        negative = operator in expression.NEGATIVE_TERM_OPERATORS
        join = expression.AND if negative else expression.OR
        conditions = [[(name, operator, value)] for name in ("name", "default_code", "barcode")]
        partner = self.env.context.get("partner_id")
        if partner and not negative:
            # people who buy know products by what the vendor calls them
            conditions += [
                [("seller_ids", "any", [("partner_id", "=", partner), (name, operator, value)])]
                for name in ("product_name", "product_code")
            ]
        return join(conditions)

    def open_product_template(self):
        """Return the action that shows the product that the variant is of."""
        self.ensure_one()
        return {**self.product_tmpl_id.get_formview_action(), "target": "new"}

    @api.onchange("default_code")
    def _onchange_default_code(self):
        return self.product_tmpl_id._warn_of_used_code(self.default_code, self._origin)

    @api.onchange("uom_id")
    def _onchange_uom_id(self):
        if self.uom_id:
            self.uom_po_id = self.uom_id

    @api.model_create_multi
    def create(self, vals_list):
        """Create variants; templates created with them leave making a variant to this."""
        products = super(ProductProduct, self.with_context(create_product_product=True)).create(vals_list)
        return products.with_env(self.env)

    def unlink(self):
        """Delete the variants, and the templates that are left without one."""
        templates = self.product_tmpl_id
        result = super().unlink()
        left = templates.exists().filtered(
            lambda template: (
                not template.with_context(active_test=False).product_variant_ids
                and not template.has_dynamic_attributes()
            )
        )
        left.unlink()
        return result

    def get_product_multiline_description_sale(self):
        """Return the text that describes the product on order lines."""
        self.ensure_one()
        return "\n".join(filter(None, [self.display_name, self.description_sale]))
