"""When resources work."""

from collections import defaultdict

import pytz

from odoo import models

from .resource_calendar_planning import _bounds_of_days
from .utils import Intervals, make_aware, timezone_datetime


class ResourceResource(models.Model):
    """Spans of time of resources, each by its own calendar."""

    _inherit = "resource.resource"

    def _own_or_company_calendar(self):
        """Return the calendar of a resource, else that of its company."""
        self.ensure_one()
        return self.calendar_id or (self.company_id or self.env.company).resource_calendar_id

    def _adjust_to_calendar(self, start, end, compute_leaves=True):
        """Return when work begins and ends, as near to two moments as it does.

        :param start: without time zone it is in UTC, as ``end``
        :param compute_leaves: whether nobody works in time off
        :return: ``{resource: (start, end)}`` in the form of what was given; ``None`` where there is no work
        """
        start, revert_start = make_aware(start)
        end, revert_end = make_aware(end)
        result = {}
        for resource in self:
            calendar = resource._own_or_company_calendar()
            if not calendar:
                result[resource] = (None, None)
                continue
            first, last = _bounds_of_days(start, end, pytz.timezone(resource.tz))
            begin = calendar._get_closest_work_time(
                start, resource=resource, search_range=(first, last), compute_leaves=compute_leaves
            )
            stop = calendar._get_closest_work_time(
                max(start, end),
                match_end=True,
                resource=resource,
                search_range=(start, last),
                compute_leaves=compute_leaves,
            )
            result[resource] = (begin and revert_start(begin), stop and revert_end(stop))
        return result

    def _get_unavailable_intervals(self, start, end):
        """Return when resources do not work.

        :param start: without time zone it is in UTC, as ``end``
        :return: ``{resource id: [(start, stop)]}`` in UTC, by the time zones of the calendars; resources without
            calendar are not in it
        """
        start, end = timezone_datetime(start), timezone_datetime(end)
        result: dict = {}
        for calendar, resources in self.grouped(self._calendar_of).items():
            if calendar:
                result.update(
                    calendar._unavailable_intervals_batch(start, end, resources, tz=pytz.timezone(calendar.tz))
                )
        return result

    @staticmethod
    def _calendar_of(resource):
        return resource._own_or_company_calendar()

    def _get_calendars_validity_within_period(self, start, end, default_company=None):
        """Return which calendars resources have in a period, and when.

        :param start: aware, as ``end``
        :param default_company: whose calendar holds where there are no resources
        :return: ``{resource id: {calendar: spans}}``; ``False`` stands for no resource
        """
        assert start.tzinfo and end.tzinfo, "bounds need a time zone"
        whole = Intervals([(start, end, self.env["resource.calendar.attendance"])])
        if not self:
            return {False: {(default_company or self.env.company).resource_calendar_id: whole}}
        return {resource.id: {resource.calendar_id: whole} for resource in self}

    def _get_valid_work_intervals(self, start, end, calendars=None, compute_leaves=True):
        """Return when resources work in a period, by the calendars that they have in it.

        :param start: aware, as ``end``
        :param calendars: more calendars to tell of
        :param compute_leaves: whether nobody works in time off
        :return: ``{resource id: spans}``, the whole period for those without calendar; ``{calendar id: spans}`` of
            everybody
        """
        assert start.tzinfo and end.tzinfo, "bounds need a time zone"
        validity = self._get_calendars_validity_within_period(start, end) if self else {}
        followers = defaultdict(self.browse)
        for calendar in calendars or self.env["resource.calendar"]:
            followers[calendar] = self.browse()
        for resource in self:
            for calendar in validity[resource.id]:
                followers[calendar] |= resource
        by_resource: dict = {resource.id: Intervals() for resource in self}
        by_calendar = {}
        for calendar, resources in followers.items():
            if not calendar:
                for resource in resources:
                    by_resource[resource.id] |= validity[resource.id][calendar]
                continue
            spans = calendar._work_intervals_batch(start, end, resources, compute_leaves=compute_leaves)
            by_calendar[calendar.id] = spans[False]
            for resource in resources:
                by_resource[resource.id] = (spans[resource.id] & validity[resource.id][calendar]) | by_resource[
                    resource.id
                ]
        return by_resource, by_calendar
