"""The tutorial, followed to the letter: its files are written, its commands given, in its order.

Its database has the addon ``web`` already: that a command makes one is tested with the commands.
"""

import re
import shlex
import subprocess
import sys

import pytest
from server_process import ROOT

from docs.markdown import blocks
from odoo.sql_db import close_db

PAGE = "tutorial.md"


@pytest.fixture
def database(databases):
    name = databases.copy("web")
    close_db(name)
    yield name
    databases.drop(name)


def run(command, home, database, data_dir):
    """Give a command of the page, with its folder and database taken for those of the test."""
    words = shlex.split(command.replace("~/addons", str(home / "addons")).replace("-d workshop", f"-d {database}"))
    assert words[:2] == [".venv/bin/python", "odoo-bin"], command
    options = [] if words[2] == "check" else ["--no-http", f"--data-dir={data_dir}"]
    return subprocess.run(
        [sys.executable, *words[1:], *options], cwd=ROOT, capture_output=True, text=True, timeout=300, check=False
    )


def test_the_tutorial_works_as_written(tmp_path, database, data_dir):
    last = None
    for block in blocks(PAGE):
        if block.path:
            target = tmp_path / block.path.removeprefix("~/")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(block.code, encoding="utf-8")
        elif block.language == "sh":
            for command in block.code.splitlines():
                last = run(command, tmp_path, database, data_dir)
                output = last.stdout + last.stderr
                assert last.returncode == 0, f"line {block.line}: {command}\n{output[-3000:]}"
                assert not re.search(r" (WARNING|ERROR|CRITICAL) ", output), output
        else:
            pytest.fail(f"line {block.line}: neither a file nor a command")
    assert re.search(r"0 failed, 0 error\(s\) of 6 tests when loading database", last.stdout + last.stderr)
