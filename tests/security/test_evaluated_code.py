"""Ways out of evaluated code that are known from elsewhere."""

import pytest

from odoo.addons.base.models.ir_qweb_expr import compile_expression
from odoo.tools import safe_eval as module
from odoo.tools.safe_eval import safe_eval


class Thing:
    """What an expression is given."""

    secret = "s3cret"

    def method(self):
        """Do nothing."""


NAMES = {
    "x": Thing(),
    "text": "{0.__class__}",
    "datetime": module.datetime,
    "time": module.time,
    "json": module.json,
    "dateutil": module.dateutil,
    "pytz": module.pytz,
}

ESCAPES = [
    "().__class__.__base__.__subclasses__()",
    "'{0.__class__.__init__.__globals__}'.format(x)",
    "'{0.method.__func__.__globals__[module]}'.format(x)",
    "'{x.__class__}'.format_map({'x': x})",
    "'{:{0.__class__}}'.format(x)",
    "text.format(x)",
    "str.format('{0.__class__}', x)",
    "str.format_map('{x.__class__}', {'x': x})",
    "list(map('{0.__class__}'.format, [x]))",
    "list(map(str.format, ['{0.__class__}'], [x]))",
    "('{0.__cla' + 'ss__}').format(x)",
    "f'{x.__class__}'",
    "(lambda f: f('{0.gi_frame}', (i for i in ())))(str.format)",
    "(i for i in ()).gi_frame.f_back.f_globals",
    "[g.gi_frame for g in [(i for i in ())]]",
    "(lambda: 0).__code__",
    "(lambda: 0).__globals__['__builtins__']",
    "x.method.__self__.__class__",
    "datetime.sys",
    "datetime.datetime.__subclasses__()",
    "json.codecs",
    "json.decoder.scanner",
    "time.sys",
    "dateutil.sys",
    "dateutil.parser.sys",
    "pytz.os",
    "pytz.open_resource('x')",
    "time.tzset.__self__",
    "__builtins__['open']",
    "__import__('subprocess')",
    "globals()",
    "vars(x)",
    "dir(x)",
    "getattr(x, 'secret')",
    "setattr(x, 'secret', 1)",
    "type('A', (), {})",
    "object()",
    "open('/etc/passwd')",
    "exec('1')",
    "compile('', '', '')",
    "breakpoint()",
    "input()",
    "help()",
    "memoryview(b'')",
    "super()",
    "classmethod(1)",
    "print",
    "x.mro()",
    "str.mro()",
    "Exception().with_traceback(1).__traceback__",
    "[].append.__self__.__class__",
    "x.__dict__",
    "x.\uff3f\uff3fclass\uff3f\uff3f",
    "x.\u017fecret.__class__",
    "(x := ().__class__)",
    "{**x.__dict__}",
    "[*x.__class__.__mro__]",
]

PROGRAMS = [
    "try:\n    1 / 0\nexcept Exception as e:\n    r = e.__traceback__.tb_frame",
    "try:\n    x.nothing\nexcept Exception as e:\n    r = e.obj.__class__",
    "def f():\n    pass\nr = f.__globals__",
    "match x:\n    case object(__class__=c):\n        r = c",
    "import os",
    "from os import system",
    "class A:\n    pass",
    "x.secret = 1",
    "del x.secret",
    "for x.secret in [1]:\n    pass",
    "global y\ny = 1",
    "with x:\n    pass",
    "lambda: (yield)",
    "r = [x for x.secret in [1]]",
    "@x.method\ndef f():\n    pass\nr = f.__code__",
    "async def f():\n    await x",
]


@pytest.mark.parametrize("expression", ESCAPES)
def test_expressions(expression):
    with pytest.raises((ValueError, NameError)):
        safe_eval(expression, dict(NAMES))


@pytest.mark.parametrize("program", PROGRAMS)
def test_programs(program):
    with pytest.raises((ValueError, NameError)):
        safe_eval(program, dict(NAMES), mode="exec")


@pytest.mark.parametrize(
    "expression",
    [
        "x.__class__",
        "x.gi_frame",
        "[i.__class__ for i in x]",
        "lambda __x: 1",
        "(lambda: 0).f_globals",
        "x.mro()",
        "(y := 1)",
        "await x",
        "(yield)",
        "__import__('os')",
    ],
)
def test_template_expressions(expression):
    with pytest.raises(SyntaxError):
        compile_expression(expression)


def test_template_expressions_that_format():
    assert compile_expression("'{0.secret}'.format(x)") == "format_method('{0.secret}', 'format')(values.get('x'))"


def test_harmless_formatting_works():
    assert safe_eval("'{0.secret}: {1:>{2}}'.format(x, 'b', 3)", {"x": Thing()}) == "s3cret:   b"
    assert safe_eval("'{a[b]}'.format_map({'a': {'b': 1}})") == "1"
    assert safe_eval("str.format('{}-{}', 1, 2)") == "1-2"
    assert safe_eval("datetime.date(2024, 1, 2).strftime('%d')", dict(NAMES)) == "02"
