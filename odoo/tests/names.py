"""Values tests need to know: host, database, administrator."""

import threading

from odoo.tools import config

__all__ = [
    "ADDONS_PATH",
    "ADMIN_USER_ID",
    "DB",
    "DEFAULT_SUCCESS_SIGNAL",
    "DISABLED_MAIL_CONTEXT",
    "HOST",
    "get_db_name",
]

HOST = "127.0.0.1"
# tests act as the superuser unless they say otherwise
ADMIN_USER_ID = 1
ADDONS_PATH = config["addons_path"]
DEFAULT_SUCCESS_SIGNAL = "test successful"
CHECK_BROWSER_SLEEP = 0.1
CHECK_BROWSER_ITERATIONS = 100
BROWSER_WAIT = CHECK_BROWSER_SLEEP * CHECK_BROWSER_ITERATIONS
# a context that keeps records from sending and tracking
DISABLED_MAIL_CONTEXT = {
    "tracking_disable": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_notrack": True,
    "no_reset_password": True,
}


def get_db_name() -> str:
    """Return the name of the database under test: the configured one, else that of the current thread."""
    name = config["db_name"]
    if isinstance(name, (list, tuple)):
        name = name[0] if name else None
    elif name and "," in name:
        name = name.split(",")[0]
    return name or getattr(threading.current_thread(), "dbname", None)


DB = get_db_name()
