"""E-mail addresses: finding, splitting, normalising and writing them."""

from __future__ import annotations

import base64
import re
from email.utils import getaddresses as _getaddresses
from urllib.parse import urlsplit

import idna

__all__ = [
    "email_anonymize",
    "email_domain_extract",
    "email_domain_normalize",
    "email_escape_char",
    "email_normalize",
    "email_normalize_all",
    "email_re",
    "email_split",
    "email_split_and_format",
    "email_split_and_format_normalize",
    "email_split_tuples",
    "encapsulate_email",
    "formataddr",
    "getaddresses",
    "parse_contact_from_email",
    "single_email_re",
    "url_domain_extract",
]

_LOCAL = r"[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+"
_DOMAIN = r"[a-zA-Z0-9-]+(?:\.[a-zA-Z0-9-]+)*\.[a-zA-Z0-9-]{1,63}"
# the look-behinds keep searches linear in texts without addresses
email_re = re.compile(rf"(?<!{_LOCAL[:-1]})({_LOCAL}@{_DOMAIN})", re.VERBOSE)
single_email_re = re.compile(rf"^{_LOCAL}@{_DOMAIN}$", re.VERBOSE)
# with letters of any language
_ANY_LOCAL = r"[\w.!#$%&'*+/=?^`{|}~-]"
_ANY_ADDRESS = re.compile(rf"(?<!{_ANY_LOCAL}){_ANY_LOCAL}+@(?:[^\W_]|-)+(?:\.(?:[^\W_]|-)+)+")
_ESCAPES = re.compile(r'[\\"]')


def getaddresses(fieldvalues) -> list[tuple[str, str]]:
    """Parse header values into (name, address) pairs, leniently: what is no address stays in as it is."""
    lenient = {"strict": False} if "strict" in _getaddresses.__code__.co_varnames else {}
    try:
        return _getaddresses(fieldvalues, **lenient)
    except RecursionError:
        # a thousand remarks in brackets inside of each other are no address
        return []


def email_split_tuples(text) -> list[tuple[str, str]]:
    """Return the (name, address) pairs found in a text; parts without an address are left out.

    Where the text is no list of addresses (``a@b.c / d@e.f``) all addresses in it are returned, without names. An
    address without a local part (``@b.c``) is returned only when the text has no better one.
    """
    if not text:
        return []
    text = str(text)
    pairs = [(name, address) for name, address in getaddresses([text]) if "@" in address]
    if any(address.startswith("@") for _name, address in pairs):
        # what stands between two addresses made the parser lose the start of one
        found = _ANY_ADDRESS.findall(text)
        if found:
            return [("", address) for address in found]
    return [_split_name(address) if not name else (name, address) for name, address in pairs]


def _split_name(address: str) -> tuple[str, str]:
    """Return (name, address) for what was parsed as an address but begins with a name: ``Ann Lee ann@b.c``."""
    parts = [part for _name, part in getaddresses([",".join(address.split())])]
    addresses = [part for part in parts if "@" in part]
    if len(parts) < 2 or not addresses:
        return "", address
    return " ".join(part for part in parts if "@" not in part), addresses[-1]


def email_split(text) -> list[str]:
    """Return the addresses found in a text."""
    return [address for _name, address in email_split_tuples(text)]


def email_split_and_format(text) -> list[str]:
    """Return the addresses found in a text, each with its name, ready for a header."""
    return [formataddr(pair) for pair in email_split_tuples(text)]


def email_split_and_format_normalize(text) -> list[str]:
    """Like :func:`email_split_and_format`, the addresses normalised."""
    return [formataddr((name, _normalize(address))) for name, address in email_split_tuples(text)]


def _normalize(address: str) -> str:
    """Lower-case an address; a local part with other than ASCII letters is case sensitive and stays."""
    local, at, domain = address.rpartition("@")
    if local.isascii():
        local = local.lower()
    return f"{local}{at}{domain.lower()}"


def email_normalize(text, strict: bool = True) -> str | bool:
    """Return the one address in a text in its normal form.

    :param strict: require that there is exactly one; otherwise the first counts
    :return: the address, ``False`` when there is none (or more, if strict)
    """
    first, *others = email_normalize_all(text) or [False]
    return False if others and strict else first


