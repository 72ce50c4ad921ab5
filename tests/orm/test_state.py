"""The registers of a transaction: their verbs, what they may import, and who may look inside."""

import ast
from pathlib import Path

import pytest

from odoo.orm.state.columns import MAX_PARKED, Columns

ROOT = Path(__file__).parents[2]
STATE = ROOT / "odoo" / "orm" / "state"


class Plain:
    """Stands for a field; what is kept depends on nothing else of it."""

    context_keys = ()
    model_name = "some.model"


class Translated(Plain):
    """Stands for a field whose value depends on the context."""

    context_keys = ("lang",)


@pytest.fixture
def columns():
    """No values yet."""
    return Columns()


# Columns


def test_a_parked_column_is_built_when_somebody_looks(columns):
    field = Plain()
    columns.park(field, (1, 2), ("a", "b"))
    assert not columns.is_used(field)
    assert columns.live[field] == {1: "a", 2: "b"}
    assert columns.is_used(field)


@pytest.mark.parametrize("look", ["column", "known"])
def test_the_doors_lead_to_the_same_column(columns, look):
    field = Plain()
    columns.park(field, (1,), ("a",))
    assert getattr(columns, look)(field) is columns.live[field]


def test_what_is_parked_replaces_nothing(columns):
    field = Plain()
    columns.live[field][1] = "assigned"
    columns.park(field, (1, 2), ("fetched", "b"))
    assert columns.live[field] == {1: "assigned", 2: "b"}


def test_of_two_fetches_the_first_counts(columns):
    field = Plain()
    columns.park(field, (1, 2), ("a", "b"))
    columns.park(field, (2, 3), ("later", "c"))
    assert columns.live[field] == {1: "a", 2: "b", 3: "c"}


def test_values_come_back_as_they_were_fetched(columns):
    field, ids, values = Plain(), (1, 2), ("a", "b")
    columns.park(field, ids, values)
    assert columns.fetched(field, ids) is values
    assert columns.fetched(field, (2,)) is None
    columns.park(field, (3,), ("c",))
    assert columns.fetched(field, ids) is None


def test_a_column_nobody_looks_at_keeps_few_fetches(columns):
    field = Plain()
    for id_ in range(MAX_PARKED + 1):
        columns.park(field, (id_,), (id_,))
    assert columns.is_used(field)
    assert len(columns.live[field]) == MAX_PARKED + 1


def test_looking_makes_no_column(columns):
    field = Plain()
    assert columns.known(field) == {}
    assert list(columns.every(field)) == [{}]
    assert list(columns.items()) == []


def test_a_field_with_context_has_a_column_for_each_key(columns):
    field = Translated()
    columns.at(field, ("en_US",))[1] = "one"
    columns.at(field, ("fr_FR",))[1] = "un"
    assert columns.column(field) == {("en_US",): {1: "one"}, ("fr_FR",): {1: "un"}}
    assert list(columns.every(field)) == [{1: "one"}, {1: "un"}]
    columns.forget_other(field, ("en_US",), (1,))
    assert list(columns.every(field)) == [{1: "one"}, {}]


def test_forgetting_tells_what_was_known(columns):
    field, translated = Plain(), Translated()
    columns.park(field, (1, 2), ("a", None))
    columns.at(translated, ("en_US",))[1] = "one"
    columns.at(translated, ("fr_FR",))[1] = "un"
    assert columns.forget(field, (2, 3)) == [2]
    assert columns.forget(translated, (1, 2)) == [1, 1]
    assert columns.forget(Plain(), (1,)) == []
    assert columns.live[field] == {1: "a"}


def test_a_dropped_column_is_not_known_any_more(columns):
    parked, built = Plain(), Plain()
    columns.park(parked, (1,), ("a",))
    columns.live[built][1] = "b"
    columns.drop(parked)
    columns.drop(built)
    assert list(columns.items()) == []


def test_a_loop_goes_on_with_the_columns_it_looked_at(columns):
    field, prefetch_ids = Plain(), tuple(range(9))
    columns.live[field][0] = "a"
    assert not columns.continues("some.model", prefetch_ids, field)
    assert columns.continues("some.model", prefetch_ids, field)
    assert not columns.continues("some.model", prefetch_ids, Plain())
    assert not columns.continues("some.model", tuple(range(8)), field)
    columns.clear()
    assert not columns.continues("some.model", prefetch_ids, field)


# the room


def test_the_state_looks_up_to_nobody():
    for path in STATE.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                assert not [alias for alias in node.names if alias.name.startswith("odoo")], path
            elif isinstance(node, ast.ImportFrom):
                assert node.level < 2 and not (node.module or "").startswith("odoo"), path


def test_nobody_looks_inside():
    """What the registers keep for themselves is named by nobody else."""
    private = set()
    for path in STATE.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr.startswith("_") and not node.attr.startswith("__"):
                private.add(node.attr)
                assert isinstance(node.value, ast.Name) and node.value.id == "self", f"{path}: {ast.unparse(node)}"
    assert private
    for path in (ROOT / "odoo" / "orm").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in private:
                assert isinstance(node.value, ast.Name) and node.value.id == "self", f"{path}: {ast.unparse(node)}"
