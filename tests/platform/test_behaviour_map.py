"""The pages of what the platform addons do name every entry of their sections once, and tests that exist."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = Path(__file__).with_name("behaviour")
_ROW = re.compile(r"\| ([A-Z]+-\d+) \| (.+) \| (.+) \|")
_FILE = re.compile(r"`([^`]+\.(?:js|py))`: ((?:`[^`]+`(?:, )?)+)")
#: what stands in place of tests where an entry is left out, with the reason beside it
LEFT_OUT = "left out"

#: first and last number of the sections that are done
SECTIONS = [
    ("IMP", 1, 4),
    ("IMP", 10, 12),
    ("IMP", 20, 27),
    ("IMP", 30, 39),
    ("IMP", 40, 50),
]


@pytest.fixture(scope="module")
def rows():
    """Return ``{entry: text of its tests}`` from the tables of all pages."""
    found = {}
    for page in sorted(PAGES.glob("*.md")):
        for entry, _text, tests in _ROW.findall(page.read_text(encoding="utf-8")):
            assert entry not in found, f"{entry} has two rows"
            found[entry] = tests
    return found


def test_every_entry_of_a_section_is_listed(rows):
    assert set(rows) == {f"{name}-{number}" for name, first, last in SECTIONS for number in range(first, last + 1)}


def test_every_entry_has_tests_that_exist(rows):
    for entry, text in rows.items():
        tests = [(path, name) for path, names in _FILE.findall(text) for name in re.findall(r"`([^`]+)`", names)]
        assert tests or text.startswith(LEFT_OUT), f"{entry} has no test"
        for path, name in tests:
            assert name in (ROOT / path).read_text(encoding="utf-8"), f"{entry}: there is no {name} in {path}"
