"""Small operations on XML trees."""

from __future__ import annotations

import base64
import itertools
import logging
from io import BytesIO

from lxml import etree

from .archives import check_entries

__all__ = [
    "SKIPPED_ELEMENT_TYPES",
    "cleanup_xml_node",
    "create_xml_node",
    "create_xml_node_chain",
    "find_xml_value",
    "load_xsd_files_from_url",
    "remove_control_characters",
    "validate_xml_from_attachment",
]

_logger = logging.getLogger(__name__)
#: bytes of the schemas in an archive
MAX_SCHEMAS = 2**28
SKIPPED_ELEMENT_TYPES = (etree._Comment, etree._ProcessingInstruction, etree.CommentBase, etree.PIBase, etree._Entity)


def remove_control_characters(byte_node: bytes) -> bytes:
    """Return XML text without the characters that XML does not allow."""
    text = byte_node.decode()
    allowed = (
        char
        for char in text
        if char in "\t\n\r" or "\x20" <= char <= "\ud7ff" or "\ue000" <= char <= "\ufffd" or char >= "\U00010000"
    )
    return "".join(allowed).encode()


def cleanup_xml_node(
    xml_node_or_string, remove_blank_text=True, remove_blank_nodes=True, indent_level=0, indent_space="  "
):
    """Return a tree without blank texts and empty elements, indented anew. A tree that is passed in is modified.

    :param xml_node_or_string: element, or its text
    :param remove_blank_text: empty the elements that hold nothing but blanks
    :param remove_blank_nodes: drop elements without text, children and attributes, also those that get empty by that
    :param indent_level: level of the root; negative: what is between elements stays as it is
    :param indent_space: text of one level
    """
    root = xml_node_or_string
    if isinstance(root, str):
        root = root.encode()
    if isinstance(root, bytes):
        root = etree.fromstring(remove_control_characters(root))
    # children come before their parents, which they may leave empty
    for node in reversed([*root.iterdescendants()]):
        if remove_blank_text and not len(node) and node.text and not node.text.strip():
            node.text = ""
        hollow = not (len(node) or node.text or node.attrib)
        if remove_blank_nodes and hollow and not (node.tail or "").strip():
            node.getparent().remove(node)
    if indent_level >= 0:
        _indent(root, "\n" + indent_space * indent_level, indent_space)
        _set_break(root, "tail", "\n")
    return root


def _indent(node, line_break, indent_space):
    """Put the children of an element on lines of their own; ``line_break`` is what stands before its end tag."""
    if not len(node):
        return
    inner = line_break + indent_space
    _set_break(node, "text", inner)
    for child in node:
        _indent(child, inner, indent_space)
        _set_break(child, "tail", inner if child is not node[-1] else line_break)


def _set_break(node, place, line_break):
    """Set the text or the tail of a node unless it says something."""
    if not (getattr(node, place) or "").strip():
        setattr(node, place, line_break)


def find_xml_value(xpath, xml_element, namespaces=None):
    """Return the text of the first element an XPath finds, ``None`` when it finds none."""
    found = xml_element.xpath(xpath, namespaces=namespaces)
    return found[0].text if found else None


def create_xml_node(parent_node, node_name, node_value=None):
    """Append an element, with text if given, and return it."""
    node = etree.SubElement(parent_node, node_name)
    if node_value is not None:
        node.text = node_value
    return node


def create_xml_node_chain(first_parent_node, nodes_list, last_node_value=None):
    """Append elements, each inside the one before; return them. The last one gets the text."""
    _first, *chain = itertools.accumulate(nodes_list, create_xml_node, initial=first_parent_node)
    if chain and last_node_value is not None:
        chain[-1].text = last_node_value
    return chain


class _AttachmentResolver(etree.Resolver):
    """Resolve the includes of a schema to attachments with the same name.

    :param env: environment
    :param prefix: put before the name of the file
    """

    def __init__(self, env, prefix):
        super().__init__()
        self.env = env
        self.prefix = prefix

    def resolve(self, url, id, context):
        """Return the content of the attachment as the parser's input; ``None`` when there is none."""
        attachment = _find_schema(self.env, url.rpartition("/")[2], self.prefix)
        return self.resolve_string(attachment.raw, context) if attachment else None


