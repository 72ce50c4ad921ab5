"""Apply inheritance specifications (``<xpath>``, ``<field position=...>``, ...) to an XML tree."""

import copy
import re
from collections.abc import Callable, Mapping

from lxml import etree

from odoo.tools.suggestions import closest

POSITIONS = ("inside", "before", "after", "replace", "attributes")

# attributes whose value is a Python condition: `add`/`remove` combine them with a boolean operator
PYTHON_ATTRIBUTES = frozenset({"readonly", "required", "invisible", "column_invisible", "t-if", "t-elif"})


class LocatorError(ValueError):
    """A specification does not match, or is malformed.

    :ivar spec: the specification element at fault
    """

    def __init__(self, message: str, spec: etree._Element) -> None:
        super().__init__(message)
        self.spec = spec


def _xpath_hasclass(context, *classes):
    """XPath function ``hasclass('a', 'b')``: does the context node carry all these CSS classes?"""
    present = set((context.context_node.get("class") or "").split())
    return present.issuperset(classes)


etree.FunctionNamespace(None)["hasclass"] = _xpath_hasclass


def describe_spec(spec: etree._Element) -> str:
    """Return the opening tag of a specification element, as an author would recognise it."""
    values: Mapping[str, str] = dict(spec.attrib)  # type: ignore[arg-type]  # no bytes, whatever the stubs say
    attributes = "".join(f' {name}="{value}"' for name, value in values.items() if name != "position")
    return f"<{spec.tag}{attributes}>"


def locate_node(arch: etree._Element, spec: etree._Element) -> etree._Element | None:
    """Find the node of ``arch`` that a specification designates.

    :param arch: root element of the source
    :param spec: ``<xpath expr>``, ``<field name>`` or any element whose attributes must all match
    :return: the first match in document order, or ``None``
    :raise LocatorError: when the xpath expression is missing or invalid
    """
    if spec.tag == "xpath":
        expr = spec.get("expr")
        if not expr:
            raise LocatorError('An <xpath> specification needs an "expr" attribute', spec)
        try:
            found = etree.ETXPath(expr)(arch)
        except etree.XPathError as error:
            raise LocatorError(f"Invalid XPath expression {expr!r}: {error}", spec) from error
        if not isinstance(found, list):
            raise LocatorError(f"XPath expression {expr!r} does not select elements", spec)
        return found[0] if found else None  # type: ignore[return-value]  # of elements, as specifications select
    if spec.tag == "field":
        name = spec.get("name")
        return next((node for node in arch.iter("field") if node.get("name") == name), None)
    wanted = {name: value for name, value in spec.attrib.items() if name != "position"}
    if spec.get("position") == "replace" and wanted.get("mode") in ("inner", "outer"):
        del wanted["mode"]
    for node in arch.iter(spec.tag):
        if all(node.get(name) == value for name, value in wanted.items()):
            return node
    return None


def nearest_locator(arch: etree._Element, spec: etree._Element) -> str | None:
    """Return the name existing in ``arch`` that looks most like what ``spec`` searches, or ``None``."""
    if spec.tag == "xpath":
        literals = re.findall(r"""['"]([^'"]+)['"]""", spec.get("expr") or "")
        wanted = literals[-1] if literals else None
    else:
        wanted = spec.get("name") or spec.get("id") or spec.get("for")
    if not wanted:
        return None
    names = {node.get(attribute) for node in arch.iter(etree.Element) for attribute in ("name", "id", "for")}
    names.update(css for node in arch.iter(etree.Element) for css in (node.get("class") or "").split())
    names.discard(None)
    return closest(wanted, names)


def _place_before(node):
    """Return the element, and its attribute, that hold the text right before ``node``."""
    previous = node.getprevious()
    return (node.getparent(), "text") if previous is None else (previous, "tail")


def _add_text_before(node, text):
    """Insert text right before ``node``."""
    if not text:
        return
    element, attribute = _place_before(node)
    present = getattr(element, attribute) or ""
    # what follows a start tag is the indentation of the node
    setattr(element, attribute, (present.rstrip() if attribute == "text" else present) + text)


def remove_element(node: etree._Element) -> None:
    """Detach ``node`` from its parent; the text that follows it stays in the document."""
    _add_text_before(node, node.tail)
    node.tail = None
    node.getparent().remove(node)  # type: ignore[union-attr]  # a node, not the root


