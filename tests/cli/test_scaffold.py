"""``odoo-bin scaffold`` and ``odoo-bin check``."""

import subprocess
import sys
from pathlib import Path

import pytest

from odoo.cli.scaffold import technical_name

ROOT = Path(__file__).resolve().parents[2]


def odoo_bin(*args):
    return subprocess.run(
        [sys.executable, str(ROOT / "odoo-bin"), *args],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Library Books", "library_books"),
        ("LibraryBooks", "library_books"),
        ("2nd hand", "nd_hand"),
        ("my_addon", "my_addon"),
        ("!", ""),
    ],
)
def test_technical_name(title, expected):
    assert technical_name(title) == expected


def test_new_addon_passes_the_check(tmp_path):
    result = odoo_bin("scaffold", "Library Books", str(tmp_path))
    assert result.returncode == 0, result.stderr
    files = {str(path.relative_to(tmp_path / "library_books")) for path in tmp_path.rglob("*") if path.is_file()}
    assert {"__manifest__.py", "models/item.py", "views/item_views.xml", "security/ir.model.access.csv"} <= files
    assert "$" not in (tmp_path / "library_books" / "models" / "item.py").read_text()
    result = odoo_bin("check", "--addons-path", str(tmp_path), "library_books")
    assert result.returncode == 0, result.stdout + result.stderr


def test_scaffold_overwrites_nothing(tmp_path):
    (tmp_path / "books").mkdir()
    result = odoo_bin("scaffold", "books", str(tmp_path))
    assert result.returncode == 1
    assert "already exists" in result.stderr


def test_check_names_file_and_line(tmp_path):
    odoo_bin("scaffold", "Books", str(tmp_path))
    (tmp_path / "books" / "views" / "item_views.xml").write_text("<odoo>\n  <record>\n</odoo>\n")
    manifest = tmp_path / "books" / "__manifest__.py"
    manifest.write_text(manifest.read_text().replace('"web"', '"wbe"').replace("demo/item", "demo/itme"))
    result = odoo_bin("check", "--addons-path", str(tmp_path), "books")
    assert result.returncode == 1
    assert "item_views.xml:3" in result.stdout
    assert "'wbe', which does not exist (did you mean 'web'?)" in result.stdout
    assert "demo/itme.xml" in result.stdout


def test_unknown_command_suggests_the_nearest():
    result = odoo_bin("scafold")
    assert result.returncode == 1
    assert "did you mean 'scaffold'?" in result.stderr


def test_help_lists_the_commands():
    result = odoo_bin("help")
    assert result.returncode == 0
    for name in ("server", "shell", "db", "scaffold", "check", "start"):
        assert f"  {name} " in result.stdout
