"""Searching through domains."""

import pytest

from odoo import fields

DATA = [
    {"name": "Alpha", "priority": 1, "ratio": 1.5, "state": "a", "day": "2024-01-15", "moment": "2024-01-15 10:30:00"},
    {"name": "beta_x", "priority": 0, "ratio": 0.0, "state": "b", "done": True, "day": "2024-02-29"},
    {"name": "50%", "priority": 5, "moment": "2024-01-16 00:00:00"},
    {"name": "", "priority": -3},
    {"name": False},
]


@pytest.fixture
def tasks(env):
    """A few tasks with relations."""
    partners = env["query.partner"].create([{"name": "Ann"}, {"name": "Bob"}])
    partners += env["query.partner"].create({"name": "Cid", "parent_id": partners[0].id})
    tags = env["query.tag"].create([{"name": "red"}, {"name": "blue"}])
    records = env["query.task"].create(DATA)
    records[0].write(
        {
            "partner_id": partners[0].id,
            "tag_ids": [(6, 0, tags.ids)],
            "line_ids": [(0, 0, {"name": "one", "quantity": 2}), (0, 0, {"name": "two", "quantity": 0})],
        }
    )
    records[1].write({"partner_id": partners[2].id, "joined_id": partners[1].id, "tag_ids": [(6, 0, tags[:1].ids)]})
    records[2].write({"line_ids": [(0, 0, {"name": "three", "active": False})]})
    return records


