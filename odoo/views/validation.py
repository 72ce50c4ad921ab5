"""What can be said about a view's architecture without a database: names in expressions, shape of the tree."""

from __future__ import annotations

import ast
import collections
import logging
from collections.abc import Callable, Iterable
from typing import Any, Literal

from lxml import etree

_logger = logging.getLogger(__name__)

#: names an expression of a view may use that are not fields of the record
IGNORED_IN_EXPRESSION = frozenset(
    {
        "True",
        "False",
        "None",
        "true",
        "false",
        "self",
        "uid",
        "context",
        "parent",
        "active_id",
        "active_ids",
        "active_model",
        "allowed_company_ids",
        "current_company_id",
        "time",
        "datetime",
        "relativedelta",
        "current_date",
        "today",
        "now",
        "context_today",
        "abs",
        "len",
        "bool",
        "float",
        "int",
        "str",
        "unicode",
        "set",
        "tuple",
        "list",
        "dict",
        "min",
        "max",
    }
)


def _parse(expression):
    """Parse an expression given as text or as a syntax tree; raise ``ValueError`` when it is not Python."""
    if isinstance(expression, ast.AST):
        return expression
    try:
        return ast.parse(expression.strip(), mode="eval").body
    except (SyntaxError, RecursionError) as error:
        raise ValueError(f"Invalid Python expression {expression!r}: {error}") from error


class _NameCollector(ast.NodeVisitor):
    """Collect the free names of an expression, ``parent.x`` being reported as a dotted name."""

    def __init__(self) -> None:
        self.names: set[str] = set()
        self.bound: collections.Counter[str] = collections.Counter()

    def visit_Name(self, node: ast.Name) -> None:
        if not self.bound[node.id]:
            self.names.add(node.id)

    def visit_Attribute(self, node: ast.Attribute) -> None:
        root, path = node.value, [node.attr]
        while isinstance(root, ast.Attribute):
            path.append(root.attr)
            root = root.value
        if isinstance(root, ast.Name) and root.id == "parent":
            self.names.add(".".join(["parent", *reversed(path)]))
        else:
            self.visit(node.value)

    def _visit_scope(self, targets, node):
        names = [name.id for target in targets for name in ast.walk(target) if isinstance(name, ast.Name)]
        self.bound.update(names)
        self.generic_visit(node)
        self.bound.subtract(names)

    def _visit_comprehension(self, node):
        self._visit_scope([generator.target for generator in node.generators], node)

    visit_ListComp = visit_SetComp = visit_DictComp = visit_GeneratorExp = _visit_comprehension

    def visit_Lambda(self, node: ast.Lambda) -> None:
        names = [argument.arg for argument in node.args.args]
        self.bound.update(names)
        self.visit(node.body)
        self.bound.subtract(names)


def _free_names(expression):
    collector = _NameCollector()
    collector.visit(_parse(expression))
    return collector.names


def _keep_fields(names):
    """Keep the names that must be fields: drop the evaluation context, cut ``parent.x.y`` to ``parent.x``."""
    kept = set()
    for name in names:
        parts = name.split(".")
        if parts[0] == "parent" and len(parts) > 1:
            kept.add(".".join(parts[:2]) if parts[1] != "parent" else name)
        elif name not in IGNORED_IN_EXPRESSION:
            kept.add(name)
    return kept


def get_expression_field_names(expression: str | ast.AST) -> set[str]:
    """Return the field names a Python expression of a view uses.

    :param expression: source text (or syntax tree) of an ``invisible``, ``context``, ... attribute
    :return: set of names; a field of the parent record is reported as ``parent.<name>``
    :raise ValueError: when the expression is not valid Python
    """
    return _keep_fields(_free_names(expression))


def _domain_leaves(tree):
    """Yield ``(left, right)`` syntax trees of the leaves that a domain expression spells out."""
    if isinstance(tree, (ast.List, ast.Tuple)):
        for item in tree.elts:
            if isinstance(item, (ast.List, ast.Tuple)) and len(item.elts) == 3:
                yield item.elts[0], item.elts[2]
            elif not isinstance(item, ast.Constant):
                yield from _domain_leaves(item)
    elif isinstance(tree, ast.BinOp):
        yield from _domain_leaves(tree.left)
        yield from _domain_leaves(tree.right)
    elif isinstance(tree, ast.IfExp):
        yield from _domain_leaves(tree.body)
        yield from _domain_leaves(tree.orelse)


