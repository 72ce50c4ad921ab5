"""The addons' own tests, run by a server process as ``--test-enable`` runs them."""

import re
import subprocess
import sys
import warnings
from pathlib import Path

import pytest
from databases import ADDONS

from odoo.modules.module import get_modules
from odoo.sql_db import close_db

ROOT = Path(__file__).resolve().parents[2]
_SUMMARY = re.compile(r"(\d+) failed, (\d+) error\(s\) of (\d+) tests when loading database")
_FAILURE = re.compile(r" odoo\.addons\.(\w+)\.tests\.\S+: (?:ERROR|FAIL): (\w+\.\w+)")
_TIMEOUT = 3600
#: so many tests may meet a chance in one run
_ASKED_TWICE = 3


def own_addons():
    """Return the names of the addons of this checkout."""
    # test_web_client has the unit tests of the client run, its own and those of web
    for_tests = sorted(path.parent.name for path in (ROOT / "odoo" / "addons").glob("test_*/__manifest__.py"))
    # others run theirs
    for_tests = [name for name in for_tests if name not in ("test_exceptions", "test_orm")]
    return ["base", *(name for name in get_modules() if name in ADDONS), *for_tests]


@pytest.mark.addons
def test_addons_of_this_checkout(databases, server_options, data_dir, tmp_path):
    name = databases.copy(demo=True)
    close_db(name)
    options = ["-d", name, "--data-dir", str(data_dir), "--screenshots", str(tmp_path), *server_options]
    try:
        code, text = _run("-i", ",".join(own_addons()), "--test-enable", *options, log=tmp_path / "server.log")
        failed = _failed(text)
        if 0 < len(failed) <= _ASKED_TWICE:
            # some of them drive a browser, see decision 0030
            first = "\n".join(_problems(text))
            warnings.warn(f"asked twice: {failed}\n{first}", stacklevel=1)
            modules = ",".join(sorted({tag.partition(":")[0].lstrip("/") for tag in failed}))
            code, text = _run("-u", modules, "--test-tags", ",".join(failed), *options, log=tmp_path / "again.log")
        counts = _SUMMARY.search(text)
        assert counts, f"the tests did not run to their end:\n{text[-5000:]}"
        failures, errors, count = map(int, counts.groups())
        assert (failures, errors) == (0, 0), "\n".join(_problems(text))
        assert count >= max(1, len(failed))
        assert code == 0, "\n".join(_problems(text))
    finally:
        databases.drop(name)


def _run(*options, log):
    """Run a server that tests and ends; return its exit status and its log."""
    command = [
        sys.executable,
        str(ROOT / "odoo-bin"),
        *options,
        "--stop-after-init",
        "--no-http",
        "--logfile",
        str(log),
    ]
    process = subprocess.run(command, capture_output=True, text=True, timeout=_TIMEOUT, check=False)
    return process.returncode, log.read_text(errors="replace") if log.exists() else process.stderr


def _failed(text):
    """Return the tests that failed, as tags: ``/module:Class.method``."""
    return sorted({f"/{module}:{test}" for module, test in _FAILURE.findall(text)})


def _problems(text):
    """Return the log records of level ERROR and above, with their tracebacks."""
    inside = False
    for line in text.splitlines():
        if re.match(r"\d{4}-\d\d-\d\d ", line):
            inside = " ERROR " in line or " CRITICAL " in line
        if inside:
            yield line
