"""The pages behind the links of invitations."""

from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import CalendarCommon


@tagged("post_install", "-at_install")
class TestPages(CalendarCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        soon = fields.Datetime.now() + timedelta(days=3)
        cls.event = cls.Event.with_context(no_mail_to_attendees=True).create(
            {
                "name": "Tasting",
                "start": soon,
                "stop": soon + timedelta(hours=1),
                "partner_ids": [Command.set((cls.anna.partner_id | cls.customer).ids)],
                "recurrency": True,
                "rrule_type": "daily",
                "count": 2,
            }
        )
        cls.row = cls.event.attendee_ids.filtered(lambda row: row.partner_id == cls.customer)

    def open(self, path, token=None, event=None):
        """Return the answer for a link of an invitation."""
        return self.url_open(
            f"/calendar/{path}?token={token or self.row.access_token}&id={event or self.event.id}",
            allow_redirects=False,
        )

    def test_answers(self):
        count = len(self.event.message_ids)
        page = self.open("meeting/accept")
        self.assertEqual(page.status_code, 200)
        self.assertIn("Tasting", page.text)
        self.assertEqual(self.row.state, "accepted")
        self.assertEqual(len(self.event.message_ids), count + 1)
        self.open("meeting/accept")
        self.assertEqual(len(self.event.message_ids), count + 1)
        self.open("recurrence/decline")
        events = self.event.recurrence_id.calendar_event_ids
        rows = events.attendee_ids.filtered(lambda row: row.partner_id == self.customer)
        self.assertEqual(rows.mapped("state"), ["declined", "declined"])
        self.open("recurrence/accept")
        self.assertEqual(rows.mapped("state"), ["accepted", "accepted"])
        self.open("meeting/decline")
        self.assertEqual(self.row.state, "declined")

    def test_rooms(self):
        self.event._set_discuss_videocall_location()
        page = self.url_open(f"/calendar/join_videocall/{self.event.access_token}", allow_redirects=False)
        self.assertEqual(page.status_code, 303)
        room = self.event.videocall_channel_id
        self.assertTrue(page.headers["Location"].endswith(room.invitation_url))
        self.assertIn(self.customer, room.channel_partner_ids)

    @mute_logger("odoo.http")
    def test_wrong_links(self):
        self.assertEqual(self.open("meeting/view", token="wrong").status_code, 400)
        self.assertEqual(self.open("meeting/view", event=self.event.id + 100000).status_code, 404)
        self.assertEqual(self.open("meeting/view").status_code, 200)
        self.bert.password = "bert_calendar_1"
        self.authenticate("bert_calendar", "bert_calendar_1")
        self.assertEqual(self.open("meeting/accept").status_code, 400)
        self.assertEqual(self.row.state, "needsAction")

    def test_users(self):
        self.anna.password = "anna_calendar_1"
        self.authenticate("anna_calendar", "anna_calendar_1")
        mine = self.event.attendee_ids - self.row
        page = self.open("meeting/view", token=mine.access_token)
        self.assertEqual(page.status_code, 303)
        self.assertTrue(page.headers["Location"].endswith(f"/odoo/calendar/{self.event.id}"))
        other = self.env["calendar.event"].create({"name": "Open", "access_token": "opentoall"})
        self.url_open("/calendar/meeting/join?token=opentoall", allow_redirects=False)
        self.assertIn(self.anna.partner_id, other.partner_ids)
        self.assertEqual(self.make_jsonrpc_request("/calendar/notify", {}), [])
        self.anna.partner_id.calendar_last_notif_ack = "2020-01-01 00:00:00"
        self.make_jsonrpc_request("/calendar/notify_ack", {})
        self.assertGreater(self.anna.partner_id.calendar_last_notif_ack.year, 2020)
        self.assertEqual(self.make_jsonrpc_request("/calendar/check_credentials", {}), {})
