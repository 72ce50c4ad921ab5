"""API keys: secrets that programs present in place of a password."""

import logging
import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL, sql
from odoo.tools.passwords import password_hashing
from odoo.tools.translate import _

from .res_users_identity import CLOSE, check_identity, client_address

_logger = logging.getLogger("odoo.addons.base.models.res_users")

#: bytes of a key: not guessable, so that its hash may be quick to make
API_KEY_SIZE = 20
#: characters of the key by which its row is found
INDEX_SIZE = 8
KEY_CRYPT_CONTEXT = password_hashing(rounds=6000, plain=False)


def _dialog(model_name: str, title: str, **context) -> dict:
    """Return the action that opens a new record of a model in a dialog."""
    return {
        "type": "ir.actions.act_window",
        "name": title,
        "res_model": model_name,
        "views": [(False, "form")],
        "target": "new",
        "context": context,
    }


class APIKeysUser(models.Model):
    """Keys of a user."""

    _inherit = "res.users"

    api_key_ids = fields.One2many("res.users.apikeys", "user_id", string="API Keys")

    @check_identity
    def api_key_wizard(self):
        """Return the action that makes a key."""
        return _dialog("res.users.apikeys.description", _("New API Key"))


class APIKeys(models.Model):
    """A key. Its hash and the start of it are columns that no field reads."""

    _name = "res.users.apikeys"
    _description = "Users API Keys"
    _auto = False
    _allow_sudo_commands = False

    name = fields.Char("Description", required=True, readonly=True)
    user_id = fields.Many2one("res.users", index=True, required=True, readonly=True, ondelete="cascade")
    scope = fields.Char(readonly=True)
    create_date = fields.Datetime("Creation Date", readonly=True)
    expiration_date = fields.Datetime("Expiration Date", readonly=True)

    def init(self):
        """Create the table."""
        table = SQL.identifier(self._table)
        self.env.cr.execute(
            SQL(
                """CREATE TABLE IF NOT EXISTS %s (
                   id serial PRIMARY KEY,
                   name varchar NOT NULL,
                   user_id integer NOT NULL REFERENCES res_users(id) ON DELETE CASCADE,
                   scope varchar,
                   expiration_date timestamp without time zone,
                   index varchar(%s) NOT NULL CHECK (char_length(index) = %s),
                   key varchar NOT NULL,
                   create_date timestamp without time zone DEFAULT (now() AT TIME ZONE 'UTC')
               )""",
                table,
                INDEX_SIZE,
                INDEX_SIZE,
            )
        )
        sql.create_index(self.env.cr, "res_users_apikeys_user_id_index_idx", self._table, ["user_id", "index"])

    @check_identity
    def remove(self):
        """Delete the keys."""
        return self._remove()

    def _remove(self):
        """Delete the keys, own ones or any by administrators.

        :raise AccessError: for other users
        """
        if not self:
            return dict(CLOSE)
        if not (self.env.is_system() or self.mapped("user_id") == self.env.user):
            raise AccessError(_("Users delete their own API keys only."))
        for key in self:
            _logger.info(
                "API key %r (#%d) of user #%d deleted by #%d from %s",
                key.name,
                key.id,
                key.user_id.id,
                self.env.uid,
                client_address(),
            )
        self.sudo().unlink()
        return dict(CLOSE)

    def _check_credentials(self, *, scope, key):
        """Return the id of the user whom a key is of, ``None`` when it is of nobody or not valid for ``scope``."""
        if not scope or not key:
            raise ValueError("an API key is checked for a scope")
        self.env.cr.execute(
            SQL(
                """SELECT k.user_id, k.key FROM res_users_apikeys k JOIN res_users u ON u.id = k.user_id
                WHERE u.active AND k.index = %s AND (k.scope IS NULL OR k.scope = %s)
                  AND (k.expiration_date IS NULL OR k.expiration_date >= now() AT TIME ZONE 'UTC')""",
                key[:INDEX_SIZE],
                scope,
            )
        )
        for user_id, hashed in self.env.cr.fetchall():
            if KEY_CRYPT_CONTEXT.verify(key, hashed):
                return user_id
        return None

    def _valid_hashes(self, user_id, key) -> list:
        """Return what there is of a user's keys that begin like ``key`` and are valid now, whatever their scope."""
        self.env.cr.execute(
            SQL(
                """SELECT id, scope, key FROM res_users_apikeys
                WHERE user_id = %s AND index = %s
                  AND (expiration_date IS NULL OR expiration_date >= now() AT TIME ZONE 'UTC')
             ORDER BY id""",
                user_id,
                key[:INDEX_SIZE],
            )
        )
        return self.env.cr.fetchall()

    def _check_expiration_date(self, date):
        """Check that keys of the current user may be valid until ``date``.

        :raise UserError: when not
        """
        if self.env.is_system():
            return
        if not date:
            raise UserError(_("The API key needs an end."))
        longest = max(self.env.user.groups_id.mapped("api_key_duration"), default=0) or 1.0
        if date > fields.Datetime.now() + timedelta(days=longest):
            raise UserError(_("Your API keys are valid for at most %s days.", longest))

    def _generate(self, scope, name, expiration_date):
        """Make a key for the current user.

        :param scope: what it is for, ``None`` for everything
        :return: the key, which is not kept
        """
        self._check_expiration_date(expiration_date)
        key = secrets.token_hex(API_KEY_SIZE)
        row = {
            "user_id": self.env.uid,
            "name": name,
            "scope": scope,
            "index": key[:INDEX_SIZE],
            "key": KEY_CRYPT_CONTEXT.hash(key),
            "expiration_date": expiration_date or None,
        }
        columns = SQL(", ").join(map(SQL.identifier, row))
        self.env.cr.execute(
            SQL("INSERT INTO %s (%s) VALUES %s", SQL.identifier(self._table), columns, tuple(row.values()))
        )
        _logger.info("API key %r for scope %s made by #%d from %s", name, scope, self.env.uid, client_address())
        return key

    @api.autovacuum
    def _gc_user_apikeys(self):
        """Delete keys that ended."""
        self.env.cr.execute(
            "DELETE FROM res_users_apikeys WHERE expiration_date < now() AT TIME ZONE 'UTC'",
        )
        _logger.info("%d API keys ended", self.env.cr.rowcount)


