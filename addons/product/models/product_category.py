"""Product categories."""

from odoo import _, api, fields, models
from odoo.exceptions import UserError, ValidationError


class ProductCategory(models.Model):
    """Node of the tree that products are sorted into."""

    _name = "product.category"
    _inherit = ["mail.thread"]
    _description = "Product Category"
    _parent_name = "parent_id"
    _parent_store = True
    _rec_name = "complete_name"
    _order = "complete_name"

    name = fields.Char("Name", index="trigram", required=True)
    complete_name = fields.Char("Complete Name", compute="_compute_complete_name", recursive=True, store=True)
    parent_id = fields.Many2one("product.category", "Parent Category", index=True, ondelete="cascade")
    parent_path = fields.Char(index=True)
    child_id = fields.One2many("product.category", "parent_id", "Child Categories")
    product_properties_definition = fields.PropertiesDefinition("Product Properties")
    product_count = fields.Integer("# Products", compute="_compute_product_count")

    @api.depends("name", "parent_id.complete_name")
    def _compute_complete_name(self):
        for category in self:
            parent = category.parent_id
            category.complete_name = f"{parent.complete_name} / {category.name}" if parent else category.name

    @api.depends("complete_name", "name")
    @api.depends_context("hierarchical_naming")
    def _compute_display_name(self):
        name = "complete_name" if self.env.context.get("hierarchical_naming", True) else "name"
        for category in self:
            category.display_name = category[name]

    def _compute_product_count(self):
        counts = dict(
            self.env["product.template"]._read_group([("categ_id", "child_of", self.ids)], ["categ_id"], ["__count"])
        )
        for category in self:
            within = self.search([("id", "child_of", category.ids)])
            category.product_count = sum(counts.get(child, 0) for child in within)

    @api.constrains("parent_id")
    def _check_category_recursion(self):
        if self._has_cycle():
            raise ValidationError(_("A category cannot be below itself."))

    @api.model
    def name_create(self, name):
        """Create a category without a parent; return its id and name."""
        category = self.create({"name": name})
        return category.id, category.display_name

    @api.ondelete(at_uninstall=False)
    def _unlink_except_default_category(self):
        default = self.env.ref("product.product_category_all", raise_if_not_found=False)
        if default and default in self:
            raise UserError(_("The category “%s” is the default of new products and cannot be deleted.", default.name))
