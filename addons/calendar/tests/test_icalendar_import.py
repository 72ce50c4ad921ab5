"""Events from the iCalendar files of others."""

import base64
from datetime import date, datetime
from unittest.mock import patch

from odoo.addons.calendar.models import icalendar_reader as reader
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import CalendarCommon

CALENDAR = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Other//EN\r\n{method}{events}END:VCALENDAR\r\n"
MAIL = """From: {sender}
To: {to}
Subject: Invitation
Message-Id: <{number}@example.com>
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="x"

--x
Content-Type: text/plain

Please come.
--x
Content-Type: text/calendar; charset=utf-8; method={method}

{calendar}
--x--
"""


def entry(*lines, uid="one@other", start="20300506T090000Z", end="20300506T100000Z", name="Tasting"):
    """Return an event of a file."""
    times = [
        f"DTSTART{start}" if start[0] in ";:" else f"DTSTART:{start}",
        f"DTEND{end}" if end[0] in ";:" else f"DTEND:{end}",
    ]
    return "\r\n".join(["BEGIN:VEVENT", f"UID:{uid}", *times, f"SUMMARY:{name}", *lines, "END:VEVENT", ""])


def calendar(*events, method=""):
    """Return a file with events."""
    return CALENDAR.format(method=f"METHOD:{method}\r\n" if method else "", events="".join(events))


