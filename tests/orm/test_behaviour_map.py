"""The page of what addons rely on names tests that exist, and every numbered test of the ORM."""

import re
from pathlib import Path

from .test_reference_map import ROOT, existing_tests

PAGE = Path(__file__).with_name("behaviour_map.md")
_ROW = re.compile(r"\| (\S+) \| (.+) \| (.+) \|")
_FILE = re.compile(r"`([^`:]+)`: ((?:`\w+`(?:, )?)+)")


def read_page():
    """Return ``{entry: [(path without suffix, name of a test)]}`` from the table of the page."""
    rows = {}
    for line in PAGE.read_text().splitlines()[7:]:
        entry, _text, tests = _ROW.fullmatch(line).groups()
        rows[entry] = [(path, name) for path, names in _FILE.findall(tests) for name in re.findall(r"`(\w+)`", names)]
    return rows


def test_every_entry_has_tests_that_exist():
    for entry, tests in read_page().items():
        assert tests, f"{entry} has no test"
        for path, name in tests:
            source = (ROOT / path).with_suffix(".py").read_text()
            assert f"def {name}(" in source, f"{entry}: there is no {name} in {path}"


def test_every_numbered_test_of_the_orm_is_on_the_page():
    listed = {f"{path.rsplit('/', 1)[1]}::{name}" for tests in read_page().values() for path, name in tests}
    entries = "|".join(entry.lower() for entry in read_page() if "." not in entry)
    numbered = {test for test in existing_tests() if re.search(rf"::test_(?:{entries})_", test)}
    # f4 is another list's there: findings on security
    numbered = {test for test in numbered if not test.startswith("test_registry_change::")}
    assert sorted(numbered - listed) == []
