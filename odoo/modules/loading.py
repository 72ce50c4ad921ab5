"""Loading of modules into a registry, and their installation, upgrade and removal.

One module is installed in one transaction: it is committed when all of it succeeded. When it fails, its transaction is
rolled back and the marks of everything still to be done are taken away, so that the database is as it was before it.
"""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Iterable, Sequence
from typing import Any

from odoo import sql_db
from odoo.db.cursor import BaseCursor
from odoo.orm.environment import SUPERUSER_ID, Environment
from odoo.orm.pg_errors import RETRIABLE
from odoo.orm.registry import ModulesBusyError, Registry  # noqa: F401 - part of this module's interface
from odoo.orm.retrying import MAX_TRIES
from odoo.tools.config import config
from odoo.tools.parse_version import parse_version
from odoo.tools.suggestions import nearest

from . import db
from .graph import ModuleGraph, ModuleGraphError, ModuleNode
from .install_request import ALL, InstallRequest
from .installer import ModuleInstaller, load_data, load_demo  # noqa: F401 - part of this module's interface
from .module import get_hook, get_modules, initialize_sys_path, load_openerp_module

_logger = logging.getLogger(__name__)

#: called as ``on_progress(module_name, index, total)`` before each module is loaded
on_progress = None

_PRESENT = ("installed", "to upgrade", "to remove")
_MARK_CLEARED = {"to install": "uninstalled", "to upgrade": "installed", "to remove": "installed"}


def load_modules(
    registry: Registry,
    force_demo: bool = False,
    status: object = None,
    update_module: bool = False,
    request: InstallRequest | None = None,
    cr: BaseCursor | None = None,
) -> None:
    """Load all installed modules into a registry; install, upgrade and remove those marked.

    What the database takes for a conflict with others, a deadlock for example, is begun again with an empty registry.

    :param registry: the registry to fill; nobody else uses it
    :param bool force_demo: install demonstration data with new modules
    :param status: ignored, kept for callers that pass it
    :param bool update_module: whether to change the database: apply the marks and what is requested
    :param InstallRequest request: what is asked for, by default what the options ask for
    :param cr: cursor to read with when nothing is changed, by default a new one
    :raise ModuleGraphError: when a module to be installed is missing or lacks a dependency
    :raise Exception: what a module's code or data raised; the module that failed leaves no trace
    """
    initialize_sys_path()
    if request is None:
        request = InstallRequest.from_options()
    if force_demo:
        request = request.with_all_demo()
    if cr is not None:
        _Loader(registry, cr, request, False).run(False)
        return
    tries_left = MAX_TRIES
    while True:
        try:
            removed = _load(registry, request, update_module)
        except RETRIABLE as error:
            tries_left -= 1
            if not update_module:
                raise
            if not tries_left:
                reset_modules_state(registry.db_name)
                raise
            _logger.warning("%s, modules are loaded once more", type(error).__name__)
        else:
            if not removed:
                return
            # what was requested is done
            request = InstallRequest()
        registry.start_over()


def _load(registry, request, update):
    """Load modules into an empty registry and change those that are to be changed.

    :return: whether modules were removed, whose models the registry still has
    """
    with registry.cursor() as cr, cr.read_committed() if update else contextlib.nullcontext():
        fresh = not db.is_initialized(cr)
        if fresh and not update:
            _logger.error("Database %s is not initialized; initialize it with -i base", cr.dbname)
            return False
        try:
            removed = _Loader(registry, cr, request, update).run(fresh)
            cr.commit()
        except RETRIABLE:
            # the marks are needed again
            raise
        except Exception:
            cr.rollback()
            if update:
                _clear_marks(cr)
                cr.commit()
            raise
        return removed


Registry.register_loader(load_modules)


def _clear_marks(cr):
    """Take away all marks for installation, upgrade and removal."""
    if not db.is_initialized(cr):
        return
    for marked, state in _MARK_CLEARED.items():
        cr.execute("UPDATE ir_module_module SET state = %s WHERE state = %s", [state, marked])


