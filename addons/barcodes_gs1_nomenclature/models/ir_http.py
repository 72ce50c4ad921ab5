"""What the client is told about barcodes of GS1."""

from odoo import api, models


class IrHttp(models.AbstractModel):
    """Session of the client."""

    _inherit = "ir.http"

    @api.private
    def session_info(self) -> dict:
        """Tell employees what scanners send between values."""
        return super().session_info() | self._gs1_session_info()

    def _gs1_session_info(self) -> dict:
        """Return what the current user is told about the nomenclature of the company."""
        nomenclature = self.env.company.sudo().nomenclature_id
        is_told = nomenclature.is_gs1_nomenclature and self.env.user._is_internal()
        return {"gs1_group_separator_encodings": nomenclature.gs1_separator_fnc1} if is_told else {}
