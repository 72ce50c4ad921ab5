"""Imports point one way: no module needs itself by way of others, be it inside a function or for a type only."""

import graphlib
from collections import defaultdict

import grimp
import pytest

#: the package of all, which only gathers names of all layers
FACE = "odoo"


@pytest.fixture(scope="module")
def imports():
    """What each module of the framework imports, wherever in its file: ``{module: {modules}}``."""
    graph = grimp.build_graph(FACE, cache_dir=None)
    return {module: graph.find_modules_directly_imported_by(module) - {FACE} for module in graph.modules - {FACE}}


def cycle(graph) -> list:
    """Return the nodes on some cycle of a graph ``{node: {nodes}}`` in order, none where there is no cycle."""
    try:
        graphlib.TopologicalSorter(graph).prepare()
    except graphlib.CycleError as error:
        return error.args[1]
    return []


def rooms(imports, package) -> dict:
    """Return which rooms of a package, modules and packages in it, need which others: ``{room: {rooms}}``."""
    depth = package.count(".") + 2
    found = defaultdict(set)
    for module, imported in imports.items():
        if module.startswith(f"{package}."):
            room = ".".join(module.split(".")[:depth])
            needed = {".".join(name.split(".")[:depth]) for name in imported if name.startswith(f"{package}.")}
            found[room] |= needed - {room}
    return found


def test_no_module_needs_itself(imports):
    assert {"odoo.orm.domain.tree", "odoo.db.cursor", "odoo.modules.loading", "odoo.sql.value"} <= set(imports)
    assert cycle(imports) == []


def test_no_room_of_a_package_needs_itself(imports):
    # the layers, which are in the package of all, have a contract of their own
    packages = {module.rpartition(".")[0] for module in imports} - {FACE}
    assert {package: found for package in packages if (found := cycle(rooms(imports, package)))} == {}


def test_a_cycle_is_found_inside_functions_too(tmp_path, monkeypatch):
    package = tmp_path / "round"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "one.py").write_text("from .two import name\n")
    (package / "two.py").write_text("def late():\n    from . import one\n    return one\n")
    monkeypatch.syspath_prepend(tmp_path)
    graph = grimp.build_graph("round", cache_dir=None)
    found = cycle({module: graph.find_modules_directly_imported_by(module) for module in graph.modules})
    assert sorted(set(found)) == ["round.one", "round.two"]
