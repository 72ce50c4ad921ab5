"""The pages of what addons rely on in base name every entry, tests that exist, and every numbered test."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = Path(__file__).with_name("behaviour")
_ROW = re.compile(r"\| (2\.\d+\.\d+) \| (.+) \| (.+) \|")
_FILE = re.compile(r"`([^`:]+)`: ((?:`\w+`(?:, )?)+)")
_TEST = re.compile(r"def (test_2_(\d+)_(\d+)_\w+)\(")

#: how many entries each section has
SECTIONS = {1: 9, 2: 17, 3: 12, 4: 5, 5: 12, 6: 9, 7: 7, 8: 9, 9: 11, 10: 12, 11: 14, 12: 15, 13: 6, 14: 9}
#: a number that was never given
UNUSED = {"2.1.8"}


@pytest.fixture(scope="module")
def rows():
    """Return ``{entry: [(path without suffix, name of a test)]}`` from the tables of all pages."""
    found = {}
    for page in sorted(PAGES.glob("*.md")):
        for line in page.read_text().splitlines():
            if not line.startswith("| 2."):
                continue
            entry, _text, tests = _ROW.fullmatch(line).groups()
            assert entry not in found, f"{entry} has two rows"
            found[entry] = [
                (path, name) for path, names in _FILE.findall(tests) for name in re.findall(r"`(\w+)`", names)
            ]
    return found


def test_every_entry_is_listed(rows):
    expected = {f"2.{section}.{number}" for section, count in SECTIONS.items() for number in range(1, count + 1)}
    assert set(rows) == expected - UNUSED


def test_every_entry_has_tests_that_exist(rows):
    sources = {}
    for entry, tests in rows.items():
        assert tests, f"{entry} has no test"
        for path, name in tests:
            file = ROOT / path
            source = sources.get(path) or sources.setdefault(
                path, file.with_name(file.name + ("" if file.suffix == ".js" else ".py")).read_text()
            )
            assert re.search(rf"\b{name}\b", source), f"{entry}: there is no {name} in {path}"


def test_every_numbered_test_is_on_its_row(rows):
    listed = {(entry, path.rsplit("/", 1)[1], name) for entry, tests in rows.items() for path, name in tests}
    numbered = {
        (f"2.{section}.{number}", file.stem, name)
        for folder in ("odoo/addons", "addons", "tests")
        for file in (ROOT / folder).rglob("test_*.py")
        for name, section, number in _TEST.findall(file.read_text())
    }
    assert sorted(numbered - listed) == []
