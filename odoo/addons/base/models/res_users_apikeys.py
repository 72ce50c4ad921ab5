"""API keys: secrets that programs present in place of a password."""

import logging
import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL, sql
from odoo.tools.passwords import password_hashing
from odoo.tools.translate import _

from .apart import work_apart
from .res_users_identity import CLOSE, check_identity, client_address

_logger = logging.getLogger("odoo.addons.base.models.res_users")

#: bytes of a key: not guessable, so that its hash may be quick to make
API_KEY_SIZE = 20
#: characters of the key by which its row is found
INDEX_SIZE = 8
#: the use of a key is noted once in such a time
USE_INTERVAL = timedelta(minutes=5)
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
    read_only = fields.Boolean("Reads Only", readonly=True, help="With this key, nothing can be changed.")
    last_use_date = fields.Datetime("Last Use", readonly=True, help="Noted every few minutes.")

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
        for name, type_ in (("read_only", "bool"), ("last_use_date", "timestamp")):
            if not sql.column_exists(self.env.cr, self._table, name):
                sql.create_column(self.env.cr, self._table, name, type_)
        sql.create_index(self.env.cr, f"{self._table}_user_id_index_idx", self._table, ["user_id", "index"])

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
                "%s %r (#%d) of user #%d deleted by #%d from %s",
                self._description,
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
        return self._check_credentials_for_uid(scope=scope, key=key, uid=None)

    def _check_credentials_for_uid(self, *, scope, key, uid):
        """Return the id of the user whom a key is of; ``None`` when it is not valid, or not one of user ``uid``.

        :param uid: ``None`` for a key of any user
        :raise ValueError: without a scope or a key
        """
        found = self._find_key(scope=scope, key=key, uid=uid)
        return found and found["user_id"]

    def _find_key(self, *, scope, key, uid=None) -> dict | None:
        """Return what is known of a valid key, see :meth:`_valid_query`, and note that it is used.

        :param uid: the user whose key it has to be, ``None`` for a key of any user
        :return: ``None`` when it is of nobody or not valid for ``scope``
        :raise ValueError: without a scope or a key
        """
        if not scope or not key:
            raise ValueError("an API key is checked for a scope")
        self.env.cr.execute(self._valid_query(scope, key, uid))
        rows = self.env.cr.dictfetchall()
        found = next((row for row in rows if KEY_CRYPT_CONTEXT.verify(key, row["key"])), None)
        if found:
            self._note_use(found)
        return found

    def _valid_query(self, scope, key, uid=None) -> SQL:
        """Return the query of the keys that begin like ``key`` and are valid for ``scope`` now.

        Its rows have ``id``, ``user_id``, ``key`` (the hash), ``read_only``, and in ``unnoted`` whether the last use
        that was noted is some time ago.

        :param uid: the user whose keys they are, ``None`` for keys of all users
        """
        now = SQL("clock_timestamp() AT TIME ZONE 'UTC'")
        return SQL(
            """SELECT k.id, k.user_id, k.key, k.read_only,
                      k.last_use_date IS NULL OR k.last_use_date < %(now)s - %(interval)s AS unnoted
                 FROM %(table)s k JOIN res_users u ON u.id = k.user_id
                WHERE u.active AND k.index = %(index)s AND (k.scope IS NULL OR k.scope = %(scope)s) %(of_user)s
                  AND (k.expiration_date IS NULL OR k.expiration_date >= %(now)s)
             ORDER BY k.id""",
            now=now,
            interval=USE_INTERVAL,
            table=SQL.identifier(self._table),
            index=key[:INDEX_SIZE],
            scope=scope,
            of_user=SQL("") if uid is None else SQL("AND u.id = %s", uid),
        )

    def _note_use(self, row):
        """Note that a key is used, if that is some time ago; apart, as the caller may only read."""
        if not row["unnoted"]:
            return
        with work_apart(self.env) as cr:
            cr.execute(
                SQL(
                    "UPDATE %s SET last_use_date = clock_timestamp() AT TIME ZONE 'UTC' WHERE id = %s",
                    SQL.identifier(self._table),
                    row["id"],
                )
            )

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

    def _generate(self, scope, name, expiration_date, read_only=False):
        """Make a key for the current user.

        :param scope: what it is for, ``None`` for everything
        :param read_only: with it, nothing can be changed
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
            "read_only": read_only,
        }
        columns = SQL(", ").join(map(SQL.identifier, row))
        self.env.cr.execute(
            SQL("INSERT INTO %s (%s) VALUES %s", SQL.identifier(self._table), columns, tuple(row.values()))
        )
        author, address = self.env.uid, client_address()
        _logger.info("%s %r for scope %s made by #%d from %s", self._description, name, scope, author, address)
        return key

    @api.autovacuum
    def _gc_user_apikeys(self):
        """Delete keys that ended."""
        table = SQL.identifier(self._table)
        self.env.cr.execute(SQL("DELETE FROM %s WHERE expiration_date < now() AT TIME ZONE 'UTC'", table))
        _logger.info("%s: %d ended", self._description, self.env.cr.rowcount)


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
    read_only = fields.Boolean("Reads Only", help="With the key, nothing can be changed.")
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
        key = self.env["res.users.apikeys"]._generate(
            None, wanted.name, wanted.expiration_date, read_only=wanted.read_only
        )
        wanted.unlink()
        return _dialog("res.users.apikeys.show", _("Your New Key"), default_key=key)

    @api.private
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
