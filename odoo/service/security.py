"""Who is calling: password checks of the RPC interface, session tokens."""

from contextlib import contextmanager

import psycopg2

from odoo.db import lifecycle
from odoo.exceptions import AccessDenied, AccessError
from odoo.http import check_session as _check_http_session
from odoo.http import db_filter
from odoo.modules.registry import Registry


@contextmanager
def served(db):
    """Yield the registry of a database that this server serves at the address of the request.

    :param str db: name of the database, as the caller gave it
    :raise odoo.exceptions.AccessError: it serves none of that name, be it that there is none; nobody is told which
    """
    missing = AccessError("Database not found.")
    if not (isinstance(db, str) and db_filter([db])):
        raise missing
    try:
        if db not in Registry.registries and db not in lifecycle.list_served(force=True):
            raise missing
        registry = Registry(db)
        if "res.users" not in registry:
            raise missing
        yield registry
    except psycopg2.OperationalError:
        if lifecycle.exists(db):
            raise
        raise missing from None


def check(db, uid, passwd):
    """Check a password or API key.

    :param str db: name of the database
    :param int uid: id of the user
    :param str passwd: the password or API key
    :return: whether it is a key with which nothing can be changed
    :raise odoo.exceptions.AccessDenied: it is not the user's
    """
    if not passwd or not isinstance(passwd, str):
        raise AccessDenied()
    return Registry(db)["res.users"].check(db, uid, passwd)


def compute_session_token(session, env):
    """Return the token that binds a session to the present password of its user.

    :param session: the HTTP session
    :param env: any environment of its database
    """
    return env["res.users"].browse(session.uid)._compute_session_token(session.sid)


def check_session(session, env, request=None):
    """Return whether the session still fits its user.

    :param session: the HTTP session
    :param env: any environment of its database
    :param request: the current request
    """
    return _check_http_session(session, env, request)
