"""Users with a second factor."""

import base64
import logging
import re

import pyotp

from odoo import _, api, fields, models
from odoo.addons.base.models.res_users import check_identity
from odoo.addons.base.models.res_users_identity import CLOSE, client_address
from odoo.exceptions import AccessDenied, AccessError, UserError
from odoo.fields import NO_ACCESS
from odoo.tools import SQL, sql

from .totp import DIGITS, TOTP, TOTP_SECRET_SIZE

_logger = logging.getLogger(__name__)

#: base32 has a character for five bits
SECRET_LENGTH = TOTP_SECRET_SIZE // 5


def read_code(text: str) -> int | None:
    """Return the number that somebody entered as a code, with blanks or not; ``None`` when it is no code."""
    digits = re.sub(r"\s", "", text) if isinstance(text, str) else ""
    return int(digits) if re.fullmatch(rf"[0-9]{{{DIGITS}}}", digits) else None


class Users(models.Model):
    """Users who enter a code after their password."""

    _inherit = "res.users"

    totp_secret = fields.Char(
        copy=False,
        groups=NO_ACCESS,
        compute="_compute_totp_secret",
        inverse="_inverse_totp_secret",
        help="What the codes are made from; it is not shown again.",
    )
    totp_last_counter = fields.Integer(
        "Last Code", copy=False, groups=NO_ACCESS, help="The time step of the last code: none counts twice."
    )
    totp_enabled = fields.Boolean(
        "Two-factor authentication", compute="_compute_totp_enabled", search="_totp_enable_search"
    )
    totp_trusted_device_ids = fields.One2many("auth_totp.device", "user_id", string="Trusted Devices")

    def init(self):
        """Add the column of secrets, which only the code here reads."""
        super().init()
        if not sql.column_exists(self.env.cr, self._table, "totp_secret"):
            sql.create_column(self.env.cr, self._table, "totp_secret", "varchar")

    @property
    def SELF_READABLE_FIELDS(self) -> list[str]:
        """Users see whether they have a second factor, and which devices they trust."""
        return [*super().SELF_READABLE_FIELDS, "totp_enabled", "totp_trusted_device_ids"]

    def _secrets(self) -> dict:
        """Return the secrets of those users who have one, by id."""
        self.env.flush_all()
        return dict(
            self.env.execute_query(
                SQL("SELECT id, totp_secret FROM res_users WHERE id = ANY(%s) AND totp_secret > ''", self.ids)
            )
        )

    def _compute_totp_secret(self):
        """Read the column."""
        secrets = self._secrets()
        for user in self:
            user.totp_secret = secrets.get(user.id, False)

    def _inverse_totp_secret(self):
        """Write the column; a new secret has new codes."""
        for user in self:
            self.env.cr.execute(
                SQL(
                    "UPDATE res_users SET totp_secret = %s, totp_last_counter = NULL WHERE id = %s",
                    user.totp_secret or None,
                    user.id,
                )
            )
        self.invalidate_recordset(["totp_enabled", "totp_last_counter"])

    @api.depends("totp_secret")
    def _compute_totp_enabled(self):
        """Users with a secret have to enter codes."""
        secrets = self.sudo()._secrets()
        for user in self:
            user.totp_enabled = user.id in secrets

    @api.model
    def _totp_enable_search(self, operator, value):
        """Search for users with or without a second factor."""
        if operator not in ("=", "!="):
            raise UserError(_("Whether there is a second factor is searched for with = and !=."))
        wanted = bool(value) == (operator == "=")
        query = SQL("(SELECT id FROM res_users WHERE totp_secret > '')")
        return [("id", "in" if wanted else "not in", query)]

    # logging in

    def _mfa_type(self):
        """Ask for a code, unless another module asks for something."""
        return super()._mfa_type() or ("totp" if self.totp_enabled else None)

    def _should_alert_new_device(self):
        """Users who have no second factor are told of logins from new devices."""
        return False if self._mfa_type() else super()._should_alert_new_device()

    def _rpc_api_keys_only(self):
        """Programs enter no codes: they present API keys."""
        self.ensure_one()
        return self.totp_enabled or super()._rpc_api_keys_only()

    def _get_session_token_fields(self):
        """Sessions end when the second factor changes."""
        return {*super()._get_session_token_fields(), "totp_secret"}

    def _totp_check(self, code):
        """Check a code of the user; it does not count again.

        :param code: the digits as a number
        :raise AccessDenied: when it is wrong or was used before
        :raise TooManyAttempts: after too many wrong ones, while the client has to wait
        """
        self.ensure_one()
        with self._assert_can_auth(user=self.id, what="code"):
            secret = self.sudo().totp_secret
            counter = TOTP(base64.b32decode(secret)).match(code) if secret and code is not None else None
            if counter is None:
                raise AccessDenied(_("The code is wrong: enter the one that your app shows now."))
            if not self._totp_use(counter):
                raise AccessDenied(_("This code was used before: wait for the next one."))
        _logger.info("Second factor of %s (#%d) given from %s", self.sudo().login, self.id, client_address())

    def _totp_use(self, counter) -> bool:
        """Note that the code of a time step was used; tell whether neither it nor a later one was before."""
        used = self.env.execute_query(
            SQL(
                "UPDATE res_users SET totp_last_counter = %(counter)s"
                " WHERE id = %(id)s AND coalesce(totp_last_counter, 0) < %(counter)s RETURNING id",
                counter=counter,
                id=self.id,
            )
        )
        self.invalidate_recordset(["totp_last_counter"])
        return bool(used)

    # switching it on and off

    def _totp_try_setting(self, secret, code) -> bool:
        """Switch codes on for the current user, when a code proves that the app has the secret.

        :param secret: in base32
        :param code: the digits as a number
        :return: whether it is on now
        """
        address = client_address()
        if self.totp_enabled or self != self.env.user:
            _logger.info("Second factor of %s (#%d) not switched on by #%d", self.login, self.id, self.env.uid)
            return False
        secret = re.sub(r"\s", "", secret).upper()
        with self._assert_can_auth(user=self.id, what="code"):
            counter = TOTP(base64.b32decode(secret)).match(code) if code is not None else None
            if counter is None:
                raise AccessDenied()
        self.sudo().totp_secret = secret
        self.env.flush_all()
        self._totp_use(counter)
        # the session goes on, all others of the user end
        self._refresh_session()
        _logger.info("Second factor of %s (#%d) switched on from %s", self.login, self.id, address)
        return True

    @check_identity
    def action_totp_enable_wizard(self):
        """Return the action that shows a new secret and asks for a code."""
        if self != self.env.user:
            raise UserError(_("Users switch on their second factor themselves."))
        if self.totp_enabled:
            raise UserError(_("You have a second factor already."))
        # only this method makes them: the secret is not one that somebody chose
        wizard = (
            self.env["auth_totp.wizard"]
            .sudo()
            .create({"user_id": self.id, "secret": pyotp.random_base32(SECRET_LENGTH)})
        )
        return {
            "type": "ir.actions.act_window",
            "target": "new",
            "res_model": "auth_totp.wizard",
            "name": _("Two-Factor Authentication"),
            "res_id": wizard.id,
            "views": [(False, "form")],
            "context": self.env.context,
        }

    @check_identity
    def action_totp_disable(self):
        """Switch codes off, for oneself or as an administrator for others.

        :raise AccessError: for others who are no administrators
        """
        if not (self == self.env.user or self.env.user._is_admin() or self.env.su):
            raise AccessError(_("Only administrators switch off the second factor of others."))
        users = self.filtered("totp_enabled")
        users._revoke_all_devices()
        users.sudo().totp_secret = False
        self.env.flush_all()
        author = self.env.user
        for user in users:
            _logger.warning(
                "Second factor of %s (#%d) switched off by %s (#%d) from %s",
                user.login,
                user.id,
                author.login,
                author.id,
                client_address(),
            )
        author._refresh_session()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning",
                "message": _("No codes are asked for any more: %s", ", ".join(users.mapped("name")) or _("nobody")),
                "next": dict(CLOSE),
            },
        }

    # trusted devices

    @check_identity
    def revoke_all_devices(self):
        """Trust none of one's own devices any more, or as an administrator none of others'.

        :raise AccessError: for others who are no administrators
        """
        if not (self == self.env.user or self.env.is_system()):
            raise AccessError(_("Only administrators end the trust in the devices of others."))
        self._revoke_all_devices()

    def _revoke_all_devices(self):
        """Trust none of the users' devices any more."""
        self.sudo().totp_trusted_device_ids._remove()

    def _set_password(self):
        """A new password ends the trust in devices."""
        super()._set_password()
        self._revoke_all_devices()
