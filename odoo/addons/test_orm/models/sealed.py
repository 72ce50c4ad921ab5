"""Values that are worked out whatever is given: readonly computed fields."""

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
