"""RPC service ``object``: methods of models, in transactions that are retried."""

import logging
import random
import threading
import time
from functools import partial

import psycopg2
from psycopg2 import errorcodes

from odoo import api, http
from odoo.exceptions import UserError
from odoo.modules.registry import Registry

from . import security
from .integrity import RETRIABLE, validation_error

_logger = logging.getLogger(__name__)

PG_CONCURRENCY_ERRORS_TO_RETRY = (
    errorcodes.LOCK_NOT_AVAILABLE, errorcodes.SERIALIZATION_FAILURE, errorcodes.DEADLOCK_DETECTED,
)
PG_CONCURRENCY_EXCEPTIONS_TO_RETRY = RETRIABLE
MAX_TRIES_ON_CONCURRENCY_FAILURE = 5


def dispatch(method, params):
    """Call a method of this service.

    :param str method: ``execute`` or ``execute_kw``
    :param params: database, user id, password or API key, model, method, and the arguments
    :raise odoo.exceptions.AccessDenied: wrong password
    :raise NameError: there is no such method
    """
    if method not in ("execute", "execute_kw"):
        raise NameError(f"The service 'object' has no method {method!r}; it has execute and execute_kw")
    db, uid, passwd, model, name, *args = params
    uid = int(uid)
    thread = threading.current_thread()
    thread.dbname = db
    security.check(db, uid, passwd)
    # from here on it is known who calls
    thread.uid = uid
    registry = Registry(db).check_signaling()
    with registry.manage_changes():
        function = execute if method == "execute" else execute_kw
        return function(db, uid, model, name, *args)


def execute(db, uid, obj, method, *args, **kw):
    """Call a method of a model in a transaction of its own and return its result.

    :param str db: name of the database
    :param int uid: id of the acting user
    :param str obj: name of the model
    :param str method: name of the method
    """
    with Registry(db).cursor() as cr:
        result = execute_cr(cr, uid, obj, method, *args, **kw)
    if result is None:
        _logger.info("%s.%s returns None, which not every RPC client can receive", obj, method)
    return result


def execute_kw(db, uid, obj, method, args, kw=None):
    """Like :func:`execute`, with the arguments as a list and a dict."""
    return execute(db, uid, obj, method, *args, **(kw or {}))


def execute_cr(cr, uid, obj, method, *args, **kw):
    """Call a method of a model on a cursor, again when the database asks for that, and commit.

    :param cr: cursor
    :param int uid: id of the acting user
    :param str obj: name of the model
    :param str method: name of the method
    :raise odoo.exceptions.UserError: there is no such model
    """
    # the environment of an earlier caller on this cursor may be stale
    cr.reset()
    env = api.Environment(cr, uid, {})
    if obj not in env:
        raise UserError(env._("There is no model named %s", obj))
    return retrying(partial(api.call_kw, env[obj], method, args, kw), env)


def retrying(func, env):
    """Call ``func`` until the database accepts its transaction, then commit.

    A serialization failure, deadlock or lock that is not available starts the function anew, on a fresh
    transaction of the same cursor and after a pause, at most ``MAX_TRIES_ON_CONCURRENCY_FAILURE`` times in all.

    :param func: function without parameters
    :param env: environment whose cursor ``func`` works on
    :return: what ``func`` returns
    :raise odoo.exceptions.ValidationError: the database refuses the data
    """
    try:
        for attempt in range(1, MAX_TRIES_ON_CONCURRENCY_FAILURE + 1):
            try:
                result = func()
                if not env.cr.closed:
                    env.cr.flush()
                break
            except (psycopg2.IntegrityError, psycopg2.OperationalError) as error:
                if env.cr.closed:
                    raise
                _start_over(env)
                if isinstance(error, psycopg2.IntegrityError):
                    raise validation_error(env, error) from error
                if not isinstance(error, RETRIABLE):
                    raise
                if attempt == MAX_TRIES_ON_CONCURRENCY_FAILURE:
                    _logger.info("%s, the last of %d tries failed", type(error).__name__, attempt)
                    raise
                pause = random.uniform(0.02, 0.1 * 2 ** attempt)
                _logger.info("%s, try %d of %d in %.2f s", type(error).__name__, attempt + 1,
                             MAX_TRIES_ON_CONCURRENCY_FAILURE, pause)
                time.sleep(pause)
    except Exception:
        env.transaction.reset()
        env.registry.reset_changes()
        raise
    if not env.cr.closed:
        env.cr.commit()
    env.registry.signal_changes()
    return result


def _start_over(env):
    """Undo everything that a failed try left behind: transaction, caches, session and uploaded files."""
    env.cr.rollback()
    env.transaction.reset()
    env.registry.reset_changes()
    request = http.request
    if not request:
        return
    request.session = request._get_session_and_dbname()[0]
    for name, file in request.httprequest.files.items():
        if not file.seekable():
            raise RuntimeError(f"Cannot retry the request: the uploaded file {name!r} cannot be read a second time")
        file.seek(0)
