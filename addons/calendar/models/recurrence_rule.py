"""Rules of recurring events: what can be chosen, and their text as calendars exchange it (RFC 5545)."""

import re
from datetime import date, datetime, time

from dateutil import rrule
from dateutil.relativedelta import FR, MO, SA, SU, TH, TU, WE

#: events of one rule, at most
MAX_OCCURRENCES = 720

RRULE_TYPES = [("daily", "Days"), ("weekly", "Weeks"), ("monthly", "Months"), ("yearly", "Years")]
RRULE_TYPES_UI = [
    ("daily", "Daily"),
    ("weekly", "Weekly"),
    ("monthly", "Monthly"),
    ("yearly", "Yearly"),
    ("custom", "Custom"),
]
END_TYPES = [("count", "Number of repetitions"), ("end_date", "End date"), ("forever", "Forever")]
MONTH_BY = [("date", "Date of month"), ("day", "Day of month")]
WEEKDAY_OPTIONS = [
    (name[:3].upper(), name) for name in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
]
BYDAY_OPTIONS = [("1", "First"), ("2", "Second"), ("3", "Third"), ("4", "Fourth"), ("-1", "Last")]

#: names of the boolean fields of the days, from Monday on
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
#: what a new rule says unless something else is chosen
DEFAULTS = {"rrule_type": "weekly", "count": 1, "interval": 1, "month_by": "date", "end_type": "count"}

_DAYS = (MO, TU, WE, TH, FR, SA, SU)
_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_FREQUENCIES = {"daily": rrule.DAILY, "weekly": rrule.WEEKLY, "monthly": rrule.MONTHLY, "yearly": rrule.YEARLY}
_DAY_OF_TEXT = re.compile(r"([+-]?\d+)?(MO|TU|WE|TH|FR|SA|SU)")


class RuleError(ValueError):
    """A rule that makes no sense; ``args`` has one of the keys of the messages of the model."""


def days_of(values):
    """Return the numbers of the chosen days of the week, from 0 for Monday.

    :param values: anything that has the fields of a rule by name
    """
    return [number for number, name in enumerate(WEEKDAYS) if values[name]]


def check(values):
    """Check the numbers and days of a rule.

    :param values: anything that has the fields of a rule by name
    :raise RuleError: with ``interval``, ``count`` or ``weekday`` as what is wrong
    """
    if values["interval"] <= 0:
        raise RuleError("interval")
    if values["end_type"] == "count" and values["count"] <= 0:
        raise RuleError("count")
    if values["rrule_type"] == "weekly" and not days_of(values):
        raise RuleError("weekday")


def rule_of(values, dtstart, week_start):
    """Return the ``dateutil`` rule for the fields of a rule.

    :param values: anything that has the fields of a rule by name
    :param dtstart: first moment, without time zone
    :param week_start: number of the day weeks begin with, 0 for Monday
    :raise RuleError: see :func:`check`
    """
    check(values)
    options = {"dtstart": dtstart, "interval": values["interval"], "wkst": week_start}
    kind = values["rrule_type"]
    if kind == "weekly":
        options["byweekday"] = [_DAYS[number] for number in days_of(values)]
    elif kind == "monthly" and values["month_by"] == "day":
        options["byweekday"] = _DAYS[_weekday_number(values["weekday"])](int(values["byday"] or 1))
    elif kind == "monthly":
        options["bymonthday"] = values["day"]
    if values["end_type"] == "count":
        options["count"] = min(values["count"], MAX_OCCURRENCES)
    elif values["end_type"] == "end_date" and values["until"]:
        options["until"] = datetime.combine(values["until"], time.max)
    else:
        options["count"] = MAX_OCCURRENCES
    return rrule.rrule(_FREQUENCIES[kind], **options)


