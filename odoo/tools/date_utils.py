"""Arithmetic on dates: bounds of periods, ranges, conversions."""

from __future__ import annotations

import calendar
import math
import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Literal, TypeVar

import pytz
from dateutil.relativedelta import relativedelta

__all__ = [
    "add",
    "date_range",
    "date_type",
    "end_of",
    "float_to_time",
    "get_fiscal_year",
    "get_month",
    "get_quarter",
    "get_quarter_number",
    "get_timedelta",
    "json_default",
    "localized",
    "parse_iso_date",
    "start_of",
    "subtract",
    "sum_intervals",
    "time_to_float",
    "to_timezone",
    "weekend",
    "weeknumber",
    "weekstart",
]

D = TypeVar("D", date, datetime)
Granularity = Literal["year", "quarter", "month", "week", "day", "hour"]
GRANULARITIES = ("year", "quarter", "month", "week", "day", "hour")
utc = pytz.utc
_ONE_MONTH = relativedelta(months=1)
#: what `relativedelta` calls the periods of :func:`get_timedelta`
_UNITS = {unit: f"{unit}s" for unit in ("hour", "day", "week", "month", "year")}


def date_type(value: D) -> type:
    """Return ``datetime`` or ``date``, whichever the value is."""
    return datetime if isinstance(value, datetime) else date


def _months(date: D, first: int, last: int) -> tuple[D, D]:
    """Return the first day of one month and the last day of another, both of the year of a date."""
    closing = calendar.monthrange(date.year, last)[1]
    return date.replace(month=first, day=1), date.replace(month=last, day=closing)


def get_month(date: D) -> tuple[D, D]:
    """Return the first and the last day of the month of a date."""
    return _months(date, date.month, date.month)


def get_quarter_number(date: date) -> int:
    """Return the number of the quarter (1 to 4) of a date."""
    return (date.month + 2) // 3


def get_quarter(date: D) -> tuple[D, D]:
    """Return the first and the last day of the quarter of a date."""
    last_month = 3 * get_quarter_number(date)
    return _months(date, last_month - 2, last_month)


def get_fiscal_year(date: D, day: int = 31, month: int = 12) -> tuple[D, D]:
    """Return the bounds of the fiscal year a date lies in.

    :param date: the date
    :param day: day of the month on which the fiscal year ends; the last of February means 28 or 29
    :param month: month in which the fiscal year ends
    :return: pair (first day, last day)
    """

    def closing(year):
        month_days = calendar.monthrange(year, month)[1]
        leap_aware_day = month_days if month == 2 and day in (28, 29) else min(day, month_days)
        return date.replace(year=year, month=month, day=1) + timedelta(days=leap_aware_day - 1)

    date_to = closing(date.year)
    if date > date_to:
        date_to = closing(date.year + 1)
    previous = closing(date_to.year - 1)
    return previous + timedelta(days=1), date_to


def get_timedelta(qty: int, granularity: Literal["hour", "day", "week", "month", "year"]):
    """Return ``qty`` times a period as a :class:`relativedelta`.

    :raise KeyError: on an unknown granularity
    """
    return relativedelta(**{_UNITS[granularity]: qty})


def _week(date: D) -> tuple[D, D]:
    monday = date - timedelta(days=date.weekday())
    return monday, monday + timedelta(days=6)


#: how the first and the last day of a period are found from a day in it
_PERIODS = {
    "year": lambda date: _months(date, 1, 12),
    "quarter": get_quarter,
    "month": get_month,
    "week": _week,
    "day": lambda date: (date, date),
    "hour": lambda moment: (moment, moment),
}
_HOUR = ({"minute": 0, "second": 0, "microsecond": 0}, {"minute": 59, "second": 59, "microsecond": 999999})
_DAY = ({"hour": 0, **_HOUR[0]}, {"hour": 23, **_HOUR[1]})


def _bound(value, granularity, which):
    """Return the first moment (0) or the last one (1) of the period a date or datetime lies in."""
    _check_granularity(value, granularity)
    day = _PERIODS[granularity](value)[which]
    if not isinstance(value, datetime):
        return day
    clock = _HOUR if granularity == "hour" else _DAY
    return day.replace(**clock[which])


def _check_granularity(value, granularity):
    if granularity not in GRANULARITIES or (granularity == "hour" and not isinstance(value, datetime)):
        known = GRANULARITIES if isinstance(value, datetime) else GRANULARITIES[:-1]
        raise ValueError(f"granularity must be one of {', '.join(known)} for {value!r}, got {granularity!r}")


def start_of(value: D, granularity: Granularity) -> D:
    """Return the first moment of the period a date or datetime lies in.

    :param granularity: year, quarter, month, week (from Monday), day, or hour (datetimes only)
    :raise ValueError: on an unknown granularity
    """
    return _bound(value, granularity, 0)


def end_of(value: D, granularity: Granularity) -> D:
    """Return the last moment of the period a date or datetime lies in (see :func:`start_of`)."""
    return _bound(value, granularity, 1)


