"""Asking users for their password before sensitive changes, and changing passwords."""

import json
import time
from functools import wraps

from odoo import api, fields, models
from odoo.exceptions import AccessDenied, AccessError, TooManyAttempts, UserError
from odoo.http import request
from odoo.tools.translate import _

#: for how long (seconds) the password that was given counts
IDENTITY_VALIDITY = 10 * 60
#: key of the session: ``[database, uid, time]`` of when that was, and of whose password it was
CONFIRMED_AT = "identity-check-last"


#: actions that answer a dialog: load the client again, or go on with what was open before
RELOAD = {"type": "ir.actions.client", "tag": "reload"}
CLOSE = {"type": "ir.actions.act_window_close"}


def client_address() -> str:
    """Return the address that the current request comes from, for the log."""
    return request.httprequest.environ["REMOTE_ADDR"] if request else "n/a"


def is_own_session(env) -> bool:
    """Tell whether the session of the request is one of the acting user.

    Remote calls act as the user of their credentials, whoever the session of their cookie belongs to.
    """
    return bool(request) and (request.session.get("db"), request.session.get("uid")) == (env.cr.dbname, env.uid)


def _require_browser(env):
    """Check that there is somebody to ask.

    :raise UserError: outside of requests, and in a session that is not the acting user's
    """
    if not is_own_session(env):
        raise UserError(_("This needs a browser, to ask for the password."))


def _is_confirmed(env) -> bool:
    """Tell whether the acting user gave the password shortly before, in this session."""
    kept = request.session.get(CONFIRMED_AT)
    if not (isinstance(kept, list) and kept[:2] == [env.cr.dbname, env.uid]):
        return False
    return time.time() - kept[2] < IDENTITY_VALIDITY


def check_identity(fn):
    """Make a method without parameters ask for the password first, unless it was given shortly before.

    The method returns the action that asks; it is called again with the password checked.
    """

    @wraps(fn)
    def wrapped(self):
        _require_browser(self.env)
        if _is_confirmed(self.env):
            return fn(self)
        return self.env["res.users.identitycheck"].sudo()._ask_before(self, fn.__name__)

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

    @api.model
    def _ask_before(self, records, method_name: str) -> dict:
        """Return the action that asks for the password, and after that calls a method of ``records``."""
        context = {
            key: value for key, value in records.env.context.items() if isinstance(value, (str, int, bool, list))
        }
        call = context, records._name, records.ids, method_name
        dialog = self.create({"request": json.dumps(call)})
        form = self.env.ref("base.res_users_identitycheck_view_form")
        return dialog._get_records_action(name=_("Is it you?"), target="new", views=[(form.id, "form")], context={})

    def _check_identity(self):
        """Check the password.

        :raise UserError: when it is wrong
        """
        try:
            self.create_uid._confirm_password(self.env.context.get("password") or self.password)
        except TooManyAttempts as error:
            raise UserError(error.args[0]) from error
        except AccessDenied as error:
            raise UserError(_("The password is wrong.")) from error

    def run_check(self):
        """Check the password and call the method that asked for it."""
        _require_browser(self.env)
        self._check_identity()
        request.session[CONFIRMED_AT] = [self.env.cr.dbname, self.env.uid, time.time()]
        # nobody needs it any more
        self.password = False
        return self._method_to_call()()

    def _method_to_call(self):
        """Return the bound method that asked for the password.

        :raise AccessError: for a method that does not ask
        """
        context, model_name, ids, method_name = json.loads(self.sudo().request)
        records = self.env(context=context)[model_name].browse(ids)
        # what callers sent as defaults is no less theirs after the question
        self.env.transaction.note_sent(records.env)
        method = getattr(records, method_name)
        if not getattr(method, "__has_check_identity", False):
            raise AccessError(_("%s does not ask for the password.", method_name))
        return method


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
        lines = self.user_ids
        lines.change_password_button()
        return dict(RELOAD if self.env.user in lines.user_id else CLOSE)


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
        for line in self.filtered("new_passwd"):
            line.user_id._change_password(line.new_passwd)
        self.new_passwd = False


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
        user, password = self.env.user, self.new_password
        self.unlink()
        user._change_password(password)
        # the session goes on with the new password
        user._refresh_session()
        return dict(RELOAD)
