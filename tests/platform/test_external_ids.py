"""Each addon declares the external ids of the 18.0 line, but for those that a list names, with a reason each.

``external_ids/names.json`` has the names by addon and kind. ``external_ids/missing.toml`` lists what is not there; it
may only shrink: who adds a name takes it off the list, and the sum at its head goes down with it.
"""

import ast
import csv
import json
import tomllib
from pathlib import Path

import pytest
from lxml import etree

ROOT = Path(__file__).resolve().parents[2]
FOLDER = Path(__file__).with_name("external_ids")
NAMES = json.loads((FOLDER / "names.json").read_text())
MISSING = tomllib.loads((FOLDER / "missing.toml").read_text())
#: records whose parent, made with them, gets an external id of its own
PARENTS = {"ir.cron": "ir_actions_server"}


def folder_of(addon):
    """Return the folder of an addon of this checkout."""
    return ROOT / ("odoo/addons" if addon == "base" else "addons") / addon


def declared(addon):
    """Return the external ids of an addon that its data files declare."""
    folder = folder_of(addon)
    names = set()
    for name in ast.literal_eval((folder / "__manifest__.py").read_text()).get("data", []):
        path = folder / name
        if path.suffix == ".csv":
            names |= {row["id"] for row in csv.DictReader(path.open())}
        elif path.suffix == ".xml":
            for element in etree.parse(str(path)).iter("record", "template", "menuitem", "report"):
                if not element.get("id"):
                    continue
                names.add(element.get("id"))
                if parent := PARENTS.get(element.get("model")):
                    names.add(f"{element.get('id')}_{parent}")
    return {name.removeprefix(f"{addon}.") for name in names}


def expected_missing(addon):
    """Return the names of an addon that the list has."""
    return [name for reason in MISSING.get(addon, []) for name in reason["names"]]


@pytest.mark.parametrize("addon", NAMES)
def test_external_ids_are_declared_or_listed(addon):
    names = {name for kind in NAMES[addon].values() for name in kind}
    listed = expected_missing(addon)
    assert sorted(listed) == sorted(set(listed)), "a name is listed twice"
    assert sorted(names - declared(addon)) == sorted(listed)


def test_each_reason_is_given():
    assert all(reason["why"].strip() for addon in NAMES for reason in MISSING.get(addon, []))


def test_the_list_only_shrinks():
    assert sum(len(expected_missing(addon)) for addon in NAMES) == MISSING["sum"] <= MISSING["never_more_than"]


def test_addons_of_the_line_are_all_looked_at():
    assert set(MISSING) - {"sum", "never_more_than"} <= set(NAMES)
    assert [addon for addon in NAMES if not folder_of(addon).is_dir()] == []
