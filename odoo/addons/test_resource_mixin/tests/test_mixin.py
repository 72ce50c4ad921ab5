"""Records that are resources: RES-50 to RES-52."""

from datetime import date, datetime

from odoo.addons.resource.tests.common import ResourceCase, at
from odoo.exceptions import AccessError
from odoo.tests import new_test_user

BRUSSELS = "Europe/Brussels"


class TestMixin(ResourceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.machines = cls.env["test_resource_mixin.machine"]
        cls.press = cls.machines.create({"name": "Press", "tz": BRUSSELS, "resource_calendar_id": cls.eights.id})
        cls.oven = cls.machines.create({"name": "Oven", "resource_calendar_id": cls.long_fridays.id})

    def test_res_50_resources_of_records(self):
        self.assertEqual(self.press.resource_id.name, "Press")
        self.assertEqual((self.press.resource_id.tz, self.press.tz), (BRUSSELS, BRUSSELS))
        self.assertEqual(self.oven.tz, "America/Los_Angeles")
        self.assertEqual(self.press.resource_id.calendar_id, self.eights)
        self.assertEqual(self.press.company_id, self.env.company)
        self.assertNotIn("check_idempotence", self.press.env.context)
        self.press.resource_id.calendar_id = self.long_fridays
        self.assertEqual(self.press.resource_calendar_id, self.long_fridays)
        self.press.tz = "Asia/Tokyo"
        self.assertEqual(self.press.resource_id.tz, "Asia/Tokyo")
        resource = self.env["resource.resource"].create({"name": "Ready", "calendar_id": self.eights.id})
        ready = self.machines.create({"name": "Other", "resource_id": resource.id})
        self.assertEqual((ready.resource_id, resource.name), (resource, "Ready"))
        always = self.machines.create({"name": "Always", "resource_calendar_id": False})
        self.assertFalse(always.resource_id.calendar_id)
        usual = self.machines.create({"name": "Usual"})
        self.assertEqual(usual.resource_calendar_id, self.env.company.resource_calendar_id)
        self.assertIn(self.press, self.machines.search([("resource_id.name", "=", "Press")]))

    def test_res_50_companies(self):
        company = self.env["res.company"].create({"name": "Other"})
        machine = self.machines.create({"name": "Saw", "company_id": company.id})
        self.assertEqual(machine.resource_id.company_id, company)
        copy = self.press.copy({"company_id": company.id, "resource_calendar_id": company.resource_calendar_id.id})
        self.assertNotEqual(copy.resource_id, self.press.resource_id)
        self.assertEqual(copy.resource_id.company_id, company)
        self.assertEqual(copy.resource_calendar_id, company.resource_calendar_id)
        self.assertEqual(self.press.copy().resource_calendar_id, self.eights)

    def test_res_50_needs_the_right_for_resources(self):
        clerk = new_test_user(self.env, "clerk", "base.group_user")
        with self.assertRaises(AccessError):
            self.machines.with_user(clerk).create({"name": "Mine"})

    def test_res_51_work_of_records(self):
        data = (self.press | self.oven)._get_work_days_data_batch(datetime(2018, 4, 9), datetime(2018, 4, 14))
        self.assertEqual(data[self.press.id], {"days": 5, "hours": 40})
        # Friday's second hours begin in the west when it is over in UTC
        self.assertEqual(data[self.oven.id]["hours"], 14)
        everybody = (self.press | self.oven)._get_work_days_data_batch(at(9), at(14), calendar=self.eights)
        self.assertEqual([everybody[record.id]["hours"] for record in self.press | self.oven], [40, 40])
        self.leave(self.eights, at(10), at(11))
        self.leave(self.eights, at(11), at(12), resource_id=self.press.resource_id.id)
        self.assertEqual(self.press._get_work_days_data_batch(at(9), at(14))[self.press.id]["days"], 3)
        kept = self.press._get_work_days_data_batch(at(9), at(14), compute_leaves=False)
        self.assertEqual(kept[self.press.id]["days"], 5)
        self.press.resource_calendar_id = False
        self.env.company.resource_calendar_id = False
        self.assertEqual(self.press._get_work_days_data_batch(at(9), at(14))[self.press.id], {"days": 0, "hours": 0})

    def test_res_52_time_off_of_records(self):
        morning = self.leave(self.eights, at(10, 8, tz=BRUSSELS), at(10, 10, tz=BRUSSELS))
        own = self.leave(self.eights, at(11), at(12), resource_id=self.press.resource_id.id)
        instant = self.leave(self.eights, at(12, 9), at(12, 9))
        second = self.leave(self.eights, at(13, 9), at(13, 9, second=1))
        data = self.press._get_leave_days_data_batch(at(9), at(13))
        self.assertEqual(data[self.press.id], {"days": 1.25, "hours": 10})
        listed = self.press.list_leaves(at(9), at(14))
        self.assertEqual(
            [(day, leave) for day, _hours, leave in listed],
            [(date(2018, 4, 10), morning), (date(2018, 4, 11), own), (date(2018, 4, 13), second)],
        )
        self.assertEqual([hours for _day, hours, _leave in listed], [2, 8, 1 / 3600])
        self.assertNotIn(instant, [leave for _day, _hours, leave in listed])
        per_day = self.press._list_work_time_per_day(at(9), at(12))
        self.assertEqual(per_day, {self.press.id: [(date(2018, 4, 9), 8), (date(2018, 4, 10), 6)]})
        kept = self.press.with_context(compute_leaves=False)._list_work_time_per_day(at(9), at(12))
        self.assertEqual(len(kept[self.press.id]), 3)

    def test_res_52_adjusts_to_the_calendar(self):
        start, end = at(10, 9, tz=BRUSSELS), at(10, 15, tz=BRUSSELS)
        adjusted = (self.press | self.oven)._adjust_to_calendar(start, end)
        self.assertEqual(adjusted[self.press], (at(10, 8, tz=BRUSSELS), at(10, 16, tz=BRUSSELS)))
        self.assertEqual(set(adjusted), {self.press, self.oven})
