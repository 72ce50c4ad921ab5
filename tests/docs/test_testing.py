"""The page on tests: its addon is written, its commands given, and its tests run by both runners."""

import shlex
import subprocess
import sys

import pytest
from server_process import ROOT

from docs.markdown import blocks
from odoo import sql_db

PAGE = "testing.md"


class Author:
    """Somebody who follows the page, in a database of the test."""

    def __init__(self, home, dbname, options):
        self.home = home
        self._database = dbname
        self._options = options

    def write(self, block):
        """Write a file of the page."""
        target = self.home / block.path.removeprefix("~/")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(block.code, encoding="utf-8")

    def run(self, command):
        """Give a command of the page and return what it prints."""
        words = shlex.split(command.replace("~/addons", str(self.home / "addons")))
        assert words[0] == ".venv/bin/python", command
        if words[-1] == "--odoo-db":
            words[-1] = f"--odoo-db={self._database}"
            options = ["-p", "odoo_pytest", "-p", "no:cacheprovider", f"--odoo-options={' '.join(self._options)}"]
        else:
            words[words.index("-d") + 1] = self._database
            options = [*self._options, "--no-http"]
        command = [sys.executable, *words[1:], *options]
        found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
        assert found.returncode == 0, f"{words}\n{found.stdout[-3000:]}\n{found.stderr[-5000:]}"
        return found.stdout + found.stderr


@pytest.mark.browser
def test_the_examples_run(tmp_path, databases, server_options, data_dir):
    name = databases.copy("web")
    sql_db.close_db(name)
    author = Author(tmp_path, name, [*server_options, f"--data-dir={data_dir}", "--without-demo=all"])
    written = blocks(PAGE)
    for block in written:
        if block.path:
            author.write(block)
    commands = [line for block in written if block.language == "sh" for line in block.code.splitlines()]
    outputs = [author.run(command) for command in commands]
    counts = (9, 4, 4)
    for count, output in zip(counts, outputs, strict=False):
        assert f"0 failed, 0 error(s) of {count} tests when loading database" in output
        assert " skipped " not in output
    assert len(outputs) == len(counts) + 1
    assert "9 passed" in outputs[-1]
    databases.drop(name)
