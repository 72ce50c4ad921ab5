"""Tags of products."""

from odoo import api, fields, models
from odoo.osv import expression

from .copies import named_as_copies


class ProductTag(models.Model):
    """A word that products are found by, on the whole product or on some of its variants."""

    _name = "product.tag"
    _description = "Product Tag"
    _order = "sequence, id"

    def _get_default_template_id(self):
        return self.env["product.template"].browse(self.env.context.get("product_template_id"))

    def _get_default_variant_id(self):
        return self.env["product.product"].browse(self.env.context.get("product_variant_id"))

    name = fields.Char("Name", required=True, translate=True)
    sequence = fields.Integer("Sequence", default=10)
    color = fields.Char("Color", default="#3C3C3C")
    product_template_ids = fields.Many2many(
        "product.template",
        relation="product_tag_product_template_rel",
        string="Product Templates",
        default=_get_default_template_id,
    )
    product_product_ids = fields.Many2many(
        "product.product",
        relation="product_tag_product_product_rel",
        string="Product Variants",
        domain="[('product_tmpl_id', 'not in', product_template_ids)]",
        default=_get_default_variant_id,
    )
    product_ids = fields.Many2many(
        "product.product",
        string="All Product Variants using this Tag",
        compute="_compute_product_ids",
        search="_search_product_ids",
    )

    _sql_constraints = [
        ("name_uniq", "unique (name)", "There is a tag of this name already."),
    ]

    @api.depends("product_template_ids", "product_product_ids")
    def _compute_product_ids(self):
        for tag in self:
            tag.product_ids = tag.product_template_ids.product_variant_ids | tag.product_product_ids

    def _search_product_ids(self, operator, value):
        join = expression.AND if operator in expression.NEGATIVE_TERM_OPERATORS else expression.OR
        paths = ("product_template_ids.product_variant_ids", "product_product_ids")
        return join([[(path, operator, value)] for path in paths])

    def copy_data(self, default=None):
        """Name the copies as such, as names are there once."""
        return named_as_copies(self, super().copy_data(default=default), default)
