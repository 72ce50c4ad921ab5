"""Product templates: what is sold or bought, whatever its variants."""

from odoo import api, fields, models


class ProductTemplate(models.Model):
    """Goods or service; its variants are ``product.product`` records."""

    _name = "product.template"
    _inherit = ["image.mixin"]
    _description = "Product"
    _order = "is_favorite desc, name"
    _check_company_auto = True

    @api.model
    def _get_default_category_id(self):
        return self.env.ref("product.product_category_all", raise_if_not_found=False)

    @api.model
    def _get_default_uom_id(self):
        return self.env.ref("uom.product_uom_unit", raise_if_not_found=False)

    name = fields.Char("Name", index="trigram", required=True, translate=True)
    sequence = fields.Integer("Sequence", default=1)
    description = fields.Html("Description", translate=True)
    description_sale = fields.Text(
        "Sales Description", translate=True, help="Added to the description of order lines with this product."
    )
    type = fields.Selection(
        [("consu", "Goods"), ("service", "Service")], "Product Type", default="consu", required=True
    )
    categ_id = fields.Many2one(
        "product.category", "Product Category", change_default=True, default=_get_default_category_id, required=True
    )
    product_properties = fields.Properties("Properties", definition="categ_id.product_properties_definition", copy=True)
    currency_id = fields.Many2one("res.currency", "Currency", compute="_compute_currency_id")
    list_price = fields.Float("Sales Price", default=1.0, digits="Product Price", help="Price for customers.")
    standard_price = fields.Float(
        "Cost",
        compute="_compute_standard_price",
        inverse="_set_standard_price",
        digits="Product Price",
        groups="base.group_user",
        search="_search_standard_price",
    )
    volume = fields.Float("Volume", digits="Volume")
    weight = fields.Float("Weight", digits="Stock Weight")
    sale_ok = fields.Boolean("Sales", default=True)
    purchase_ok = fields.Boolean("Purchase", default=True)
    uom_id = fields.Many2one("uom.uom", "Unit of Measure", default=_get_default_uom_id, required=True)
    uom_name = fields.Char("Unit of Measure Name", related="uom_id.name", readonly=True)
    uom_category_id = fields.Many2one("uom.category", "UoM Category", related="uom_id.category_id")
    company_id = fields.Many2one("res.company", "Company", index=True)
    active = fields.Boolean("Active", default=True)
    color = fields.Integer("Color Index")
    is_favorite = fields.Boolean("Favorite")
    product_variant_ids = fields.One2many("product.product", "product_tmpl_id", "Products", required=True)
    product_variant_id = fields.Many2one("product.product", "Product", compute="_compute_product_variant_id")
    product_variant_count = fields.Integer("# Product Variants", compute="_compute_product_variant_count")
    barcode = fields.Char("Barcode", compute="_compute_barcode", inverse="_set_barcode", search="_search_barcode")
    default_code = fields.Char(
        "Internal Reference", compute="_compute_default_code", inverse="_set_default_code", store=True
    )

    @api.depends("company_id")
    @api.depends_context("company")
    def _compute_currency_id(self):
        for template in self:
            template.currency_id = (template.company_id or self.env.company).sudo().currency_id

    @api.depends("product_variant_ids")
    def _compute_product_variant_id(self):
        for template in self:
            template.product_variant_id = template.product_variant_ids[:1]

    @api.depends("product_variant_ids.product_tmpl_id")
    def _compute_product_variant_count(self):
        for template in self:
            template.product_variant_count = len(template.product_variant_ids)

    def _variant_value(self, name, empty):
        """Set field ``name`` to that of the only variant, to ``empty`` where there are several or none."""
        for template in self:
            variants = template.product_variant_ids
            template[name] = variants[name] if len(variants) == 1 else empty

    def _set_variant_value(self, name):
        """Write field ``name`` to the only variant."""
        for template in self:
            if len(template.product_variant_ids) == 1:
                template.product_variant_ids[name] = template[name]

    @api.depends("product_variant_ids.default_code")
    def _compute_default_code(self):
        self._variant_value("default_code", False)

    def _set_default_code(self):
        self._set_variant_value("default_code")

    @api.depends("product_variant_ids.barcode")
    def _compute_barcode(self):
        self._variant_value("barcode", False)

    def _set_barcode(self):
        self._set_variant_value("barcode")

    def _search_barcode(self, operator, value):
        return [("product_variant_ids.barcode", operator, value)]

    @api.depends("product_variant_ids.standard_price")
    @api.depends_context("company")
    def _compute_standard_price(self):
        self._variant_value("standard_price", 0.0)

    def _set_standard_price(self):
        self._set_variant_value("standard_price")

    def _search_standard_price(self, operator, value):
        return [("product_variant_ids.standard_price", operator, value)]

    @api.model_create_multi
    def create(self, vals_list):
        """Create templates, each with its variant, unless it is the variant that makes its template."""
        templates = super().create(vals_list)
        if not self.env.context.get("create_product_product"):
            self._create_only_variants(templates, vals_list)
        return templates

    def _create_only_variants(self, templates, vals_list):
        """Give each template its variant, with the values that belong to the variant."""
        names = ("barcode", "default_code", "standard_price")
        self.env["product.product"].with_context(create_product_product=True).create(
            [
                {
                    "product_tmpl_id": template.id,
                    "active": template.active,
                    **{name: vals[name] for name in names if vals.get(name)},
                }
                for template, vals in zip(templates, vals_list, strict=True)
            ]
        )

    def write(self, vals):
        """Archive and unarchive the variants with their templates."""
        result = super().write(vals)
        if "active" in vals:
            self.with_context(active_test=False).product_variant_ids.write({"active": vals["active"]})
        return result

    @api.depends("name", "default_code")
    def _compute_display_name(self):
        for template in self:
            code = f"[{template.default_code}] " if template.default_code else ""
            template.display_name = f"{code}{template.name}" if template.name else False
