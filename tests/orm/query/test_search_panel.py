"""Filters of the search panel: groups of values, and what is selected in the other groups."""

import json

import pytest

from odoo import Command


@pytest.fixture
def colours(env):
    """Tags by name: red and blue without parent, dark below red; tasks A (red), B (red, dark) and C (blue)."""
    red, blue = env["query.tag"].create([{"name": "red"}, {"name": "blue"}])
    dark = env["query.tag"].create({"name": "dark", "parent_id": red.id})
    env["query.task"].create(
        [
            {"name": name, "priority": priority, "tag_ids": [Command.set(tags.ids)]}
            for name, priority, tags in (("A", 1, red), ("B", 2, red + dark), ("C", 3, blue))
        ]
    )
    return {tag.name: tag for tag in red + blue + dark}


def counts(env, **kwargs):
    """Return the counts of the filter by tags, grouped by parent."""
    answer = env["query.task"].search_panel_select_multi_range(
        "tag_ids", enable_counters=True, group_by="parent_id", **kwargs
    )
    return {value["display_name"]: value["__count"] for value in answer["values"]}


def test_s1_domains_of_groups(env, colours):
    assert counts(env) == {"red": 2, "blue": 1, "dark": 1}
    no_group, red_group = json.dumps(False), json.dumps(colours["red"].id)
    assert counts(env, group_domain={no_group: [("name", "=", "B")]}) == {"red": 1, "blue": 0, "dark": 1}
    assert counts(env, group_domain={red_group: [("name", "=", "A")]}) == {"red": 2, "blue": 1, "dark": 0}
    both = {no_group: [("priority", "<", 3)], red_group: [("name", "=", "B")]}
    assert counts(env, group_domain=both) == {"red": 2, "blue": 0, "dark": 1}
    assert counts(env, group_domain=both, category_domain=[("name", "!=", "A")]) == {"red": 1, "blue": 0, "dark": 1}


@pytest.mark.parametrize(
    "values, group_by, group",
    [
        ({"sequence": 7}, "sequence", (7, 7)),
        ({"sequence": 0}, "sequence", (False, "Not Set")),
        ({"fold": True}, "fold", (True, True)),
        ({"name": "Begin"}, "name", ("Begin", "Begin")),
        ({"name": False}, "name", (False, "Not Set")),
    ],
)
def test_s1_names_of_groups(env, values, group_by, group):
    stage = env["query.stage"].create({"name": "Begin", **values})
    env["query.task"].create({"stage_id": stage.id})
    answer = env["query.task"].search_panel_select_multi_range(
        "stage_id", group_by=group_by, enable_counters=True, group_domain={json.dumps(group[0]): [("id", "=", False)]}
    )
    [value] = answer["values"]
    assert (value["group_id"], value["group_name"]) == group
    assert type(value["group_name"]) is type(group[1])
    assert value["__count"] == 0


def test_b17_values_of_group_expand(env):
    """What ``group_expand`` shows as an empty column is a value of the panel, too."""
    begin, lost = env["query.stage"].create([{"name": "Begin"}, {"name": "Lost"}])
    env["query.task"].create({"stage_id": begin.id})
    answer = env["query.task"].search_panel_select_range("stage_id", enable_counters=True)
    assert {value["id"]: value["__count"] for value in answer["values"]} == {begin.id: 1, lost.id: 0}
