"""Views that people switch on and off on their pages."""

from odoo import fields, models


class IrUiView(models.Model):
    """Views that are offered as options."""

    _inherit = "ir.ui.view"

    customize_show = fields.Boolean("Show As Optional Inherit", default=False)
