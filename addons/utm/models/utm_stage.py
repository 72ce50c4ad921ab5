"""``utm.stage``: how far a campaign is."""

from odoo import fields, models


class UtmStage(models.Model):
    """A column of the board of campaigns."""

    _name = "utm.stage"
    _description = "Campaign Stage"
    _order = "sequence"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=1)