def _split_tokens(value, separator):
    """Split a token list; a blank separator splits on white space."""
    tokens = value.split(separator) if separator.strip() else value.split()
    return [token.strip() for token in tokens if token.strip()]


def _strip_parentheses(expression):
    """Remove one pair of parentheses around a whole expression."""
    expression = expression.strip()
    while expression.startswith("(") and expression.endswith(")"):
        depth = 0
        for position, char in enumerate(expression):
            depth += {"(": 1, ")": -1}.get(char, 0)
            if depth == 0 and position < len(expression) - 1:
                return expression
        expression = expression[1:-1].strip()
    return expression


def _split_condition(expression, operator):
    """Split a Python condition on a top-level boolean operator, ignoring strings and brackets."""
    parts, depth, quote, start, position = [], 0, None, 0, 0
    pattern = re.compile(rf"\s{operator}\s|\s{operator}(?=\()|(?<=\)){operator}\s|(?<=\)){operator}(?=\()")
    while position < len(expression):
        char = expression[position]
        if quote:
            quote = None if char == quote else quote
        elif char in "\"'":
            quote = char
        elif char in "([{":
            depth += 1
        elif char in ")]}":
            depth -= 1
        if not quote and not depth:
            match = pattern.match(expression, position + (char == ")"))
            if match:
                parts.append(expression[start : match.start()])
                position = start = match.end()
                continue
        position += 1
    parts.append(expression[start:])
    return [part.strip() for part in parts if part.strip()]


def _combine_condition(spec, attribute, value, to_add, to_remove, separator):
    """Return a Python condition with one operand removed and one added."""
    operator = (separator or "").strip()
    if operator not in ("and", "or"):
        raise LocatorError(
            f'Attribute {attribute!r} holds a Python expression: its separator must be "and" or "or", '
            f"not {separator!r}",
            spec,
        )
    operands = _split_condition(_strip_parentheses(value), operator)
    if to_remove:
        unwanted = {_strip_parentheses(to_remove)}
        unwanted.update(_strip_parentheses(part) for part in _split_condition(to_remove, operator))
        operands = [operand for operand in operands if _strip_parentheses(operand) not in unwanted]
    if to_add:
        operands.append(to_add.strip())
    if len(operands) == 1:
        return _strip_parentheses(operands[0])
    return f" {operator} ".join(f"({_strip_parentheses(operand)})" for operand in operands)


def _apply_attribute(spec, change, node):
    """Apply one ``<attribute>`` element of a ``position="attributes"`` specification to ``node``."""
    attribute = change.get("name")
    if not attribute:
        raise LocatorError('An <attribute> element needs a "name"', spec)
    value = change.text or ""
    to_add, to_remove = change.get("add", ""), change.get("remove", "")
    if to_add or to_remove:
        if value.strip():
            raise LocatorError(
                f'<attribute name="{attribute}"> mixes "add"/"remove" with a value: use one or the other', spec
            )
        current = node.get(attribute, "")
        separator = change.get("separator")
        if attribute in PYTHON_ATTRIBUTES or attribute.startswith("decoration-"):
            value = _combine_condition(spec, attribute, current, to_add, to_remove, separator)
        else:
            separator = "," if separator is None else separator
            unwanted = _split_tokens(to_remove, separator)
            tokens = [token for token in _split_tokens(current, separator) if token not in unwanted]
            tokens += _split_tokens(to_add, separator)
            value = (separator if separator.strip() else " ").join(tokens)
    if value:
        node.set(attribute, value)
    elif attribute in node.attrib:
        del node.attrib[attribute]


