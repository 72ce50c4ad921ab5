"""Values that are worked out whatever is given: readonly computed fields, and paths in trees."""

from odoo import api, fields, models


class Sealed(models.Model):
    """Stored computed fields that nobody may edit, and some that may be."""

    _name = "test_orm.sealed"
    _description = "Sealed"

    source = fields.Char()
    sealed = fields.Char(compute="_compute_sealed", store=True)
    early = fields.Char(compute="_compute_early", store=True, precompute=True)
    editable = fields.Char(compute="_compute_editable", store=True, readonly=False)
    early_editable = fields.Char(compute="_compute_early_editable", store=True, precompute=True, readonly=False)
    inverted = fields.Char(compute="_compute_inverted", inverse="_inverse_inverted", store=True)
    log = fields.Char()
    copied = fields.Char(compute="_compute_copied", store=True)

    @api.depends("source")
    def _compute_sealed(self):
        for record in self:
            record.sealed = f"from {record.source}"

    @api.depends("source")
    def _compute_early(self):
        for record in self:
            record.early = f"from {record.source}"

    @api.depends("source")
    def _compute_editable(self):
        for record in self:
            record.editable = f"from {record.source}"

    @api.depends("source")
    def _compute_early_editable(self):
        for record in self:
            record.early_editable = f"from {record.source}"

    @api.depends("source")
    def _compute_inverted(self):
        for record in self:
            record.inverted = f"from {record.source}"

    def _inverse_inverted(self):
        for record in self:
            record.log = f"inverse of {record.inverted}"

    @api.depends("log")
    def _compute_copied(self):
        for record in self:
            record.copied = record.log


class Floor(models.Model):
    """A tree whose fields depend on the stored path."""

    _name = "test_orm.floor"
    _description = "Floor"
    _parent_store = True
    _order = "id"

    name = fields.Char()
    parent_id = fields.Many2one("test_orm.floor", ondelete="cascade")
    parent_path = fields.Char(index=True)
    depth = fields.Integer(compute="_compute_depth")
    stored_depth = fields.Integer(compute="_compute_stored_depth", store=True)

    @api.depends("parent_path")
    def _compute_depth(self):
        for floor in self:
            floor.depth = (floor.parent_path or "").count("/") - 1

    @api.depends("parent_path")
    def _compute_stored_depth(self):
        for floor in self:
            floor.stored_depth = (floor.parent_path or "").count("/") - 1
