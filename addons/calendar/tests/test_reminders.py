"""Reminders by e-mail and in the browser."""

from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import CalendarCommon

NOW = "2024-05-06 10:00:00"


@tagged("post_install", "-at_install")
class TestReminders(CalendarCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.by_mail = cls.env["calendar.alarm"].create(
            {"name": "An hour", "alarm_type": "email", "duration": 1, "interval": "hours"}
        )
        cls.notification = cls.env["calendar.alarm"].create(
            {
                "name": "Half an hour",
                "alarm_type": "notification",
                "duration": 30,
                "interval": "minutes",
                "body": "Take the cake",
            }
        )
        cls.job = cls.env.ref("calendar.ir_cron_scheduler_alarm")
        cls.job.lastcall = False

    def requests(self):
        """Return the requests that the job has."""
        return self.env["ir.cron.trigger"].search([("cron_id", "=", self.job.id)], order="call_at")

    def test_alarms(self):
        template = self.env.ref("calendar.calendar_template_meeting_reminder")
        self.assertEqual(self.by_mail.mail_template_id, template)
        self.assertFalse(self.notification.mail_template_id)
        self.assertIn(self.by_mail, self.env["calendar.alarm"].search([("duration_minutes", "=", 60)]))
        with Form(self.env["calendar.alarm"]) as form:
            form.alarm_type = "notification"
            form.duration = 2
            form.interval = "days"
        self.assertEqual(form.record.name, "Notification - 2 Days")

    @freeze_time(NOW)
    def test_the_job_is_asked_to_run(self):
        event = self.meet(start="2024-05-06 15:00:00", stop="2024-05-06 16:00:00", alarm_ids=self.by_mail.ids)
        self.assertEqual(self.requests().mapped("call_at"), [datetime(2024, 5, 6, 14)])
        event.write({"start": "2024-05-07 15:00:00"})
        self.assertEqual(self.requests()[-1].call_at, datetime(2024, 5, 7, 14))
        self.requests().unlink()
        self.meet(start="2024-05-06 10:30:00", stop="2024-05-06 11:00:00", alarm_ids=self.by_mail.ids)
        self.assertFalse(self.requests())
        self.meet(allday=True, start_date="2024-05-08", stop_date="2024-05-08", alarm_ids=self.by_mail.ids)
        self.assertEqual(len(self.requests()), 1)

    @freeze_time(NOW)
    def test_one_request_for_a_series(self):
        event = self.meet(
            start="2024-05-05 15:00:00",
            stop="2024-05-05 16:00:00",
            alarm_ids=self.by_mail.ids,
            recurrency=True,
            rrule_type="daily",
            count=4,
        )
        series = event.recurrence_id.sudo()
        self.assertEqual(self.requests(), series.trigger_id)
        self.assertEqual(series.trigger_id.call_at, datetime(2024, 5, 6, 14))
        with freeze_time("2024-05-06 14:00:01"), self.mock_mail_gateway(), self.mock_mail_app():
            self.job.lastcall = "2024-05-06 13:00:00"
            self.env["calendar.alarm_manager"].with_context(lastcall="2024-05-06 13:00:00")._send_reminder()
            self.assertEqual(series.trigger_id.call_at, datetime(2024, 5, 7, 14))

    @freeze_time(NOW)
    def test_e_mails(self):
        partners = self.anna.partner_id | self.bert.partner_id | self.customer
        event = self.meet(
            start="2024-05-06 10:45:00",
            stop="2024-05-06 11:00:00",
            alarm_ids=self.by_mail.ids,
            partner_ids=[Command.set(partners.ids)],
        )
        self.meet(start="2024-05-06 12:45:00", stop="2024-05-06 13:00:00", alarm_ids=self.by_mail.ids)
        event.attendee_ids.filtered(lambda row: row.partner_id == self.bert.partner_id).state = "declined"
        manager = self.env["calendar.alarm_manager"]
        with self.mock_mail_gateway(), self.mock_mail_app():
            manager.with_context(lastcall="2024-05-06 09:40:00")._send_reminder()
        self.assertEqual(self._new_msgs.partner_ids, self.anna.partner_id | self.customer)
        self.assertEqual(self._new_msgs.notified_partner_ids, self.anna.partner_id | self.customer)
        self.assertEqual(set(self._new_msgs.mapped("subject")), {"Meeting is coming up"})
        with self.mock_mail_gateway(), self.mock_mail_app():
            manager.with_context(lastcall="2024-05-06 09:50:00")._send_reminder()
        self.assertFalse(self._new_msgs)

    @freeze_time(NOW)
    def test_notifications(self):
        self.anna.partner_id.calendar_last_notif_ack = "2024-05-06 00:00:00"
        event = self.meet(
            start="2024-05-06 15:00:00", stop="2024-05-06 16:00:00", alarm_ids=self.notification.ids, name="Cake"
        )
        self.meet(start="2024-05-09 15:00:00", stop="2024-05-09 16:00:00", alarm_ids=self.notification.ids)
        manager = self.env["calendar.alarm_manager"].with_user(self.anna)
        [shown] = manager.get_next_notif()
        self.assertEqual(
            (shown["event_id"], shown["alarm_id"], shown["title"]), (event.id, self.notification.id, "Cake")
        )
        self.assertEqual((shown["timer"], shown["notify_at"]), (4.5 * 3600, "2024-05-06 14:30:00"))
        self.assertTrue(shown["message"].endswith("Take the cake"))
        with freeze_time("2024-05-06 14:40:00"):
            self.assertEqual([one["timer"] for one in manager.get_next_notif()], [0])
            self.env["res.partner"].with_user(self.anna)._set_calendar_last_notif_ack()
            self.assertFalse(manager.get_next_notif())
        self.assertEqual(event.get_next_alarm_date({}), datetime(2024, 5, 6, 14, 30))
        self.assertIsNone(event.get_next_alarm_date({self.notification.id: event.ids}))

    @freeze_time(NOW)
    def test_browsers_are_told(self):
        self.anna.partner_id.calendar_last_notif_ack = "2024-05-06 00:00:00"
        sent = []
        users = self.env.registry["res.users"]
        self.patch(users, "_bus_send", lambda user, kind, message, **kw: sent.append((user, kind, message)))
        start = datetime(2024, 5, 6, 15)
        event = self.meet(start=start, stop=start + timedelta(hours=1), alarm_ids=self.notification.ids)
        told = [(user, len(message)) for user, kind, message in sent if kind == "calendar.alarm"]
        self.assertEqual(told, [(self.anna, 1)])
        sent.clear()
        event.write({"partner_ids": [Command.link(self.bert.partner_id.id)]})
        self.assertEqual({user for user, kind, _message in sent if kind == "calendar.alarm"}, {self.anna, self.bert})
        sent.clear()
        event.unlink()
        self.assertEqual({len(message) for _user, kind, message in sent if kind == "calendar.alarm"}, {0})
