"""What attendees are sent, and the iCalendar files."""

from datetime import timedelta

from icalendar import Calendar

from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import CalendarCommon


@tagged("post_install", "-at_install")
class TestInvitations(CalendarCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.soon = fields.Datetime.now().replace(microsecond=0, second=0, minute=0) + timedelta(days=3)
        cls.both = [Command.set((cls.anna.partner_id | cls.bert.partner_id | cls.customer).ids)]

    def told(self, **values):
        """Return the messages that people were sent while an event was made."""
        with self.mock_mail_gateway(), self.mock_mail_app():
            event = self.meet(start=self.soon, stop=self.soon + timedelta(hours=1), partner_ids=self.both, **values)
            self.env.flush_all()
        return event, self.invitations()

    def invitations(self):
        """Return the messages to single people that were just written."""
        return self._new_msgs.filtered(lambda message: message.message_type == "user_notification")

    def test_invitation(self):
        event, messages = self.told()
        self.assertEqual(messages.partner_ids, self.bert.partner_id | self.customer)
        self.assertEqual(len(messages), 2)
        message = messages.filtered(lambda one: one.partner_ids == self.bert.partner_id)
        self.assertEqual(message.subtype_id, self.env.ref("mail.mt_note"))
        self.assertEqual(message.author_id, self.anna.partner_id)
        self.assertIn("/calendar/meeting/accept?token=", message.body)
        self.assertEqual(message.notified_partner_ids, self.bert.partner_id)
        file = message.with_user(self.bert).attachment_ids
        self.assertEqual((file.name, file.mimetype), ("invitation.ics", "text/calendar"))
        self.assertIn(b"BEGIN:VEVENT", file.raw)
        self.assertSentEmail(self.anna.partner_id, [self.customer])

    def test_nobody_is_invited(self):
        self.env["ir.config_parameter"].sudo().set_param("calendar.block_mail", "1")
        self.assertFalse(self.told()[1])
        self.env["ir.config_parameter"].sudo().set_param("calendar.block_mail", False)
        self.assertFalse(self.told(active=False)[1])
        self.Event = self.Event.with_context(no_mail_to_attendees=True)
        self.assertFalse(self.told()[1])
        self.Event = self.Event.with_context(no_mail_to_attendees=False)
        self.soon -= timedelta(days=5)
        self.assertFalse(self.told()[1])

    def test_one_e_mail_for_a_series(self):
        event, messages = self.told(recurrency=True, rrule_type="daily", count=4)
        self.assertEqual(len(event.recurrence_id.calendar_event_ids), 4)
        self.assertEqual(len(messages), 2)
        self.assertIn("/calendar/recurrence/accept?token=", messages[0].body)
        self.assertIn("Every 1 Days for 4 events", messages[0].body)

    def test_moved(self):
        event, _messages = self.told()
        new = self.env["res.partner"].create({"name": "New", "email": "new@example.com"})
        with self.mock_mail_gateway(), self.mock_mail_app():
            event.write({"start": self.soon + timedelta(days=1), "partner_ids": [Command.link(new.id)]})
        subjects = {message.partner_ids: message.subject for message in self.invitations()}
        self.assertEqual(
            subjects,
            {
                self.bert.partner_id: "Meeting has a new date",
                self.customer: "Meeting has a new date",
                new: "Invitation to Meeting",
            },
        )
        for values in ({"start": self.soon - timedelta(days=9)}, {"name": "Other"}, {"active": False}):
            with self.mock_mail_gateway(), self.mock_mail_app():
                event.write(values)
            self.assertFalse(self.invitations(), values)

    def test_somebody_else_moves_it(self):
        event, _messages = self.told()
        event.with_user(self.bert).write({"start": self.soon + timedelta(days=1)})
        mine = event.attendee_ids.filtered(lambda row: row.partner_id == self.anna.partner_id)
        self.assertEqual(mine.state, "needsAction")

    def test_many_are_queued(self):
        self.env["ir.config_parameter"].sudo().set_param("mail.mail_force_send_limit", "2")
        self.told()
        self.assertNotSentEmail()

    def test_icalendar(self):
        alarm = self.env.ref("calendar.alarm_notif_2")
        event = self.meet(
            start="2024-05-06 10:00:00",
            stop="2024-05-06 11:00:00",
            location="Kitchen",
            description="<p>Bring <b>cake</b></p>",
            alarm_ids=[Command.link(alarm.id)],
            partner_ids=self.both,
            recurrency=True,
            rrule="FREQ=WEEKLY;COUNT=2;BYDAY=MO",
        )
        [content] = event._get_ics_file().values()
        self.assertIn(b"DTSTART:20240506T100000Z", content)
        entry = Calendar.from_ical(content).walk("VEVENT")[0]
        self.assertEqual((entry["summary"], entry["location"]), ("Meeting", "Kitchen"))
        self.assertIn("cake", entry["description"])
        self.assertEqual(entry["rrule"].to_ical(), b"FREQ=WEEKLY;COUNT=2;BYDAY=MO")
        self.assertEqual(
            {str(one) for one in entry["attendee"]}, {f"MAILTO:{partner.email}" for partner in event.partner_ids}
        )
        self.assertEqual(entry["organizer"].params["cn"], "Anna")
        [reminder] = entry.walk("VALARM")
        self.assertEqual(reminder["trigger"].dt, timedelta(minutes=-30))
        self.assertEqual(reminder["trigger"].params["related"], "START")
        whole = self.meet(allday=True, start_date="2024-05-06", stop_date="2024-05-06")
        self.assertIn(b"DTSTART:20240506T080000\r\n", whole._get_ics_file()[whole.id])
        with self.assertRaises(UserError):
            self.Event.new({"name": "Without times", "start": False, "stop": False})._get_ics_file()
