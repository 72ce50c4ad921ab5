"""People who call."""

from odoo import fields, models


class Caller(models.Model):
    """Somebody with two numbers."""

    _name = "test_phone_mixin.caller"
    _inherit = ["mail.thread.phone"]
    _description = "Caller"

    name = fields.Char()
    phone = fields.Char()
    mobile = fields.Char()
    country_id = fields.Many2one("res.country")


class Silent(models.Model):
    """A thread that was to have numbers and has none."""

    _name = "test_phone_mixin.silent"
    _inherit = ["mail.thread.phone"]
    _description = "Thread without numbers"

    name = fields.Char()
