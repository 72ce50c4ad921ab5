"""Which command a command line means, and what its options for the log mean."""

import logging

import pytest

from odoo import netsvc
from odoo.cli.command import _split


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([], ([], "server", [])),
        (["-d", "x"], ([], "server", ["-d", "x"])),
        (["shell", "-d", "x"], ([], "shell", ["-d", "x"])),
        (["--addons-path=a,b", "shell", "-d", "x"], (["--addons-path=a,b"], "shell", ["-d", "x"])),
        (["--addons-path=a,b", "-d", "x"], ([], "server", ["--addons-path=a,b", "-d", "x"])),
        (["--addons-path=a,b"], ([], "server", ["--addons-path=a,b"])),
    ],
)
def test_command_of_a_line(words, expected):
    assert _split(words) == expected


def test_levels_of_the_log():
    assert netsvc.PSEUDOCONFIG_MAPPER["warn"] == ["odoo:WARNING", "werkzeug:WARNING"]
    assert netsvc.PSEUDOCONFIG_MAPPER["debug_rpc"] == [
        "odoo:DEBUG",
        "odoo.sql_db:INFO",
        "odoo.http.rpc.request:DEBUG",
    ]
    for level in ("info", "debug_sql", "debug_rpc_answer", "runbot", "error", "critical"):
        assert level in netsvc.PSEUDOCONFIG_MAPPER


def test_colours_of_levels():
    formatter = netsvc.ColoredFormatter("%(levelname)s")
    for level, code in ((logging.INFO, 32), (logging.WARNING, 33), (logging.ERROR, 31), (logging.DEBUG, 34)):
        record = logging.LogRecord("x", level, "x.py", 1, "text", (), None)
        assert f"\033[1;{code}m" in formatter.format(record)
