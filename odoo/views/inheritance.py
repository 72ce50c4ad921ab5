"""Apply inheritance specifications (``<xpath>``, ``<field position=...>``, ...) to an XML tree."""

import copy
import re
from collections.abc import Callable, Mapping

from lxml import etree

from odoo.tools.suggestions import closest

#: target of the instruction that stands for a node that inheritance removed; its text is the tag of the node
REMOVAL = "apply-inheritance-specs-node-removal"

#: attributes that tell which document a node is from, and where it is in there
_ORIGIN = ("data-oe-model", "data-oe-id", "data-oe-field")
_PATH = "data-oe-xpath"

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
    """XPath function ``hasclass('a', 'b')``: does the context node carry all these CSS classes?

    A text may name several, as some templates do.
    """
    if not all(isinstance(name, str) for name in classes):
        raise etree.XPathEvalError("hasclass() takes names of classes")
    present = set((context.context_node.get("class") or "").split())
    return present.issuperset(" ".join(classes).split())


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
        if not isinstance(found, list) or (found and not isinstance(found[0], etree._Element)):
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


def _without_operand(expression, unwanted, operator):
    """Return a Python condition without an operand, or several that the operator joins, and with what is left as is."""
    if _strip_parentheses(expression) == _strip_parentheses(unwanted):
        return ""
    gone = {_strip_parentheses(part) for part in (unwanted, *_split_condition(unwanted, operator))}
    operands = _split_condition(_strip_parentheses(expression), operator)
    left = [operand for operand in operands if _strip_parentheses(operand) not in gone]
    if len(left) < len(operands):
        return f" {operator} ".join(left)
    # it may be deeper inside, where it was added before others
    bracketed = f"({unwanted.strip()})"
    for text in (f" {operator} {bracketed}", f"{bracketed} {operator} "):
        if text in expression:
            return expression.replace(text, "", 1)
    return expression


def _combine_condition(spec, attribute, value, to_add, to_remove, separator):
    """Return a Python condition with one operand removed and one added; what is there already is one operand."""
    operator = (separator or "").strip()
    if operator not in ("and", "or"):
        raise LocatorError(
            f'Attribute {attribute!r} holds a Python expression: its separator must be "and" or "or", '
            f"not {separator!r}",
            spec,
        )
    value = value.strip()
    if to_remove and value:
        value = _without_operand(value, to_remove, operator)
    if to_add and value:
        return f"({value}) {operator} ({to_add.strip()})"
    return to_add.strip() or value


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


def _mark_removal(node):
    """Leave an instruction where a node of the original stands that is about to go, so that later ones keep count."""
    if node.get(_PATH) is None and isinstance(node.tag, str):
        node.addprevious(etree.ProcessingInstruction(REMOVAL, node.tag))


def _origin_of(node):
    """Return the attributes that tell which document a node is from and where it is in there, if that is known."""
    path, around = "", node
    while around.get(_ORIGIN[0]) is None:
        parent = around.getparent()
        if parent is None:
            # nothing around is branded
            return {}
        steps = zip(parent, original_steps(parent), strict=True)
        path = f"/{next(step for child, step in steps if child is around)}{path}"
        around = parent
    origin = {name: around.get(name, "") for name in _ORIGIN}
    return {**origin, _PATH: around.get(_PATH, f"/{around.tag}[1]") + path}


def original_steps(parent: etree._Element) -> list[str | None]:
    """Return the step of a path that leads to each child of a node in the document that the node is from.

    What was removed counts where an instruction tells so; for what was added, text and the like there is ``None``.
    """
    counts: dict[str, int] = {}
    steps: list[str | None] = []
    for child in parent:
        step = None
        if is_removal(child):
            counts[child.text or ""] = counts.get(child.text or "", 0) + 1
        elif isinstance(child.tag, str) and child.get(_PATH) is None:
            # what was added knows its own path
            counts[child.tag] = counts.get(child.tag, 0) + 1
            step = f"{child.tag}[{counts[child.tag]}]"
        steps.append(step)
    return steps


def is_removal(node: etree._Element) -> bool:
    """Tell whether a node is the instruction that stands for one that inheritance removed."""
    return node.tag is etree.ProcessingInstruction and node.target == REMOVAL  # type: ignore[attr-defined]


