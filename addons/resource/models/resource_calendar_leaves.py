"""``resource.calendar.leaves``: time in which no work is done although the calendar has hours."""

from datetime import datetime, time

import pytz

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .utils import datetime_to_string

#: what time off has for another calendar too
COPIED = ("name", "time_type", "date_from", "date_to")


class ResourceCalendarLeaves(models.Model):
    """Time off: of a resource, or of all that follow a calendar."""

    _name = "resource.calendar.leaves"
    _description = "Resource Time Off Detail"
    _order = "date_from"

    name = fields.Char("Reason")
    company_id = fields.Many2one(
        "res.company", "Company", compute="_compute_company_id", store=True, default=lambda self: self.env.company
    )
    calendar_id = fields.Many2one(
        "resource.calendar",
        "Working Hours",
        compute="_compute_calendar_id",
        store=True,
        readonly=False,
        index=True,
        check_company=True,
        domain="[('company_id', 'in', [company_id, False])]",
    )
    date_from = fields.Datetime("Start Date", required=True)
    date_to = fields.Datetime(
        "End Date", compute="_compute_date_to", store=True, precompute=True, readonly=False, required=True
    )
    resource_id = fields.Many2one(
        "resource.resource", "Resource", index=True, help="Empty: everybody with these working hours is off."
    )
    time_type = fields.Selection(
        [("leave", "Time Off"), ("other", "Other")],
        default="leave",
        help="Time off is no work; other time away, such as training, is.",
    )

    @api.model
    def _local_zone(self):
        """Return the time zone in which days of who asks begin and end."""
        name = self.env.user.tz or self.env.context.get("tz") or self.env.company.resource_calendar_id.tz or "UTC"
        return pytz.timezone(name)

    def default_get(self, fields_list):
        """Propose the working hours of today."""
        values = super().default_get(fields_list)
        if {"date_from", "date_to"} <= set(fields_list) and not (values.get("date_from") or values.get("date_to")):
            start, end = self._hours_of_today()
            values.update(date_from=datetime_to_string(start), date_to=datetime_to_string(end))
        return values

    def _hours_of_today(self):
        """Return start and end of today's work at the company, or of the day when nobody works."""
        calendar = self.env.company.resource_calendar_id
        zone = pytz.timezone(calendar.tz) if calendar.tz else self._local_zone()
        today = datetime.now(zone).date()
        start, end = (zone.localize(datetime.combine(today, hour)) for hour in (time.min, time(23, 59, 59)))
        worked = list(calendar._work_intervals_batch(start, end)[False]) if calendar else []
        return (worked[0][0], worked[-1][1]) if worked else (start, end)

    @api.depends("resource_id.calendar_id")
    def _compute_calendar_id(self):
        """Time off of a resource follows the working hours of the resource."""
        for leave in self.filtered("resource_id"):
            leave.calendar_id = leave.resource_id.calendar_id

    @api.depends("calendar_id")
    def _compute_company_id(self):
        """The company is that of the working hours."""
        for leave in self:
            leave.company_id = leave.calendar_id.company_id or self.env.company

    @api.depends("date_from")
    def _compute_date_to(self):
        """Time off ends with the day it begins on, unless it was to end later."""
        zone = self._local_zone()
        for leave in self:
            start = leave.date_from
            if not start or (leave.date_to and leave.date_to > start):
                continue
            day = pytz.utc.localize(start).astimezone(zone).date()
            end = zone.localize(datetime.combine(day, time(23, 59, 59)))
            leave.date_to = end.astimezone(pytz.utc).replace(tzinfo=None)

    @api.constrains("date_from", "date_to")
    def check_dates(self):
        """Time off ends after it began.

        :raise ValidationError: it does not
        """
        if self.filtered(lambda leave: leave.date_from > leave.date_to):
            raise ValidationError(self.env._("Time off cannot end before it begins."))

    def _copy_leave_vals(self):
        """Return the values of the time off for another calendar."""
        self.ensure_one()
        return {name: self[name] for name in COPIED}
