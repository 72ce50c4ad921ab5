"""Who may have the server fetch pictures from elsewhere."""

from odoo import models


class ResUsers(models.Model):
    """People who import."""

    _inherit = "res.users"

    def _can_import_remote_urls(self) -> bool:
        """Tell whether the server fetches the pictures whose addresses are in a file of this user."""
        self.ensure_one()
        return self._is_admin()
