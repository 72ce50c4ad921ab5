"""Bills that are shared between accounts."""

from odoo import fields, models


class Bill(models.Model):
    """A document with a distribution."""

    _name = "test_analytic_mixin.bill"
    _inherit = ["analytic.mixin"]
    _description = "Bill"

    name = fields.Char()
    company_id = fields.Many2one("res.company")
