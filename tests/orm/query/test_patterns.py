"""Patterns of ``like`` that end in a backslash with nothing to escape: an error that depends on data would tell it."""

import pytest

from odoo.db.extensions import has_unaccent

OPERATORS = ["like", "ilike", "not like", "not ilike"]
EXACT_OPERATORS = ["=like", "=ilike", "not =like", "not =ilike"]
FIELDS = [
    "name",
    "note",
    "title",
    "state",
    "priority",
    "id",
    "partner_id",
    "partner_id.name",
    "partner_name",
    "tag_ids",
    "tag_ids.name",
    "joined_id.name",
    "properties.text",
    "display_name",
]


@pytest.fixture
def tasks(env):
    """Tasks whose texts hold backslashes, and one without values."""
    partner = env["query.partner"].create(
        {"name": "An\\", "definitions": [{"name": "text", "type": "char", "string": "Text"}]}
    )
    tag = env["query.tag"].create({"name": "red\\"})
    return env["query.task"].create(
        [
            {
                "name": "key\\",
                "note": "key\\",
                "title": "key\\",
                "state": "a",
                "priority": 1,
                "partner_id": partner.id,
                "joined_id": partner.id,
                "tag_ids": [(6, 0, tag.ids)],
                "properties": {"text": "key\\"},
            },
            {"name": "key", "note": "key", "title": "key"},
            {},
        ]
    )


@pytest.mark.parametrize("operator", OPERATORS)
@pytest.mark.parametrize("name", FIELDS)
def test_f1_dangling_backslash_is_no_error(tasks, name, operator):
    for pattern in ("\\", "key\\", "k%\\", "%\\", "_ey\\", "An\\", "key\\\\\\", "a\\", "1\\"):
        domain = [(name, operator, pattern), ("id", "in", tasks.ids)]
        tasks.env.invalidate_all()
        assert tasks.search(domain, order="id") == tasks.filtered_domain(domain)


@pytest.mark.parametrize("name", ["name", "note", "title", "properties.text"])
def test_f1_dangling_backslash_stands_for_itself(tasks, name):
    for operator in ("like", "ilike"):
        for pattern in ("key\\", "k%\\", "key\\\\"):
            assert tasks.search([(name, operator, pattern), ("id", "in", tasks.ids)]) == tasks[0]
    for operator in ("=like", "=ilike"):
        for pattern in ("k%\\\\", "key\\\\"):
            assert tasks.search([(name, operator, pattern), ("id", "in", tasks.ids)]) == tasks[0]


@pytest.mark.parametrize("operator", EXACT_OPERATORS)
@pytest.mark.parametrize("name", FIELDS)
def test_f1_pattern_for_whole_values_is_refused_whatever_the_data(tasks, name, operator):
    for pattern in ("\\", "key\\", "nothing like it\\", "key\\\\\\"):
        for records in (tasks, tasks.browse()):
            with pytest.raises(ValueError, match="ends in a backslash that escapes nothing"):
                records.search([(name, operator, pattern), ("id", "in", records.ids)])
        with pytest.raises(ValueError, match="ends in a backslash"):
            tasks.filtered_domain([(name, operator, pattern)])


@pytest.mark.parametrize("character", "∖﹨＼")
@pytest.mark.parametrize("operator", ["ilike", "=ilike", "not ilike", "not =ilike"])
def test_f1_characters_that_become_backslashes_without_accents(tasks, monkeypatch, operator, character):
    if not has_unaccent(tasks.env.cr):
        tasks.env.cr.execute(
            "CREATE FUNCTION unaccent(text) RETURNS text IMMUTABLE LANGUAGE sql"
            " AS $$ SELECT translate($1, '∖﹨＼', repeat(chr(92), 3)) $$"
        )
    monkeypatch.setattr(tasks.pool, "_unaccent", True)
    found = tasks.search([("name", operator, f"key{character}"), ("id", "in", tasks.ids)], order="id")
    assert found == (tasks[1:] if operator.startswith("not") else tasks[0])
    tasks.search([("name", operator, f"key\\{character}"), ("id", "in", tasks.ids)])


def test_f1_trigram_guard_is_no_stricter_than_the_pattern(tasks, monkeypatch):
    monkeypatch.setattr(tasks._fields["title"], "index", "trigram")
    monkeypatch.setattr(tasks.pool, "_trigram", True)
    for operator, pattern in (("like", "key\\"), ("ilike", "k_y\\"), ("=ilike", "k%\\\\"), ("like", "key\\\\")):
        assert tasks.search([("title", operator, pattern), ("id", "in", tasks.ids)]) == tasks[0]
