"""When work is done by a calendar: its lines, the time off, and what is left, as spans of time."""

from collections import defaultdict
from datetime import date, datetime, time, timedelta

import pytz

from odoo import models
from odoo.osv import expression

from .utils import Intervals, WorkIntervals, float_to_time

_DAY = timedelta(days=1)


class ResourceCalendar(models.Model):
    """Spans of time between two moments, for many resources at once."""

    _inherit = "resource.calendar"

    def _attendance_intervals_batch(self, start_dt, end_dt, resources=None, domain=None, tz=None, lunch=False):
        """Return when the calendar has hours, time off or not.

        :param start_dt: aware, as ``end_dt``
        :param resources: records; their own lines count too, and the hours are those of their time zones
        :param domain: which lines
        :param tz: time zone of the hours, instead of those of resources and calendar
        :param lunch: breaks instead of work
        :return: ``{resource id: spans with their lines}``; ``False`` stands for no resource
        """
        assert start_dt.tzinfo and end_dt.tzinfo, "bounds need a time zone"
        self.ensure_one()
        resources_list = self._with_nobody(resources)
        lines = self.env["resource.calendar.attendance"].search_fetch(
            expression.AND(
                [
                    domain or [],
                    [
                        ("calendar_id", "=", self.id),
                        ("resource_id", "in", [resource.id for resource in resources_list]),
                        ("display_type", "=", False),
                        ("day_period", "=" if lunch else "!=", "lunch"),
                    ],
                ]
            ),
            ["dayofweek", "hour_from", "hour_to", "date_from", "date_to", "week_type", "resource_id"],
        )
        by_resource = lines.grouped(lambda line: line.resource_id.id)
        general = by_resource.pop(False, lines.browse())
        # most resources have the same zone and no lines of their own
        shared: dict = {}
        result = {}
        for resource in resources_list:
            zone = tz or self._zone_of(resource)
            if zone not in shared:
                shared[zone] = WorkIntervals(self._line_spans(general, start_dt, end_dt, zone))
            result[resource.id] = shared[zone]
            if resource.id in by_resource:
                own = self._line_spans(by_resource[resource.id], start_dt, end_dt, zone)
                result[resource.id] = WorkIntervals([*shared[zone], *own])
        return result

    def _with_nobody(self, resources):
        """Return resources as a list, with the empty one at its end."""
        nobody = self.env["resource.resource"]
        return [*(resources or nobody), nobody]

    def _zone_of(self, resource):
        """Return the time zone of a resource, of the calendar without one."""
        return pytz.timezone((resource or self).tz or "UTC")

    def _line_spans(self, lines, start_dt, end_dt, zone):
        """Return what lines stand for between two moments, in a time zone.

        :return: ``[(start, stop, line)]``, day by day
        """
        start, end = start_dt.astimezone(zone), end_dt.astimezone(zone)
        by_weekday = defaultdict(list)
        for line in lines:
            by_weekday[int(line.dayofweek)].append(
                (
                    float_to_time(line.hour_from),
                    float_to_time(line.hour_to),
                    line.date_from or date.min,
                    line.date_to or date.max,
                    int(line.week_type) if self.two_weeks_calendar and line.week_type else None,
                    line,
                )
            )
        week_type = lines.get_week_type
        spans = []
        day, last = start.date(), end.date()
        while by_weekday and day <= last:
            todays = by_weekday.get(day.weekday())
            if todays:
                at_bounds = day == start.date() or day == last
                localize = _localizer(zone, day)
                for hour_from, hour_to, valid_from, valid_to, week, line in todays:
                    if not valid_from <= day <= valid_to or (week is not None and week != week_type(day)):
                        continue
                    begin, stop = localize(hour_from), localize(hour_to)
                    if at_bounds:
                        begin, stop = max(begin, start), min(stop, end)
                    if begin < stop:
                        spans.append((begin, stop, line))
            day += _DAY
        return spans

    def _leave_intervals_batch(self, start_dt, end_dt, resources=None, domain=None, tz=None, any_calendar=False):
        """Return when there is time off.

        :param start_dt: aware, as ``end_dt``
        :param resources: records whose own time off counts too
        :param domain: which time off; by default that in which no work is done
        :param tz: time zone of the result, instead of those of resources and calendar
        :param any_calendar: time off of other calendars too
        :return: ``{resource id: spans with their time off}``; ``False`` stands for no resource
        """
        assert start_dt.tzinfo and end_dt.tzinfo, "bounds need a time zone"
        resources_list = self._with_nobody(resources)
        conditions = [
            [("time_type", "=", "leave")] if domain is None else domain,
            [
                ("resource_id", "in", [resource.id for resource in resources_list]),
                ("date_from", "<=", end_dt.astimezone(pytz.utc).replace(tzinfo=None)),
                ("date_to", ">=", start_dt.astimezone(pytz.utc).replace(tzinfo=None)),
            ],
        ]
        if not any_calendar:
            conditions.append([("calendar_id", "in", [False, *self.ids])])
        leaves = self.env["resource.calendar.leaves"].search_fetch(
            expression.AND(conditions), ["date_from", "date_to", "resource_id", "company_id"]
        )
        by_resource = leaves.grouped(lambda leave: leave.resource_id.id)
        general = by_resource.pop(False, leaves.browse())
        by_company = general.grouped("company_id")
        shared: dict = {}
        result = {}
        for resource in resources_list:
            zone = tz or self._zone_of(resource)
            key = (zone, resource.company_id if resource else None)
            if key not in shared:
                followed = by_company.get(resource.company_id, leaves.browse()) if resource else general
                shared[key] = Intervals(_leave_spans(followed, start_dt, end_dt, zone))
            result[resource.id] = shared[key]
            if resource.id in by_resource:
                own = _leave_spans(by_resource[resource.id], start_dt, end_dt, zone)
                result[resource.id] = shared[key] | own
        return result

    def _leave_intervals(self, start_dt, end_dt, resource=None, domain=None, tz=None, any_calendar=False):
        """Return the time off of a resource, or of nobody in particular; see :meth:`_leave_intervals_batch`."""
        resource = resource or self.env["resource.resource"]
        return self._leave_intervals_batch(start_dt, end_dt, resource, domain, tz, any_calendar)[resource.id]

    def _work_intervals_batch(self, start_dt, end_dt, resources=None, domain=None, tz=None, compute_leaves=True):
        """Return when work is done: the hours of the calendar without time off.

        :param domain: which time off, see :meth:`_leave_intervals_batch`
        :param compute_leaves: whether there is time off at all
        :return: ``{resource id: spans with their lines}``; ``False`` stands for no resource
        """
        line_tz = tz
        if not line_tz and (name := self.env.context.get("employee_timezone")):
            line_tz = pytz.timezone(name) if isinstance(name, str) else name
        worked = self._attendance_intervals_batch(start_dt, end_dt, resources, tz=line_tz)
        if not compute_leaves:
            return worked
        off = self._leave_intervals_batch(start_dt, end_dt, resources, domain, tz=tz)
        # most resources have the same hours and the same time off, as the same objects
        left: dict = {}
        result = {}
        for id_, spans in worked.items():
            key = (id(spans), id(off[id_]))
            if key not in left:
                left[key] = spans - off[id_] if off[id_] else spans
            result[id_] = left[key]
        return result

    def _unavailable_intervals_batch(self, start_dt, end_dt, resources=None, domain=None, tz=None):
        """Return when no work is done.

        :return: ``{resource id: [(start, stop)]}`` in UTC; resources that choose their hours are not in it. Without
            resources its only key is ``False``
        """
        asked = resources or [self.env["resource.resource"]]
        worked = self._work_intervals_batch(start_dt, end_dt, resources, domain, tz)
        return {
            resource.id: _gaps(worked[resource.id], start_dt, end_dt)
            for resource in asked
            if not (resource and resource._is_flexible())
        }

    def _unavailable_intervals(self, start_dt, end_dt, resource=None, domain=None, tz=None):
        """Return when a resource does no work; see :meth:`_unavailable_intervals_batch`."""
        resource = resource or self.env["resource.resource"]
        return self._unavailable_intervals_batch(start_dt, end_dt, resource, domain, tz).get(resource.id, [])


