"""Resources and when they work: RES-12, RES-13, RES-41 to RES-45."""

from datetime import datetime
from unittest.mock import patch

import psycopg2

from odoo.tests import Form
from odoo.tools import mute_logger

from .common import ResourceCase, at

WEST = "America/Los_Angeles"


def friday(hour=0, minute=0, day=3):
    return at(day, hour, minute, tz=WEST, year=2020)


class TestResource(ResourceCase):
    def test_res_12_values(self):
        company = self.env["res.company"].create({"name": "Other"})
        company.resource_calendar_id.tz = "Asia/Tokyo"
        user = self.env["res.users"].create({"name": "Ann", "login": "ann", "tz": "America/Lima"})
        resource = self.resource(company_id=company.id)
        self.assertEqual((resource.calendar_id, resource.tz), (company.resource_calendar_id, "Asia/Tokyo"))
        self.assertEqual((resource.resource_type, resource.time_efficiency), ("user", 100))
        self.assertEqual(self.resource(company_id=company.id, user_id=user.id).tz, "America/Lima")
        self.assertFalse(self.resource(company_id=company.id, calendar_id=False).calendar_id)
        self.assertEqual(self.resource(calendar_id=False, tz=False).tz, "UTC")
        self.env.user.tz = "Europe/Paris"
        self.assertEqual(self.resource(calendar_id=False).tz, "Europe/Paris")
        self.assertEqual(self.resource(calendar_id=False, tz="Asia/Tokyo").tz, "Asia/Tokyo")
        with self.assertRaises(psycopg2.IntegrityError), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            self.resource(time_efficiency=0)
        copy = resource.sudo().copy()
        self.assertIn(resource.name, copy.name)
        self.assertNotEqual(copy.name, resource.name)
        self.assertEqual(resource.sudo().copy({"name": "Mine"}).name, "Mine")

    def test_res_12_writes_what_is_new(self):
        resource = self.resource("Same", calendar_id=self.eights.id).sudo()
        self.env.flush_all()
        with patch.object(type(self.env["base"]), "write", autospec=True) as write:
            resource.with_context(check_idempotence=True).write({"name": "Same", "calendar_id": self.eights.id})
            self.assertFalse(write.called)
            resource.with_context(check_idempotence=True).write({"name": "New", "calendar_id": self.eights.id})
            self.assertEqual(write.call_args.args[1], {"name": "New"})

    def test_res_12_form(self):
        company = self.env["res.company"].create({"name": "Other"})
        user = self.env["res.users"].create({"name": "Ann", "login": "ann", "tz": "America/Lima"})
        self.env.user.groups_id += self.env.ref("base.group_multi_company")
        form = Form(self.env["resource.resource"].sudo())
        form.company_id = company
        self.assertEqual(form.calendar_id, company.resource_calendar_id)
        form.user_id = user
        self.assertEqual(form.tz, "America/Lima")

    def test_res_13_users(self):
        user = self.env["res.users"].create({"name": "Ann", "login": "ann"})
        resource = self.resource(user_id=user.id, calendar_id=self.eights.id)
        self.assertEqual((user.resource_ids, user.resource_calendar_id), (resource, self.eights))
        standard = self.env.ref("resource.resource_calendar_std")
        admin = self.env.ref("base.user_admin")
        self.env.cr.execute("DELETE FROM res_users_log WHERE create_uid = %s", [admin.id])
        self.env.invalidate_all()
        standard.tz = "UTC"
        admin.with_user(admin).write({"tz": "Asia/Tokyo"})
        self.assertEqual(standard.tz, "Asia/Tokyo")
        self.env["res.users.log"].with_user(admin).create({})
        self.env.invalidate_all()
        admin.with_user(admin).write({"tz": "Europe/Paris"})
        self.assertEqual(standard.tz, "Asia/Tokyo")

    def test_res_41_flexible(self):
        resource = self.resource(calendar_id=self.eights.id)
        self.assertFalse(resource._is_flexible())
        self.eights.flexible_hours = True
        self.assertTrue(resource._is_flexible())
        self.assertFalse(resource._is_fully_flexible())
        self.assertTrue(self.resource(calendar_id=False)._is_fully_flexible())

    def test_res_42_adjusts_to_the_calendar(self):
        resource = self.resource(calendar_id=self.long_fridays.id, tz=WEST)
        for start, end, expected in [
            (friday(9), friday(14), (friday(8), friday(13))),
            (friday(13, 1), friday(14), (friday(16), friday(23))),
            (friday(9, day=4), friday(14, day=4), (None, None)),
            (friday(8), friday(14, day=4), (friday(8), friday(23))),
            (friday(8, day=2), friday(14), (friday(8), friday(13))),
            (friday(day=7), friday(23, 59, day=9), (friday(8, day=7), friday(16, day=7))),
        ]:
            self.assertEqual(resource._adjust_to_calendar(start, end)[resource], expected, (start, end))
        naive = resource._adjust_to_calendar(datetime(2020, 4, 3, 16), datetime(2020, 4, 3, 21))[resource]
        self.assertEqual(naive, (datetime(2020, 4, 3, 15), datetime(2020, 4, 3, 20)))

    def test_res_42_zones(self):
        east = self.resource(calendar_id=self.eights.id, tz="Asia/Tokyo")
        start, end = at(10, tz="Asia/Tokyo"), at(10, 23, tz="Asia/Tokyo")
        adjusted = east._adjust_to_calendar(start, end)[east]
        self.assertEqual(adjusted, (at(10, 8, tz="Asia/Tokyo"), at(10, 16, tz="Asia/Tokyo")))
        # the answer is in the zone of the question
        adjusted = east._adjust_to_calendar(at(9, 15, tz="UTC"), at(10, 10, tz="Europe/Brussels"))[east]
        self.assertEqual([f"{moment:%d %H:%M %Z}" for moment in adjusted], ["09 23:00 UTC", "10 09:00 CEST"])

    def test_res_43_unavailable(self):
        near, far = (self.resource(calendar_id=self.eights.id, tz=tz) for tz in ("Europe/Brussels", "Asia/Tokyo"))
        gaps = (near | far)._get_unavailable_intervals(at(10), at(11))
        self.assertEqual(self.bounds(gaps[near.id]), [("10 00:00", "10 06:00"), ("10 14:00", "11 00:00")])
        self.assertEqual(gaps[near.id], gaps[far.id])
        naive = near._get_unavailable_intervals(datetime(2018, 4, 10), datetime(2018, 4, 11))
        self.assertEqual(naive[near.id], gaps[near.id])
        lost = self.resource(calendar_id=False, company_id=False)
        self.env.company.resource_calendar_id = False
        self.assertEqual(lost._get_unavailable_intervals(at(10), at(11)), {})

    def test_res_44_calendars_of_a_period(self):
        resource, free = self.resource(calendar_id=self.eights.id), self.resource(calendar_id=False)
        validity = (resource | free)._get_calendars_validity_within_period(at(9), at(14))
        self.assertEqual(list(validity[resource.id]), [self.eights])
        self.assertEqual(self.bounds(validity[resource.id][self.eights]), [("09 00:00", "14 00:00")])
        self.assertFalse(next(iter(validity[free.id])))
        nobody = self.env["resource.resource"]._get_calendars_validity_within_period(at(9), at(14))
        self.assertEqual(list(nobody[False]), [self.env.company.resource_calendar_id])
        company = self.env["res.company"].create({"name": "Other"})
        nobody = self.env["resource.resource"]._get_calendars_validity_within_period(at(9), at(14), company)
        self.assertEqual(list(nobody[False]), [company.resource_calendar_id])

    def test_res_45_work_of_a_period(self):
        resource, free = self.resource(calendar_id=self.eights.id), self.resource(calendar_id=False)
        self.leave(self.eights, at(10), at(11))
        by_resource, by_calendar = (resource | free)._get_valid_work_intervals(at(10), at(12), self.long_fridays)
        self.assertEqual(self.bounds(by_resource[free.id]), [("10 00:00", "12 00:00")])
        self.assertEqual(self.bounds(by_resource[resource.id]), [("11 08:00", "11 16:00")])
        self.assertEqual(set(by_calendar), {self.eights.id, self.long_fridays.id})
        self.assertEqual(self.bounds(by_calendar[self.long_fridays.id]), [("10 08:00", "10 16:00")])
        by_resource, _by_calendar = resource._get_valid_work_intervals(at(10), at(12), compute_leaves=False)
        self.assertEqual(len(by_resource[resource.id]), 2)

    def test_res_45_queries(self):
        calendars = [self.eights, self.long_fridays, self.eights.copy(), self.eights.copy()]
        resources = (
            self.env["resource.resource"]
            .sudo()
            .create([{"name": str(number), "calendar_id": calendars[number % 4].id} for number in range(50)])
        )
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(13):
            resources._get_valid_work_intervals(at(1), at(30))
