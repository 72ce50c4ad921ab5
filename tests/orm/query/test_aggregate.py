"""Grouping and aggregation."""

from datetime import date, datetime

import pytest


@pytest.fixture
def tasks(env):
    """Tasks with dates, stages and tags."""
    stages = env["query.stage"].create(
        [
            {"name": "New", "sequence": 2},
            {"name": "Done", "sequence": 1, "fold": True},
            {"name": "Empty", "sequence": 3},
        ]
    )
    tags = env["query.tag"].create([{"name": "red"}, {"name": "blue"}])
    return env["query.task"].create(
        [
            {
                "name": "a",
                "priority": 1,
                "price": 1.5,
                "stage_id": stages[0].id,
                "state": "a",
                "day": "2024-01-15",
                "moment": "2024-01-31 23:30:00",
                "tag_ids": [(6, 0, tags.ids)],
                "done": True,
            },
            {
                "name": "b",
                "priority": 2,
                "price": 2.5,
                "stage_id": stages[0].id,
                "state": "b",
                "day": "2024-01-20",
                "tag_ids": [(6, 0, tags[:1].ids)],
            },
            {"name": "c", "priority": 4, "stage_id": stages[1].id, "day": "2024-03-10"},
            {"name": "d", "priority": 8},
        ]
    )


def test_read_group_values(tasks):
    stage = tasks.stage_id
    rows = tasks._read_group([], ["stage_id"], ["__count"])
    # r7: without an order, relations come by id
    assert rows == [(stage[0], 2), (stage[1], 1), (stage.browse(), 1)]
    rows = tasks._read_group([], ["stage_id"], ["__count", "priority:sum", "id:recordset"], order="stage_id")
    # in the order of the comodel
    assert [row[0].name for row in rows] == ["Done", "New", False]
    assert [row[1:3] for row in rows] == [(1, 4), (2, 3), (1, 8)]
    assert rows[1][3] == tasks[:2]
    assert rows[0][0] in stage
    assert tasks._read_group([], [], ["priority:avg", "price:sum", "name:count_distinct", "name:array_agg"]) == [
        (3.75, 4.0, 4, ["a", "b", "c", "d"])
    ]
    assert tasks._read_group([("id", "=", False)], [], ["__count", "priority:sum", "id:recordset"]) == [
        (0, False, tasks.browse())
    ]
    assert tasks._read_group([("id", "=", False)], ["state"], ["__count"]) == []


def test_periods_and_numbers(tasks):
    rows = tasks._read_group([], ["day:month"], ["__count"])
    assert rows == [(date(2024, 1, 1), 2), (date(2024, 3, 1), 1), (False, 1)]
    assert tasks._read_group([("day", "!=", False)], ["day:week"], []) == [(date(2024, 1, 14),), (date(2024, 3, 10),)]
    assert tasks.with_context(lang="fr_FR")._read_group([("day", "!=", False)], ["day:week"], []) == [
        (date(2024, 1, 15),),
        (date(2024, 3, 4),),
    ]
    assert tasks._read_group([("day", "!=", False)], ["day:day_of_week"], ["__count"]) == [(0, 1), (1, 1), (6, 1)]
    assert tasks._read_group([("moment", "!=", False)], ["moment:month"]) == [(datetime(2024, 1, 1),)]
    paris = tasks.with_context(tz="Europe/Paris")
    assert paris._read_group([("moment", "!=", False)], ["moment:month"]) == [(datetime(2024, 2, 1),)]


def test_having_order_limit(tasks):
    assert tasks._read_group([], ["stage_id"], ["__count"], having=[("__count", ">", 1)])[0][1] == 2
    rows = tasks._read_group([], ["state"], ["priority:sum"], order="priority:sum desc", limit=2)
    assert rows == [(False, 12), ("b", 2)]
    rows = tasks._read_group([], ["stage_id"], [], order="stage_id desc")
    assert [row[0].name for row in rows] == [False, "New", "Done"]


