"""JSON for places where plain JSON is not enough: inside script tags and with values of the server."""

import datetime
import json as json_
import re

import markupsafe

from .containers import ReadonlyDict
from .func import lazy

__all__ = ["JSON", "json_default", "scriptsafe"]

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
)


def json_default(obj):
    """Give ``json.dumps`` a form of the values it does not know (use as its ``default`` argument).

    :return: server format of dates and datetimes, the value of lazies, dicts, text of bytes; else ``str(obj)``
    """
    for kind, convert in _FORMS:
        if isinstance(obj, kind):
            return convert(obj)
    return str(obj)
