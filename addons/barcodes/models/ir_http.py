"""What the client is told about scanners."""

from odoo import api, models

_PARAMETER = "barcode.max_time_between_keys_in_ms"
_DEFAULT_MS = 150


class IrHttp(models.AbstractModel):
    """Session of the client."""

    _inherit = "ir.http"

    @api.private
    def session_info(self) -> dict:
        """Tell employees how fast the keys of a scanner follow each other at least."""
        info = super().session_info()
        if self.env.user._is_internal():
            value = self.env["ir.config_parameter"].sudo().get_param(_PARAMETER, _DEFAULT_MS)
            info["max_time_between_keys_in_ms"] = _milliseconds(value)
        return info


def _milliseconds(value):
    """Return the number that somebody set, the default where that is none."""
    try:
        return int(value)
    except ValueError:
        return _DEFAULT_MS
