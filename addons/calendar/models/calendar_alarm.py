"""``calendar.alarm``: reminders, so long before events."""

from datetime import timedelta

from odoo import api, fields, models

_MINUTES = {"minutes": 1, "hours": 60, "days": 60 * 24}


class CalendarAlarm(models.Model):
    """A reminder."""

    _name = "calendar.alarm"
    _description = "Event Alarm"

    name = fields.Char("Name", required=True, translate=True)
    alarm_type = fields.Selection(
        [("notification", "Notification"), ("email", "Email")], string="Type", required=True, default="email"
    )
    duration = fields.Integer("Remind Before", required=True, default=1)
    interval = fields.Selection(
        [("minutes", "Minutes"), ("hours", "Hours"), ("days", "Days")], "Unit", required=True, default="hours"
    )
    duration_minutes = fields.Integer("Duration in minutes", compute="_compute_duration_minutes", store=True)
    mail_template_id = fields.Many2one(
        "mail.template",
        string="Email Template",
        domain=[("model", "=", "calendar.attendee")],
        compute="_compute_mail_template_id",
        readonly=False,
        store=True,
        copy=True,
        help="What is sent.",
    )
    body = fields.Text("Additional Message", help="Shown with the notification.")

    @api.depends("interval", "duration")
    def _compute_duration_minutes(self):
        """Count the minutes."""
        for alarm in self:
            alarm.duration_minutes = _MINUTES.get(alarm.interval, 0) * alarm.duration

    @api.depends("alarm_type", "mail_template_id")
    def _compute_mail_template_id(self):
        """Have a template for e-mails, and none for notifications."""
        usual = self.env.ref("calendar.calendar_template_meeting_reminder", raise_if_not_found=False)
        for alarm in self:
            if alarm.alarm_type != "email":
                alarm.mail_template_id = False
            elif not alarm.mail_template_id:
                alarm.mail_template_id = usual

    @api.onchange("duration", "interval", "alarm_type")
    def _onchange_duration_interval(self):
        """Name the reminder after what it does."""
        labels = [dict(self._fields[name]._description_selection(self.env)) for name in ("interval", "alarm_type")]
        unit, kind = labels[0].get(self.interval, ""), labels[1].get(self.alarm_type, "")
        self.name = f"{kind} - {self.duration} {unit}"

    def _moment_for(self, event):
        """Return when the reminder of an event is due, in UTC."""
        return event.start - timedelta(minutes=self.duration_minutes)
