"""What commands do before their work: configuration, logging, addons, database server."""

import sys
import threading

from odoo import netsvc
from odoo.db import embedded
from odoo.modules.module import initialize_sys_path
from odoo.tools import config
from odoo.tools.config_options import BY_KEY

#: options of the server that make sense for other commands
_SERVER_OPTIONS = (
    "config",
    "data_dir",
    "addons_path",
    "attachment_s3",
    "attachment_s3_endpoint",
    "db_host",
    "db_port",
    "db_user",
    "db_password",
    "db_sslmode",
    "db_template",
    "pg_path",
    "log_level",
    "logfile",
)


def add_server_options(parser, *others):
    """Declare the options of the server that make sense for a command that only works on databases.

    :param argparse.ArgumentParser parser: the command's parser
    :param str others: keys of more options
    """
    for key in (*others, *_SERVER_OPTIONS):
        BY_KEY[key].add_to(parser)


def server_options(options, *others):
    """Return those of the options that :func:`add_server_options` declared as a command line.

    :param argparse.Namespace options: what the parser found
    :param str others: keys of more options
    """
    values = vars(options)
    given = [(BY_KEY[key].flags[-1], values[key]) for key in (*others, *_SERVER_OPTIONS) if key in values]
    return [word for flag, value in given for word in (flag, str(value))]


def configure(args, prog="odoo-bin"):
    """Read the configuration, set logging up and make the addons importable.

    :param list[str] args: options of the command line
    :param str prog: name of the command for usage messages
    """
    config.parser.prog = prog
    config.parse_config(args)
    netsvc.init_logger()
    initialize_sys_path()


def start_database_server():
    """Start the embedded PostgreSQL unless another server is configured.

    :raise SystemExit: it cannot be started
    """
    if not embedded.is_wanted():
        return
    try:
        embedded.acquire()
    except (RuntimeError, OSError) as error:
        sys.exit(f"odoo-bin: the embedded database cannot be started: {error}")


def one_database():
    """Return the database of the options, which must be exactly one, and note it on the thread for the log.

    :raise SystemExit: none or several are given
    """
    names = database_names()
    if len(names) != 1:
        sys.exit("odoo-bin: give one database with -d" if not names else f"odoo-bin: give one database, not {names}")
    threading.current_thread().dbname = names[0]
    return names[0]


def database_names():
    """Return the databases of the options."""
    return [name.strip() for name in (config["db_name"] or "").split(",") if name.strip()]
