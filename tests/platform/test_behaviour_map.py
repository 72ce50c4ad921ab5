"""The pages of what the platform addons do name every entry of their sections once, and tests that exist."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = Path(__file__).with_name("behaviour")
_ROW = re.compile(r"^\| ([A-Z]+-?\d+[a-z]?) \| (.+) \| (.+) \|$", re.MULTILINE)
_ENTRY = re.compile(r"([A-Z]+-?)(\d+)[a-z]?")
_FILE = re.compile(r"`([^`]+\.(?:js|py))`: ((?:`[^`]+`(?:, )?)+)")
#: a row without tests says why
_LEFT_OUT = "left out: "
#: what the entries of a page are: numbers of a section, and those between them
_SECTIONS = re.compile(r"^Entries: (.+)\.$", re.MULTILINE)


@pytest.fixture(scope="module", params=sorted(PAGES.glob("*.md")), ids=lambda page: page.stem)
def page(request):
    """Return the text of a page."""
    return request.param.read_text()


def rows(text):
    """Return ``{entry: text of its tests}`` from the tables of a page."""
    found = {}
    for entry, _holds, tests in _ROW.findall(text):
        assert entry not in found, f"{entry} has two rows"
        found[entry] = tests
    return found


def entries(text):
    """Return the entries that a page says it has: ``RES-1 to RES-13, RES-12b``."""
    wanted = set()
    for part in _SECTIONS.search(text)[1].split(", "):
        first, _to, last = part.partition(" to ")
        section, start = _ENTRY.fullmatch(first).groups()
        if last:
            wanted |= {f"{section}{number}" for number in range(int(start), int(_ENTRY.fullmatch(last)[2]) + 1)}
        else:
            wanted.add(first)
    return wanted


def test_every_entry_is_listed(page):
    assert set(rows(page)) == entries(page)


def test_every_entry_has_tests_that_exist(page):
    for entry, tests in rows(page).items():
        if tests.startswith(_LEFT_OUT):
            continue
        named = [(path, name) for path, names in _FILE.findall(tests) for name in re.findall(r"`([^`]+)`", names)]
        assert named, f"{entry} has no test"
        for path, name in named:
            assert name in (ROOT / path).read_text(), f"{entry}: there is no {name} in {path}"
