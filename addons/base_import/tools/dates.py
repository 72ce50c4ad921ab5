"""Dates as people write them."""

import datetime
import itertools
from collections.abc import Iterable, Iterator

_ORDERS = ("mdy", "dmy", "ymd", "ydm")
_SEPARATORS = (" ", "/", "-", ".", "")
_TIMES = ("%H:%M:%S", "%H:%M", "%H", "%I:%M:%S %p", "%I:%M %p", "%I %p")


def date_patterns() -> Iterator[str]:
    """Yield the formats of dates, years with four digits first."""
    for year in ("Y", "y"):
        for order, separator in itertools.product(_ORDERS, _SEPARATORS):
            yield separator.join(f"%{year if letter == 'y' else letter}" for letter in order)


def datetime_patterns(dates: Iterable[str]) -> Iterator[str]:
    """Yield the formats of dates with times.

    :param dates: formats of the dates
    """
    for date in dates:
        for time in _TIMES:
            yield f"{date} {time}"


def parse(value: str, pattern: str) -> datetime.datetime | None:
    """Return what a text says in a format, ``None`` when it is in another one."""
    try:
        return datetime.datetime.strptime(value, pattern)
    except (ValueError, TypeError):
        return None


def first_pattern(values: list[str], patterns: Iterable[str]) -> str | None:
    """Return the first format that all texts have."""
    tried = dict.fromkeys(patterns)
    return next((pattern for pattern in tried if pattern and all(parse(value, pattern) for value in values)), None)
