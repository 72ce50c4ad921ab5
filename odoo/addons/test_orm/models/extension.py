"""Fields that are defined more than once."""

from odoo import api, fields, models


class Extended(models.Model):
    _name = "test_orm.extended"
    _description = "Extended"

    name = fields.Char(string="Original", help="Original help")
    kind = fields.Selection([("a", "A"), ("b", "B")], default="a")
    required_kind = fields.Selection([("a", "A")], default="a", required=True)
    text = fields.Char()
    number = fields.Integer(default=1)
    total = fields.Integer(compute="_compute_total", store=True)
    base_field = fields.Char(default="static")

    @api.depends("number")
    def _compute_total(self):
        for record in self:
            record.total = record.number


class ExtendedMore(models.Model):
    _inherit = "test_orm.extended"

    name = fields.Char(required=True, string="Changed")
    kind = fields.Selection(
        selection_add=[("c", "C"), ("b",), ("d", "D"), ("e", "E"), ("f", "F"), ("g", "G")],
        ondelete={
            "c": "set null",
            "d": "cascade",
            "e": "set default",
            "f": "set b",
            "g": lambda records: records.write({"kind": "b", "text": "handled"}),
        },
    )
    required_kind = fields.Selection(selection_add=[("z", "Z"), ("a", "A again")], ondelete={"z": "cascade"})
    text = fields.Text()
    number = fields.Integer(default=None)
    base_field = fields.Char(default=lambda self: self._default_base_field())

    def _default_base_field(self):
        return f"from {self._name}"

    @api.depends("text")
    def _compute_total(self):
        super()._compute_total()
        for record in self:
            record.total += len(record.text or "")
