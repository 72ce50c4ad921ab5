"""Exceptions of the HTTP layer and the form in which every exception reaches a client."""

from __future__ import annotations

import logging
import threading
import time
import traceback

import psycopg2
import psycopg2.errors
import werkzeug.exceptions

from odoo.db.outage import is_outage
from odoo.exceptions import AccessDenied, UserError
from odoo.orm.environment import Environment
from odoo.orm.registry import Registry
from odoo.tools import exception_to_unicode
from odoo.tools.budgets import LimitExceeded, RowLimitExceeded
from odoo.tools.config import config
from odoo.tools.request_ids import current_request_id

from .local import request
from .outage import SessionsUnavailable, log_outage

_logger = logging.getLogger("odoo.http")

#: characters of a message that are logged
_TEXT_SHOWN = 500
#: seconds between two logged stacks of the same place that visitors led to, and when each was logged last
_STACK_INTERVAL = 60
_logged: dict[tuple, float] = {}

SESSION_EXPIRED = 100
NOT_FOUND = 404
SERVER_ERROR = 200


class RegistryError(RuntimeError):
    """The database of the request, or its registry, cannot be used."""


class SessionExpiredException(Exception):
    """The route wants a logged-in user and the session is anonymous or no longer valid."""

    http_status = 403


for _class in (RegistryError, SessionExpiredException):
    # Clients recognise errors by this dotted name.
    _class.__module__ = "odoo.http"


def limit_exceeded(exception: BaseException) -> LimitExceeded | RowLimitExceeded | None:
    """Return what tells a client that it asked for more than the server gives, None when that is not what happened."""
    if isinstance(exception, (LimitExceeded, RowLimitExceeded)):
        return exception
    if isinstance(exception, MemoryError):
        return LimitExceeded(
            "The request needed more memory than the server has for it (--limit-memory-hard)."
            " It was ended, and nothing of it was kept.",
            "limit_memory_hard",
        )
    if isinstance(exception, psycopg2.errors.QueryCanceled) and config["limit_time_sql"]:
        return LimitExceeded(
            f"A statement took longer than the {config['limit_time_sql']} seconds that the server allows"
            " (--limit-time-sql). The request was ended, and nothing of it was kept.",
            "limit_time_sql",
        )
    return None


def serialize_exception(exception: BaseException, *, debug: bool = True) -> dict:
    """Return the description of an exception as clients read it.

    :param debug: include the traceback
    :return: `{name, debug, message, arguments, context}`
    """
    cls = getattr(exception, "client_type", type(exception))
    return {
        "name": f"{cls.__module__}.{cls.__name__}" if cls.__module__ else cls.__name__,
        "debug": "".join(traceback.format_exception(exception)) if debug else "",
        "message": exception_to_unicode(exception),
        "arguments": exception.args,
        "context": getattr(exception, "context", {}),
    }


def jsonrpc_error(exception: BaseException, *, debug: bool) -> dict:
    """Return the `error` member of a JSON-RPC answer: `{code, message, data}`."""
    code, message = SERVER_ERROR, "Odoo Server Error"
    if isinstance(exception, werkzeug.exceptions.NotFound):
        code, message = NOT_FOUND, "404: Not Found"
    elif isinstance(exception, SessionExpiredException):
        code, message = SESSION_EXPIRED, "Odoo Session Expired"
    data = serialize_exception(exception, debug=debug)
    if (limit := limit_exceeded(exception)) not in (None, exception):
        data.update(serialize_exception(limit, debug=False), debug=data["debug"])
    # what is to be looked for in the log
    data["request_id"] = current_request_id()
    return {"code": code, "message": message, "data": data}


def may_see_traceback() -> bool:
    """Tell whether the caller is known to be an internal user of the database; nobody else gets tracebacks."""
    thread = threading.current_thread()
    uid, dbname = getattr(thread, "uid", None), getattr(thread, "dbname", None)
    if not uid or not dbname:
        return False
    try:
        # On a cursor of its own: the transaction that failed cannot be asked any more.
        with Registry(dbname).cursor() as cr:
            return Environment(cr, uid, {}).user._is_internal()
    except (psycopg2.Error, KeyError):
        _logger.info("No traceback for the client: its user cannot be read", exc_info=True)
        return False


def log_exception(exception: BaseException) -> None:
    """Log an exception that ends a request, as loudly as it deserves."""
    if is_outage(exception):
        log_outage(exception)
    elif isinstance(exception, SessionsUnavailable):
        # the store has told the log why
        _logger.debug("%s", _one_line(exception))
    elif isinstance(exception, (SessionExpiredException, werkzeug.exceptions.NotFound, AccessDenied)):
        _logger.info("%s: %s", type(exception).__name__, _one_line(exception))
    elif isinstance(exception, (UserError, werkzeug.exceptions.HTTPException)):
        _logger.warning("%s: %s", type(exception).__name__, _one_line(exception))
    elif isinstance(exception, LimitExceeded):
        # who ended the request has told where it was
        _logger.warning("%s", exception)
    elif _is_news(exception):
        _logger.error("Exception during request handling.", exc_info=exception)
    else:
        _logger.error("Exception during request handling, as before: %s", _one_line(exception))


def _one_line(exception):
    """Return the text of an exception for the log: what strangers send makes it neither long nor several lines."""
    return " ".join(str(exception).split())[:_TEXT_SHOWN]


def _is_news(exception):
    """Tell whether an exception is to be logged with its stack: those of visitors are so now and then only."""
    uid = getattr(threading.current_thread(), "uid", None)
    if request and request.session is not None and not request.session.uid and request.env is not None:
        # the user of the environment is then the one that stands for all visitors
        uid = uid if uid != request.env.uid else None
    if uid:
        return True
    stack = traceback.extract_tb(exception.__traceback__)[-1:]
    place = (type(exception), *((frame.filename, frame.lineno) for frame in stack))
    now = time.monotonic()
    if now - _logged.get(place, -_STACK_INTERVAL) < _STACK_INTERVAL:
        return False
    # places in code are not many
    _logged[place] = now
    return True
