"""Settings of the web client."""

from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """Settings that the web client brings."""

    _inherit = "res.config.settings"

    web_app_name = fields.Char("Web App Name", config_parameter="web.web_app_name")
