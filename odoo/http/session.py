"""Sessions: what a browser's cookie stands for, kept in one small JSON file each."""

from __future__ import annotations

import base64
import collections.abc
import functools
import hashlib
import hmac
import json
import logging
import os
import re
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any

import cachelib

from odoo.orm.environment import Environment
from odoo.orm.registry import Registry
from odoo.tools.config import config

from .constants import DEFAULT_LANG, SESSION_LIFETIME, SESSION_TRACE_INTERVAL
from .local import request
from .models import authenticate, http_model, note_device, session_token

_logger = logging.getLogger("odoo.http")

#: stands for the value of a key that is not there
_ABSENT = object()

SID_LENGTH = 84
IDENTIFIER_LENGTH = SID_LENGTH // 2
_SID = re.compile(rf"[A-Za-z0-9_-]{{{SID_LENGTH}}}")
_IDENTIFIER = re.compile(rf"[A-Za-z0-9_-]{{{IDENTIFIER_LENGTH}}}")


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
        # what is kept is what the file gives back: a copy
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
        self.pre_login = credential.get("login")
        self.pre_uid = auth_info["uid"]
        with registry.cursor() as cr:
            env = Environment(cr, auth_info["uid"], {})
            # With a second factor, its own controller calls finalize once it is given.
            if auth_info.get("mfa") == "skip" or not env.user._mfa_url():
                self.finalize(env)
        registry.signal_changes()
        if request and request.session is self and request.db == dbname:
            request.env = Environment(request.env.cr, self.uid, self.context)
            request.update_context(lang=_pick_lang(request.env(user=auth_info["uid"])))
        return auth_info

    def finalize(self, env: Environment) -> None:
        """Make the user who passed the first step (`pre_uid`) the user of the session, under a new session id."""
        env = env(user=self.pop("pre_uid"))
        self.db, self.uid, self.login = env.registry.db_name, env.uid, self.pop("pre_login")
        self["context"] = dict(env.user.context_get())
        self.should_rotate = self.has_logged_in = True
        self.prove(env.user)

    def prove(self, user: Any) -> None:
        """Take the token that proves who the user of the session is, under its present id."""
        self.session_token = user._compute_session_token(self.sid)

    def logout(self, keep_db: bool = False) -> None:
        """Make the session anonymous, under a new session id."""
        db, debug = self.db, self.debug
        self._data.clear()
        self.update(get_default_session(), debug=debug or "")
        if keep_db:
            self.db = db
        self.context["lang"] = request.default_lang() if request else DEFAULT_LANG
        self.should_rotate = True
        if request and request.env is not None:
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
            if all(entry.get(key) == value for key, value in device.items()):
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


class _JsonSerializer:
    """Session files hold JSON: whatever gets hold of one cannot make the server run code."""

    def dump(self, value: Any, file: IO[bytes]) -> None:
        file.write(json.dumps(value, separators=(",", ":")).encode())

    def load(self, file: IO[bytes]) -> Any:
        try:
            return json.loads(file.read())
        except ValueError:
            _logger.warning("Unreadable session file %s ignored", file.name)
            return None


class FilesystemSessionStore(cachelib.FileSystemCache):
    """Sessions as files, named after the first half of the session id; the second half is only kept as a digest.

    :param path: folder of the files
    :param session_class: class of the sessions
    """

    serializer = _JsonSerializer()  # type: ignore[assignment]  # it is called in the same way

    def __init__(self, path: str, session_class: type = Session) -> None:
        super().__init__(path, threshold=0, default_timeout=SESSION_LIFETIME)
        self.path = path
        self.session_class = session_class

    def get_session_filename(self, sid: str) -> str:
        """Return the path of the file of a session."""
        return self._get_filename(sid)

    def _get_filename(self, key):
        identifier = key[:IDENTIFIER_LENGTH]
        return os.path.join(self._path, identifier[:2], identifier)

    def generate_key(self, salt: object = None) -> str:
        """Return a new random session id."""
        return base64.urlsafe_b64encode(os.urandom(SID_LENGTH * 3 // 4)).decode()

    def is_valid_key(self, key: str) -> bool:
        """Tell whether `key` has the form of a session id."""
        return bool(key) and _SID.fullmatch(key) is not None

    def new(self) -> Session:
        """Return an empty session that is not stored yet."""
        return self.session_class({}, self.generate_key(), new=True)

    def get(self, sid: str) -> Session:
        """Return the stored session of this id; a new one, with a new id, when there is none."""
        if not self.is_valid_key(sid):
            return self.new()
        stored = super().get(sid)
        if not stored or not hmac.compare_digest(stored["sid"], _digest(sid)):
            return self.new()
        return self.session_class(stored["data"], sid)

    def save(self, session: Session) -> None:
        """Store a session."""
        os.makedirs(os.path.dirname(self._get_filename(session.sid)), exist_ok=True)
        if not self.set(session.sid, {"sid": _digest(session.sid), "data": dict(session)}):
            raise OSError(f"The session could not be written below {self.path!r}")
        session.is_new = False
        session.is_dirty = False

    def delete(self, session: Session | str, mgmt_element: bool = False) -> bool:
        """Remove a session from the store."""
        sid: Any = getattr(session, "sid", session)
        return super().delete(sid, mgmt_element)

    def rotate(self, session: Session, env: Environment | None) -> None:
        """Store a session under a new id and forget the old one.

        :param env: environment whose user's session token is bound to the new id; may be None for anonymous sessions
        """
        if env is not None and not env.cr.closed:
            # A transaction that is tried again starts over from the old session.
            env.cr.postcommit.add(functools.partial(self.delete, session.sid))
        else:
            self.delete(session)
        session.sid = self.generate_key()
        if session.uid and env is not None:
            if session.has_logged_in:
                # the login may have stored a stronger hash, which a transaction that began before does not see
                with env.registry.cursor() as cr:
                    session.prove(Environment(cr, session.uid, {}).user)
            else:
                session.prove(env(user=session.uid).user)
        session.should_rotate = False
        self.save(session)

    def vacuum(self, max_lifetime: int = SESSION_LIFETIME) -> None:
        """Remove the files not written for `max_lifetime` seconds."""
        threshold = time.time() - max_lifetime
        for file in Path(self.path).glob("*/*"):
            try:
                if file.stat().st_mtime < threshold:
                    file.unlink()
            except FileNotFoundError:
                continue

    def delete_from_identifiers(self, identifiers: Iterable[str]) -> None:
        """Remove the sessions whose ids begin with these 42-character identifiers.

        :raises ValueError: something is not an identifier
        """
        for identifier in identifiers:
            if not _IDENTIFIER.fullmatch(identifier):
                raise ValueError(f"Not a session identifier: {identifier!r}")
            Path(self._get_filename(identifier)).unlink(missing_ok=True)


def _digest(sid):
    return hashlib.sha256(sid.encode()).hexdigest()


def session_dir() -> str:
    """Return the folder of the session files."""
    return config.session_dir
