"""Devices on which no code is asked for."""

from odoo import models


class AuthTotpDevice(models.Model):
    """A trusted device: the key that is in a cookie of its browser."""

    _name = "auth_totp.device"
    _inherit = "res.users.apikeys"
    _description = "Trusted device"
    _auto = False

    def _check_expiration_date(self, date):
        """Trust for as long as the page that offers it says, whatever the limits of API keys are."""
