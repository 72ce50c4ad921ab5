"""``pytest --odoo-db``: tests of addons as pytest runs them, and the templates of their databases."""

import subprocess
import sys

import pytest

from odoo import sql_db
from odoo.db import lifecycle
from odoo.tests import templates
from odoo.tests.templates import copy_of_template

MANIFEST = """{"name": "Shelf", "depends": ["web"], "license": "LGPL-3", "version": "%s"}"""
MODELS = """
from odoo import fields, models


class Shelf(models.Model):
    _name = "shelf.shelf"
    _description = "Shelf"

    name = fields.Char()
"""
TESTS = """
from odoo.tests import HttpCase, TransactionCase, tagged


class TestShelf(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shelf = cls.env["shelf.shelf"].create({"name": "A"})

    def test_first(self):
        self.shelf.name = "B"
        self.assertEqual(self.test_module, "shelf")

    def test_second(self):
        for name in ("A", "B"):
            with self.subTest(name=name):
                self.assertEqual(self.shelf.name, name)


@tagged("post_install", "-at_install")
class TestPages(HttpCase):
    def test_page(self):
        self.env["ir.config_parameter"].set_param("shelf", "kept for the request")
        self.assertEqual(self.url_open("/web/health").json()["status"], "pass")


@tagged("-standard", "slow")
class TestSlow(TransactionCase):
    def test_slow(self):
        raise AssertionError("asked for")


def test_function(env):
    assert not env["shelf.shelf"].search([])
    env["shelf.shelf"].create({"name": "C"})


def test_function_again(env):
    assert not env["shelf.shelf"].search([])
"""


def write_addon(directory, version="1.0"):
    files = {
        "__manifest__.py": MANIFEST % version,
        "__init__.py": "from . import models\n",
        "models.py": MODELS,
        "tests/__init__.py": "from . import test_shelf\n",
        "tests/test_shelf.py": TESTS,
    }
    for name, content in files.items():
        path = directory / "shelf" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    return directory / "shelf"


@pytest.fixture(scope="module")
def run_pytest(tmp_path_factory, databases, server_options, data_dir):
    """Function that runs pytest on an addon in a database and returns what it prints."""
    addon = write_addon(tmp_path_factory.mktemp("project"))
    name = databases.copy("web")
    sql_db.close_db(name)

    def run(*options):
        command = [sys.executable, "-m", "pytest", "-p", "odoo_pytest", "-p", "no:cacheprovider", "-rA", *options]
        settings = " ".join([*server_options, f"--data-dir={data_dir}", "--without-demo=all"])
        process = subprocess.run(
            [*command, "shelf", f"--odoo-db={name}", f"--odoo-options={settings}"],
            cwd=addon.parent,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        return process.stdout + process.stderr

    yield run
    databases.drop(name)


@pytest.mark.addons
def test_tests_of_an_addon_run(run_pytest):
    output = run_pytest("--strict-markers")
    for name in ("TestShelf::test_first", "TestPages::test_page", "test_function", "test_function_again"):
        assert f"PASSED shelf/tests/test_shelf.py::{name}\n" in output, output[-5000:]
    assert "'A' != 'B'" in output
    assert "TestSlow" not in output
    assert "1 deselected" in output


@pytest.mark.addons
def test_tags_are_markers(run_pytest):
    output = run_pytest("-m", "slow or post_install")
    assert "FAILED shelf/tests/test_shelf.py::TestSlow::test_slow" in output, output[-5000:]
    assert "1 failed, 1 passed, 4 deselected" in output


def test_without_the_option_nothing_happens(tmp_path):
    (tmp_path / "test_plain.py").write_text("def test_plain(request):\n    assert True\ndef test_env(env):\n    pass\n")
    command = [sys.executable, "-m", "pytest", "-p", "odoo_pytest", "-p", "no:cacheprovider", "-q", str(tmp_path)]
    output = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False).stdout
    assert "1 passed, 1 skipped" in output


def own_databases():
    """Return the databases that the plugin made; other tests make others meanwhile."""
    return {name for name in lifecycle.list_databases() if name.startswith("odoo_test_")}


def test_templates_are_kept_until_files_change(db_server, tmp_path, monkeypatch):
    import odoo.addons

    made = []

    def install(dbname, addons):
        made.append(sorted(addons))
        lifecycle.create(dbname)

    monkeypatch.setattr(templates, "install_missing", install)
    monkeypatch.setattr(odoo.addons, "__path__", [*odoo.addons.__path__, str(tmp_path)])
    addon = write_addon(tmp_path)
    before = own_databases()
    copies = [copy_of_template({"shelf"}), copy_of_template({"shelf"})]
    (addon / "tests" / "test_shelf.py").write_text("")
    copies.append(copy_of_template({"shelf"}))
    assert made == [["shelf"]]
    write_addon(tmp_path, "2.0")
    copies.append(copy_of_template({"shelf"}))
    assert made == [["shelf"]] * 2
    new = own_databases() - before
    assert len(set(copies)) == 4
    assert len(new) == 5
    for name in new:
        lifecycle.drop(name)


def test_a_failed_template_leaves_nothing(db_server, monkeypatch):
    def install(dbname, addons):
        lifecycle.create(dbname)
        raise ValueError("broken data")

    monkeypatch.setattr(templates, "install_missing", install)
    before = own_databases()
    with pytest.raises(ValueError, match="broken"):
        copy_of_template({"web"})
    assert own_databases() == before
