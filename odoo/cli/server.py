"""The command ``odoo-bin server``, which ``odoo-bin`` without a command is too."""

import atexit
import contextlib
import logging
import os
import sys

import psycopg2

from odoo import release
from odoo.db import embedded, lifecycle
from odoo.modules.install_request import InstallRequest
from odoo.modules.registry import Registry
from odoo.service.server import load_server_wide_modules, start
from odoo.tools import config

from .command import Command
from .preparation import configure, database_names, start_database_server

_logger = logging.getLogger("odoo")


class Server(Command):
    """Start the server (this is what odoo-bin does without command)."""

    def run(self, args):
        """Prepare the databases of the options and serve."""
        configure(args, "odoo-bin" if self.name == "server" else self.prog)
        return run_server()


def run_server():
    """Run the server as configured and return its exit status."""
    _report_configuration()
    start_database_server()
    names = database_names()
    asked = InstallRequest.from_options()
    try:
        requests = {name: asked.installing("base") if create_if_missing(name) else asked for name in names}
    except (psycopg2.OperationalError, ValueError) as error:
        sys.exit(f"odoo-bin: {str(error).strip()}")
    if config["translate_out"] or config["translate_in"]:
        from . import translations

        load_server_wide_modules()
        translations.transfer(Registry(names[0]) if len(names) == 1 else None)
        return 0
    with _pidfile():
        return start(preload=requests, stop=config["stop_after_init"])


def create_if_missing(name):
    """Create a database if it does not exist, and tell whether it is a new one.

    :param str name: its name
    """
    if lifecycle.exists(name):
        return False
    _logger.info("Create database %s", name)
    with contextlib.suppress(lifecycle.DatabaseExists):
        lifecycle.create(name)
    return True


def _report_configuration():
    _logger.info("%s version %s", release.product_name, release.version)
    if os.path.isfile(config.rcfile):
        _logger.info("Using configuration file %s", config.rcfile)
    _logger.info("addons paths: %s", config["addons_path"])
    if embedded.is_wanted():
        _logger.info("database: embedded PostgreSQL in %s", config["data_dir"])
    else:
        _logger.info(
            "database: %s@%s:%s",
            config["db_user"] or "default",
            config["db_host"] or "default",
            config["db_port"] or "default",
        )


@contextlib.contextmanager
def _pidfile():
    """Keep the process id in the file of the configuration, but not when gunicorn does."""
    path = config["pidfile"]
    if not path or (config["http_enable"] and not config["stop_after_init"]):
        yield
        return
    pid = os.getpid()
    with open(path, "w", encoding="ascii") as file:
        file.write(str(pid))

    def remove():
        if os.getpid() == pid:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(path)

    atexit.register(remove)
    yield
    remove()
