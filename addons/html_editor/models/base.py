"""What clients are told of fields with HTML."""

from odoo import api, models


class Base(models.AbstractModel):
    """Every model."""

    _inherit = "base"

    @api.model
    def _get_view_field_attributes(self):
        """Tell how HTML is cleaned, too: the editor offers nothing that would be taken out."""
        attributes = super()._get_view_field_attributes()
        return attributes + [name for name in ("sanitize", "sanitize_tags") if name not in attributes]
