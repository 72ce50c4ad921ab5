"""Settings of users: changes are told to their user."""

from odoo import models


class ResUsersSettings(models.Model):
    """Told to the user whose settings they are."""

    _name = "res.users.settings"
    _inherit = ["res.users.settings", "bus.listener.mixin"]

    def _bus_channel(self):
        return self.user_id._bus_channel()
