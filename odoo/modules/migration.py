"""Migration scripts: ``migrations/<version>/{pre,post,end}-*.py`` with a function ``migrate(cr, version)``."""

from __future__ import annotations

import inspect
import logging
import os
import re
import types
from importlib.machinery import SourceFileLoader
from typing import Any

from odoo import release
from odoo.db.cursor import BaseCursor
from odoo.tools.config import config
from odoo.tools.files import file_path
from odoo.tools.parse_version import parse_version

from .graph import ModuleNode
from .manifest import ManifestError
from .module import get_module_path

_logger = logging.getLogger(__name__)

STAGES = ("pre", "post", "end")
_DIRECTORIES = ("migrations", "upgrades")
_VERSION = re.compile(r"\d+(\.\d+){1,4}")
_ALWAYS = "0.0.0"


class MigrationManager:
    """Finds and runs the migration scripts of modules.

    :param cr: cursor the scripts get
    """

    def __init__(self, cr: BaseCursor) -> None:
        self._cr = cr

    def migrate_module(self, node: ModuleNode, stage: str, from_version: str | None) -> None:
        """Run the scripts of a module that lead from one version to that of the files on disk.

        :param node: the module's :class:`~odoo.modules.graph.ModuleNode`
        :param str stage: ``pre`` (before its models are set up), ``post`` (after its data), ``end`` (after all modules)
        :param str from_version: version that was installed; nothing is run when there was none
        :raise ManifestError: when a script has no function ``migrate(cr, version)``
        """
        if not from_version:
            return
        for version, path in self._scripts(node.name, stage):
            if _applies(version, from_version, node.version):
                _logger.info("module %s: running migration %s/%s", node.name, version, os.path.basename(path))
                _migrate_of(path, node.name)(self._cr, from_version)

    def _scripts(self, name, stage):
        """Return ``(version, path)`` of the scripts of a stage, by version, then by file name."""
        found = []
        for root in _roots(name):
            if not os.path.isdir(root):
                continue
            for version in os.listdir(root):
                directory = os.path.join(root, version)
                if not _VERSION.fullmatch(version) or not os.path.isdir(directory):
                    continue
                for file in os.listdir(directory):
                    if file.startswith(f"{stage}-") and file.endswith(".py"):
                        found.append((version, os.path.join(directory, file)))
        return sorted(found, key=lambda item: (parse_version(_full(item[0])), os.path.basename(item[1])))


def _roots(name):
    """Return the directories that may hold version directories of a module."""
    module_path = get_module_path(name, display_warning=False)
    roots = [os.path.join(module_path, directory) for directory in _DIRECTORIES] if module_path else []
    configured = config.get("upgrade_path") or ""
    paths = configured.split(",") if isinstance(configured, str) else configured
    return roots + [os.path.join(path.strip(), name) for path in paths if path.strip()]


def _full(version):
    """Return a directory's version with the server's series in front."""
    if version == _ALWAYS or version.count(".") >= 3:
        return version
    return f"{release.major_version}.{version}"


def _applies(version, from_version, to_version):
    start, end = parse_version(from_version), parse_version(to_version)
    if version == _ALWAYS:
        return start < end
    return start < parse_version(_full(version)) <= end


def load_script(path: str, module_name: str) -> Any:
    """Return a script as a module.

    :param path: its file; a relative one begins with the name of an addon
    :param module_name: what the module is called
    """
    script = types.ModuleType(module_name)
    script.__file__ = file_path(path) if path[:1] != os.sep else path
    SourceFileLoader(module_name, script.__file__).exec_module(script)
    return script


def _migrate_of(path, module):
    """Return the function ``migrate`` of a script."""
    name = f"odoo_migration_{module}_{re.sub(r'[^0-9a-zA-Z]', '_', os.path.basename(path)[:-3])}"
    function = getattr(load_script(path, name), "migrate", None)
    if not callable(function) or len(inspect.signature(function).parameters) != 2:
        raise ManifestError(f"{path}: a migration script must define the function migrate(cr, version)")
    return function
