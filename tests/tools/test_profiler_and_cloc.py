"""The profiler and the counting of lines."""

import json
import sys
import threading
import time
from types import SimpleNamespace

import pytest

from odoo.tools.cloc import Cloc
from odoo.tools.profiler import Collector, ExecutionContext, Profiler, stack_size
from odoo.tools.request_stats import query_hooks
from odoo.tools.speedscope import Speedscope


def busy(seconds):
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        sum(range(100))


def test_samples_show_where_the_time_goes():
    with Profiler(["traces_async"], params={"traces_async_interval": 0.002}) as profiler:
        busy(0.5)
    stacks = [entry["stack"] for entry in profiler.collectors[0].entries]
    assert len(stacks) > 3
    assert any(stack and stack[-1][2] == "busy" for stack in stacks)
    assert "busy" in profiler.report()
    assert profiler.duration >= 0.5


def test_statements_of_this_thread_are_collected():
    stored = []
    with Profiler(["sql"], db=stored.append, description="mine") as profiler:
        for hook in query_hooks.get():
            hook(SimpleNamespace(_obj=SimpleNamespace(query=b"SELECT 1")), "SELECT %s", (1,), 0.0, 0.25)
    assert not query_hooks.get()
    assert "1 queries in 0.250 s" in profiler.report()
    assert stored[0]["name"] == "mine"
    assert stored[0]["sql_count"] == 1
    assert json.loads(stored[0]["sql"])[0]["query"] == "SELECT %s"
    assert "collectors" in json.loads(profiler.json())


def test_2_12_12_the_database_of_the_thread_keeps_profiles(monkeypatch):
    stored = []
    monkeypatch.setattr(
        Profiler, "storage", staticmethod(lambda dbname: lambda values: stored.append((dbname, values)))
    )
    monkeypatch.setattr(threading.current_thread(), "dbname", "shop", raising=False)
    with Profiler([], description="mine") as profiler:
        pass
    assert profiler.db == "shop"
    assert [(dbname, values["name"]) for dbname, values in stored] == [("shop", "mine")]
    for db, expected in ((None, []), ("other", ["other"])):
        stored.clear()
        with Profiler([], db=db):
            pass
        assert [dbname for dbname, _values in stored] == expected


def test_2_12_12_size_of_the_stack():
    def deeper():
        return stack_size()

    assert deeper() == stack_size() + 1


def test_2_12_12_pictures_of_profiles():
    def frame(name):
        return ("a.py", 1, name, "")

    viewed = Speedscope("mine", [frame("outer")])
    viewed.add("samples", [{"start": 2.0, "stack": [frame("f")]}, {"start": 5.0, "stack": [frame("f"), frame("g")]}])
    viewed.add("sql", [{"start": 3.0, "stack": [frame("f")], "query": "SELECT 1", "full_query": "", "time": 1.0}])
    content = viewed.add_output(["samples", "sql"], display_name="all").add_output(["sql"], complete=False).make()
    names = [frame["name"] for frame in content["shared"]["frames"]]
    pictures = {
        profile["name"]: [(event["type"], names[event["frame"]], event["at"]) for event in profile["events"]]
        for profile in content["profiles"]
    }
    assert pictures == {
        "all": [
            ("O", "outer", 0),
            ("O", "f", 0),
            ("O", "SELECT 1", 1),
            ("C", "SELECT 1", 2),
            ("O", "g", 3),
            ("C", "g", 3),
            ("C", "f", 3),
            ("C", "outer", 3),
        ],
        "sql": [("O", "f", 0), ("O", "SELECT 1", 0), ("C", "SELECT 1", 1), ("C", "f", 1)],
    }
    assert [profile["name"] for profile in viewed.add_default().make()["profiles"][2:]] == [
        "Combined",
        "samples",
        "sql",
    ]


def test_calls_are_traced():
    previous = sys.gettrace()
    sys.settrace(None)
    try:
        with Profiler(["traces_sync"]) as profiler:
            busy(0.001)
    finally:
        sys.settrace(previous)
    events = [entry["event"] for entry in profiler.collectors[0].entries]
    assert "call" in events and "return" in events


def test_unknown_collectors_are_named():
    with pytest.raises(ValueError, match="nope"):
        Collector.make("nope")


def test_contexts_nest():
    with ExecutionContext(a=1), ExecutionContext(b=2):
        assert threading.current_thread().exec_context == ({"a": 1}, {"b": 2})
    assert threading.current_thread().exec_context == ()


@pytest.mark.parametrize(
    ("extension", "source", "expected"),
    [
        (
            ".py",
            '"""Doc\nstring."""\n\nimport os  # why\n\n\ndef f():\n    "doc"\n'
            '    # only a comment\n    x = """a\nb"""\n    return x\n',
            (6, 12),
        ),
        (".py", '\n# why\ndef f():\n    """Doc\n    string."""\n    query = """\n    SELECT 1\n    """\n', (3, 7)),
        (".py", "def broken(", (-1, None)),
        (".js", "// comment\nconst a = '// no';\n/* block\n*/\nlet b;\n", (2, 5)),
        (".css", "/* c */\na { color: red }\n", (1, 2)),
        (".xml", "<!-- x\ny -->\n<a/>\n", (1, 3)),
        (".py", "", (0, 0)),
    ],
)
def test_2_13_3_counting(extension, source, expected):
    code, total = Cloc().parse(source, extension)
    assert code == expected[0]
    assert expected[1] is None or total == expected[1]


def test_counting_a_module(tmp_path, capsys):
    module = tmp_path / "my_module"
    (module / "tests").mkdir(parents=True)
    (module / "__manifest__.py").write_text("{'name': 'x', 'cloc_exclude': ['skipped.py']}")
    (module / "a.py").write_text("x = 1\ny = 2\n")
    (module / "skipped.py").write_text("x = 1\n")
    (module / "tests" / "test_a.py").write_text("x = 1\n")
    (module / "bad.py").write_text("x = (\n")
    cloc = Cloc()
    cloc.count_path(str(module))
    assert cloc.code == {"my_module": 2}
    assert list(cloc.errors["my_module"]) == ["bad.py"]
    cloc.report(verbose=True)
    assert "a.py" in capsys.readouterr().out
