"""Letters whose readers come as visitors."""

from odoo import fields, models


class Letter(models.Model):
    """Something that is read."""

    _name = "test_utm_mixin.letter"
    _inherit = ["utm.source.mixin"]
    _description = "Letter"
    _rec_name = "subject"

    subject = fields.Char()
