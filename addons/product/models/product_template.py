"""Product templates: what is sold or bought, whatever its variants."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.image import is_image_size_above

from .copies import named_as_copies

#: fields of templates that are those of the only variant
OF_VARIANTS = ("barcode", "default_code", "standard_price", "volume", "weight", "packaging_ids")


class ProductTemplate(models.Model):
    """Goods or service; its variants are ``product.product`` records."""

    _name = "product.template"
    _inherit = ["mail.thread", "mail.activity.mixin", "image.mixin"]
    _description = "Product"
    _order = "is_favorite desc, name"
    _check_company_auto = True
    _check_company_domain = models.check_company_domain_parent_of

    @api.model
    def _get_default_category_id(self):
        return self.env.ref("product.product_category_all", raise_if_not_found=False)

    @api.model
    def _get_default_uom_id(self):
        return self.env.ref("uom.product_uom_unit", raise_if_not_found=False)

    name = fields.Char("Name", index="trigram", required=True, translate=True)
    sequence = fields.Integer("Sequence", default=1)
    description = fields.Html("Description", translate=True)
    description_purchase = fields.Text("Purchase Description", translate=True)
    description_sale = fields.Text(
        "Sales Description", translate=True, help="Added to the description of order lines with this product."
    )
    type = fields.Selection(
        [("consu", "Goods"), ("service", "Service")], "Product Type", default="consu", required=True
    )
    service_tracking = fields.Selection(
        [("no", "Nothing")],
        "Create on Order",
        compute="_compute_service_tracking",
        default="no",
        precompute=True,
        readonly=False,
        required=True,
        store=True,
    )
    categ_id = fields.Many2one(
        "product.category", "Product Category", change_default=True, default=_get_default_category_id, required=True
    )
    product_properties = fields.Properties("Properties", definition="categ_id.product_properties_definition", copy=True)
    currency_id = fields.Many2one("res.currency", "Currency", compute="_compute_currency_id")
    cost_currency_id = fields.Many2one("res.currency", "Cost Currency", compute="_compute_cost_currency_id")
    list_price = fields.Float(
        "Sales Price", default=1.0, digits="Product Price", help="Price for customers.", tracking=True
    )
    standard_price = fields.Float(
        "Cost",
        compute="_compute_standard_price",
        inverse="_set_standard_price",
        digits="Product Price",
        groups="base.group_user",
        search="_search_standard_price",
    )
    volume = fields.Float("Volume", compute="_compute_volume", inverse="_set_volume", digits="Volume", store=True)
    weight = fields.Float("Weight", compute="_compute_weight", inverse="_set_weight", digits="Stock Weight", store=True)
    sale_ok = fields.Boolean("Sales", default=True)
    purchase_ok = fields.Boolean("Purchase", compute="_compute_purchase_ok", default=True, readonly=False, store=True)
    uom_id = fields.Many2one("uom.uom", "Unit of Measure", default=_get_default_uom_id, required=True)
    uom_name = fields.Char("Unit of Measure Name", related="uom_id.name", readonly=True)
    uom_category_id = fields.Many2one("uom.category", "UoM Category", related="uom_id.category_id")
    uom_po_id = fields.Many2one(
        "uom.uom",
        "Purchase Unit",
        compute="_compute_uom_po_id",
        copy=True,
        domain="[('category_id', '=', uom_category_id)]",
        help="What orders to vendors count in; it measures the same as the unit of measure.",
        precompute=True,
        readonly=False,
        required=True,
        store=True,
    )
    company_id = fields.Many2one("res.company", "Company", index=True)
    active = fields.Boolean("Active", default=True)
    color = fields.Integer("Color Index")
    is_favorite = fields.Boolean("Favorite")
    is_product_variant = fields.Boolean("Is a product variant", compute="_compute_is_product_variant")
    packaging_ids = fields.One2many(
        "product.packaging", compute="_compute_packaging_ids", inverse="_set_packaging_ids", string="Product Packages"
    )
    seller_ids = fields.One2many("product.supplierinfo", "product_tmpl_id", "Vendors", depends_context=("company",))
    variant_seller_ids = fields.One2many("product.supplierinfo", "product_tmpl_id")
    product_tag_ids = fields.Many2many("product.tag", relation="product_tag_product_template_rel", string="Tags")
    product_tooltip = fields.Char(compute="_compute_product_tooltip")
    can_image_1024_be_zoomed = fields.Boolean(
        "Can Image 1024 be zoomed", compute="_compute_can_image_1024_be_zoomed", store=True
    )
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

    @api.depends_context("company")
    @api.depends("company_id")
    def _compute_cost_currency_id(self):
        for template in self:
            template.cost_currency_id = (template.company_id or self.env.company).sudo().currency_id

    @api.depends("type")
    def _compute_service_tracking(self):
        self.filtered(lambda template: template.type != "service").service_tracking = "no"

    def _compute_purchase_ok(self):
        """Leave the choice to users; products that are never bought override this."""

    @api.depends("uom_id")
    def _compute_uom_po_id(self):
        for template in self:
            # what is bought in another unit stays so as long as that measures the same thing
            bought, unit = template.uom_po_id, template.uom_id
            template.uom_po_id = bought if bought.category_id == unit.category_id else unit

    @api.depends("image_1920", "image_1024")
    def _compute_can_image_1024_be_zoomed(self):
        for template in self:
            template.can_image_1024_be_zoomed = template.image_1920 and is_image_size_above(
                template.image_1920, template.image_1024
            )

    @api.depends("type")
    def _compute_product_tooltip(self):
        for template in self:
            template.product_tooltip = template._prepare_tooltip()

    def _prepare_tooltip(self):
        """Return the sentence that says on the page of a product what its settings mean."""
        self.ensure_one()
        return ""

    def _compute_is_product_variant(self):
        self.is_product_variant = False

    @api.depends("product_variant_ids")
    def _compute_product_variant_id(self):
        for template in self:
            template.product_variant_id = template.product_variant_ids[:1]

    @api.depends("product_variant_ids.product_tmpl_id")
    def _compute_product_variant_count(self):
        for template in self:
            template.product_variant_count = len(template.product_variant_ids)

    def _only_variant(self):
        """Return the variant when there is one only; an archived product still has those it had."""
        self.ensure_one()
        variants = self.product_variant_ids or self.with_context(active_test=False).product_variant_ids
        return variants if len(variants) == 1 else variants.browse()

    def _variant_value(self, name, empty):
        """Set field ``name`` to that of the only variant, to ``empty`` where there are several or none."""
        for template in self:
            variant = template._only_variant()
            template[name] = variant[name] if variant else empty

    def _set_variant_value(self, name):
        """Write field ``name`` to the only variant."""
        for template in self:
            variant = template._only_variant()
            if variant:
                variant[name] = template[name]

    @api.depends("product_variant_ids", "product_variant_ids.packaging_ids")
    def _compute_packaging_ids(self):
        self._variant_value("packaging_ids", False)

    def _set_packaging_ids(self):
        self._set_variant_value("packaging_ids")

    @api.depends("product_variant_ids.volume")
    def _compute_volume(self):
        self._variant_value("volume", 0.0)

    def _set_volume(self):
        self._set_variant_value("volume")

    @api.depends("product_variant_ids.weight")
    def _compute_weight(self):
        self._variant_value("weight", 0.0)

    def _set_weight(self):
        self._set_variant_value("weight")

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

    @api.constrains("uom_id", "uom_po_id")
    def _check_uom(self):
        for template in self:
            if template.uom_id.category_id != template.uom_po_id.category_id:
                raise ValidationError(
                    self.env._(
                        "“%(product)s” is counted in %(unit)s and bought in %(other)s, which measure different things.",
                        product=template.name,
                        unit=template.uom_id.name,
                        other=template.uom_po_id.name,
                    )
                )

    @api.onchange("uom_id")
    def _onchange_uom_id(self):
        if self.uom_id:
            self.uom_po_id = self.uom_id

    @api.onchange("type")
    def _onchange_type(self):
        """Return what changes with the type, as onchanges do; addons whose fields depend on it override this."""
        return {}

    @api.onchange("default_code")
    def _onchange_default_code(self):
        return self._warn_of_used_code(self.default_code, self._origin.product_variant_ids)

    def _warn_of_used_code(self, code, own):
        """Return a warning of an onchange when another variant than ``own`` has the reference ``code``."""
        products = self.env["product.product"]
        if not code or not products.search_count([("default_code", "=", code), ("id", "not in", own.ids)], limit=1):
            return None
        return {
            "warning": {
                "title": self.env._("Reference in use"),
                "message": self.env._("Another product has the internal reference “%s”.", code),
            }
        }

    @api.model_create_multi
    def create(self, vals_list):
        """Create templates with their variants, unless it is the variant that makes its template."""
        templates = super().create(vals_list)
        if "create_product_product" in self.env.context:
            return templates
        plain, values = self.browse(), []
        for template, vals in zip(templates, vals_list, strict=True):
            if template.attribute_line_ids:
                template._create_variant_ids()
                template.write({name: vals[name] for name in OF_VARIANTS if vals.get(name)})
            else:
                plain |= template
                values.append(vals)
        self._create_only_variants(plain, values)
        return templates

    def _create_only_variants(self, templates, vals_list):
        """Give each template its variant, with the values that belong to the variant."""
        self.env["product.product"].create(
            [
                {
                    "product_tmpl_id": template.id,
                    "active": template.active,
                    **{name: vals[name] for name in OF_VARIANTS if vals.get(name)},
                }
                for template, vals in zip(templates, vals_list, strict=True)
            ]
        )

    def write(self, vals):
        """Archive and unarchive the variants with their templates."""
        result = super().write(vals)
        if "active" in vals and not self.env.context.get("leave_variants"):
            if vals["active"]:
                self._create_variant_ids()
            else:
                self.product_variant_ids.write({"active": False})
        return result

    def copy_data(self, default=None):
        """Name the copies as such."""
        return named_as_copies(self, super().copy_data(default=default), default)

    def copy(self, default=None):
        """Copy the templates; their values cost as much more as those of the originals."""
        copies = super().copy(default=default)
        for template, copied in zip(self, copies, strict=True):
            extra = {
                value.product_attribute_value_id: value.price_extra
                for value in template.attribute_line_ids.product_template_value_ids
            }
            for value in copied.attribute_line_ids.product_template_value_ids:
                value.price_extra = extra.get(value.product_attribute_value_id, value.price_extra)
        return copies

    @api.depends("name", "default_code")
    def _compute_display_name(self):
        for template in self:
            code = f"[{template.default_code}] " if template.default_code else ""
            template.display_name = f"{code}{template.name}" if template.name else False
