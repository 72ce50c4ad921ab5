"""What partners are sorted by: tags, titles and industries."""

from random import randint

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.translate import _


class PartnerCategory(models.Model):
    """A tag of partners; tags form a tree."""

    _name = "res.partner.category"
    _description = "Partner Tags"
    _order = "name"
    _parent_store = True

    def _get_default_color(self):
        """Return some colour."""
        return randint(1, 11)

    name = fields.Char("Name", required=True, translate=True)
    color = fields.Integer(default=_get_default_color, aggregator=False)
    parent_id = fields.Many2one("res.partner.category", string="Category", index=True, ondelete="cascade")
    child_ids = fields.One2many("res.partner.category", "parent_id", string="Child Tags")
    active = fields.Boolean(default=True, help="Archived tags are kept but not proposed.")
    parent_path = fields.Char(index=True)
    partner_ids = fields.Many2many(
        "res.partner",
        column1="category_id",
        column2="partner_id",
        string="Partners",
        copy=False,
    )

    @api.constrains("parent_id")
    def _check_parent_id(self):
        """Refuse a tag below itself."""
        if self._has_cycle():
            raise ValidationError(_("A tag cannot be below itself."))

    @api.depends("parent_id")
    def _compute_display_name(self):
        """Show the way from the top, unless the context asks for short names."""
        if self.env.context.get("partner_category_display") == "short":
            return super()._compute_display_name()
        for category in self:
            category.display_name = " / ".join(tag.name or "" for tag in category._way_from_top())
        return None

    def _way_from_top(self):
        """Return the tags from the top of the tree to this one."""
        way = self
        while above := way[:1].parent_id:
            way = above + way
        return way

    @api.model
    def _search_display_name(self, operator, value):
        """Search by the name after the last slash, and below what is found."""
        domain = super()._search_display_name(operator, value)
        if operator.endswith("like") and isinstance(value, str):
            if operator.startswith("not"):
                return domain
            name = value.split(" / ")[-1]
            return [("id", "child_of", tuple(self._search([("name", operator, name)])))]
        return domain


class PartnerTitle(models.Model):
    """A form of address."""

    _name = "res.partner.title"
    _order = "name"
    _description = "Partner Title"

    name = fields.Char(string="Title", required=True, translate=True)
    shortcut = fields.Char(string="Abbreviation", translate=True)


class ResPartnerIndustry(models.Model):
    """A branch of industry."""

    _name = "res.partner.industry"
    _description = "Industry"
    _order = "name"

    name = fields.Char("Name", translate=True)
    full_name = fields.Char("Full Name", translate=True)
    active = fields.Boolean("Active", default=True)
