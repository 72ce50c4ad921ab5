"""RPC service ``object``: methods of models, in transactions that are retried."""

import logging
import random
import threading
import time
from contextlib import contextmanager

import psycopg2
from psycopg2 import errorcodes

from odoo import api, http
from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.orm.registry_change import roll_back, run_on_registry

from . import security
from .integrity import RETRIABLE, validation_error

_logger = logging.getLogger(__name__)

PG_CONCURRENCY_ERRORS_TO_RETRY = (
    errorcodes.LOCK_NOT_AVAILABLE,
    errorcodes.SERIALIZATION_FAILURE,
    errorcodes.DEADLOCK_DETECTED,
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
        answer = function(db, uid, model, name, *args)
    if answer is None:
        _logger.info("%s.%s returns None, which not every RPC client can receive", model, name)
    return answer


def execute(db, uid, obj, method, *args, **kw):
    """Call a method of a model in a transaction of its own and return its result.

    :param str db: name of the database
    :param int uid: id of the acting user
    :param str obj: name of the model
    :param str method: name of the method
    """
    with Registry(db).cursor() as cr:
        return execute_cr(cr, uid, obj, method, *args, **kw)


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
    return retrying(lambda: api.call_kw(env[obj], method, args, kw), env)


def retrying(func, env):
    """Call ``func`` until the database accepts its transaction, then commit.

    A serialization failure, deadlock or lock that is not available starts the function anew, on a fresh
    transaction of the same cursor and after a pause, at most ``MAX_TRIES_ON_CONCURRENCY_FAILURE`` times in all.
    A function that changes models starts anew on a registry of its own, see :mod:`odoo.orm.registry_change`.

    :param func: function without parameters, that takes its records from ``env``
    :param env: environment whose cursor ``func`` works on
    :return: what ``func`` returns
    :raise odoo.exceptions.ValidationError: the database refuses the data
    """

    def attempt():
        _let_request_follow(env)
        with _committing(env):
            return _first_accepted(func, env)

    try:
        return run_on_registry(env, attempt, _start_over)
    finally:
        _let_request_follow(env)


def _let_request_follow(env):
    """Give the request that works with ``env`` the registry of ``env``."""
    request = http.request
    if request and request.env is not None and request.env.transaction is env.transaction:
        request.registry = env.registry


@contextmanager
def _committing(env):
    """Commit what the block did and tell other processes of it; when it fails, forget what it changed in memory."""
    try:
        yield
    except Exception:
        env.transaction.reset()
        # a registry of its own is forgotten as a whole
        if not env.transaction.owns_registry:
            env.registry.reset_changes()
        raise
    else:
        if not env.cr.closed:
            env.cr.commit()
        env.registry.signal_changes()


def _first_accepted(func, env):
    """Return the result of the first call whose changes the database takes, before they are committed."""
    pauses_left = MAX_TRIES_ON_CONCURRENCY_FAILURE - 1
    while True:
        try:
            result = func()
            if not env.cr.closed:
                env.cr.flush()
            return result
        except psycopg2.IntegrityError as error:
            if env.cr.closed:
                raise
            _start_over(env)
            raise validation_error(env, error) from error
        except RETRIABLE as error:
            if env.cr.closed:
                raise
            _start_over(env)
            if not pauses_left:
                _logger.info("%s, and no try is left", type(error).__name__)
                raise
            _pause(error, pauses_left)
            pauses_left -= 1
        except psycopg2.OperationalError:
            if not env.cr.closed:
                _start_over(env)
            raise


def _pause(error, pauses_left):
    """Wait before the next try, longer each time, and never as long as those that wait for the same."""
    longest = 0.2 * 2 ** (MAX_TRIES_ON_CONCURRENCY_FAILURE - 1 - pauses_left)
    pause = random.uniform(0.02, longest)
    _logger.info("%s, %d tries are left, the next in %.2f s", type(error).__name__, pauses_left, pause)
    time.sleep(pause)


def _start_over(env):
    """Undo everything that a failed try left behind: transaction, caches, session and uploaded files."""
    roll_back(env)
    request = http.request
    if not request:
        return
    request.session = request._get_session_and_dbname()[0]
    for name, file in request.httprequest.files.items():
        if not file.seekable():
            raise RuntimeError(f"Cannot retry the request: the uploaded file {name!r} cannot be read a second time")
        file.seek(0)
