"""Random domains on random records: searching and filtering give the same records.

``RANDOM_DOMAINS`` in the environment is how many are tried: 2000 for a long run by hand.
"""

import os
from datetime import date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

EXAMPLES = int(os.environ.get("RANDOM_DOMAINS", "400"))
TEXTS = ["", "a", "A", "ab", "B_", "50%", "\\", "é", False]
INTEGERS = [-1, 0, 1, 2, 7, False]
FLOATS = [-1.5, 0.0, 0.25, 2.0, False]
STATES = ["a", "b", "c", False]
DAYS = [date(2024, 1, 1), date(2024, 2, 29), date(2024, 12, 31), False]
MOMENTS = [datetime(2024, 1, 1), datetime(2024, 1, 1, 12, 30), datetime(2024, 2, 29, 23, 59, 59), False]
EQUALITIES = ["=", "!="]
MEMBERSHIPS = ["in", "not in"]
COMPARISONS = ["<", "<=", ">", ">="]
LIKES = ["like", "ilike", "not like", "not ilike", "=like", "=ilike"]
VALUES = {
    "name": TEXTS,
    "code": TEXTS[:-1],
    "note": TEXTS,
    "priority": INTEGERS,
    "ratio": FLOATS,
    "price": FLOATS,
    "state": STATES,
    "day": DAYS,
    "moment": MOMENTS,
    "done": [True, False],
    "partner_name": ["Ann", "Bob", False],
}
PATTERNS = ["", "a", "A", "%a", "a%", "_", "%", r"\%", r"\_", "B_", "é", "\\", "a\\", r"a\\", False]
#: paths whose ends or steps may be missing or archived
PATHS = [
    "partner_id.parent_id.name",
    "joined_id.parent_id.name",
    "line_ids.task_id.name",
    "tag_ids.parent_id.name",
    "partner_id.parent_id",
    "line_ids.active",
]
PARTS = [
    "day.month_number",
    "day.day_of_week",
    "moment.hour_number",
    "moment.day_of_week",
    "partner_day.month_number",
    "partner_day.day_of_week",
    "line_ids.task_id.partner_day.day_of_week",
]


def scalar_conditions():
    """Conditions on plain fields."""

    def conditions(name):
        values = st.sampled_from(VALUES[name])
        kinds = [
            st.tuples(st.just(name), st.sampled_from(EQUALITIES), values),
            st.tuples(st.just(name), st.sampled_from(MEMBERSHIPS), st.lists(values, max_size=3)),
        ]
        if name in ("name", "code", "note", "state", "partner_name"):
            kinds.append(st.tuples(st.just(name), st.sampled_from(LIKES), st.sampled_from(PATTERNS)))
        if name in ("priority", "ratio", "price", "day", "moment"):
            kinds.append(st.tuples(st.just(name), st.sampled_from(COMPARISONS), values))
        if name in ("day", "moment"):
            kinds.append(
                st.tuples(
                    st.sampled_from([f"{name}.month_number", f"{name}.day_of_week", f"{name}.hour_number"]),
                    st.sampled_from(["=", "!=", "<", ">="]),
                    st.sampled_from([0, 1, 2, 12]),
                )
            )
            kinds.append(
                st.tuples(
                    st.just(name), st.sampled_from(COMPARISONS), st.sampled_from(["2024-01-01", "2024-02-29 12:00:00"])
                )
            )
        return st.one_of(kinds)

    return st.sampled_from(list(VALUES)).flatmap(conditions)


def relational_conditions():
    """Conditions on relations, their names and their fields."""
    names = st.sampled_from(["Ann", "Bob", "red", "blue", "nobody", "n", ""])
    relations = st.sampled_from(["partner_id", "joined_id", "tag_ids", "line_ids"])
    many2ones = st.sampled_from(["partner_id", "joined_id"])
    sub = st.tuples(st.just("name"), st.sampled_from(["=", "!=", "ilike", "not ilike"]), names)
    return st.one_of(
        st.tuples(relations, st.sampled_from(["=", "!="]), st.one_of(st.just(False), names.filter(bool))),
        st.tuples(relations, st.sampled_from(["ilike", "not ilike"]), names),
        st.tuples(relations.map(lambda name: f"{name}.name"), st.sampled_from(["=", "!=", "ilike"]), names),
        st.tuples(relations, st.sampled_from(["any", "not any"]), st.lists(sub, max_size=2)),
        st.tuples(st.just("line_ids.quantity"), st.sampled_from(["=", ">", "<="]), st.sampled_from([0, 1, 2])),
        st.tuples(many2ones, st.sampled_from(["child_of", "parent_of"]), names.filter(bool)),
        st.tuples(st.just("tag_ids"), st.sampled_from(["child_of", "parent_of"]), names.filter(bool)),
    )


