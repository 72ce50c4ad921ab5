"""Tools around messages; the names addons know under ``odoo.tools.mail``."""

from __future__ import annotations

import email.header
import re
import secrets
import socket
import time

from .email_address import (  # noqa: F401
    email_anonymize,
    email_domain_extract,
    email_domain_normalize,
    email_escape_char,
    email_normalize,
    email_normalize_all,
    email_re,
    email_split,
    email_split_and_format,
    email_split_and_format_normalize,
    email_split_tuples,
    encapsulate_email,
    formataddr,
    getaddresses,
    parse_contact_from_email,
    single_email_re,
    url_domain_extract,
)
from .html_clean import SANITIZE_TAGS, html_normalize, html_sanitize, safe_attrs, tag_quote  # noqa: F401
from .html_text import (  # noqa: F401
    HTML_NEWLINES_REGEX,
    HTML_TAG_URL_REGEX,
    HTML_TAGS_REGEX,
    TEXT_URL_REGEX,
    URL_REGEX,
    URL_SKIP_PROTOCOL_REGEX,
    append_content_to_html,
    create_link,
    html2plaintext,
    html_keep_url,
    html_to_inner_content,
    is_html_empty,
    plaintext2html,
    prepend_html_content,
    validate_url,
)

__all__ = [
    "email_domain_extract",
    "email_domain_normalize",
    "email_normalize",
    "email_normalize_all",
    "email_split",
    "encapsulate_email",
    "formataddr",
    "html2plaintext",
    "html_normalize",
    "html_sanitize",
    "is_html_empty",
    "parse_contact_from_email",
    "plaintext2html",
    "single_email_re",
]

# a message id, with or without the comments and quotes some servers put around
mail_header_msgid_re = re.compile(r"<[^<>]+>")
# what tracks the document a message belongs to, in a message id
reference_re = re.compile(r"<.*-open(?:object|erp)-(\d+)(?:-([\w.]+))?[^>]*@([^>]*)>")
discussion_re = re.compile(r"<.*-openerp-private[^>]*@([^>]*)>")


def generate_tracking_message_id(res_id) -> str:
    """Return a message id that tells the document an answer belongs to.

    :param res_id: id of the document, or ``private``
    """
    return f"<{secrets.randbelow(10**15):015d}.{time.time():.6f}-openerp-{res_id}@{socket.gethostname()}>"


def decode_message_header(message, header: str, separator: str = " ") -> str:
    """Return the values of a header of a message as text, joined.

    :param message: :class:`email.message.Message`
    :param header: name of the header
    :param separator: put between the values
    """
    values = (
        str(email.header.make_header(email.header.decode_header(value))) if isinstance(value, str) else str(value)
        for value in message.get_all(header, [])
    )
    return separator.join(value for value in values if value)
