"""Reading e-mails that may be broken: headers, addresses, and the contents of parts."""

import codecs
import email
import email.policy
import re
from email.errors import MessageError
from email.message import EmailMessage

from markupsafe import Markup

from odoo.addons.base.models.ir_mail_server import POLICY
from odoo.tools.email_address import email_normalize_all, email_split_and_format
from odoo.tools.mail import decode_message_header, html_sanitize, mail_header_msgid_re

#: what the standard library raises for headers it cannot make sense of
_BROKEN = (AttributeError, IndexError, LookupError, MessageError, TypeError, ValueError)
#: headers are written as they were, also broken ones
_OLD_RULES = email.policy.compat32.clone(linesep="\r\n", max_line_length=0)
#: names of charsets that mail programs write, and what Python calls them
_CHARSETS = {"iso-8859-8-i": "iso-8859-8", "iso-8859-8-e": "iso-8859-8", "windows-874": "cp874", "874": "cp874"}
_BLANKS = re.compile(r"\s+")
#: names of files are not longer
_NAME_LENGTH = 255


def _find_codec(name):
    """Return the codec of a charset that Python knows by another name, ``None`` for others."""
    known = _CHARSETS.get(name.replace("_", "-").lower())
    return codecs.lookup(known) if known else None


codecs.register(_find_codec)


class IncomingMessage(EmailMessage):
    """An e-mail that knows how it came, as what is broken cannot be written again."""

    source = b""


def parse_bytes(content):
    """Return an e-mail as a message of the standard library.

    :param content: the e-mail as bytes
    :raise ValueError: when its parts are in each other too deep
    """
    for policy in (POLICY, _OLD_RULES):
        try:
            message = email.message_from_bytes(content, policy=policy, _class=IncomingMessage)
        except RecursionError as error:
            raise ValueError("the parts of the e-mail are in each other too deep to be read") from error
        except _BROKEN:
            # the older rules look into fewer headers
            continue
        message.source = content
        return message
    raise ValueError("the e-mail is too broken to be read")


def _clean(text):
    """Return a text without the one character that the database does not keep."""
    return text.replace("\0", "")


def header_of(message, name, separator=" "):
    """Return the values of a header as text, also where they are broken.

    :param separator: put between the values
    """
    try:
        return _clean(decode_message_header(message, name, separator=separator))
    except _BROKEN:
        raw = (value for key, value in message.raw_items() if key.lower() == name.lower())
        texts = (str(value).encode("utf-8", "surrogateescape").decode("utf-8", "replace") for value in raw)
        return _clean(separator.join(filter(None, texts)))


def addresses_of(message, *names):
    """Return the different addresses of some headers, with their names, as a text separated by commas."""
    found = {}
    for name in names:
        found.update(dict.fromkeys(email_split_and_format(header_of(message, name, separator=","))))
    return ",".join(found)


def normalized(text):
    """Return the different addresses of a text in normal form, as a list."""
    return list(dict.fromkeys(address for address in email_normalize_all(text or "") if "@" in address))


def message_ids_of(text):
    """Return the ids of messages in the text of a header, without what was folded into them."""
    return [_BLANKS.sub("", found) for found in mail_header_msgid_re.findall(text or "")]


def type_of(part):
    """Return the content type of a part, ``text/plain`` where it is broken."""
    try:
        return part.get_content_type()
    except _BROKEN:
        return "text/plain"


def charset_of(part):
    """Return the charset that a part declares, ``None`` without one or with one that nobody knows."""
    try:
        charset = part.get_content_charset()
        codecs.lookup(charset or "utf-8")
    except _BROKEN:
        return None
    return charset


def file_name_of(part):
    """Return the name of the file that a part is, an empty text without one."""
    try:
        name = part.get_filename() or ""
    except _BROKEN:
        name = ""
    shown = "".join(letter for letter in _BLANKS.sub(" ", name) if letter.isprintable())
    return shown.strip()[:_NAME_LENGTH]


def is_attached(part):
    """Tell whether a part says that it is a file beside the text."""
    return header_of(part, "Content-Disposition").strip().lower().startswith("attachment")


def text_of(part):
    """Return the content of a part as text; what its charset has no letter for is replaced."""
    data = part.get_payload(decode=True)
    if data is None:
        return ""
    return _clean(data.decode(charset_of(part) or "utf-8", "replace"))


def content_of(part):
    """Return the content of a part that becomes a file: text, bytes or a message."""
    kind = type_of(part)
    if kind == "message/rfc822" and part.is_multipart():
        return part.get_payload(0)
    if part.is_multipart():
        return b"\n".join(bytes_of(inner) for inner in part.get_payload())
    if kind.startswith("text/"):
        return text_of(part)
    return part.get_payload(decode=True) or b""


def source_of(message):
    """Return an e-mail as it came: text, or bytes where it is in no charset as a whole."""
    source = getattr(message, "source", b"") or bytes_of(message)
    try:
        return _clean(source.decode())
    except UnicodeDecodeError:
        return source


def bytes_of(message):
    """Return a message as bytes; what is broken in it may be replaced."""
    try:
        return message.as_bytes(policy=_OLD_RULES)
    except _BROKEN:
        return message.as_string(policy=_OLD_RULES).encode("utf-8", "replace")


def quoted(message_dict):
    """Return the text of an e-mail as it can stand in an answer."""
    return Markup(html_sanitize(message_dict.get("body") or ""))


def leaves_of(message):
    """Yield the parts of a message, containers of parts too, but nothing inside of messages that are attached."""
    yield message
    if message.is_multipart() and type_of(message).startswith("multipart/"):
        for part in message.get_payload():
            yield from leaves_of(part)


def parts_of(message):
    """Yield all parts of a message, also those inside of messages that are attached."""
    yield message
    if message.is_multipart():
        for part in message.get_payload():
            yield from parts_of(part)
