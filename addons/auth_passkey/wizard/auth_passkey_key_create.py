"""The dialog in which a passkey is made."""

from odoo import _, fields, models
from odoo.addons.base.models.res_users_identity import RELOAD
from odoo.exceptions import UserError


class PassKeyCreate(models.TransientModel):
    """A new passkey: its name; the browser makes the rest."""

    _name = "auth.passkey.key.create"
    _description = "Create a Passkey"
    _transient_max_hours = 0.5

    name = fields.Char(required=True, size=100, help="By which you know it again.")

    def make_key(self, registration=None):
        """Keep the passkey that the browser made.

        :param registration: what the browser answered, as JSON; its challenge was given after the identity was checked
        :raise UserError: it is no passkey of this session
        """
        self.ensure_one()
        if not registration:
            raise UserError(_("The browser gave no passkey."))
        self.env["auth.passkey.key"]._keep(self.name, registration)
        self.sudo().unlink()
        return dict(RELOAD)