def reset_modules_state(db_name: str) -> None:
    """Take away all marks for installation, upgrade and removal in a database."""
    with sql_db.db_connect(db_name).cursor() as cr:
        _clear_marks(cr)
    _logger.warning("Modules of database %s were marked for changes that never ran: the marks are gone", db_name)


def load_module_graph(loader: _Loader, nodes: Sequence[ModuleNode]) -> None:
    """Load modules one after the other, in the order given.

    :param loader: the :class:`_Loader` of this run
    :param nodes: list of :class:`~odoo.modules.graph.ModuleNode`
    """
    for index, node in enumerate(nodes, 1):
        _logger.log(
            logging.INFO if node.needs_update else logging.DEBUG,
            "Loading module %s (%d/%d)",
            node.name,
            index,
            len(nodes),
        )
        if on_progress:
            on_progress(node.name, index, len(nodes))
        loader.installer.process(node)


def load_marked_modules(loader: _Loader, states: Iterable[str]) -> bool:
    """Load the modules in certain states that are not loaded yet, with their dependencies.

    :param loader: the :class:`_Loader` of this run
    :param states: names of module states
    :return: whether there was any
    :raise ModuleGraphError: when one that is to be installed or upgraded cannot be put in order
    """
    cr, graph, loaded = loader.cr, loader.graph, loader.registry._init_modules
    cr.execute("SELECT name, state FROM ir_module_module WHERE state = ANY(%s) ORDER BY name", [list(states)])
    wanted = {name: state for name, state in cr.fetchall() if name not in loaded}
    changing = [name for name, state in wanted.items() if loader.update and state in ("to install", "to upgrade")]
    for name in changing:
        graph.add(name)
    graph.add_possible(name for name in wanted if name not in changing)
    graph.update_from_db(cr)
    ready, nodes = set(loaded), []
    for node in graph:
        if node.name in wanted and node.name not in loaded:
            lacking = [needed.name for needed in node.depends if needed.name not in ready]
            if lacking:
                graph.problems[node.name] = f"it needs modules that are not installed: {', '.join(lacking)}"
                continue
            ready.add(node.name)
            nodes.append(node)
    load_module_graph(loader, nodes)
    return bool(nodes)


def force_demo(env: Environment) -> None:
    """Load the demonstration data of all installed modules.

    :param env: environment of the superuser
    """
    graph = ModuleGraph()
    graph.add_possible(env["ir.module.module"]._installed())
    graph.update_from_db(env.cr)
    for node in graph:
        if node.state == "installed" and load_demo(env, node, {}, "init"):
            env["ir.module.module"].browse(node.id).demo = True
    env.flush_all()


