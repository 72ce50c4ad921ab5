"""The command ``odoo-bin shell``."""

import code
import importlib
import logging
import os
import sys
import threading

import odoo
from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.service.server import load_server_wide_modules
from odoo.tools import config

from .command import Command
from .preparation import configure, database_names, one_database, start_database_server

_logger = logging.getLogger(__name__)

_CONSOLES = ("ipython", "ptpython", "bpython", "python")


class Shell(Command):
    """Open a Python console on a database, or run the script on standard input.

    The names ``env`` (an environment of the superuser), ``self`` (its user) and ``odoo`` are there. Nothing is
    committed unless ``env.cr.commit()`` is called.
    """

    def run(self, args):
        """Run the console or script."""
        configure(args, self.prog)
        start_database_server()
        load_server_wide_modules()
        names = {"odoo": odoo, "openerp": odoo}
        if not database_names():
            self._interact(names)
            return
        dbname = one_database()
        threading.current_thread().dbname = dbname
        registry = Registry(dbname)
        with registry.cursor() as cr:
            context = api.Environment(cr, SUPERUSER_ID, {})["res.users"].context_get()
            env = api.Environment(cr, SUPERUSER_ID, context)
            names.update(env=env, self=env.user)
            # a script and a console decide themselves what is committed
            try:
                self._interact(names)
            finally:
                cr.rollback()

    def _interact(self, names):
        names = {"__name__": "__main__", **names}
        if config["shell_file"]:
            self._run_file(config["shell_file"], names)
        if not os.isatty(sys.stdin.fileno()):
            exec(compile(sys.stdin.read(), "<stdin>", "exec"), names)  # noqa: S102 - that is what a shell is for
            return
        for name, value in names.items():
            if name != "__name__":
                print(f"{name}: {value}")
        chosen = config["shell_interface"]
        for console in (chosen, *_CONSOLES) if chosen else _CONSOLES:
            try:
                getattr(self, f"_{console}")(names)
                return
            except ImportError:
                if console == chosen:
                    _logger.warning("%s is not installed, using another console", console)
            except AttributeError:
                sys.exit(f"odoo-bin: --shell-interface: unknown console {console!r}")

    def _run_file(self, path, names):
        with open(path, encoding="utf-8") as file:
            exec(compile(file.read(), path, "exec"), names)  # noqa: S102 - that is what a shell is for

    def _ipython(self, names):
        importlib.import_module("IPython").start_ipython(argv=[], user_ns=names)

    def _ptpython(self, names):
        importlib.import_module("ptpython.repl").embed({}, names)

    def _bpython(self, names):
        importlib.import_module("bpython").embed(names)

    def _python(self, names):
        try:
            readline = importlib.import_module("readline")
            completer = importlib.import_module("rlcompleter").Completer(names)
        except ImportError:
            _logger.info("No line editing: Python has no module readline")
        else:
            readline.set_completer(completer.complete)
            readline.parse_and_bind("tab: complete")
        code.InteractiveConsole(names).interact(banner="")