def get_domain_value_names(domain: str | ast.AST | Iterable[Any]) -> tuple[set[str], set[str]]:
    """Return the names a domain expression uses.

    :param domain: text of the domain, or a domain as a list
    :return: pair of sets: the fields searched (left-hand sides, dotted paths), and the
        fields of the record read by the values
    :raise ValueError: when the text is not valid Python
    """
    tree = _parse(domain if isinstance(domain, (str, ast.AST)) else repr(list(domain)))
    searched = {
        left.value
        for left, _right in _domain_leaves(tree)
        if isinstance(left, ast.Constant) and isinstance(left.value, str)
    }
    return searched, _keep_fields(_free_names(tree))


def check_domain(domain: str | ast.AST) -> None:
    """Check the terms that a domain expression spells out; what is only known when it is evaluated may be anything.

    :raise ValueError: when it is not valid Python, no list of terms, or a term is not about a field
    """
    tree = _parse(domain)
    if isinstance(tree, (ast.List, ast.Tuple)):
        for item in tree.elts:
            _check_domain_item(item)
    elif isinstance(tree, ast.BinOp):
        check_domain(tree.left)
        check_domain(tree.right)
    elif isinstance(tree, ast.IfExp):
        check_domain(tree.body)
        check_domain(tree.orelse)
    elif isinstance(tree, (ast.Constant, ast.Dict, ast.Set)):
        raise ValueError(f"A domain is a list of terms, not {ast.unparse(tree)}")


def _check_domain_item(item):
    if isinstance(item, ast.Constant):
        if item.value not in ("&", "|", "!"):
            raise ValueError(f"{item.value!r} is no term of a domain: (field, operator, value), '&', '|' or '!'")
    elif isinstance(item, (ast.List, ast.Tuple)):
        if len(item.elts) != 3:
            raise ValueError(f"A term of a domain has three parts, unlike {ast.unparse(item)}")
        left = item.elts[0]
        if not isinstance(left, ast.Constant) or not (isinstance(left.value, str) or left.value in (0, 1)):
            raise ValueError(f"A term of a domain begins with the name of a field, not with {ast.unparse(left)}")


def get_dict_asts(expression: str | ast.AST) -> dict[Any, ast.expr]:
    """Parse the text of a dictionary display.

    :param expression: text such as ``{'default_x': x}``
    :return: dict from constant key to the syntax tree of the value
    :raise ValueError: when it is not a dictionary display with constant keys
    """
    tree = _parse(expression)
    if not isinstance(tree, ast.Dict):
        raise ValueError(f"Not a dictionary: {expression!r}")
    keys = [key for key in tree.keys if isinstance(key, ast.Constant)]
    if len(keys) != len(tree.keys):
        raise ValueError(f"The keys of a dictionary must be constants: {expression!r}")
    return {key.value: value for key, value in zip(keys, tree.values, strict=True)}


#: a check of a view: ``(arch, **kwargs) -> bool or "Warning"``
_Check = Callable[..., "bool | str"]

_validators: dict[str, list[_Check]] = collections.defaultdict(list)


def validate(*view_types: str) -> Callable[[_Check], _Check]:
    """Register a function ``(arch, **kwargs) -> bool or 'Warning'`` that checks views of these types."""

    def decorator(function):
        for view_type in view_types:
            _validators[view_type].append(function)
        return function

    return decorator


def valid_view(arch: etree._Element, **kwargs: Any) -> bool | Literal["Warning"]:
    """Run the registered checks on a view.

    :param arch: root element of the combined view
    :return: ``True``, ``False`` (invalid), or ``'Warning'`` (acceptable but doubtful)
    """
    for check in _validators[arch.tag]:
        verdict = check(arch, **kwargs)
        if not verdict:
            _logger.warning("The view check %s refuses this <%s> view", check.__name__, arch.tag)
            return False
        if verdict == "Warning":
            _logger.warning("The view check %s has doubts about this <%s> view", check.__name__, arch.tag)
            return "Warning"
    return True


#: tags allowed right below the root, for the views whose shape is closed
ALLOWED_CHILDREN = {
    "list": {"field", "button", "header", "control", "groupby", "widget", "create"},
    "search": {"field", "filter", "separator", "group", "searchpanel", "newline", "widget"},
    "graph": {"field"},
    "pivot": {"field"},
    "calendar": {"field", "filter"},
    "activity": {"field", "templates"},
}


def find_misplaced(arch: etree._Element) -> etree._Element | None:
    """Return the first child of the root that a view of this type cannot hold, or ``None``."""
    allowed = ALLOWED_CHILDREN.get(arch.tag)
    if allowed is None:
        return None
    return next((child for child in arch if isinstance(child.tag, str) and child.tag not in allowed), None)
