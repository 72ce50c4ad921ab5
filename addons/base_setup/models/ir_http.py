"""What the client is told of the settings."""

from odoo import models


class IrHttp(models.AbstractModel):
    """Session of the client."""

    _inherit = "ir.http"

    def session_info(self):
        """Tell internal users whether successes are celebrated."""
        return super().session_info() | self._effects_of_successes()

    def _effects_of_successes(self) -> dict:
        """Return what the session of the current user says about effects; nothing for customers."""
        if not self.env.user._is_internal():
            return {}
        setting = self.env["ir.config_parameter"].sudo().get_param("base_setup.show_effect")
        return {"show_effect": bool(setting)}
