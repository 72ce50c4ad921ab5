"""The dependency graph of modules: who needs whom, and the order in which to load them."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from odoo.db.cursor import BaseCursor
from odoo.tools.suggestions import nearest

from .manifest import ManifestError, direct_dependencies, get_manifest
from .paths import get_modules

_logger = logging.getLogger(__name__)


class ModuleGraphError(Exception):
    """The modules asked for cannot be put in order; `module` is the one at fault."""

    def __init__(self, message: str, module: str) -> None:
        super().__init__(message)
        self.module = module


class ModuleNode:
    """One module in the graph.

    :ivar name: technical name
    :ivar manifest: completed manifest (also as ``info``)
    :ivar depends: nodes it depends on directly
    :ivar depth: length of the longest dependency chain below it; 0 for base
    :ivar state, id, installed_version, demo_installed: as in the database; see :meth:`ModuleGraph.update_from_db`
    """

    def __init__(self, name: str, manifest: dict[str, Any], depends: Iterable[ModuleNode] = ()) -> None:
        self.name = name
        self.manifest = manifest
        self.depends = tuple(depends)
        self.depth: int = max((node.depth + 1 for node in self.depends), default=0)
        self.id: int | None = None
        self.state = "uninstalled"
        self.installed_version: str | None = None
        self.demo_installed = False

    def __repr__(self) -> str:
        return f"<ModuleNode {self.name} depth={self.depth} state={self.state}>"

    @property
    def info(self) -> dict[str, Any]:
        """The manifest."""
        return self.manifest

    @property
    def version(self) -> str:
        """Version of the files on disk."""
        return self.manifest["version"]

    @property
    def needs_update(self) -> bool:
        """Whether its schema and data are to be brought up to date."""
        return self.state in ("to install", "to upgrade")


class ModuleGraph:
    """Modules with all their dependencies, in loading order: by depth, then by name.

    :param read_manifest: function giving the manifest of a name, ``{}`` when it does not exist
    :param all_names: function giving all existing names, for proposals in messages
    """

    def __init__(
        self,
        read_manifest: Callable[[str], dict[str, Any]] = get_manifest,
        all_names: Callable[[], Iterable[str]] = get_modules,
    ) -> None:
        self._read_manifest = read_manifest
        self._all_names = all_names
        self._nodes: dict[str, ModuleNode] = {}
        #: name -> why it could not be added, see :meth:`add_possible`
        self.problems: dict[str, str] = {}

    def __contains__(self, name: object) -> bool:
        return name in self._nodes

    def __getitem__(self, name: str) -> ModuleNode:
        return self._nodes[name]

    def __len__(self) -> int:
        return len(self._nodes)

    def __iter__(self) -> Iterator[ModuleNode]:
        return iter(sorted(self._nodes.values(), key=lambda node: (node.depth, node.name)))

    def get(self, name: str) -> ModuleNode | None:
        """Return the node called `name`, or ``None``."""
        return self._nodes.get(name)

    def add(self, name: str) -> None:
        """Add a module and everything it depends on.

        :raise ModuleGraphError: when a module is missing, not installable, unreadable, or depends on itself
        """
        self._add(name, [])

    def add_possible(self, names: Iterable[str]) -> None:
        """Add those of `names` that can be; the others are kept with the reason in `problems`."""
        for name in names:
            try:
                self._add(name, [])
            except ModuleGraphError as error:
                self.problems[name] = str(error)

    def _add(self, name, path):
        if name in self._nodes:
            return self._nodes[name]
        if name in path:
            circle = " -> ".join([*path[path.index(name) :], name])
            raise ModuleGraphError(f"modules depend on each other in a circle: {circle}", name)
        manifest = self._manifest(name, path)
        depends = [self._add(needed, [*path, name]) for needed in direct_dependencies(name, manifest)]
        node = self._nodes[name] = ModuleNode(name, manifest, depends)
        return node

    def _manifest(self, name, path):
        try:
            manifest = self._read_manifest(name)
        except (ManifestError, OSError) as error:
            raise ModuleGraphError(f"module {name!r}: {error}", name) from error
        reason = None
        if not manifest:
            reason = f"does not exist in the addons paths{nearest(name, self._all_names())}"
        elif not manifest["installable"]:
            reason = "is not installable (its manifest says so)"
        if reason:
            depends = f"module {path[-1]!r} depends on " if path else ""
            raise ModuleGraphError(f"{depends}module {name!r}{', which' if path else ''} {reason}", name)
        return manifest

    def dependants(self, names: Iterable[str]) -> set[str]:
        """Return the set of names of modules in the graph that are in `names` or depend on one of them."""
        found = set(names)
        for node in self:
            if any(needed.name in found for needed in node.depends):
                found.add(node.name)
        return found

    def update_from_db(self, cr: BaseCursor) -> None:
        """Fill state, id, installed version and demo flag of all nodes from table ``ir_module_module``."""
        if not self._nodes:
            return
        cr.execute(
            "SELECT name, id, state, demo, latest_version FROM ir_module_module WHERE name = ANY(%s)",
            [list(self._nodes)],
        )
        for name, module_id, state, demo, version in cr.fetchall():
            node = self._nodes[name]
            node.id, node.state, node.demo_installed, node.installed_version = module_id, state, bool(demo), version


class Graph(ModuleGraph):
    """The graph as addons make it, to go through installed modules in their loading order."""

    def add_module(self, cr: BaseCursor, module: str, force: object = None) -> None:
        """Add a module, with what it depends on, as it is in the database.

        :param force: kept for older code
        """
        self.add_modules(cr, [module], force)

    def add_modules(self, cr: BaseCursor, module_list: Iterable[str], force: object = None) -> int:
        """Add those of some modules that can be, with what they depend on; return how many are new."""
        before = len(self)
        self.add_possible(module_list)
        for name in module_list:
            if name in self.problems:
                _logger.warning("module %s: %s", name, self.problems[name])
        self.update_from_db(cr)
        return len(self) - before


def topological_sort(depends: Mapping[str, Iterable[str]]) -> list[str]:
    """Sort names so that each comes after those it depends on; independent ones by depth, then by name.

    :param dict depends: ``{name: iterable of names}``; names that are no key are ignored
    :raise ModuleGraphError: for a circle, naming its path
    """
    depth = {}

    def visit(name, path):
        if name in path:
            raise ModuleGraphError(
                f"dependencies form a circle: {' -> '.join([*path[path.index(name) :], name])}", name
            )
        if name not in depth:
            below = [visit(needed, [*path, name]) for needed in depends[name] if needed in depends]
            depth[name] = max(below, default=-1) + 1
        return depth[name]

    for name in depends:
        visit(name, [])
    return sorted(depth, key=lambda name: (depth[name], name))