CASES = [
    ([("name", "=", "Alpha")], [0]),
    ([("name", "!=", "Alpha")], [1, 2, 3, 4]),
    ([("name", "=", False)], [3, 4]),
    ([("name", "!=", False)], [0, 1, 2]),
    ([("name", "in", ["Alpha", False])], [0, 3, 4]),
    ([("name", "not in", ["Alpha"])], [1, 2, 3, 4]),
    ([("name", "not in", ["Alpha", False])], [1, 2]),
    ([("name", "in", [])], []),
    ([("name", "not in", [])], [0, 1, 2, 3, 4]),
    ([("name", "ilike", "ALPH")], [0]),
    ([("name", "like", "ALPH")], []),
    ([("name", "ilike", "%a")], [0, 1]),
    ([("name", "ilike", r"\%")], [2]),
    ([("name", "ilike", r"a\_")], [1]),
    ([("name", "ilike", "")], [0, 1, 2, 3, 4]),
    ([("name", "not ilike", "a")], [2, 3, 4]),
    ([("name", "=like", "A%")], [0]),
    ([("name", "=ilike", "a%")], [0]),
    ([("priority", "=", 0)], [1, 4]),
    ([("priority", "=", False)], [1, 4]),
    ([("priority", "!=", 0)], [0, 2, 3]),
    ([("priority", "<", 1)], [1, 3, 4]),
    ([("priority", ">", 0)], [0, 2]),
    (["!", ("priority", ">", 0)], [1, 3, 4]),
    ([("ratio", "=", 1.5)], [0]),
    ([("done", "=", True)], [1]),
    ([("done", "=", False)], [0, 2, 3, 4]),
    ([("done", "!=", True)], [0, 2, 3, 4]),
    ([("done", "in", [True, False])], [0, 1, 2, 3, 4]),
    ([("state", "=", False)], [2, 3, 4]),
    ([("state", "!=", "a")], [1, 2, 3, 4]),
    ([("day", "=", "2024-01-15")], [0]),
    ([("day", ">", fields.Date.to_date("2024-01-15"))], [1]),
    ([("day", "=", False)], [2, 3, 4]),
    ([("moment", "<=", "2024-01-15")], [0]),
    ([("moment", ">", "2024-01-15")], [2]),
    ([("day.month_number", "=", 2)], [1]),
    # d3: what has no date has no month that differs
    ([("day.month_number", "!=", 2)], [0]),
    ([("day.month_number", "not in", [2, False])], [0]),
    ([("day.month_number", "not in", [])], [0, 1, 2, 3, 4]),
    ([("day.month_number", "!=", False)], [0, 1]),
    ([("day.month_number", "in", [2, False])], [1, 2, 3, 4]),
    (["!", ("day.month_number", "=", 2)], [0, 2, 3, 4]),
    (["!", ("day.month_number", "!=", 2)], [1, 2, 3, 4]),
    ([("day.day_of_week", "in", [1])], [0]),
    ([("moment.hour_number", "=", 0)], [2]),
    ([("partner_id", "!=", False)], [0, 1]),
    ([("partner_id", "=", "Ann")], [0]),
    ([("partner_id", "!=", "Ann")], [1, 2, 3, 4]),
    ([("partner_id", "ilike", "n")], [0]),
    ([("partner_id", "not ilike", "n")], [1, 2, 3, 4]),
    ([("partner_id.name", "=", "Cid")], [1]),
    ([("partner_id.name", "!=", "Cid")], [0]),
    ([("partner_id.parent_id.name", "=", "Ann")], [1]),
    ([("partner_id", "any", [("name", "=", "Ann")])], [0]),
    ([("partner_id", "not any", [("name", "=", "Ann")])], [1, 2, 3, 4]),
    ([("partner_id", "child_of", "Ann")], [0, 1]),
    ([("partner_id", "parent_of", "Cid")], [0, 1]),
    (["!", ("partner_id", "child_of", "Cid")], [0, 2, 3, 4]),
    ([("joined_id.name", "=", "Bob")], [1]),
    ([("joined_id.name", "!=", "Ann")], [1]),
    (["|", ("joined_id.name", "=", "Bob"), ("name", "=", "Alpha")], [0, 1]),
    ([("joined_id", "not any", [("name", "=", "Bob")])], [0, 2, 3, 4]),
    ([("partner_name", "=", "Ann")], [0]),
    ([("partner_name", "ilike", "d")], [1]),
    ([("double", "=", 2)], [0]),
    ([("tag_ids", "=", False)], [2, 3, 4]),
    ([("tag_ids", "!=", False)], [0, 1]),
    ([("tag_ids", "in", ["blue"])], [0]),
    ([("tag_ids", "not in", ["blue"])], [1, 2, 3, 4]),
    ([("tag_ids", "ilike", "re")], [0, 1]),
    ([("tag_ids.name", "=", "red")], [0, 1]),
    ([("tag_ids.name", "!=", "red")], [0]),
    ([("tag_ids", "not any", [("name", "=", "blue")])], [1, 2, 3, 4]),
    ([("line_ids.quantity", "=", 2)], [0]),
    ([("line_ids", "any", [("quantity", "=", 0)])], [0]),
    ([("line_ids", "not any", [("quantity", "=", 2)])], [1, 2, 3, 4]),
    ([("line_ids.active", "=", False)], [2]),
    ([("line_ids", "=", "one")], [0]),
    ([("line_ids", "=", False)], [1, 3, 4]),
    ([("name", "=?", False), ("priority", ">", 0)], [0, 2]),
    ([("partner_id", "any", [("parent_id", "=", False)]), ("partner_id", "any", [("name", "ilike", "n")])], [0]),
    ([(1, "=", 1)], [0, 1, 2, 3, 4]),
    ([(0, "=", 1)], []),
    (["!", "|", ("name", "=", "Alpha"), ("priority", "=", 5)], [1, 3, 4]),
]


@pytest.mark.parametrize(("domain", "expected"), CASES, ids=[str(case[0]) for case in CASES])
def test_search_and_filter_agree(tasks, domain, expected):
    expected = [tasks[index].id for index in expected]
    assert tasks.search(domain, order="id").ids == expected
    tasks.env.invalidate_all()
    assert tasks.filtered_domain(domain).ids == expected
    # warm cache
    assert tasks.filtered_domain(domain).ids == expected


