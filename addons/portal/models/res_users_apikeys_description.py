"""API keys of people from outside."""

from odoo import api, models
from odoo.exceptions import AccessError


class APIKeyDescription(models.TransientModel):
    """New keys, which settings may allow to people from outside."""

    _inherit = "res.users.apikeys.description"

    @api.private
    def check_access_make_key(self):
        """Let portal users have keys where the settings allow it."""
        allowed = self.env["ir.config_parameter"].sudo().get_param("portal.allow_api_keys")
        if self.env.user._is_portal() and allowed:
            return
        try:
            super().check_access_make_key()
        except AccessError as error:
            if not self.env.user._is_portal():
                raise
            raise AccessError(self.env._("API keys are for users of the house: ask them for one.")) from error