def load_xsd_files_from_url(
    env,
    url,
    file_name=None,
    force_reload=False,
    request_max_timeout=10,
    xsd_name_prefix="",
    xsd_names_filter=None,
    modify_xsd_content=None,
):
    """Download a schema, or a zip archive of schemas, and keep each as an attachment.

    :param url: where it is
    :param file_name: name of a single schema, by default the last part of the URL
    :param force_reload: replace attachments that exist
    :param xsd_name_prefix: put before the names of the attachments, with a dot
    :param xsd_names_filter: names to take out of an archive (one or several); all ``.xsd`` files by default
    :param modify_xsd_content: function of the bytes that returns the bytes to store
    :return: the attachments
    :raise requests.RequestException: when the download fails
    :raise ValueError: when the schemas in an archive are unreasonably large
    """
    import zipfile

    import requests

    response = requests.get(url, timeout=request_max_timeout)
    response.raise_for_status()
    content = response.content
    files = {}
    if zipfile.is_zipfile(BytesIO(content)):
        wanted = {xsd_names_filter} if isinstance(xsd_names_filter, str) else set(xsd_names_filter or ())
        with zipfile.ZipFile(BytesIO(content)) as archive:
            check_entries(archive.infolist(), len(content), MAX_SCHEMAS)
            for member in archive.namelist():
                name = member.rpartition("/")[2]
                if name.endswith(".xsd") and (not wanted or name in wanted):
                    files[name] = archive.read(member)
    else:
        files[file_name or url.rpartition("/")[2]] = content
    attachments = env["ir.attachment"]
    for name, data in files.items():
        if modify_xsd_content:
            data = modify_xsd_content(data)
        full_name = f"{xsd_name_prefix}.{name}" if xsd_name_prefix else name
        known = attachments.search([("name", "=", full_name)], limit=1)
        if known and force_reload:
            known.raw = data
        elif not known:
            known = attachments.create({"name": full_name, "datas": base64.b64encode(data), "public": True})
        attachments |= known
    return attachments


def validate_xml_from_attachment(env, xml_content, xsd_name, reload_files_function=None, prefix=None):
    """Validate XML against a schema kept as an attachment; nothing happens when there is no such attachment.

    :param xml_content: element or text of the document
    :param xsd_name: name of the schema
    :param prefix: put before the name, with a dot
    :raise UserError: with all messages, when the document is not valid
    """
    full_name = f"{prefix}.{xsd_name}" if prefix else xsd_name
    try:
        _check_with_xsd(xml_content, full_name, env, prefix)
    except FileNotFoundError:
        _logger.info("schema %s is not loaded, validation skipped", full_name)


def _check_with_xsd(tree_or_str, stream, env=None, prefix=None):
    """Validate XML against a schema.

    :param tree_or_str: element or text of the document
    :param stream: path of the schema, or file to read it from; with an environment also the name of an attachment,
        which ends in ``.xsd``
    :param env: environment in whose attachments the schema, and those that it includes, are looked up
    :param prefix: put before the names of included schemas, with a dot
    :raise UserError: with all messages, when the document is not valid
    :raise FileNotFoundError: when there is no attachment of that name
    """
    from odoo.exceptions import UserError

    schema = _read_schema(stream, env, prefix)
    # text may have a declaration, with which only bytes are parsed
    text = tree_or_str.encode() if isinstance(tree_or_str, str) else tree_or_str
    if not schema.validate(text if etree.iselement(text) else etree.fromstring(text)):
        raise UserError("\n".join(entry.message for entry in schema.error_log))


def _read_schema(stream, env, prefix):
    """Return the schema for :func:`_check_with_xsd`."""
    if not env:
        return etree.XMLSchema(etree.parse(stream))
    source = stream
    if isinstance(stream, str) and stream.endswith(".xsd"):
        stored = _find_schema(env, stream)
        if not stored:
            raise FileNotFoundError(f"there is no attachment {stream!r}")
        source = BytesIO(stored.raw)
    including = etree.XMLParser()
    including.resolvers.add(_AttachmentResolver(env, prefix))
    return etree.XMLSchema(etree.parse(source, including))


def _find_schema(env, name, prefix=None):
    """Return the attachment of a schema that the user may read; it may be empty."""
    return env["ir.attachment"].search([("name", "=", f"{prefix}.{name}" if prefix else name)], limit=1)
