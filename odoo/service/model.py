"""RPC service ``object``: methods of models, in transactions that are retried."""

import logging
import threading

from psycopg2 import errorcodes

from odoo import api, http
from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.orm import retrying as transactions
from odoo.orm.pg_errors import RETRIABLE
from odoo.orm.rpc import call_kw_reading

from . import security

_logger = logging.getLogger(__name__)

PG_CONCURRENCY_ERRORS_TO_RETRY = (
    errorcodes.LOCK_NOT_AVAILABLE,
    errorcodes.SERIALIZATION_FAILURE,
    errorcodes.DEADLOCK_DETECTED,
)
PG_CONCURRENCY_EXCEPTIONS_TO_RETRY = RETRIABLE
MAX_TRIES_ON_CONCURRENCY_FAILURE = transactions.MAX_TRIES


def dispatch(method, params):
    """Call a method of this service.

    :param str method: ``execute`` or ``execute_kw``
    :param params: database, user id, password or API key, model, method, and the arguments
    :raise odoo.exceptions.AccessDenied: wrong password
    :raise odoo.exceptions.AccessError: no such database is served, or what the method does is not allowed
    :raise NameError: there is no such method
    """
    if method not in ("execute", "execute_kw"):
        raise NameError(f"The service 'object' has no method {method!r}; it has execute and execute_kw")
    db, uid, passwd, model, name, *args = params
    uid = int(uid)
    thread = threading.current_thread()
    thread.dbname = db
    with security.served(db) as registry:
        reads_only = security.check(db, uid, passwd)
        # from here on it is known who calls
        thread.uid = uid
        with registry.check_signaling().manage_changes():
            if reads_only:
                answer = _execute_reading(db, uid, model, name, *(args if method == "execute_kw" else (args,)))
            else:
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


def _execute_reading(db, uid, obj, method, args, kw=None):
    """Call a method of a model that only reads, in a transaction that only reads.

    :raise odoo.exceptions.AccessError: it does not
    """
    with Registry(db).cursor(readonly=True) as cr:
        return call_kw_reading(_model(api.Environment(cr, uid, {}), obj), method, args, kw or {})


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
    _model(env, obj)
    return retrying(lambda: api.call_kw(env[obj], method, args, kw), env)


def _model(env, name):
    if name not in env:
        raise UserError(env._("There is no model named %s", name))
    return env[name]


def retrying(func, env):
    """Call ``func`` until the database accepts its transaction, then commit, see :func:`odoo.orm.retrying.retrying`.

    The request that is being answered in that transaction, if there is one, starts over with it.

    :param func: function without parameters, that takes its records from ``env``
    :param env: environment whose cursor ``func`` works on
    :return: what ``func`` returns
    :raise odoo.exceptions.ValidationError: the database refuses the data
    """
    request = http.request
    if request and request.env is not None and request.env.transaction is env.transaction:
        return request._retrying(func)
    return transactions.retrying(func, env)


http.register_rpc_service("object", dispatch)
