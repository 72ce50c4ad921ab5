"""Sessions: what a browser's cookie stands for. Where they are kept: :mod:`odoo.http.session_stores`."""

from __future__ import annotations

import collections.abc
import hmac
import json
import logging
import time
from collections.abc import Iterator, Mapping
from typing import Any

from odoo.exceptions import AccessDenied
from odoo.orm.environment import Environment
from odoo.orm.registry import Registry

from .constants import DEFAULT_LANG, SESSION_LIFETIME, SESSION_TRACE_INTERVAL
from .local import request
from .models import authenticate, http_model, note_device, note_logout, session_token

_logger = logging.getLogger("odoo.http")

#: stands for the value of a key that is not there
_ABSENT = object()

#: for how long (seconds) a second factor may follow the first one
HALF_LOGIN_VALIDITY = 10 * 60
#: what the session keeps of a login that a second factor is due for
_HALF_LOGIN = ("pre_uid", "pre_login", "pre_db", "pre_time", "pre_token")

SID_LENGTH = 84
#: the first half of a session id names the session; only who has the second half, too, may use it
IDENTIFIER_LENGTH = SID_LENGTH // 2


def get_default_session() -> dict:
    """Return the content of a fresh session."""
    nobody = dict.fromkeys(("db", "login", "uid", "session_token"))
    return {**nobody, "context": {}, "debug": "", "_trace": []}


def get_session_max_inactivity(env: Environment | None) -> int:
    """Return how many seconds a session outlives its last use (parameter `sessions.max_inactivity_seconds`)."""
    if not env or env.cr.closed:
        return SESSION_LIFETIME
    value = env.registry.services.parameters.get(env, "sessions.max_inactivity_seconds") or SESSION_LIFETIME
    try:
        return min(int(value), SESSION_LIFETIME)
    except ValueError:
        _logger.warning(
            "System parameter sessions.max_inactivity_seconds: %r is not a number, %s used", value, SESSION_LIFETIME
        )
        return SESSION_LIFETIME


def check_session(session: Session, env: Environment, request: Any = None) -> bool:
    """Tell whether the session still proves who its user is; its last use is noted when `request` is given."""
    expected = session_token(env, session.uid, session.sid)
    if not expected or not hmac.compare_digest(expected, session.session_token or ""):
        return False
    if request:
        note_device(env, request)
    return True


