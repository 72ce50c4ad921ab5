"""Where what a caller sent decides what is done with all rights: a simple flow of data through the syntax tree.

Sources are the parameters of routes and of methods that can be called from outside, what is read from the request, and
values of the context. They are followed through local assignments and calls of our own functions. On records with all
rights they must not arrive as a domain, order, grouping, list of fields, context, set of values, model or method.
Values inside of a domain that is written down are what a domain is for.
"""

import ast
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PLACES = ("odoo/addons/base", "addons")
#: methods of records whose arguments say what is looked for, read or written
SINKS = {
    *("search", "search_fetch", "search_read", "search_count", "_search", "_where_calc", "name_search", "_name_search"),
    *("read_group", "_read_group", "web_search_read", "web_read_group", "web_read", "read", "fetch", "export_data"),
    *("read_progress_bar", "filtered_domain", "filtered", "mapped", "sorted", "grouped", "with_context"),
    *("create", "write", "web_save", "update", "copy", "new", "load", "onchange", "default_get", "name_create"),
    *("browse", "_read_format", "_order_to_sql", "search_panel_select_range", "search_panel_select_multi_range"),
}
#: what makes one harmless value of anything
PLAIN = {
    *("int", "float", "bool", "len", "str2bool", "natural_number", "whole_number", "page_size"),
    *("isinstance", "issubclass", "hasattr", "callable"),
}
#: what a caller decides, beside parameters
REQUEST = {"params", "httprequest", "get_json_data", "get_http_params", "jsonrequest"}
#: where keys of the context are read
CONTEXTS = {"context", "_context"}
#: how many calls are followed, one in the other
DEPTH = 6


@dataclass(frozen=True)
class Finding:
    """A place where what a caller sent reaches records with all rights."""

    path: str
    function: str
    line: int
    what: str

    @property
    def key(self):
        """What the list of allowed places calls it: lines move."""
        return f"{self.path}::{self.function}::{self.what}"


@dataclass
class Function:
    """A function of the program."""

    path: str
    owner: str
    node: ast.FunctionDef
    is_model: bool = False

    @property
    def name(self):
        """Its name with that of its class."""
        return f"{self.owner}.{self.node.name}" if self.owner else self.node.name

    @property
    def parameters(self):
        """Names of its parameters, without the first one of methods."""
        arguments = self.node.args
        named = [argument.arg for argument in [*arguments.posonlyargs, *arguments.args]]
        return named[1:] if self.owner and not _is_decorated(self.node, "staticmethod") else named

    @property
    def all_parameters(self):
        """The same, with those that are given by name only, and the rest."""
        arguments = self.node.args
        rest = [argument.arg for argument in (arguments.vararg, arguments.kwarg) if argument]
        return [*self.parameters, *(argument.arg for argument in arguments.kwonlyargs), *rest]

    @property
    def is_door(self):
        """Whether callers from outside choose the arguments."""
        if _is_decorated(self.node, "route"):
            return True
        private = self.node.name.startswith("_") or any(
            _is_decorated(self.node, mark) for mark in ("private", "classmethod", "staticmethod", "property")
        )
        return self.is_model and not private


def _is_decorated(node, name):
    for decorator in node.decorator_list:
        target = decorator.func if isinstance(decorator, ast.Call) else decorator
        if name == (target.attr if isinstance(target, ast.Attribute) else getattr(target, "id", None)):
            return True
    return False


