"""Cutting XML and HTML into terms to translate, and putting translated terms back.

A term is a run of text together with the inline elements in it (``Press <b>here</b> to go on``), so that translators
see whole
sentences; elements that are no plain inline markup separate terms. Translatable attributes are terms of their own,
unless
they belong to an inline element inside a term.

A translation comes from somebody who may not write the text itself: it is taken as text and inline markup, or not at
all.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable

from lxml import etree, html

from odoo.tools.html_clean import is_active_attribute
from odoo.tools.xml_utils import SKIPPED_ELEMENT_TYPES

__all__ = [
    "TRANSLATED_ATTRS",
    "TRANSLATED_ELEMENTS",
    "get_text_content",
    "html_translate",
    "is_text",
    "translate_attrib",
    "xml_translate",
]

_logger = logging.getLogger(__name__)

# inline markup that stays inside a term
TRANSLATED_ELEMENTS = frozenset(
    # looks, and what words are
    {"b", "em", "font", "i", "mark", "s", "small", "span", "strong", "sub", "sup", "u"}
    | {"abbr", "cite", "code", "data", "del", "dfn", "ins", "kbd", "math", "q", "samp", "time", "var"}
    # lines and directions of writing
    | {"bdi", "bdo", "br", "ruby", "wbr"}
    # parts of forms that stand in a sentence, and text in a picture
    | {"keygen", "meter", "output", "progress", "text"}
)
_PLAIN_ATTRS = frozenset(
    (
        "string",
        "add-label",
        "help",
        "sum",
        "avg",
        "confirm",
        "placeholder",
        "alt",
        "title",
        "label",
        "aria-label",
        "aria-keyshortcuts",
        "aria-placeholder",
        "aria-roledescription",
        "aria-valuetext",
        "value_label",
        "data-tooltip",
        "confirm-label",
        "confirm-title",
        "cancel-label",
    )
)
TRANSLATED_ATTRS = _PLAIN_ATTRS | {f"t-attf-{name}" for name in _PLAIN_ATTRS}
_VALUE_BUTTONS = frozenset(("button", "submit", "reset"))
_SKIPPED_ELEMENTS = frozenset(("script", "style", "title"))
#: attributes that tell when an element is shown, and may be changed
_MODIFIERS = frozenset(("attrs", "column_invisible", "invisible", "readonly", "required"))
_BLANK = re.compile(r"^\s*$")
_EDGE_BLANKS = re.compile(r"^(\s*)(.*?)(\s*)$", re.DOTALL)
_HAS_LETTER = re.compile(r"\w")
#: a "<" at the end of a text that opens no tag
_UNFINISHED_TAG = re.compile(r"<(?=[^<>]*\Z)")
_ATTRIBUTE_NAME = re.compile(r"[\w:.-]+")
#: expressions in the format strings of ``t-attf-`` attributes
_EXPRESSION = re.compile(r"#\{.+?\}|\{\{.+?\}\}", re.DOTALL)


def translate_attrib(node: etree._Element, name: str | bytes) -> bool:
    """Tell whether the attribute of the element holds text for people."""
    if name == "value":
        return node.tag == "input" and node.get("type", "text") in _VALUE_BUTTONS
    return name in TRANSLATED_ATTRS


def is_text(term: str) -> bool:
    """Tell whether a term holds no markup."""
    return "<" not in term or (root := _parse_term(term)) is None or not len(root)


def get_text_content(term: str) -> str:
    """Return the text of a term without its markup."""
    return "".join(html.fragment_fromstring(term, create_parent="div").itertext())


def _parse_term(term: str, parser: etree.XMLParser | None = None) -> etree._Element | None:
    """Return a ``div`` with the term in it, ``None`` when it is not well-formed."""
    try:
        return etree.fromstring(f"<div>{term}</div>", parser)
    except etree.XMLSyntaxError:
        return None


def _parse_html_term(term: str) -> etree._Element:
    return html.fragment_fromstring(term, create_parent="div")


def _parse_html_translation(term: str) -> etree._Element | None:
    """Return a ``div`` with a term that a person wrote, ``None`` when nothing can be made of it."""
    try:
        return _parse_html_term(_UNFINISHED_TAG.sub("&lt;", term))
    except (etree.LxmlError, ValueError):
        return None


def _parse_xml_translation(term: str) -> etree._Element | None:
    """Do the work of :func:`_parse_html_translation` for XML, where raw ``&`` and open tags are taken as in HTML."""
    root = _parse_term(term)
    if root is None:
        root = _parse_html_translation(term)
        # HTML allows names that XML does not
        root = None if root is None else _parse_term(_inner(_serialize_xml(root)))
    return root


def _serialize_xml(node: etree._Element) -> str:
    return etree.tostring(node, method="xml", encoding="unicode", with_tail=False)


def _serialize_html(node: etree._Element) -> str:
    return etree.tostring(node, method="html", encoding="unicode", with_tail=False)


def _inner(serialized: str) -> str:
    """Return what stands between the outer tags."""
    if serialized.endswith("/>"):
        return ""
    return serialized[serialized.index(">") + 1 : serialized.rindex("<")]


class _TermWalker:
    """Walks over a tree and replaces its terms by their translations.

    :param callback: function of a term that returns its translation, or ``None`` to keep it
    :param parse: function that makes a ``div`` element of a translated term, or ``None``
    :param serialize: function that makes a text of an element
    """

    def __init__(self, callback: Callable, parse: Callable, serialize: Callable) -> None:
        self.callback = callback
        self.parse = parse
        self.serialize = serialize

    def is_skipped(self, node: etree._Element) -> bool:
        """Tell whether nothing inside the node is for people."""
        return (
            isinstance(node, SKIPPED_ELEMENT_TYPES)
            or node.tag in _SKIPPED_ELEMENTS
            or node.get("t-translation", "").strip() == "off"
            or (
                node.tag == "attribute"
                and node.get("name") not in TRANSLATED_ATTRS
                and f"{node.get('name')}" != "value"
            )
        )

    def is_inline(self, node: etree._Element) -> bool:
        """Tell whether a node and all in it is plain inline markup, without directives of templates."""
        if isinstance(node, SKIPPED_ELEMENT_TYPES):
            return False
        return (
            node.tag in TRANSLATED_ELEMENTS
            and not any(name.startswith("t-") or name.endswith(".translate") for name in map(str, node.attrib))
            and all(self.is_inline(child) for child in node)
        )

    def has_text(self, node: etree._Element) -> bool:
        """Tell whether an inline node holds something to translate."""
        return (
            not _BLANK.match(node.text or "")
            or any(value.strip() and translate_attrib(node, name) for name, value in node.attrib.items())
            or any(self.has_text(child) or not _BLANK.match(child.tail or "") for child in node)
        )

    def process(self, node: etree._Element) -> None:
        """Translate the terms inside a node, in place, and its attributes."""
        if self.is_skipped(node):
            return
        self._process_attributes(node)
        # a run starts after `anchor` (None: at the start of the node) and holds the children collected in it
        run, anchor = [], None
        for child in list(node):
            if self.is_inline(child):
                run.append(child)
                continue
            self._process_run(node, anchor, run)
            self.process(child)
            run, anchor = [], child
        self._process_run(node, anchor, run)

    def _process_attributes(self, node):
        for name, value in node.attrib.items():
            if value.strip() and translate_attrib(node, name):
                before, term, after = _EDGE_BLANKS.match(value).groups()  # type: ignore[union-attr]  # texts do match
                result = self.callback(term)
                if result and (not name.startswith("t-attf-") or self._is_same_format(term, result)):
                    node.set(name, f"{before}{result}{after}")

    @staticmethod
    def _is_same_format(term: str, translation: str) -> bool:
        """Tell whether a translation evaluates nothing but what the format string does that it translates."""
        return set(_EXPRESSION.findall(translation)) <= set(_EXPRESSION.findall(term))

    def _accepted(self, translation, source, parent):
        """Return a ``div`` with the translation of a term, ``None`` when it may not stand in its place.

        It must be text and inline markup, and run nothing that the term does not run itself.

        :param source: ``div`` with the term
        :param parent: element that the term is in
        """
        is_format = parent.tag == "attribute" and parent.get("name", "").startswith("t-attf-")
        if is_format and not self._is_same_format(source.text or "", translation):
            return None
        root = self.parse(translation)
        if root is None or not self.has_text(root) or not all(self.is_inline(child) for child in root):
            return None
        known = {(node.tag, *item) for node in source.iter() for item in node.attrib.items()}
        for node in root.iter():
            for name, value in node.attrib.items():
                # without its name space, as libxml2 or as HTML writes it
                local = name.rpartition("}")[2].rpartition(":")[2]
                harmless = _ATTRIBUTE_NAME.fullmatch(local) and not is_active_attribute(local, value)
                if not harmless and (node.tag, name, value) not in known:
                    return None
        return root

    def _process_run(self, parent, anchor, run):
        """Translate the text after ``anchor`` with the inline children that follow it."""
        head = (parent.text if anchor is None else anchor.tail) or ""
        has_text = not _BLANK.match(head) or any(
            self.has_text(child) or not _BLANK.match(child.tail or "") for child in run
        )
        if not has_text:
            return
        holder = etree.Element("div")
        holder.text = head
        position = 0 if anchor is None else parent.index(anchor) + 1
        for child in run:
            holder.append(child)
        original = _inner(self.serialize(holder)) if run or head else head
        before, term, after = _EDGE_BLANKS.match(original).groups()  # type: ignore[union-attr]  # texts do match
        result = self.callback(term)
        replacement = self._accepted(result, holder, parent) if result and result != term else None
        if replacement is None:
            replacement = holder
        else:
            replacement.text = before + (replacement.text or "")
            if len(replacement):
                replacement[-1].tail = (replacement[-1].tail or "") + after
            else:
                replacement.text += after
        if anchor is None:
            parent.text = replacement.text
        else:
            anchor.tail = replacement.text
        for offset, child in enumerate(list(replacement)):
            parent.insert(position + offset, child)


def _translate_tree(callback, root, parse, serialize):
    _TermWalker(callback, parse, serialize).process(root)
    return root


def xml_translate(callback: Callable[[str], str | None], value: str) -> str:
    """Return an XML text (an element, or several side by side) with its terms translated.

    :param callback: function of a term that returns its translation, or ``None`` to keep it, as happens with what is
        not just text and inline markup
    :param value: the XML; nothing stays nothing. Text that is no XML is one term... of HTML
    """
    if not value:
        return value
    try:
        root = etree.fromstring(value if not isinstance(value, str) else value.encode())
        return _serialize_xml(_translate_tree(callback, root, _parse_xml_translation, _serialize_xml))
    except etree.ParseError:
        # several roots, or text around them
        parsed = _parse_term(value)
        root = _parse_html_term(value) if parsed is None else parsed
        return _inner(_serialize_xml(_translate_tree(callback, root, _parse_xml_translation, _serialize_xml)))


def html_translate(callback: Callable[[str], str | None], value: str) -> str:
    """Return an HTML text with its terms translated.

    :param callback: function of a term that returns its translation, or ``None`` to keep it, as happens with what is
        not just text and inline markup
    :param value: the HTML; nothing stays nothing, what cannot be parsed stays as it is
    """
    if not value:
        return value
    try:
        root = _parse_html_term(value)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        _logger.warning("HTML to translate cannot be parsed: %s", error)
        return value
    text = _inner(_serialize_html(_translate_tree(callback, root, _parse_html_translation, _serialize_html)))
    return text.replace("\xa0", "&nbsp;")


def _xml_term_converter(value: str) -> str:
    """Return a term in the form the walker gives to terms of XML."""
    root = _parse_term(value)
    if root is None:
        root = _parse_html_term(value)
    return _inner(_serialize_xml(root))


def _html_term_converter(value: str) -> str:
    """Return a term in the form the walker gives to terms of HTML."""
    return _inner(_serialize_html(_parse_html_term(value)))


def _term_adapter(term_en: str) -> Callable[[str], str | None]:
    """Return a function that gives the translation of a term the modifiers of the term's elements.

    Where it has other elements than the term it stays, or is ``None`` when the term has modifiers.
    """
    original = _parse_term(term_en)
    if original is None:
        return lambda term: term
    structure = [(node.tag, len(node)) for node in original.iter()]
    modifiers: list[dict[str | bytes, str | bytes]] = [
        {name: value for name, value in node.attrib.items() if name in _MODIFIERS} for node in original.iter()
    ]

    def adapt(term):
        translated = _parse_term(term)
        if translated is None or [(node.tag, len(node)) for node in translated.iter()] != structure:
            return None if any(modifiers) else term
        for wanted, target in zip(modifiers, translated.iter(), strict=True):
            for name in _MODIFIERS.intersection(target.attrib) - wanted.keys():
                del target.attrib[name]
            target.attrib.update(wanted)
        return _inner(_serialize_xml(translated))

    return adapt


for _translate, _converter in ((xml_translate, _xml_term_converter), (html_translate, _html_term_converter)):
    vars(_translate).update(
        get_text_content=get_text_content, is_text=is_text, term_converter=_converter, term_adapter=_term_adapter
    )
