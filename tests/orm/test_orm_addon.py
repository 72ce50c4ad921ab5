"""The tests of the addon ``test_orm``, run as ``--test-enable`` runs them; and its registry for other tests."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from odoo.sql_db import close_db

ROOT = Path(__file__).resolve().parents[2]
TIMEOUT = 600
SUMMARY = re.compile(r"(\d+) failed, (\d+) error\(s\) of (\d+) tests when loading database")


@pytest.mark.addons
def test_addon(databases, server_options, data_dir, tmp_path):
    name = databases.copy("base")
    close_db(name)
    log = tmp_path / "server.log"
    command = [
        sys.executable,
        str(ROOT / "odoo-bin"),
        "-d",
        name,
        "-i",
        "test_orm,test_exceptions",
        "--test-enable",
        "--test-tags=/test_orm,/test_exceptions",
        "--stop-after-init",
        "--no-http",
        "--data-dir",
        str(data_dir),
        "--logfile",
        str(log),
        *server_options,
    ]
    try:
        process = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT, check=False)
        text = log.read_text(errors="replace") if log.exists() else process.stderr
        summary = SUMMARY.search(text)
        assert summary, text[-5000:]
        failures, errors, count = map(int, summary.groups())
        problems = "\n".join(line for line in text.splitlines() if " ERROR " in line)
        assert (failures, errors, process.returncode) == (0, 0, 0), problems
        assert count >= 500
    finally:
        databases.drop(name)