@pytest.fixture
def family(env):
    """Partners for paths: two children, a child and an archived one in an archived partner, none; and the children."""
    partners = env["query.partner"].create([{"name": name, "lang": "fr"} for name in ("pa", "pb", "pd")])
    partners[1].active = False
    children = env["query.partner"].create(
        [
            {"name": "k1", "parent_id": partners[0].id},
            {"name": "k2", "parent_id": partners[0].id},
            {"name": "k1", "parent_id": partners[1].id},
            {"name": "k3", "parent_id": partners[1].id, "active": False},
        ]
    )
    return partners + children


@pytest.mark.parametrize(
    ("term", "positive", "negative"),
    [
        ([("child_ids.name", "=", "k2")], [0], [1, 2, 3, 4, 5, 6]),
        (["&", ("child_ids.name", "=", "k1"), ("child_ids.name", "=", "k2")], [0], [1, 2, 3, 4, 5, 6]),
        (["|", ("child_ids.name", "=", "k1"), ("lang", "=", "fr")], [0, 1, 2], [3, 4, 5, 6]),
        ([("child_ids.name", "=", "x")], [], [0, 1, 2, 3, 4, 5, 6]),
        ([("child_ids.name", "!=", "k2")], [0, 1], [2, 3, 4, 5, 6]),
        ([("child_ids.name", "=", "k3")], [], [0, 1, 2, 3, 4, 5, 6]),
        ([("child_ids.active", "=", False)], [1], [0, 2, 3, 4, 5, 6]),
        ([("child_ids.child_ids.name", "=", "x")], [], [0, 1, 2, 3, 4, 5, 6]),
        ([("parent_id.name", "like", "pb")], [5, 6], [0, 1, 2, 3, 4]),
        ([("parent_id.name", "!=", "pb")], [3, 4], [0, 1, 2, 5, 6]),
        ([("parent_id.name", "=", False)], [], [0, 1, 2, 3, 4, 5, 6]),
        ([("parent_id.lang", "!=", False)], [3, 4, 5, 6], [0, 1, 2]),
        ([("parent_id.parent_id.name", "=", False)], [], [0, 1, 2, 3, 4, 5, 6]),
    ],
)
def test_2_1_1_d1_negated_paths(family, term, positive, negative):
    family.env.flush_all()
    family.env.invalidate_all()
    within = [("id", "in", family.ids), ("active", "in", [True, False])]
    for domain, indexes in ((term, positive), (["!", *term], negative), (["!", "!", *term], positive)):
        expected = [family[index].id for index in indexes]
        assert family.search([*domain, *within], order="id").ids == expected
        assert family.filtered_domain(domain).ids == expected


def test_2_1_1_negated_path_in_a_rule(family):
    rules = {"query.partner": ["!", ("child_ids.name", "=", "k2")]}
    user = family.with_user(2).with_context(rules=rules, active_test=False)
    assert user.search([("id", "in", family.ids)], order="id").ids == family[1:].ids
    assert user.search(["!", ("parent_id.name", "=", "pb"), ("id", "in", family.ids)], order="id").ids == (
        family[1:5].ids
    )


def test_ids_and_queries(tasks):
    query = tasks._search([("priority", ">", 0)])
    assert tasks.search([("id", "in", query)], order="id") == tasks[0] + tasks[2]
    assert tasks.search([("id", "not in", query)], order="id") == tasks - tasks[0] - tasks[2]
    assert tasks.filtered_domain([("id", "in", query)]) == tasks[0] + tasks[2]
    partners = tasks.env["query.partner"]._search([("name", "=", "Ann")])
    assert tasks.search([("partner_id", "in", partners)]) == tasks[0]
    assert tasks.filtered_domain([("partner_id", "any", partners)]) == tasks[0]
    assert tasks.search([("partner_id", "in", tasks[0].partner_id)]) == tasks[0]
    assert tasks.search([("id", "=", False)]) == tasks.browse()
    assert tasks.search([("id", "in", [tasks[1].id, False])]) == tasks[1]


