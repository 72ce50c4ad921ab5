"""Models for tests that count statements."""

from odoo import api, fields, models


class Source(models.Model):
    _name = "test_orm.source"
    _description = "Source of Related Fields"

    name = fields.Char()
    kind = fields.Selection([("a", "A"), ("b", "B")])
    factor = fields.Integer()


class Counted(models.Model):
    """A record with fields that follow a link, and with relations to few other records."""

    _name = "test_orm.counted"
    _description = "Counted"
    _order = "id"

    name = fields.Char()
    code = fields.Char()
    amount = fields.Integer()
    label = fields.Char(translate=True)
    active = fields.Boolean(default=True)
    source_id = fields.Many2one("test_orm.source")
    source_name = fields.Char(related="source_id.name", store=True, precompute=True)
    shown_kind = fields.Selection(related="source_id.kind")
    chosen_kind = fields.Selection(related="source_id.kind", readonly=False)
    total = fields.Integer(compute="_compute_total", store=True)
    parent_id = fields.Many2one("test_orm.counted")
    child_ids = fields.One2many("test_orm.counted", "parent_id")
    big_child_ids = fields.One2many("test_orm.counted", "parent_id", domain=[("amount", ">", 10)])
    tag_ids = fields.Many2many("test_orm.tag")
    picture = fields.Binary()
    checked = []

    @api.depends("amount", "source_id.factor")
    def _compute_total(self):
        for record in self:
            record.total = record.amount * record.source_id.factor

    @api.constrains("code")
    def _check_code(self):
        self.checked.append(("code", len(self)))
