"""Small operations on XML trees."""

from __future__ import annotations

import base64
import itertools
import logging
from io import BytesIO

from lxml import etree

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
    """Return a tree without blanks and empty nodes, indented anew. A tree that is passed in is modified.

    :param xml_node_or_string: element, or its text
    :param remove_blank_text: drop text that is only blanks
    :param remove_blank_nodes: drop leaf elements without text and attributes
    :param indent_level: level of the root; negative: no indentation
    :param indent_space: text of one level
    """
    root = xml_node_or_string
    if isinstance(root, str):
        root = root.encode()
    if isinstance(root, bytes):
        root = etree.fromstring(remove_control_characters(root))

    def clean(node, level):
        break_text = f"\n{indent_space * level}" if level >= 0 else ""
        for child in list(node):
            clean(child, level + 1 if level >= 0 else level)
        if node.text and not node.text.strip() and remove_blank_text:
            node.text = None
        parent = node.getparent()
        if (
            parent is not None
            and remove_blank_nodes
            and not len(node)
            and not (node.text or "").strip()
            and not node.attrib
        ):
            parent.remove(node)
            return
        if level >= 0 and len(node):
            node.text = (node.text or "").rstrip() + break_text + indent_space
            node[-1].tail = break_text
            for child in node[:-1]:
                child.tail = break_text + indent_space
        elif level < 0 and node.tail and not node.tail.strip():
            node.tail = None

    clean(root, indent_level)
    if root.getparent() is None:
        root.tail = None
    return root


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
        name = url.rpartition("/")[2]
        attachment = (
            self.env["ir.attachment"]
            .sudo()
            .search([("name", "=", f"{self.prefix}.{name}" if self.prefix else name)], limit=1)
        )
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
    from odoo.exceptions import UserError

    full_name = f"{prefix}.{xsd_name}" if prefix else xsd_name
    schema = env["ir.attachment"].sudo().search([("name", "=", full_name)], limit=1)
    if not schema:
        _logger.info("schema %s is not loaded, validation skipped", full_name)
        return
    parser = etree.XMLParser()
    parser.resolvers.add(_AttachmentResolver(env, prefix))
    validator = etree.XMLSchema(etree.fromstring(schema.raw, parser=parser))
    document = xml_content if isinstance(xml_content, etree._Element) else etree.fromstring(xml_content)
    if not validator.validate(document):
        raise UserError("\n".join(str(error.message) for error in validator.error_log))
