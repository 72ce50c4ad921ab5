"""JSON for places where plain JSON is not enough: inside script tags and with values of the server."""

import datetime
import enum
import json as json_
import re

import markupsafe
import orjson

from .containers import ReadonlyDict
from .func import lazy

__all__ = ["JSON", "json_default", "json_text", "json_value", "scriptsafe"]

_SCRIPT_ESCAPES = {"<": r"\u003c", ">": r"\u003e", "&": r"\u0026", "\u2028": r"\u2028", "\u2029": r"\u2029"}
_SCRIPT_SPECIAL = re.compile("[<>&\u2028\u2029]")


class _ScriptSafe(str):
    """JSON text that becomes safe for a script element when it is put into markup."""

    def __html__(self):
        return markupsafe.Markup(_SCRIPT_SPECIAL.sub(lambda match: _SCRIPT_ESCAPES[match[0]], self))


class JSON:
    """The json module, with output that can be put into a ``<script>`` element of a template as it is."""

    def loads(self, *args, **kwargs):
        """See :func:`json.loads`."""
        return json_.loads(*args, **kwargs)

    def dumps(self, *args, **kwargs):
        """See :func:`json.dumps`; the text escapes itself for scripts when it is rendered by a template."""
        return _ScriptSafe(json_.dumps(*args, **kwargs))


scriptsafe = JSON()

#: forms of values by their type; datetimes are dates too, so they come first
_FORMS = (
    (datetime.datetime, lambda moment: moment.replace(tzinfo=None, microsecond=0).isoformat(" ")),
    (datetime.date, datetime.date.isoformat),
    (lazy, lambda proxy: proxy._value),
    (ReadonlyDict, dict),
    (bytes, bytes.decode),
    (enum.Enum, lambda member: member.value),
)


def json_default(obj):
    """Give ``json.dumps`` a form of the values it does not know (use as its ``default`` argument).

    :return: server format of dates and datetimes, the value of lazies, dicts, text of bytes, the value of members of an
        enumeration; else ``str(obj)``
    """
    for kind, convert in _FORMS:
        if isinstance(obj, kind):
            return convert(obj)
    return str(obj)


#: made once, as what it writes needs no preparation
_encode = json_.JSONEncoder(ensure_ascii=False, default=json_default).encode
#: dates and instances of subclasses are written as the json module does
_OPTIONS = orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_PASSTHROUGH_SUBCLASS
#: what the json module takes for the value of an instance of a subclass
_BARE = (
    (str, str.__str__),
    (int, int.__int__),
    (float, float.__float__),
    (dict, lambda mapping: dict(mapping.items())),
    ((list, tuple), list),
)


def _plain(obj):
    for kind, convert in _BARE:
        if isinstance(obj, kind):
            return convert(obj)
    return json_default(obj)


#: how a run of digits is found: all digits become the same one
_DIGITS = bytes.maketrans(b"123456789", b"0" * 9)
_LONG_NUMBER = b"0" * 19


def json_value(text: bytes):
    """Return what JSON in UTF-8 stands for; halves of UTF-8 become replacement characters.

    :raise ValueError: it is no JSON
    :raise RecursionError: it is nested too deeply
    """
    # fast path of the json module
    if _LONG_NUMBER not in text.translate(_DIGITS):
        try:
            return orjson.loads(text)
        except orjson.JSONDecodeError:
            # numbers that are none, halves of characters, too deep for it, or no JSON
            pass
    return json_.loads(text.decode(errors="replace"))


def json_text(value) -> bytes:
    """Return the JSON of a value in UTF-8, with a form for what JSON does not know (see :func:`json_default`).

    :raise TypeError: a key of a dict is none of text, number, boolean and None
    :raise ValueError: a value contains itself, or text has halves of characters
    """
    # fast path of the json module
    try:
        text = orjson.dumps(value, _plain, _OPTIONS)
    except orjson.JSONEncodeError:
        # great numbers, keys that are no text, halves of characters, too deep for it
        return _encode(value).encode()
    # what is no number is null there
    return text if b"null" not in text else _encode(value).encode()
