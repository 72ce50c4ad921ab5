"""Modules that evaluated code may be given, reduced to their harmless part."""

from __future__ import annotations

import datetime as _datetime
import json as _json
import time as _time
import types
from collections.abc import Iterable
from typing import Any

import dateutil as _dateutil
import dateutil.parser
import dateutil.relativedelta
import dateutil.rrule
import dateutil.tz
import pytz as _pytz

__all__ = ["datetime", "dateutil", "json", "pytz", "time", "wrap_module"]


class wrap_module:
    """Stand-in for a module that shows some of its attributes only.

    :param module: the module
    :param attributes: names, or a dict from names to the attributes shown of the submodule of that name (``None``: not
        a submodule)
    :raise AttributeError: when the module has no such attribute
    """

    def __init__(self, module: types.ModuleType, attributes: Iterable[str] | dict[str, Any]) -> None:
        nested = attributes if isinstance(attributes, dict) else dict.fromkeys(attributes)
        self._repr = f"wrapped {module!r}"
        for name, shown in nested.items():
            value = getattr(module, name)
            if isinstance(value, types.ModuleType):
                if not shown:
                    raise TypeError(f"submodule {value.__name__!r} needs a list of attributes to show")
                value = wrap_module(value, shown)
            setattr(self, name, value)

    def __repr__(self) -> str:
        return self._repr


# classes of dateutil.tz that read files stay outside
_FILE_READERS = {"tzfile", "tzical"}
dateutil = wrap_module(  # type: ignore[assignment]  # it takes the place of the module
    _dateutil,
    {
        name: [attribute for attribute in getattr(_dateutil, name).__all__ if attribute not in _FILE_READERS]
        for name in ("tz", "parser", "relativedelta", "rrule")
    },
)
datetime = wrap_module(_datetime, ["date", "datetime", "time", "timedelta", "timezone", "tzinfo", "MAXYEAR", "MINYEAR"])
json = wrap_module(_json, ["loads", "dumps"])
time = wrap_module(_time, ["time", "strptime", "strftime", "sleep"])
pytz = wrap_module(_pytz, ["utc", "UTC", "timezone"])