def email_normalize_all(text) -> list[str]:
    """Return all addresses in a text in their normal form."""
    return [_normalize(address) for address in email_split(text)]


def email_domain_extract(email) -> str | bool:
    """Return the domain of the one address in a text, ``False`` when there is none."""
    normalized = email_normalize(email)
    return normalized.rpartition("@")[2] if normalized else False


def email_domain_normalize(domain) -> str | bool:
    """Return a domain in lower case, ``False`` when it is empty or an address."""
    if not domain or "@" in domain:
        return False
    return domain.lower()


def url_domain_extract(url) -> str | bool:
    """Return the last two parts of the host of a URL, ``False`` without host.

    That of ``https://www.example.com/a`` is ``example.com``.
    """
    host = urlsplit(url).hostname
    return ".".join(host.split(".")[-2:]) if host else False


def email_escape_char(email_address: str) -> str:
    """Escape the characters of an address that mean something in an SQL ``LIKE``."""
    return email_address.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def email_anonymize(normalized_email, *, redact_domain: bool = False) -> str:
    """Return an address with most of it replaced by stars.

    :param redact_domain: hide the domain too
    """
    if not normalized_email:
        return normalized_email
    local, at, domain = normalized_email.partition("@")
    hidden = local[:1] + "*" * (len(local) - 2) + local[-1:] if len(local) > 2 else "*" * len(local)
    if redact_domain and domain:
        stem, dot, top = domain.rpartition(".")
        domain = f"{stem[:1]}{'*' * (len(stem) - 1)}{dot}{top}"
    return hidden + at + domain


def formataddr(pair, charset: str = "utf-8") -> str:
    """Return a (name, address) pair as a header writes it.

    What the charset cannot hold is encoded: the domain as IDNA, the name as a word in base64. Other names are quoted.

    :param pair: name (may be empty) and address; an empty address is written ``@``
    :param charset: charset of the header: ``ascii`` encodes whatever has other letters
    :raise idna.IDNAError: the domain is to be encoded, and cannot be
    """
    name, address = pair
    local, at, domain = (address or "@").rpartition("@")
    if not _holds(charset, domain):
        domain = idna.encode(domain.strip("[]"), uts46=True).decode()
    address = f"{local}{at}{domain}"
    if not name:
        return address
    if not _holds(charset, name):
        return f"=?utf-8?b?{base64.b64encode(name.encode()).decode()}?= <{address}>"
    return '"%s" <%s>' % (_ESCAPES.sub(r"\\\g<0>", name), address)


def _holds(charset: str, text: str) -> bool:
    """Tell whether a text can be written in a charset."""
    try:
        text.encode(charset)
    except UnicodeEncodeError:
        return False
    return True


def encapsulate_email(old_email, new_email) -> str:
    """Return ``new_email`` with the name of ``old_email``, so that the reader sees who it is from.

    :param old_email: address shown as a name; may have a name of its own
    :param new_email: address to send from; its name is dropped
    """
    old = getaddresses([old_email]) if old_email else []
    new = getaddresses([new_email]) if new_email else []
    if not old or not old[0] or not old[0][1]:
        return old_email
    if not new or not new[0] or not new[0][1]:
        return None
    old_name, old_address = old[0]
    return formataddr((old_name or old_address.partition("@")[0], new[0][1]))


def parse_contact_from_email(text) -> tuple[str, str]:
    """Split what users type for a contact into a name and an address.

    :return: pair (name, normalised address), either may be empty: ``("Raoul", "raoul@example.com")``
    """
    if not text or not text.strip():
        return "", ""
    pairs = email_split_tuples(text)
    name, address = pairs[0] if pairs else ("", "")
    if name and not address and "@" in name:
        address = name
    if not address:
        return text.strip(), ""
    normalized = _normalize(address)
    if not name:
        before = text.replace("\n", " ").partition(address)[0].strip().rstrip("<").strip(" \"',;")
        name = before if before and "@" not in before else ""
    return name, normalized
