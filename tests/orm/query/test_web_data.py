"""The data methods of the web client."""

import pytest

from odoo import Command, api
from odoo.exceptions import AccessError


@pytest.fixture
def task(env):
    """A task with a partner, tags and lines."""
    partner = env["query.partner"].create({"name": "Ann"})
    tags = env["query.tag"].create([{"name": "red"}, {"name": "blue"}])
    return env["query.task"].create(
        {
            "name": "Task",
            "priority": 3,
            "partner_id": partner.id,
            "tag_ids": [Command.set(tags.ids)],
            "line_ids": [
                Command.create({"name": "one", "quantity": 1}),
                Command.create({"name": "two", "quantity": 2}),
            ],
            "reference": f"query.tag,{tags[0].id}",
        }
    )


SPEC = {
    "name": {},
    "priority": {},
    "note": {},
    "double": {},
    "partner_id": {"fields": {"display_name": {}}},
    "tag_ids": {},
    "line_ids": {"fields": {"name": {}, "quantity": {}}},
}


def test_web_read(task):
    lines = task.line_ids
    [values] = task.web_read({**SPEC, "reference": {"fields": {"display_name": {}}}})
    assert values == {
        "id": task.id,
        "name": "Task",
        "priority": 3,
        "note": False,
        "double": 6,
        "partner_id": {"id": task.partner_id.id, "display_name": "Ann"},
        "tag_ids": task.tag_ids.ids,
        "line_ids": [
            {"id": lines[0].id, "name": "one", "quantity": 1},
            {"id": lines[1].id, "name": "two", "quantity": 2},
        ],
        "reference": {"id": {"id": task.reference.id, "model": "query.tag"}, "display_name": "red"},
    }
    ordered = {"fields": {"name": {}}, "limit": 1, "order": "quantity desc"}
    [values] = task.web_read({"line_ids": ordered, "stage_id": {}})
    assert values["line_ids"] == [{"id": lines[1].id, "name": "two"}, {"id": lines[0].id}]
    assert values["stage_id"] is False
    assert task.web_read({}) == [{"id": task.id}]


def read_by_client(task, spec, counted):
    task.env.flush_all()
    task.env.invalidate_all()
    counted.clear()
    [values] = task.web_read(spec)
    return values, len(counted)


@pytest.fixture
def statements(env, monkeypatch):
    """The statements that are executed."""
    executed, execute = [], type(env.cr).execute

    def counted(self, query, *args, **kwargs):
        executed.append(query)
        return execute(self, query, *args, **kwargs)

    monkeypatch.setattr(type(env.cr), "execute", counted)
    return executed


def test_names_of_others_come_with_the_records(task, statements):
    named = {"name": {}, "partner_id": {"fields": {"display_name": {}}}}
    expected = {"id": task.id, "name": "Task", "partner_id": {"id": task.partner_id.id, "display_name": "Ann"}}
    assert read_by_client(task, named, statements) == (expected, 1)
    assert task.partner_id.name == "Ann"
    assert task.web_search_read([("id", "=", task.id)], named)["records"] == [expected]
    # what waits for being written is what is shown
    task.partner_id.name = "Ann Waiting"
    task.invalidate_recordset(["partner_id"], flush=False)
    assert task.web_read(named)[0]["partner_id"]["display_name"] == "Ann Waiting"
    # nobody
    task.partner_id = False
    assert read_by_client(task, named, statements) == ({**expected, "partner_id": False}, 1)


def test_names_that_are_made_otherwise_do_not_come_along(task, statements, monkeypatch):
    named = {"partner_id": {"fields": {"display_name": {}}}}
    kind = type(task.partner_id)

    def loud(self):
        for partner in self:
            partner.display_name = partner.name.upper()

    with monkeypatch.context() as patch:
        patch.setattr(kind, "_compute_display_name", loud)
        values, count = read_by_client(task, named, statements)
        assert (values["partner_id"]["display_name"], count) == ("ANN", 2)
    fetched = []

    def fetch(self, names, original=kind.fetch):
        fetched.extend(names)
        return original(self, names)

    with monkeypatch.context() as patch:
        patch.setattr(kind, "fetch", fetch)
        values, count = read_by_client(task, named, statements)
        assert (values["partner_id"]["display_name"], count, fetched) == ("Ann", 2, ["name"])
    assert read_by_client(task, named, statements)[1] == 1
    # with a context, or with more, the others are read by themselves
    for spec in ({"fields": {"display_name": {}}, "context": {"x": 1}}, {"fields": {"display_name": {}, "name": {}}}):
        values, count = read_by_client(task, {"partner_id": spec}, statements)
        assert (values["partner_id"]["display_name"], count) == ("Ann", 2)


