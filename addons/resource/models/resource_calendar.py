"""``resource.calendar``: the hours that are worked in a week, or in two that alternate."""

from collections import defaultdict
from datetime import datetime
from itertools import pairwise

import pytz

from odoo import Command, api, fields, models
from odoo.addons.base.models.res_partner import _tz_get
from odoo.exceptions import ValidationError
from odoo.tools import float_round, format_date

#: Monday to Friday, and the parts of these days: name, from, to
WORKING_DAYS = range(5)
DAY_PARTS = (("morning", 8.0, 12.0), ("lunch", 12.0, 13.0), ("afternoon", 13.0, 17.0))
#: positions of the headings of both weeks; the lines of a week follow its heading
FIRST_WEEK, SECOND_WEEK = 0, 25


class ResourceCalendar(models.Model):
    """Working hours. Lines say when work is done, time off when it is not."""

    _name = "resource.calendar"
    _description = "Resource Working Time"

    name = fields.Char(required=True)
    active = fields.Boolean("Active", default=True, help="Archived working hours are offered no more.")
    company_id = fields.Many2one(
        "res.company", "Company", default=lambda self: self.env.company, domain=lambda self: self._company_domain()
    )
    attendance_ids = fields.One2many(
        "resource.calendar.attendance",
        "calendar_id",
        "Working Time",
        compute="_compute_attendance_ids",
        store=True,
        readonly=False,
        copy=True,
    )
    leave_ids = fields.One2many("resource.calendar.leaves", "calendar_id", "Time Off")
    global_leave_ids = fields.One2many(
        "resource.calendar.leaves",
        "calendar_id",
        "Global Time Off",
        compute="_compute_global_leave_ids",
        store=True,
        readonly=False,
        copy=True,
        domain=[("resource_id", "=", False)],
    )
    hours_per_day = fields.Float(
        "Average Hour per Day",
        compute="_compute_hours_per_day",
        store=True,
        readonly=False,
        digits=(2, 2),
        help="Hours of a usual working day: what a day counts where days are turned into hours.",
    )
    tz = fields.Selection(
        _tz_get,
        string="Timezone",
        required=True,
        default=lambda self: self._default_tz(),
        help="The hours of the lines are those of a clock in this time zone.",
    )
    tz_offset = fields.Char("Timezone offset", compute="_compute_tz_offset")
    two_weeks_calendar = fields.Boolean("Calendar in 2 weeks mode")
    two_weeks_explanation = fields.Char("Explanation", compute="_compute_two_weeks_explanation")
    flexible_hours = fields.Boolean(
        "Flexible Hours", help="The lines say how much is worked, not when: people choose their hours."
    )
    full_time_required_hours = fields.Float(
        "Full Time Equivalent", help="Weekly hours of somebody who works full time."
    )

    # defaults

    @api.model
    def _company_domain(self):
        """Return the domain of the companies that calendars may be given to."""
        return [("id", "in", self.env.companies.ids)]

    @api.model
    def _default_tz(self):
        """Return the time zone of who asks, else that of the administrator, else UTC."""
        admin = self.env.ref("base.user_admin", raise_if_not_found=False)
        return self.env.context.get("tz") or self.env.user.tz or (admin and admin.sudo().tz) or "UTC"

    @api.model
    def default_get(self, fields_list):
        """Propose the hours of the company's calendar, or eight hours from Monday to Friday."""
        values = super().default_get(fields_list)
        company = self.env["res.company"].browse(values.get("company_id"))
        if not values.get("name") and company:
            values["name"] = self.env._("Working Hours of %s", company.name)
        if "attendance_ids" in fields_list and not values.get("attendance_ids"):
            usual = (company or self.env.company).resource_calendar_id
            values["attendance_ids"] = self._lines_like(usual) or self._usual_lines()
        return values

    @api.model
    def _lines_like(self, calendar):
        """Return commands for the lines of another calendar; none for one of two weeks."""
        if calendar.two_weeks_calendar:
            return []
        return [
            Command.create(
                {
                    "name": line.name,
                    "dayofweek": line.dayofweek,
                    "hour_from": line.hour_from,
                    "hour_to": line.hour_to,
                    "day_period": line.day_period,
                    "date_from": line.date_from,
                    "date_to": line.date_to,
                }
            )
            for line in calendar.attendance_ids
        ]

    @api.model
    def _usual_lines(self, week_type=False, sequence=None):
        """Return commands for the lines of a usual week.

        :param week_type: `"0"` or `"1"` for a week of two
        :param sequence: position of the first line; the others count on. Without it all stand where lines do by default
        """
        days = dict(self.env["resource.calendar.attendance"]._fields["dayofweek"]._description_selection(self.env))
        names = {
            "morning": lambda day: self.env._("%s Morning", day),
            "lunch": lambda day: self.env._("%s Lunch", day),
            "afternoon": lambda day: self.env._("%s Afternoon", day),
        }
        lines = []
        for day in map(str, WORKING_DAYS):
            for period, hour_from, hour_to in DAY_PARTS:
                line = {
                    "name": names[period](days[day]),
                    "dayofweek": day,
                    "hour_from": hour_from,
                    "hour_to": hour_to,
                    "day_period": period,
                }
                if week_type:
                    line["week_type"] = week_type
                if sequence is not None:
                    line["sequence"] = sequence + len(lines)
                lines.append(line)
        return [Command.create(line) for line in lines]

    def copy_data(self, default=None):
        """Mark the names of copies."""
        copies = super().copy_data(default=default)
        if "name" not in (default or ()):
            for vals in copies:
                vals["name"] = self.env._("%s (copy)", vals["name"])
        return copies

    # computed fields

    def _takes_from_company(self):
        """Return the calendars that are new, or that are given to another company."""
        return self.filtered(
            lambda calendar: (
                not calendar._origin or (calendar.company_id and calendar._origin.company_id != calendar.company_id)
            )
        )

    @api.depends("company_id")
    def _compute_attendance_ids(self):
        """A calendar starts with the hours of its company's calendar."""
        for calendar in self._takes_from_company():
            usual = calendar.company_id.resource_calendar_id
            calendar.update(
                {
                    "two_weeks_calendar": usual.two_weeks_calendar,
                    "tz": usual.tz or calendar.tz,
                    "attendance_ids": [Command.clear()]
                    + [
                        Command.create(line._copy_attendance_vals())
                        for line in usual.attendance_ids
                        if not line.resource_id
                    ],
                }
            )

    @api.depends("company_id")
    def _compute_global_leave_ids(self):
        """A calendar starts with the days off of its company's calendar."""
        for calendar in self._takes_from_company():
            calendar.global_leave_ids = [Command.clear()] + [
                Command.create(leave._copy_leave_vals())
                for leave in calendar.company_id.resource_calendar_id.global_leave_ids
            ]

    @api.depends(
        "attendance_ids",
        "attendance_ids.hour_from",
        "attendance_ids.hour_to",
        "two_weeks_calendar",
        "flexible_hours",
    )
    def _compute_hours_per_day(self):
        """The average of the days that are worked; with flexible hours people enter it."""
        for calendar in self.filtered(lambda calendar: not calendar.flexible_hours):
            calendar.hours_per_day = calendar._get_hours_per_day(calendar._get_global_attendances())

    def _get_global_attendances(self):
        """Return the lines that hold for everybody, always."""
        return self.attendance_ids.filtered(
            lambda line: (
                line.day_period != "lunch"
                and not (line.date_from or line.date_to or line.resource_id or line.display_type)
            )
        )

    def _get_hours_per_day(self, attendances):
        """Return how many hours a working day has.

        :param attendances: lines
        :return: the average of the days that have lines, with two decimals; 0 when none has
        """
        self.ensure_one()
        if self.two_weeks_calendar:
            days = {(line.week_type, line.dayofweek) for line in attendances if line.week_type}
        else:
            days = {line.dayofweek for line in attendances}
        if not days:
            return 0
        hours = sum(line.hour_to - line.hour_from for line in attendances)
        return float_round(hours / len(days), precision_digits=2)

    @api.depends("tz")
    def _compute_tz_offset(self):
        """The offset now."""
        now = datetime.now(pytz.utc)
        for calendar in self:
            calendar.tz_offset = f"{now.astimezone(pytz.timezone(calendar.tz or 'GMT')):%z}"

    @api.depends("two_weeks_calendar")
    def _compute_two_weeks_explanation(self):
        """Which of both weeks it is."""
        today = fields.Date.context_today(self)
        second = self.env["resource.calendar.attendance"].get_week_type(today)
        day = format_date(self.env, today)
        text = (
            self.env._("Today, %s, is in a second week.", day)
            if second
            else self.env._("Today, %s, is in a first week.", day)
        )
        for calendar in self:
            calendar.two_weeks_explanation = text if calendar.two_weeks_calendar else False

    # checks

    @api.constrains("attendance_ids")
    def _check_attendance_ids(self):
        """The lines of two weeks stand below headings.

        :raise ValidationError: a line stands above the first heading
        """
        for calendar in self.filtered("two_weeks_calendar"):
            lines = calendar.attendance_ids
            if lines.filtered("display_type") and not lines.sorted("sequence")[:1].display_type:
                raise ValidationError(
                    self.env._("Working hours of two weeks begin with the heading of a week, and its lines follow.")
                )

    @api.constrains("attendance_ids")
    def _check_attendance(self):
        """Lines that hold for everybody, always, do not overlap.

        :raise ValidationError: two do
        """
        for calendar in self:
            lines = calendar.attendance_ids.filtered(
                lambda line: not (line.resource_id or line.display_type or line.date_from or line.date_to)
            )
            weeks = defaultdict(lines.browse)
            for line in lines:
                weeks[line.week_type if calendar.two_weeks_calendar else False] |= line
            for week in weeks.values():
                calendar._check_overlap(week)

    def _check_overlap(self, attendances):
        """Refuse lines of a week of which two overlap."""
        ordered = attendances.sorted(lambda line: (int(line.dayofweek), line.hour_from, line.hour_to))
        for line, following in pairwise(ordered):
            if line.dayofweek == following.dayofweek and following.hour_from < line.hour_to:
                raise ValidationError(
                    self.env._(
                        "“%(line)s” and “%(following)s” are at the same time: working hours cannot overlap.",
                        line=line.name,
                        following=following.name,
                    )
                )

    # two weeks

    @api.onchange("attendance_ids")
    def _onchange_attendance_ids(self):
        """Lines belong to the week whose heading they stand below.

        :raise ValidationError: the calendar has not one heading for each week
        """
        if not self.two_weeks_calendar:
            return
        lines = self.attendance_ids.sorted("sequence")
        headings = lines.filtered(lambda line: line.display_type == "line_section")
        if sorted(headings.mapped(lambda line: line.week_type or "")) != ["0", "1"]:
            raise ValidationError(self.env._("Each of the two weeks has one heading: keep both."))
        week_type = False
        for line in lines:
            if line.display_type == "line_section":
                week_type = line.week_type
            else:
                line.week_type = week_type

    def switch_calendar_type(self):
        """Make a calendar of one week one of two, or back; its lines are the usual ones then."""
        self.ensure_one()
        if self.two_weeks_calendar:
            self.attendance_ids.unlink()
            self.two_weeks_calendar = False
            self.attendance_ids = self._usual_lines()
            return
        self.attendance_ids.unlink()
        self.two_weeks_calendar = True
        self.attendance_ids = [
            self._week_heading("0", FIRST_WEEK),
            self._week_heading("1", SECOND_WEEK),
            *self._usual_lines(week_type="0", sequence=FIRST_WEEK + 1),
            *self._usual_lines(week_type="1", sequence=SECOND_WEEK + 1),
        ]

    @api.model
    def _week_heading(self, week_type, sequence):
        """Return the command for the heading of a week."""
        return Command.create(
            {
                "name": self.env._("First week") if week_type == "0" else self.env._("Second week"),
                "dayofweek": "0",
                "sequence": sequence,
                "hour_from": 0,
                "hour_to": 0,
                "day_period": "morning",
                "week_type": week_type,
                "display_type": "line_section",
            }
        )