def _localizer(zone, day):
    """Return what makes a moment of a time of this day; most days have one offset, which is looked for once."""
    midnight = zone.localize(datetime.combine(day, time.min))
    try:
        next_midnight = zone.localize(datetime.combine(day + _DAY, time.min))
    except OverflowError:
        next_midnight = None
    if next_midnight is not None and midnight.tzinfo is next_midnight.tzinfo:
        return lambda hour: datetime.combine(day, hour, midnight.tzinfo)
    return lambda hour: zone.localize(datetime.combine(day, hour))


def _leave_spans(leaves, start_dt, end_dt, zone):
    """Return what time off stands for between two moments, in a time zone: ``[(start, stop, leave)]``."""
    return [
        (
            max(start_dt, pytz.utc.localize(leave.date_from)).astimezone(zone),
            min(end_dt, pytz.utc.localize(leave.date_to)).astimezone(zone),
            leave,
        )
        for leave in leaves
    ]


def _gaps(spans, start_dt, end_dt):
    """Return the bounds of what spans leave between two moments, in UTC."""
    whole = Intervals([(start_dt.astimezone(pytz.utc), end_dt.astimezone(pytz.utc), None)])
    return [(start.astimezone(pytz.utc), stop.astimezone(pytz.utc)) for start, stop, _nothing in whole - spans]
