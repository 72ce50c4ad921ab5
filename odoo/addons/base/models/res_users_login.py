"""Who may log in as a user: passwords, sessions and their tokens, and waiting after failures."""

import contextlib
import hmac
import logging
from hashlib import sha256
from urllib.parse import urlsplit

import pytz

from odoo import SUPERUSER_ID, api, models
from odoo.exceptions import AccessDenied, TooManyAttempts, UserError
from odoo.http import request
from odoo.modules.registry import Registry
from odoo.tools import SQL, config, ormcache, sql
from odoo.tools.own_host import is_loopback, is_own_host
from odoo.tools.passwords import SCHEMES, password_hashing
from odoo.tools.translate import _

from .res_users_apikeys import KEY_CRYPT_CONTEXT
from .res_users_identity import RELOAD, check_identity, client_address
from .res_users_login_failure import ANY, KEYS

_logger = logging.getLogger("odoo.addons.base.models.res_users")

#: rounds of the password hash, at least
MIN_ROUNDS = 600_000
#: what remote calls try, which name a user by id: counted apart, or the pause of a login would tell which id it has
BY_ID = "password by id"
#: longest login, in characters
MAX_LOGIN = 256


def _host_of(url: str | None) -> str | None:
    """Return the host of an address, if it has one."""
    try:
        return urlsplit(url or "").hostname
    except ValueError:
        return None


