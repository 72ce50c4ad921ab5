"""Who may log in as a user: passwords, sessions and their tokens, and waiting after failures."""

import contextlib
import hmac
import logging
from datetime import datetime, timedelta
from hashlib import sha256

import pytz

from odoo import SUPERUSER_ID, api, models
from odoo.exceptions import AccessDenied, UserError
from odoo.http import request
from odoo.modules.registry import Registry
from odoo.tools import SQL, ormcache, sql
from odoo.tools.passwords import SCHEMES, password_hashing
from odoo.tools.translate import _

from .login_failures import LoginFailures, client_network
from .res_users_identity import RELOAD, check_identity, client_address

_logger = logging.getLogger("odoo.addons.base.models.res_users")

#: rounds of the password hash, at least
MIN_ROUNDS = 600_000
#: longest login, in characters
MAX_LOGIN = 256
#: an address may fail as often as so many of its users may
USERS_OF_ADDRESS = 2


class UsersLogin(models.Model):
    """Authentication."""

    _inherit = "res.users"

    def init(self):
        """Add the column of password hashes, which no field reads, and hash what is not."""
        cr = self.env.cr
        if not sql.column_exists(cr, self._table, "password"):
            sql.create_column(cr, self._table, "password", "varchar")
        cr.execute(r"SELECT id, password FROM res_users WHERE password !~ '^\$[^$]+\$[^$]+\$.'")
        for uid, password in cr.fetchall():
            self.browse(uid)._set_encrypted_password(uid, self._crypt_context().hash(password))

    # passwords

    def _crypt_context(self):
        """Return the hashing of passwords: slow on purpose, and able to tell hashes that are too weak.

        The system parameters `password.hashing.scheme` (or `argon2`) and `password.hashing.rounds` choose it.
        """
        get_param = self.env["ir.config_parameter"].sudo().get_param
        scheme = get_param("password.hashing.scheme") or SCHEMES[0]
        return password_hashing(scheme, max(MIN_ROUNDS, int(get_param("password.hashing.rounds", 0))))

    def _set_encrypted_password(self, uid, pw):
        """Store a password hash.

        :raise AssertionError: when ``pw`` is not a hash
        """
        if self._crypt_context().identify(pw) == "plaintext":
            raise AssertionError("a password is stored as a hash only")
        self.browse(uid)._store_hash(pw)

    def _store_hash(self, hashed: str | None):
        """Fill the column that no field reads; without a hash, the users cannot log in by password."""
        self.env.cr.execute(SQL("UPDATE res_users SET password = %s WHERE id = ANY(%s)", hashed, self.ids))
        self.invalidate_recordset(["password"])

    def _compute_password(self):
        """Passwords are not readable."""
        for user in self:
            user.password = ""
            user.new_password = ""

    def _set_password(self):
        """Store the hashes of given passwords."""
        crypt = self._crypt_context()
        for user in self:
            if user.password:
                self._set_encrypted_password(user.id, crypt.hash(user.password))
            else:
                user._store_hash(None)

    def _set_new_password(self):
        """Set the passwords given in the user form; who was given none keeps the present one."""
        given = self.filtered("new_password")
        if self.env.user in given:
            raise UserError(_("Change your own password in your preferences, so that you know what you entered."))
        for user in given:
            # both fields are computed by one method: an assignment would not reach the inverse of the other
            user.write({"password": user.new_password})

    @api.model
    def change_password(self, old_passwd, new_passwd):
        """Change the password of the current user.

        :return: ``True``
        :raise AccessDenied: when ``old_passwd`` is wrong
        :raise UserError: when the new password is empty
        """
        user = self.env.user
        user._confirm_password(old_passwd)
        user._change_password(new_passwd)
        return True

    def _confirm_password(self, password, interactive=True) -> dict:
        """Check the password of the current user, and return what :meth:`_check_credentials` returns.

        :raise AccessDenied: when it is wrong
        """
        if not password:
            raise AccessDenied()
        credential = {"login": self.env.user.sudo().login, "password": password, "type": "password"}
        return self._check_credentials(credential, {"interactive": interactive})

    def _change_password(self, new_passwd):
        """Set the password of the user.

        :raise UserError: when it is empty
        """
        password = (new_passwd or "").strip()
        if not password:
            raise UserError(_("An empty password is not accepted."))
        self.password = password
        author, address = self.env.user, client_address()
        _logger.info(
            "%s (%s) set the password of %s (%s) from %s", author.login, author.id, self.login, self.id, address
        )

    def _check_credentials(self, credential, user_agent_env):
        """Check what somebody who wants to log in as the user presents; extended by other modules.

        :param credential: dict with ``login``, ``type`` and, for the type ``password``, that
        :param user_agent_env: what is known of the client; ``interactive`` tells that somebody sits in front of it
        :return: dict with ``uid``, ``auth_method`` and ``mfa``: whether a second factor is ``default`` or ``skip``
        :raise AccessDenied: when it is wrong
        """
        if not (credential["type"] == "password" and credential.get("password")):
            raise AccessDenied()
        user, secret = self.env.user, credential["password"]
        interactive = (user_agent_env or {}).get("interactive", True)
        if (interactive or not user._rpc_api_keys_only()) and user._is_password(secret):
            return {"uid": user.id, "auth_method": "password", "mfa": "default"}
        if not interactive:
            # programs may present an API key in place of the password
            uid = self.env["res.users.apikeys"]._check_credentials(scope="rpc", key=secret)
            if uid == self.env.uid:
                return {"uid": uid, "auth_method": "apikey", "mfa": "default"}
        raise AccessDenied()

    def _is_password(self, secret: str) -> bool:
        """Tell whether a text is the user's password; a hash that became too weak is replaced by the way."""
        [[stored]] = self.env.execute_query(SQL("SELECT password FROM res_users WHERE id = %s", self.id))
        right, stronger = self._crypt_context().verify_and_update(secret, stored or "")
        if stronger:
            self._set_encrypted_password(self.id, stronger)
            # the session was opened with the former hash
            self._refresh_session()
        return right

    def _rpc_api_keys_only(self):
        """Tell whether programs have to present API keys; extended by other modules."""
        return False

    # logging in

    @api.model
    def _get_login_domain(self, login):
        """Return the domain that finds the user of a login."""
        return [("login", "=", login)]

    @api.model
    def _get_email_domain(self, email):
        """Return the domain that finds the user of an e-mail address."""
        return [("email", "=", email)]

    @api.model
    def _get_login_order(self):
        """Return the order in which users with the same login are tried."""
        return self._order

    @classmethod
    def _login(cls, db, credential, user_agent_env):
        """Find the user for credentials and check them.

        :return: what :meth:`_check_credentials` returns
        :raise AccessDenied: when they are wrong
        """
        address = client_address()
        login = credential.get("login")
        if not isinstance(login, str) or len(login) > MAX_LOGIN:
            _logger.info("Login failed from %s: the login is no text of at most %d characters", address, MAX_LOGIN)
            raise AccessDenied()
        outcome = "failed"
        try:
            with Registry(db).cursor() as cr:
                users = api.Environment(cr, SUPERUSER_ID, {})[cls._name]
                auth_info = users._login_with(credential, user_agent_env)
            outcome = "successful"
        finally:
            _logger.info("Login %s for login:%s from %s", outcome, login, address)
        return auth_info

    def _login_with(self, credential, user_agent_env):
        """Do the work of :meth:`_login` in a transaction of its own."""
        with self._assert_can_auth(user=credential["login"]):
            domain, order = self._get_login_domain(credential["login"]), self._get_login_order()
            found = self.search(domain, order=order, limit=1)
            if not found:
                # take as long as for a user who exists
                self._crypt_context().dummy_verify()
                raise AccessDenied()
            user = found.with_user(found).sudo(False)
            auth_info = user._check_credentials(credential, user_agent_env)
            user._adopt_time_zone()
            user._update_last_login()
            return auth_info

    def _adopt_time_zone(self):
        """Take the time zone of the browser, which knows better than nobody."""
        zone = request.httprequest.cookies.get("tz") if request else None
        if zone in pytz.all_timezones and not (self.tz and self.login_date):
            self.tz = zone

    @classmethod
    def authenticate(cls, db, credential, user_agent_env):
        """Check credentials and return what :meth:`_check_credentials` returns, with ``uid``.

        The address an administrator logs in at becomes the base of links.

        :raise AccessDenied: when they are wrong
        """
        auth_info = cls._login(db, credential, user_agent_env=user_agent_env)
        address = (user_agent_env or {}).get("base_location")
        if address:
            with Registry(db).cursor() as cr:
                api.Environment(cr, auth_info["uid"], {}).user._begin_links_with(address)
        return auth_info

    def _begin_links_with(self, address: str):
        """Make ``address`` the base of links, if the user is an administrator and nobody froze it."""
        parameters = self.env["ir.config_parameter"]
        if self.has_group("base.group_system") and not parameters.get_param("web.base.url.freeze"):
            parameters.set_param("web.base.url", address)

    @classmethod
    def check(cls, db, uid, passwd):
        """Check a user's password or API key for a remote call; that a right one is right is remembered.

        :raise AccessDenied: when it is wrong or the user may not log in
        """
        if not (uid and passwd):
            # an empty password is no password, and 0 is nobody
            raise AccessDenied()
        with Registry(db).cursor() as cr:
            user = api.Environment(cr, uid, {})[cls._name].browse(uid)
            user._assert_no_cooldown(uid)
            user._check_remote(user._digest_of_secret(passwd), passwd)

    def _digest_of_secret(self, passwd) -> bytes:
        """Return a digest of a password or key and of all that makes it valid: it is another one once that changes."""
        valid_keys = self.env["res.users.apikeys"]._valid_hashes(self.id, passwd)
        state = repr((self.id, self._fetch_session_token_values(), valid_keys))
        return hmac.digest(state.encode(), passwd.encode(), "sha256")

    @ormcache("digest")
    def _check_remote(self, digest, passwd):
        """Check a password or key with ``digest``, which stands for it in the cache.

        :raise AccessDenied: when it is wrong or the user may not log in
        """
        with self._assert_can_auth(user=self.id):
            if not self.sudo().exists().active:
                raise AccessDenied()
            self._confirm_password(passwd, interactive=False)

    @api.model
    def _update_last_login(self):
        """Note the login of the current user."""
        self.env["res.users.log"].sudo().create({})

    @contextlib.contextmanager
    def _assert_can_auth(self, user=None):
        """Count failed logins inside of the block, and refuse further ones for a while after too many.

        They are counted by the server process: for the client's address and ``user``, and for the address.

        :raise AccessDenied: while the client has to wait
        """
        self._assert_no_cooldown(user)
        try:
            yield
        except AccessDenied:
            if request:
                self._login_failures().add(self._login_source(user), self._login_limits()[1])
            raise
        if request:
            self._login_failures().discard(self._login_source(user))

    def _assert_no_cooldown(self, user=None):
        """Refuse clients that failed too often for ``user``, or for any users.

        :raise AccessDenied: while the client has to wait
        """
        if not request:
            return
        source = self._login_source(user)
        # in an office more than one may have forgotten the password
        for counted, users in ((source, 1), ((source[0], None), USERS_OF_ADDRESS)):
            count, moment = self._login_failures().get(counted)
            if self._on_login_cooldown(count // users, moment):
                _logger.warning(
                    "login of %s on %s is not even tried: %s failed %d times",
                    source,
                    self.env.cr.dbname,
                    counted,
                    count,
                )
                raise AccessDenied(_("Too many failed logins: wait a moment, then try again."))

    def _login_failures(self) -> LoginFailures:
        """Return the process's table of failed logins of this database."""
        return self.pool.__dict__.setdefault("_login_failures", LoginFailures())

    @staticmethod
    def _login_source(user) -> tuple:
        """Return whose failures are counted together when the client tries to be ``user``."""
        return client_network(request.httprequest.remote_addr), user

    def _login_limits(self) -> tuple:
        """Return how many failures are allowed, 0 for any number, and how long to wait after them."""
        parameter = self.env["ir.config_parameter"].sudo().get_param
        wait = timedelta(seconds=int(parameter("base.login_cooldown_duration", 60)))
        return int(parameter("base.login_cooldown_after", 5)), wait

    def _on_login_cooldown(self, failures, previous):
        """Tell whether a client with so many failures, counted at ``previous``, has to wait."""
        allowed, wait = self._login_limits()
        return 0 < allowed <= failures and datetime.now() - previous < wait

    # sessions

    def _get_session_token_fields(self):
        """Return the columns that a session is valid with: when one of them changes, the user has to log in again."""
        return {"id", "login", "password", "active"}

    def _get_session_token_query_params(self):
        """Return the parts of the query for :meth:`_session_token_get_values`; extended by other modules."""
        names = sorted(self._get_session_token_fields())
        return {
            "select": SQL(
                "(SELECT value FROM ir_config_parameter WHERE key = 'database.secret'), %s",
                SQL(", ").join(SQL.identifier(self._table, name) for name in names),
            ),
            "from": SQL.identifier(self._table),
            "joins": SQL(""),
            "where": SQL("%s = %s", SQL.identifier(self._table, "id"), self.id),
            "group_by": SQL.identifier(self._table, "id"),
        }

    def _fetch_session_token_values(self):
        """Return the values that the token of a session is made of, ``None`` when there is no such user."""
        parts = self._get_session_token_query_params()
        self.env.cr.execute(
            SQL(
                "SELECT %(select)s FROM %(from)s %(joins)s WHERE %(where)s GROUP BY %(group_by)s",
                **parts,
            )
        )
        return self.env.cr.fetchone()

    def _session_token_get_values(self):
        """Return the values that the token of a session is made of, ``False`` when there is no such user."""
        values = self._fetch_session_token_values()
        if values is None:
            self.env.registry.clear_cache()
            return False
        return tuple(values)

    @ormcache("self.id", "sid")
    def _compute_session_token(self, sid):
        """Return the token that a session of the user has to have, ``False`` when it cannot be valid."""
        values = self._session_token_get_values()
        if not values:
            return False
        key = repr(values).encode()
        return hmac.new(key, sid.encode(), sha256).hexdigest()

    def _refresh_session(self):
        """Give the current session a token that fits the user's present password."""
        if request and getattr(request.session, "uid", None) == self.id:
            self.env.flush_all()
            self.env.registry.clear_cache()
            request.session.session_token = self._compute_session_token(request.session.sid)

    @check_identity
    def preference_change_password(self):
        """Return the action that asks for a new password."""
        return {
            "type": "ir.actions.act_window",
            "target": "new",
            "res_model": "change.password.own",
            "view_mode": "form",
        }

    @check_identity
    def action_revoke_all_devices(self):
        """End the user's other sessions."""
        return self._action_revoke_all_devices()

    def _action_revoke_all_devices(self):
        """End the sessions of all of the user's devices but the present one."""
        others = self.device_ids.filtered(lambda device: not device.is_current)
        others._revoke()
        return dict(RELOAD)

    # second factor: the doors that other modules fill in

    def _mfa_type(self):
        """Return the kind of second factor the user needs, if any."""
        return

    def _mfa_url(self):
        """Return the address where the user gives the second factor, if any."""
        mfa_type = self._mfa_type()
        return (mfa_type and f"/web/login/{mfa_type}") or None

    def _should_alert_new_device(self):
        """Tell whether the user is told of logins from new devices."""
        return False
