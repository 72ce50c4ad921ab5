"""Finding the texts of a module's code: Python, code of the browser client, and its templates.

The client translates its templates when it compiles them: each text between two tags by itself, those attributes that
people read, and properties of components that say so (``title.translate="..."``).
"""

from __future__ import annotations

import ast
import logging
import os
import re
from collections.abc import Iterator
from typing import IO, NamedTuple

from lxml import etree

import odoo.addons
from odoo.i18n.translate import JAVASCRIPT_TRANSLATION_COMMENT, PYTHON_TRANSLATION_COMMENT
from odoo.tools import config
from odoo.tools.files import file_path
from odoo.tools.xml_utils import SKIPPED_ELEMENT_TYPES

from .javascript import marked_texts

__all__ = ["CodeTerm", "code_terms", "javascript_terms", "python_terms", "template_terms"]

_logger = logging.getLogger(__name__)

_SKIPPED_DIRECTORIES = frozenset(("node_modules", "__pycache__", "i18n", "i18n_extra", "static", "tests"))
_MARKED = re.compile(rb"\b_(?:lt)?\s*\(")
#: attributes of elements that the client translates
_TEMPLATE_ATTRIBUTES = frozenset(
    (
        "alt",
        "aria-label",
        "aria-placeholder",
        "aria-roledescription",
        "aria-valuetext",
        "data-tooltip",
        "label",
        "placeholder",
        "title",
    )
)


class CodeTerm(NamedTuple):
    """A text of code.

    ``path``: the file, as catalogues name it; ``comment``: what catalogues say about the kind of code.
    """

    path: str
    comment: str
    text: str


def code_terms(module: str) -> Iterator[CodeTerm]:
    """Iterate over the texts of a module's code; those of the framework are base's.

    :param module: name of the module
    :raise FileNotFoundError: there is no such module
    """
    root = file_path(module)
    for path, display in _files(root, f"addons/{module}", _SKIPPED_DIRECTORIES, ".py"):
        yield from _terms_of_file(path, display, PYTHON_TRANSLATION_COMMENT, python_terms)
    source, display = os.path.join(root, "static", "src"), f"addons/{module}/static/src"
    for path, name in _files(source, display, frozenset(), ".js"):
        yield from _terms_of_file(path, name, JAVASCRIPT_TRANSLATION_COMMENT, javascript_terms)
    for path, name in _files(source, display, frozenset(), ".xml"):
        yield from _terms_of_file(path, name, JAVASCRIPT_TRANSLATION_COMMENT, template_terms)
    if module == "base":
        framework = config["root_path"]
        addons = {os.path.basename(path) for path in odoo.addons.__path__ if os.path.dirname(path) == framework}
        for path, display in _files(framework, "odoo", _SKIPPED_DIRECTORIES | addons, ".py"):
            yield from _terms_of_file(path, display, PYTHON_TRANSLATION_COMMENT, python_terms)


def _files(root, display, skipped, extension):
    """Iterate over (path, name in catalogues) of the files below a directory, in an order that stays."""
    for directory, directories, files in os.walk(root, followlinks=True):
        directories[:] = sorted(set(directories) - skipped)
        relative = os.path.relpath(directory, root)
        for name in sorted(files):
            if name.endswith(extension):
                shown = os.path.normpath(os.path.join(display, relative, name)).replace(os.sep, "/")
                yield os.path.join(directory, name), shown


def _terms_of_file(path, display, comment, terms_of):
    try:
        with open(path, "rb") as stream:
            texts = list(dict.fromkeys(terms_of(stream)))
    except (SyntaxError, UnicodeDecodeError, etree.XMLSyntaxError) as error:
        _logger.warning("%s has no texts to translate, as it cannot be read: %s", path, error)
        return
    for text in texts:
        yield CodeTerm(display, comment, text)


def python_terms(stream: IO[bytes]) -> Iterator[str]:
    """Iterate over the texts that Python code marks: ``_("...")`` or ``_lt("...")``, as functions or methods."""
    source = stream.read()
    # most files mark nothing, and take long to parse
    if not _MARKED.search(source):
        return
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(
                func=ast.Name(id="_" | "_lt") | ast.Attribute(attr="_" | "_lt"),
                args=[ast.Constant(value=str(text)), *_],
            ):
                yield text


def javascript_terms(stream: IO[bytes]) -> Iterator[str]:
    """Iterate over the texts of client code: ``_t("...")`` and those of templates in it."""
    for kind, text in marked_texts(stream.read()):
        if kind == "_t":
            yield text
            continue
        try:
            template = etree.fromstring(f"<templates>{text}</templates>")
        except etree.XMLSyntaxError as error:
            # the other texts of the file do not depend on it
            _logger.warning("a template has no texts to translate, as it cannot be read: %s: %s", error, text.strip())
        else:
            yield from _template_texts(template)


def template_terms(stream: IO[bytes]) -> Iterator[str]:
    """Iterate over the texts of a file with client templates."""
    yield from _template_texts(etree.parse(stream).getroot())


def _template_texts(node: etree._Element) -> Iterator[str]:
    """Iterate over the texts of an element of a template that the client translates."""
    if isinstance(node, SKIPPED_ELEMENT_TYPES) or node.get("t-translation") == "off":
        return
    tag = etree.QName(node).localname
    takes_expressions = tag[0].isupper() or "t-component" in node.attrib or "t-set-slot" in node.attrib
    for name, value in node.attrib.items():
        if _is_for_people(str(name), not takes_expressions):
            yield str(value).strip()
    # an inheriting template gives texts to attributes
    if tag != "attribute" or _is_for_people(node.get("name", "")):
        yield (node.text or "").strip()
    for child in node:
        yield from _template_texts(child)
        yield (child.tail or "").strip()


def _is_for_people(attribute: str, is_text: bool = True) -> bool:
    """Tell whether the client translates an attribute.

    :param is_text: whether its value is a text, not an expression, unless its name says so
    """
    return attribute.endswith(".translate") or (is_text and attribute in _TEMPLATE_ATTRIBUTES)