class APIKeyDescription(models.TransientModel):
    """The dialog that asks what a new key is for."""

    _name = "res.users.apikeys.description"
    _description = "API Key Description"

    def _selection_duration(self):
        """Return the durations that the user may choose."""
        durations = [
            ("1", _("1 Day")),
            ("7", _("1 Week")),
            ("30", _("1 Month")),
            ("90", _("3 Months")),
            ("180", _("6 Months")),
            ("365", _("1 Year")),
        ]
        custom = ("-1", _("Custom Date"))
        if self.env.is_system():
            return [*durations, ("0", _("Persistent Key")), custom]
        longest = max(self.env.user.groups_id.mapped("api_key_duration"), default=0) or 1.0
        return [*(pair for pair in durations if int(pair[0]) <= longest), custom]

    name = fields.Char("Description", required=True)
    duration = fields.Selection(
        selection="_selection_duration",
        required=True,
        default=lambda self: self._selection_duration()[0][0],
    )
    expiration_date = fields.Datetime(
        "Expiration Date",
        compute="_compute_expiration_date",
        store=True,
        readonly=False,
    )

    @api.depends("duration")
    def _compute_expiration_date(self):
        """Add the duration to the present."""
        for wizard in self:
            days = int(wizard.duration or 0)
            if days >= 0:
                wizard.expiration_date = days and fields.Datetime.now() + timedelta(days=days)

    @api.onchange("expiration_date")
    def _onchange_expiration_date(self):
        """Warn when the date is too late."""
        try:
            self.env["res.users.apikeys"]._check_expiration_date(self.expiration_date)
        except UserError as error:
            return {
                "warning": {
                    "type": "notification",
                    "title": _("The API key cannot be that long valid"),
                    "message": str(error),
                }
            }
        return None

    @api.model_create_multi
    def create(self, vals_list):
        """Check the end of the keys."""
        wizards = super().create(vals_list)
        keys = self.env["res.users.apikeys"]
        for end in set(wizards.mapped("expiration_date")):
            keys._check_expiration_date(end)
        return wizards

    @check_identity
    def make_key(self):
        """Make the key and return the action that shows it, this once."""
        self.check_access_make_key()
        [wanted] = self.sudo()
        key = self.env["res.users.apikeys"]._generate(None, wanted.name, wanted.expiration_date)
        wanted.unlink()
        return _dialog("res.users.apikeys.show", _("Your New Key"), default_key=key)

    def check_access_make_key(self):
        """Check that the user may have keys.

        :raise AccessError: for others than internal users
        """
        if not self.env.user._is_internal():
            raise AccessError(_("Only internal users have API keys."))


class APIKeyShow(models.AbstractModel):
    """The dialog that shows a new key: its value is never stored."""

    _name = "res.users.apikeys.show"
    _description = "Show API Key"

    # the form of an abstract model needs an id to work
    id = fields.Id()
    key = fields.Char(readonly=True)
