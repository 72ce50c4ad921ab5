"""The pages of what the client does name every entry of their sections once, and tests that exist."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = Path(__file__).with_name("behaviour")
_ROW = re.compile(r"\| ([A-Z]\d+[ab]?) \| (.+) \| (.+) \|")
_FILE = re.compile(r"`([^`]+\.(?:js|py))`: ((?:`[^`]+`(?:, )?)+)")

#: first and last number of the sections that are done
SECTIONS = [
    ("V", 1, 17),
    ("V", 20, 35),
    ("V", 40, 61),
    ("V", 65, 65),
    ("V", 70, 93),
    ("V", 100, 117),
    ("V", 120, 136),
    ("V", 140, 154),
    ("V", 160, 176),
    ("V", 180, 195),
    ("F", 1, 7),
    ("F", 10, 78),
    ("F", 80, 84),
    ("F", 90, 94),
    ("S", 1, 15),
    ("S", 20, 33),
    ("S", 40, 58),
    ("S", 60, 62),
    ("S", 70, 74),
    ("S", 80, 88),
    ("B", 1, 22),
    ("D", 1, 9),
    ("R", 1, 6),
]
BESIDES = {"B1b", "B2b", "S58a"}


@pytest.fixture(scope="module")
def rows():
    """Return ``{entry: [(path, name of a test)]}`` from the tables of all pages."""
    found = {}
    for page in sorted(PAGES.glob("*.md")):
        for row in _ROW.finditer(page.read_text()):
            entry, _text, tests = row.groups()
            assert entry not in found, f"{entry} has two rows"
            found[entry] = [
                (path, name) for path, names in _FILE.findall(tests) for name in re.findall(r"`([^`]+)`", names)
            ]
    return found


def test_every_entry_of_a_section_is_listed(rows):
    expected = {f"{letter}{number}" for letter, first, last in SECTIONS for number in range(first, last + 1)}
    assert set(rows) == expected | BESIDES


def test_every_entry_has_tests_that_exist(rows):
    for entry, tests in rows.items():
        assert tests, f"{entry} has no test"
        for path, name in tests:
            assert name in (ROOT / path).read_text(), f"{entry}: there is no {name} in {path}"
