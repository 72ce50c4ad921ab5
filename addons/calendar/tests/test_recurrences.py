"""Series: when their events are, and what changes of one, later or all events do."""

from datetime import date, datetime, timedelta

from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .common import CalendarCommon


class SeriesCase(CalendarCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lang = cls.env["res.lang"].search([("code", "=", "en_US")])
        cls.lang.week_start = "1"

    def series(self, **values):
        """Return the events of a series, in their order: by default on three Tuesdays from 2019-10-22 on."""
        event = self.Event.create(
            {
                "name": "Series",
                "start": "2019-10-22 01:00:00",
                "stop": "2019-10-24 18:00:00",
                "recurrency": True,
                "rrule_type": "weekly",
                "tue": True,
                "interval": 1,
                "count": 3,
                "event_tz": "Etc/GMT-4",
                **values,
            }
        )
        return (
            event.recurrence_id or self.env["calendar.recurrence"].search([], order="id desc", limit=1)
        ).calendar_event_ids.sorted("start")

    def days(self, events):
        """Return the days on which events begin."""
        return [(event.start.month, event.start.day) for event in events.sorted("start")]


@tagged("post_install", "-at_install")
class TestRules(SeriesCase):
    def test_weekly(self):
        events = self.series()
        self.assertEqual(self.days(events), [(10, 22), (10, 29), (11, 5)])
        self.assertEqual(
            set(events.mapped("stop")), {datetime(2019, 10, 24, 18) + timedelta(weeks=n) for n in range(3)}
        )
        self.assertTrue(all(events.mapped("follow_recurrence")))
        series = events.recurrence_id
        self.assertEqual(series.base_event_id, events[0])
        self.assertEqual(series.name, "Every 1 Weeks on Tuesday for 3 events")
        self.assertEqual(series.dtstart, events[0].start)
        self.assertFalse(series._apply_recurrence())
        self.assertEqual(series.calendar_event_ids.sorted("start"), events)

    def test_first_event_outside_of_the_rule(self):
        self.series(start="2019-10-21 08:00:00", stop="2019-10-21 09:00:00")
        found = self.Event.with_context(active_test=False).search([("name", "=", "Series")])
        outside = found.filtered(lambda event: event.start.day == 21)
        self.assertFalse(outside.active or outside.recurrence_id)
        series = (found - outside).recurrence_id
        self.assertEqual(self.days(series.calendar_event_ids), [(10, 22), (10, 29), (11, 5)])
        self.assertEqual(series.base_event_id.start, datetime(2019, 10, 22, 8))

    def test_other_rules(self):
        monthly = {"rrule_type": "monthly", "tue": False, "event_tz": "UTC", "stop": "2019-10-31 18:00:00"}
        late = self.series(**monthly, month_by="date", day=31, start="2019-10-31 08:00:00")
        self.assertEqual(self.days(late), [(10, 31), (12, 31), (1, 31)])
        third = self.series(**monthly, month_by="day", byday="3", weekday="TUE", start="2019-10-15 08:00:00")
        self.assertEqual(self.days(third), [(10, 15), (11, 19), (12, 17)])
        last = self.series(**monthly, month_by="day", byday="-1", weekday="FRI", start="2019-10-25 08:00:00")
        self.assertEqual(self.days(last), [(10, 25), (11, 29), (12, 27)])
        yearly = self.series(rrule_type="yearly", tue=False, end_type="end_date", until="2021-12-31")
        self.assertEqual([event.start.year for event in yearly], [2019, 2020, 2021])
        self.assertEqual(len(self.series(rrule_type="daily", tue=False, end_type="forever")), 720)
        for first in ("7", "1"):
            self.lang.week_start = first
            self.assertEqual(self.days(self.series(interval=2)), [(10, 22), (11, 5), (11, 19)])

    def test_local_hours_stay(self):
        values = {"event_tz": "Europe/Brussels", "stop": "2019-10-21 10:00:00"}
        events = self.series(**values, start="2019-10-21 08:00:00", rrule_type="weekly", tue=False, mon=True)
        self.assertEqual([event.start.hour for event in events], [8, 9, 9])
        night = {"start": "2019-10-26 00:30:00", "stop": "2019-10-26 01:00:00", "event_tz": "Europe/Brussels"}
        twice = self.series(**night, rrule_type="daily", tue=False)
        self.assertEqual([event.start.hour for event in twice], [0, 1, 1])
        gap = {"start": "2019-03-30 01:30:00", "stop": "2019-03-30 02:00:00", "event_tz": "Europe/Brussels"}
        missing = self.series(**gap, rrule_type="daily", tue=False)
        self.assertEqual([event.start.hour for event in missing], [1, 1, 0])
        whole = {"allday": True, "start_date": "2019-10-26", "stop_date": "2019-10-26", "event_tz": "Europe/Brussels"}
        days = self.series(**whole, rrule_type="daily", tue=False)
        self.assertEqual([event.start.hour for event in days], [8, 8, 8])
        self.assertEqual(days.mapped("start_date"), [date(2019, 10, 26), date(2019, 10, 27), date(2019, 10, 28)])

    def test_text_of_rules(self):
        recurrences = self.env["calendar.recurrence"]
        start = datetime(2019, 10, 22, 1)
        parse = recurrences._rrule_parse
        weekly = parse("RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=MO,FR", start)
        self.assertEqual((weekly["mon"], weekly["tue"], weekly["fri"]), (True, False, True))
        self.assertEqual((weekly["interval"], weekly["end_type"], weekly["count"]), (2, "count", 4))
        nth = parse("FREQ=MONTHLY;BYDAY=+3TU;UNTIL=20200101T000000Z", start)
        self.assertEqual((nth["month_by"], nth["byday"], nth["weekday"]), ("day", "3", "TUE"))
        self.assertEqual((nth["end_type"], nth["until"]), ("end_date", date(2020, 1, 1)))
        for odd in ("RRULE;X-END=20200120:FREQ=DAILY;X-RELATIVE=1", "FREQ=DAILY;X-RELATIVE=1"):
            self.assertEqual(parse(odd, start)["end_type"], "forever")
        with self.assertRaises(UserError):
            parse("whenever", start)
        for text in (
            "FREQ=WEEKLY;COUNT=3;BYDAY=TU",
            "FREQ=MONTHLY;INTERVAL=2;COUNT=3;BYDAY=-1FR",
            "FREQ=DAILY;COUNT=2",
        ):
            record = recurrences.create({"rrule": text})
            self.assertEqual(record._rrule_serialize(), text)
        event = self.meet(start=start, stop=start, recurrency=True, rrule="FREQ=WEEKLY;COUNT=2;BYDAY=TU,WE")
        self.assertEqual(self.days(event.recurrence_id.calendar_event_ids), [(10, 22), (10, 23)])

    def test_rules_without_sense(self):
        for wrong in ({"interval": 0}, {"count": 0}):
            with self.assertRaises(UserError):
                self.series(**wrong)
        with self.assertRaises(UserError):
            self.env["calendar.recurrence"].create({"rrule_type": "weekly"})

    def test_names(self):
        names = [
            ({"rrule_type": "daily", "count": 5}, "Every 1 Days for 5 events"),
            ({"rrule_type": "monthly", "day": 3, "end_type": "forever"}, "Every 1 Months day 3"),
            (
                {
                    "rrule_type": "monthly",
                    "month_by": "day",
                    "byday": "3",
                    "weekday": "TUE",
                    "end_type": "end_date",
                    "until": "2019-10-27",
                },
                "Every 1 Months on the Third Tuesday until 2019-10-27",
            ),
        ]
        for values, name in names:
            self.assertEqual(self.env["calendar.recurrence"].create(values).name, name)

    def test_form(self):
        form = Form(self.Event.with_context(tz="America/New_York"))
        form.name = "Form"
        form.start = "2024-05-09 01:00:00"
        form.recurrency = True
        self.assertEqual(form.rrule_type_ui, "weekly")
        self.assertEqual((form.count, form.end_type, form.weekday), (1, "count", "WED"))
        form.rrule_type_ui = "daily"
        form.count = 3
        event = form.save()
        self.assertEqual(len(event.recurrence_id.calendar_event_ids), 3)
        self.assertEqual(event.rrule_type_ui, "daily")
        self.assertEqual(event.recurrence_id.event_tz, "America/New_York")
        self.assertEqual(self.series(interval=2)[0].rrule_type_ui, "custom")


@tagged("post_install", "-at_install")
class TestChanges(SeriesCase):
    def moved(self, event, start=4, stop=5, **values):
        """Move an event by days."""
        return {
            "start": event.start + timedelta(days=start),
            "stop": event.stop + timedelta(days=stop),
            **values,
        }

    def test_one_event(self):
        first, second, third = self.series()
        second.write(self.moved(second, recurrence_update="self_only"))
        self.assertFalse(second.follow_recurrence)
        self.assertTrue(second.recurrence_id and third.follow_recurrence)
        self.assertEqual(second.recurrence_id._get_outliers(), second)
        with self.assertRaises(UserError):
            first.write({"count": 7})

    def test_all_events_moved(self):
        events = self.series()
        base, edited = events[0], events[1]
        old = base.recurrence_id
        edited.write(self.moved(edited, recurrence_update="all_events", tue=False, sat=True))
        series = base.recurrence_id
        self.assertFalse(old.exists())
        self.assertEqual(self.days(series.calendar_event_ids), [(10, 26), (11, 2), (11, 9)])
        lengths = {event.stop - event.start for event in series.calendar_event_ids}
        self.assertEqual(lengths, {timedelta(days=3, hours=17)})
        self.assertEqual(series.base_event_id, base)
        self.assertFalse(edited.active)

    def test_all_events_are_dragged(self):
        events = self.series()
        events[1].write(self.moved(events[1], 1, 1, recurrence_update="all_events"))
        series = events[0].recurrence_id
        self.assertEqual(self.days(series.calendar_event_ids), [(10, 23), (10, 30), (11, 6)])
        self.assertTrue(series.wed and not series.tue)

    def test_all_events_longer(self):
        events = self.series()
        events[0].write({"stop": events[0].stop + timedelta(hours=1), "recurrence_update": "all_events"})
        found = events[0].recurrence_id.calendar_event_ids.sorted("start")
        self.assertEqual(found[0].start, datetime(2019, 10, 22, 2))
        self.assertEqual(found[0].stop, datetime(2019, 10, 24, 19))

    def test_all_events_other_rule(self):
        events = self.series()
        events[1].write({"mon": True, "recurrence_update": "all_events"})
        self.assertEqual(self.days(events[0].recurrence_id.calendar_event_ids), [(10, 22), (10, 28), (10, 29)])
        monthly = self.series(rrule_type="monthly", tue=False, month_by="date", day=22, event_tz="UTC")
        monthly[0].write({"day": 25, "recurrence_update": "all_events"})
        found = self.env["calendar.recurrence"].search([], order="id desc", limit=1)
        self.assertEqual(self.days(found.calendar_event_ids), [(10, 25), (11, 25), (12, 25)])
        third = self.series(
            rrule_type="monthly",
            tue=False,
            month_by="day",
            byday="3",
            weekday="TUE",
            start="2019-10-15 08:00:00",
            stop="2019-10-15 09:00:00",
            event_tz="UTC",
        )
        later = timedelta(hours=5)
        third[1].write(
            {"start": third[1].start + later, "stop": third[1].stop + later, "recurrence_update": "all_events"}
        )
        self.assertEqual(self.days(third[0].recurrence_id.calendar_event_ids), [(10, 15), (11, 19), (12, 17)])

    def test_all_events_renamed(self):
        events = self.series()
        events[2].write(self.moved(events[2], 1, 1))
        events[1].write({"name": "Other", "recurrence_update": "all_events"})
        self.assertEqual(set(events.mapped("name")), {"Other"})
        events[1].write({"name": "Later", "recurrence_update": "future_events"})
        self.assertEqual(events.mapped("name"), ["Other", "Later", "Later"])

    def test_after_the_base_was_archived(self):
        events = self.series()
        old = events.recurrence_id
        events[0].action_mass_archive("self_only")
        self.assertEqual(old.base_event_id, events[1])
        events[2].write(self.moved(events[2], 1, 1, recurrence_update="all_events"))
        self.assertFalse(old.exists())
        self.assertEqual(self.days(events[1].recurrence_id.calendar_event_ids)[:1], [(10, 30)])

    def test_following_events_moved(self):
        events = self.series()
        old = events.recurrence_id
        events[1].write(self.moved(events[1], recurrence_update="future_events", tue=False, sat=True))
        self.assertEqual((old.end_type, old.until), ("end_date", date(2019, 10, 27)))
        self.assertEqual(old.calendar_event_ids, events[0])
        new = events[1].recurrence_id
        self.assertEqual(self.days(new.calendar_event_ids), [(11, 2), (11, 9)])
        self.assertEqual((new.count, new.tue, new.sat), (2, False, True))

    def test_following_events_of_the_first_are_all(self):
        events = self.series()
        old = events.recurrence_id
        events[0].write(self.moved(events[0], recurrence_update="future_events", tue=False, sat=True))
        self.assertFalse(old.exists())
        new = events[0].recurrence_id
        self.assertEqual(self.days(new.calendar_event_ids), [(10, 26), (11, 2), (11, 9)])
        self.assertEqual(new.count, 3)

    def test_following_events_other_rule(self):
        events = self.series()
        events[1].write({"fri": True, "count": 4, "recurrence_update": "future_events"})
        self.assertEqual(self.days(events[1].recurrence_id.calendar_event_ids), [(10, 29), (11, 1), (11, 5), (11, 8)])
        self.assertTrue(events[1].active)

    def test_one_of_two_days_moves(self):
        events = self.series(fri=True, count=4)
        old, friday = events.recurrence_id, events[3]
        self.assertEqual(self.days(events), [(10, 22), (10, 25), (10, 29), (11, 1)])
        events[1].write(self.moved(events[1], 3, 3, recurrence_update="future_events"))
        self.assertTrue(old.tue and old.fri)
        self.assertEqual(old.calendar_event_ids, events[0])
        self.assertFalse(old._get_outliers())
        new = events[1].recurrence_id
        self.assertTrue(new.tue and new.mon and not new.fri)
        self.assertEqual(new.count, 3)
        self.assertFalse(friday.active)

    def test_answers_are_asked_again(self):
        both = [(6, 0, (self.anna.partner_id | self.bert.partner_id).ids)]
        events = self.series(partner_ids=both)
        self.env["calendar.attendee"].search([("event_id", "in", events.ids)]).write({"state": "tentative"})
        events[1].write(self.moved(events[1], 1, 1, recurrence_update="future_events"))
        self.assertEqual(set(events[0].attendee_ids.mapped("state")), {"tentative"})
        for event in events[1].recurrence_id.calendar_event_ids:
            states = {row.partner_id: row.state for row in event.attendee_ids}
            self.assertEqual(states, {self.anna.partner_id: "accepted", self.bert.partner_id: "needsAction"})

    def test_answers_for_several_events(self):
        both = [(6, 0, (self.anna.partner_id | self.bert.partner_id).ids)]
        events = self.series(partner_ids=both).with_user(self.bert)
        events[1].change_attendee_status("declined", "future_events")
        self.assertEqual(events.mapped("current_status"), ["needsAction", "declined", "declined"])
        events[1].change_attendee_status("tentative", "all_events")
        self.assertEqual(events.mapped("current_status"), ["tentative"] * 3)

    def test_leaving_the_series(self):
        events = self.series()
        series = events.recurrence_id
        events[1].write({"recurrency": False, "recurrence_update": "future_events"})
        self.assertFalse(events[2].exists())
        self.assertFalse(events[1].recurrence_id or events[1].recurrency)
        self.assertEqual(series.calendar_event_ids, events[0])
        events = self.series()
        series = events.recurrence_id
        events[1].write({"recurrency": False, "recurrence_update": "all_events"})
        self.assertEqual(events.exists(), events[1])
        self.assertFalse(series.exists())

    def test_deleting(self):
        events = self.series()
        series = events.recurrence_id
        events[0].unlink()
        self.assertEqual(series.base_event_id, events[1])
        wizard = self.env["calendar.popover.delete.wizard"].with_user(self.anna)
        wizard.create({"record": events[2].id, "delete": "next"}).close()
        self.assertEqual(series.calendar_event_ids, events[1])
        events[1].unlink()
        self.assertFalse(series.exists())
        events = self.series()
        series = events.recurrence_id
        wizard.create({"record": events[1].id, "delete": "all"}).close()
        self.assertFalse(events.exists() or series.exists())

    def test_archiving(self):
        events = self.series()
        events[1].action_mass_archive("future_events")
        self.assertEqual(events.mapped("active"), [True, False, False])
        events = self.series()
        events[1].action_mass_archive("all_events")
        self.assertFalse(any(events.mapped("active")))

    def test_rooms_of_their_own(self):
        event = self.Event.create({"name": "Room", **self.Event._discuss_videocall_values()})
        event.write({"recurrency": True, "rrule_type": "daily", "count": 3})
        rooms = event.recurrence_id.calendar_event_ids
        self.assertEqual(len(set(rooms.mapped("access_token"))), 3)
        self.assertEqual(len(set(rooms.mapped("videocall_location"))), 3)

    def test_a_long_series_is_made_at_once(self):
        attendees = [(6, 0, (self.anna.partner_id | self.bert.partner_id | self.customer).ids)]
        self.meet(partner_ids=attendees).unlink()
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        # as users make it, with all that follows
        self.Event = self.env["calendar.event"].with_user(self.anna).with_context({})
        events = self.series(rrule_type="daily", tue=False, end_type="forever", partner_ids=attendees)
        self.env.flush_all()
        self.assertEqual(len(events), 720)
        self.assertLess(self.cr.sql_log_count - before, 150)
