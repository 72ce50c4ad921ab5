"""The page on who reaches what is that of the code."""

from pathlib import Path

import pytest
from databases import ADDONS

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.service import doors

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "security.md"


@pytest.fixture(scope="module")
def description(databases):
    """What a database with all addons lets callers reach."""
    with Registry(databases.template(*ADDONS)).cursor() as cr:
        return doors.describe(api.Environment(cr, SUPERUSER_ID, {}))


def test_page(description):
    written = PAGE.read_text(encoding="utf-8")
    listed = set(written.splitlines())
    new = [line for line in description.splitlines() if line not in listed]
    assert doors.replaced(written, description) == written, "\n".join(["Run `make audit`. New here:", *new])


def test_what_is_on_it(description):
    rows = {line.split("|")[1].strip(): line for line in description.splitlines() if line.startswith("| `")}
    assert "| json | user | any |" in rows["`/web/domain/validate`"]
    assert "no CSRF token" in rows["`/web/database/backup`"]
    assert "`authenticate`" in rows["`common`"]
    assert rows["`res.groups`"].startswith("| `res.groups` |  |  | r | crwd | crwd |")
    assert "`action_confirm`" in rows["`sale.order`"]
    [common] = [line for line in description.splitlines() if line.startswith("`action_archive`")]
    assert "`web_save`" in common and "`sudo`" not in common


def test_pages_without_the_place_are_refused():
    with pytest.raises(ValueError, match="no place"):
        doors.replaced("# A page", "text")