def add(value: D, *args, **kwargs) -> D:
    """Return the value plus ``relativedelta(*args, **kwargs)``."""
    return value + relativedelta(*args, **kwargs)


def subtract(value: D, *args, **kwargs) -> D:
    """Return the value minus ``relativedelta(*args, **kwargs)``."""
    return value - relativedelta(*args, **kwargs)


def date_range(start: D, end: D, step: relativedelta = _ONE_MONTH) -> Iterator[D]:
    """Iterate from ``start`` to ``end``, both included, by ``step``.

    Datetimes with a timezone keep their wall clock time across changes of the offset.

    :raise ValueError: when the bounds do not have the same kind or timezone, are out of order, or the step is empty
    """
    zone = None
    if isinstance(start, datetime) != isinstance(end, datetime):
        raise ValueError("start and end must be both dates or both datetimes")
    if isinstance(start, datetime):
        if (start.tzinfo is None) != (end.tzinfo is None):
            raise ValueError("start and end must both have a timezone, or none")
        if start.tzinfo is not None:
            if getattr(start.tzinfo, "zone", start.tzinfo) != getattr(end.tzinfo, "zone", end.tzinfo):
                raise ValueError("timezones of start and end differ")
            zone = start.tzinfo
            start, end = start.replace(tzinfo=None), end.replace(tzinfo=None)
    if start > end:
        raise ValueError("start must be before end")
    if start + step <= start:
        raise ValueError("step must move forward")
    relocalize: Callable = (
        (lambda moment: moment)
        if zone is None
        else (zone.localize if hasattr(zone, "localize") else lambda moment: moment.replace(tzinfo=zone))
    )
    current, count = start, 0
    while current <= end:
        yield relocalize(current)
        count += 1
        # multiplied from the start: adding month by month would stick to the 28th after February
        current = start + step * count


def localized(dt: datetime) -> datetime:
    """Return an aware datetime: naive ones are taken as UTC."""
    return dt if dt.tzinfo else dt.replace(tzinfo=utc)


def to_timezone(tz) -> Callable[[datetime], datetime]:
    """Return a function that converts datetimes (naive: UTC) to a timezone; to naive UTC when ``tz`` is ``None``."""
    if tz is None:
        return lambda dt: dt.astimezone(utc).replace(tzinfo=None) if dt.tzinfo else dt
    return lambda dt: localized(dt).astimezone(tz)


_ISO_DATE = re.compile(r"^\d{4}-\d{2}-\d{2}$")


def parse_iso_date(value: str) -> date | datetime:
    """Parse an ISO text.

    :return: a date when the text has no time part, else a datetime
    :raise ValueError: when it is neither
    """
    return date.fromisoformat(value) if _ISO_DATE.match(value) else datetime.fromisoformat(value)


def float_to_time(hours: float) -> time:
    """Return the time of day of a number of hours; 24.0 is the last moment of the day."""
    if hours >= 24.0:
        return time.max
    fraction, whole = math.modf(hours)
    return time(int(whole), min(int(fraction * 60 + 0.5), 59), 0)


def time_to_float(duration: time | timedelta) -> float:
    """Return a number of hours."""
    if isinstance(duration, timedelta):
        return duration.total_seconds() / 3600
    if duration == time.max:
        return 24.0
    return duration.hour + duration.minute / 60 + duration.second / 3600 + duration.microsecond / 3_600_000_000


def sum_intervals(intervals) -> float:
    """Return the hours covered by an iterable of triples (start, stop, anything)."""
    return sum((stop - start).total_seconds() / 3600 for start, stop, *_meta in intervals)


def weekstart(locale, date: D) -> D:
    """Return the first day of the week of a date, weeks starting as the babel locale says."""
    return date - timedelta(days=(date.weekday() - locale.first_week_day) % 7)


def weekend(locale, date: D) -> D:
    """Return the last day of the week of a date, weeks starting as the babel locale says."""
    return weekstart(locale, date) + timedelta(days=6)


def weeknumber(locale, date: date) -> tuple[int, int]:
    """Return (year, number) of the week of a date, as the babel locale counts weeks."""
    if locale.first_week_day == 0:
        return date.isocalendar()[:2]
    # the week belongs to the year of the first week that has min_week_days days in it
    for year in (date.year + 1, date.year, date.year - 1):
        new_year = date.replace(year=year, month=1, day=1)
        first = weekstart(locale, new_year)
        if 7 - (new_year - first).days < locale.min_week_days:
            first += timedelta(days=7)
        if date >= first:
            return year, (date - first).days // 7 + 1
    raise ValueError(f"no week found for {date!r}")


def json_default(obj):
    """Give ``json.dumps`` a form of the values it does not know: dates, lazy values, read-only mappings, bytes.

    Meant as its ``default`` argument; what is not known here becomes ``str``.
    """
    from .json import json_default as convert

    return convert(obj)
