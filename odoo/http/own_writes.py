"""Everybody sees what they wrote themselves, although reads are taken from a replica that follows a moment later.

The browser keeps where the database was after its last write, in a cookie that is forgotten once every replica that is
used at all has got there. Who wrote nothing recently costs no statement.
"""

from __future__ import annotations

import re

import psycopg2
import psycopg2.errors
from werkzeug.wrappers import Response

from odoo.db import replica
from odoo.db.cursor import BaseCursor
from odoo.tools.config import config

from .httprequest import HTTPRequest

COOKIE = "last_write"
_POSITION = re.compile(r"[0-9a-f]{1,16}")
#: seconds that a measurement of the lag may be old, and clocks apart
_MARGIN = 10


def last_write(httprequest: HTTPRequest) -> int:
    """Return the position up to which a request must see everything, 0 when it does not matter.

    Who sends another cookie than they got just reads older data, or the database itself.
    """
    if not replica.is_configured():
        return 0
    text = httprequest.cookies.get(COOKIE, "")
    return int(text, 16) if _POSITION.fullmatch(text) else 0


def may_try_on_primary(error: psycopg2.Error) -> bool:
    """Tell whether what failed on a cursor for reading may succeed on the database itself.

    That is what wrote, and what failed because the replica went away or took back what was read.
    """
    if isinstance(error, psycopg2.errors.ReadOnlySqlTransaction):
        return True
    if not replica.is_configured() or isinstance(error, psycopg2.errors.QueryCanceled):
        return False
    if replica.replica.is_lost(error):
        replica.replica.leave_alone(error)
    return True


def note_write(response: Response, cr: BaseCursor, secure: bool) -> None:
    """Have the browser remember that it wrote.

    :param cr: cursor whose transaction was committed
    :param secure: whether the connection is encrypted
    """
    if replica.is_configured() and not cr.closed:
        response.set_cookie(
            COOKIE,
            f"{replica.position(cr):x}",
            max_age=config["db_replica_max_lag"] + _MARGIN,
            httponly=True,
            samesite="Lax",
            secure=secure,
        )