def test_many2many_and_boolean(tasks):
    rows = tasks._read_group([], ["tag_ids"], ["__count"])
    assert sorted((tag.name or "", count) for tag, count in rows) == [("", 2), ("blue", 1), ("red", 2)]
    assert tasks._read_group([], ["done"], ["__count"]) == [(False, 3), (True, 1)]


def test_errors(tasks):
    with pytest.raises(ValueError, match="Invalid field"):
        tasks._read_group([], ["nam"])
    with pytest.raises(ValueError, match="not stored"):
        tasks._read_group([], [], ["double:sum"])
    with pytest.raises(ValueError, match="aggregate function"):
        tasks._read_group([], [], ["priority:median"])
    with pytest.raises(ValueError, match="period"):
        tasks._read_group([], ["day:decade"])


def test_read_group_dicts(tasks):
    groups = tasks.read_group([], ["priority", "total:sum(price)"], ["stage_id", "state"])
    assert [group["stage_id"] and group["stage_id"][1] for group in groups] == ["Done", "New", "Empty", False]
    new = groups[1]
    assert (new["stage_id_count"], new["priority"], new["total"]) == (2, 3, 4.0)
    assert new["__context"] == {"group_by": ["state"]}
    assert new["__fold"] is False and groups[0]["__fold"] is True
    assert tasks.search(new["__domain"]) == tasks[:2]
    assert groups[2]["stage_id_count"] == 0 and groups[2]["priority"] is False
    assert tasks.search(groups[3]["__domain"]) == tasks[3]
    # every combination
    flat = tasks.read_group([], ["priority:max"], ["state", "done"], lazy=False)
    assert [(group["state"], group["done"], group["__count"]) for group in flat] == [
        ("a", True, 1),
        ("b", False, 1),
        (False, False, 2),
    ]
    assert tasks.read_group([], ["priority"], [])[0]["priority"] == 15


def test_read_group_dates(tasks):
    groups = tasks.read_group([], [], ["day"])
    assert [group["day"] for group in groups] == ["January 2024", "March 2024", False]
    assert groups[0]["__range"] == {"day": {"from": "2024-01-01", "to": "2024-02-01"}}
    assert groups[2]["__range"] == {"day": False}
    for group in groups:
        assert len(tasks.search(group["__domain"])) == group["day_count"]
    assert tasks.with_context(lang="fr_FR").read_group([], [], ["day:month"])[0]["day:month"] == "janvier 2024"
    assert tasks.read_group([("day", "!=", False)], [], ["day:week"])[0]["day:week"] == "W3 2024"
    filled = tasks.with_context(fill_temporal=True).read_group([("day", "!=", False)], ["priority"], ["day:month"])
    assert [(group["day:month"], group["day_count"]) for group in filled] == [
        ("January 2024", 2),
        ("February 2024", 0),
        ("March 2024", 1),
    ]
    paris = tasks.with_context(tz="Europe/Paris").read_group([("moment", "!=", False)], [], ["moment:month"])
    assert paris[0]["__range"]["moment:month"] == {"from": "2024-01-31 23:00:00", "to": "2024-02-29 23:00:00"}
    for group in tasks.read_group([("day", "!=", False)], [], ["day:day_of_week"]):
        assert len(tasks.search(group["__domain"])) == group["day_count"]


def test_read_group_order(tasks):
    groups = tasks.read_group([("stage_id", "!=", False)], ["priority"], ["state"], orderby="priority desc")
    assert [group["priority"] for group in groups] == [4, 2, 1]


def test_group_expand_of_selections(tasks):
    tasks[0].write({"kind": "y", "level": "1"})
    groups = tasks.read_group([], [], ["kind"])
    assert [(group["kind"], group["kind_count"]) for group in groups] == [("x", 0), ("y", 1), (False, 3)]
    groups = tasks.read_group([("level", "!=", False)], [], ["level"])
    assert [(group["level"], group["level_count"]) for group in groups] == [("2", 0), ("1", 1)]