class _Application:
    """One run of a list of specifications over a source tree."""

    def __init__(self, source: etree._Element, pre_locate: Callable[[etree._Element], object]) -> None:
        self.source = source
        self.pre_locate = pre_locate

    def locate(self, spec: etree._Element) -> etree._Element:
        """Locate the target of ``spec``, or raise :class:`LocatorError` with the nearest name."""
        self.pre_locate(spec)
        node = locate_node(self.source, spec)
        if node is not None:
            return node
        message = f"Nothing in the parent view matches {describe_spec(spec)}"
        near = nearest_locator(self.source, spec)
        if near:
            message += f"; the nearest existing name is {near!r}"
        raise LocatorError(message, spec)

    def extract_moved(self, spec: etree._Element) -> etree._Element:
        """Return the node a ``position="move"`` child designates, detached from the source."""
        if len(spec):
            raise LocatorError('A specification with position="move" must be empty', spec)
        node = self.locate(spec)
        remove_element(node)
        return node

    def content(self, spec: etree._Element) -> list[etree._Element]:
        """Return the children of ``spec`` with the moved nodes in place of their specification."""
        moved = [child for child in spec if child.get("position") == "move"]
        for child in moved:
            node = self.extract_moved(child)
            node.tail = child.tail
            spec.replace(child, node)
        return list(spec)

    def apply(self, spec: etree._Element) -> None:
        """Apply one specification."""
        position = spec.get("position", "inside")
        if position not in POSITIONS:
            raise LocatorError(
                f"Unknown position {position!r} in {describe_spec(spec)}: use one of {', '.join(POSITIONS)}", spec
            )
        node = self.locate(spec)
        getattr(self, f"_apply_{position}")(spec, node)

    def _apply_replace(self, spec, node):
        mode = spec.get("mode", "outer")
        if mode == "inner":
            for child in list(node):
                node.remove(child)
            node.text = None
            self._apply_inside(spec, node)
        elif mode == "outer":
            for placeholder in spec.xpath(".//*[normalize-space(text())='$0']"):
                placeholder.text = None
                original = copy.deepcopy(node)
                original.tail = None
                placeholder.append(original)
            if node.getparent() is None:
                self._replace_root(spec, node)
            else:
                self._replace_node(spec, node)
        else:
            raise LocatorError(f'Unknown mode {mode!r} for position="replace": use "outer" or "inner"', spec)

    def _replace_root(self, spec, node):
        elements = [child for child in self.content(spec) if isinstance(child.tag, str)]
        if len(elements) != 1:
            raise LocatorError(f"Replacing the root <{node.tag}> takes exactly one element, got {len(elements)}", spec)
        self.source = copy.deepcopy(elements[0])
        self.source.tail = None

    def _replace_node(self, spec, node):
        _add_text_before(node, spec.text)
        for child in self.content(spec):
            node.addprevious(child)
        remove_element(node)

    def _apply_attributes(self, spec, node):
        for child in spec.iterchildren(etree.Element):
            if child.tag != "attribute":
                raise LocatorError(f'position="attributes" only takes <attribute> elements, not <{child.tag}>', spec)
            _apply_attribute(spec, child, node)

    def _apply_inside(self, spec, node):
        children = self.content(spec)
        if spec.text:
            if len(node):
                node[-1].tail = (node[-1].tail or "").rstrip() + spec.text
            else:
                node.text = (node.text or "").rstrip() + spec.text
        node.extend(children)

    def _require_parent(self, spec, node, position):
        if node.getparent() is None:
            raise LocatorError(f"Nothing can stand {position} the root element <{node.tag}>", spec)

    def _apply_after(self, spec, node):
        self._require_parent(spec, node, "after")
        children = self.content(spec)
        tail, node.tail = node.tail, spec.text
        last = node
        for child in children:
            last.addnext(child)
            last = child
        last.tail = (last.tail or "").rstrip() + (tail or "")

    def _apply_before(self, spec, node):
        self._require_parent(spec, node, "before")
        children = self.content(spec)
        _add_text_before(node, spec.text)
        for child in children:
            node.addprevious(child)


def _flatten(specs_tree):
    """Yield the specifications of a tree, looking through ``<data>`` wrappers and past comments."""
    if specs_tree.tag == "data":
        for child in list(specs_tree):
            yield from _flatten(child)
    elif isinstance(specs_tree.tag, str):
        yield specs_tree


def apply_inheritance_specs(
    source: etree._Element,
    specs_tree: etree._Element | list[etree._Element],
    inherit_branding: bool = False,
    pre_locate: Callable[[etree._Element], object] = lambda spec: True,
) -> etree._Element:
    """Apply inheritance specifications to a tree.

    :param source: root element that is modified; its root may be replaced
    :param specs_tree: one specification, a ``<data>`` of them, or a list of either; it is consumed
    :param inherit_branding: accepted for interface compatibility; branding is added by the caller
    :param pre_locate: called with each specification before its target is searched
    :return: the root of the modified tree
    :raise LocatorError: (a ``ValueError``) when a specification does not apply
    """
    application = _Application(source, pre_locate)
    for tree in specs_tree if isinstance(specs_tree, list) else [specs_tree]:
        for spec in _flatten(tree):
            application.apply(spec)
    return application.source
