"""Tokens that prove a form came from a page of this server."""

from __future__ import annotations

import hashlib
import hmac
import time

from .constants import CSRF_TOKEN_SALT


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


def _sign(secret, sid, expiry):
    return hmac.new(secret.encode(), f"{sid}{expiry}".encode(), hashlib.sha256).hexdigest()[:40]
