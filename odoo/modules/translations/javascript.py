"""Finding the texts and templates in the code of the browser client."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import tree_sitter_javascript
from tree_sitter import Language, Node, Parser

__all__ = ["marked_texts"]

_PARSER = Parser(Language(tree_sitter_javascript.language()))
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f", "v": "\v", "0": "\0"}


def marked_texts(source: bytes, function: str = "_t", template_tag: str = "xml") -> Iterator[tuple[str, str]]:
    """Iterate over the texts that are to be translated.

    :param source: the code, in UTF-8; what is no JavaScript is passed over
    :param function: name of the function, or method, whose first argument is a text
    :param template_tag: tag of the template strings that hold templates of components
    :return: pairs: ``function`` with a text, or ``template_tag`` with a template, without its substitutions
    """
    waiting = [_PARSER.parse(source).root_node]
    while waiting:
        node = waiting.pop()
        waiting += reversed(node.children)
        if node.type != "call_expression":
            continue
        arguments = node.child_by_field_name("arguments")
        name = _called_name(node)
        if arguments is None or name not in (function, template_tag):
            continue
        if name == template_tag and arguments.type == "template_string":
            yield name, _text_of(arguments)
        elif name == function and arguments.type == "arguments" and arguments.named_children:
            text = _literal(next((child for child in arguments.named_children if child.type != "comment"), None))
            if text is not None:
                yield name, text


def _called_name(call: Node) -> str | None:
    """Return the name of the called function, or of the method, ``None`` where it has none."""
    called = call.child_by_field_name("function")
    if called is not None and called.type == "member_expression":
        called = called.child_by_field_name("property")
    return called.text.decode() if called is not None and called.text and not called.children else None


def _literal(node: Node | None) -> str | None:
    """Return a text that stands in the code, in one piece or several with ``+`` between, else ``None``."""
    if node is None:
        return None
    if node.type == "binary_expression" and node.children[1].type == "+":
        left, right = _literal(node.children[0]), _literal(node.children[-1])
        return None if left is None or right is None else left + right
    if node.type == "parenthesized_expression" and len(node.named_children) == 1:
        return _literal(node.named_children[0])
    if node.type == "string" or (
        node.type == "template_string" and not any(child.type == "template_substitution" for child in node.children)
    ):
        return _text_of(node)
    return None


def _text_of(string: Node) -> str:
    """Return the text of a string or template string, without its substitutions."""
    pieces = {"string_fragment": lambda text: text, "escape_sequence": _unescaped}
    text = "".join(
        pieces[child.type](child.text.decode())
        for child in string.children
        if child.type in pieces and child.text is not None
    )
    # a character may be written as two escapes, the halves of it; half a character is none
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _unescaped(sequence: str) -> str:
    """Return the character that an escape sequence stands for."""
    kind = sequence[1]
    if kind in "xu" and len(sequence) > 2:
        number = int(sequence[2:].strip("{}"), 16)
        return chr(number) if number <= sys.maxunicode else "\ufffd"
    if kind in "\r\n\u2028\u2029":
        # the line goes on
        return ""
    return _ESCAPES.get(kind, sequence[1:])