class _Loader:
    """One run of :func:`load_modules`."""

    def __init__(self, registry: Registry, cr: BaseCursor, request: InstallRequest, update_module: bool) -> None:
        self.registry = registry
        self.cr = cr
        self.request = request
        self.update = update_module
        self.graph = ModuleGraph()
        self.installer = ModuleInstaller(registry, cr, request, update_module)

    @property
    def env(self) -> Environment:
        """An environment of the superuser."""
        return Environment(self.cr, SUPERUSER_ID, {})

    def run(self, fresh: bool) -> bool:
        """Do everything; see :func:`load_modules`.

        :return: whether modules were removed, so that the registry has to be built anew
        """
        started, queries = time.monotonic(), self.cr.sql_log_count
        self._prepare_tests()
        if fresh:
            self._check_names()
            if self.request.init and not self.request.without_demo:
                # modules get demonstration data when those they depend on have it: it starts with base
                self.request = self.installer.request = self.request.with_all_demo()
        self._load_base(fresh)
        if self.update:
            self.registry.setup_models(self.cr)
            self._mark(fresh)
        self._load_others()
        self._report_missing()
        self.registry.loaded = True
        self.registry.setup_models(self.cr)
        if self.update:
            self.installer.finish()
            if self._uninstall():
                return True
        self._register_hooks()
        if self.update:
            self.env["ir.qweb"]._pregenerate_assets_bundles()
        _logger.info(
            "%d modules loaded in %.2fs, %d queries",
            len(self.registry._init_modules),
            time.monotonic() - started,
            self.cr.sql_log_count - queries,
        )
        return False

    def _prepare_tests(self):
        """Give the registry the report that the results of tests go to."""
        if config.get("test_enable") and self.registry._assertion_report is None:
            from odoo.tests.result import OdooTestResult  # noqa: PLC0415 - a server without tests does without

            self.registry._assertion_report = OdooTestResult()

    def _load_base(self, fresh):
        self.graph.add("base")
        base = self.graph["base"]
        if fresh:
            base.state = "to install"
        else:
            self.graph.update_from_db(self.cr)
            if self.update and {"base", ALL} & self.request.update:
                base.state = "to upgrade"
        load_module_graph(self, [base])

    def _check_names(self):
        """Refuse names on the command line that exist nowhere, before anything is changed."""
        known = set(get_modules())
        for name in sorted(self.request.init | self.request.update):
            if name != ALL and name not in known:
                raise ModuleGraphError(
                    f"module {name!r} does not exist in the addons paths{nearest(name, known)}", name
                )

    def _mark(self, fresh):
        """Mark the modules that are to be installed and updated."""
        modules = self.env["ir.module.module"]
        init, update = self.request.init, self.request.update
        if not fresh and (init or update):
            self._check_names()
            modules.update_list()
        if init:
            domain: list[Any] = [("state", "=", "uninstalled")]
            if ALL not in init:
                domain.append(("name", "in", list(init)))
            if found := modules.search(domain):
                found.button_install()
            if not fresh:
                self._mark_again(modules, init - {"base", ALL})
        if update and not fresh:
            names = ["base"] if ALL in update else list(update)
            if found := modules.search([("state", "in", ("installed", "to upgrade")), ("name", "in", names)]):
                found.button_upgrade()
        self.env.flush_all()
        self.cr.execute("UPDATE ir_module_module SET state = 'installed' WHERE name = 'base' AND state != 'installed'")
        modules.invalidate_model(["state"])

    def _mark_again(self, modules, names):
        """Mark installed modules that are asked for once more: they alone are loaded as if they were new."""
        found = modules.search([("state", "=", "installed"), ("name", "in", list(names))])
        found.write({"state": "to upgrade"})
        self.installer.reloaded.update(found.mapped("name"))

    def _load_others(self):
        """Load what is there, then what is to come, until nothing is left: hooks may mark further modules."""
        while True:
            loaded = load_marked_modules(self, _PRESENT)
            if self.update:
                self.env.flush_all()
                loaded |= load_marked_modules(self, ("to install",))
            if not loaded:
                break

    def _report_missing(self):
        for name, problem in self.graph.problems.items():
            if name not in self.registry._init_modules:
                _logger.error("installed module %s is not loaded: %s", name, problem)
        older = [
            f"{node.name} ({node.version}, there {node.installed_version})"
            for node in self.graph
            if node.installed_version and parse_version(node.installed_version) > parse_version(node.version)
        ]
        if older:
            _logger.warning(
                "another host updated modules whose code is older here, update this host: %s", ", ".join(older)
            )

    def _uninstall(self):
        """Remove the modules marked; return whether there was any."""
        env = self.env
        env.flush_all()
        modules = env["ir.module.module"].search([("state", "=", "to remove")])
        if not modules:
            return False
        names = set(modules.mapped("name"))
        for node in reversed([node for node in self.graph if node.name in names]):
            if hook := node.manifest["uninstall_hook"]:
                load_openerp_module(node.name)
                package = __import__(f"odoo.addons.{node.name}", fromlist=[node.name])
                get_hook(package, node.name, "uninstall_hook", hook)(env)
                env.flush_all()
        modules.module_uninstall()
        env.flush_all()
        self.cr.commit()
        _logger.info("Removed modules %s, building the registry anew", ", ".join(sorted(names)))
        return True

    def _register_hooks(self):
        env = self.env
        for model in env.values():
            model._register_hook()
        env.flush_all()
