"""Habits that no linter knows: each list of exceptions may only become shorter."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FOLDERS = ("odoo", "addons")
MAX_LINES = 800
MAX_FUNCTION_LINES = 60
#: modules imported by a name that the layers do not see: those of addons, which are found at run time
IMPORTED_BY_NAME = {
    "odoo/cli/command.py: odoo.addons.",
    "odoo/modules/loading.py: odoo.addons.",
    "odoo/tests/pytest_session.py: odoo.addons.",
}
#: assignments that change the configuration of a running process
CONFIGURED_LATER = {
    # commands that work on databases may always list them
    "odoo/cli/db.py: list_db",
    # the command that needs no configuration finds its own log
    "odoo/cli/start.py: logfile",
    # and listens where nobody else can connect
    "odoo/cli/start.py: http_interface",
    # each thread needs a connection
    "odoo/service/cron_server.py: db_maxconn",
}
#: other comparisons of texts than the suggestion of a similar name, which is odoo.tools.suggestions
COMPARE_TEXTS = {
    "addons/base_import/models/matching.py",
    "odoo/addons/base/models/reset_view_arch_wizard.py",
    "odoo/orm/fields/text.py",
    "odoo/tools/suggestions.py",
}


@pytest.fixture(scope="module")
def sources():
    """The Python files of the framework and the addons: ``{path below the root: (number of lines, nodes)}``."""
    found = {}
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            text = path.read_text(encoding="utf-8")
            found[path.relative_to(ROOT).as_posix()] = len(text.splitlines()), list(ast.walk(ast.parse(text)))
    return found


def nodes(sources, kind):
    """Yield ``(path, node)`` for every node of a kind."""
    for path, (_lines, tree) in sources.items():
        for node in tree:
            if isinstance(node, kind):
                yield path, node


def called(node) -> str:
    """Return the last name of what a call calls."""
    return getattr(node.func, "attr", None) or getattr(node.func, "id", "")


def beginning(node) -> str:
    """Return how a text begins, as far as it is written out."""
    if isinstance(node, ast.JoinedStr):
        node = next(iter(node.values), None)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def test_files_are_short(sources):
    assert {path: lines for path, (lines, _tree) in sources.items() if lines >= MAX_LINES} == {}


def test_functions_are_short(sources):
    long = {
        f"{path}: {node.name}"
        for path, node in nodes(sources, (ast.FunctionDef, ast.AsyncFunctionDef))
        if node.end_lineno - node.lineno >= MAX_FUNCTION_LINES
    }
    assert long == set()


def test_imports_are_where_the_layers_are_checked(sources):
    imported = {
        f"{path}: {beginning(node.args[0])}"
        for path, node in nodes(sources, ast.Call)
        if called(node) in ("import_module", "__import__") and node.args and beginning(node.args[0]).startswith("odoo.")
    }
    assert imported == IMPORTED_BY_NAME


def test_the_configuration_is_not_where_values_are_passed(sources):
    assigned = {
        f"{path}: {beginning(target.slice)}"
        for path, node in nodes(sources, (ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Delete))
        for target in getattr(node, "targets", None) or [getattr(node, "target", None)]
        for target in (target.elts if isinstance(target, ast.Tuple) else [target])
        if isinstance(target, ast.Subscript)
        and (getattr(target.value, "attr", None) or getattr(target.value, "id", "")) == "config"
        and not path.startswith("odoo/tools/config")
    }
    assert assigned == CONFIGURED_LATER


def test_similar_names_are_suggested_in_one_way(sources):
    importing = {
        path
        for path, node in nodes(sources, (ast.Import, ast.ImportFrom))
        if "difflib" in (getattr(node, "module", None), *(alias.name for alias in node.names))
    }
    assert importing == COMPARE_TEXTS


def test_every_file_of_tests_of_an_addon_is_run(sources):
    imported = {
        f"{path.rpartition('/')[0]}/{alias.name}.py"
        for path, node in nodes(sources, ast.ImportFrom)
        if path.endswith("/tests/__init__.py")
        for alias in node.names
    }
    files = {
        path for path in sources if path.startswith(("addons/", "odoo/addons/")) and Path(path).match("tests/test_*.py")
    }
    assert files - imported == set()
