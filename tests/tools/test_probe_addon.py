"""The test framework inside of a server: an addon's tests of cases, forms, HTTP, browser and translations."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from odoo.db.lifecycle import list_databases
from odoo.sql_db import close_db

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def run_tests(databases, server_options, data_dir, tmp_path_factory):
    """Function that installs (then updates) the addon with its tests chosen by tags, and returns status and log."""
    name = databases.copy("web")
    close_db(name)
    log = tmp_path_factory.mktemp("probe") / "server.log"

    def run(tags, *options):
        close_db(name)
        log.unlink(missing_ok=True)
        command = [
            sys.executable,
            str(ROOT / "odoo-bin"),
            "-d",
            name,
            "-i",
            "framework_probe",
            "-u",
            "framework_probe",
            f"--addons-path={Path(__file__).parent / 'addons'}",
            "--test-tags",
            tags,
            "--stop-after-init",
            "--no-http",
            "--data-dir",
            str(data_dir),
            "--screenshots",
            str(log.parent),
            "--logfile",
            str(log),
            *server_options,
            *options,
        ]
        process = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
        return process.returncode, log.read_text() if log.exists() else process.stderr

    run.databases = lambda: [other for other in list_databases() if name in other]
    yield run
    databases.drop(name)


@pytest.mark.addons
@pytest.mark.browser
def test_everything_the_framework_offers(run_tests):
    status, log = run_tests("/framework_probe")
    assert "0 failed, 0 error(s) of 31 tests when loading database" in log, log[-5000:]
    assert status == 0


@pytest.mark.addons
def test_failures_end_in_a_status(run_tests):
    status, log = run_tests("broken_on_purpose/framework_probe")
    assert "1 failed, 1 error(s) of 2 tests when loading database" in log, log[-5000:]
    assert "FAIL: TestBroken.test_failure" in log
    assert "ERROR: TestBroken.test_error" in log
    assert status != 0


@pytest.mark.addons
def test_addons_are_tested_in_processes_of_their_own(run_tests):
    tags = "broken_on_purpose/framework_probe,/uom"
    status, log = run_tests(tags, "-i", "uom,framework_probe", "--test-processes", "2")
    counts = [int(count) for count in re.findall(r" (\d+) tests \d", log)]
    assert f"1 failed, 1 error(s) of {sum(counts)} tests when loading database" in log, log[-5000:]
    assert min(counts) > 1
    assert len(set(re.findall(r" (\d+) \w+ \w+_test_\w+ odoo.tests.result", log))) == len(counts) == 2
    assert status != 0
    assert len(run_tests.databases()) == 1