def text_of(values):
    """Return the text of a rule, such as ``FREQ=WEEKLY;COUNT=3;BYDAY=TU``.

    :param values: anything that has the fields of a rule by name
    :raise RuleError: see :func:`check`
    """
    check(values)
    parts = [f"FREQ={values['rrule_type'].upper()}"]
    if values["interval"] != 1:
        parts.append(f"INTERVAL={values['interval']}")
    if values["end_type"] == "count":
        parts.append(f"COUNT={values['count']}")
    elif values["end_type"] == "end_date" and values["until"]:
        parts.append(f"UNTIL={values['until']:%Y%m%d}T235959")
    if values["rrule_type"] == "weekly":
        parts.append("BYDAY=" + ",".join(_CODES[number] for number in days_of(values)))
    elif values["rrule_type"] == "monthly" and values["month_by"] == "day":
        parts.append(f"BYDAY={int(values['byday'] or 1):+d}{_CODES[_weekday_number(values['weekday'])]}")
    elif values["rrule_type"] == "monthly":
        parts.append(f"BYMONTHDAY={values['day']}")
    return ";".join(parts)


def values_of(text, start):
    """Return the fields of a rule from its text.

    :param text: with or without ``RRULE:``, maybe among other lines; parameters that begin with ``X-`` say nothing
    :param start: first moment, where the text leaves something to it
    :raise RuleError: with ``text``, when it is none that can be kept
    """
    parts = _parts_of(text)
    kind = parts.get("FREQ", "").lower()
    if kind not in _FREQUENCIES:
        raise RuleError("text")
    found = _DAY_OF_TEXT.findall(parts.get("BYDAY", ""))
    values = {"rrule_type": kind, "interval": _number(parts.get("INTERVAL", "1"))}
    position = parts.get("BYSETPOS", "")
    if kind in ("daily", "weekly") and (found or kind == "weekly"):
        chosen = {code for _position, code in found} or {_CODES[start.weekday()]}
        values["rrule_type"] = "weekly"
        values.update({name: code in chosen for name, code in zip(WEEKDAYS, _CODES, strict=True)})
    elif kind in ("monthly", "yearly") and found:
        values.update(_nth_weekday(*found[0], position))
        if kind == "yearly":
            values.update(rrule_type="monthly", interval=values["interval"] * 12)
    elif kind == "monthly":
        values.update(month_by="date", day=_number(parts.get("BYMONTHDAY", str(start.day))))
    return {**values, **_end_of(parts)}


def _parts_of(text):
    """Return the parameters of the text of a rule by name."""
    lines = [line.strip() for line in text.upper().splitlines() if line.strip()]
    line = next((line for line in lines if line.startswith("RRULE")), lines[0] if lines else "")
    # RRULE;X-EVOLUTION-ENDDATE=20200120:FREQ=... has parameters before the colon, too
    pairs = (part.partition("=") for part in re.split(r"[;:]", line))
    return {name: value for name, _equals, value in pairs if value and not name.startswith("X-")}


def _nth_weekday(number, code, position):
    """Return the fields for one day of the week of each month."""
    nth = _number(number or position or "1")
    return {
        "month_by": "day",
        "weekday": WEEKDAYS[_CODES.index(code)].upper(),
        "byday": str(nth) if 1 <= nth <= 4 else "-1",
    }


def _end_of(parts):
    """Return the fields for how long a rule goes on."""
    if parts.get("COUNT"):
        return {"end_type": "count", "count": _number(parts["COUNT"])}
    if parts.get("UNTIL"):
        try:
            return {"end_type": "end_date", "until": datetime.strptime(parts["UNTIL"][:8], "%Y%m%d").date()}
        except ValueError as error:
            raise RuleError("text") from error
    return {"end_type": "forever"}


def _number(text):
    """Return a number of the text of a rule."""
    try:
        return int(text)
    except ValueError as error:
        raise RuleError("text") from error


def _weekday_number(name):
    """Return the number of a day of the week, 0 for Monday, which it is without name."""
    return WEEKDAYS.index((name or "MON").lower())


def fields_of_day(day):
    """Return what a rule takes from the day of an event: its day of the week, its place in the month."""
    week = (day.day - 1) // 7 + 1
    name = WEEKDAYS[day.weekday()]
    return {name: True, "weekday": name.upper(), "byday": str(week) if week < 4 else "-1", "day": day.day}


def start_of_period(day, rrule_type, week_start):
    """Return the first day of the week or month that a rule counts a day in; else the day."""
    if rrule_type == "weekly":
        return date.fromordinal(day.toordinal() - (day.weekday() - week_start) % 7)
    return day.replace(day=1) if rrule_type == "monthly" else day
