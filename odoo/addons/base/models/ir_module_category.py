"""Categories of modules, which group applications and access groups."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ModuleCategory(models.Model):
    """Category of modules and of access groups."""

    _name = "ir.module.category"
    _description = "Application"
    _order = "name"
    _allow_sudo_commands = False

    name = fields.Char(string="Name", required=True, translate=True, index=True)
    parent_id = fields.Many2one("ir.module.category", string="Parent Application", index=True)
    child_ids = fields.One2many("ir.module.category", "parent_id", string="Child Applications")
    module_ids = fields.One2many("ir.module.module", "category_id", string="Modules")
    description = fields.Text(string="Description", translate=True)
    sequence = fields.Integer(string="Sequence")
    visible = fields.Boolean(string="Visible", default=True)
    exclusive = fields.Boolean(string="Exclusive")
    xml_id = fields.Char(string="External ID", compute="_compute_xml_id")

    def _compute_xml_id(self):
        xml_ids = self.get_external_id()
        for category in self:
            category.xml_id = xml_ids[category.id]

    @api.constrains("parent_id")
    def _check_parent_not_circular(self):
        if self._has_cycle():
            raise ValidationError(self.env._("A category cannot be below itself."))

    def write(self, values):
        """Change categories; the form of a user's groups is generated from them, so its cache goes."""
        result = super().write(values)
        if {"name", "sequence", "visible", "exclusive", "parent_id"} & set(values):
            self.env.registry.clear_cache("groups")
        return result