REFERENCES = {
    "reference": {"fields": {"display_name": {}}},
    "res_id": {"fields": {"display_name": {}, "name": {}}},
    "res_model": {},
}


def test_a1_references_to_forbidden_records(task):
    seen, hidden = task.tag_ids.sorted("name", reverse=True)
    tasks = task + task.copy({"reference": f"query.tag,{hidden.id}"})
    for record, tag in zip(tasks, (seen, hidden), strict=True):
        record.write({"res_model": "query.tag", "res_id": tag.id})
    task.env.flush_all()
    task.env.invalidate_all()
    rules = {"query.tag": [("id", "=", seen.id)]}
    user = tasks.with_user(2).with_context(rules=rules)
    first, second = user.web_read(REFERENCES)
    assert first["reference"] == {"id": {"id": seen.id, "model": "query.tag"}, "display_name": seen.name}
    assert first["res_id"] == {"id": seen.id, "display_name": seen.name, "name": seen.name}
    text = second["reference"]["display_name"]
    assert hidden.name not in text and "may not read" in text
    assert second["reference"] == {"id": {"id": hidden.id, "model": "query.tag"}, "display_name": text}
    assert second["res_id"] == {"id": hidden.id, "display_name": text}
    assert second["res_model"] == "query.tag"
    [values] = user[1].web_read({"res_id": {"fields": {"name": {}}}, "reference": {"fields": {"name": {}}}})
    assert values["res_id"] == {"id": hidden.id}
    assert values["reference"] == {"id": {"id": hidden.id, "model": "query.tag"}}
    page = user.web_search_read([("id", "in", tasks.ids)], REFERENCES, order="id")
    assert page["records"] == [first, second]
    assert tasks.web_read(REFERENCES)[1]["res_id"]["name"] == hidden.name


def test_a2_references_to_deleted_records(task):
    tag = task.tag_ids[0]
    task.write({"reference": f"query.tag,{tag.id}", "res_model": "query.tag", "res_id": tag.id})
    task.env.flush_all()
    # by SQL, as what points to it would be changed with it
    task.env.cr.execute("DELETE FROM query_tag WHERE id = %s", [tag.id])
    task.env.invalidate_all()
    gone = {"id": task.id, "reference": False, "res_id": False, "res_model": False}
    assert task.web_read(REFERENCES) == [gone]
    no_names = {"reference": {"fields": {}}, "res_id": {"fields": {}}, "res_model": {}}
    assert task.web_read(no_names) == [gone]
    assert task.web_read({"res_id": {"context": {}}, "reference": {"context": {}}, "res_model": {}}) == [gone]
    plain = {"id": task.id, "res_id": tag.id, "res_model": "query.tag"}
    assert task.web_read({"res_id": {}, "res_model": {}}) == [plain]
    for model_name in ("query.gone", "base", False):
        task.res_model = model_name
        assert task.web_read(REFERENCES) == [gone]


def test_web_search_read_and_save(task):
    model = task.browse()
    assert model.web_search_read([("id", "=", task.id)], {"name": {}}) == {
        "length": 1,
        "records": [{"id": task.id, "name": "Task"}],
    }
    model.create([{"name": f"t{index}"} for index in range(4)])
    page = model.web_search_read([("name", "like", "t%")], {}, limit=2, order="id", count_limit=3)
    assert len(page["records"]) == 2 and page["length"] == 3
    assert model.web_search_read([("name", "=", "nope")], {}) == {"length": 0, "records": []}
    [saved] = model.web_save({"name": "new"}, {"name": {}})
    assert saved["name"] == "new"
    assert task.web_save({"name": "old"}, {"name": {}}) == [{"id": task.id, "name": "old"}]


def test_web_read_group(task):
    task.copy({"state": "a"})
    page = task.web_read_group([("id", ">=", task.id)], ["priority:sum"], ["state"], limit=1)
    assert page["length"] == 2 and len(page["groups"]) == 1
    assert task.web_read_group([("id", "=", 0)], [], ["state"]) == {"groups": [], "length": 0}


def test_progress_bar(task):
    bar = {"field": "state", "colors": {"a": "success", "b": "danger"}}
    task.state = "a"
    assert task.read_progress_bar([("id", "=", task.id)], "partner_id", bar) == {
        str(task.partner_id.id): {"a": 1, "b": 0}
    }
    bar = {"field": "unsearchable", "colors": {6: "success"}}
    assert task.read_progress_bar([("id", "=", task.id)], "state", bar) == {"a": {6: 1}}


