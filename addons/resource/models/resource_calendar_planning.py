"""Hours and days of work: how many there are, and when some are done."""

from collections import defaultdict
from datetime import datetime, time, timedelta

import pytz

from odoo import models
from odoo.tools import float_round

from .utils import HOURS_PER_DAY, make_aware, sum_intervals, timezone_datetime

#: how far ahead plans look at a time, and how often they look
WINDOW = timedelta(days=14)
WINDOWS = 100
_DAY = timedelta(days=1)


class ResourceCalendar(models.Model):
    """Questions about hours and days."""

    _inherit = "resource.calendar"

    # how much

    def get_work_hours_count(self, start_dt, end_dt, compute_leaves=True, domain=None):
        """Return the hours of work between two moments.

        :param start_dt: without time zone it is in UTC, as ``end_dt``
        :param compute_leaves: leave time off out that everybody has
        :param domain: which time off
        """
        return sum_intervals(self._general_intervals(start_dt, end_dt, compute_leaves, domain))

    def get_work_duration_data(self, from_datetime, to_datetime, compute_leaves=True, domain=None):
        """Return the work between two moments as ``{"days", "hours"}``; parameters as of `get_work_hours_count`."""
        return self._get_attendance_intervals_days_data(
            self._general_intervals(from_datetime, to_datetime, compute_leaves, domain)
        )

    def _general_intervals(self, start_dt, end_dt, compute_leaves, domain):
        """Return when those work who have no hours and no time off of their own."""
        return self._work_intervals_batch(
            timezone_datetime(start_dt), timezone_datetime(end_dt), domain=domain, compute_leaves=compute_leaves
        )[False]

    def _get_attendance_intervals_days_data(self, attendance_intervals):
        """Return how much work spans are.

        :param attendance_intervals: spans with their lines
        :return: ``{"days", "hours"}``; a line counts its days for the part of it that the span covers
        """
        hours, days = 0.0, 0.0
        for start, stop, lines in attendance_intervals:
            covered = (stop - start).total_seconds() / 3600
            hours += covered
            line_hours = sum(lines.mapped("duration_hours"))
            if line_hours:
                days += sum(lines.mapped("duration_days")) * covered / line_hours
            else:
                days += covered / (self.hours_per_day or HOURS_PER_DAY)
        return {"days": float_round(days, precision_rounding=0.001), "hours": hours}

    def _get_resources_day_total(self, start_datetime, end_datetime, resources=None):
        """Return the hours that the calendar has each day, time off or not.

        :return: ``{resource id: {date: hours}}``, from the day before to the day after
        """
        spans = self._attendance_intervals_batch(
            timezone_datetime(start_datetime) - _DAY, timezone_datetime(end_datetime) + _DAY, resources
        )
        totals: dict = {id_: defaultdict(float) for id_ in spans}
        for id_, items in spans.items():
            for start, stop, _lines in items:
                totals[id_][start.date()] += (stop - start).total_seconds() / 3600
        return totals

    def _get_max_number_of_hours(self, start, end):
        """Return the hours of the longest day of a period; 0 without lines.

        :param start: moment or day, as ``end``
        """
        self.ensure_one()
        first, last = (bound.date() if isinstance(bound, datetime) else bound for bound in (start, end))
        totals: dict = defaultdict(float)
        for line in self.attendance_ids:
            if line.display_type or line.day_period == "lunch":
                continue
            if (not line.date_from or line.date_from <= last) and (not line.date_to or line.date_to >= first):
                totals[line.week_type, line.dayofweek] += line.hour_to - line.hour_from
        return max(totals.values(), default=0)

    # which days

    def _get_unusual_days(self, start_dt, end_dt, company_id=False):
        """Return which days are free.

        :param start_dt: without time zone it is in UTC, as ``end_dt``
        :param company_id: whose time off counts, beside that of no company
        :return: ``{date as text: whether no work is done}``; empty without calendar
        """
        if not self:
            return {}
        self.ensure_one()
        domain = [("time_type", "=", "leave")]
        if company_id:
            domain.append(("company_id", "in", [getattr(company_id, "id", company_id), False]))
        start, end = timezone_datetime(start_dt), timezone_datetime(end_dt)
        worked = {begin.date() for begin, _stop, _lines in self._work_intervals_batch(start, end, domain=domain)[False]}
        count = (end.date() - start.date()).days + 1
        days = (start.date() + timedelta(days=number) for number in range(count))
        return {day.isoformat(): day not in worked for day in days}

    def _get_working_hours(self):
        """Return the weekdays that have hours: ``{week type, or False: {numbers as text}}``."""
        self.ensure_one()
        days = defaultdict(set)
        for line in self.attendance_ids:
            if not line.display_type and line.day_period != "lunch":
                days[line.week_type if self.two_weeks_calendar else False].add(line.dayofweek)
        return days

    def _works_on_date(self, date):
        """Tell whether the calendar has hours on a day."""
        week_type = False
        if self.two_weeks_calendar:
            week_type = str(self.env["resource.calendar.attendance"].get_week_type(date))
        return str(date.weekday()) in self._get_working_hours()[week_type]

    # when

    def plan_hours(self, hours, day_dt, compute_leaves=False, domain=None, resource=None):
        """Return when some hours of work are done.

        :param hours: how many; less than zero: before the moment
        :param day_dt: moment to count from; without time zone it is in UTC
        :param compute_leaves: whether nobody works in time off
        :param domain: which time off
        :param resource: whose hours
        :return: the moment in the form of ``day_dt``; ``False`` when it is too far away
        """
        moment, revert = make_aware(day_dt)
        resource = resource or self.env["resource.resource"]
        ahead = hours >= 0
        rest = timedelta(hours=abs(hours))
        for begin, end in self._windows(moment, ahead, self._zone_of(resource)):
            spans = self._work_intervals_batch(begin, end, resource, domain, compute_leaves=compute_leaves)[resource.id]
            for start, stop, _lines in spans if ahead else reversed(spans):
                # in UTC: hours that a change of the clock leaves out or has twice are what they are
                start, stop = start.astimezone(pytz.utc), stop.astimezone(pytz.utc)
                if rest <= stop - start:
                    return revert(start + rest if ahead else stop - rest)
                rest -= stop - start
        return False

    def plan_days(self, days, day_dt, compute_leaves=False, domain=None):
        """Return when some days of work are done.

        :param days: how many; less than zero: before the moment
        :return: the end of the first hours of the last day, going back their start; ``day_dt`` for no days; ``False``
            for parts of days, and when it is too far away
        """
        if not days:
            return day_dt
        if days != int(days):
            return False
        moment, revert = make_aware(day_dt)
        ahead = days > 0
        met: set = set()
        for begin, end in self._windows(moment, ahead, self._zone_of(self.env["resource.resource"])):
            spans = self._work_intervals_batch(begin, end, domain=domain, compute_leaves=compute_leaves)[False]
            for start, stop, _lines in spans if ahead else reversed(spans):
                met.add(start.date())
                if len(met) == abs(days):
                    return revert(stop if ahead else start)
        return False

    def _windows(self, moment, ahead, zone):
        """Yield the spans of time that a plan looks at, one after the other.

        They end at midnight of a time zone: no hours of work that a day has in one piece are cut by them.
        """
        bound = moment
        for _number in range(WINDOWS):
            local = (bound + WINDOW if ahead else bound - WINDOW).astimezone(zone)
            following = zone.localize(datetime.combine(local.date(), time.min))
            yield (bound, following) if ahead else (following, bound)
            bound = following

    def _get_closest_work_time(self, dt, match_end=False, resource=None, search_range=None, compute_leaves=True):
        """Return when work begins, as near to a moment as it does.

        :param dt: aware
        :param match_end: when it ends instead
        :param resource: whose hours; its time zone says which day it is
        :param search_range: aware moments between which to look; by default the day of ``dt``
        :param compute_leaves: whether nobody works in time off
        :return: the moment; ``None`` when there is no work, or ``dt`` is out of the range
        :raise ValueError: a moment has no time zone
        """
        if not dt.tzinfo or (search_range and not all(bound.tzinfo for bound in search_range)):
            raise ValueError("The moment and the range need a time zone.")
        resource = resource or self.env["resource.resource"]
        zone = self._zone_of(resource)
        begin, end = search_range or _bounds_of_days(dt, dt, zone)
        if not begin <= dt <= end:
            return None
        spans = self._work_intervals_batch(begin, end, resource, compute_leaves=compute_leaves)[resource.id]
        moments = (stop if match_end else start for start, stop, _lines in spans)
        return min(moments, key=lambda candidate: abs(dt - candidate), default=None)


def _bounds_of_days(start, end, zone):
    """Return the midnight before a moment and the one after another, in a time zone."""
    first, last = start.astimezone(zone).date(), end.astimezone(zone).date() + _DAY
    return tuple(zone.localize(datetime.combine(day, time.min)) for day in (first, last))
