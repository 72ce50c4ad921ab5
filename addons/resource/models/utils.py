"""Spans of time as sets, and helpers around time zones and domains."""

import math
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, time
from typing import Any, Self

import pytz

from odoo import fields
from odoo.osv.expression import AND_OPERATOR, NOT_OPERATOR, OR_OPERATOR, normalize_domain
from odoo.tools import float_round

#: hours of a day of work where no calendar says another number
HOURS_PER_DAY = 8
#: parts of a day that days of work are rounded to by those who ask for it
ROUNDING_FACTOR = 16

_SECONDS_PER_HOUR = 3600


def make_aware(dt: datetime) -> tuple[datetime, Callable[[datetime], datetime]]:
    """Return a moment with a time zone, and what brings results back to the form of ``dt``.

    :param dt: with a time zone, or without one: then it is in UTC
    :return: the aware moment; a function that takes an aware moment to the zone of ``dt``, or to UTC without zone
    """
    if dt.tzinfo:
        zone = dt.tzinfo
        return dt, lambda moment: moment.astimezone(zone)
    return dt.replace(tzinfo=pytz.utc), lambda moment: moment.astimezone(pytz.utc).replace(tzinfo=None)


def timezone_datetime(dt: datetime) -> datetime:
    """Return ``dt`` with its time zone; without one it is in UTC."""
    return dt if dt.tzinfo else dt.replace(tzinfo=pytz.utc)


def string_to_datetime(value: str) -> datetime:
    """Return the moment that a text of the database or of RPC stands for, in UTC with its time zone."""
    return pytz.utc.localize(fields.Datetime.from_string(value))


def datetime_to_string(dt: datetime) -> str:
    """Return an aware moment as text in UTC, as fields take it."""
    return fields.Datetime.to_string(dt.astimezone(pytz.utc))


def float_to_time(hours: float) -> time:
    """Return the time of day for a number of hours; 24 is the last moment of the day."""
    if hours >= 24:
        return time.max
    minutes = int(float_round(math.modf(hours)[0] * 60, precision_digits=0))
    whole = int(hours) + minutes // 60
    return time.max if whole >= 24 else time(whole, minutes % 60)


def _hours(start: datetime, stop: datetime) -> float:
    return (stop - start).total_seconds() / _SECONDS_PER_HOUR


class Intervals:
    """A sorted set of spans ``(start, stop, records)`` of which no two meet.

    Bounds are anything that can be compared; records are those that the span comes from.
    """

    def __init__(self, intervals: Iterable[tuple[Any, Any, Any]] = ()) -> None:
        self._items = self._joined(intervals)

    @staticmethod
    def _are_joined(start: Any, last_stop: Any) -> bool:
        """Tell whether a span continues the one before it."""
        return start <= last_stop

    @classmethod
    def _joined(cls, intervals):
        """Return spans in order, those that belong together made one."""
        items: list[tuple] = []
        for start, stop, records in sorted((item for item in intervals if item[0] < item[1]), key=_start_of):
            if items and cls._are_joined(start, items[-1][1]):
                first, last, known = items[-1]
                items[-1] = (first, max(last, stop), known | records)
            else:
                items.append((start, stop, records))
        return items

    @classmethod
    def _of(cls, items) -> Self:
        """Return the set of spans that are in order already."""
        result = cls.__new__(cls)
        result._items = items
        return result

    def __bool__(self) -> bool:
        return bool(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __iter__(self) -> Iterator[tuple[Any, Any, Any]]:
        return iter(self._items)

    def __reversed__(self) -> Iterator[tuple[Any, Any, Any]]:
        return reversed(self._items)

    def __or__(self, other: Iterable[tuple[Any, Any, Any]]) -> Self:
        """Return what is in one of both."""
        return type(self)([*self, *other])

    def __and__(self, other: Iterable[tuple[Any, Any, Any]]) -> Self:
        """Return what is in both, with the records of the left one."""
        pieces = []
        for start, stop, records, covers in self._with_covers(other):
            pieces += [(max(start, low), min(stop, high), records) for low, high in covers]
        return self._of(pieces)

    def __sub__(self, other: Iterable[tuple[Any, Any, Any]]) -> Self:
        """Return what is in the left one only."""
        pieces = []
        for start, stop, records, covers in self._with_covers(other):
            rest = start
            for low, high in covers:
                if rest < low:
                    pieces.append((rest, low, records))
                rest = high
            if rest < stop:
                pieces.append((rest, stop, records))
        return self._of(pieces)

    def _with_covers(self, other):
        """Yield each span with the bounds of those spans of another set that lie over it."""
        bounds = _merged_bounds(other)
        position, count = 0, len(bounds)
        for start, stop, records in self._items:
            while position < count and bounds[position][1] <= start:
                position += 1
            end = position
            while end < count and bounds[end][0] < stop:
                end += 1
            yield start, stop, records, bounds[position:end]


class WorkIntervals(Intervals):
    """Spans of which two may touch: lines of a calendar stay what they are, and days are counted by them."""

    @staticmethod
    def _are_joined(start: Any, last_stop: Any) -> bool:
        """Only what overlaps belongs together."""
        return start < last_stop


def _start_of(item):
    return item[0]


def _merged_bounds(intervals):
    """Return the bounds ``(start, stop)`` of spans, sorted, those that meet made one."""
    bounds: list[tuple] = []
    for start, stop in sorted((item[0], item[1]) for item in intervals if item[0] < item[1]):
        if bounds and start <= bounds[-1][1]:
            bounds[-1] = (bounds[-1][0], max(bounds[-1][1], stop))
        else:
            bounds.append((start, stop))
    return bounds


def sum_intervals(intervals: Iterable[tuple[datetime, datetime, Any]]) -> float:
    """Return the hours of spans of time."""
    return sum(_hours(start, stop) for start, stop, _records in intervals)


def filter_domain_leaf(
    domain: list, field_check: Callable[[str], bool], field_name_mapping: dict[str, str] | None = None
) -> list:
    """Return what is left of a domain when only conditions on some fields stay.

    :param field_check: tells of a field name whether its conditions stay
    :param field_name_mapping: names of fields that stay under another name, ``{old: new}``
    :return: a normalised domain; an operator of which one side is gone is its other side
    """
    mapping = field_name_mapping or {}
    # from the end: when an operator comes, its operands are there, ``None`` for those that are gone
    operands: list[list | None] = []
    for token in reversed(normalize_domain(domain)):
        if token in (AND_OPERATOR, OR_OPERATOR):
            sides = [side for side in (operands.pop(), operands.pop()) if side is not None]
            operands.append([token, *sides[0], *sides[1]] if len(sides) == 2 else (sides or [None])[0])
        elif token == NOT_OPERATOR:
            negated = operands.pop()
            operands.append(None if negated is None else [token, *negated])
        else:
            operands.append(_kept_leaf(token, field_check, mapping))
    return (operands and operands[-1]) or []


def _kept_leaf(leaf, field_check, mapping):
    """Return a condition as a domain, ``None`` when its field is not wanted."""
    name, *rest = leaf
    if not isinstance(name, str):
        # a constant condition names no field
        return [leaf]
    if not field_check(name):
        return None
    return [(mapping.get(name, name), *rest)]
