"""Events: their times, attendees and documents."""

from datetime import date, datetime

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import CalendarCommon


@tagged("post_install", "-at_install")
class TestTimes(CalendarCommon):
    @freeze_time("2024-05-06 10:07:00")
    def test_new_events_begin_at_the_next_half_hour(self):
        values = self.Event.default_get(["start", "stop", "user_id", "partner_ids"])
        self.assertEqual(values["start"], datetime(2024, 5, 6, 10, 30))
        self.assertEqual(values["stop"], datetime(2024, 5, 6, 11, 30))
        self.assertEqual(values["user_id"], self.anna.id)
        self.env["ir.default"].set("calendar.event", "duration", 2.0, user_id=self.anna.id)
        self.env["ir.default"].set("calendar.event", "duration", 3.0)
        self.assertEqual(self.Event.get_default_duration(), 2.0)
        self.assertEqual(self.env["calendar.event"].with_user(self.bert).get_default_duration(), 3.0)

    def test_defaults_from_the_context(self):
        here = self.Event.with_context(active_model="res.partner", active_id=self.customer.id)
        values = here.default_get(["res_model_id", "res_id", "res_model", "partner_ids"])
        self.assertEqual(values["res_model_id"], self.env["ir.model"]._get_id("res.partner"))
        self.assertEqual(values["res_id"], self.customer.id)
        event = here.create({"name": "Visit"})
        self.assertEqual(event.partner_ids, self.anna.partner_id | self.customer)
        self.assertTrue(event.is_highlighted)
        self.assertFalse(event.with_context(active_model=False).is_highlighted)

    def test_length(self):
        event = self.meet(start="2024-05-06 10:00:00", stop="2024-05-06 11:30:00")
        self.assertEqual(event.duration, 1.5)
        event.start = "2024-05-07 10:00:00"
        self.assertEqual(event.stop, datetime(2024, 5, 7, 11, 30))
        event.duration = 2
        self.assertEqual(event.stop, datetime(2024, 5, 7, 12))
        with Form(self.Event) as form:
            form.name = "Form"
            form.start = "2024-05-06 10:00:00"
            form.duration = 0.5
        self.assertEqual(form.record.stop, datetime(2024, 5, 6, 10, 30))

    def test_whole_days(self):
        event = self.Event.with_context(tz="Pacific/Kiritimati").create(
            {"name": "Fair", "allday": True, "start_date": "2018-10-16", "stop_date": "2018-10-18"}
        )
        self.assertEqual(event.start, datetime(2018, 10, 16, 8))
        self.assertEqual(event.stop, datetime(2018, 10, 18, 18))
        event.write({"start_date": "2018-10-17"})
        self.assertEqual(event.start, datetime(2018, 10, 17, 8))
        event.allday = False
        self.assertFalse(event.start_date)
        drawn = {"default_start": "2018-10-16", "default_stop": "2018-10-17", "default_duration": 48}
        days = {"default_start_date": "2018-10-16", "default_stop_date": "2018-10-17", "default_allday": True}
        with Form(self.Event.with_context(**drawn, **days), "calendar.view_calendar_event_form_quick_create") as form:
            form.name = "Drawn"
        self.assertEqual((form.record.start_date, form.record.stop_date), (date(2018, 10, 16), date(2018, 10, 17)))

    def test_end_before_start(self):
        with self.assertRaises(ValidationError):
            self.meet(start="2024-05-06 10:00:00", stop="2024-05-06 09:00:00")
        with self.assertRaises(ValidationError):
            self.meet(allday=True, start_date="2024-05-06", stop_date="2024-05-05")

    def test_time_in_words(self):
        event = self.meet(start="2024-05-06 10:00:00", stop="2024-05-06 11:30:00")
        self.assertEqual(event.display_time, "05/06/2024, 12:00 – 13:30 (Europe/Brussels)")
        self.assertIn("6:00", event.get_display_time_tz(tz="America/New_York"))
        event.stop = "2024-05-08 10:00:00"
        self.assertEqual(len(event.display_time.splitlines()), 2)
        event.write({"allday": True, "start_date": "2024-05-06", "stop_date": "2024-05-06"})
        self.assertEqual(event.display_time, "All day, 05/06/2024")


