"""iCalendar files of others (RFC 5545): what they say about events, in terms of the fields of events."""

import re
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import NamedTuple

import pytz
from dateutil import rrule
from icalendar import Calendar

from odoo.tools import email_normalize

from . import recurrence_rule as rule

#: bytes of a file, events that it has, people of one event, events that a rule without a counterpart becomes
MAX_SIZE = 2**20
MAX_EVENTS = 500
MAX_PEOPLE = 100
MAX_SINGLE = 100
_MAX_NAME = 500
_MAX_TEXT = 50_000
#: how far rules are followed to see whether ours say the same
_COMPARED = 60
_HORIZON = timedelta(days=3660)
_STATES = {"ACCEPTED": "accepted", "DECLINED": "declined", "TENTATIVE": "tentative"}
_FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_UNTIL = re.compile(r"UNTIL=(\d{8}(?:T\d{6}Z?)?)")


class ReadError(ValueError):
    """A file that cannot be taken; ``args`` has ``size``, ``count``, ``file`` or ``times``."""


class Person(NamedTuple):
    """Somebody who comes, or organizes: address, name and answer as attendees have it."""

    email: str
    name: str
    state: str


class Entry(NamedTuple):
    """An event of a file.

    :ivar start: in UTC; of whole days the first one at midnight
    :ivar stop: in UTC; of whole days the last one at midnight
    :ivar place: start that one event of a series had in UTC, ``None`` for all others
    :ivar starts: starts in UTC, where the events come again by a rule that cannot be kept
    :ivar excluded: starts in UTC that the rule has and the series does not
    """

    uid: str
    sequence: int
    method: str
    is_cancelled: bool
    place: datetime | None
    start: datetime
    stop: datetime
    allday: bool
    zone: str
    name: str
    description: str
    location: str
    is_private: bool
    is_free: bool
    organizer: Person | None
    people: tuple[Person, ...]
    rule: str
    starts: tuple[datetime, ...]
    excluded: frozenset[datetime]


def read(content: bytes, zone: str, week_start: int) -> list[Entry]:
    """Return the events of a file.

    :param content: the file
    :param zone: time zone of what says none
    :param week_start: number of the day that weeks of series begin with here, 0 for Monday
    :raise ReadError: the file is too large, has too many events, or is none
    """
    if len(content) > MAX_SIZE:
        raise ReadError("size")
    try:
        calendars = Calendar.from_ical(content, multiple=True)
        found = [(calendar, entry) for calendar in calendars for entry in calendar.walk("VEVENT")]
    except (ValueError, KeyError, IndexError, AttributeError, TypeError) as error:
        # the library tells of what it does not understand in several ways
        raise ReadError("file") from error
    if not found:
        raise ReadError("file")
    if len(found) > MAX_EVENTS:
        raise ReadError("count")
    try:
        return [_entry(entry, str(calendar.get("method") or "").upper(), zone, week_start) for calendar, entry in found]
    except ReadError:
        raise
    except (ValueError, KeyError, IndexError, AttributeError, TypeError, OverflowError) as error:
        raise ReadError("file") from error


def _entry(entry, method, zone, week_start):
    """Return what an entry of a calendar says."""
    begin = entry.get("dtstart")
    if begin is None:
        raise ReadError("times")
    first = begin.dt
    allday = not isinstance(first, datetime)
    name = _zone_name(first, zone)
    start = _moment(first, zone)
    stop = _stop(entry, first, allday, zone)
    if stop < start:
        raise ReadError("times")
    text, starts = _rule(entry, first, name, week_start)
    place = entry.get("recurrence-id")
    return Entry(
        uid=_text(entry.get("uid"), _MAX_NAME),
        sequence=int(entry.get("sequence") or 0),
        method=method,
        is_cancelled=method == "CANCEL" or str(entry.get("status") or "").upper() == "CANCELLED",
        place=_moment(place.dt, zone) if place is not None else None,
        start=start,
        stop=stop,
        allday=allday,
        zone=name,
        name=_text(entry.get("summary"), _MAX_NAME).replace("\n", " "),
        description=_text(entry.get("description"), _MAX_TEXT),
        location=_text(entry.get("location"), _MAX_NAME).replace("\n", " "),
        is_private=str(entry.get("class") or "").upper() in ("PRIVATE", "CONFIDENTIAL"),
        is_free=str(entry.get("transp") or "").upper() == "TRANSPARENT",
        organizer=_person(entry.get("organizer")),
        people=_people(entry),
        rule=text,
        starts=starts,
        excluded=frozenset(_moment(moment, zone) for moment in _moments(entry.get("exdate"))),
    )


def _text(value, limit):
    return str(value or "").replace("\0", "").strip()[:limit]


# times


def _moment(value, zone):
    """Return a moment in UTC, a day as its midnight."""
    if not isinstance(value, datetime):
        return datetime.combine(value, time())
    if value.tzinfo is None:
        value = pytz.timezone(zone).localize(value)
    return value.astimezone(UTC).replace(tzinfo=None)


def _zone_name(value, zone):
    """Return the name of the time zone of a moment, where there is such a zone."""
    info = getattr(value, "tzinfo", None)
    name = getattr(info, "key", None) or getattr(info, "zone", None) or ""
    return name if name in pytz.all_timezones_set else zone


