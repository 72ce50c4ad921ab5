"""Attributes that variants of products differ by, and their values."""

from random import randint

from odoo import api, fields, models
from odoo.exceptions import UserError


class ProductAttribute(models.Model):
    """What variants differ by, such as their size."""

    _name = "product.attribute"
    _description = "Product Attribute"
    _order = "sequence, id"

    name = fields.Char("Attribute", required=True, translate=True)
    active = fields.Boolean("Active", default=True, help="Archived attributes are kept where they are used.")
    create_variant = fields.Selection(
        [("always", "Instantly"), ("dynamic", "Dynamically"), ("no_variant", "Never")],
        "Variant Creation",
        default="always",
        required=True,
        help="Instantly: all variants are made when values are put on a product. Dynamically: a variant is made when "
        "it is ordered. Never: the value is noted on the order only.",
    )
    display_type = fields.Selection(
        [
            ("radio", "Radio"),
            ("pills", "Pills"),
            ("select", "Select"),
            ("color", "Color"),
            ("multi", "Multi-checkbox"),
        ],
        "Display Type",
        default="radio",
        required=True,
        help="How values are chosen.",
    )
    sequence = fields.Integer("Sequence", default=20, index=True)
    value_ids = fields.One2many("product.attribute.value", "attribute_id", "Values", copy=True)
    template_value_ids = fields.One2many("product.template.attribute.value", "attribute_id", "Template Values")
    attribute_line_ids = fields.One2many("product.template.attribute.line", "attribute_id", "Lines")
    product_tmpl_ids = fields.Many2many(
        "product.template", string="Related Products", compute="_compute_products", store=True
    )
    number_related_products = fields.Integer(compute="_compute_number_related_products")

    _sql_constraints = [
        (
            "check_multi_checkbox_no_variant",
            "CHECK (display_type != 'multi' OR create_variant = 'no_variant')",
            "Several values at once can be chosen only of attributes that never make variants.",
        ),
    ]

    @api.depends("product_tmpl_ids")
    def _compute_number_related_products(self):
        for attribute in self:
            attribute.number_related_products = len(attribute.product_tmpl_ids.filtered("active"))

    @api.depends("attribute_line_ids.active", "attribute_line_ids.product_tmpl_id")
    def _compute_products(self):
        for attribute in self:
            lines = attribute.with_context(active_test=False).attribute_line_ids.filtered("active")
            attribute.product_tmpl_ids = lines.product_tmpl_id

    @api.onchange("display_type")
    def _onchange_display_type(self):
        if self.display_type == "multi" and not self.number_related_products:
            self.create_variant = "no_variant"

    def _used_by(self):
        """Return an error that names the products of those attributes that are used, or ``None``."""
        used = self.filtered("number_related_products")[:1]
        if not used:
            return None
        names = ", ".join(used.product_tmpl_ids.mapped("display_name")[:5])
        return UserError(self.env._("Products have the attribute “%(name)s”: %(names)s.", name=used.name, names=names))

    def write(self, vals):
        """Refuse to change how variants are made of an attribute that products have."""
        if "create_variant" in vals:
            changed = self.filtered(lambda attribute: attribute.create_variant != vals["create_variant"])
            if error := changed._used_by():
                raise error
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used_on_product(self):
        if error := self._used_by():
            raise error

    def action_archive(self):
        """Archive the attributes, which no product may have."""
        if error := self._used_by():
            raise error
        return super().action_archive()

    def action_open_product_template_attribute_lines(self):
        """Return the action that shows the products that have the attribute."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Products with %s", self.name),
            "res_model": "product.template.attribute.line",
            "view_mode": "list,form",
            "domain": [("attribute_id", "=", self.id), ("product_tmpl_id.active", "=", True)],
        }

    def _without_no_variant_attributes(self):
        return self.filtered(lambda attribute: attribute.create_variant != "no_variant")


class ProductAttributeValue(models.Model):
    """One of the values of an attribute, such as a size."""

    _name = "product.attribute.value"
    _description = "Attribute Value"
    _order = "attribute_id, sequence, id"

    def _get_default_color(self):
        return randint(1, 11)

    name = fields.Char("Value", required=True, translate=True)
    sequence = fields.Integer("Sequence", index=True)
    attribute_id = fields.Many2one("product.attribute", "Attribute", index=True, ondelete="cascade", required=True)
    pav_attribute_line_ids = fields.Many2many(
        "product.template.attribute.line",
        relation="product_attribute_value_product_template_attribute_line_rel",
        string="Lines",
        copy=False,
    )
    default_extra_price = fields.Float("Default Extra Price", help="What products with the value cost more.")
    is_custom = fields.Boolean("Free text", help="Customers may write a value of their own.")
    html_color = fields.Char("Color", help="A colour for the page, such as #ff8800.")
    display_type = fields.Selection(related="attribute_id.display_type")
    color = fields.Integer("Color Index", default=_get_default_color)
    image = fields.Image("Image", max_width=70, max_height=70)
    active = fields.Boolean("Active", default=True)
    is_used_on_products = fields.Boolean("Used on Products", compute="_compute_is_used_on_products")

    @api.depends("name", "attribute_id.name")
    @api.depends_context("show_attribute")
    def _compute_display_name(self):
        with_attribute = self.env.context.get("show_attribute", True)
        for value in self:
            value.display_name = f"{value.attribute_id.name}: {value.name}" if with_attribute else value.name

    @api.depends("pav_attribute_line_ids")
    def _compute_is_used_on_products(self):
        for value in self:
            value.is_used_on_products = bool(value.pav_attribute_line_ids.filtered("product_tmpl_id.active"))

    def check_is_used_on_products(self):
        """Return the sentence that says which products have one of the values, or ``False``."""
        for value in self.filtered("is_used_on_products"):
            products = value.pav_attribute_line_ids.product_tmpl_id.filtered("active")
            return self.env._(
                "Products have the value “%(value)s”: %(names)s.",
                value=value.display_name,
                names=", ".join(products.mapped("display_name")[:5]),
            )
        return False

    def write(self, vals):
        """Refuse to move a value that products have to another attribute."""
        if "attribute_id" in vals:
            moved = self.filtered(lambda value: value.attribute_id.id != vals["attribute_id"])
            if sentence := moved.check_is_used_on_products():
                raise UserError(sentence)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used_on_product(self):
        if sentence := self.check_is_used_on_products():
            raise UserError(sentence)

    def _without_no_variant_attributes(self):
        return self.filtered(lambda value: value.attribute_id.create_variant != "no_variant")
