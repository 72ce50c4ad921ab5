"""Budgets, with a column for each plan."""

from odoo import fields, models


class Budget(models.Model):
    """An amount of accounts."""

    _name = "test_analytic_mixin.budget"
    _inherit = ["analytic.plan.fields.mixin"]
    _description = "Budget"

    name = fields.Char()
    company_id = fields.Many2one("res.company")
