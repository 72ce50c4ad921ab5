"""``iap.service``: what can be paid with credits."""

from odoo import fields, models


class IapService(models.Model):
    """A service of another server."""

    _name = "iap.service"
    _description = "IAP Service"

    name = fields.Char(required=True)
    technical_name = fields.Char(readonly=True, required=True)
    description = fields.Char(required=True, translate=True)
    unit_name = fields.Char(required=True, translate=True, help="What its balance counts.")
    integer_balance = fields.Boolean(required=True, help="Its balance is shown without decimals.")

    _sql_constraints = [
        ("unique_technical_name", "UNIQUE(technical_name)", "There is a service with this technical name already."),
    ]
