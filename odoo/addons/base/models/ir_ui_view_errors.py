"""Errors of views: a sentence that names the view, the file and line, the node, and what would be right."""

import logging

from lxml import etree

from odoo.exceptions import ValidationError
from odoo.tools import file_path

_logger = logging.getLogger("odoo.addons.base.models.ir_ui_view")


# the text is no longer in the encoding that it may declare
_PARSER = etree.XMLParser(resolve_entities=False, encoding="utf-8")


def parse_arch(arch):
    """Return the root element of an architecture.

    :param arch: text, or bytes in UTF-8
    :raise lxml.etree.XMLSyntaxError: when it is not well-formed XML; entities are none that clients could read
    """
    root = etree.fromstring(arch if isinstance(arch, bytes) else arch.encode(), _PARSER)
    entity = next(root.iter(etree.Entity), None) if root.getroottree().docinfo.doctype else None
    if entity is not None:
        raise etree.XMLSyntaxError(f"Entity {entity.name} is not allowed", None, entity.sourceline or 0, 0)
    return root


def opening_tag(node):
    """Return the opening tag of a node as text."""
    return f"<{node.tag}" + "".join(f' {name}="{value}"' for name, value in node.attrib.items()) + ">"


def line_in_file(filename, xmlid, node, root):
    """Return the line of a node of a view in the data file that defines the view.

    :param filename: path as stored in ``arch_fs``
    :param xmlid: external id of the view
    :param node: a node of the architecture, or ``None`` for the view itself
    :param root: the root of the architecture in which ``node`` was parsed
    :return: line number, or ``None`` when the file does not hold the view
    """
    try:
        document = etree.parse(file_path(filename))
    except (OSError, ValueError, etree.XMLSyntaxError):
        return None
    short = xmlid.rpartition(".")[2]
    for element in document.iter("record", "template"):
        if element.get("id") in (xmlid, short):
            break
    else:
        return None
    if node is None or node.sourceline is None or root.sourceline is None:
        return element.sourceline
    start = element
    if element.tag == "record":
        arch = element.find("field[@name='arch']")
        start = next((child for child in arch if isinstance(child.tag, str)), arch) if arch is not None else element
    return start.sourceline + node.sourceline - root.sourceline


class ViewErrors:
    """The part of ``ir.ui.view`` that reports errors."""

    __slots__ = ()

    def _raise_view_error(self, message, node=None, *, from_exception=None, from_traceback=None):
        """Raise a :class:`ValidationError` about a view.

        :param message: what is wrong
        :param node: the node at fault, when there is one
        :param from_exception: the exception that is being explained
        :param from_traceback: traceback of the new exception
        """
        error = ValidationError(self._describe_error(message, node))
        error.context = {
            "view": self,
            "name": self.name if self else None,
            "xmlid": self._error_xmlid() if self else None,
            "view.model": self.model if self else None,
            "file": self.arch_fs if self else None,
            "line": node.sourceline if node is not None else 1,
        }
        if from_traceback:
            error = error.with_traceback(from_traceback)
        raise error from from_exception

    def _log_view_warning(self, message, node=None):
        """Log a doubt about a view, or hand it to whoever collects them (context ``view_warnings``)."""
        collector = self.env.context.get("view_warnings")
        if collector is not None:
            collector.append(str(message))
        else:
            _logger.warning(self._describe_error(message, node))

    def _error_xmlid(self):
        """Return the external id of the view, even while it is being loaded."""
        return self.env.context.get("install_xmlid") or self.xml_id or self.key or ""

    def _describe_error(self, message, node=None):
        """Return ``message`` followed by where it applies."""
        lines = [str(message)]
        if not self:
            return lines[0] if node is None else f"{lines[0]}\nNode: {opening_tag(node)}"
        self.ensure_one()
        view, root = self, None
        if node is not None:
            view, root = self._find_origin(node)
        # the external id of a view that is being created is only known to the file loader
        xmlid = view._error_xmlid() if view == self else (view.xml_id or view.key or "")
        about = [f"View: {view.name}"]
        about += [f"external id {xmlid}"] if xmlid else []
        about += [f"id {view.id}"] if view.id else []
        about += [f"model {view.model}"] if view.model else []
        lines.append(", ".join(about))
        filename = view.arch_fs or (self.env.context.get("install_filename") if view == self else None)
        if filename:
            line = line_in_file(filename, xmlid, node if root is not None else None, root) if xmlid else None
            lines.append(f"File: {filename}" + (f", line {line}" if line else ""))
        if node is not None and isinstance(node.tag, str):
            lines.append(f"Node: {opening_tag(node)}")
        return "\n".join(lines)

    def _find_origin(self, node):
        """Find which view of the inheritance chain a node of the combined architecture was written in.

        :return: ``(view, root of its architecture)``; the root is ``None`` when the node was not found
        """
        views = self if node.getroottree().getroot().tag in ("data", "xpath") else self._get_view_chain()
        wanted = (node.tag, node.get("name"), node.get("expr"), node.sourceline)
        for view in views:
            root = parse_arch(view.arch)
            for candidate in root.iter(node.tag):
                if wanted == (candidate.tag, candidate.get("name"), candidate.get("expr"), candidate.sourceline):
                    return view, root
        return self, None
