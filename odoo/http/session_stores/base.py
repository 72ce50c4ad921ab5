"""What all stores of sessions have in common: ids, digests, rotation, revocation."""

from __future__ import annotations

import base64
import functools
import hashlib
import hmac
import json
import logging
import os
import re
from collections.abc import Collection, Iterable
from typing import Any

from odoo.http.constants import SESSION_LIFETIME
from odoo.http.session import IDENTIFIER_LENGTH, SID_LENGTH, Session
from odoo.orm.environment import Environment
from odoo.orm.registry import Registry
from odoo.tools import json_value

_logger = logging.getLogger("odoo.http")

_SID = re.compile(rf"[A-Za-z0-9_-]{{{SID_LENGTH}}}")
_IDENTIFIER = re.compile(rf"[A-Za-z0-9_-]{{{IDENTIFIER_LENGTH}}}")


class SessionStore:
    """Sessions by id. Only the first half of an id is kept as it is; of the whole there is a digest.

    What one process stores or removes, all others see at their next request: nothing is cached. Sessions end when they
    were not stored for :data:`SESSION_LIFETIME` seconds, at the latest; one that is in use is stored once an hour. A
    session that was removed stays removed: a request that began before does not bring it back.

    Subclasses say how values are kept (`_read`, `_write`, `_remove`, `_present`, `vacuum`).

    :param session_class: class of the sessions
    """

    def __init__(self, session_class: type = Session) -> None:
        self.session_class = session_class

    # what a kind of store defines

    def _read(self, identifier: str) -> tuple[str, dict[str, Any]] | None:
        """Return digest and content of a session that has not expired, None when there is none."""
        raise NotImplementedError

    def _write(self, identifier: str, digest: str, data: dict[str, Any], new: bool) -> bool:
        """Keep a session.

        :param new: there is none of this id yet; else it is only kept when there still is one
        :return: whether it is kept
        """
        raise NotImplementedError

    def _remove(self, identifiers: Collection[str]) -> int:
        """Remove sessions and return how many there were."""
        raise NotImplementedError

    def _present(self, identifiers: Collection[str]) -> set[str]:
        """Return those identifiers that there is a session of."""
        raise NotImplementedError

    def vacuum(self, max_lifetime: int = SESSION_LIFETIME) -> None:
        """Remove the sessions that were not stored for `max_lifetime` seconds."""
        raise NotImplementedError

    # what holds for all

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
        stored = self._read(sid[:IDENTIFIER_LENGTH])
        if stored is None or not hmac.compare_digest(stored[0], _digest(sid)):
            return self.new()
        return self.session_class(stored[1], sid)

    def save(self, session: Session) -> bool:
        """Store a session, unless somebody removed it meanwhile.

        :return: whether it is stored
        :raises OSError: it cannot be written
        """
        identifier = session.sid[:IDENTIFIER_LENGTH]
        kept = self._write(identifier, _digest(session.sid), dict(session), session.is_new)
        if kept:
            session.is_new = False
        else:
            _logger.info("The session %s was ended meanwhile and is not stored again", identifier)
        session.is_dirty = False
        return kept

    def delete(self, session: Session | str) -> bool:
        """Remove a session; return whether there was one."""
        sid = session if isinstance(session, str) else session.sid
        return bool(self._remove([sid[:IDENTIFIER_LENGTH]]))

    def rotate(self, session: Session, env: Environment | None) -> None:
        """Store a session under a new id and forget the old one.

        :param env: environment of the request, which the token of the session's user is made with unless the user has
            just logged in; may be None for anonymous sessions
        """
        if env is not None and not env.cr.closed:
            # A transaction that is tried again starts over from the old session.
            env.cr.postcommit.add(functools.partial(self.delete, session.sid))
        else:
            self.delete(session)
        session.sid = self.generate_key()
        session.is_new = True
        if session.uid and env is not None:
            if session.has_logged_in:
                # The login may have stored a stronger hash, which a transaction that began before does not see; and it
                # may be one to another database than that which the request began with.
                with Registry(session.db).cursor() as cr:
                    session.prove(Environment(cr, session.uid, {}).user)
            else:
                session.prove(env(user=session.uid).user)
        session.should_rotate = False
        self.save(session)

    def delete_from_identifiers(self, identifiers: Iterable[str]) -> None:
        """Remove the sessions whose ids begin with these 42-character identifiers.

        :raises ValueError: something is not an identifier
        """
        if checked := _checked(identifiers):
            self._remove(checked)

    def get_missing_session_identifiers(self, identifiers: Iterable[str]) -> set[str]:
        """Return those of the 42-character identifiers that no session in the store begins with.

        :raises ValueError: something is not an identifier
        """
        checked = _checked(identifiers)
        return set(checked) - self._present(checked) if checked else set()


def _checked(identifiers):
    """Return identifiers, each once.

    :raises ValueError: something is not an identifier
    """
    checked = list(dict.fromkeys(identifiers))
    for identifier in checked:
        if not _IDENTIFIER.fullmatch(identifier):
            raise ValueError(f"Not a session identifier: {identifier!r}")
    return checked


def _digest(sid):
    return hashlib.sha256(sid.encode()).hexdigest()


def encode(value: Any) -> str:
    """Return the JSON of what is kept: whatever gets hold of the store cannot make the server run code."""
    return json.dumps(value, separators=(",", ":"))


def decode(text: bytes, place: str) -> Any:
    """Return what JSON in the store says, None when it cannot be read.

    :param place: where it was found, for the log
    """
    try:
        return json_value(text)
    except ValueError:
        _logger.warning("Unreadable session in %s ignored", place)
        return None
