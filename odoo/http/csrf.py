"""Tokens that prove a form came from a page of this server."""

from __future__ import annotations

import base64
import hashlib
import hmac
import time

from .constants import CSRF_TOKEN_SALT
from .session import SID_LENGTH


def make_token(secret: str, sid: str, time_limit: int | None = None) -> str:
    """Return a token bound to a session.

    :param secret: secret of the database
    :param sid: session id
    :param time_limit: seconds the token is good for; None: as long as the session
    """
    # Without a limit the expiry only salts the token, which keeps compressed pages from giving it away.
    expiry = int(time.time() + (CSRF_TOKEN_SALT if time_limit is None else time_limit))
    return f"{_sign(secret, sid, expiry)}o{expiry}"


def check_token(secret: str, sid: str, token: str | None) -> bool:
    """Tell whether `token` was made by :func:`make_token` for this session and is not over its time."""
    signature, _sep, expiry = (token or "").rpartition("o")
    if not signature or not expiry.isascii() or not expiry.isdigit() or int(expiry) < time.time():
        return False
    return hmac.compare_digest(signature.encode(), _sign(secret, sid, int(expiry)).encode())


def make_visitor_id(secret: str, key: str) -> str:
    """Return the id of a visitor without stored session: one that only this server could have made.

    :param secret: secret of the database
    :param key: a new session id; the result has its form
    """
    name = key[: len(key) // 2]
    digest = hmac.digest(secret.encode(), f"visitor {name}".encode(), "sha512")
    return name + base64.urlsafe_b64encode(digest).decode()[: len(key) - len(name)]


def is_visitor_id(secret: str, sid: str | None) -> bool:
    """Tell whether an id was made by :func:`make_visitor_id` from a session id."""
    # of a shorter one less is signed: of the empty one nothing
    if sid is None or len(sid) != SID_LENGTH:
        return False
    return hmac.compare_digest(make_visitor_id(secret, sid).encode(), sid.encode())


def _sign(secret, sid, expiry):
    return hmac.new(secret.encode(), f"{sid}{expiry}".encode(), hashlib.sha256).hexdigest()[:40]
