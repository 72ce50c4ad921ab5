"""When work is done and how much: RES-30, RES-31, RES-35 to RES-39."""

from datetime import datetime

import pytz

from .common import MONDAY, ResourceCase, at

BRUSSELS = "Europe/Brussels"


class TestAttendances(ResourceCase):
    def test_res_30_lines_of_resources(self):
        calendar = self.calendar(
            "Mixed",
            [(1, 8, 12), (1, 12, 13, {"day_period": "lunch"}), (1, 13, 17), (2, 9, 10, {"date_to": "2018-04-10"})],
        )
        here, far = self.resource(calendar_id=calendar.id, tz=BRUSSELS), self.resource(tz="Asia/Tokyo")
        calendar.attendance_ids = [
            (0, 0, {"name": "Own", "dayofweek": "3", "hour_from": 6, "hour_to": 7, "resource_id": here.id})
        ]
        spans = calendar._attendance_intervals_batch(at(9), at(14), here | far)
        self.assertEqual(set(spans), {here.id, far.id, False})
        day = [("10 08:00", "10 12:00"), ("10 13:00", "10 17:00")]
        self.assertEqual(self.bounds(spans[False]), day)
        self.assertEqual(self.bounds(spans[far.id]), day)
        self.assertEqual(self.bounds(spans[here.id]), [*day, ("12 06:00", "12 07:00")])
        self.assertEqual(next(iter(spans[far.id]))[0], at(9, 23))
        lunch = calendar._attendance_intervals_batch(at(9), at(14), lunch=True)[False]
        self.assertEqual(self.bounds(lunch), [("10 12:00", "10 13:00")])
        morning = calendar._attendance_intervals_batch(at(9), at(14), domain=[("hour_to", "<", 13)])[False]
        self.assertEqual(self.bounds(morning), day[:1])
        self.assertEqual(len(calendar._attendance_intervals_batch(at(3), at(5))[False]), 3)
        utc = calendar._attendance_intervals_batch(at(10, 9), at(10, 14), tz=pytz.utc)[False]
        self.assertEqual(self.bounds(utc), [("10 09:00", "10 12:00"), ("10 13:00", "10 14:00")])
        with self.assertRaises(AssertionError):
            calendar._attendance_intervals_batch(MONDAY, at(14))

    def test_res_30_weeks_alternate(self):
        calendar = self.calendar(
            "Two", [(0, 8, 16, {"week_type": "1"}), (1, 8, 16, {"week_type": "0"})], two_weeks_calendar=True
        )
        spans = calendar._attendance_intervals_batch(at(2), at(22))[False]
        self.assertEqual([f"{start:%d}" for start, _stop, _line in spans], ["02", "10", "16"])

    def test_res_30_one_query_for_many(self):
        resources = (
            self.env["resource.resource"]
            .sudo()
            .create([{"name": str(number), "calendar_id": self.eights.id} for number in range(100)])
        )
        self.env.flush_all()
        resources.mapped("tz")
        self.eights.read(["tz", "two_weeks_calendar"])
        with self.assertQueryCount(1):
            spans = self.eights._attendance_intervals_batch(at(9), at(30), resources.sudo(False))
        self.assertEqual(len(spans), 101)

    def test_res_31_bounds_in_far_zones(self):
        calendar = self.calendar("West", [(day, 8, 16) for day in range(7)], "America/Los_Angeles")
        end = datetime(2023, 1, 31, 23, 59, 59, 999999)
        spans = calendar._attendance_intervals_batch(at(1, month=1, year=2023), pytz.utc.localize(end))[False]
        self.assertEqual(f"{list(spans)[-1][1]:%d %H:%M:%S.%f}", "31 15:59:59.999999")
        west = pytz.timezone("America/Los_Angeles")
        spans = calendar._attendance_intervals_batch(west.localize(datetime(2023, 1, 1)), west.localize(end))[False]
        self.assertEqual((len(spans), self.bounds(spans)[-1]), (31, ("31 08:00", "31 16:00")))

    def test_res_31_days_on_which_the_clock_changes(self):
        calendar = self.calendar("Nights", [(6, 1, 5)])
        spans = list(calendar._attendance_intervals_batch(at(25, month=3), at(26, month=3))[False])
        self.assertEqual([(start, stop) for start, stop, _line in spans], [(at(25, 0, month=3), at(25, 3, month=3))])
        self.assertEqual(calendar.get_work_hours_count(at(25, month=3), at(26, month=3)), 3)


