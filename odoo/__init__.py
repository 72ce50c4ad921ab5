"""The names that addon code imports from ``odoo``.

The package is extendable: an addon distribution that installs itself under ``odoo/addons`` is found
wherever on ``sys.path`` it lies.
"""

import pkgutil

__path__ = [*pkgutil.extend_path(__path__, __name__)]

#: id of the user that bypasses access rights
SUPERUSER_ID = 1
MIN_PY_VERSION = (3, 11)
MAX_PY_VERSION = (3, 14)
#: whether this process serves long-lived connections only
evented = False


def registry(database_name=None):
    """Return the model registry of a database.

    :param str database_name: the database, by default the one of the current thread
    """
    import threading

    from .orm.registry import Registry

    return Registry(database_name or threading.current_thread().dbname)


from ._monkeypatches import patch_all

patch_all()

# from the bottom of the layers to their top, so that each finds what it imports
from . import release, conf, loglevels, exceptions
from . import tools
from .tools.translate import _, _lt
from . import sql_db, netsvc
from . import api, fields, models
from .orm.commands import Command
from . import osv, upgrade, addons
from . import modules
from . import http
from . import service
from . import cli

__all__ = [
    "MAX_PY_VERSION",
    "MIN_PY_VERSION",
    "SUPERUSER_ID",
    "Command",
    "_",
    "_lt",
    "addons",
    "api",
    "cli",
    "conf",
    "evented",
    "exceptions",
    "fields",
    "http",
    "loglevels",
    "models",
    "modules",
    "netsvc",
    "osv",
    "registry",
    "release",
    "service",
    "sql_db",
    "tools",
    "upgrade",
]