def path_conditions():
    """Conditions on what is at the end of a path, and on parts of dates."""
    names = st.sampled_from(["Ann", "Bob", "Gone", "red", "n", "", False])
    return st.one_of(
        st.tuples(st.sampled_from(PATHS), st.sampled_from(["=", "!=", "ilike", "not ilike", "=?"]), names),
        st.tuples(st.sampled_from(PATHS), st.sampled_from(MEMBERSHIPS), st.lists(names, max_size=2)),
        st.tuples(st.just("line_ids.quantity"), st.sampled_from(COMPARISONS), st.sampled_from([0, 1, 2])),
        st.tuples(
            st.sampled_from(["line_ids.task_id.day", "line_ids.task_id.moment"]),
            st.sampled_from(COMPARISONS),
            st.sampled_from(["2024-01-01", "2024-02-29 12:00:00"]),
        ),
        st.tuples(
            st.sampled_from(PARTS),
            st.sampled_from([*EQUALITIES, *COMPARISONS]),
            st.sampled_from([0, 1, 2, 12, False]),
        ),
        st.tuples(
            st.sampled_from(PARTS),
            st.sampled_from(MEMBERSHIPS),
            st.lists(st.sampled_from([0, 1, 2, 12, False]), max_size=3),
        ),
    )


def domains(conditions):
    """Domains that combine conditions."""
    return st.recursive(
        conditions.map(lambda condition: [condition]),
        lambda inner: st.one_of(
            st.tuples(st.sampled_from("&|"), inner, inner).map(lambda parts: [parts[0], *parts[1], *parts[2]]),
            inner.map(lambda domain: ["!", *domain]),
        ),
        max_leaves=5,
    )


DOMAINS = domains(st.one_of(scalar_conditions(), relational_conditions(), path_conditions()))


@pytest.fixture(scope="module")
def records(sample_db):
    """Records with all kinds of values, in a transaction of their own."""
    from odoo import SUPERUSER_ID, api
    from odoo.orm.registry import Registry

    with Registry.registries[sample_db].cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        ann = env["query.partner"].create({"name": "Ann", "birthday": "2023-02-05"})
        gone = env["query.partner"].create(
            {"name": "Gone", "active": False, "parent_id": ann.id, "birthday": "2024-01-01"}
        )
        partners = (
            ann
            + gone
            + env["query.partner"].create([{"name": "Bob", "parent_id": ann.id}, {"name": False, "parent_id": gone.id}])
        )
        tags = env["query.tag"].create([{"name": "red"}, {"name": "blue"}, {"name": False}])
        tags[1].parent_id = tags[0]
        stored = [name for name in VALUES if name != "partner_name"]
        vals_list = []
        for index in range(40):
            vals = {
                name: VALUES[name][(index * step + index // 3) % len(VALUES[name])]
                for step, name in enumerate(stored, 1)
            }
            vals["partner_id"] = [*partners.ids, False][index % 5]
            vals["joined_id"] = [False, *partners.ids][index * 3 % 5]
            vals["tag_ids"] = [(6, 0, [id_ for place, id_ in enumerate(tags.ids) if index >> place & 1])]
            vals["line_ids"] = [
                (
                    0,
                    0,
                    {
                        "name": ["Ann", False, "red"][line],
                        "quantity": line - 1 + index % 2,
                        "active": bool((index + line) % 4),
                    },
                )
                for line in range(index % 4)
            ]
            vals_list.append(vals)
        # what nobody wrote is NULL
        records = env["query.task"].create([*vals_list, {}])
        env.flush_all()
        cr.execute("UPDATE query_task SET done = NULL, priority = NULL, ratio = NULL WHERE id = %s", [records[-1:].id])
        env.invalidate_all()
        yield records
        cr.rollback()


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(domain=DOMAINS, lang=st.sampled_from(["en_US", "fr_FR"]))
def test_search_is_filter(records, domain, lang):
    # weeks begin on Sunday, or on Monday
    records = records.with_context(lang=lang)
    assert records.search(domain, order="id").ids == records.filtered_domain(domain).ids


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(domain=DOMAINS)
def test_negation_of_negation(records, domain):
    assert records.filtered_domain(["!", "!", *domain]) == records.filtered_domain(domain)


@settings(max_examples=EXAMPLES // 2, deadline=None, suppress_health_check=list(HealthCheck))
@given(domain=domains(st.one_of(path_conditions(), relational_conditions())))
def test_2_1_1_negation_is_the_complement(records, domain):
    complement = (records - records.search(domain)).ids
    assert records.search(["!", *domain], order="id").ids == complement
    assert records.filtered_domain(["!", *domain]).ids == complement
