"""What begins with an underscore is its module's own: others ask for it, unless the name is part of an interface.

``private_names.toml`` lists those names, and how often which other ones are still used from outside.
"""

import ast
import tomllib
from collections import defaultdict
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LAYERS = ("odoo/sql", "odoo/db", "odoo/orm", "odoo/modules", "odoo/http")
#: what a method calls the object, or the class, that it belongs to
OWN = ("self", "cls")


def is_private(name) -> bool:
    """Tell whether a name is its owner's own; names like ``__len__`` are Python's."""
    return name.startswith("_") and not name.startswith("__")


def names_of(target):
    """Return the names that an assignment to ``target`` gives in a class body, and the attributes of ``self``."""
    if isinstance(target, ast.Name):
        return {target.id}
    if isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name) and target.value.id in OWN:
        return {target.attr}
    return set().union(*map(names_of, getattr(target, "elts", ())))


def defined(tree) -> set:
    """Return the names that the classes and functions of a module define: methods, attributes, slots."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            found.add(node.name)
        for target in getattr(node, "targets", None) or [getattr(node, "target", None)]:
            assigned = names_of(target)
            found |= assigned
            if "__slots__" in assigned:
                found |= {item.value for item in ast.walk(node.value) if isinstance(item, ast.Constant)}
    return found


def imported_from_elsewhere(tree) -> set:
    """Return the names that a module has from packages other than this one: their conventions are their own."""
    found = set()
    for node in ast.walk(tree):
        package = getattr(node, "module", None) or ""
        if isinstance(node, ast.ImportFrom) and not node.level and package.partition(".")[0] != "odoo":
            found |= {alias.asname or alias.name for alias in node.names}
    return found


def is_own(value, foreign) -> bool:
    """Tell whether an expression is the object itself, its base class, or an import from another package."""
    if isinstance(value, ast.Call):
        return isinstance(value.func, ast.Name) and value.func.id == "super"
    return isinstance(value, ast.Name) and (value.id in OWN or value.id in foreign)


def reaches(source):
    """Yield ``(name, line)`` of every private attribute that a module uses and that is not its own."""
    tree = ast.parse(source)
    own, foreign = defined(tree), imported_from_elsewhere(tree)
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Attribute) and is_private(node.attr)):
            continue
        if node.attr not in own and not is_own(node.value, foreign):
            yield node.attr, node.lineno


@pytest.fixture(scope="module")
def listed():
    """The names in ``private_names.toml``."""
    return tomllib.loads((Path(__file__).parent / "private_names.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def places():
    """Where the layers use private names that are not their own: ``{name: ["file:line", ...]}``."""
    found = defaultdict(list)
    for layer in LAYERS:
        for path in sorted((ROOT / layer).rglob("*.py")):
            for name, line in reaches(path.read_text(encoding="utf-8")):
                found[name].append(f"{path.relative_to(ROOT).as_posix()}:{line}")
    return found


def test_private_names_are_used_where_they_belong(listed, places):
    interface = set().union(*listed["interface"].values())
    allowed = listed["reaches"]
    found = {name: where for name, where in places.items() if name not in interface}
    assert {name: where for name, where in found.items() if len(where) > allowed.get(name, 0)} == {}
    # a number that is greater than needed would let others in
    assert {name: len(where) for name, where in sorted(found.items())} == allowed


def test_reaches_are_told_from_what_is_a_modules_own():
    source = """
import ast
from lxml import etree
from odoo.sql import SQL

class One:
    __slots__ = ("_slot",)
    _kind = 1

    def __init__(self, other):
        self._value, self._rest = other._value, super()._base
        other._slot = other._kind = SQL._first

    def _method(self, node: etree._Element, other):
        return other._method, self._anything, other._second, other.__len__
"""
    assert list(reaches(source)) == [("_first", 12), ("_second", 15)]
