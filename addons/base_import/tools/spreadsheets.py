"""Rows of spreadsheets, read by a process of their own."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import orjson

_WORKER = Path(__file__).with_name("sheet_worker.py")
#: seconds that reading may take
TIMEOUT = 120
#: variables that the process gets: what it needs to run, and no passwords
_ENVIRONMENT = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT", "LD_LIBRARY_PATH")


class SpreadsheetError(Exception):
    """A spreadsheet cannot be read, or only with more memory or time than there is."""


def read_spreadsheet(kind: str, content: bytes, sheet: str = "") -> dict[str, Any]:
    """Return the rows of a sheet, or what is wrong with it, as :mod:`sheet_worker` describes it.

    :param kind: ``xlsx``, ``ods`` or ``xls``
    :param sheet: name of the sheet, empty for the first one
    :raise SpreadsheetError: the process ended without an answer
    """
    environment = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
    with tempfile.NamedTemporaryFile(prefix="odoo-import.", suffix=f".{kind}") as file:
        file.write(content)
        file.flush()
        try:
            done = subprocess.run(
                [sys.executable, "-I", str(_WORKER), kind, file.name, sheet],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=TIMEOUT,
                check=False,
                env=environment,
            )
        except subprocess.TimeoutExpired:
            raise SpreadsheetError(f"not read within {TIMEOUT} seconds") from None
    if done.returncode:
        raise SpreadsheetError(done.stderr.decode(errors="replace").strip()[-500:] or f"code {done.returncode}")
    answer: dict[str, Any] = orjson.loads(done.stdout)
    return answer
