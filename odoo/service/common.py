"""RPC service ``common``: version and login."""

import logging

from odoo import release
from odoo.exceptions import AccessDenied, TooManyAttempts
from odoo.http import register_rpc_service

from . import security

RPC_VERSION_1 = {
    "server_version": release.version,
    "server_version_info": list(release.version_info),
    "server_serie": release.series,
    "protocol_version": 1,
}


def exp_login(db, login, password):
    """Return the id of a user, or False; see :func:`exp_authenticate`."""
    return exp_authenticate(db, login, password, None)


def exp_authenticate(db, login, password, user_agent_env):
    """Return the id of a user, or False when login or password are wrong.

    :param str db: name of the database
    :param str login: the login
    :param str password: the password or an API key
    :param dict user_agent_env: what the client says about itself; not where this server is
    :raise odoo.exceptions.AccessError: no such database is served
    :raise odoo.exceptions.TooManyAttempts: the client has to wait
    """
    # links begin with the address of a browser's request, not with what a program says
    environment = {**(user_agent_env or {}), "interactive": False, "base_location": None}
    credential = {"login": login, "password": password, "type": "password"}
    with security.served(db) as registry:
        try:
            return registry["res.users"].authenticate(db, credential, environment)["uid"]
        except TooManyAttempts:
            raise
        except AccessDenied:
            return False


def exp_version():
    """Return the version of the server and of the protocol."""
    return RPC_VERSION_1


def exp_about(extended=False):
    """Return a sentence about the server, with its version when ``extended``."""
    info = f"{release.product_name} {release.version}: {release.description}."
    if release.url:
        info += f" See {release.url}"
    return (info, release.version) if extended else info


def exp_set_loglevel(loglevel, logger=None):
    """Accepted for compatibility: clients cannot change the log level.

    :return: True
    """
    logging.getLogger(__name__).info("Ignored the request to set log level %s on %s", loglevel, logger or "all loggers")
    return True


def dispatch(method, params):
    """Call a method of this service.

    :param str method: login, authenticate, version, about or set_loglevel
    :param params: its positional arguments
    :raise AttributeError: there is no such method
    """
    function = _METHODS.get(method)
    if function is None:
        raise AttributeError(f"The service 'common' has no method {method!r}; it has {', '.join(sorted(_METHODS))}")
    return function(*params)


_METHODS = {
    "about": exp_about,
    "authenticate": exp_authenticate,
    "login": exp_login,
    "set_loglevel": exp_set_loglevel,
    "version": exp_version,
}


register_rpc_service("common", dispatch)
