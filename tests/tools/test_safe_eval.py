"""What evaluated code may and may not do."""

import logging

import psycopg2
import pytest

from odoo.exceptions import UserError
from odoo.tools import safe_eval as module
from odoo.tools.safe_eval import const_eval, expr_eval, safe_eval, test_python_expr


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("1 + 2 * 3", 7),
        (" [x * y for x in range(3) if x] ", [10, 20]),
        ("{k: v for k, v in pairs}", {"a": 1}),
        ("sorted(set([3, 1, 2]), key=lambda n: -n)", [3, 2, 1]),
        ("f'{y:>4}|{pairs!r}'", "  10|[('a', 1)]"),
        ("'%s-%s' % ('a', 'b') if y > 3 and not None else False", "a-b"),
        ("datetime.date(2024, 1, 31).strftime('%d')", "31"),
        ("datetime.datetime.strptime('2024-02-03', '%Y-%m-%d').day", 3),
        ("(datetime.date(2024, 1, 31) + dateutil.relativedelta.relativedelta(months=1)).isoformat()", "2024-02-29"),
        ("any(x > 1 for x in [1, 2])", True),
        ("isinstance(y, int) and divmod(7, 2)", (3, 1)),
        ("'abcdef'[1:4:2]", "bd"),
    ],
)
def test_expressions(expression, expected):
    names = {"y": 10, "pairs": [("a", 1)], "datetime": module.datetime, "dateutil": module.dateutil}
    assert safe_eval(expression, names) == expected


def test_programs_assign_into_the_given_dict():
    names = {"records": [1, 2, 3], "log": []}
    program = """
def double(n):
    try:
        return n * 2
    except Exception as error:
        raise error

total = 0
for record in records:
    if record == 2:
        continue
    total += double(record)
while total < 10:
    total += 1
action = {'type': 'x', 'n': total, 'list': [n for n in records if n > 1]}
first, *rest = records
del log
"""
    safe_eval(program, names, mode="exec", nocopy=True)
    assert names["action"] == {"type": "x", "n": 10, "list": [2, 3]}
    assert names["rest"] == [2, 3]
    assert "log" not in names
    assert "__builtins__" not in names


def test_without_nocopy_the_dict_stays():
    names = {"x": 1}
    safe_eval("x = 2", names, mode="exec")
    assert names == {"x": 1}


@pytest.mark.parametrize(
    "expression",
    [
        "().__class__",
        "x.__init__.__globals__",
        "(lambda: 0).func_globals",
        "f.f_globals",
        "(n for n in ()).gi_frame",
        "__import__('os')",
        "__builtins__",
        "[].__class__.mro()",
        "open('/etc/passwd')",
        "eval('1')",
        "getattr(x, 'y')",
        "type(x)",
        "globals()",
        "exec('1')",
        "(await x)",
        "(yield 1)",
        "lambda __x: 1",
    ],
)
def test_forbidden_expressions(expression):
    with pytest.raises((ValueError, NameError)):
        safe_eval(expression, {"x": object(), "f": object()})


@pytest.mark.parametrize(
    "program",
    [
        "import os",
        "from os import path",
        "from os import *",
        "class A: pass",
        "with x as y: pass",
        "global x\nx = 1",
        "x.y = 1",
        "x.y += 1",
        "del x.y",
        "async def f(): pass",
        "def f():\n    yield 1",
        "for x.y in [1]: pass",
        "def f():\n    import os",
        "(x.y, z) = (1, 2)",
        "try:\n    pass\nexcept Exception as __e:\n    pass",
    ],
)
def test_forbidden_statements(program):
    assert test_python_expr(program, mode="exec")
    with pytest.raises((ValueError, NameError)):
        safe_eval(program, {"x": object()}, mode="exec")


def test_messages_say_where():
    assert test_python_expr("x = 1\nif x:\n    y = (", mode="exec").startswith("SyntaxError")
    assert "line 2" in test_python_expr("x = 1\nimport os", mode="exec")
    assert test_python_expr("x + 1") is False


def test_errors_are_wrapped_with_the_expression():
    with pytest.raises(ValueError, match=r"KeyError.*\n.*values\['b'\]") as caught:
        safe_eval("values['b']", {"values": {"a": 1}})
    assert isinstance(caught.value.__cause__, KeyError)


@pytest.mark.parametrize("error", [UserError("no"), psycopg2.OperationalError("again"), ZeroDivisionError("1/0")])
def test_errors_for_others_pass_through(error):
    def fail():
        raise error

    with pytest.raises(type(error)) as caught:
        safe_eval("fail()", {"fail": fail})
    assert caught.value is error


def test_modules_are_no_values():
    with pytest.raises(TypeError, match="logging"):
        safe_eval("1", {"log": logging})


def test_wrapped_modules_show_a_part():
    assert not hasattr(module.datetime, "sys")
    assert not hasattr(module.time, "localtime")
    assert not hasattr(module.dateutil.tz, "tzfile")
    assert module.json.loads(module.json.dumps({"a": 1})) == {"a": 1}
    with pytest.raises(AttributeError):
        module.wrap_module(logging, ["no_such_name"])


def test_constants_and_operators():
    assert const_eval("{'a': [1, (2, 3)], 'b': None}") == {"a": [1, (2, 3)], "b": None}
    assert expr_eval("[1 + 2] * 2") == [3, 3]
    for expression in ("x", "f()", "a.b"):
        with pytest.raises(ValueError):
            expr_eval(expression)


def test_code_objects_and_wrong_names_are_refused():
    with pytest.raises(TypeError):
        safe_eval(compile("1", "", "eval"))
    with pytest.raises(TypeError):
        safe_eval("1", ["x"])
