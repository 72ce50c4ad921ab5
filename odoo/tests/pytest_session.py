"""What the plugin of pytest does when tests of addons are asked for (``pytest --odoo-db``)."""

from __future__ import annotations

import importlib
import shlex
import threading
from pathlib import Path

import pytest

from odoo.db import embedded, lifecycle
from odoo.modules import module as module_registry
from odoo.modules.graph import ModuleGraph
from odoo.modules.module import get_resource_from_path, initialize_sys_path, load_openerp_module
from odoo.modules.paths import module_manifest
from odoo.modules.registry import Registry
from odoo.tools import config

from . import case
from .templates import copy_of_template, install_missing

__all__ = ["AddonModule", "AddonSession"]


class AddonModule(pytest.Module):
    """A file of tests of an addon, imported as ``odoo.addons.<addon>.tests...``."""

    addon = ""

    def _getobj(self):
        graph = ModuleGraph()
        graph.add(self.addon)
        for node in graph:
            load_openerp_module(node.name)
        _addon, place, _path = get_resource_from_path(str(self.path))
        return importlib.import_module(f"odoo.addons.{self.addon}.{place.removesuffix('.py').replace('/', '.')}")

    def collect(self):
        """Return the tests of the file, but not those of classes that it imports."""
        return [node for node in super().collect() if not _is_imported(node, self.obj)]


def _is_imported(node, module) -> bool:
    test_class = getattr(node, "obj", None)
    is_case = isinstance(test_class, type) and issubclass(test_class, case.TestCase)
    return is_case and test_class.__module__ != module.__name__


class AddonSession:
    """A run of pytest with tests of addons.

    :param str dbname: database to run them in; empty for a new one
    :param str options: options of ``odoo-bin``, as on a command line
    :param places: files and directories that pytest was asked for
    """

    def __init__(self, dbname, options, places):
        self._wanted = dbname
        self._options = shlex.split(options)
        self._places = [Path(place.partition("::")[0]).resolve() for place in places]
        self._made = ""

    def configure(self):
        """Read the options and make the addons importable, also those that pytest was asked for."""
        config.parse_config(self._options)
        found = dict.fromkeys(str(path) for place in self._places for path in _addons_directories(place))
        config.options["addons_path"] = ",".join(dict.fromkeys([*found, *config["addons_path"].split(",")]))
        config.options.update(test_enable=True, http_enable=False, db_name=self._wanted)
        initialize_sys_path()

    @staticmethod
    def addon_of(path) -> str:
        """Return the name of the addon that a path is in, empty when it is in none."""
        found = get_resource_from_path(str(path))
        return found[0] if found and module_registry.get_module_path(found[0], display_warning=False) else ""

    def make_module(self, path, parent) -> AddonModule:
        """Return the collector of a file of tests."""
        module = AddonModule.from_parent(parent, path=path)
        module.addon = self.addon_of(path)
        return module

    @staticmethod
    def addons(items) -> set:
        """Return the names of the addons that tests belong to."""
        modules = (item.getparent(AddonModule) for item in items)
        return {module.addon for module in modules if module is not None}

    @staticmethod
    def choose(pytest_config, items):
        """Give tests their tags as markers; without ``-m`` those with the tag ``standard`` run."""
        left_out, known = [], set()
        for item in items:
            tags = getattr(getattr(item, "cls", None), "test_tags", None)
            if tags is None or item.getparent(AddonModule) is None:
                continue
            for tag in sorted(tags - known):
                pytest_config.addinivalue_line("markers", f"{tag}: tests with this tag")
            known |= tags
            for tag in sorted(tags):
                item.add_marker(tag)
            if "standard" not in tags and not pytest_config.option.markexpr:
                left_out.append(item)
        if left_out:
            pytest_config.hook.pytest_deselected(items=left_out)
            items[:] = [item for item in items if item not in set(left_out)]

    def open(self, items) -> Registry:
        """Return the registry of the database of the tests, in which their addons are installed.

        :param items: tests of the run
        """
        if embedded.is_wanted():
            embedded.acquire()
        addons = self.addons(items)
        name = self._wanted
        if name:
            install_missing(name, addons)
        else:
            name = self._made = copy_of_template(addons)
        config.options["db_name"] = name
        thread = threading.current_thread()
        thread.dbname, thread.testing, module_registry.current_test = name, True, True
        return Registry(name)

    def close(self):
        """Drop the database if it was made for the tests."""
        threading.current_thread().testing = module_registry.current_test = False
        if self._made:
            Registry.delete(self._made)
            lifecycle.drop(self._made)


def _addons_directories(place):
    """Yield the directories of addons that a file or directory is in or has."""
    for path in (place, *place.parents):
        if module_manifest(str(path)):
            yield path.parent
    if place.is_dir() and any(module_manifest(str(path)) for path in place.iterdir()):
        yield place