@tagged("post_install", "-at_install")
class TestAttendees(CalendarCommon):
    def test_attendees_follow_the_contacts(self):
        event = self.meet(partner_ids=[Command.set((self.anna.partner_id | self.bert.partner_id).ids)])
        states = {row.partner_id: row.state for row in event.attendee_ids}
        self.assertEqual(states, {self.anna.partner_id: "accepted", self.bert.partner_id: "needsAction"})
        self.assertIn(self.bert.partner_id, event.message_partner_ids)
        kept = event.attendee_ids.filtered(lambda row: row.partner_id == self.bert.partner_id)
        kept.state = "tentative"
        event.write({"partner_ids": [Command.link(self.customer.id)]})
        self.assertEqual(event.attendee_ids.partner_id, event.partner_ids)
        self.assertEqual(kept.state, "tentative")
        event.write({"partner_ids": [Command.unlink(self.bert.partner_id.id)]})
        self.assertFalse(kept.exists())
        self.assertNotIn(self.bert.partner_id, event.message_partner_ids)
        event.partner_ids = [self.customer.id]
        self.assertEqual(event.attendee_ids.partner_id, self.customer)

    def test_who_plans_and_attends_follows_once(self):
        event = self.Event.with_context({}).create(
            {"name": "Plain", "start": "2024-05-06 10:00:00", "attendee_ids": [], "current_status": False}
        )
        self.assertEqual(event.message_partner_ids, self.anna.partner_id)
        self.assertEqual(event.stop, datetime(2024, 5, 6, 11))
        self.assertEqual(event.current_status, "accepted")

    def test_commands(self):
        event = self.meet()
        own = event.attendee_ids
        self.assertEqual(
            event._attendees_values([self.customer.id]),
            [Command.delete(own.id), Command.create({"partner_id": self.customer.id})],
        )
        self.assertEqual(event._attendees_values([Command.link(self.anna.partner_id.id)]), [])
        self.assertEqual(event._attendees_values([Command.clear()]), [Command.delete(own.id)])

    def test_rows_that_are_given_count(self):
        row = Command.create({"partner_id": self.bert.partner_id.id, "state": "accepted"})
        event = self.meet(attendee_ids=[row], partner_ids=[Command.set(self.bert.partner_id.ids)])
        self.assertEqual(event.attendee_ids.mapped("state"), ["accepted"])

    def test_answers(self):
        partners = self.anna.partner_id | self.bert.partner_id | self.customer
        event = self.meet(partner_ids=[Command.set(partners.ids)])
        self.assertEqual((event.attendees_count, event.accepted_count, event.awaiting_count), (3, 1, 2))
        self.assertTrue(event.should_show_status)
        mine = event.with_user(self.bert)
        self.assertEqual(mine.current_status, "needsAction")
        mine.change_attendee_status("accepted", "self_only")
        self.assertEqual(mine.current_status, "accepted")
        self.assertEqual(event.accepted_count, 2)
        self.assertEqual(self.Event.search([("current_attendee", "=", event.current_attendee.id)]), event)
        (event.attendee_ids.filtered(lambda row: row.partner_id != self.anna.partner_id)).do_decline()
        self.assertTrue(event.is_organizer_alone)
        self.assertEqual(event.declined_count, 2)
        self.assertEqual(event.message_ids[0].author_id, self.customer)

    def test_attends_once(self):
        event = self.meet()
        with self.assertRaises(UserError):
            event.attendee_ids.copy()
        event.attendee_ids.state = "declined"
        copied = event.copy()
        self.assertEqual(copied.attendee_ids.mapped("state"), ["accepted"])

    def test_addresses_that_get_nothing(self):
        silent = self.env["res.partner"].create([{"name": "None"}, {"name": "Odd", "email": "odd"}])
        event = self.meet(partner_ids=[Command.set((silent | self.customer).ids)])
        self.assertEqual(event.invalid_email_partner_ids, silent)
        self.assertEqual(event.find_partner_customer(), silent[:1])

    def test_who_may_edit(self):
        event = self.meet()
        self.assertTrue(event.user_can_edit)
        self.assertFalse(event.with_user(self.bert).user_can_edit)
        self.assertTrue(event.with_user(self.user_admin).user_can_edit)

    def test_writing_to_nobody(self):
        event = self.meet(partner_ids=[Command.clear()])
        with self.assertRaises(UserError):
            event.action_open_composer()
        event.action_join_meeting(self.customer.id)
        self.assertEqual(event.action_open_composer()["context"]["default_partner_ids"], self.customer.ids)

    def test_tags_have_names_of_their_own(self):
        tags = self.env["calendar.event.type"]
        tags.create({"name": "Once"})
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.cr.savepoint():
            tags.create({"name": "Once"})

    def test_a_series_shares_a_room(self):
        event = self.meet(
            start="2024-05-06 10:00:00",
            stop="2024-05-06 11:00:00",
            recurrency=True,
            rrule_type="daily",
            count=2,
            partner_ids=[Command.set((self.anna.partner_id | self.bert.partner_id).ids)],
        )
        events = event.recurrence_id.calendar_event_ids
        event._create_videocall_channel()
        room = event.videocall_channel_id
        self.assertEqual(events.videocall_channel_id, room)
        self.assertEqual(room.channel_partner_ids, event.partner_ids)
        (events - event).write({"partner_ids": [Command.link(self.customer.id)]})
        self.assertIn(self.customer, room.channel_partner_ids)

    def test_rooms(self):
        event = self.meet(videocall_location="/room/7")
        self.assertEqual(event.videocall_location, f"{event.get_base_url()}/room/7")
        self.assertEqual(event.videocall_source, "custom")
        event._set_discuss_videocall_location()
        self.assertEqual(event.videocall_source, "discuss")
        self.assertTrue(event.videocall_location.endswith(f"/calendar/join_videocall/{event.access_token}"))
        event.clear_videocall_location()
        self.assertFalse(event.videocall_location)


