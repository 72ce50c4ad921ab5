"""Arithmetic on dates."""

from datetime import date, datetime, time, timedelta

import babel
import pytest
import pytz
from dateutil.relativedelta import relativedelta

from odoo.tools import date_utils
from odoo.tools.date_utils import date_range, end_of, get_fiscal_year, get_month, get_quarter, start_of


@pytest.mark.parametrize(
    ("granularity", "first", "last"),
    [
        ("year", date(2024, 1, 1), date(2024, 12, 31)),
        ("quarter", date(2024, 4, 1), date(2024, 6, 30)),
        ("month", date(2024, 5, 1), date(2024, 5, 31)),
        ("week", date(2024, 5, 13), date(2024, 5, 19)),
        ("day", date(2024, 5, 17), date(2024, 5, 17)),
    ],
)
def test_bounds_of_periods(granularity, first, last):
    assert start_of(date(2024, 5, 17), granularity) == first
    assert end_of(date(2024, 5, 17), granularity) == last
    moment = datetime(2024, 5, 17, 13, 14, 15, 16)
    assert start_of(moment, granularity) == datetime.combine(first, time.min)
    assert end_of(moment, granularity) == datetime.combine(last, time.max)


def test_hours_belong_to_datetimes():
    assert start_of(datetime(2024, 5, 17, 13, 14), "hour") == datetime(2024, 5, 17, 13)
    assert end_of(datetime(2024, 5, 17, 13, 14), "hour") == datetime(2024, 5, 17, 13, 59, 59, 999999)
    with pytest.raises(ValueError, match="hour"):
        start_of(date(2024, 5, 17), "hour")
    with pytest.raises(ValueError, match="fortnight"):
        end_of(date(2024, 5, 17), "fortnight")


def test_months_and_quarters():
    assert get_month(date(2024, 2, 10)) == (date(2024, 2, 1), date(2024, 2, 29))
    assert get_quarter(date(2023, 11, 30)) == (date(2023, 10, 1), date(2023, 12, 31))
    assert [date_utils.get_quarter_number(date(2024, month, 1)) for month in (1, 3, 4, 12)] == [1, 1, 2, 4]


@pytest.mark.parametrize(
    ("day", "args", "expected"),
    [
        (date(2024, 6, 1), (), (date(2024, 1, 1), date(2024, 12, 31))),
        (date(2024, 6, 1), (31, 3), (date(2024, 4, 1), date(2025, 3, 31))),
        (date(2024, 3, 31), (31, 3), (date(2023, 4, 1), date(2024, 3, 31))),
        (date(2024, 2, 29), (28, 2), (date(2023, 3, 1), date(2024, 2, 29))),
        (date(2023, 3, 1), (28, 2), (date(2023, 3, 1), date(2024, 2, 29))),
    ],
)
def test_fiscal_years(day, args, expected):
    assert get_fiscal_year(day, *args) == expected


def test_ranges_do_not_drift_at_month_ends():
    assert list(date_range(date(2024, 1, 31), date(2024, 4, 30))) == [
        date(2024, 1, 31),
        date(2024, 2, 29),
        date(2024, 3, 31),
        date(2024, 4, 30),
    ]
    assert list(date_range(datetime(2024, 1, 1), datetime(2024, 1, 3), relativedelta(days=1))) == [
        datetime(2024, 1, 1),
        datetime(2024, 1, 2),
        datetime(2024, 1, 3),
    ]


def test_ranges_keep_the_wall_clock():
    zone = pytz.timezone("Europe/Brussels")
    days = list(
        date_range(
            zone.localize(datetime(2024, 3, 30, 9)), zone.localize(datetime(2024, 4, 1, 9)), relativedelta(days=1)
        )
    )
    assert [day.hour for day in days] == [9, 9, 9]
    assert days[0].utcoffset() != days[-1].utcoffset()


@pytest.mark.parametrize(
    "args",
    [
        (date(2024, 2, 1), date(2024, 1, 1)),
        (date(2024, 1, 1), datetime(2024, 2, 1)),
        (date(2024, 1, 1), date(2024, 2, 1), relativedelta(days=0)),
        (datetime(2024, 1, 1, tzinfo=pytz.utc), datetime(2024, 2, 1)),
    ],
)
def test_ranges_that_make_no_sense(args):
    with pytest.raises(ValueError):
        list(date_range(*args))


def test_conversions():
    assert date_utils.float_to_time(13.5) == time(13, 30)
    assert date_utils.float_to_time(24) == time.max
    assert date_utils.time_to_float(time(6, 45)) == 6.75
    assert date_utils.time_to_float(timedelta(days=1)) == 24
    assert date_utils.localized(datetime(2024, 1, 1)).tzinfo is pytz.utc
    assert date_utils.parse_iso_date("2024-01-02") == date(2024, 1, 2)
    assert date_utils.parse_iso_date("2024-01-02 03:04:05") == datetime(2024, 1, 2, 3, 4, 5)
    assert date_utils.get_timedelta(3, "week") == relativedelta(days=21)


def test_weeks_follow_the_locale():
    us, france = babel.Locale("en", "US"), babel.Locale("fr", "FR")
    sunday = date(2024, 5, 19)
    assert date_utils.weekstart(us, sunday) == sunday
    assert date_utils.weekstart(france, sunday) == date(2024, 5, 13)
    assert date_utils.weeknumber(france, date(2021, 1, 1)) == (2020, 53)
    assert date_utils.weeknumber(us, date(2021, 1, 1)) == (2021, 1)
