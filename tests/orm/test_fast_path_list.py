"""The list of fast paths is complete and true: each names its slow path where it begins, and is tested against it."""

import ast
import re
from pathlib import Path

from .slow_paths import SLOW

ROOT = Path(__file__).resolve().parents[2]
PAGE = Path(__file__).with_name("fast_paths.md")
FOLDERS = ("odoo/orm", "addons/web/models")
_MARK = re.compile(r"# fast path of ([^:\n]+)")
_ROW = re.compile(r"\| `(\w+)` \| ([^|]+) \| ([^|]+) \|")


def fast_paths():
    """Return ``{(name of the function, its slow path)}`` from the comments of the code."""
    found = set()
    for folder in FOLDERS:
        for path in (ROOT / folder).rglob("*.py"):
            text = path.read_text()
            functions = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)]
            for number, line in enumerate(text.splitlines(), 1):
                if mark := _MARK.search(line):
                    around = [node for node in functions if node.lineno <= number <= node.end_lineno]
                    found.add((max(around, key=lambda node: node.lineno).name, mark[1].strip()))
    return found


def listed():
    """Return ``{(name of the function, its slow path): names of tests}`` from the table of the page."""
    rows = (match.groups() for match in map(_ROW.fullmatch, PAGE.read_text().splitlines()) if match)
    return {(name, slow.strip()): re.findall(r"`(\w+)`", tests) for name, slow, tests in rows}


def test_every_fast_path_is_on_the_page():
    assert sorted(fast_paths() ^ listed().keys()) == []


def test_every_fast_path_is_tested():
    values = PAGE.with_name("test_fast_values.py").read_text()
    for fast_path, tests in listed().items():
        assert tests, fast_path
        for name in tests:
            assert name in SLOW or f"def {name}(" in values, f"{fast_path}: there is no test {name}"


def test_every_slow_path_is_on_the_page():
    named = {name for tests in listed().values() for name in tests}
    assert sorted(SLOW.keys() - named) == []
