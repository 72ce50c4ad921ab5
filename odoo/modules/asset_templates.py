"""Owl templates of bundles: one document, inheritance applied."""

from __future__ import annotations

import copy
import hashlib
import itertools
from collections.abc import Iterable

from lxml import etree

from odoo.tools.suggestions import nearest
from odoo.views.inheritance import apply_inheritance_specs

from .asset_paths import AssetError, AssetFile, left_out

_INHERITANCE = ("t-inherit", "t-inherit-mode", "owl")


class _Definition:
    """A template as written: its element and where it stands."""

    def __init__(self, element: etree._Element, url: str) -> None:
        self.element, self.url, self.line = element, url, element.sourceline
        self.name = element.get("t-name")
        self.parent = element.get("t-inherit")
        self.mode = element.get("t-inherit-mode", "primary")

    def error(self, message: str) -> AssetError:
        return AssetError(f"{self.url}:{self.line}: {message}")


def compile_templates(
    files: Iterable[AssetFile],
    bundle: str,
    problems: list[str] | None = None,
    page_files: Iterable[AssetFile] = (),
    lazy_files: Iterable[AssetFile] = (),
) -> tuple[bytes, str]:
    """Return the document of all templates of a bundle.

    An extension changes its parent in place; a primary template becomes a copy of its parent as extended by what comes
    before it in the bundle.

    :param files: its XML files, as :class:`~odoo.modules.asset_paths.AssetFile`
    :param str bundle: its name, for messages
    :param page_files: those of the page that loads the bundle later; what they define is inherited from, what
        they say of templates of this bundle is applied, and what this bundle changes of theirs is in its document
    :param lazy_files: those of a bundle that this page loads later; what inherits from them waits for it
    :param list problems: takes the messages about files and templates that cannot be used, which are left out then
    :return: ``(document, hash)``, bytes and hexadecimal digest of its content
    :raise AssetError: without ``problems``, when a file is not well-formed or inheritance cannot be applied; names
        the file and line
    """
    templates: dict[str, etree._Element] = {}
    # problems of the page are told where its own document is made
    waiting = _add_files(page_files, templates, [])
    of_page = dict(templates)
    told = set(waiting)
    waiting += _add_files(files, templates, problems)
    waiting = _add_ready(waiting, templates, problems)
    later = _names(lazy_files) if waiting else set()
    for lost in waiting:
        if lost in told or lost.parent in later:
            continue
        with left_out(problems):
            raise lost.error(
                f"template {lost.parent!r} to inherit from is not in bundle {bundle!r}{nearest(lost.parent, templates)}"
            )
    root = etree.Element("templates")
    for name, element in templates.items():
        if of_page.get(name) is element:
            continue
        element.tail = "\n"
        root.append(element)
    content = etree.tostring(root, encoding="utf-8", xml_declaration=True)
    return content, hashlib.sha256(content).hexdigest()[:12]


def _add_files(files, templates, problems):
    """Add the templates of files whose parents, if any, are there; return the definitions of the others."""
    waiting: list[_Definition] = []
    for addon, of_addon in itertools.groupby(files, key=lambda file: _addon_of(file.url)):
        for file in of_addon:
            with left_out(problems):
                for definition in _read(file):
                    if definition.parent and definition.parent not in templates:
                        waiting.append(definition)
                        continue
                    with left_out(problems):
                        _add(definition, templates)
                        waiting = _add_ready(waiting, templates, problems, addon)
        # what other addons change comes after what the addon of the template does itself
        waiting = _add_ready(waiting, templates, problems)
    return waiting


def _add_ready(waiting, templates, problems, addon=None):
    """Add templates, those of one addon if it is given, whose parents came after them; return the others."""

    def is_ready(definition):
        return definition.parent in templates and addon in (None, _addon_of(definition.url))

    while ready := [definition for definition in waiting if is_ready(definition)]:
        for definition in ready:
            with left_out(problems):
                _add(definition, templates)
        waiting = [definition for definition in waiting if definition not in ready]
    return waiting


def _addon_of(url):
    return url.lstrip("/").partition("/")[0]


def _names(files):
    """Return the names of the templates that files define."""
    names: set[str | None] = set()
    for file in files:
        with left_out([]):
            names |= {definition.name for definition in _read(file)}
    return names


def _read(file):
    """Return the definitions of a file."""
    parser = etree.XMLParser(remove_comments=True, resolve_entities=False, no_network=True)
    try:
        root = etree.parse(file.path, parser).getroot()
    except etree.XMLSyntaxError as error:
        raise AssetError(f"{file.url}:{error.lineno}: not well-formed XML: {error.msg}") from error
    elements = [root] if root.get("t-name") or root.get("t-inherit") else list(root.iterchildren("*"))
    definitions = [_Definition(element, file.url) for element in elements]
    for definition in definitions:
        if not definition.name and not (definition.parent and definition.mode == "extension"):
            raise definition.error(f"<{definition.element.tag}> needs the attribute 't-name'")
        if definition.mode not in ("primary", "extension"):
            raise definition.error(f"'t-inherit-mode' is 'primary' or 'extension', not {definition.mode!r}")
    return definitions


def _add(definition, templates):
    """Add a template whose parent, if any, is there."""
    if not definition.parent:
        if definition.name in templates:
            raise definition.error(f"there already is a template named {definition.name!r}")
        templates[definition.name] = _bare(definition.element)
        return
    parent = templates[definition.parent]
    primary = definition.mode == "primary"
    try:
        result = apply_inheritance_specs(copy.deepcopy(parent), _specs(definition.element))
    except ValueError as error:
        raise definition.error(
            f"template {definition.name or definition.parent!r}, inheriting from {definition.parent!r}: {error}"
        ) from error
    if primary:
        result.set("t-name", definition.name)
        for name, value in definition.element.attrib.items():
            if name not in (*_INHERITANCE, "t-name"):
                result.set(name, value)
        templates[definition.name] = _bare(result)
    else:
        result.set("t-name", definition.parent)
        templates[definition.parent] = result


def _specs(element):
    """Return the operations of an inheriting template as a tree of their own."""
    specs = etree.Element("data")
    specs.extend(copy.deepcopy(list(element)))
    return specs


def _bare(element):
    for name in _INHERITANCE:
        element.attrib.pop(name, None)
    return element
