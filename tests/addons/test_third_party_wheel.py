"""Addons from PyPI that nobody changed for this server: they install together and pass their own tests."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TIMEOUT = 600
ADDONS = [
    "auditlog",
    "base_name_search_improved",
    "base_user_role",
    "base_view_inheritance_extension",
    "database_cleanup",
    "date_range",
    "jsonifier",
    "partner_ref_unique",
    "report_xlsx",
]
#: what they and their tests import
LIBRARIES = ["odoo-test-helper", "xlrd", "xlsxwriter"]


@pytest.fixture(scope="module")
def wheels(install_wheels):
    """Return the folder that the wheels are installed in."""
    return install_wheels(ADDONS, *LIBRARIES)


@pytest.mark.addons
def test_unmodified_wheels(wheels, databases, server_options, data_dir):
    name = databases.copy(demo=True)
    try:
        result = subprocess.run(
            [
                sys.executable,
                str(ROOT / "odoo-bin"),
                "-d",
                name,
                "-i",
                ",".join(ADDONS),
                "--test-enable",
                f"--test-tags={','.join(f'/{addon}' for addon in ADDONS)}",
                "--stop-after-init",
                "--no-http",
                f"--data-dir={data_dir}",
                *server_options,
            ],
            env={**os.environ, "PYTHONPATH": str(wheels)},
            capture_output=True,
            text=True,
            timeout=TIMEOUT,
        )
        assert result.returncode == 0, result.stderr[-4000:]
        assert re.search(r"\b0 failed, 0 error\(s\) of \d+ tests when loading database", result.stderr)
        counts = dict(re.findall(r"odoo\.tests\.result: (\w+): (\d+) tests", result.stderr))
        assert {addon for addon in ADDONS if int(counts.get(addon, 0))} == set(ADDONS)
    finally:
        databases.drop(name)
