"""The addons' own tests, run by a server process as ``--test-enable`` runs them."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from odoo.modules.module import get_modules
from odoo.sql_db import close_db

ROOT = Path(__file__).resolve().parents[2]
_SUMMARY = re.compile(r"(\d+) failed, (\d+) error\(s\) of (\d+) tests when loading database")
_TIMEOUT = 3600


def own_addons():
    """Return the names of the addons of this checkout."""
    here = {path.parent.name for path in (ROOT / "addons").glob("*/__manifest__.py")}
    # the last one has the unit tests of the client run, its own and those of web
    for_tests = ["test_http_routing", "test_resource_mixin", "test_utm_mixin", "test_web_client"]
    return ["base", *(name for name in get_modules() if name in here), *for_tests]


@pytest.mark.addons
def test_addons_of_this_checkout(databases, server_options, data_dir, tmp_path):
    name = databases.copy(demo=True)
    close_db(name)
    log = tmp_path / "server.log"
    command = [
        sys.executable,
        str(ROOT / "odoo-bin"),
        "-d",
        name,
        "-i",
        ",".join(own_addons()),
        "--test-enable",
        "--stop-after-init",
        "--no-http",
        "--data-dir",
        str(data_dir),
        "--screenshots",
        str(tmp_path),
        "--logfile",
        str(log),
        *server_options,
    ]
    try:
        process = subprocess.run(command, capture_output=True, text=True, timeout=_TIMEOUT, check=False)
        text = log.read_text(errors="replace") if log.exists() else process.stderr
        summary = _SUMMARY.search(text)
        assert summary, f"the tests did not run to their end:\n{text[-5000:]}"
        failures, errors, count = map(int, summary.groups())
        assert (failures, errors) == (0, 0), "\n".join(_problems(text))
        assert count > 0
        assert process.returncode == 0, "\n".join(_problems(text))
    finally:
        databases.drop(name)


def _problems(text):
    """Return the log records of level ERROR and above, with their tracebacks."""
    inside = False
    for line in text.splitlines():
        if re.match(r"\d{4}-\d\d-\d\d ", line):
            inside = " ERROR " in line or " CRITICAL " in line
        if inside:
            yield line
