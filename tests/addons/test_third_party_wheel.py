"""Addons from PyPI that nobody changed for this server: they install and pass their own tests."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TIMEOUT = 300
DISTRIBUTIONS = [
    "odoo-addon-partner-ref-unique",
    "odoo-addon-jsonifier",
    "odoo-addon-base-name-search-improved",
    "odoo-addon-base-view-inheritance-extension",
]


@pytest.mark.addons
@pytest.mark.parametrize("distribution", DISTRIBUTIONS)
def test_unmodified_wheel(distribution, databases, server_options, data_dir, tmp_path):
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--no-deps",
            "--target",
            str(tmp_path),
            f"{distribution}==18.0.*",
        ],
        check=True,
        timeout=TIMEOUT,
    )
    [addon] = [path.parent.name for path in tmp_path.glob("odoo/addons/*/__manifest__.py")]
    name = databases.copy("base")
    try:
        result = subprocess.run(
            [
                sys.executable,
                str(ROOT / "odoo-bin"),
                "-d",
                name,
                "-i",
                addon,
                "--test-enable",
                f"--test-tags=/{addon}",
                "--stop-after-init",
                "--no-http",
                f"--data-dir={data_dir}",
                *server_options,
            ],
            env={**os.environ, "PYTHONPATH": str(tmp_path)},
            capture_output=True,
            text=True,
            timeout=TIMEOUT,
        )
        assert result.returncode == 0, result.stderr[-4000:]
        summary = [line for line in result.stderr.splitlines() if "tests when loading database" in line][-1]
        assert "0 failed, 0 error(s) of" in summary
        assert "of 0 tests" not in summary
    finally:
        databases.drop(name)
