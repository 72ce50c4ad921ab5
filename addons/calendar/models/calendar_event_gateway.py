"""Invitations, changes and answers of other calendars that arrive by e-mail."""

import logging
import re

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize

from .calendar_event_import import QUIETLY, grouped

_logger = logging.getLogger(__name__)

#: identifiers of our own events in the files that attendees get
_OWN_UID = re.compile(r"calendar-event-(\d{1,9})@")
_ANSWERS = {"accepted": "do_accept", "declined": "do_decline", "tentative": "do_tentative"}


class CalendarEventGateway(models.Model):
    """Events and the e-mails that calendars send each other."""

    _inherit = "calendar.event"

    @api.model
    def message_new(self, msg_dict, custom_values=None):
        """Make the event that an e-mail invites to, or change the one that it is about."""
        entries = self._entries_of_mail(msg_dict)
        answered = self._take_answers(entries, msg_dict)
        if answered:
            return answered
        sender = email_normalize(msg_dict.get("email_from")) or ""
        first = self.browse()
        for parts in grouped([entry for entry in entries if entry.method != "REPLY"]):
            organizer = parts[0].organizer
            if organizer and organizer.email != sender:
                # who passes an invitation on does not change what others know of it
                parts = [entry._replace(uid="", organizer=None) for entry in parts]
            event, _outcome = self.with_context(**QUIETLY)._import_entries(parts, sender, custom_values)
            first = first or event
        return first or super().message_new(msg_dict, custom_values)

    def message_update(self, msg_dict, update_vals=None):
        """Take over what the organizer changed, or what an attendee answered."""
        entries = self._entries_of_mail(msg_dict)
        if not self._take_answers(entries, msg_dict):
            sender = email_normalize(msg_dict.get("email_from")) or ""
            own = [entry for entry in entries if entry.uid and entry.uid == self.ics_uid and entry.method != "REPLY"]
            if own and sender and sender == self.ics_organizer:
                self.with_context(**QUIETLY)._import_entries(own, sender)
        return super().message_update(msg_dict, update_vals)

    @api.model
    def _entries_of_mail(self, msg_dict):
        """Return what the calendar files of an e-mail say; nothing for files that cannot be read."""
        found = {}
        for attachment in msg_dict.get("attachments") or ():
            data = attachment[1].encode() if isinstance(attachment[1], str) else attachment[1]
            # invitations are parts without a name in some e-mails, and files in others
            if not isinstance(data, bytes) or data.lstrip()[:15].upper() != b"BEGIN:VCALENDAR":
                continue
            try:
                entries = self._read_icalendar(data)
            except UserError as error:
                _logger.info("A calendar file of an e-mail is kept as a file only: %s", error)
                continue
            # most programs send the same twice, as a part of the e-mail and as a file
            found.update({(entry.uid, entry.place, entry.start): entry for entry in entries})
        return list(found.values())

    @api.model
    def _take_answers(self, entries, msg_dict):
        """Have the sender of an e-mail answer our invitations; return the events."""
        sender = email_normalize(msg_dict.get("email_from"))
        answered = self.browse()
        for entry in entries:
            number = _OWN_UID.match(entry.uid)
            if entry.method != "REPLY" or not number or not sender:
                continue
            event = self.browse(int(number[1])).exists()
            if entry.place is not None:
                event = event.recurrence_id.calendar_event_ids.filtered(lambda one, at=entry.place: one._place() == at)
            elif event.recurrence_id:
                event = event.recurrence_id.calendar_event_ids
            rows = event.attendee_ids.filtered(lambda row: email_normalize(row.email) == sender)
            answer = next((person.state for person in entry.people if person.email == sender), None)
            if rows and answer in _ANSWERS:
                getattr(rows, _ANSWERS[answer])()
                answered |= rows.event_id
        return answered[:1]