def test_errors_name_the_term(tasks):
    with pytest.raises(ValueError, match=r"no field 'nam'.*name"):
        tasks.search([("nam", "=", 1)])
    for domain in ([("name", "in", "k")], [("id", "not in", "1")], [("day.month_number", "in", "2")]):
        with pytest.raises(ValueError, match="takes a list of values, not a text"):
            tasks.search(domain)
        with pytest.raises(ValueError, match="takes a list of values, not a text"):
            tasks.filtered_domain(domain)
    with pytest.raises(ValueError, match="does not suit field"):
        tasks.search([("day", "=", "soon")])
    with pytest.raises(ValueError, match="position 1"):
        tasks.search([("name", "=", "x"), ("name", "~", 1)])
    with pytest.raises(ValueError, match="no relation"):
        tasks.search([("name.foo", "=", 1)])


def test_d3_text_for_a_list_is_the_name_of_related_records(tasks):
    for domain, expected in (([("partner_id", "in", "Ann")], tasks[0]), ([("tag_ids", "not in", "blue")], tasks[1:])):
        assert tasks.search(domain, order="id") == tasks.filtered_domain(domain) == expected


def test_c7_field_that_cannot_be_searched(tasks, caplog):
    for operator in ("=", "!="):
        caplog.clear()
        assert tasks.search([("unsearchable", operator, 2)]) == tasks
        assert tasks.search_count(["!", ("unsearchable", operator, 2), ("name", "=", "Alpha")]) == 1
        assert {(record.name, record.levelname) for record in caplog.records} == {("odoo.osv.expression", "ERROR")}
        assert "query.task.unsearchable is not stored and has no search method" in caplog.text
    # the values are there to be compared
    assert tasks.filtered_domain([("unsearchable", "=", 2)]) == tasks[0]


def test_c7_rules_do_not_become_laxer(tasks):
    for model, rule in (
        ("query.task", [("unsearchable", "=", 2)]),
        ("query.task", [("line_ids.task_id", "any", [("unsearchable", "=", 2)])]),
    ):
        user = tasks.with_user(2).with_context(rules={model: rule})
        with pytest.raises(ValueError, match="unsearchable is not stored"):
            user.search([])


def test_translated(env):
    task = env["query.task"].create({"title": "Hello"})
    task.with_context(lang="fr_FR").title = "Bonjour"
    model = env["query.task"]
    assert model.search([("title", "=", "Hello")]) == task
    assert model.search([("title", "=", "Bonjour")]) == model
    assert model.with_context(lang="fr_FR").search([("title", "ilike", "bonj")]).ids == task.ids
    assert task.with_context(lang="fr_FR").filtered_domain([("title", "ilike", "bonj")])


def test_company_dependent(env):
    companies = env["res.company"].search([]) + env["res.company"].create({"name": "Other"})
    task = env["query.task"].with_company(companies[0]).create({"name": "t", "rate": 2.0})
    task.with_company(companies[1]).rate = 5.0
    empty = env["query.task"].create({"name": "e"})
    both = [("id", "in", (task + empty).ids)]
    for company, found in ((companies[0], task.browse()), (companies[1], task)):
        records = (task + empty).with_company(company)
        cases = [([("rate", ">", 3)], found), ([("rate", "=", 0)], empty), ([("rate", "<", 9)], task + empty)]
        for domain, expected in cases:
            assert records.search(domain + both, order="id").ids == expected.ids
            assert records.filtered_domain(domain).ids == expected.ids


def test_record_rules_apply_to_sub_searches(tasks):
    rules = {"query.partner": [("name", "!=", "Ann")]}
    ruled = tasks.with_user(2).with_context(rules=rules)
    assert ruled.search([("partner_id.name", "=", "Cid")]) == tasks[1]
    assert not ruled.search([("partner_id.name", "=", "Ann")])
    # auto_join goes without
    rules["query.partner"] = [("name", "=", "Ann")]
    assert ruled.with_context(rules=rules).search([("joined_id.name", "=", "Bob")]) == tasks[1]


def test_inherited_field(env):
    users = env["res.users"]
    assert users.search([("name", "=", "User")]).login == "user"
    assert users.search([("name", "ilike", "nobody")]) == users
    assert users.search([]).filtered_domain([("name", "=", "User")]).login == "user"
