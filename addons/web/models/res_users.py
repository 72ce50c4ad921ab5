"""Users in the web client."""

from __future__ import annotations

from odoo import api, models
from odoo.osv.expression import AND


class ResUsers(models.Model):
    """What the web client asks of users."""

    _inherit = "res.users"

    @api.model
    def name_search(self, name="", args=None, operator="ilike", limit=100):
        """Search users by name; the current user comes first when among them."""
        users = super().name_search(name, args, operator, limit)
        position = next((index for index, (uid, _name) in enumerate(users) if uid == self.env.uid), None)
        if position is not None:
            return [users[position], *users[:position], *users[position + 1 :]]
        if limit is not None and len(users) == limit:
            own = super().name_search(name, AND([args or [], [("id", "=", self.env.uid)]]), operator, limit=1)
            if own:
                return [*own, *users[:-1]]
        return users

    def _on_webclient_bootstrap(self):
        """Called when the page of the web client is opened."""
        self.ensure_one()
