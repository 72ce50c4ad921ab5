"""Events for people and other calendars: when they are in words, and as iCalendar files."""

from datetime import timedelta

import pytz
from icalendar import Alarm, Calendar, Event, vCalAddress, vDatetime, vRecur, vText

from odoo import api, fields, models, tools
from odoo.exceptions import UserError
from odoo.tools import format_date, format_datetime, format_time, html2plaintext

_UNITS = {"days": "days", "hours": "hours", "minutes": "minutes"}


class CalendarEventExchange(models.Model):
    """Events as others read them."""

    _inherit = "calendar.event"

    @api.depends("allday", "duration", "start", "stop", "start_date", "stop_date")
    @api.depends_context("tz", "lang", "uid")
    def _compute_display_time(self):
        """Say when the event is."""
        for event in self:
            event.display_time = event._display_time()

    def get_display_time_tz(self, tz=False):
        """Return when the event is, in words.

        :param tz: time zone; that of the context without
        """
        self.ensure_one()
        return self.with_context(tz=tz)._display_time() if tz else self._display_time()

    def _display_time(self):
        """Return when the event is, in words, in the time zone of the context or of the user."""
        self.ensure_one()
        env = self.env
        zone = env.context.get("tz") or env.user.partner_id.tz or "UTC"
        if not (self.start and self.stop):
            return ""
        if self.allday:
            first, last = self.start.date(), self.stop.date()
            day = format_date(env, first) if first == last else f"{format_date(env, first)} – {format_date(env, last)}"
            return env._("All day, %s", day)
        if self.duration < 24:
            here = pytz.utc.localize(self.start).astimezone(pytz.timezone(zone))
            return env._(
                "%(day)s, %(start)s – %(stop)s (%(zone)s)",
                day=format_date(env, here.date()),
                start=format_time(env, self.start, tz=zone, time_format="short"),
                stop=format_time(env, self.stop, tz=zone, time_format="short"),
                zone=zone,
            )
        return env._(
            "%(start)s –\n%(stop)s (%(zone)s)",
            start=format_datetime(env, self.start, tz=zone, dt_format="short"),
            stop=format_datetime(env, self.stop, tz=zone, dt_format="short"),
            zone=zone,
        )

    def _get_mail_tz(self):
        """Return the time zone of e-mails about the event."""
        self.ensure_one()
        return self.event_tz or self.env.user.tz

    def _get_customer_description(self):
        """Return the description for people outside; extended by other modules."""
        return self.description

    # iCalendar

    def _get_ics_file(self):
        """Return the events as iCalendar files: ``{id: bytes}``.

        :raise UserError: for events without times
        """
        return {event.id: event._as_icalendar().to_ical() for event in self}

    def _as_icalendar(self):
        """Return the event as a calendar with one entry."""
        self.ensure_one()
        if not (self.start and self.stop):
            raise UserError(self.env._("“%s” needs a start and an end to be sent.", self.name))
        entry = Event()
        entry.add("uid", f"calendar-event-{self.id}@{self.get_base_url().partition('//')[2]}")
        entry["dtstamp"] = entry["created"] = vDatetime(pytz.utc.localize(fields.Datetime.now()))
        if self.allday:
            entry.add("dtstart", self.start)
            entry.add("dtend", self.stop)
        else:
            entry.add("dtstart", pytz.utc.localize(self.start))
            entry.add("dtend", pytz.utc.localize(self.stop))
        entry.add("summary", self.name or "")
        if not tools.is_html_empty(self.description):
            entry.add("description", html2plaintext(self._get_customer_description() or ""))
        if self.location:
            entry.add("location", self.location)
        if self.recurrency and self.recurrence_id.rrule:
            entry.add("rrule", vRecur.from_ical(self.recurrence_id.rrule))
        for alarm in self.alarm_ids:
            entry.add_component(self._reminder_component(alarm))
        self._add_people(entry)
        calendar = Calendar()
        calendar.add("prodid", "-//Quoin//Calendar//EN")
        calendar.add("version", "2.0")
        calendar.add_component(entry)
        return calendar

    def _reminder_component(self, alarm):
        """Return the iCalendar entry of a reminder."""
        component = Alarm()
        component.add("action", "DISPLAY")
        component.add("description", alarm.name or self.name or "")
        component.add("trigger", -timedelta(**{_UNITS[alarm.interval]: alarm.duration}))
        component["trigger"].params["related"] = vText("START")
        return component

    def _add_people(self, entry):
        """Add who attends and who organizes to an iCalendar entry."""
        for row in self.attendee_ids:
            address = vCalAddress(f"MAILTO:{row.email or ''}")
            if row.common_name:
                address.params["cn"] = vText(row.common_name)
            entry.add("attendee", address, encode=0)
        organizer = self.partner_id
        if organizer.email:
            address = vCalAddress(f"MAILTO:{organizer.email}")
            address.params["cn"] = vText(organizer.name or organizer.email)
            entry["organizer"] = address
