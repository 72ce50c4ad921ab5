"""The registers of a transaction: their verbs, what they may import, and who may look inside."""

import ast
from pathlib import Path

import pytest

from odoo.orm.identifiers import NewId
from odoo.orm.state.changes import Changes
from odoo.orm.state.columns import MAX_PARKED, Columns
from odoo.orm.state.mirrors import Mirrors
from odoo.orm.state.stale import Stale
from odoo.orm.state.unit import UnitOfWork

ROOT = Path(__file__).parents[2]
STATE = ROOT / "odoo" / "orm" / "state"


class Plain:
    """Stands for a field; what is kept depends on nothing else of it."""

    context_keys = ()
    model_name = "some.model"


class Translated(Plain):
    """Stands for a field whose value depends on the context."""

    context_keys = ("lang",)


class Elsewhere(Plain):
    """Stands for a field of another model."""

    model_name = "other.model"


@pytest.fixture
def changes():
    """Nothing to write yet."""
    return Changes()


@pytest.fixture
def columns():
    """No values yet."""
    return Columns()


@pytest.fixture
def stale():
    """Nothing to compute yet, and nothing protected."""
    return Stale()


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


def test_several_fields_are_forgotten_at_once(columns):
    parked, built = Plain(), Plain()
    columns.park(parked, (1, 2), ("a", "b"))
    columns.live[built][1] = "c"
    columns.forget_each((parked, built, Plain()), (1,))
    assert list(columns.items()) == [(built, {}), (parked, {2: "b"})]


# Changes


def test_what_is_marked_is_taken_once(changes):
    field, other = Plain(), Elsewhere()
    changes.mark(field, (1, 2))
    changes.marks(field)[3] = None
    changes.mark(other, (1,))
    changes.touch("some.model", (1, 2), 7)
    changes.writers("some.model")[3] = 8
    assert changes.take("some.model") == ({field: {1: None, 2: None, 3: None}}, {}, {1: 7, 2: 7, 3: 8})
    assert changes.take("some.model") == ({}, {}, {})
    assert list(changes.models()) == ["other.model"]


def test_nothing_is_marked_for_no_records(changes):
    changes.mark(Plain(), ())
    changes.touch("some.model", (), 7)
    assert not changes
    assert not list(changes.models())


def test_a_record_may_be_touched_without_values(changes):
    changes.touch("some.model", (1,), 7)
    assert changes
    assert changes.includes("some.model")
    assert not changes.includes("other.model")
    assert not changes.has_values()


def test_values_of_several_contexts_wait_together(changes):
    field = Translated()
    changes.mark_values(field, 1, {("en_US",): "one"})
    changes.mark_values(field, 1, {("fr_FR",): "un"})
    assert changes.values(field, 1) == {("en_US",): "one", ("fr_FR",): "un"}
    assert changes.values(field, 2) == changes.values(Translated(), 1) == {}
    assert list(changes.fields_with_context()) == [field]
    dirty, values, _touched = changes.take("some.model")
    assert dirty == {field: {1: None}}
    assert values == {field: {1: {("en_US",): "one", ("fr_FR",): "un"}}}


def test_what_is_forgotten_is_not_written(changes):
    plain, translated = Plain(), Translated()
    changes.mark(plain, (1, 2))
    changes.mark_values(translated, 1, {("en_US",): "one"})
    changes.mark_values(translated, 2, {("en_US",): "two"})
    changes.forget(plain, (1,))
    changes.forget_values(translated, (1,))
    assert changes.ids(plain) == {2: None}
    assert changes.values(translated, 1) == {}
    assert changes.ids(translated) == {1: None, 2: None}
    changes.forget(translated, (1,))
    assert changes.take_field(translated) == {2: None}
    assert changes.ids(translated) is None


def test_a_field_is_dirty_on_some_records(changes):
    field, other = Plain(), Plain()
    changes.mark(field, (1,))
    assert changes.includes_any([other, field], (1, 2))
    assert not changes.includes_any([other, field], (2,))
    assert not changes.includes_any([other], (1,))


# Stale


def test_what_is_marked_is_stale_until_it_is_unmarked(stale):
    field = Plain()
    stale.mark(field, (1, 2))
    stale.marks(field)[3] = None
    assert stale
    assert list(stale.ids(field)) == [1, 2, 3]
    stale.unmark(field, (1, 3))
    assert list(stale.fields()) == [field]
    stale.unmark(field, (2,))
    assert not stale
    assert stale.ids(field) is None


def test_nothing_is_stale_for_no_records(stale):
    stale.mark(Plain(), ())
    stale.unmark(Plain(), (1,))
    assert not stale


def test_only_rows_are_computed_by_a_flush(stale):
    field, in_memory = Plain(), Plain()
    stale.mark(field, (0, 1))
    stale.mark(in_memory, (0,))
    assert stale.fields_of_rows() == [field]


def test_protection_lasts_until_the_outermost_block_ends(stale):
    field, other = Plain(), Plain()
    stale.protect([field, other], (1, 2))
    stale.protect([field], (2,))
    assert stale.protected() == {field: {1, 2}, other: {1, 2}}
    stale.release([field])
    assert stale.protects(field, 1)
    assert stale.protected_ids(field) == {1, 2}
    stale.release([field, other])
    assert not stale.protects(field, 1)
    assert not stale.shields(field)
    assert stale.protected() == {}


