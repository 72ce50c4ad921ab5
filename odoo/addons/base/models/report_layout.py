"""``report.layout``: the frames that companies may choose for their documents."""

from odoo import fields, models


class ReportLayout(models.Model):
    """A frame for documents: header, footer and style."""

    _name = "report.layout"
    _description = "Report Layout"
    _order = "sequence"

    view_id = fields.Many2one("ir.ui.view", "Document Template", required=True)
    image = fields.Char(string="Preview image src")
    pdf = fields.Char(string="Preview pdf src")
    sequence = fields.Integer(default=50)
    name = fields.Char()
