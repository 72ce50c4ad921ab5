"""Events from the iCalendar files of others: uploaded, or invitations that arrive by e-mail."""

import base64
import binascii
from datetime import datetime

from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize, get_lang, plaintext2html

from . import icalendar_reader as reader
from .calendar_event import DAY_END, DAY_START

#: an event that is taken from elsewhere is told to nobody: they know
QUIETLY = {"no_mail_to_attendees": True, "mail_create_nolog": True, "dont_notify": True}


class CalendarEventImport(models.Model):
    """Events as others write them."""

    _inherit = "calendar.event"

    ics_uid = fields.Char("Identifier elsewhere", copy=False, index="btree_not_null", readonly=True)
    ics_sequence = fields.Integer("Version elsewhere", copy=False, readonly=True)
    ics_organizer = fields.Char("Organizer elsewhere", copy=False, readonly=True)

    @api.model
    def import_icalendar(self, content):
        """Keep the events of an iCalendar file; those that were taken from one before are changed.

        :param str content: the file in base64
        :return: `{"created": count, "updated": count, "skipped": count}`; what the user may not change is skipped
        :raise UserError: the file is none, is too large, or has too many events
        """
        try:
            data = base64.b64decode(content, validate=True) if isinstance(content, (str, bytes)) else b""
        except (binascii.Error, ValueError):
            data = b""
        counts = {"created": 0, "updated": 0, "skipped": 0}
        for entries in grouped(self._read_icalendar(data)):
            counts[self.with_context(**QUIETLY)._import_entries(entries)[1]] += 1
        return counts

    @api.model
    def _read_icalendar(self, data):
        """Return what an iCalendar file says.

        :param bytes data: the file
        :raise UserError: it is none, is too large, or has too many events
        """
        try:
            zone = self.env.context.get("tz") or self.env.user.tz or "UTC"
            return reader.read(data, zone, int(get_lang(self.env).week_start) - 1)
        except reader.ReadError as error:
            raise UserError(
                {
                    "size": self.env._("The calendar file is too large: at most %s MB are read.", 1),
                    "count": self.env._(
                        "The calendar file has too much in it: at most %(events)s events with %(people)s people each.",
                        events=reader.MAX_EVENTS,
                        people=reader.MAX_PEOPLE,
                    ),
                    "file": self.env._("This is no calendar file, or it is damaged."),
                    "times": self.env._(
                        "The calendar file has an event without a start, or one that ends before it begins."
                    ),
                }[error.args[0]]
            ) from error

    # events

    def _import_entries(self, entries, sender=None, defaults=None):
        """Make or change what entries with the same identifier stand for: an event, or a series and what differs in it.

        :param entries: list of :class:`icalendar_reader.Entry`
        :param sender: normalized address of who sent them, ``None`` for the user who uploads a file
        :param defaults: more values of a new event
        :return: the event, the first one of a series; and ``created``, ``updated`` or ``skipped``
        """
        main = next((entry for entry in entries if entry.place is None), entries[0])
        known = self._known_events(main.uid, sender)
        event = known[:1]
        if main.is_cancelled:
            known._write_silently({"active": False})
            return event, "updated" if event else "skipped"
        if event and main.sequence < event.ics_sequence:
            return event, "skipped"
        if main.place is not None and event:
            # one event of a series that is known
            known._apply_exceptions(entries)
            return event, "updated"
        if event:
            outcome = "updated"
            event._rewrite_from(main, known)
        else:
            outcome = "created"
            event = self.create({**self._values_of_people(main, sender), **_values(main), **(defaults or {})})
        event._answers_from(main)
        event._repeat(main)
        series = event.recurrence_id.calendar_event_ids or event
        series.filtered(lambda one: one._place() in main.excluded)._write_silently({"active": False})
        series._apply_exceptions([entry for entry in entries if entry.place is not None and entry is not main])
        return event, outcome

    def _known_events(self, uid, sender):
        """Return the events that were taken from an entry before, with those of their series, the first one first.

        :param sender: who sent the entry: his events count only; without, those of the user
        """
        if not uid:
            return self.browse()
        if sender is None:
            whose = ["|", ("user_id", "=", self.env.uid), ("partner_ids", "in", self.env.user.partner_id.ids)]
        else:
            whose = [("ics_organizer", "=", sender)]
        everything = self.with_context(active_test=False)
        found = everything.search([("ics_uid", "=", uid), *whose], order="id", limit=reader.MAX_SINGLE + 1)
        return found | everything.search([("recurrence_id", "in", found.recurrence_id.ids)], order="start")

    def _rewrite_from(self, entry, known):
        """Have the event say what an entry says now; the others that were made of it are made anew."""
        self._leave_recurrence()
        (known - self)._unlink_silently()
        self.write({**_values(entry), "active": True, "recurrency": False, **self._values_of_people(entry, None)})

    def _unlink_silently(self):
        """Delete as part of a change that is told as a whole."""
        series = self.recurrence_id
        self.with_context(calendar_part_of_change=True, **QUIETLY).unlink()
        series.exists().filtered(lambda one: not one.calendar_event_ids).unlink()

    def _repeat(self, entry):
        """Make the other events of a series, or those of a rule that series do not have."""
        if entry.rule:
            self.write({"recurrency": True, "rrule": entry.rule, "event_tz": entry.zone})
            return
        length = self.stop - self.start
        copied = {**_values(entry), "partner_ids": [Command.set(self.partner_ids.ids)], "user_id": self.user_id.id}
        starts = [datetime.combine(start, DAY_START) if entry.allday else start for start in entry.starts]
        self.create([{**copied, "start": start, "stop": start + length} for start in starts if start != self.start])

    def _place(self):
        """Return what other calendars name the event of a series by: its start, of whole days the midnight before."""
        return datetime.combine(self.start.date(), datetime.min.time()) if self.allday else self.start

    def _apply_exceptions(self, entries):
        """Change single events of a series, which these are."""
        places = {event._place(): event for event in self}
        for entry in entries:
            event = places.get(entry.place)
            if event and entry.is_cancelled:
                event._write_silently({"active": False})
            elif event:
                event.write({**_values(entry, of_series=True), "recurrence_update": "self_only"})

    # people

    def _values_of_people(self, entry, sender):
        """Return who attends and, for a new event, who organizes.

        :param sender: ``None`` for the user who uploads a file
        """
        people = {person.email: person for person in (entry.organizer, *entry.people) if person}
        partners = self.env["res.partner"]
        if partners.has_access("create"):
            names = [f'"{person.name.replace(chr(34), "")}" <{email}>' for email, person in people.items()]
            found = partners.union(*partners._find_or_create_from_emails(names)) if names else partners
        else:
            found = partners.search([("email_normalized", "in", list(people))])
        values = {"partner_ids": [Command.set(found.ids)]}
        if not self:
            own = self.env.user if sender is None else self.env["res.users"]
            email = entry.organizer.email if entry.organizer else False
            users = self.env["res.users"].search([("email_normalized", "=", email), ("share", "=", False)], limit=1)
            values["user_id"] = (users or own).id
            if sender is None and not people:
                values["partner_ids"] = [Command.set(own.partner_id.ids)]
        return values

    def _answers_from(self, entry):
        """Take over what attendees answered."""
        answers = {person.email: person.state for person in entry.people}
        for row in self.attendee_ids:
            answer = answers.get(email_normalize(row.email))
            if answer and answer != row.state:
                row.state = answer


def grouped(entries):
    """Return lists of the entries with the same identifier; those without are alone."""
    groups = {}
    for number, entry in enumerate(entries):
        groups.setdefault(entry.uid or number, []).append(entry)
    return list(groups.values())


def _values(entry, of_series=False):
    """Return the values of an event, without people.

    :param of_series: for one event of a series, which has its own name for other calendars
    """
    values = {
        "name": entry.name or "–",
        "description": plaintext2html(entry.description) if entry.description else False,
        "location": entry.location or False,
        "privacy": "private" if entry.is_private else False,
        "show_as": "free" if entry.is_free else "busy",
        "allday": entry.allday,
        "start": datetime.combine(entry.start, DAY_START) if entry.allday else entry.start,
        "stop": datetime.combine(entry.stop, DAY_END) if entry.allday else entry.stop,
    }
    if not of_series:
        organizer = entry.organizer.email if entry.organizer else False
        values.update(ics_uid=entry.uid or False, ics_sequence=entry.sequence, ics_organizer=organizer)
    return values
