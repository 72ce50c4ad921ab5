"""``resource.calendar.attendance``: a line of a calendar, hours of a day of the week."""

from odoo import api, fields, models

#: what a line of another calendar has that is worked like this one
COPIED = (
    *("name", "dayofweek", "day_period", "week_type", "display_type", "sequence"),
    *("date_from", "date_to", "hour_from", "hour_to"),
)


class ResourceCalendarAttendance(models.Model):
    """Hours that are worked on a day of the week, or the break between them."""

    _name = "resource.calendar.attendance"
    _description = "Work Detail"
    _order = "sequence, week_type, dayofweek, hour_from"

    name = fields.Char(required=True)
    dayofweek = fields.Selection(
        [
            ("0", "Monday"),
            ("1", "Tuesday"),
            ("2", "Wednesday"),
            ("3", "Thursday"),
            ("4", "Friday"),
            ("5", "Saturday"),
            ("6", "Sunday"),
        ],
        "Day of Week",
        required=True,
        index=True,
        default="0",
    )
    date_from = fields.Date("Starting Date", help="Empty: from the beginning.")
    date_to = fields.Date("End Date", help="Empty: without end.")
    hour_from = fields.Float("Work from", required=True, index=True, help="A clock's hour; 24:00 is midnight.")
    hour_to = fields.Float("Work to", required=True)
    duration_hours = fields.Float("Duration (hours)", compute="_compute_duration_hours")
    duration_days = fields.Float("Duration (days)", compute="_compute_duration_days", store=True, readonly=False)
    calendar_id = fields.Many2one("resource.calendar", "Resource's Calendar", required=True, ondelete="cascade")
    day_period = fields.Selection(
        [("morning", "Morning"), ("lunch", "Break"), ("afternoon", "Afternoon")], required=True, default="morning"
    )
    resource_id = fields.Many2one("resource.resource", "Resource", help="Empty: the hours of everybody.")
    week_type = fields.Selection([("1", "Second"), ("0", "First")], "Week Number", default=False)
    two_weeks_calendar = fields.Boolean("Calendar in 2 weeks mode", related="calendar_id.two_weeks_calendar")
    display_type = fields.Selection(
        [("line_section", "Section")], default=False, help="A heading above the lines of a week."
    )
    sequence = fields.Integer(default=10)

    @api.onchange("hour_from", "hour_to")
    def _onchange_hours(self):
        """Hours are those of a day, and the end is not before the start."""
        self.hour_from = min(max(self.hour_from, 0.0), 23.99)
        self.hour_to = max(min(max(self.hour_to, 0.0), 24.0), self.hour_from)

    @api.model
    def get_week_type(self, date):
        """Return whether a day is in a first week, 0, or in a second one, 1; they alternate, also over new year."""
        return (date.toordinal() - 1) // 7 % 2

    @api.depends("hour_from", "hour_to")
    def _compute_duration_hours(self):
        """Breaks are no work."""
        for line in self:
            line.duration_hours = 0 if line.day_period == "lunch" else line.hour_to - line.hour_from

    @api.depends("day_period", "duration_hours")
    def _compute_duration_days(self):
        """A line of more than three quarters of a day is a day, a shorter one half a day."""
        breaks = self.filtered(lambda line: line.day_period == "lunch")
        breaks.duration_days = 0
        for line in self - breaks:
            is_long = line.duration_hours > 0.75 * line.calendar_id.hours_per_day
            line.duration_days = 1 if is_long else 0.5

    @api.depends("week_type")
    def _compute_display_name(self):
        """Headings say which week it is, and whether it is this one."""
        super()._compute_display_name()
        this_week = str(self.get_week_type(fields.Date.context_today(self)))
        names = {"0": self.env._("First week"), "1": self.env._("Second week")}
        for line in self.filtered(lambda line: line.display_type == "line_section"):
            name = names.get(line.week_type)
            if name:
                line.display_name = self.env._("%s (this week)", name) if line.week_type == this_week else name

    def _copy_attendance_vals(self):
        """Return the values of the line for a calendar that has the same hours."""
        self.ensure_one()
        return {name: self[name] for name in COPIED}
