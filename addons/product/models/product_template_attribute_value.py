"""The values that a product comes in, with what each costs more, and which do not go together."""

from random import randint

import psycopg2

from odoo import Command, api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import mute_logger


class ProductTemplateAttributeValue(models.Model):
    """A value of an attribute on one product."""

    _name = "product.template.attribute.value"
    _description = "Product Template Attribute Value"
    _order = "attribute_line_id, product_attribute_value_id, id"

    def _get_default_color(self):
        return randint(1, 11)

    ptav_active = fields.Boolean("Active", default=True)
    name = fields.Char("Value", related="product_attribute_value_id.name")
    product_attribute_value_id = fields.Many2one(
        "product.attribute.value", "Attribute Value", index=True, ondelete="cascade", required=True
    )
    attribute_line_id = fields.Many2one(
        "product.template.attribute.line", index=True, ondelete="cascade", required=True
    )
    price_extra = fields.Float(
        "Extra Price", default=0.0, digits="Product Price", help="What variants with the value cost more."
    )
    currency_id = fields.Many2one(related="attribute_line_id.product_tmpl_id.currency_id")
    exclude_for = fields.One2many(
        "product.template.attribute.exclusion", "product_template_attribute_value_id", "Exclude for"
    )
    product_tmpl_id = fields.Many2one(related="attribute_line_id.product_tmpl_id", store=True, index=True)
    attribute_id = fields.Many2one(related="attribute_line_id.attribute_id", store=True, index=True)
    ptav_product_variant_ids = fields.Many2many(
        "product.product", relation="product_variant_combination", string="Related Variants", readonly=True
    )
    html_color = fields.Char("HTML Color Index", related="product_attribute_value_id.html_color")
    is_custom = fields.Boolean(related="product_attribute_value_id.is_custom")
    display_type = fields.Selection(related="product_attribute_value_id.display_type")
    color = fields.Integer("Color", default=_get_default_color)
    image = fields.Image(related="product_attribute_value_id.image")

    _sql_constraints = [
        (
            "attribute_value_unique",
            "unique(attribute_line_id, product_attribute_value_id)",
            "A product has each value of an attribute once.",
        ),
    ]

    @api.constrains("attribute_line_id", "product_attribute_value_id")
    def _check_valid_values(self):
        for value in self:
            if value.ptav_active and value.product_attribute_value_id not in value.attribute_line_id.value_ids:
                raise ValidationError(
                    self.env._(
                        "“%(value)s” is not one of the values of “%(product)s”.",
                        value=value.display_name,
                        product=value.product_tmpl_id.display_name,
                    )
                )

    @api.depends("attribute_id")
    def _compute_display_name(self):
        for value in self:
            value.display_name = f"{value.attribute_id.name}: {value.name}"

    def _only_active(self):
        return self.filtered(lambda value: value.ptav_active)

    def _without_no_variant_attributes(self):
        return self.filtered(lambda value: value.attribute_id.create_variant != "no_variant")

    def _ids2str(self):
        """Return the ids, the least first, as variants are looked up by."""
        return ",".join(str(number) for number in sorted(self.ids))

    def _get_combination_name(self):
        """Return the values that tell a variant from others of its product, as its name shows them."""
        telling = self._without_no_variant_attributes().with_prefetch(self._prefetch_ids)
        telling = telling.filtered(lambda value: value.ptav_active and not value._is_from_single_value_line())
        return ", ".join(value.name for value in telling)

    def _is_from_single_value_line(self, only_active=True):
        """Tell whether the product comes in no other value of the attribute."""
        self.ensure_one()
        others = self.attribute_line_id.product_template_value_ids
        return len(others._only_active() if only_active else others) == 1

    @api.model_create_multi
    def create(self, vals_list):
        """Create values, but not on variants: those follow from the values."""
        self._refuse_variants(vals_list)
        return super().create(vals_list)

    def _refuse_variants(self, vals_list):
        """Raise a ``UserError`` when values are put on variants by hand."""
        for vals in vals_list:
            if "ptav_product_variant_ids" in vals:
                raise UserError(self.env._("Variants follow from the values of their product."))

    def write(self, vals):
        """Refuse to move values or to put them on variants; make the variants when exclusions have changed."""
        self._refuse_variants([vals])
        for name in ("product_attribute_value_id", "product_tmpl_id"):
            if name in vals and any(value[name].id != vals[name] for value in self):
                raise UserError(self.env._("A value stays with its product. Delete it and add another one."))
        result = super().write(vals)
        if "exclude_for" in vals:
            self.product_tmpl_id._create_variant_ids()
        return result

    def unlink(self):
        """Delete the values and their variants; a value that was the only one of its line just leaves them."""
        for value in self:
            if value.attribute_line_id.with_context(active_test=False).product_template_value_ids == value:
                value.ptav_product_variant_ids.write(
                    {"product_template_attribute_value_ids": [Command.unlink(value.id)]}
                )
        self.ptav_product_variant_ids._unlink_or_archive()
        return super().unlink()

    def _delete_or_archive(self):
        """Delete the values; archive those that something still refers to."""
        for value in self:
            try:
                with self.env.cr.savepoint(), mute_logger("odoo.sql_db"):
                    value.unlink()
            except (psycopg2.IntegrityError, UserError):
                value.ptav_active = False


class ProductTemplateAttributeExclusion(models.Model):
    """Values that do not go together with another one, on a product."""

    _name = "product.template.attribute.exclusion"
    _description = "Product Template Attribute Exclusion"
    _order = "product_tmpl_id, id"

    product_template_attribute_value_id = fields.Many2one(
        "product.template.attribute.value", "Attribute Value", index=True, ondelete="cascade"
    )
    product_tmpl_id = fields.Many2one(
        "product.template", "Product Template", index=True, ondelete="cascade", required=True
    )
    value_ids = fields.Many2many(
        "product.template.attribute.value",
        relation="product_attr_exclusion_value_ids_rel",
        string="Attribute Values",
        domain="[('product_tmpl_id', '=', product_tmpl_id), ('ptav_active', '=', True)]",
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Create exclusions; variants that are not possible any more go."""
        exclusions = super().create(vals_list)
        exclusions.product_tmpl_id._create_variant_ids()
        return exclusions

    def write(self, vals):
        """Write exclusions; variants follow."""
        templates = self.product_tmpl_id
        result = super().write(vals)
        (templates | self.product_tmpl_id)._create_variant_ids()
        return result

    def unlink(self):
        """Delete exclusions; variants that were not possible come."""
        templates = self.product_tmpl_id
        result = super().unlink()
        templates.exists()._create_variant_ids()
        return result


class ProductAttributeCustomValue(models.Model):
    """The text that somebody wrote for a value that is free."""

    _name = "product.attribute.custom.value"
    _description = "Product Attribute Custom Value"
    _order = "custom_product_template_attribute_value_id, id"

    name = fields.Char("Name", compute="_compute_name")
    custom_product_template_attribute_value_id = fields.Many2one(
        "product.template.attribute.value", "Attribute Value", ondelete="restrict", required=True
    )
    custom_value = fields.Char("Custom Value")

    @api.depends("custom_product_template_attribute_value_id.name", "custom_value")
    def _compute_name(self):
        for custom in self:
            value = custom.custom_product_template_attribute_value_id
            parts = (value.display_name, (custom.custom_value or "").strip())
            custom.name = ": ".join(filter(None, parts))
