"""Where sessions are kept: in files, in PostgreSQL or in Redis, with the same guarantees (decision 0019)."""

from __future__ import annotations

from odoo.http.session import Session
from odoo.tools.config import config

from .base import SessionStore
from .database import DatabaseSessionStore
from .files import FilesystemSessionStore

__all__ = ["DatabaseSessionStore", "FilesystemSessionStore", "SessionStore", "open_session_store"]


def open_session_store(address: str | None = None) -> SessionStore:
    """Return the store of the sessions; nothing is connected to before it is used.

    :param address: `file`, `postgresql`, `postgresql://...`, or the URL of a Redis server; by default the option
        `session_store`
    :raises RuntimeError: the package that the store needs is not installed
    """
    address = address or config["session_store"]
    kind = address.partition(":")[0]
    if kind == "file":
        return FilesystemSessionStore(config.session_dir, Session)
    if kind in ("postgresql", "postgres"):
        return DatabaseSessionStore(address, Session)
    from .redis_server import RedisSessionStore  # noqa: PLC0415 - its library is large, and few servers use it

    return RedisSessionStore(address, Session)
