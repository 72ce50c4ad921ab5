"""Small functions on text."""

from __future__ import annotations

import re
import unicodedata
from itertools import filterfalse

__all__ = [
    "exception_to_unicode",
    "get_encodings",
    "get_flag",
    "human_size",
    "mod10r",
    "natural_number",
    "remove_accents",
    "str2bool",
    "street_split",
    "ustr",
]

_TRUE_WORDS = frozenset(("y", "yes", "1", "true", "t", "on"))
_FALSE_WORDS = frozenset(("n", "no", "0", "false", "f", "off"))
#: the largest number in a column of integers
_LARGEST = 2**31 - 1
_LARGEST_DIGITS = len(str(_LARGEST))
_SIZE_UNITS = ("bytes", "Kb", "Mb", "Gb", "Tb")
_MOD10_CARRY = (0, 9, 4, 6, 8, 2, 7, 1, 3, 5)
# "Main Street 12b - 3": a number is a word that starts with a digit, a second one follows a dash
_STREET = re.compile(r"^(?P<name>.*?)(?:\s+(?P<number>\d\S*))?(?:\s+-\s+(?P<number2>.+))?$", re.DOTALL)


def str2bool(s: str, default: bool | None = None) -> bool:
    """Read a boolean from a text such as ``yes``, ``off``, ``1``.

    :param default: returned for other texts
    :raise ValueError: for other texts when there is no default
    """
    if isinstance(s, bool):
        return s
    word = str(s).lower()
    if word in _TRUE_WORDS:
        return True
    if word in _FALSE_WORDS:
        return False
    if default is None:
        raise ValueError(f"{s!r} is no boolean; use one of {', '.join(sorted(_TRUE_WORDS | _FALSE_WORDS))}")
    return bool(default)


def natural_number(text: str | None) -> int | None:
    """Return the number that a text of digits 0 to 9 writes, ``None`` for other texts.

    It is for ids and sizes in addresses and templates: numbers that no column of integers can hold are none.
    """
    # other scripts have digits that ``int`` refuses, and it refuses thousands of them
    if not text or len(text) > _LARGEST_DIGITS or not (text.isascii() and text.isdecimal()):
        return None
    number = int(text)
    return number if number <= _LARGEST else None


def human_size(sz: float | str) -> str | bool:
    """Return a size in bytes (or the length of a text) as people write it, e.g. ``1.50 Kb``; ``False`` for nothing."""
    if not sz:
        return False
    size = float(len(sz)) if isinstance(sz, str) else float(sz)
    unit = 0
    while size >= 1024 and unit < len(_SIZE_UNITS) - 1:
        size /= 1024
        unit += 1
    return f"{size:.2f} {_SIZE_UNITS[unit]}"


def remove_accents(input_str: str) -> str:
    """Return the text with every letter in its base form (``é`` is ``e``, ``ø`` stays)."""
    return input_str and "".join(filterfalse(unicodedata.combining, unicodedata.normalize("NFKD", input_str)))


def mod10r(number: str) -> str:
    """Return the text followed by the check digit over its digits, recursive modulo 10 (payment slip references)."""
    carry = 0
    for char in number:
        if char.isdigit():
            carry = _MOD10_CARRY[(int(char) + carry) % 10]
    return f"{number}{(10 - carry) % 10}"


def street_split(street) -> dict[str, str]:
    """Split the street line of an address.

    :return: dict with ``street_name``, ``street_number`` and ``street_number2``
    """
    match = _STREET.match(street or "")
    return {
        "street_name": match["name"].strip(),
        "street_number": match["number"] or "",
        "street_number2": match["number2"] or "",
    }


def get_flag(country_code: str) -> str:
    """Return the flag emoji of a two-letter country code."""
    return "".join(chr(0x1F1E6 + ord(letter) - ord("A")) for letter in country_code.upper())


def get_encodings(hint_encoding="utf-8"):
    """Iterate over encodings to try for text of unknown origin, the hinted one and its usual confusions first."""
    seen = set()
    confusions = {"latin1": "latin9", "iso-8859-1": "iso8859-15", "iso8859-1": "iso8859-15", "cp1252": "1252"}
    for encoding in (hint_encoding, confusions.get(hint_encoding.lower()), "utf-8", "latin1"):
        if encoding and encoding not in seen:
            seen.add(encoding)
            yield encoding


def ustr(value, hint_encoding="utf-8", errors="strict") -> str:
    """Return any value as text; bytes are decoded by the first encoding that fits.

    :raise UnicodeError: when bytes cannot be decoded
    """
    if isinstance(value, str):
        return value
    if not isinstance(value, (bytes, bytearray)):
        return str(value)
    for encoding in get_encodings(hint_encoding):
        try:
            return bytes(value).decode(encoding, errors)
        except (UnicodeDecodeError, LookupError):
            continue
    raise UnicodeError(f"unable to decode {value!r}")


def exception_to_unicode(e) -> str:
    """Return the message of an exception as text."""
    args = getattr(e, "args", None)
    return "\n".join(ustr(arg) for arg in args) if args else ustr(e)
