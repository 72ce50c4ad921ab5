"""Date and datetime fields, and their helpers."""

from datetime import UTC, date, datetime, time

import pytz

from odoo.tools import date_utils
from odoo.tools.constants import DEFAULT_SERVER_DATE_FORMAT, DEFAULT_SERVER_DATETIME_FORMAT

from .base import Field

__all__ = ["Date", "Datetime"]

DATE_LENGTH = len(date.today().strftime(DEFAULT_SERVER_DATE_FORMAT))


class _Temporal(Field):
    """What dates and datetimes have in common; values compare as ``False`` when empty."""

    start_of = staticmethod(date_utils.start_of)
    end_of = staticmethod(date_utils.end_of)
    add = staticmethod(date_utils.add)
    subtract = staticmethod(date_utils.subtract)

    def convert_to_column_update(self, value, record):
        return value or None

    def convert_to_column(self, value, record, values=None, validate=True):
        return self.convert_to_cache(value, record, validate)

    def key_column(self, by_key, new=False):
        content = super().key_column(by_key, new)
        return {key: self.to_string(value) if value else None for key, value in content.items()}


class Date(_Temporal):
    """Calendar date."""

    type = "date"
    column_type = ("date", "date")

    @staticmethod
    def today(*args) -> date:
        """Return the server's current date."""
        return date.today()

    @staticmethod
    def context_today(record, timestamp=None) -> date:
        """Return the date of ``timestamp`` (now by default) in the time zone of the record's context or user."""
        return Datetime.context_timestamp(record, timestamp or Datetime.now()).date()

    @staticmethod
    def to_date(value):
        """Convert a string, datetime or date to a date, a falsy value to ``None``.

        :raise ValueError: when a string is not ``YYYY-MM-DD`` at its beginning
        """
        if not value:
            return None
        if isinstance(value, date):
            return value.date() if isinstance(value, datetime) else value
        if value[4:5] == "-":
            return date.fromisoformat(value[:DATE_LENGTH])
        return datetime.strptime(value[:DATE_LENGTH], DEFAULT_SERVER_DATE_FORMAT).date()

    from_string = to_date

    @staticmethod
    def to_string(value):
        """Convert a date or datetime to ``YYYY-MM-DD``, a falsy value to ``False``."""
        return value.strftime(DEFAULT_SERVER_DATE_FORMAT) if value else False

    def convert_to_cache(self, value, record, validate=True):
        """Return the date of a date, a point in time or a text, ``None`` for nothing."""
        if not value:
            return None
        try:
            return self.to_date(value)
        except (TypeError, ValueError) as error:
            raise self.wrong_value(value, error) from error

    def convert_to_export(self, value, record):
        """Return the date itself: spreadsheets have cells for dates."""
        return self.to_date(value) or ""

    def convert_to_display_name(self, value, record):
        """Return the date as text."""
        return Date.to_string(value)


class Datetime(_Temporal):
    """Point in time, in UTC and without a time zone."""

    type = "datetime"
    column_type = ("timestamp", "timestamp")

    @staticmethod
    def now(*args) -> datetime:
        """Return the current time, without microseconds."""
        # aware and made naive: utcnow() is on its way out of the language
        return datetime.now(UTC).replace(microsecond=0, tzinfo=None)

    @staticmethod
    def today(*args) -> datetime:
        """Return today at midnight."""
        return Datetime.now().replace(hour=0, minute=0, second=0)

    @staticmethod
    def context_timestamp(record, timestamp: datetime) -> datetime:
        """Return the naive UTC ``timestamp`` as an aware one in the time zone of the record's context or user."""
        if not isinstance(timestamp, datetime):
            raise TypeError("Datetime instance expected")
        return pytz.utc.localize(timestamp, is_dst=False).astimezone(record.env.tz)

    @staticmethod
    def to_datetime(value):
        """Convert a string, date or datetime to a naive datetime, a falsy value to ``None``.

        :raise ValueError: when a string has neither the server's datetime nor its date format, or a time zone is given
        """
        if not value:
            return None
        if isinstance(value, date):
            if isinstance(value, datetime):
                if value.tzinfo:
                    raise ValueError(f"Datetime field expects a naive datetime: {value}")
                return value
            return datetime.combine(value, time.min)
        if len(value) == 19 and value[10] == " " and value[4] == "-":
            return datetime.fromisoformat(value)
        # a prefix down to the day, hour or minute will do
        return datetime.strptime(
            value,
            {10: "%Y-%m-%d", 13: "%Y-%m-%d %H", 16: "%Y-%m-%d %H:%M"}.get(len(value), DEFAULT_SERVER_DATETIME_FORMAT),
        )

    from_string = to_datetime

    @staticmethod
    def to_string(value):
        """Convert a datetime or date to ``YYYY-MM-DD HH:MM:SS``, a falsy value to ``False``."""
        return value.strftime(DEFAULT_SERVER_DATETIME_FORMAT) if value else False

    def convert_to_cache(self, value, record, validate=True):
        """Return the point in time of one, a date or a text, ``None`` for nothing."""
        try:
            return self.to_datetime(value)
        except (TypeError, ValueError) as error:
            raise self.wrong_value(value, error) from error

    def convert_to_export(self, value, record):
        """Return the point in time on the clock of the user: a sheet has no time zones."""
        if not value:
            return ""
        value = self.convert_to_display_name(value, record)
        return self.to_datetime(value) or ""

    def convert_to_display_name(self, value, record):
        """Return the point in time as text, on the clock of the user."""
        if not value:
            return False
        return Datetime.to_string(Datetime.context_timestamp(record, value))