class ImportCase(CalendarCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.number = 0

    def found(self, uid="one@other", **context):
        events = self.Event.with_context(**context).search([("ics_uid", "=", uid)])
        return (events | events.recurrence_id.calendar_event_ids).sorted("start")


@tagged("post_install", "-at_install")
class TestUpload(ImportCase):
    def upload(self, *events, user=None, **options):
        content = base64.b64encode(calendar(*events, **options).encode()).decode()
        with self.mock_mail_gateway(), self.mock_mail_app():
            counts = self.Event.with_user(user or self.anna).import_icalendar(content)
            self.env.flush_all()
        # nobody is invited to what he has in another calendar
        self.assertFalse(self._new_msgs.filtered(lambda message: message.message_type == "user_notification"))
        return tuple(counts.values())

    def test_an_event(self):
        lines = [
            "DESCRIPTION:Bring\\nglasses",
            "LOCATION:Cellar",
            "CLASS:PRIVATE",
            "TRANSP:TRANSPARENT",
            "ORGANIZER;CN=Anna:mailto:anna@example.com",
            "ATTENDEE;CN=Carla;PARTSTAT=ACCEPTED:mailto:carla@example.com",
            "ATTENDEE;CN=Dora Dale:mailto:dora@example.com",
        ]
        self.assertEqual(self.upload(entry(*lines)), (1, 0, 0))
        event = self.found()
        self.assertRecordValues(
            event,
            [
                {
                    "name": "Tasting",
                    "start": datetime(2030, 5, 6, 9),
                    "stop": datetime(2030, 5, 6, 10),
                    "location": "Cellar",
                    "privacy": "private",
                    "show_as": "free",
                    "user_id": self.anna.id,
                }
            ],
        )
        self.assertIn("Bring<br>", event.description)
        states = {row.email: row.state for row in event.attendee_ids}
        wanted = {"anna@example.com": "accepted", "carla@example.com": "accepted", "dora@example.com": "needsAction"}
        self.assertEqual(states, wanted)
        self.assertEqual(event.attendee_ids.partner_id & self.customer, self.customer)
        # the same file again changes it; an older version does not
        again = entry("SEQUENCE:2", name="Tasting again")
        self.assertEqual(self.upload(again), (0, 1, 0))
        self.assertEqual(self.upload(entry("SEQUENCE:1")), (0, 0, 1))
        self.assertEqual(self.found().name, "Tasting again")
        # somebody else's event is his own
        self.assertEqual(self.upload(entry(), user=self.bert), (1, 0, 0))

    def test_whole_days_and_zones(self):
        days = entry(uid="days", start=";VALUE=DATE:20300506", end=";VALUE=DATE:20300508")
        zone = entry(
            uid="zone", start=";TZID=America/New_York:20300506T090000", end=";TZID=America/New_York:20300506T093000"
        )
        floating = entry(uid="here", start="20300506T090000", end="20300506T093000")
        self.assertEqual(self.upload(days, zone, floating), (3, 0, 0))
        self.assertRecordValues(
            self.found("days"),
            [{"allday": True, "start_date": date(2030, 5, 6), "stop_date": date(2030, 5, 7)}],
        )
        self.assertEqual(self.found("zone").start, datetime(2030, 5, 6, 13))
        # without a zone it is that of the user, in Brussels
        self.assertEqual(self.found("here").start, datetime(2030, 5, 6, 7))

    def test_a_series_with_exceptions(self):
        zone = ";TZID=Europe/Brussels:"
        series = entry(
            "RRULE:FREQ=WEEKLY;COUNT=4;BYDAY=MO",
            f"EXDATE{zone}20300513T090000",
            start=f"{zone}20300506T090000",
            end=f"{zone}20300506T100000",
        )
        moved = entry(
            f"RECURRENCE-ID{zone}20300520T090000",
            start=f"{zone}20300521T150000",
            end=f"{zone}20300521T160000",
            name="Late tasting",
        )
        self.assertEqual(self.upload(series, moved), (1, 0, 0))
        events = self.found()
        self.assertEqual(
            [(event.name, event.start) for event in events],
            [
                ("Tasting", datetime(2030, 5, 6, 7)),
                ("Late tasting", datetime(2030, 5, 21, 13)),
                ("Tasting", datetime(2030, 5, 27, 7)),
            ],
        )
        self.assertEqual(events.recurrence_id.rrule, "FREQ=WEEKLY;COUNT=4;BYDAY=MO")
        # the file is the truth: a series that became shorter has fewer events
        shorter = entry(
            "RRULE:FREQ=DAILY;COUNT=2", "SEQUENCE:1", start=f"{zone}20300506T090000", end=f"{zone}20300506T100000"
        )
        self.assertEqual(self.upload(shorter), (0, 1, 0))
        self.assertEqual([event.start.day for event in self.found()], [6, 7])

    def test_rules_that_series_do_not_have(self):
        # the last working day of a month
        odd = entry(
            "RRULE:FREQ=MONTHLY;COUNT=3;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
            start="20300531T090000Z",
            end="20300531T100000Z",
        )
        self.assertEqual(self.upload(odd), (1, 0, 0))
        events = self.found()
        self.assertEqual(
            [event.start.date() for event in events], [date(2030, 5, 31), date(2030, 6, 28), date(2030, 7, 31)]
        )
        self.assertFalse(events.recurrence_id)

    def test_what_ends_in_another_zone(self):
        zone = ";TZID=America/New_York:"
        until = entry(
            "RRULE:FREQ=DAILY;UNTIL=20300508T010000Z", start=f"{zone}20300506T210000", end=f"{zone}20300506T220000"
        )
        self.assertEqual(self.upload(until), (1, 0, 0))
        self.assertEqual([event.start.day for event in self.found()], [7, 8])

    def test_bad_files(self):
        def refused(content):
            with self.assertRaises(UserError) as caught:
                self.Event.import_icalendar(content)
            return str(caught.exception)

        damaged = [b"", b"no calendar", calendar().encode(), b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n"]
        damaged += [
            calendar(entry("RRULE:FREQ=SECONDLY")).encode(),
            calendar(entry("RRULE:FREQ=DAILY;INTERVAL=0")).encode(),
        ]
        times = ",".join(map(str, range(60)))
        damaged.append(calendar(entry(f"RRULE:FREQ=DAILY;BYHOUR=1,2;BYSECOND={times};BYSETPOS=9999")).encode())
        for content in damaged:
            with self.subTest(content=content):
                self.assertIn("no calendar file", refused(base64.b64encode(content).decode()))
        self.assertIn("no calendar file", refused("%%%"))
        self.assertIn("no calendar file", refused(None))
        backwards = calendar(entry(end="20300506T080000Z"))
        self.assertIn("ends before", refused(base64.b64encode(backwards.encode())))
        self.assertIn("too large", refused(base64.b64encode(b"x" * (reader.MAX_SIZE + 1))))
        with patch.object(reader, "MAX_EVENTS", 1):
            self.assertIn("too much", refused(base64.b64encode(calendar(entry(), entry(uid="two")).encode())))
        self.assertFalse(self.found())


@tagged("post_install", "-at_install")
class TestMail(ImportCase):
    def receive(self, *events, sender="Olaf <olaf@other.example>", method="REQUEST", to="meetings@example.com"):
        type(self).number += 1
        mail = MAIL.format(
            sender=sender, to=to, method=method, number=self.number, calendar=calendar(*events, method=method)
        )
        with self.mock_mail_gateway():
            return self.env["calendar.event"].browse(self.env["mail.thread"].message_process("calendar.event", mail))

    def test_an_invitation_its_change_and_its_end(self):
        organizer = "ORGANIZER;CN=Olaf:mailto:olaf@other.example"
        event = self.receive(entry(organizer, "ATTENDEE:mailto:bert@example.com"))
        self.assertEqual((event.name, event.start), ("Tasting", datetime(2030, 5, 6, 9)))
        self.assertIn(self.bert.partner_id, event.partner_ids)
        self.assertIn("Please come.", event.message_ids.mapped("body")[0])
        moved = entry(organizer, "SEQUENCE:1", start="20300507T090000Z", end="20300507T100000Z")
        # others do not move it
        self.receive(moved, sender="Eve <eve@other.example>")
        self.assertEqual(event.start.day, 6)
        self.assertEqual(self.receive(moved), event)
        self.assertEqual(event.start.day, 7)
        cancelled = entry(organizer, "SEQUENCE:2")
        self.receive(cancelled, sender="Eve <eve@other.example>", method="CANCEL")
        self.assertTrue(event.active)
        self.receive(cancelled, method="CANCEL")
        self.assertFalse(event.active)

    def test_answers_to_our_invitations(self):
        event = self.meet(
            start=datetime(2030, 5, 6, 9),
            stop=datetime(2030, 5, 6, 10),
            partner_ids=(self.anna.partner_id | self.customer).ids,
        )
        row = event.attendee_ids.filtered(lambda one: one.partner_id == self.customer)
        uid = f"calendar-event-{event.id}@localhost"
        answer = entry("ATTENDEE;PARTSTAT=DECLINED:mailto:carla@example.com", uid=uid)
        # nobody answers for somebody else
        self.receive(answer, sender="eve@other.example", method="REPLY")
        self.assertEqual(row.state, "needsAction")
        self.assertEqual(self.receive(answer, sender="Carla <carla@example.com>", method="REPLY"), event)
        self.assertEqual(row.state, "declined")

    def test_what_is_no_calendar_is_a_message(self):
        event = self.receive("BEGIN:VEVENT\r\nSUMMARY:No start\r\nEND:VEVENT\r\n")
        self.assertEqual(event.name, "Invitation")