def test_search_panel(task):
    env = task.env
    child = env["query.tag"].create({"name": "dark red", "parent_id": task.tag_ids.sorted("name")[1].id})
    task.tag_ids += child
    stage = env["query.stage"].create({"name": "New"})
    task.write({"stage_id": stage.id, "state": "b"})
    result = task.search_panel_select_range("stage_id", enable_counters=True)
    assert result == {"parent_field": False, "values": [{"id": stage.id, "display_name": "New", "__count": 1}]}
    result = task.search_panel_select_range("state", expand=True, enable_counters=True)
    assert [value["__count"] for value in result["values"]] == [0, 1, 0]
    result = task.search_panel_select_range("partner_id", enable_counters=True)
    assert result["parent_field"] == "parent_id"
    assert result["values"] == [{"id": task.partner_id.id, "display_name": "Ann", "parent_id": False, "__count": 1}]
    result = task.search_panel_select_multi_range("tag_ids", enable_counters=True, group_by="parent_id")
    assert {value["display_name"]: value["group_name"] for value in result["values"]} == {
        "blue": "Not Set",
        "red": "Not Set",
        "dark red": "red",
    }
    assert "error_msg" in task.search_panel_select_range("partner_id", expand=True, limit=1)


def test_onchange_new_record(env):
    answer = env["query.task"].onchange({}, [], SPEC)
    assert answer["value"]["name"] is False and answer["value"]["partner_id"] is False
    assert answer["value"]["note"] == "priority 0"
    assert "line_ids" not in answer["value"] and "warning" not in answer


def test_onchange_changes(task):
    answer = task.onchange({"priority": 5}, ["priority"], SPEC)
    assert answer == {"value": {"note": "priority 5", "double": 10}}
    answer = task.onchange({"priority": 500}, ["priority"], SPEC)
    assert answer["warning"] == {"title": "High", "message": "Very high", "type": "dialog"}
    assert task.priority == 3
    assert task.onchange({"nothing": 1}, ["nothing"], SPEC) == {}


def test_onchange_lines(task, monkeypatch):
    first, second = task.line_ids

    def change(self):
        for line in self.line_ids:
            line.quantity = 7
        self.line_ids += self.line_ids.new({"name": "extra"}, ref="virtual_1")

    monkeypatch.setattr(type(task), "_onchange_of_test", api.onchange("name")(change), raising=False)
    answer = task.onchange({"name": "x"}, ["name"], SPEC)
    assert answer["value"]["line_ids"][:2] == [
        (Command.UPDATE, first.id, {"quantity": 7}),
        (Command.UPDATE, second.id, {"quantity": 7}),
    ]
    assert answer["value"]["line_ids"][2][:2] == (Command.CREATE, "virtual_1")
    assert answer["value"]["line_ids"][2][2] == {"name": "extra", "quantity": 0}

    def remove(self):
        self.line_ids -= self.line_ids[:1]
        self.tag_ids = [Command.clear()]

    monkeypatch.setattr(type(task), "_onchange_of_test", api.onchange("name")(remove))
    answer = task.onchange({"name": "x"}, ["name"], SPEC)
    assert answer["value"]["line_ids"] == [(Command.DELETE, first.id, 0)]
    assert [command[0] for command in answer["value"]["tag_ids"]] == [Command.UNLINK] * 2
    assert task.line_ids == first + second


def test_onchange_commands_of_the_client(task):
    first, second = task.line_ids
    values = {"line_ids": [[1, first.id, {"quantity": 9}], [2, second.id, False], [0, "virtual_2", {"name": "new"}]]}
    answer = task.onchange(values, ["line_ids"], SPEC)
    # what the client sent is not sent back
    assert "line_ids" not in answer.get("value", {})


def test_rows_are_read_by_rules_and_overrides_of_now(task, statements, monkeypatch):
    spec = {"name": {}, "priority": {}}
    user = task.with_user(2)

    def read(records=user):
        task.env.flush_all()
        task.env.invalidate_all()
        return [values["name"] for values in records.web_read(spec)]

    assert read() == ["Task"]
    with pytest.raises(AccessError):
        read(user.with_context(rules={"query.task": [("name", "!=", "Task")]}))
    assert read(user.with_context(rules={"query.task": [("name", "=", "Task")]})) == ["Task"]
    kind = type(task)
    for name in ("_fetch_query", "_apply_ir_rules", "_check_access"):
        called, original = [], getattr(kind, name)

        def override(self, *args, called=called, original=original):
            called.append(args)
            return original(self, *args)

        with monkeypatch.context() as patch:
            patch.setattr(kind, name, override)
            assert read() == ["Task"] and called, name
    # what waits for being written stays
    task.name = "Waiting"
    task.invalidate_recordset(["priority"], flush=False)
    assert user.web_read(spec)[0] == {"id": task.id, "name": "Waiting", "priority": 3}
    gone = task.copy()
    gone.unlink()
    assert (task + gone).with_user(2).read(["name"]) == [{"id": task.id, "name": "Waiting"}]
