"""What the client is told about tours."""

from odoo import api, models


class IrHttp(models.AbstractModel):
    """Session of the client."""

    _inherit = "ir.http"

    @api.private
    def session_info(self) -> dict:
        """Tell which tour begins by itself: None for those who want none."""
        info = super().session_info()
        info["tour_enabled"] = bool(info["is_internal_user"] and self.env.user.sudo().tour_enabled)
        info["current_tour"] = self.env["web_tour.tour"].get_current_tour() if info["tour_enabled"] else None
        return info
