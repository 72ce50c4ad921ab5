"""The command ``odoo-bin start``."""

import argparse
import logging
import os
import socket
import sys
import threading
import time
from contextlib import closing

from tqdm import tqdm

from odoo import netsvc, sql_db
from odoo.db import lifecycle
from odoo.modules import db as modules_db
from odoo.modules import loading
from odoo.modules.install_request import InstallRequest
from odoo.modules.module import get_modules, initialize_sys_path
from odoo.modules.registry import Registry
from odoo.service import server
from odoo.tools import config

from .command import Command
from .preparation import start_database_server

_logger = logging.getLogger(__name__)

_DATABASE = "odoo"
_MODULES = "base,web,sale"


class Start(Command):
    """Prepare a database if there is none, show progress, then serve; the log goes to a file."""

    def run(self, args):
        """Prepare and serve; options that are not the command's own are those of the server."""
        parser = argparse.ArgumentParser(
            prog=self.prog,
            description=self.__doc__,
            epilog="All other options are those of the server.",
            allow_abbrev=False,
        )
        parser.add_argument("-d", "--database", default=_DATABASE, help="database, %(default)s by default")
        parser.add_argument("-i", "--init", default=_MODULES, help="addons of a new database, %(default)s by default")
        options, server_options = parser.parse_known_args(args)
        config.parse_config(["-d", options.database, *server_options])
        if not config["logfile"]:
            config["logfile"] = os.path.join(config["data_dir"], "odoo.log")
        # everybody knows the password of the database that is made here
        config["http_interface"] = config["http_interface"] or "127.0.0.1"
        netsvc.init_logger()
        initialize_sys_path()
        threading.current_thread().dbname = options.database

        check_port(config["http_interface"], config["http_port"])
        _say("Starting the database server")
        start_database_server()
        server.load_server_wide_modules()
        wanted = [name.strip() for name in options.init.split(",") if name.strip()]
        missing = sorted(set(wanted) - set(get_modules()))
        if missing:
            sys.exit(f"{self.prog}: there is no addon {', '.join(missing)}; see --addons-path")
        try:
            prepare(options.database, wanted)
        except Exception as error:
            _logger.critical("The database %s could not be prepared", options.database, exc_info=True)
            sys.exit(f"{self.prog}: {str(error).strip()}\nSee {config['logfile']}")
        return server.start(on_ready=self._greet)

    def _greet(self, url):
        _say(f"""
  Ready:     {url}
  Log in:    admin / admin  (on this machine only, unless you changed it)
  Database:  {config["db_name"]}
  Log:       {config["logfile"]}
  Stop:      Ctrl-C
""")


def check_port(interface, port):
    """Leave with a message when the server could not listen, before anything else is done.

    :param str interface: address
    :param int port: port
    """
    family = socket.AF_INET6 if ":" in interface else socket.AF_INET
    with socket.socket(family) as sock:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            sock.bind((interface, port))
        except OSError as error:
            sys.exit(
                f"odoo-bin start: cannot listen on {interface}:{port}: {error.strerror}; "
                "choose another --http-port (make run PORT=...)"
            )


def prepare(name, modules):
    """Create a database and install modules; what is there already stays as it is.

    An installation that was interrupted is completed.

    :param str name: name of the database
    :param modules: names of the modules
    """
    if not lifecycle.exists(name):
        _say(f"Creating database {name}")
        lifecycle.create(name)
    lacking = [module for module in modules if module not in installed_modules(name)]
    if lacking:
        _say(f"Installing {', '.join(lacking)} with their dependencies and demonstration data")
        started = time.monotonic()
        with _Progress() as progress:
            loading.on_progress = progress
            try:
                Registry.new(name, update_module=True, request=InstallRequest.of(init=lacking))
            finally:
                loading.on_progress = None
        _say(f"Installed in {time.monotonic() - started:.0f} s")
    else:
        _say(f"Loading database {name}")
        Registry(name)
    sql_db.close_all()


def installed_modules(name):
    """Return the names of the modules installed in a database.

    :param str name: name of the database
    """
    with closing(sql_db.db_connect(name).cursor()) as cr:
        if not modules_db.is_initialized(cr):
            return set()
        cr.execute("SELECT name FROM ir_module_module WHERE state IN ('installed', 'to upgrade')")
        return {module for [module] in cr.fetchall()}


class _Progress:
    """Shows which module is loaded: a bar on a terminal, otherwise a line a module."""

    def __init__(self):
        self._bar = None

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_value, traceback):
        if self._bar is not None:
            self._bar.update(self._bar.total - self._bar.n if exc_type is None else 0)
            self._bar.close()

    def __call__(self, module, index, total):
        if not sys.stderr.isatty():
            _say(f"[{index}/{total}] {module}")
            return
        if self._bar is None or self._bar.total != total:
            if self._bar is not None:
                self._bar.close()
            self._bar = tqdm(total=total, unit="addon", ncols=80, bar_format="{l_bar}{bar}| {n_fmt}/{total_fmt}")
        self._bar.update(index - 1 - self._bar.n)
        self._bar.set_description(f"{module:<20.20}")


def _say(text):
    print(text, flush=True)
