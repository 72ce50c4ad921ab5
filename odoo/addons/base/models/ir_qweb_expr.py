"""Template expressions: from the text of an attribute to Python source that reads the rendering values."""

import ast
import collections
import re

from odoo.sandbox.names import guard_format, is_unsafe_name
from odoo.tools.safe_eval import _BUILTINS

#: expressions embedded in text: ``#{...}`` and ``{{...}}``
FORMAT_REGEX = re.compile(r"#\{(?P<hash>.+?)\}|\{\{(?P<brace>.+?)\}\}", re.DOTALL)

_ALLOWED_NODES = (
    ast.Expression,
    ast.expr_context,
    ast.operator,
    ast.boolop,
    ast.unaryop,
    ast.cmpop,
    ast.Constant,
    ast.Name,
    ast.Attribute,
    ast.Subscript,
    ast.Slice,
    ast.Starred,
    ast.BinOp,
    ast.BoolOp,
    ast.UnaryOp,
    ast.Compare,
    ast.IfExp,
    ast.Call,
    ast.keyword,
    ast.List,
    ast.Tuple,
    ast.Dict,
    ast.Set,
    ast.ListComp,
    ast.SetComp,
    ast.DictComp,
    ast.GeneratorExp,
    ast.comprehension,
    ast.Lambda,
    ast.arguments,
    ast.arg,
    ast.JoinedStr,
    ast.FormattedValue,
)


def _local(name):
    """Return the name of a variable that an expression binds itself, apart from those of the generated code."""
    return f"local_{name}"


class _NameBinder(ast.NodeTransformer):
    """Replace the free names of an expression by look-ups in ``values``; refuse what a template may not do."""

    def __init__(self, expr, raise_on_missing):
        self.expr = expr
        self.raise_on_missing = raise_on_missing
        self.bound = collections.Counter()

    def visit(self, node):
        if not isinstance(node, _ALLOWED_NODES):
            raise SyntaxError(f"{type(node).__name__} is not allowed in the template expression {self.expr!r}")
        return super().visit(node)

    def _check_identifier(self, name):
        if is_unsafe_name(name):
            raise SyntaxError(f"The name {name!r} is not allowed in the template expression {self.expr!r}")

    def visit_Name(self, node):
        self._check_identifier(node.id)
        if self.bound[node.id] or not isinstance(node.ctx, ast.Load):
            return ast.Name(_local(node.id), node.ctx)
        if node.id in _BUILTINS:
            return node
        values = ast.Name("values", ast.Load())
        if self.raise_on_missing:
            return ast.Subscript(values, ast.Constant(node.id), ast.Load())
        return ast.Call(ast.Attribute(values, "get", ast.Load()), [ast.Constant(node.id)], [])

    def visit_Attribute(self, node):
        self._check_identifier(node.attr)
        return guard_format(self.generic_visit(node))

    def visit_Lambda(self, node):
        arguments = node.args
        every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
        every += [argument for argument in (arguments.vararg, arguments.kwarg) if argument]
        names = [argument.arg for argument in every]
        for name in names:
            self._check_identifier(name)
        arguments.defaults = [self.visit(default) for default in arguments.defaults]
        for argument in every:
            argument.arg = _local(argument.arg)
        self.bound.update(names)
        node.body = self.visit(node.body)
        self.bound.subtract(names)
        return node

    def _visit_comprehension(self, node):
        names = [
            name.id
            for generator in node.generators
            for name in ast.walk(generator.target)
            if isinstance(name, ast.Name)
        ]
        if any(generator.is_async for generator in node.generators):
            raise SyntaxError(f"async is not allowed in the template expression {self.expr!r}")
        # the first iterable is evaluated outside of the scope that the comprehension opens
        first = node.generators[0]
        first.iter = self.visit(first.iter)
        self.bound.update(names)
        for position, generator in enumerate(node.generators):
            generator.target = self.visit(generator.target)
            if position:
                generator.iter = self.visit(generator.iter)
            generator.ifs = [self.visit(condition) for condition in generator.ifs]
        if isinstance(node, ast.DictComp):
            node.key, node.value = self.visit(node.key), self.visit(node.value)
        else:
            node.elt = self.visit(node.elt)
        self.bound.subtract(names)
        return node

    visit_ListComp = visit_SetComp = visit_DictComp = visit_GeneratorExp = _visit_comprehension


def compile_expression(expr, raise_on_missing=False):
    """Return Python source that evaluates a template expression with its free names taken from ``values``.

    :param expr: text of the expression
    :param raise_on_missing: read a name with ``values[name]`` rather than ``values.get(name)``
    :raise SyntaxError: when it is not an expression, or uses what templates may not
    """
    text = expr.strip()
    try:
        tree = ast.parse(text, mode="eval")
    except SyntaxError:
        # an attribute may spread an expression over lines without brackets
        tree = ast.parse(f"({text}\n)", mode="eval")
    tree = ast.fix_missing_locations(_NameBinder(text, raise_on_missing).visit(tree))
    return ast.unparse(tree)


def split_format(text):
    """Cut a format string in pieces.

    :return: list of ``(is_expression, text)``
    """
    pieces, position = [], 0
    for match in FORMAT_REGEX.finditer(text):
        if match.start() > position:
            pieces.append((False, text[position : match.start()]))
        pieces.append((True, match["hash"] or match["brace"]))
        position = match.end()
    if position < len(text):
        pieces.append((False, text[position:]))
    return pieces