class _Application:
    """One run of a list of specifications over a source tree; the specifications stay as they are."""

    def __init__(
        self, source: etree._Element, pre_locate: Callable[[etree._Element], object], inherit_branding: bool = False
    ) -> None:
        self.source = source
        self.pre_locate = pre_locate
        self.inherit_branding = inherit_branding

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

    def extract_moved(self, spec: etree._Element, place: etree._Element) -> etree._Element:
        """Return the node a ``position="move"`` child designates, detached from the source.

        :param place: the node at which it is to stand
        """
        if len(spec):
            raise LocatorError('A specification with position="move" must be empty', spec)
        node = self.locate(spec)
        if node is place or node in place.iterancestors():
            raise LocatorError(
                f"{describe_spec(spec)} designates what it would be moved to, or what is around that", spec
            )
        if self.inherit_branding:
            # at the other place it would be taken for a part of the document there
            origin = _origin_of(node)
            _mark_removal(node)
            node.attrib.update(origin)
        remove_element(node)
        node.tail = spec.tail
        return node

    def content(self, spec: etree._Element, place: etree._Element) -> list[etree._Element]:
        """Return copies of the children of ``spec``, with the moved nodes in place of their specification.

        :param place: the node that ``spec`` designates
        """
        return [
            self.extract_moved(child, place) if child.get("position") == "move" else copy.deepcopy(child)
            for child in spec
        ]

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
            self._replace_content(spec, node)
        elif mode == "outer":
            original = self._copy(node)
            children = self.content(spec, node)
            for placeholder in [element for child in children for element in child.iter(etree.Element)]:
                if " ".join((placeholder.text or "").split()) == "$0":
                    placeholder.text = None
                    placeholder.append(copy.deepcopy(original))
            if node.getparent() is None:
                self._replace_root(spec, node, children)
            else:
                self._replace_node(spec, node, children)
        else:
            raise LocatorError(f'Unknown mode {mode!r} for position="replace": use "outer" or "inner"', spec)

    def _copy(self, node):
        """Return a copy of a node for another place."""
        copied = copy.deepcopy(node)
        copied.tail = None
        if self.inherit_branding:
            copied.attrib.update(_origin_of(node))
        return copied

    def _replace_content(self, spec, node):
        """Replace what is in a node; what is moved within it stays."""
        children = self.content(spec, node)
        for child in list(node):
            if self.inherit_branding:
                _mark_removal(child)
            node.remove(child)
        for instruction in node:
            instruction.tail = None
        node.text = None
        self._add_inside(spec, node, children)

    def _replace_root(self, spec, node, children):
        elements = [child for child in children if isinstance(child.tag, str)]
        if len(elements) != 1:
            raise LocatorError(f"Replacing the root <{node.tag}> takes exactly one element, got {len(elements)}", spec)
        self.source = elements[0]
        self.source.tail = None

    def _replace_node(self, spec, node, children):
        _add_text_before(node, spec.text)
        for child in children:
            node.addprevious(child)
        if self.inherit_branding:
            _mark_removal(node)
        remove_element(node)

    def _apply_attributes(self, spec, node):
        for child in spec.iterchildren(etree.Element):
            if child.tag != "attribute":
                raise LocatorError(f'position="attributes" only takes <attribute> elements, not <{child.tag}>', spec)
            _apply_attribute(spec, child, node)

    def _apply_inside(self, spec, node):
        self._add_inside(spec, node, self.content(spec, node))

    def _add_inside(self, spec, node, children):
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
        children = self.content(spec, node)
        tail, node.tail = node.tail, spec.text
        last = node
        for child in children:
            last.addnext(child)
            last = child
        last.tail = (last.tail or "").rstrip() + (tail or "")

    def _apply_before(self, spec, node):
        self._require_parent(spec, node, "before")
        children = self.content(spec, node)
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
    :param specs_tree: one specification, a ``<data>`` of them, or a list of either
    :param inherit_branding: leave an instruction for each node that goes, so that the others can still be counted;
        the caller adds the branding to the specifications
    :param pre_locate: called with each specification before its target is searched
    :return: the root of the modified tree
    :raise LocatorError: (a ``ValueError``) when a specification does not apply
    """
    application = _Application(source, pre_locate, inherit_branding)
    for tree in specs_tree if isinstance(specs_tree, list) else [specs_tree]:
        for spec in _flatten(tree):
            application.apply(spec)
    return application.source
