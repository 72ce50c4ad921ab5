"""Text and files of incoming e-mails."""

import logging
import re
from contextlib import suppress
from dataclasses import dataclass, field

import lxml.html
from lxml import etree
from markupsafe import Markup

from odoo import models
from odoo.tools.mail import append_content_to_html, html_sanitize

from ..tools import incoming

_logger = logging.getLogger(__name__)

#: elements of mails of ours that answers quote, and that say nothing
_NOTICES = "//*[contains(concat(' ', @class, ' ', @summary, ' '), 'o_mail_notification')]"
_PDF = re.compile(r"^\s*pdf\s*;", re.IGNORECASE)


@dataclass
class _Content:
    """What was found in an e-mail so far."""

    body: str = ""
    attachments: list = field(default_factory=list)
    alternative: bool = False
    mixed: bool = False
    html: bool = False


def _without_classes(html):
    """Return HTML without what could do harm, and without the classes of others."""
    return html_sanitize(html, sanitize_tags=False, strip_classes=True)


def _tree_of(html):
    """Return HTML as a tree, ``None`` where there is nothing in it."""
    # a declaration of an encoding is refused in text, and taken in bytes
    for source in (html, html.encode()):
        with suppress(ValueError, etree.ParserError):
            return lxml.html.fromstring(source)
    return None


def _repair_type(part):
    """Correct content types that some programs write wrongly."""
    raw = incoming.header_of(part, "Content-Type")
    if _PDF.match(raw):
        part.replace_header("Content-Type", "application/pdf;" + raw.partition(";")[2])
    elif incoming.type_of(part) == "binary/octet-stream":
        _logger.warning("a part of an e-mail is called binary/octet-stream: it is taken for application/octet-stream")
        part.set_type("application/octet-stream")


class MailThreadGatewayBody(models.AbstractModel):
    """The contents of e-mails."""

    _inherit = "mail.thread"

    def _message_parse_extract_payload(self, message, message_dict, save_original=False):
        """Return text and files of an e-mail.

        :param message: :class:`email.message.EmailMessage`
        :param message_dict: what is known of it: ``is_bounce``
        :param save_original: the first file is the e-mail itself
        :return: dict with ``body`` (HTML) and ``attachments`` (list of ``(fname, content, info)``)
        """
        content = _Content()
        if save_original:
            content.attachments.append(self._Attachment("original_email.eml", incoming.source_of(message), {}))
        kind = incoming.type_of(message)
        if kind in ("text/plain", "text/html"):
            self._add_text(content, incoming.text_of(message), kind)
        else:
            for part in incoming.leaves_of(message):
                if message_dict.get("is_bounce") and content.body:
                    break
                self._add_part(content, part)
        return self._message_parse_extract_payload_postprocess(
            message, {"body": content.body, "attachments": content.attachments}
        )

    def _add_part(self, content, part):
        """Add a part to what was found: as a file, or to the text."""
        _repair_type(part)
        kind = incoming.type_of(part)
        if kind.startswith("multipart/"):
            content.alternative |= kind == "multipart/alternative"
            content.mixed |= kind == "multipart/mixed"
            return
        name = incoming.file_name_of(part)
        cid = incoming.header_of(part, "Content-Id").strip().strip("<>")
        is_file = bool(name) or incoming.is_attached(part)
        if is_file or kind not in ("text/plain", "text/html"):
            charset = incoming.charset_of(part) or ("utf-8" if kind.startswith("text/") else None)
            info = {"encoding": charset, **({"cid": cid} if name and cid else {})}
            content.attachments.append(self._Attachment(name or "attachment", incoming.content_of(part), info))
        elif kind == "text/html" or not (content.alternative and content.body):
            self._add_text(content, incoming.text_of(part), kind)

    def _add_text(self, content, text, kind):
        """Add a text to the body; of several forms of one, HTML counts."""
        if kind == "text/plain":
            content.body = append_content_to_html(content.body, text, preserve=True)
            return
        if content.alternative and not (content.html and content.mixed):
            content.body = text
        elif content.body:
            content.body = append_content_to_html(content.body, text, plaintext=False)
        else:
            content.body = text
        content.html = content.html or bool(text)
        content.body = _without_classes(content.body) if content.body.strip() else content.body

    def _message_parse_extract_payload_postprocess(self, message, payload_dict):
        """Leave out of a text what answers quote of our own mails, and name the files of its pictures.

        :param message: the e-mail
        :param payload_dict: dict with ``body`` and ``attachments``
        :return: the same
        """
        body, attachments = payload_dict["body"], payload_dict["attachments"]
        root = _tree_of(str(body)) if body.strip() else None
        if root is None:
            return {"attachments": attachments, "body": body}
        changed = False
        for node in root.xpath(_NOTICES):
            if node.getparent() is not None:
                node.drop_tree()
                changed = True
        by_source = {f"cid:{file.info['cid']}": file for file in attachments if "cid" in file.info}
        for picture in root.iter("img"):
            if file := by_source.get(picture.get("src")):
                picture.set("data-filename", file.fname)
                changed = True
        if changed:
            body = Markup(lxml.html.tostring(root, encoding="unicode"))
        return {"attachments": attachments, "body": body}