@tagged("post_install", "-at_install")
class TestDocuments(CalendarCommon):
    def test_a_meeting_about_a_document_is_an_activity(self):
        event = self.meet(
            start="2024-05-06 22:30:00",
            res_model_id=self.env["ir.model"]._get_id("res.partner"),
            res_id=self.customer.id,
            description="<p>Bring the offer</p>",
        )
        activity = event.activity_ids
        self.assertEqual(activity.activity_type_id.category, "meeting")
        self.assertEqual((activity.summary, activity.user_id), ("Meeting", self.anna))
        self.assertEqual(self.customer.with_user(self.anna).activity_calendar_event_id, event)
        event.with_context(tz="Europe/Brussels").write({"name": "Other", "start": "2024-05-07 22:30:00"})
        self.assertEqual((activity.summary, activity.date_deadline), ("Other", date(2024, 5, 8)))
        event.user_id = self.bert
        self.assertEqual(activity.user_id, self.bert)
        action = activity.action_create_calendar_event()
        self.assertEqual(action["context"]["initial_date"], activity.date_deadline)
        self.assertIn(self.bert.partner_id.id, action["context"]["default_partner_ids"])
        activity.action_feedback(feedback="All agreed")
        self.assertFalse(activity.exists())
        self.assertIn("All agreed", event.description)

    def test_deleting_both(self):
        about = {"res_model_id": self.env["ir.model"]._get_id("res.partner"), "res_id": self.customer.id}
        first, second = self.meet(**about), self.meet(**about)
        first.activity_ids.unlink_w_meeting()
        self.assertFalse(first.exists())
        activity = second.activity_ids
        second.unlink()
        self.assertFalse(activity.exists())

    def test_one_document_at_a_time(self):
        documents = self.customer | self.anna.partner_id
        wizard = (
            self.env["mail.activity.schedule"]
            .with_context(active_model="res.partner", active_ids=documents.ids)
            .create({"activity_type_id": self.env.ref("mail.mail_activity_data_meeting").id})
        )
        with self.assertRaises(UserError):
            wizard.action_create_calendar_event()

    def test_meetings_of_contacts(self):
        company = self.env["res.partner"].create({"name": "Company", "is_company": True})
        self.customer.parent_id = company
        self.meet(partner_ids=[Command.set((self.customer | self.anna.partner_id).ids)])
        self.meet(partner_ids=[Command.set((self.customer | company).ids)])
        self.assertEqual((company | self.customer).mapped("meeting_count"), [2, 2])
        action = company.with_user(self.anna).schedule_meeting()
        self.assertEqual(set(action["context"]["default_partner_ids"]), set((company | self.anna.partner_id).ids))
        detail = self.customer.get_attendee_detail(self.customer.meeting_ids.ids)
        self.assertEqual({row["event_id"] for row in detail}, set(self.customer.meeting_ids.ids))

    def test_calendars_looked_at(self):
        filters = self.env["calendar.filters"].with_user(self.anna)
        filters.create({"partner_id": self.customer.id})
        self.assertEqual(
            set(self.anna.get_selected_calendars_partner_ids()), set((self.customer | self.anna.partner_id).ids)
        )
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.cr.savepoint():
            filters.create({"partner_id": self.customer.id})
        filters.unlink_from_partner_id(self.customer.id)
        self.assertEqual(self.anna.get_selected_calendars_partner_ids(include_user=False), [])

    @freeze_time("2024-05-06 10:00:00")
    def test_meetings_of_today(self):
        self.meet(name="Over", start="2024-05-06 08:00:00", stop="2024-05-06 09:00:00")
        self.meet(name="Later", start="2024-05-06 15:00:00", stop="2024-05-06 16:00:00")
        self.meet(name="Fair", allday=True, start_date="2024-05-05", stop_date="2024-05-06")
        self.meet(name="Tomorrow", start="2024-05-06 22:30:00", stop="2024-05-06 23:00:00")
        declined = self.meet(name="Declined", start="2024-05-06 17:00:00", stop="2024-05-06 18:00:00")
        declined.current_status = "declined"
        group = self.env["res.users"].with_user(self.anna)._get_activity_groups()[0]
        self.assertEqual((group["type"], group["total_count"]), ("meeting", 0))
        self.assertEqual([meeting["name"] for meeting in group["meetings"]], ["Fair", "Later"])
