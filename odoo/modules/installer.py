"""Loading of one module: its code, its schema, its data, its hooks, its tests."""

from __future__ import annotations

import logging
import sys
import time
from typing import Any

from odoo.db.cursor import BaseCursor
from odoo.orm.environment import Environment
from odoo.orm.names import SUPERUSER_ID
from odoo.orm.registry import Registry
from odoo.tools.config import config

from . import db
from .data import ParseError, convert_file
from .graph import ModuleNode
from .install_request import InstallRequest
from .migration import MigrationManager
from .module import check_manifest_dependencies, get_hook, load_openerp_module

_logger = logging.getLogger("odoo.modules.loading")


def load_data(env: Environment, idref: dict[str, Any], mode: str, kind: str, node: ModuleNode) -> bool:
    """Load the data files that a module's manifest lists.

    :param dict idref: external ids loaded so far, completed in place
    :param str mode: ``init`` or ``update``
    :param str kind: ``data`` or ``demo``; records of demo files are not updated later
    :param node: the module's node
    :return: whether there was any file
    :raise ParseError: when a file cannot be loaded
    """
    keys = ("init_xml", "update_xml", "data") if kind == "data" else ("demo_xml", "demo")
    files = [name for key in keys for name in node.manifest[key]]
    seen = set()
    for name in files:
        if name in seen:
            _logger.warning("module %s: file %s is listed twice in its manifest", node.name, name)
            continue
        seen.add(name)
        _logger.debug("loading %s/%s", node.name, name)
        convert_file(env, node.name, name, idref, mode, kind == "demo")
        env.flush_all()
    return bool(files)


def load_demo(env: Environment, node: ModuleNode, idref: dict[str, Any], mode: str) -> bool:
    """Load the demonstration data of a module; when it fails, none of it stays and the module is installed without.

    :param node: the module's node
    :param dict idref: external ids loaded so far, completed in place
    :param str mode: ``init`` or ``update``
    :return: whether the module has its demonstration data now
    """
    if not (node.manifest["demo"] or node.manifest["demo_xml"]):
        return True
    try:
        with env.cr.savepoint():
            load_data(env(su=True), idref, mode, "demo", node)
    except ParseError as error:
        _logger.warning("module %s is installed without demonstration data: %s", node.name, error)
        env.invalidate_all(flush=False)
        if "ir.demo_failure" in env:
            env["ir.demo_failure"].create({"module_id": node.id, "error": str(error)})
        return False
    return True


