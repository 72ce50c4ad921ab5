"""``calendar.alarm_manager``: finds the reminders that are due, and sends them."""

from datetime import timedelta

from odoo import api, fields, models

#: how long before they are due browsers know of reminders
_AHEAD = timedelta(days=1)
#: how far the job looks back when it does not know when it ran
_BACK = timedelta(weeks=1)


class CalendarAlarmManager(models.AbstractModel):
    """The reminders of events."""

    _name = "calendar.alarm_manager"
    _description = "Event Alarm Manager"

    # by e-mail

    def _trigger_for(self, event):
        """Have the job run when the reminders of an event are due; return the requests."""
        kinds = event._get_trigger_alarm_types()
        alarms = event.alarm_ids.filtered(lambda alarm: alarm.alarm_type in kinds)
        job = alarms and self.env.ref("calendar.ir_cron_scheduler_alarm", raise_if_not_found=False)
        if not job:
            return self.env["ir.cron.trigger"]
        job = job.sudo()
        since = self.env.context.get("calendar_reminded_until") or job.lastcall or fields.Datetime.now()
        moments = {alarm._moment_for(event) for alarm in alarms}
        due = sorted(moment for moment in moments if moment > since)
        return job._trigger(at=due) if due else self.env["ir.cron.trigger"]

    def _trigger_for_first(self, events):
        """Have the job run for the first of some events that has a reminder to come; return that request."""
        for event in events:
            requests = self._trigger_for(event)
            if requests:
                return requests[-1]
        return self.env["ir.cron.trigger"]

    def _get_events_by_alarm_to_notify(self, alarm_type):
        """Return which reminders came due since the job ran: ``{id of the reminder: ids of events}``.

        :param alarm_type: ``email`` or ``notification``
        """
        now = fields.Datetime.now()
        since = fields.Datetime.to_datetime(self.env.context.get("lastcall")) or now - _BACK
        alarms = self.env["calendar.alarm"].sudo().search([("alarm_type", "=", alarm_type)])
        found = {}
        for minutes, of_length in alarms.grouped("duration_minutes").items():
            ahead = timedelta(minutes=minutes)
            domain = [
                ("alarm_ids", "in", of_length.ids),
                ("start", ">", since + ahead),
                ("start", "<=", now + ahead),
                ("stop", ">", now),
            ]
            for event in self.env["calendar.event"].sudo().search(domain):
                for alarm in event.alarm_ids & of_length:
                    found.setdefault(alarm.id, []).append(event.id)
        return found

    @api.model
    def _send_reminder(self):
        """Send the e-mails that are due; called by the job."""
        by_alarm = self._get_events_by_alarm_to_notify("email")
        for alarm_id, event_ids in by_alarm.items():
            alarm = self.env["calendar.alarm"].sudo().browse(alarm_id)
            events = self.env["calendar.event"].sudo().browse(event_ids)
            rows = events.attendee_ids.filtered(lambda row: row.state != "declined")
            rows = rows.with_context(calendar_template_ignore_recurrence=True, mail_notify_author=True)
            if rows and alarm.mail_template_id:
                rows._send_template(alarm.mail_template_id, notify_author=True)
            series = events.recurrence_id.with_context(calendar_reminded_until=fields.Datetime.now())
            series._setup_alarms(recurrence_update=True)

    # in the browser

    @api.model
    def get_next_notif(self):
        """Return the reminders that the user's browser has to show until tomorrow.

        :return: list of dicts with ``alarm_id``, ``event_id``, ``title``, ``message``, ``timer`` and ``notify_at``
        """
        partner = self.env.user.partner_id
        if not partner:
            return []
        alarms = self.env["calendar.alarm"].sudo().search([("alarm_type", "=", "notification")])
        longest = timedelta(minutes=max(alarms.mapped("duration_minutes"), default=0))
        now = fields.Datetime.now()
        domain = [
            ("alarm_ids", "in", alarms.ids),
            ("attendee_ids", "any", [("partner_id", "=", partner.id), ("state", "!=", "declined")]),
            ("start", "<=", now + _AHEAD + longest),
            ("stop", ">", now),
        ]
        found = []
        for event in self.env["calendar.event"].search(domain, order="start"):
            seconds = _AHEAD.total_seconds()
            found += self.do_check_alarm_for_one_date(
                event.start, event, longest, seconds, "notification", missing=True
            )
        return [self.do_notif_reminder(alert) for alert in found]

    @api.model
    def do_check_alarm_for_one_date(
        self, one_date, event, event_maxdelta, in_the_next_X_seconds, alarm_type, after=False, missing=False
    ):
        """Return which reminders of an event are due soon.

        :param one_date: when the event is
        :param event_maxdelta: longest time before the event that a reminder may be due
        :param in_the_next_X_seconds: how soon they are
        :param alarm_type: ``email`` or ``notification``
        :param after: only those after this moment, that of the user's last answer without
        :param missing: also those that came due before now
        :return: list of dicts with ``alarm_id``, ``event_id`` and ``notify_at``
        """
        now = fields.Datetime.now()
        until = now + timedelta(seconds=in_the_next_X_seconds)
        if one_date - event_maxdelta > until:
            return []
        since = fields.Datetime.to_datetime(after) or self.env.user.partner_id.sudo().calendar_last_notif_ack
        alerts = []
        for alarm in event.sudo().alarm_ids.filtered(lambda alarm: alarm.alarm_type == alarm_type):
            moment = one_date - timedelta(minutes=alarm.duration_minutes)
            known = since and moment <= since
            if moment <= until and not known and (missing or moment >= now):
                alerts.append({"alarm_id": alarm.id, "event_id": event.id, "notify_at": moment})
        return alerts

    def do_notif_reminder(self, alert):
        """Return a reminder as browsers show it.

        :param alert: dict with ``alarm_id``, ``event_id`` and ``notify_at``
        """
        alarm = self.env["calendar.alarm"].browse(alert["alarm_id"])
        event = self.env["calendar.event"].browse(alert["event_id"])
        due = alert["notify_at"]
        shown = {"message": "\n".join(filter(None, (event.display_time, alarm.body))), "title": event.name}
        shown["timer"] = max((due - fields.Datetime.now()).total_seconds(), 0)
        return {**alert, **shown, "notify_at": fields.Datetime.to_string(due)}

    def _notify_next_alarm(self, partner_ids):
        """Tell the browsers of users which reminders they have to show.

        :param partner_ids: ids of their contacts
        """
        domain = [("partner_id", "in", list(partner_ids)), ("share", "=", False)]
        for user in self.env["res.users"].sudo().search(domain):
            reminders = self.with_user(user).with_context(allowed_company_ids=user.company_ids.ids).get_next_notif()
            user._bus_send("calendar.alarm", reminders)