def test_who_looks_changes_nothing(stale):
    field = Plain()
    stale.mark(field, (1,))
    by_field = stale.by_field()
    assert by_field == {field: {1: None}}
    with pytest.raises(TypeError):
        by_field[field] = {}


# Mirrors


def test_ids_join_what_is_known(columns):
    mirrors, field = Mirrors(columns), Plain()
    columns.live[field].update({1: (7,), 2: ()})
    assert mirrors.join(field, 1, (8, 7, 9))
    assert mirrors.join(field, 2, range(6))
    assert not mirrors.join(field, 3, (7,))
    assert columns.live[field] == {1: (7, 8, 9), 2: (0, 1, 2, 3, 4, 5)}


def test_ids_join_in_every_context(columns):
    mirrors, field = Mirrors(columns), Translated()
    columns.at(field, ("en_US",))[1] = (7,)
    columns.at(field, ("fr_FR",))[1] = ()
    mirrors.join_new(field, 1, (8, 9))
    assert list(columns.every(field)) == [{1: (7, 8, 9)}, {1: (8, 9)}]


def test_ids_leave(columns):
    mirrors, field = Mirrors(columns), Plain()
    columns.live[field].update({1: (7, 8), 2: (7,)})
    mirrors.leave(field, (1, 2, 3), {7})
    assert columns.live[field] == {1: (8,), 2: ()}


def test_ids_wait_for_the_value_of_a_record_in_memory(columns):
    mirrors, field, record = Mirrors(columns), Plain(), NewId(1)
    mirrors.join_later(field, record, (7, 8, 9))
    mirrors.join_later(field, 5, (7,))
    mirrors.leave(field, (record,), {8})
    assert columns.known(field) == {}
    columns.live[field][record] = (6,)
    mirrors.settle(field, record)
    mirrors.settle(field, record)
    assert columns.live[field] == {record: (6, 7, 9)}


def test_nothing_waits_for_what_was_forgotten(columns):
    mirrors, fields, record = Mirrors(columns), (Plain(), Plain()), NewId(1)
    for field in fields:
        mirrors.join_later(field, record, (7,))
        columns.live[field][record] = ()
    mirrors.drop(fields[0])
    mirrors.settle(fields[0], record)
    assert columns.live[fields[0]] == {record: ()}
    mirrors.clear()
    mirrors.settle(fields[1], record)
    assert columns.live[fields[1]] == {record: ()}


def test_the_value_of_a_record_in_memory_begins_empty(columns):
    mirrors, field, known, new = Mirrors(columns), Plain(), NewId(1), NewId(2)
    columns.live[field][known] = (7,)
    mirrors.begin(field, known)
    mirrors.begin(field, new)
    assert columns.live[field] == {known: (7,), new: ()}


def test_lines_in_memory_point_to_their_record(columns):
    mirrors, field, record = Mirrors(columns), Plain(), NewId(1)
    here, elsewhere, nowhere = NewId(2), NewId(3), NewId(4)
    columns.live[field].update({here: record, elsewhere: 9})
    assert mirrors.point(field, (here, elsewhere, nowhere, 5), record) == [elsewhere]
    assert columns.live[field] == {here: record, elsewhere: 9, nowhere: record}
    mirrors.lead(field, elsewhere, record)
    assert columns.live[field][elsewhere] == record


def test_a_many2one_by_company_is_mirrored_under_its_key(columns):
    mirrors, field, line = Mirrors(columns), Translated(), NewId(2)
    assert mirrors.point(field, (line,), 1, (3,)) == []
    assert mirrors.point(field, (line,), 2, (4,)) == []
    assert columns.column(field) == {(3,): {line: 1}, (4,): {line: 2}}


# the unit of work


class Linking(Plain):
    """Stands for a many2many field."""

    relation, column1, column2 = "rel", "a_id", "b_id"


@pytest.mark.parametrize(
    ("note", "settled"),
    [
        (lambda unit: unit.changes.mark(Plain(), (1,)), False),
        (lambda unit: unit.changes.touch("some.model", (1,), 7), True),
        (lambda unit: unit.stale.mark(Plain(), (1,)), False),
        (lambda unit: unit.links.change(Linking(), [(1, 2)], []), False),
    ],
    ids=["dirty", "touched", "stale", "linked"],
)
def test_a_unit_has_work_while_a_register_has(note, settled):
    unit = UnitOfWork()
    assert not unit
    assert unit.is_settled()
    note(unit)
    assert unit
    assert unit.is_settled() is settled


def test_a_cleared_unit_knows_nothing():
    unit, field, record = UnitOfWork(), Plain(), NewId(1)
    unit.columns.live[field][1] = "a"
    unit.changes.mark(field, (1,))
    unit.stale.mark(field, (1,))
    unit.mirrors.join_later(field, record, (1,))
    unit.clear()
    assert not unit
    assert list(unit.columns.items()) == []
    unit.columns.live[field][record] = ()
    unit.mirrors.settle(field, record)
    assert unit.columns.live[field] == {record: ()}


def test_a_unit_may_work_with_other_values_for_a_while():
    unit, other, field = UnitOfWork(), UnitOfWork(), Plain()
    usual = unit.columns, unit.mirrors, unit.changes
    unit.stale.mark(field, (1,))
    unit.changes.mark(field, (1,))
    unit.use(other.columns, other.mirrors, other.changes)
    assert not unit.changes
    assert unit.stale
    unit.use(*usual)
    assert unit.changes


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
