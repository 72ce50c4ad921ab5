"""What clients are told while the database, or what keeps the sessions, cannot be reached."""

from __future__ import annotations

import base64
import hashlib
import html
import logging
import time

import psycopg2
import werkzeug.exceptions

from .local import CurrentRequest
from .response import Response

_logger = logging.getLogger("odoo.http")

#: seconds after which clients may ask again
RETRY_AFTER = 3
#: seconds between two warnings of a process
_LOG_INTERVAL = 10

_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;color:#374151;background:#f9fafb;margin:0;display:grid;"
    "min-height:100vh;place-items:center}main{max-width:30rem;padding:1.5rem}h1{font-size:1.5rem;color:#111827}"
    "@media(prefers-color-scheme:dark){body{color:#d1d5db;background:#111827}h1{color:#f9fafb}}"
)
_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">{reload}
<title>Back in a moment</title>
<style>{style}</style>
</head>
<body><main role="status">
<h1>Back in a moment</h1>
<p>The database does not answer right now. You are still logged in, and nothing that was saved is lost.</p>
<p>{advice}</p>
</main></body>
</html>
"""
_RELOADS = "This page reloads by itself."
_WAS_SENT = "What you sent was not received: go back in your browser and send it again after a moment."

#: when the process warned last that something cannot be reached, by what that is
_last_warnings: dict[str, float] = {}


class DatabaseUnavailable(psycopg2.OperationalError):
    """What programs are told: nothing of where the database is and why it cannot be reached."""

    # the name by which clients know that the database failed
    client_type = psycopg2.OperationalError


class SessionsUnavailable(werkzeug.exceptions.ServiceUnavailable):
    """Sessions cannot be read or kept now; who raises it tells the log why (:func:`log_outage`), and clients nothing.

    :param retry_after: seconds after which the client may ask again
    """

    client_type = werkzeug.exceptions.ServiceUnavailable

    def __init__(self, retry_after: int = RETRY_AFTER) -> None:
        super().__init__(retry_after=retry_after)


def unavailable() -> DatabaseUnavailable:
    """Return the error that programs are told of."""
    return DatabaseUnavailable("The database cannot be reached right now; try again in a moment.")


def unavailable_page(request: CurrentRequest) -> Response:
    """Return the page that people see; it reloads itself unless it answers something that was sent."""
    reads = request.httprequest.method in ("GET", "HEAD")
    page = _PAGE.format(
        style=_STYLE,
        reload=f'<meta http-equiv="refresh" content="{RETRY_AFTER}">' if reads else "",
        advice=html.escape(_RELOADS if reads else _WAS_SENT),
    )
    digest = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; frame-ancestors 'self'"
    response = Response(page, status=503, mimetype="text/html", headers={"Content-Security-Policy": policy})
    return say_when(response)


def say_when(response: Response) -> Response:
    """Add to a response when the client may ask again, and that it is not to be kept."""
    response.headers["Retry-After"] = str(RETRY_AFTER)
    response.headers["Cache-Control"] = "no-store"
    return response


def log_outage(error: BaseException, what: str = "database") -> None:
    """Log that something cannot be reached: in a warning now and then, as every request meets it.

    :param error: says why
    :param what: what cannot be reached, after "The"
    """
    now = time.monotonic()
    level = logging.DEBUG
    if now - _last_warnings.get(what, -_LOG_INTERVAL) >= _LOG_INTERVAL:
        _last_warnings[what], level = now, logging.WARNING
    _logger.log(level, "The %s cannot be reached: %s", what, str(error).strip())
