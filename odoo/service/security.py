"""Who is calling: password checks of the RPC interface, session tokens."""

from odoo.exceptions import AccessDenied
from odoo.http import check_session as _check_http_session
from odoo.modules.registry import Registry


def check(db, uid, passwd):
    """Check a password or API key.

    :param str db: name of the database
    :param int uid: id of the user
    :param str passwd: the password or API key
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