class TestCounting(ResourceCase):
    def test_res_35_hours(self):
        count = self.eights.get_work_hours_count
        self.assertEqual(count(datetime(2018, 4, 10, 6), datetime(2018, 4, 10, 10)), 4)
        self.assertEqual(count(at(10, tz="Asia/Tokyo"), at(11, tz=BRUSSELS)), 8)
        self.assertEqual(count(at(11), at(10)), 0)
        self.leave(self.eights, at(11), at(12))
        self.leave(self.eights, at(10, 9), at(10, 9))
        self.leave(self.eights, at(10), at(10, 4))
        resource = self.resource(calendar_id=self.eights.id)
        self.leave(self.eights, at(12), at(13), resource_id=resource.id)
        self.assertEqual(count(at(9), at(14)), 32)
        self.assertEqual(count(at(9), at(14), compute_leaves=False), 40)
        self.assertEqual(count(at(9), at(14), domain=[("time_type", "=", "other")]), 40)

    def test_res_35_midnight(self):
        always = self.calendar("Always", [(day, 0, 24) for day in range(7)])
        self.assertAlmostEqual(always.get_work_hours_count(at(9, tz=BRUSSELS), at(11, tz=BRUSSELS)), 48)

    def test_res_36_days(self):
        self.eights.attendance_ids.duration_days = 1
        duration = self.eights.get_work_duration_data
        self.assertEqual(duration(at(9), at(14)), {"days": 5, "hours": 40})
        self.leave(self.eights, at(11, 8, tz=BRUSSELS), at(11, 12, tz=BRUSSELS))
        self.assertEqual(duration(at(9), at(14)), {"days": 4.5, "hours": 36})
        self.leave(self.eights, at(12, 8, tz=BRUSSELS), at(12, 9, tz=BRUSSELS))
        self.assertEqual(duration(at(9), at(14), compute_leaves=False)["days"], 5)
        self.assertEqual(duration(at(12), at(14)), {"days": 1.875, "hours": 15})
        split = self.calendar(
            "Split", [(0, 8, 13, {"duration_days": 5 / 12}), (0, 13, 20, {"duration_days": 7 / 12}), (1, 8, 16)]
        )
        self.leave(split, at(9, 13, tz=BRUSSELS), at(9, 20, tz=BRUSSELS))
        self.assertEqual(split.get_work_duration_data(at(9), at(11)), {"days": 1.417, "hours": 13})


class TestPlans(ResourceCase):
    def test_res_37_hours(self):
        plan = self.eights.plan_hours
        day = at(10, tz=BRUSSELS)
        self.assertEqual(plan(0, day), at(10, 8, tz=BRUSSELS))
        self.assertEqual(plan(8, day), at(10, 16, tz=BRUSSELS))
        self.assertEqual(plan(9, day), at(11, 9, tz=BRUSSELS))
        self.assertEqual(plan(-9, day), at(6, 15, tz=BRUSSELS))
        self.assertEqual(plan(0, day.replace(hour=18)), at(11, 8, tz=BRUSSELS))
        self.assertEqual(plan(0.0002, day), at(10, 8, tz=BRUSSELS) + (at(10, 0, 0, 18) - at(10)) / 25)
        self.assertEqual(plan(3000, day), at(16, 16, tz=BRUSSELS, month=9, year=2019))
        self.assertEqual(plan(1, datetime(2018, 4, 10)), datetime(2018, 4, 10, 7))
        self.assertIs(plan(30_000, day), False)
        self.leave(self.eights, at(10), at(11))
        self.assertEqual(plan(1, day), at(10, 9, tz=BRUSSELS))
        self.assertEqual(plan(1, day, compute_leaves=True), at(11, 9, tz=BRUSSELS))
        resource = self.resource(calendar_id=self.eights.id, tz="Asia/Tokyo")
        self.assertEqual(plan(1, at(11, tz="Asia/Tokyo"), resource=resource), at(11, 9, tz="Asia/Tokyo"))

    def test_res_38_days(self):
        plan = self.eights.plan_days
        evening = at(10, 16, tz=BRUSSELS)
        self.assertIs(plan(0, evening), evening)
        self.assertEqual(plan(1, at(10, tz=BRUSSELS)), evening)
        self.assertEqual(plan(4, evening, compute_leaves=True), at(16, 16, tz=BRUSSELS))
        self.leave(self.eights, at(11), at(12))
        self.assertEqual(plan(4, evening, compute_leaves=True), at(17, 16, tz=BRUSSELS))
        self.assertEqual(plan(-2, evening), at(9, 8, tz=BRUSSELS))
        self.assertIs(plan(0.5, evening), False)
        self.assertIs(plan(3000, evening), False)
        self.assertEqual(plan(1, datetime(2018, 4, 10)), datetime(2018, 4, 10, 14))
        split = self.calendar("Split", [(day, *hours) for day in range(5) for hours in ((8, 12), (13, 17))])
        self.assertEqual(split.plan_days(2, at(10, tz=BRUSSELS)), at(11, 12, tz=BRUSSELS))
        # in the middle of hours, at the place where the next look begins
        self.assertEqual(split.plan_days(11, at(10, 10, tz=BRUSSELS)), at(24, 12, tz=BRUSSELS))

    def test_res_39_closest_work(self):
        closest = self.eights._get_closest_work_time
        self.assertEqual(closest(at(10, 7, tz=BRUSSELS)), at(10, 8, tz=BRUSSELS))
        self.assertEqual(closest(at(10, 7, tz=BRUSSELS), match_end=True), at(10, 16, tz=BRUSSELS))
        self.assertIsNone(closest(at(14, 7)))
        span = (at(10, 9, tz=BRUSSELS), at(11, tz=BRUSSELS))
        self.assertEqual(closest(at(10, 12, tz=BRUSSELS), search_range=span), span[0])
        self.assertIsNone(closest(at(12), search_range=span))
        for moment, bounds in ((MONDAY, None), (at(10), (MONDAY, at(11)))):
            with self.assertRaises(ValueError):
                closest(moment, search_range=bounds)
        resource = self.resource(calendar_id=self.eights.id, tz="UTC")
        self.eights.attendance_ids = [
            (0, 0, {"name": "Own", "dayofweek": "5", "hour_from": 6, "hour_to": 7, "resource_id": resource.id})
        ]
        self.assertIsNone(closest(at(14, 7)))
        self.assertEqual(closest(at(14, 7), resource=resource), at(14, 6))
        self.leave(self.eights, at(10), at(11))
        self.assertIsNone(closest(at(10, 7, tz=BRUSSELS)))
        self.assertTrue(closest(at(10, 7, tz=BRUSSELS), compute_leaves=False))
