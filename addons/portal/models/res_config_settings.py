"""What people from outside may have."""

from odoo import api, fields, models

PARAMETER = "portal.allow_api_keys"


class ResConfigSettings(models.TransientModel):
    """The settings of pages for people from outside."""

    _inherit = "res.config.settings"

    portal_allow_api_keys = fields.Boolean(
        "Customer API Keys",
        compute="_compute_portal_allow_api_keys",
        inverse="_inverse_portal_allow_api_keys",
    )

    @api.model
    def get_values(self):
        """Add whether people from outside may have API keys."""
        return {**super().get_values(), "portal_allow_api_keys": self._are_keys_allowed()}

    def _are_keys_allowed(self) -> bool:
        """Tell whether the parameter is set."""
        return bool(self.env["ir.config_parameter"].sudo().get_param(PARAMETER))

    @api.depends("create_date")
    def _compute_portal_allow_api_keys(self):
        """Read the parameter."""
        self.portal_allow_api_keys = self._are_keys_allowed()

    def _inverse_portal_allow_api_keys(self):
        """Set the parameter."""
        for settings in self:
            self.env["ir.config_parameter"].set_param(PARAMETER, settings.portal_allow_api_keys)
