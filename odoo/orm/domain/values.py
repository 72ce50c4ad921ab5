"""Values of domain conditions: conversion to what a field's column and cache compare with."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from typing import Any

from odoo.i18n.formats import get_lang
from odoo.sql import SQL

__all__ = [
    "DATE_PARTS",
    "EMPTY",
    "NUMBER_TYPES",
    "READ_GROUP_NUMBER_GRANULARITY",
    "complete_pattern",
    "first_weekday",
    "holds_for_empty",
    "is_subquery",
    "scalar_converter",
    "to_ids",
]

#: number that a date part stands for: name -> (PostgreSQL name, function of a date); days of the week from Sunday on
DATE_PARTS: dict[str, tuple[str, Callable]] = {
    "year_number": ("year", lambda day: day.year),
    "quarter_number": ("quarter", lambda day: (day.month + 2) // 3),
    "month_number": ("month", lambda day: day.month),
    "iso_week_number": ("week", lambda day: day.isocalendar()[1]),
    "day_of_year": ("doy", lambda day: day.timetuple().tm_yday),
    "day_of_month": ("day", lambda day: day.day),
    "day_of_week": ("dow", lambda day: day.isoweekday() % 7),
    "hour_number": ("hour", lambda day: getattr(day, "hour", 0)),
    "minute_number": ("minute", lambda day: getattr(day, "minute", 0)),
    "second_number": ("second", lambda day: getattr(day, "second", 0)),
}

#: number granularities and their PostgreSQL names
READ_GROUP_NUMBER_GRANULARITY = {name: part for name, (part, _function) in DATE_PARTS.items()}

#: what stands for "no value", whatever the type of the field
EMPTY = False

#: types of fields that hold numbers
NUMBER_TYPES = frozenset(("integer", "float", "monetary", "many2one_reference"))


def first_weekday(env: Any) -> int:
    """Return the day that the user's weeks begin with and days of the week count from: 0 for Sunday, 1 for Monday."""
    return int(get_lang(env).week_start) % 7


def is_subquery(value: Any) -> bool:
    """Tell whether a condition's value is a query or SQL instead of values."""
    return isinstance(value, SQL) or hasattr(value, "subselect")


def to_ids(value: Any) -> "list | None":
    """Return the ids in a condition's value, ``EMPTY`` for none; ``None`` when it holds something else, like a name.

    :param value: an id, a recordset, or a collection of these
    """
    if hasattr(value, "_ids"):
        return [id_ or id_.origin or EMPTY for id_ in value._ids] or [EMPTY]
    if isinstance(value, str) or not isinstance(value, Iterable):
        value = (value,)
    ids = []
    for item in value:
        if type(item) is int:
            ids.append(item or EMPTY)
        elif hasattr(item, "_ids"):
            ids += to_ids(item)  # type: ignore[arg-type]  # recordsets have ids only
        elif not item and not isinstance(item, str):
            # False, None or the id of a record in memory
            ids.append(getattr(item, "origin", None) or EMPTY)
        elif isinstance(item, (int, float)) and item == int(item):
            ids.append(int(item))
        else:
            return None
    return ids


def complete_pattern(pattern: str) -> str:
    """Return a ``LIKE`` pattern in which a last backslash, with nothing to escape, stands for itself.

    PostgreSQL refuses such a pattern only where it compares as far as that backslash: the error would tell of data.
    """
    backslashes = len(pattern) - len(pattern.rstrip("\\"))
    return pattern + "\\" if backslashes % 2 else pattern


def holds_for_empty(field: Any, operator: str, value: Any) -> bool:
    """Tell whether a condition on ``field`` holds for a record without a value."""
    if is_subquery(value):
        return operator in ("not in", "not any", "!=")
    if operator in ("=", "!="):
        return (not value) == (operator == "=")
    if operator in ("in", "not in"):
        return any(not item for item in value) == (operator == "in")
    if operator.endswith("like"):
        matches = not str(value or "").strip("%")
        return matches != operator.startswith("not")
    if operator in _COMPARES_TO_ZERO and field.type in NUMBER_TYPES:
        return _COMPARES_TO_ZERO[operator](value or 0)
    return operator == "not any"


#: whether 0, which an empty number is, compares so to a number
_COMPARES_TO_ZERO = {
    "<": lambda value: 0 < value,
    "<=": lambda value: 0 <= value,
    ">": lambda value: 0 > value,
    ">=": lambda value: 0 >= value,
}


def scalar_converter(field: Any, operator: str) -> Callable:
    """Return the function that converts one value of a condition on ``field``; it raises ``ValueError``."""
    kind = field.type
    if kind == "datetime":
        return _end_of_day_datetime if operator in (">", "<=") else _start_of_day_datetime
    return _CONVERTERS.get(kind, _to_text)


def _to_text(value):
    if not value:
        # 0 is no empty text
        return str(value) if value == 0 and value is not False else EMPTY
    return value if type(value) is str else str(value)


def _to_integer(value):
    if not value:
        return EMPTY
    if isinstance(value, str):
        number = float(value)
        return int(number) if number == int(number) else number
    return int(value) if value == int(value) else value


def _to_float(value):
    return float(value) if value else EMPTY


def _to_date(value):
    if not value:
        return EMPTY
    value = _parse_temporal(value)
    return value.date() if isinstance(value, datetime) else value


def _start_of_day_datetime(value):
    return _to_datetime(value, time.min)


def _end_of_day_datetime(value):
    return _to_datetime(value, time.max)


def _to_datetime(value, time_of_day):
    if not value:
        return EMPTY
    value = _parse_temporal(value)
    if isinstance(value, datetime):
        if value.tzinfo:
            raise ValueError(f"{value} has a time zone, datetimes are naive and in UTC")
        return value
    return datetime.combine(value, time_of_day)


def _parse_temporal(value):
    """Return a date for ``YYYY-MM-DD``, a datetime for longer texts; dates and datetimes as they are."""
    if isinstance(value, date):
        return value
    text = str(value).strip()
    return date.fromisoformat(text) if len(text) <= 10 else datetime.fromisoformat(text)


def _to_reference(value):
    if hasattr(value, "_ids"):
        return f"{value._name},{value.id}" if value else EMPTY
    if isinstance(value, (list, tuple)) and len(value) == 2:
        return "{},{}".format(*value)
    return value or EMPTY


def _as_is(value):
    return EMPTY if value is None else value


_CONVERTERS = {
    "boolean": bool,
    "integer": _to_integer,
    "many2one_reference": _to_integer,
    "float": _to_float,
    "monetary": _to_float,
    "date": _to_date,
    "reference": _to_reference,
    "binary": _as_is,
    "json": _as_is,
    "properties": _as_is,
}
