"""Dates in barcodes of GS1, which have two digits for the year."""

import calendar
import datetime


def read_date(text: str, today: datetime.date) -> datetime.date:
    """Return a date of which the century is the one that is nearest to today.

    :param text: ``yymmdd``; day 00 is the last one of the month
    :raise ValueError: there is no such day
    """
    if len(text) != 6 or not (text.isascii() and text.isdigit()):
        raise ValueError(f"not yymmdd: {text}")
    year, month, day = (int(text[place : place + 2]) for place in (0, 2, 4))
    # years are at most 50 ahead, and 49 back
    first = today.year - 49
    year = first + (year - first) % 100
    if not day and 1 <= month <= 12:
        day = calendar.monthrange(year, month)[1]
    return datetime.date(year, month, day)