class ModuleInstaller:
    """Loads modules one by one into a registry, bringing those that are marked up to date.

    :param registry: the registry being filled
    :param cr: its cursor; committed after each module that was installed or upgraded
    :param InstallRequest request: tells which new modules get demonstration data
    :param bool update: whether the database may be changed
    """

    def __init__(self, registry: Registry, cr: BaseCursor, request: InstallRequest, update: bool) -> None:
        self.registry = registry
        self.cr = cr
        self.request = request
        self.update = update
        self._migrations = MigrationManager(cr)
        self._updated: list[tuple[ModuleNode, str | None]] = []
        self._models_updated: set[str] = set()
        self._models_to_check: set[str] = set()
        #: names of installed modules whose data replace what users changed, protected or not
        self.reloaded: set = set()

    @property
    def env(self) -> Environment:
        """An environment of the superuser."""
        return Environment(self.cr, SUPERUSER_ID, {})

    def process(self, node: ModuleNode) -> None:
        """Load a module and, when it is marked, install or upgrade it.

        :param node: the module's :class:`~odoo.modules.graph.ModuleNode`
        :raise Exception: what its code or its data raised; nothing is committed then
        """
        started, queries = time.monotonic(), self.cr.sql_log_count
        changing = self.update and node.needs_update
        new = changing and node.state == "to install"
        if changing:
            self._before(node, new)
        load_openerp_module(node.name)
        if new:
            self._run_hook(node, "pre_init_hook")
        model_names = list(self.registry.load(self.cr, node))
        if changing:
            self._sync_schema(node, model_names, new)
            self._fill(node, new)
        elif node.state != "to remove":
            self._models_to_check.update(name for name in model_names if name in self._models_updated)
        self.registry._init_modules.add(node.name)
        if changing:
            self._after(node, new)
            _logger.info(
                "Module %s loaded in %.2fs, %d queries",
                node.name,
                time.monotonic() - started,
                self.cr.sql_log_count - queries,
            )
        self._run_tests(node, changing)

    def _before(self, node, new):
        check_manifest_dependencies(node.manifest)
        if not new and node.name != "base":
            self.registry.setup_models(self.cr)
        if not new:
            self._migrations.migrate_module(node, "pre", node.installed_version)
        if node.name != "base":
            self.env.flush_all()

    def _run_hook(self, node, kind):
        """Run a hook that the manifest names."""
        if name := node.manifest[kind]:
            if kind == "pre_init_hook":
                self.registry.setup_models(self.cr)
            package = sys.modules[f"odoo.addons.{node.name}"]
            get_hook(package, node.name, kind, name)(self.env)
            self.env.flush_all()

    def _sync_schema(self, node, model_names, new):
        """Bring the tables of the module's models up to date; a fresh database gets its first rows here."""
        self._models_updated.update(model_names)
        self._models_to_check.difference_update(model_names)
        self.registry.setup_models(self.cr)
        fresh = new and node.id is None
        if fresh:
            node.id = db.create_first_rows(self.env(context={"module": node.name}))
        self.registry.init_models(self.cr, model_names, {"module": node.name}, new)
        if fresh:
            db.compute_first_rows(self.env)

    def _fill(self, node, new):
        """Load the module's data and translations."""
        env = self.env
        module = env["ir.module.module"].browse(node.id)
        module._check()
        idref: dict[str, Any] = {}
        mode = "init" if new or node.name in self.reloaded else "update"
        load_data(env, idref, mode, "data", node)
        if self._wants_demo(node, new):
            node.demo_installed = load_demo(env, node, idref, mode)
        elif new:
            node.demo_installed = False
        module.write({"demo": node.demo_installed})
        if not new:
            self._migrations.migrate_module(node, "post", node.installed_version)
        module._update_translations(overwrite=config.get("overwrite_existing_translations") or False)

    def _wants_demo(self, node, new):
        if not new:
            return node.demo_installed
        wanted = self.request.wants_demo(node.name)
        if wanted is not None:
            return wanted
        return bool(node.depends) and all(needed.demo_installed for needed in node.depends)

    def _after(self, node, new):
        """Run the last hook, record the new state, and commit."""
        env = self.env
        if new:
            self._run_hook(node, "post_init_hook")
        else:
            env["ir.ui.view"]._validate_module_views(node.name)
        self._updated.append((node, node.installed_version if not new else None))
        self.registry.updated_modules.append(node.name)
        env["ir.module.module"].browse(node.id).write({"state": "installed", "latest_version": node.version})
        env.flush_all()
        node.state, node.installed_version = "installed", node.version
        self.cr.commit()

    def _run_tests(self, node, changing):
        """Run the module's tests marked ``at_install``, when tests are enabled."""
        if not config.get("test_enable") or not changing or not self.request.wants_tests(node.name):
            return
        from odoo.tests import loader  # noqa: PLC0415 - a server without tests does without

        suite = loader.make_suite([node.name], "at_install")
        if suite.countTestCases():
            report = loader.run_suite(suite, global_report=self.registry._assertion_report)
            self.registry._assertion_report.update(report)  # type: ignore[union-attr]  # set where tests run

    def finish(self) -> None:
        """Do what has to wait for all modules: schema checks, last migrations, removal of obsolete data."""
        if not self._updated:
            return
        env = self.env
        if models := sorted(name for name in self._models_to_check if name in self.registry):
            self.registry.init_models(self.cr, models, {"models_to_check": True, "update_custom_fields": True}, False)
        for node, version in self._updated:
            self._migrations.migrate_module(node, "end", version)
        self.registry.finalize_constraints()
        self._warn_about_access()
        env["ir.model.data"]._process_end([node.name for node, _version in self._updated])
        env.flush_all()
        self.cr.commit()

    def _warn_about_access(self):
        """Log the models of the modules updated that nobody has access to."""
        self.cr.execute(
            """
            SELECT model FROM ir_model AS m WHERE NOT EXISTS (SELECT FROM ir_model_access WHERE model_id = m.id)
            """
        )
        for (model_name,) in self.cr.fetchall():
            model = self.registry.get(model_name)
            if model is not None and model_name in self._models_updated and not model._abstract and model._auto:
                _logger.warning(
                    "model %s has no access rules; add them to a file ir.model.access.csv of module %s",
                    model_name,
                    model._module,
                )
