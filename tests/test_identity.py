"""Whose the product is: its own name where people read one, and nobody else's as author or address."""

import re
import subprocess
import sys
from pathlib import Path

from odoo import release
from odoo.modules.manifest import load_manifest
from odoo.service.common import exp_about

ROOT = Path(__file__).parent.parent
SOURCES = ("*.py", "*.xml", "*.js", "*.scss", "*.csv", "*.po", "*.toml", "*.json")
#: "Odoo Server Error" and its like are values that RPC clients compare; the licences of modules have their names
FOREIGN = re.compile(r"odoo\.com\b|\bOdoo S\.?A\b|OpenERP S|[\"']Odoo[\"']")
#: the name of the data directory stays, or an upgraded server would not find its files
OURS = ("tests/test_identity.py", "odoo/tools/config.py")


def tracked_lines():
    """Yield ``(file, number, line)`` of every source file that is under version control."""
    names = subprocess.run(
        ["git", "ls-files", "--", *SOURCES], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\n")
    for name in filter(None, names):
        if name in OURS or name == "package-lock.json":
            continue
        for number, line in enumerate((ROOT / name).read_text(encoding="utf-8").splitlines(), 1):
            yield name, number, line


def test_the_series_is_the_interface_and_the_name_is_ours():
    assert release.product_name == "Quoin"
    assert release.version_info[:2] == (18, 0) and release.series == release.serie == "18.0"
    assert "odoo" not in (release.author + release.author_email + release.url + release.description).lower()


def test_nobody_else_is_named_as_author_or_address():
    found = [f"{name}:{number}: {line.strip()}" for name, number, line in tracked_lines() if FOREIGN.search(line)]
    assert not found, "\n".join(found)


def test_a_manifest_without_an_author_does_not_get_somebody_elses(tmp_path):
    module = tmp_path / "orphan"
    module.mkdir()
    (module / "__manifest__.py").write_text("{'name': 'Orphan', 'license': 'LGPL-3'}")
    (module / "__init__.py").touch()
    assert load_manifest("orphan", str(module))["author"] == "Unknown"


def test_the_server_says_its_name():
    assert exp_about().startswith("Quoin 18.0")
    version = subprocess.run(
        [sys.executable, "odoo-bin", "--version"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert version.strip() == "Quoin 18.0"
