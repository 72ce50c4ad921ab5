"""Time off: RES-10, RES-32."""

from datetime import datetime, timedelta

import pytz

from odoo import fields
from odoo.exceptions import ValidationError
from odoo.tests import freeze_time

from .common import ResourceCase, at


class TestLeaves(ResourceCase):
    def test_res_10_calendar_and_company(self):
        resource = self.resource(calendar_id=self.eights.id)
        own = self.leave(self.eights, at(10), at(11), resource_id=resource.id)
        everybody = self.leave(self.eights, at(10), at(11))
        self.assertEqual(own.company_id, self.env.company)
        company = self.env["res.company"].create({"name": "Other"})
        resource.sudo().calendar_id = company.resource_calendar_id
        self.assertEqual(own.calendar_id, company.resource_calendar_id)
        self.assertEqual(everybody.calendar_id, self.eights)
        self.assertEqual(own.company_id, company)
        with self.assertRaises(ValidationError):
            self.leave(self.eights, at(11), at(10))
        self.leave(self.eights, at(11), at(11))

    def test_res_10_ends_with_the_day(self):
        self.env.user.tz = "Asia/Tokyo"
        leaves = self.env["resource.calendar.leaves"]
        leave = leaves.create({"date_from": "2018-04-10 20:00:00"})
        self.assertEqual(leave.date_to, datetime(2018, 4, 11, 14, 59, 59))
        leave.date_from = "2018-04-11 02:00:00"
        self.assertEqual(leave.date_to, datetime(2018, 4, 11, 14, 59, 59))
        leave.date_from = "2018-04-12 02:00:00"
        self.assertEqual(leave.date_to, datetime(2018, 4, 12, 14, 59, 59))

    def test_res_10_proposes_today(self):
        self.env.company.resource_calendar_id.tz = "Europe/Brussels"
        leaves = self.env["resource.calendar.leaves"]
        with freeze_time("2018-04-10 10:00:00"):
            values = leaves.default_get(["date_from", "date_to"])
            self.assertEqual(values, {"date_from": "2018-04-10 06:00:00", "date_to": "2018-04-10 15:00:00"})
        with freeze_time("2018-04-14 10:00:00"):
            values = leaves.default_get(["date_from", "date_to"])
            self.assertEqual(values, {"date_from": "2018-04-13 22:00:00", "date_to": "2018-04-14 21:59:59"})
        self.assertEqual(leaves._order, "date_from")
        self.assertEqual(leaves.default_get(["time_type"]), {"time_type": "leave"})

    def test_res_32_whose_time_off(self):
        resource = self.resource(calendar_id=self.eights.id, tz="UTC")
        other_company = self.env["res.company"].create({"name": "Other"})
        foreign = self.resource(calendar_id=self.eights.id, company_id=other_company.id, tz="Asia/Tokyo")
        everybody = self.leave(self.eights, at(10), at(11))
        own = self.leave(self.eights, at(12), at(13), resource_id=resource.id)
        self.leave(self.eights, at(14), at(15), time_type="other")
        self.leave(self.long_fridays, at(15), at(16))
        anywhere = self.leave(self.env["resource.calendar"], at(16), at(17))
        anywhere.company_id = self.env.company
        found = self.eights._leave_intervals_batch(at(1), at(30), resource | foreign)
        records = {id_: self.ids_of(spans) for id_, spans in found.items()}
        self.assertEqual(
            records,
            {
                False: [everybody.id, anywhere.id],
                resource.id: [everybody.id, own.id, anywhere.id],
                foreign.id: [],
            },
        )
        clipped = self.eights._leave_intervals(at(10, 6), at(12, 3), resource)
        self.assertEqual(self.bounds(clipped), [("10 06:00", "11 00:00"), ("12 00:00", "12 03:00")])
        japan = pytz.timezone("Asia/Tokyo")
        self.assertEqual(self.bounds(self.eights._leave_intervals(at(10), at(12), tz=japan))[0][0], "10 09:00")
        training = self.eights._leave_intervals(at(1), at(30), resource, domain=[("time_type", "=", "other")])
        self.assertEqual(self.bounds(training), [("14 00:00", "15 00:00")])
        everywhere = self.eights._leave_intervals(at(1), at(30), any_calendar=True)
        self.assertEqual(len(self.ids_of(everywhere)), 3)
        with self.assertRaises(AssertionError):
            self.eights._leave_intervals(datetime(2018, 4, 1), at(30))

    def ids_of(self, spans):
        return [leave.id for _start, _stop, records in spans for leave in records]

    def test_res_33_work_is_what_time_off_leaves(self):
        resource = self.resource(calendar_id=self.eights.id, tz="Europe/Brussels")
        self.leave(self.eights, at(10, 10, tz="Europe/Brussels"), at(10, 12, tz="Europe/Brussels"))
        self.leave(self.eights, at(11), at(12), resource_id=resource.id)
        start, end = at(10, tz="Europe/Brussels"), at(12, tz="Europe/Brussels")
        spans = self.eights._work_intervals_batch(start, end, resource)
        worked = [("10 08:00", "10 10:00"), ("10 12:00", "10 16:00")]
        self.assertEqual(self.bounds(spans[resource.id]), worked)
        self.assertEqual(self.bounds(spans[False]), [*worked, ("11 08:00", "11 16:00")])
        spans = self.eights._work_intervals_batch(start, end, resource, compute_leaves=False)
        self.assertEqual(len(spans[resource.id]), 2)
        spans = self.eights._work_intervals_batch(start, end, domain=[("time_type", "=", "other")])
        self.assertEqual(len(spans[False]), 2)
        abroad = self.eights.with_context(employee_timezone="Asia/Tokyo")
        spans = abroad._work_intervals_batch(at(12), at(13), compute_leaves=False)
        self.assertEqual(self.bounds(spans[False])[0], ("12 09:00", "12 16:00"))

    def test_res_34_when_no_work_is_done(self):
        calendar = self.calendar("Office", [(2, 8, 12), (2, 13, 17)])
        abroad = self.resource(calendar_id=calendar.id, tz="Etc/GMT-10")
        start, end = at(21, month=9, year=2022), at(22, month=9, year=2022)
        brussels = pytz.timezone("Europe/Brussels")
        gaps = calendar._unavailable_intervals_batch(start, end, abroad, tz=brussels)
        self.assertEqual(list(gaps), [abroad.id])
        expected = [("21 00:00", "21 06:00"), ("21 10:00", "21 11:00"), ("21 15:00", "22 00:00")]
        self.assertEqual(self.bounds(gaps[abroad.id]), expected)
        self.assertEqual(self.bounds(calendar._unavailable_intervals(start, end)), expected)
        self.assertEqual(list(calendar._unavailable_intervals_batch(start, end)), [False])
        calendar.flexible_hours = True
        self.assertEqual(calendar._unavailable_intervals_batch(start, end, abroad), {})

    def test_res_12b_leaves_of_the_day_are_found_at_their_bounds(self):
        start = fields.Datetime.from_string("2018-04-10 10:00:00")
        leave = self.leave(self.eights, start, start + timedelta(hours=1))
        self.assertFalse(self.eights._leave_intervals(at(10, 11), at(10, 12)))
        self.assertTrue(leave)
