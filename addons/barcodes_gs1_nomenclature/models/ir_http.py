"""What the client is told about barcodes of GS1."""

from odoo import api, models


class IrHttp(models.AbstractModel):
    """Session of the client."""

    _inherit = "ir.http"

    @api.private
    def session_info(self) -> dict:
        """Tell employees what scanners send between values."""
        info = super().session_info()
        nomenclature = self.env.company.sudo().nomenclature_id
        if self.env.user._is_internal() and nomenclature.is_gs1_nomenclature:
            info["gs1_group_separator_encodings"] = nomenclature.gs1_separator_fnc1
        return info
