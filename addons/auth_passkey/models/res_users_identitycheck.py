"""Asking for a passkey in place of the password before sensitive changes."""

from odoo import _, api, fields, models
from odoo.exceptions import AccessDenied, UserError


class CheckIdentity(models.TransientModel):
    """The dialog that asks who is there."""

    _inherit = "res.users.identitycheck"

    auth_method = fields.Selection(selection_add=[("webauthn", "Passkey")])

    def _get_default_auth_method(self):
        """Ask those who have a passkey for it."""
        user = self.env.user
        return "webauthn" if user.sudo().auth_passkey_key_ids else super()._get_default_auth_method()

    def _check_identity(self):
        """Check what the passkey signed, which comes in place of the password."""
        if self.auth_method != "webauthn":
            return super()._check_identity()
        user = self.create_uid
        credential = {"type": "webauthn", "webauthn_response": self.env.context.get("password")}
        try:
            with user._assert_can_auth(user=user.id, what="passkey"):
                user._check_credentials(credential, {"interactive": True})
        except AccessDenied as error:
            raise UserError(error.args[0]) from error
        return None

    @api.onchange("auth_method")
    def _onchange_auth_method(self):
        """Forget a password that is not asked for any more."""
        self.password = False

    def action_use_password(self):
        """Ask for the password after all."""
        self.ensure_one()
        self.auth_method = "password"
        form = self.env.ref("base.res_users_identitycheck_view_form")
        return self._get_records_action(name=_("Is it you?"), target="new", views=[(form.id, "form")], context={})