def _is_told_by_proxy():
    """Tell whether the host of the request is the one that a trusted reverse proxy names."""
    return bool(request and config["proxy_mode"] and request.httprequest.environ.get("HTTP_X_FORWARDED_HOST"))


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
        # all other sessions end, this one has just proved whose it is
        user._refresh_session()
        return True

    def _confirm_password(self, password) -> dict:
        """Check the password of the current user, and return what :meth:`_check_credentials` returns.

        :raise AccessDenied: when it is wrong
        """
        if not password:
            raise AccessDenied()
        credential = {"login": self.env.user.sudo().login, "password": password, "type": "password"}
        with self._assert_can_auth(user=self.env.uid):
            return self._check_credentials(credential, {"interactive": True})

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
            self._refuse_as_slowly()
        user, secret = self.env.user, credential["password"]
        interactive = (user_agent_env or {}).get("interactive", True)
        if not interactive:
            # programs may present an API key in place of the password
            uid = self.env["res.users.apikeys"]._check_credentials(scope="rpc", key=secret)
            if uid == self.env.uid:
                return {"uid": uid, "auth_method": "apikey", "mfa": "default"}
            if user._rpc_api_keys_only():
                self._refuse_as_slowly()
        if user._is_password(secret):
            return {"uid": user.id, "auth_method": "password", "mfa": "default"}
        raise AccessDenied()

    @api.model
    def _refuse_as_slowly(self):
        """Refuse without a look at a password, as late as after one: the time tells nobody which it was.

        :raise AccessDenied: always
        """
        self._crypt_context().dummy_verify()
        raise AccessDenied()

    def _is_password(self, secret: str) -> bool:
        """Tell whether a text is the user's password; a hash that became too weak is replaced by the way.

        :raise AccessDenied: there is none
        """
        [[stored]] = self.env.execute_query(SQL("SELECT password FROM res_users WHERE id = %s", self.id))
        if not stored:
            self._refuse_as_slowly()
        right, stronger = self._crypt_context().verify_and_update(secret, stored)
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
        login = credential.get("login")
        with Registry(db).cursor() as cr:
            users = api.Environment(cr, SUPERUSER_ID, {})[cls._name]
            if not isinstance(login, str) or len(login) > MAX_LOGIN:
                users.env["res.users.login.failure"]._log("the login is no text of at most %d characters", MAX_LOGIN)
                raise AccessDenied()
            auth_info = users._login_with(credential, user_agent_env)
        _logger.info("Login successful for login:%s from %s", login, client_address())
        return auth_info

    def _login_with(self, credential, user_agent_env):
        """Do the work of :meth:`_login` in a transaction of its own."""
        login = credential["login"]
        found = self.search(self._get_login_domain(login), order=self._get_login_order(), limit=1)
        known = found._presents_key(credential, user_agent_env)
        what = self._what_is_tried(credential)
        with contextlib.nullcontext() if known else self._assert_can_auth(user=found.id or login, what=what):
            if not found:
                self._refuse_as_slowly()
            user = found.with_user(found).sudo(False)
            auth_info = user._check_credentials(credential, user_agent_env)
        user._adopt_time_zone()
        user._update_last_login()
        return auth_info

    @api.model
    def _what_is_tried(self, credential) -> str:
        """Return what a login is tried with, whose failures count on their own; extended by other modules."""
        return "password"

    def _presents_key(self, credential, user_agent_env) -> bool:
        """Tell whether a program presents a valid API key of the user: nobody guesses it, so it does not wait."""
        secret = credential.get("password")
        if (user_agent_env or {}).get("interactive", True) or not (secret and isinstance(secret, str)):
            return False
        # looked up for nobody, too: that takes as long
        return bool(self.env["res.users.apikeys"]._find_key(scope="rpc", key=secret, uid=self.id or 0))

    def _adopt_time_zone(self):
        """Take the time zone of the browser, which knows better than nobody."""
        zone = request.httprequest.cookies.get("tz") if request else None
        if zone in pytz.all_timezones and not (self.tz and self.login_date):
            self.tz = zone

    @api.private
    @classmethod
    def authenticate(cls, db, credential, user_agent_env):
        """Check credentials and return what :meth:`_check_credentials` returns, with ``uid``.

        The address an administrator logs in at becomes the base of links, if it is known to be this server's.

        :raise AccessDenied: when they are wrong
        """
        auth_info = cls._login(db, credential, user_agent_env=user_agent_env)
        address = (user_agent_env or {}).get("base_location")
        if address:
            with Registry(db).cursor() as cr:
                api.Environment(cr, auth_info["uid"], {}).user._begin_links_with(address)
        return auth_info

    def _begin_links_with(self, address: str):
        """Make ``address`` the base of links, if the user is an administrator and nobody froze it.

        Not any address that a browser was led to: it is this machine's, or a reverse proxy tells it. An address that
        others reach is not replaced by one that leads to this machine only, as through a tunnel.
        """
        parameters = self.env["ir.config_parameter"]
        if not self.has_group("base.group_system") or parameters.get_param("web.base.url.freeze"):
            return
        host, present = _host_of(address), parameters.get_param("web.base.url")
        narrower = is_loopback(host) and (known := _host_of(present)) and not is_loopback(known)
        if not narrower and (_is_told_by_proxy() or is_own_host(host)):
            parameters.set_param("web.base.url", address)
        elif present != address:
            _logger.info("Links do not begin with %.200r, where an administrator logged in: see web.base.url", address)

    @api.private
    @classmethod
    def check(cls, db, uid, passwd):
        """Check a user's password or API key for a remote call; that a right one is right is remembered.

        :return: whether only calls that read may be made with it
        :raise AccessDenied: when it is wrong or the user may not log in
        """
        if not (uid and passwd):
            # an empty password is no password, and 0 is nobody
            raise AccessDenied()
        with Registry(db).cursor() as cr:
            return api.Environment(cr, uid, {})[cls._name].browse(uid)._check_secret(passwd)

    def _check_secret(self, passwd) -> bool:
        """Check a password or API key; one that was right before is not hashed again.

        Clients that failed too often do not learn whether a password is right. Keys, which nobody guesses, go on.

        :return: whether it is a key that only reads
        :raise AccessDenied: when it is wrong or the user may not log in
        """
        failures, apikeys = self.env["res.users.login.failure"], self.env["res.users.apikeys"]
        counted = failures._counted_query(failures._sources(self._account(self.id, BY_ID)))
        [[keys, counted]] = self.env.execute_query(
            SQL(
                "SELECT (SELECT json_agg(known) FROM (%s) known), (SELECT json_agg(known) FROM (%s) known)",
                apikeys._valid_query("rpc", passwd, self.id),
                counted,
            )
        )
        hashes = {key["id"]: key["key"] for key in keys or ()}
        if not hashes:
            failures._assert_no_pause([tuple(row.values()) for row in counted or ()], self.id)
        state = repr((self.id, self._fetch_session_token_values(), hashes)).encode()
        key_id = self._check_remote(hmac.digest(state, passwd.encode(), "sha256"), passwd, hashes)
        if not key_id:
            return False
        [key] = (key for key in keys if key["id"] == key_id)
        apikeys._note_use(key)
        return bool(key["read_only"])

    @ormcache("digest")
    def _check_remote(self, digest, passwd, hashes) -> int | None:
        """Check a password or key with ``digest``, which stands for it and all that makes it valid in the cache.

        :param hashes: those of the keys that it may be, by id
        :return: id of the key, ``None`` for a password
        :raise AccessDenied: when it is wrong or the user may not log in
        """
        for key_id, hashed in hashes.items():
            if KEY_CRYPT_CONTEXT.verify(passwd, hashed):
                return key_id
        user = self.sudo().exists()
        with self._assert_can_auth(user=self.id, what=BY_ID):
            if not user.active:
                self._refuse_as_slowly()
            credential = {"login": user.login, "password": passwd, "type": "password"}
            self._check_credentials(credential, {"interactive": False})
        return None

    @api.model
    def _update_last_login(self):
        """Note the login of the current user."""
        self.env["res.users.log"].sudo().create({})

    @contextlib.contextmanager
    def _assert_can_auth(self, user=None, what="password"):
        """Count what fails inside of the block, and refuse clients that failed too often.

        A success forgets the failures of the account at the address. Those of the address, and of the account from
        anywhere, are forgotten in time only: their user may log in every minute, between the guesses of strangers.

        :param user: id of the user that the client tries to be, the login of nobody, ``None`` where it is not known
        :param what: what is tried; each kind is counted on its own
        :raise TooManyAttempts: while the client has to wait
        """
        failures = self.env["res.users.login.failure"]
        sources = failures._sources(self._account(user, what))
        counted = failures._counted(sources)
        try:
            failures._assert_no_pause(counted, user if isinstance(user, int) else None)
            yield
        except TooManyAttempts:
            raise
        except AccessDenied:
            failures._log("wrong %s of %r", what, self._login_of(user))
            failures._count(sources)
            raise
        failures._forget([source for source, *_rest in counted if ANY not in source.split("|", 1)])

    @api.model
    def _refuse_key(self):
        """Count a wrong API key of nobody knows whom.

        :raise TooManyAttempts: when the client has to wait
        """
        failures = self.env["res.users.login.failure"]
        sources = failures._sources(KEYS)
        failures._assert_no_pause(failures._counted(sources))
        failures._log("wrong API key")
        failures._count(sources)

    def _login_of(self, user) -> str | None:
        """Return the login of a user for the log."""
        if not isinstance(user, int):
            return user
        rows = self.env.execute_query(SQL("SELECT login FROM res_users WHERE id = %s", user))
        return rows[0][0] if rows else None

    @staticmethod
    def _account(user, what="password") -> str | None:
        """Return what failures of a user are counted for; of what is no user's login only a digest is kept."""
        if not user:
            return None
        account = f"user {user}" if isinstance(user, int) else f"login {sha256(user.encode()).hexdigest()[:32]}"
        return account if what == "password" else f"{account} {what}"

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
