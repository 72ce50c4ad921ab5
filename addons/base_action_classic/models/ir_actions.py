"""Window actions that wait for a search."""

from odoo import fields, models


class IrActionsActWindow(models.Model):
    """Says whether records are searched as soon as the action is opened."""

    _inherit = "ir.actions.act_window"

    auto_search = fields.Boolean(default=True, help="Search when the action is opened, not only when asked to.")

    def _get_readable_fields(self):
        """Add what clients need to know about searching."""
        return super()._get_readable_fields() | {"auto_search"}
