"""Searching and grouping by properties."""

import pytest


@pytest.fixture
def tasks(env):
    """Tasks whose partner defines properties of several types."""
    tag = env["query.tag"].create({"name": "red"})
    partner = env["query.partner"].create(
        {
            "name": "Ann",
            "definitions": [
                {"name": "text", "type": "char", "string": "Text"},
                {"name": "number", "type": "integer", "string": "Number"},
                {"name": "flag", "type": "boolean", "string": "Flag"},
                {"name": "day", "type": "date", "string": "Day"},
                {"name": "labels", "type": "tags", "string": "Labels", "tags": [["a", "A", 1], ["b", "B", 2]]},
                {"name": "tag", "type": "many2one", "comodel": "query.tag", "string": "Tag"},
            ],
        }
    )
    return env["query.task"].create(
        [
            {
                "partner_id": partner.id,
                "properties": {
                    "text": "Hello",
                    "number": 3,
                    "flag": True,
                    "day": "2024-01-15",
                    "labels": ["a", "b"],
                    "tag": tag.id,
                },
            },
            {"partner_id": partner.id, "properties": {"text": "other", "number": 0, "labels": ["b"]}},
            {"partner_id": partner.id},
        ]
    )


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (("properties.text", "=", "Hello"), [0]),
        (("properties.text", "!=", "Hello"), [1, 2]),
        (("properties.text", "ilike", "hel"), [0]),
        (("properties.text", "not ilike", "hel"), [1, 2]),
        (("properties.text", "=", False), [2]),
        (("properties.text", "in", ["other", False]), [1, 2]),
        (("properties.number", ">", 1), [0]),
        (("properties.number", "=", 3), [0]),
        (("properties.flag", "=", True), [0]),
        (("properties.flag", "!=", True), [1, 2]),
        (("properties.number", "=", 0), [1]),
        (("properties.number", "=", False), [2]),
        (("properties.labels", "in", "a"), [0]),
        (("properties.labels", "in", ["a"]), []),
        (("properties.labels", "in", ["a", "b"]), [0, 1]),
        (("properties.labels", "=", "b"), [0, 1]),
        (("properties.labels", "not in", "a"), [1, 2]),
        (("properties.labels", "not in", ["b"]), [0, 2]),
        (("properties.labels", "=", False), [2]),
    ],
)
def test_conditions(tasks, condition, expected):
    expected = [tasks[index].id for index in expected]
    assert tasks.search([condition, ("id", "in", tasks.ids)], order="id").ids == expected
    assert tasks.filtered_domain([condition]).ids == expected


def test_groups(tasks):
    domain = [("id", "in", tasks.ids)]

    def counts(spec):
        return dict(tasks._read_group(domain, [spec], ["__count"]))

    assert counts("properties.text") == {"Hello": 1, "other": 1, False: 1}
    assert counts("properties.labels") == {"a": 1, "b": 2, False: 1}
    assert counts("properties.flag") == {True: 1, False: 2}
    groups = tasks.read_group(domain, [], ["properties.tag"])
    assert [group["properties.tag"] for group in groups] == [(tasks.env["query.tag"].search([]).id, "red"), False]
    for spec in ("properties.text", "properties.labels", "properties.tag", "properties.flag", "properties.day"):
        for group in tasks.read_group(domain, [], [spec]):
            assert len(tasks.search(group["__domain"])) == group[f"{spec}_count"], group