class Program:
    """The functions of the program, by name."""

    def __init__(self, sources):
        self.by_name = defaultdict(list)
        self.functions = []
        for path, text in sources:
            self._add(path, ast.parse(text))
        self.findings = set()
        self._seen = set()

    @classmethod
    def of_addons(cls):
        """Return the program that the addons of the repository are."""
        paths = [path for place in PLACES for path in sorted((ROOT / place).rglob("*.py"))]
        own = [path for path in paths if not {"tests", "static", "populate"} & set(path.parts[len(ROOT.parts) :])]
        return cls((path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")) for path in own)

    def _add(self, path, tree):
        for node in tree.body:
            if isinstance(node, ast.FunctionDef):
                self._add_function(Function(path, "", node))
            elif isinstance(node, ast.ClassDef):
                is_model = any(
                    isinstance(target, ast.Name) and target.id in ("_name", "_inherit")
                    for statement in node.body
                    if isinstance(statement, ast.Assign)
                    for target in statement.targets
                )
                for statement in node.body:
                    if isinstance(statement, ast.FunctionDef):
                        self._add_function(Function(path, node.name, statement, is_model))

    def _add_function(self, function):
        self.functions.append(function)
        self.by_name[function.node.name].append(function)

    def check(self):
        """Follow what callers send from every door; return the findings."""
        for function in self.functions:
            sent = function.all_parameters if function.is_door else ()
            self.follow(function, frozenset(sent), frozenset(), 0)
        return self.findings

    def follow(self, function, sent, mighty, depth):
        """Follow parameters of a function that callers decide.

        :param sent: their names
        :param mighty: names of those, ``self`` among them, that are objects with all rights
        :param depth: how many calls lead here
        """
        key = id(function.node), sent, mighty
        if key in self._seen or depth > DEPTH:
            return
        self._seen.add(key)
        _Flow(self, function, set(sent), set(mighty), depth).run()

    def callees(self, function, call):
        """Return the functions that a call may be one of: those of that name that stand nearest."""
        if isinstance(call.func, ast.Name):
            return [other for other in self.by_name[call.func.id] if not other.owner and other.path == function.path]
        if not isinstance(call.func, ast.Attribute):
            return []
        found = [other for other in self.by_name[call.func.attr] if other.owner]
        near = [other for other in found if other.path == function.path]
        return near or (found if len(found) <= 3 else [])


@dataclass
class _Flow:
    program: Program
    function: Function
    sent: set
    mighty: set
    depth: int

    def run(self):
        for _round in range(2):
            # what a loop assigns last is used at its begin
            for statement in self.function.node.body:
                self._statement(statement)

    def _statement(self, statement):
        for node in self._in_order(statement):
            if isinstance(node, (ast.Assign, ast.AnnAssign, ast.AugAssign, ast.NamedExpr)) and node.value is not None:
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                for target in targets:
                    self._assign(target, node.value, isinstance(node, ast.AugAssign))
            elif isinstance(node, (ast.For, ast.comprehension)):
                self._assign(node.target, node.iter, False)
            elif isinstance(node, ast.Call):
                self._call(node)
            elif isinstance(node, ast.Subscript):
                self._subscript(node)

    def _in_order(self, node):
        """Yield what a statement consists of, assignments after what they assign."""
        comprehension = isinstance(node, (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp))
        children = list(ast.iter_child_nodes(node))
        if comprehension:
            children.sort(key=lambda child: not isinstance(child, ast.comprehension))
        if isinstance(node, (ast.For, ast.comprehension)):
            yield node
        for child in children:
            yield from self._in_order(child)
        if not isinstance(node, (ast.For, ast.comprehension)):
            yield node

    def _assign(self, target, value, adds):
        names = [node.id for node in ast.walk(target) if isinstance(node, ast.Name)]
        if isinstance(target, (ast.Subscript, ast.Attribute)):
            adds = True
        for marks, holds in ((self.sent, self._is_sent(value)), (self.mighty, self._is_mighty(value))):
            if holds and not (marks is self.mighty and isinstance(target, (ast.Subscript, ast.Attribute))):
                marks.update(names)
            elif not adds and isinstance(target, ast.Name):
                marks.difference_update(names)

    # what an expression is

    def _is_sent(self, node):
        """Tell whether a caller decides what an expression is."""
        if isinstance(node, ast.Name):
            return node.id in self.sent
        if isinstance(node, ast.Attribute):
            if isinstance(node.value, ast.Name) and node.value.id == "request":
                return node.attr in REQUEST
            # what records have is theirs, whoever chose the records
            return False
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", None))
            if name in PLAIN:
                return False
            inputs = [*node.args, *(keyword.value for keyword in node.keywords)]
            if isinstance(node.func, ast.Attribute):
                inputs.append(node.func.value)
                if name == "get" and getattr(node.func.value, "attr", None) in CONTEXTS:
                    return True
            return any(map(self._is_sent, inputs)) and not self._gives_records(node)
        if isinstance(node, ast.Compare):
            return False
        if isinstance(node, (ast.List, ast.Tuple)) and self._is_term(node):
            return any(map(self._is_sent, node.elts[:2]))
        return any(map(self._is_sent, ast.iter_child_nodes(node)))

    @staticmethod
    def _is_term(node):
        """Tell whether this is a written term of a domain: a name of a field, an operator, a value."""
        operator = len(node.elts) == 3 and node.elts[1]
        return isinstance(operator, ast.Constant) and isinstance(operator.value, str)

    @staticmethod
    def _gives_records(node):
        return isinstance(node.func, ast.Attribute) and node.func.attr in {"browse", "search", "search_fetch", "exists"}

    def _is_mighty(self, node):
        """Tell whether an expression is an object with all rights."""
        if isinstance(node, ast.Name):
            return node.id in self.mighty
        if isinstance(node, ast.IfExp):
            return self._is_mighty(node.body) or self._is_mighty(node.orelse)
        if isinstance(node, (ast.Attribute, ast.Subscript)):
            return self._is_mighty(node.value)
        if isinstance(node, ast.BinOp):
            return self._is_mighty(node.left) or self._is_mighty(node.right)
        if not isinstance(node, ast.Call):
            return False
        if _takes_all_rights(node):
            return True
        if isinstance(node.func, ast.Name):
            return node.func.id == "super" and "self" in self.mighty
        if isinstance(node.func, ast.Attribute):
            return (
                node.func.attr not in ("with_user", "with_env")
                and not _leaves_rights(node)
                and self._is_mighty(node.func.value)
            )
        # env(...) of an environment with all rights
        return self._is_mighty(node.func)

    # where what was sent arrives

    def _call(self, node):
        inputs = [*node.args, *(keyword.value for keyword in node.keywords)]
        sent = any(map(self._is_sent, inputs))
        if isinstance(node.func, ast.Name) and node.func.id == "getattr" and len(node.args) > 1:
            self._getattr(node)
        if isinstance(node.func, ast.Attribute):
            method, target = node.func.attr, node.func.value
            if sent and method in SINKS and self._is_mighty(target):
                self._found(node, method)
            if _takes_all_rights(node) and isinstance(target, ast.Subscript) and self._is_sent(target.slice):
                self._found(node, "model")
        self._follow(node)

    def _getattr(self, node):
        if self._is_mighty(node.args[0]) and self._is_sent(node.args[1]):
            self._found(node, "getattr")

    def _subscript(self, node):
        if self._is_mighty(node.value) and self._is_sent(node.slice):
            self._found(node, "[]")

    def _follow(self, node):
        """Follow the arguments into the functions that are called."""
        inputs = [*node.args, *(keyword.value for keyword in node.keywords)]
        if isinstance(node.func, ast.Attribute) and node.func.attr in SINKS:
            return
        if not any(map(self._is_sent, inputs)):
            return
        for callee in self.program.callees(self.function, node):
            if callee.node is not self.function.node:
                sent, mighty = (
                    self._arguments(callee, node, self._is_sent),
                    self._arguments(callee, node, self._is_mighty),
                )
                if isinstance(node.func, ast.Attribute) and self._is_mighty(node.func.value):
                    mighty |= {"self"}
                if sent:
                    self.program.follow(callee, sent, mighty, self.depth + 1)

    @staticmethod
    def _arguments(callee, node, test):
        """Return the names of the parameters whose arguments fulfil a test."""
        given = [*zip(callee.parameters, node.args, strict=False)]
        given += [(keyword.arg, keyword.value) for keyword in node.keywords if keyword.arg]
        return frozenset(name for name, value in given if test(value))

    def _found(self, node, what):
        self.program.findings.add(Finding(self.function.path, self.function.name, node.lineno, what))


def _takes_all_rights(node):
    """Tell whether a call gives its object all rights."""
    text = ast.unparse(node)
    if isinstance(node.func, ast.Attribute) and node.func.attr == "sudo":
        return not node.args or not (isinstance(node.args[0], ast.Constant) and node.args[0].value is False)
    if isinstance(node.func, ast.Attribute) and node.func.attr == "with_user":
        return "SUPERUSER" in text.rpartition(".with_user(")[2]
    name = getattr(node.func, "id", getattr(node.func, "attr", ""))
    if name in ("env", "Environment"):
        return any(
            (keyword.arg == "su" and getattr(keyword.value, "value", None) is True)
            or (keyword.arg == "user" and "SUPERUSER" in ast.unparse(keyword.value))
            for keyword in node.keywords
        ) or any("SUPERUSER" in ast.unparse(argument) for argument in node.args)
    return False


def _leaves_rights(node):
    return node.func.attr == "sudo" and not _takes_all_rights(node)
