"""Exceptions of the HTTP layer and the form in which every exception reaches a client."""

from __future__ import annotations

import logging
import threading
import traceback

import psycopg2
import werkzeug.exceptions

from odoo.exceptions import AccessDenied, UserError
from odoo.orm.environment import Environment
from odoo.orm.registry import Registry
from odoo.tools import exception_to_unicode

_logger = logging.getLogger("odoo.http")

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
    return {"code": code, "message": message, "data": serialize_exception(exception, debug=debug)}


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
    if isinstance(exception, (SessionExpiredException, werkzeug.exceptions.NotFound, AccessDenied)):
        _logger.info("%s: %s", type(exception).__name__, exception)
    elif isinstance(exception, (UserError, werkzeug.exceptions.HTTPException)):
        _logger.warning("%s: %s", type(exception).__name__, exception)
    else:
        _logger.error("Exception during request handling.", exc_info=exception)
