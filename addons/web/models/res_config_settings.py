"""Settings of the web client."""
from __future__ import annotations

from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = 'res.config.settings'

    web_app_name = fields.Char("Web App Name", config_parameter='web.web_app_name')