class Session(collections.abc.MutableMapping):
    """The content of one session: a dictionary of JSON values, also readable and writable as attributes."""

    __slots__ = ("_data", "can_save", "has_logged_in", "is_dirty", "is_new", "should_rotate", "sid")

    def __init__(self, data: dict, sid: str, new: bool = False) -> None:
        set_slot = super().__setattr__
        set_slot("_data", dict(data))
        set_slot("can_save", True)
        set_slot("has_logged_in", False)
        set_slot("is_dirty", False)
        set_slot("is_new", new)
        set_slot("should_rotate", False)
        set_slot("sid", sid)

    def __getitem__(self, key: str) -> Any:
        return self._data[key]

    def __setitem__(self, key: str, value: Any) -> None:
        # what is kept is what the store gives back: a copy
        stored = json.loads(json.dumps(value))
        self.is_dirty |= self._data.get(key, _ABSENT) != stored
        self._data[key] = stored

    def __delitem__(self, key: str) -> None:
        del self._data[key]
        self.is_dirty = True

    def __len__(self) -> int:
        return len(self._data)

    def __iter__(self) -> Iterator[str]:
        return iter(self._data)

    def __repr__(self) -> str:
        return f"<Session of {self._data.get('login')!r} on {self._data.get('db')!r}>"

    def __getattr__(self, name: str) -> Any:
        # Only reached for names that are no slot: keys, None when absent.
        if name.startswith("__"):
            raise AttributeError(name)
        return self._data.get(name)

    def __setattr__(self, name: str, value: Any) -> None:
        if name in Session.__slots__:
            super().__setattr__(name, value)
        else:
            self[name] = value

    @property
    def modified(self) -> bool:
        """Whether the session differs from what is stored."""
        return self.is_dirty

    def clear(self) -> None:
        """Forget everything."""
        self._data.clear()
        self.is_dirty = True

    def touch(self) -> None:
        """Have the session stored at the end of the request although no key was assigned."""
        self.is_dirty = True

    def complete(self, values: Mapping[str, Any]) -> None:
        """Take the values of keys that are missing; they are no reason to store the session."""
        for key, value in values.items():
            self._data.setdefault(key, value)

    def assume(self, values: Mapping[str, Any]) -> None:
        """Take values that are no reason to store the session."""
        self._data.update(values)

    def authenticate(self, dbname: str, credential: dict) -> dict:
        """Log a user in; on success the session belongs to that user, unless a second factor is still due.

        :param credential: `{login, password, type}` or what the authentication `type` asks for
        :return: `{uid, auth_method, mfa}`
        :raises odoo.exceptions.AccessDenied: the credential is wrong
        """
        environ = request.httprequest.environ
        user_agent_env = {
            "interactive": True,
            "base_location": request.httprequest.url_root.rstrip("/"),
            "HTTP_HOST": environ.get("HTTP_HOST"),
            "REMOTE_ADDR": environ.get("REMOTE_ADDR"),
        }
        registry = Registry(dbname)
        auth_info = authenticate(registry, credential, user_agent_env)
        self.uid = None
        with registry.cursor() as cr:
            env = Environment(cr, auth_info["uid"], {})
            self._begin_login(env, credential.get("login"))
            # With a second factor, its own controller calls finalize once it is given.
            if auth_info.get("mfa") == "skip" or not env.user._mfa_url():
                self.finalize(env)
        registry.signal_changes()
        if request and request.session is self and request.db == dbname:
            request.env = Environment(request.env.cr, self.uid, self.context)
            request.update_context(lang=_pick_lang(request.env(user=auth_info["uid"])))
        return auth_info

    def _begin_login(self, env: Environment, login: str | None) -> None:
        """Note that the user of `env` passed the first step of a login, and all that has to be so still at its end."""
        self.update(
            pre_uid=env.uid,
            pre_login=login,
            pre_db=env.cr.dbname,
            pre_time=time.time(),
            pre_token=session_token(env, env.uid, self.sid),
        )

    def half_login(self, env: Environment) -> int | None:
        """Return the id of the user who passed the first step of a login (`pre_uid`), None for nobody.

        What was begun in another database, long ago, or before the password changed or the user was archived is over.
        """
        if not self.pre_uid:
            return None
        token = session_token(env, self.pre_uid, self.sid) if self.pre_db == env.cr.dbname else None
        if (
            token
            and hmac.compare_digest(token, self.pre_token or "")
            and time.time() - (self.pre_time or 0) < HALF_LOGIN_VALIDITY
            and env(user=self.pre_uid).user.active
        ):
            return self.pre_uid
        self._forget_half_login()
        return None

    def _forget_half_login(self) -> None:
        for key in _HALF_LOGIN:
            self.pop(key, None)

    def finalize(self, env: Environment) -> None:
        """Make the user who passed the first step (`pre_uid`) the user of the session, under a new session id.

        :raises odoo.exceptions.AccessDenied: the first step was passed by nobody, or its time is over
        """
        uid, login = self.half_login(env), self.pre_login
        if not uid:
            raise AccessDenied()
        self._forget_half_login()
        env = env(user=uid)
        self.db, self.uid, self.login = env.registry.db_name, env.uid, login
        self["context"] = dict(env.user.context_get())
        self.should_rotate = self.has_logged_in = True
        self.prove(env.user)

    def prove(self, user: Any) -> None:
        """Take the token that proves who the user of the session is, under its present id."""
        self.session_token = user._compute_session_token(self.sid)

    def logout(self, keep_db: bool = False) -> None:
        """Make the session anonymous, under a new session id."""
        db, debug, uid = self.db, self.debug, self.uid
        self._data.clear()
        self.update(get_default_session(), debug=debug or "")
        if keep_db:
            self.db = db
        self.context["lang"] = request.default_lang() if request else DEFAULT_LANG
        self.should_rotate = True
        if request and request.env is not None:
            # after its database was dropped, there is nothing to note it in
            if uid and not request.env.cr.closed:
                note_logout(request.env, self)
            http_model(request.env)._post_logout()

    def update_trace(self, request: Any) -> dict | None:
        """Note the device of the request, at most once an hour for each.

        :return: the entry that is new or was refreshed, None when nothing changed
        """
        agent = request.httprequest.user_agent
        device = {
            "platform": agent.platform,
            "browser": agent.browser,
            "ip_address": request.httprequest.remote_addr,
        }
        now = int(time.time())
        trace = self._data.setdefault("_trace", [])
        for entry in trace:
            if device.items() <= entry.items():
                if now - entry["last_activity"] < SESSION_TRACE_INTERVAL:
                    return None
                entry["last_activity"] = now
                self.is_dirty = True
                return entry
        entry = dict(device, first_activity=now, last_activity=now)
        trace.append(entry)
        self.is_dirty = True
        return entry


def _pick_lang(env):
    return env.user.lang or DEFAULT_LANG
