"""What every model tells about its imports."""

from odoo import api, models


class Base(models.AbstractModel):
    """Any model."""

    _inherit = "base"

    @api.model
    def get_import_templates(self) -> list:
        """Return the files that people may fill in and import: dicts of ``label`` and ``template`` (its address)."""
        return []
