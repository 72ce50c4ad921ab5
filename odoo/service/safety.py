"""What is unsafe about how the server was started, told once."""

import logging
import os
import stat
from contextlib import closing

import psycopg2

from odoo import sql_db
from odoo.db import embedded
from odoo.db.lifecycle import MAINTENANCE_DATABASE
from odoo.tools import config
from odoo.tools.own_host import is_loopback
from odoo.tools.passwords import KNOWN_PASSWORDS, password_hashing

_logger = logging.getLogger(__name__)


def warn():
    """Log what is unsafe, if anything, in one message."""
    if found := unsafe():
        _logger.warning("This server is not safe yet:\n%s", "\n".join(f"  - {line}" for line in found))


def unsafe():
    """Return what is unsafe, as sentences for people."""
    return [*_of_process(), *_of_network(), *_of_databases()]


def _of_process():
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        yield "it runs as root: whoever breaks out of it has the whole machine; use an account of its own"
    data_dir = config["data_dir"]
    if os.path.isdir(data_dir) and os.stat(data_dir).st_mode & (stat.S_IROTH | stat.S_IXOTH):
        yield f"every account of the machine can look into {data_dir}: chmod o-rwx"


def _is_reachable():
    """Tell whether other machines can connect."""
    return bool(config["http_enable"]) and not is_loopback(config["http_interface"])


def _of_network():
    if not _is_reachable():
        return
    where = config["http_interface"] or "all interfaces"
    if not config["proxy_mode"]:
        managed = ", the database manager included" if config["list_db"] else ""
        yield (
            f"it listens on {where} without TLS{managed}: put a reverse proxy in front (--proxy-mode) and use"
            " --http-interface=127.0.0.1" + (" and --no-database-list" if managed else "")
        )
    if config["dev_mode"]:
        yield f"developer mode (--dev={','.join(config['dev_mode'])}) shows its code to who reaches {where}"


def _of_databases():
    try:
        if not embedded.is_wanted() and _is_superuser():
            yield "its PostgreSQL user is a superuser, who reads and writes files and runs programs there"
        if _is_reachable():
            names = [name.strip() for name in (config["db_name"] or "").split(",")]
            for name in filter(None, names):
                for login in _known_passwords(name):
                    yield f"{login!r} of database {name} still has the password that everybody knows"
    except psycopg2.Error as error:
        _logger.info("Whether the databases are safe cannot be told: %s", str(error).strip())


def _is_superuser():
    with closing(sql_db.db_connect(MAINTENANCE_DATABASE).cursor()) as cr:
        cr.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        return cr.fetchone()[0]


def _known_passwords(name):
    """Return the logins of a database that are their passwords as well, of those that users are made with."""
    with closing(sql_db.db_connect(name).cursor()) as cr:
        cr.execute("SELECT to_regclass('res_users')")
        if cr.fetchone() == (None,):
            return []
        cr.execute(
            "SELECT login, password FROM res_users WHERE active AND login = ANY(%s) AND password IS NOT NULL",
            [list(KNOWN_PASSWORDS)],
        )
        rows = cr.fetchall()
    crypt = password_hashing()
    return [login for login, hashed in rows if crypt.identify(hashed) and crypt.verify(login, hashed)]
