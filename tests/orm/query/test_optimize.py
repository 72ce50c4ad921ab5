"""The normal form of domains, and queries."""

import pytest

from odoo.orm.domain import Domain
from odoo.orm.query import Query
from odoo.osv.expression import expression
from odoo.tools import SQL


@pytest.mark.parametrize(
    ("domain", "expected"),
    [
        ([("name", "in", ["a"])], [("name", "=", "a")]),
        ([("name", "in", ["a", "b", "a"])], [("name", "in", ("a", "b"))]),
        ([("name", "=", "a"), ("name", "in", ["a", "b"])], [("name", "=", "a")]),
        ([("name", "=", "a"), ("name", "=", "b")], [(0, "=", 1)]),
        (["|", ("name", "=", "a"), ("name", "=", "b")], [("name", "in", ("a", "b"))]),
        (["|", ("name", "=", "a"), ("name", "!=", "a")], [(1, "=", 1)]),
        (["|", ("name", "not in", ["a", "b"]), ("name", "=", "a")], [("name", "!=", "b")]),
        ([("done", "=", True), ("done", "=", False)], [(0, "=", 1)]),
        ([("name", "in", [])], [(0, "=", 1)]),
        ([("name", "ilike", "")], [(1, "=", 1)]),
        ([("partner_id.name", "=", "x")], [("partner_id", "any", [("name", "=", "x")])]),
        (
            [("partner_id.name", "=", "x"), ("partner_id.lang", "=", "y")],
            [("partner_id", "any", ["&", ("name", "=", "x"), ("lang", "=", "y")])],
        ),
        # two lines may meet one condition each
        (
            [("line_ids.name", "=", "x"), ("line_ids.quantity", "=", 1)],
            ["&", ("line_ids", "any", [("name", "=", "x")]), ("line_ids", "any", [("quantity", "=", 1)])],
        ),
        (
            ["|", ("line_ids.name", "=", "x"), ("line_ids.quantity", "=", 1)],
            [("line_ids", "any", ["|", ("name", "=", "x"), ("quantity", "=", 1)])],
        ),
        ([("partner_id", "any", [(0, "=", 1)])], [(0, "=", 1)]),
        # 2.1.1: what is negated is a path as a whole
        (["!", ("partner_id.name", "=", "x")], [("partner_id", "not any", [("name", "=", "x")])]),
        (
            ["!", ("line_ids.task_id.name", "!=", "x")],
            [("line_ids", "not any", [("task_id", "any", [("name", "!=", "x")])])],
        ),
        (["!", ("partner_id.name", "in", [])], [(1, "=", 1)]),
        (["!", ("day.month_number", "=", 2)], ["!", ("day.month_number", "in", (2,))]),
        ([("priority", "=", "3")], [("priority", "=", 3)]),
        ([("id", "in", [1, False, 2])], [("id", "in", (1, 2))]),
        # a search method gets what was written
        ([("double", "=", 4)], [("double", "=", 4)]),
    ],
)
def test_normal_form(env, domain, expected):
    model = env["query.task"]
    domain = Domain(domain).optimize(model)
    assert list(domain) == expected
    assert domain.optimize(model) == domain


def test_sql_of_simple_conditions(env):
    model = env["query.task"]

    def where(domain):
        return model._search(domain).where_clause

    assert where([("code", "!=", "a")]) == SQL('"query_task"."code" != %s', "a")
    assert where([("name", "!=", "a")]) == SQL('("query_task"."name" != %s OR "query_task"."name" IS NULL)', "a")
    assert where([("priority", ">", 3)]) == SQL('"query_task"."priority" > %s', 3)
    assert where([]) == SQL()
    assert model._search([(0, "=", 1)]).is_empty()


def test_expression_object(env):
    compiled = expression([("partner_id.name", "=", "x")], env["query.task"])
    assert compiled.expression == [("partner_id", "any", [("name", "=", "x")])]
    assert list(compiled.query) == []


def test_query_composition(env):
    query = Query(env, "query_task")
    alias = query.left_join("query_task", "partner_id", "query_partner", "id", "partner_id")
    assert alias == "query_task__partner_id"
    assert query.left_join("query_task", "partner_id", "query_partner", "id", "partner_id") == alias
    query.add_where('"query_task"."priority" > %s', [2])
    query.order, query.limit, query.offset = "id", 2, 1
    assert query.select().code == (
        'SELECT "query_task"."id" FROM "query_task" LEFT JOIN "query_partner" AS "query_task__partner_id" '
        'ON ("query_task"."partner_id" = "query_task__partner_id"."id") WHERE "query_task"."priority" > %s '
        "ORDER BY id LIMIT %s OFFSET %s"
    )
    assert query.select().params == [2, 2, 1]
    with pytest.raises(ValueError, match="table"):
        query.add_table("query_task")
    with pytest.raises(ValueError, match="different"):
        query.add_join("JOIN", alias, "query_tag", SQL("TRUE"))
    with pytest.raises(ValueError, match="kind"):
        query.add_join("CROSS", "x", None, SQL("TRUE"))
    assert len(Query.make_alias("x" * 60, "link")) <= 63


def test_query_results(env):
    tags = env["query.tag"].create([{"name": name} for name in "bca"])
    query = tags._search([("id", "in", tags.ids)], order="name")
    assert len(query) == 3 and not query.is_empty()
    assert list(query) == tags.sorted("name").ids
    assert len(tags._search([("id", "in", tags.ids)], limit=2)) == 2
    query = Query(env, "query_tag")
    query.set_result_ids(reversed(tags.ids))
    assert query.get_result_ids() == tuple(reversed(tags.ids))
    assert [row[0] for row in env.execute_query(query.select())] == list(reversed(tags.ids))
    assert query.subselect() == SQL("%s", tuple(reversed(tags.ids)))
    unordered = Query(env, "query_tag")
    unordered.set_result_ids(tags.ids[:2], ordered=False)
    assert sorted(row[0] for row in env.execute_query(unordered.select())) == tags.ids[:2]
    with pytest.raises(ValueError, match="without"):
        unordered.set_result_ids(tags.ids)
    empty = Query(env, "query_tag")
    empty.set_result_ids([])
    assert not empty and empty.is_empty() and len(empty) == 0
    assert env.execute_query(empty.select()) == []
