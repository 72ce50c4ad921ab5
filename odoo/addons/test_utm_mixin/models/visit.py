"""Visits that links led to."""

from odoo import fields, models


class Visit(models.Model):
    """Somebody was here."""

    _name = "test_utm_mixin.visit"
    _inherit = ["utm.mixin"]
    _description = "Visit"

    name = fields.Char()