def _stop(entry, first, allday, zone):
    """Return the end; of whole days the last one."""
    end, length = entry.get("dtend"), entry.get("duration")
    if end is not None:
        last = end.dt
    elif length is not None:
        last = first + length.dt
    else:
        last = first + timedelta(days=1) if allday else first
    if not allday:
        return _moment(last, zone)
    # the day that they give is the one after the last
    return max(_moment(_day(last), zone) - timedelta(days=1), _moment(first, zone))


def _day(value):
    return value.date() if isinstance(value, datetime) else value


def _moments(value):
    """Return the moments and days of a list, or of several ones."""
    if value is None:
        return []
    lists = value if isinstance(value, list) else [value]
    found = [moment.dt for each in lists for moment in each.dts]
    return [moment for moment in found[: rule.MAX_OCCURRENCES] if isinstance(moment, date)]


# people


def _person(value):
    if value is None or isinstance(value, list):
        return None
    email = email_normalize(re.sub("(?i)^mailto:", "", str(value)))
    name = _text(value.params.get("cn"), _MAX_NAME) if hasattr(value, "params") else ""
    answer = str(value.params.get("partstat", "")).upper() if hasattr(value, "params") else ""
    return Person(email, name or email, _STATES.get(answer, "needsAction")) if email else None


def _people(entry):
    """Return who comes, each address once."""
    given = entry.get("attendee")
    given = given if isinstance(given, list) else [given]
    if len(given) > MAX_PEOPLE:
        raise ReadError("count")
    found = {person.email: person for person in map(_person, given) if person}
    return tuple(found.values())


# rules


def _rule(entry, first, zone, week_start):
    """Return the text of a rule that can be kept; or the starts in UTC of the events that another one says."""
    given = entry.get("rrule")
    extra = [_moment(moment, zone) for moment in _moments(entry.get("rdate"))]
    if given is None:
        return "", tuple(extra[:MAX_SINGLE])
    given = given[0] if isinstance(given, list) else given
    local = _local(first, zone)
    text = _complete(given.to_ical().decode().upper(), local)
    text = _UNTIL.sub(lambda found: f"UNTIL={_local_until(found[1], zone):%Y%m%d}", text)
    theirs = list(islice(_starts(text, local), max(_COMPARED, MAX_SINGLE)))
    if not extra and _is_kept(text, local, theirs[:_COMPARED], week_start):
        return text, ()
    starts = (pytz.timezone(zone).localize(start).astimezone(UTC).replace(tzinfo=None) for start in theirs[1:])
    if not isinstance(first, datetime):
        starts = iter(theirs[1:])
    return "", tuple(sorted({*islice(starts, MAX_SINGLE), *extra[:MAX_SINGLE]}))


def _complete(text, first):
    """Return the text of a rule with the day that it leaves to the first event."""
    if "FREQ=WEEKLY" in text and "BYDAY=" not in text:
        return f"{text};BYDAY={('MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU')[first.weekday()]}"
    if "FREQ=MONTHLY" in text and "BY" not in text:
        return f"{text};BYMONTHDAY={first.day}"
    return text


def _local(value, zone):
    """Return a moment as clocks show it where the events are."""
    if not isinstance(value, datetime):
        return datetime.combine(value, time())
    if value.tzinfo is None:
        return value
    return value.astimezone(pytz.timezone(zone)).replace(tzinfo=None)


def _local_until(text, zone):
    """Return the last day of a rule where the events are."""
    if not text.endswith("Z"):
        return datetime.strptime(text[:8], "%Y%m%d").date()
    moment = pytz.utc.localize(datetime.strptime(text, "%Y%m%dT%H%M%SZ"))
    return moment.astimezone(pytz.timezone(zone)).date()


def _starts(text, first):
    """Yield the starts of a rule, none that is years away: some rules would be followed for ever.

    :raise ReadError: the rule makes no sense
    """
    parts = dict(part.split("=", 1) for part in text.split(";") if "=" in part)
    if parts.get("FREQ") not in _FREQUENCIES or not parts.get("INTERVAL", "1").isdecimal():
        raise ReadError("file")
    # several times of one day would be followed second by second
    times = [parts.pop(name, "") for name in ("BYHOUR", "BYMINUTE", "BYSECOND")]
    if int(parts.get("INTERVAL", "1")) < 1 or any("," in each for each in times):
        raise ReadError("file")
    count = int(parts.pop("COUNT", rule.MAX_OCCURRENCES))
    last = first + _HORIZON
    if "UNTIL" in parts:
        last = min(last, datetime.combine(datetime.strptime(parts["UNTIL"], "%Y%m%d"), time.max))
    parts["UNTIL"] = f"{last:%Y%m%dT%H%M%S}"
    bounded = ";".join(f"{name}={value}" for name, value in parts.items())
    return islice(rrule.rrulestr(bounded, dtstart=first), count)


def _is_kept(text, first, theirs, week_start):
    """Tell whether a rule of ours has the same starts."""
    try:
        values = {**dict.fromkeys(rule.WEEKDAYS, False), **rule.DEFAULTS, "day": first.day, "until": False}
        values |= {"weekday": False, "byday": "1", **rule.values_of(text, first)}
        last = first + _HORIZON
        ours = (start for start in rule.rule_of(values, first, week_start) if start <= last)
        return list(islice(ours, _COMPARED)) == theirs
    except (rule.RuleError, ValueError):
        return False
