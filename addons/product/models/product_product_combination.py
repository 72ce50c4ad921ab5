"""The values that a variant is made of."""

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import mute_logger


class ProductProduct(models.Model):
    """A variant is a combination of values of its product, of which each is there once."""

    _inherit = "product.product"

    product_template_attribute_value_ids = fields.Many2many(
        "product.template.attribute.value",
        relation="product_variant_combination",
        string="Attribute Values",
        ondelete="restrict",
    )
    product_template_variant_value_ids = fields.Many2many(
        "product.template.attribute.value",
        relation="product_variant_combination",
        string="Variant Values",
        domain=[("attribute_line_id.value_count", ">", 1)],
        ondelete="restrict",
    )
    combination_indices = fields.Char(compute="_compute_combination_indices", index=True, store=True)

    def init(self):
        """Let no two active variants of a product have the same values."""
        super().init()
        self.env.cr.execute(
            "CREATE UNIQUE INDEX IF NOT EXISTS product_product_combination_unique "
            "ON product_product (product_tmpl_id, combination_indices) WHERE active IS TRUE"
        )

    @api.depends("product_template_attribute_value_ids")
    def _compute_combination_indices(self):
        for product in self:
            product.combination_indices = product.product_template_attribute_value_ids._ids2str()

    @api.depends("product_template_attribute_value_ids.price_extra")
    def _compute_product_price_extra(self):
        for product in self:
            product.price_extra = sum(product.product_template_attribute_value_ids.mapped("price_extra"))

    def _get_no_variant_attributes_price_extra(self, combination):
        """Return what the values of a combination that make no variants cost more."""
        own = self.product_template_attribute_value_ids
        return sum(
            value.price_extra
            for value in combination
            if value.price_extra and value.product_tmpl_id == self.product_tmpl_id and value not in own
        )

    def _is_variant_possible(self, parent_combination=None):
        """Tell whether the variant can be had."""
        self.ensure_one()
        values = self.product_template_attribute_value_ids
        return self.product_tmpl_id._is_combination_possible(values, parent_combination, ignore_no_variant=True)

    def _filter_to_unlink(self, check_access=True):
        """Return those variants that may be deleted instead of archived; overrides leave out more."""
        return self

    def _unlink_or_archive(self, check_access=True):
        """Delete the variants, one by one where they cannot all go; archive those that something refers to.

        :param bool check_access: check first that the user may delete variants; the rest is done without asking
        """
        if check_access:
            self.check_access("unlink")
            self.check_access("write")
            self = self.sudo()
        deletable = self._filter_to_unlink(check_access=check_access)
        (self - deletable).write({"active": False})
        try:
            with self.env.cr.savepoint(), mute_logger("odoo.sql_db"):
                deletable.unlink()
        except (psycopg2.IntegrityError, UserError):
            if len(deletable) == 1:
                deletable.active = False
                return
            for variant in deletable:
                variant._unlink_or_archive(check_access=False)

    def copy(self, default=None):
        """Copy the products, as variants follow from them; return a variant of each copy."""
        copies = self.browse()
        for variant in self:
            template = variant.product_tmpl_id.copy(default=default)
            first = template._get_first_possible_combination()
            copies |= template.product_variant_id or template._create_product_variant(first)
        return copies

    def toggle_active(self):
        """Archive or unarchive the variants; a product is active as long as one of its variants is."""
        result = super().toggle_active()
        for template in self.product_tmpl_id.with_context(active_test=False):
            active = any(template.product_variant_ids.mapped("active"))
            if template.active != active:
                # the variants are as they were asked to be
                template.with_context(leave_variants=True).active = active
        return result
