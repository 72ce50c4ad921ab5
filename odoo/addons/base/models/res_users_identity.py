"""Asking users for their password before sensitive changes, and changing passwords."""

import json
import time
from functools import wraps

from odoo import api, fields, models
from odoo.exceptions import AccessDenied, AccessError, UserError
from odoo.http import request
from odoo.tools.translate import _

#: for how long (seconds) the password that was given counts
IDENTITY_VALIDITY = 10 * 60


def check_identity(fn):
    """Make a method without parameters ask for the password first, unless it was given shortly before.

    The method returns the action that asks; it is called again with the password checked.
    """

    @wraps(fn)
    def wrapped(self):
        if not request:
            raise UserError(_("This needs a browser, to ask for the password."))
        if request.session.get("identity-check-last", 0) > time.time() - IDENTITY_VALIDITY:
            return fn(self)
        wizard = (
            self.sudo()
            .env["res.users.identitycheck"]
            .create(
                {
                    "request": json.dumps(
                        [
                            {
                                key: value
                                for key, value in self.env.context.items()
                                if isinstance(value, (str, int, bool, list))
                            },
                            self._name,
                            self.ids,
                            fn.__name__,
                        ]
                    ),
                }
            )
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": "res.users.identitycheck",
            "res_id": wizard.id,
            "name": _("Is it you?"),
            "target": "new",
            "views": [(self.env.ref("base.res_users_identitycheck_view_form").id, "form")],
        }

    wrapped.__has_check_identity = True
    return wrapped


class CheckIdentity(models.TransientModel):
    """The dialog that asks for the password, and what to do afterwards."""

    _name = "res.users.identitycheck"
    _description = "Password Check Wizard"

    request = fields.Char(readonly=True, groups=fields.NO_ACCESS)
    auth_method = fields.Selection([("password", "Password")], default=lambda self: self._get_default_auth_method())
    password = fields.Char()

    def _get_default_auth_method(self):
        """Return how the user is asked."""
        return "password"

    def _check_identity(self):
        """Check the password.

        :raise UserError: when it is wrong
        """
        try:
            credential = {
                "login": self.env.user.login,
                "password": self.env.context.get("password") or self.password,
                "type": "password",
            }
            self.create_uid._check_credentials(credential, {"interactive": True})
        except AccessDenied as error:
            raise UserError(_("The password is wrong.")) from error

    def run_check(self):
        """Check the password and call the method that asked for it."""
        if not request:
            raise UserError(_("This needs a browser, to ask for the password."))
        self._check_identity()
        self.password = False
        request.session["identity-check-last"] = time.time()
        context, model_name, ids, method_name = json.loads(self.sudo().request)
        method = getattr(self.env(context=context)[model_name].browse(ids), method_name)
        if not getattr(method, "__has_check_identity", False):
            raise AccessError(_("%s does not ask for the password.", method_name))
        return method()


class ChangePasswordWizard(models.TransientModel):
    """The dialog in which administrators set passwords."""

    _name = "change.password.wizard"
    _description = "Change Password Wizard"
    _transient_max_hours = 0.2

    def _default_user_ids(self):
        """Return lines for the selected users."""
        ids = []
        if self.env.context.get("active_model") == "res.users":
            ids = self.env.context.get("active_ids") or []
        return [(0, 0, {"user_id": user.id, "user_login": user.login}) for user in self.env["res.users"].browse(ids)]

    user_ids = fields.One2many("change.password.user", "wizard_id", string="Users", default=_default_user_ids)

    def change_password_button(self):
        """Set the passwords; who changes their own one goes on with it."""
        self.ensure_one()
        self.user_ids.change_password_button()
        if self.env.user in self.user_ids.user_id:
            return {"type": "ir.actions.client", "tag": "reload"}
        return {"type": "ir.actions.act_window_close"}


class ChangePasswordUser(models.TransientModel):
    """A user whose password is set."""

    _name = "change.password.user"
    _description = "User, Change Password Wizard"

    wizard_id = fields.Many2one("change.password.wizard", string="Wizard", required=True, ondelete="cascade")
    user_id = fields.Many2one("res.users", string="User", required=True, ondelete="cascade")
    user_login = fields.Char(string="User Login", readonly=True)
    new_passwd = fields.Char(string="New Password", default="")

    def change_password_button(self):
        """Set the passwords that are given, and forget them here."""
        for line in self:
            if line.new_passwd:
                line.user_id._change_password(line.new_passwd)
        self.write({"new_passwd": False})


class ChangePasswordOwn(models.TransientModel):
    """The dialog in which users change their password."""

    _name = "change.password.own"
    _description = "User, change own password wizard"
    _transient_max_hours = 0.1

    new_password = fields.Char(string="New Password")
    confirm_password = fields.Char(string="New Password (Confirmation)")

    @api.constrains("new_password", "confirm_password")
    def _check_password_confirmation(self):
        """Refuse passwords that differ."""
        if self.confirm_password != self.new_password:
            raise UserError(_("The new password and its confirmation differ."))

    @check_identity
    def change_password(self):
        """Set the password and forget it here."""
        self.env.user._change_password(self.new_password)
        self.unlink()
        # the session goes on with the new password
        self.env.user._refresh_session()
        return {"type": "ir.actions.client", "tag": "reload"}
