"""What calendars are: RES-1 to RES-8, RES-11."""

from datetime import date
from unittest.mock import patch

from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import Form

from .common import MONDAY, NEXT_MONDAY, ResourceCase, at


class TestCalendar(ResourceCase):
    def lines_of(self, calendar):
        return [(line.dayofweek, line.hour_from, line.hour_to, line.day_period) for line in calendar.attendance_ids]

    def test_res_1_defaults(self):
        company = self.env["res.company"].create({"name": "Night Works"})
        calendars = self.env["resource.calendar"].with_context(default_company_id=company.id)
        values = calendars.default_get(["name", "company_id", "attendance_ids"])
        self.assertIn("Night Works", values["name"])
        self.assertEqual(len(values["attendance_ids"]), 15)
        company.resource_calendar_id = self.calendar("Nights", [(5, 20, 24, {"date_from": "2018-01-01"})])
        values = calendars.default_get(["attendance_ids", "company_id"])
        self.assertEqual([command[2]["hour_from"] for command in values["attendance_ids"]], [20])
        self.assertEqual(values["attendance_ids"][0][2]["date_from"], date(2018, 1, 1))
        self.assertNotIn("attendance_ids", calendars.default_get(["name"]))
        company.resource_calendar_id.switch_calendar_type()
        values = calendars.default_get(["company_id", "attendance_ids"])
        self.assertEqual(len(values["attendance_ids"]), 15)
        week = [(vals["dayofweek"], vals["hour_from"], vals["hour_to"]) for _c, _id, vals in values["attendance_ids"]]
        self.assertEqual(week[:3], [("0", 8, 12), ("0", 12, 13), ("0", 13, 17)])
        self.assertEqual(week[-1], ("4", 13, 17))

    def test_res_2_hours_of_another_company(self):
        company = self.env["res.company"].create({"name": "Night Works"})
        nights = self.calendar("Nights", [(5, 20, 24)], "Asia/Tokyo", company_id=company.id)
        own = self.resource(calendar_id=nights.id)
        nights.attendance_ids = [
            Command.create({"name": "Own", "dayofweek": "6", "hour_from": 1, "hour_to": 2, "resource_id": own.id})
        ]
        company.resource_calendar_id = nights
        self.leave(nights, MONDAY, NEXT_MONDAY)
        with Form(self.env["resource.calendar"]) as form:
            form.name = "Mine"
            form.company_id = company
        calendar = form.record
        self.assertEqual(self.lines_of(calendar), [("5", 20, 24, "morning")])
        self.assertEqual(calendar.tz, "Asia/Tokyo")
        self.assertEqual(set(nights.attendance_ids[0]._copy_attendance_vals()), {
            *("name", "dayofweek", "date_from", "date_to", "hour_from", "hour_to", "day_period", "week_type"),
            *("display_type", "sequence"),
        })  # fmt: skip
        draft = self.env["resource.calendar"].new({"company_id": company.id})
        self.assertEqual(draft.global_leave_ids.mapped("date_from"), [MONDAY])
        self.leave(calendar, MONDAY, NEXT_MONDAY)
        copied = calendar.copy()
        self.assertEqual(self.lines_of(copied), self.lines_of(calendar))
        self.assertEqual(len(copied.global_leave_ids), 1)
        self.assertNotEqual(copied.name, calendar.name)
        self.assertIn(calendar.name, copied.name)
        self.assertEqual(self.lines_of(self.eights), [(str(day), 8, 16, "morning") for day in range(5)])

    def test_res_3_hours_of_a_day(self):
        self.assertEqual(self.eights.hours_per_day, 8)
        calendar = self.calendar(
            "Mixed",
            [(0, 8, 12), (0, 12, 13, {"day_period": "lunch"}), (1, 8, 17), (2, 8, 20, {"date_from": "2018-01-01"})],
        )
        self.assertEqual(calendar.hours_per_day, 6.5)
        self.assertEqual(calendar._get_hours_per_day(calendar.attendance_ids.browse()), 0)
        calendar.attendance_ids[0].hour_to = 10
        self.assertEqual(calendar.hours_per_day, 5.5)
        calendar.write({"flexible_hours": True, "hours_per_day": 3})
        calendar.attendance_ids[0].hour_to = 11
        self.assertEqual(calendar.hours_per_day, 3)
        two = self.calendar("Two", [(0, 8, 16, {"week_type": "0"})], two_weeks_calendar=True)
        two.attendance_ids = [
            Command.create({"name": "2", "dayofweek": "0", "hour_from": 8, "hour_to": 12, "week_type": "1"})
        ]
        self.assertEqual(two.hours_per_day, 6)
        two.attendance_ids.week_type = False
        self.assertEqual(two._get_hours_per_day(two.attendance_ids), 0)

    def test_res_4_time_zones(self):
        calendars = self.env["resource.calendar"]
        self.assertEqual(calendars.with_context(tz="Asia/Tokyo").default_get(["tz"])["tz"], "Asia/Tokyo")
        self.env.user.tz = "Europe/Paris"
        self.assertEqual(calendars.default_get(["tz"])["tz"], "Europe/Paris")
        self.env.user.tz = False
        admin = self.env.ref("base.user_admin")
        admin.tz = "America/Lima"
        self.assertEqual(calendars.default_get(["tz"])["tz"], "America/Lima")
        admin.tz = False
        self.assertEqual(calendars.default_get(["tz"])["tz"], "UTC")
        self.assertEqual(self.calendar("T", [], "Asia/Tokyo").tz_offset, "+0900")

    def test_res_5_checks(self):
        with self.assertRaises(ValidationError):
            self.calendar("Overlap", [(0, 8, 12), (0, 11, 13)])
        self.calendar("Touch", [(0, 8, 12), (0, 12, 13), (1, 11, 12)])
        self.calendar("Dated", [(0, 8, 12), (0, 11, 13, {"date_to": "2018-01-01"})])
        weeks = [(0, 8, 12, {"week_type": "0"}), (0, 8, 12, {"week_type": "1"})]
        self.calendar("Two", weeks, two_weeks_calendar=True)
        with self.assertRaises(ValidationError):
            self.calendar("One", weeks)
        two = self.calendar("Headings", [])
        two.switch_calendar_type()
        with self.assertRaises(ValidationError):
            two.write({"attendance_ids": [Command.update(two.attendance_ids[3].id, {"sequence": -1})]})

    def test_res_6_one_week_or_two(self):
        calendar = self.env.company.resource_calendar_id
        for _turn in range(2):
            calendar.switch_calendar_type()
            self.assertTrue(calendar.two_weeks_calendar)
            headings = calendar.attendance_ids.filtered("display_type")
            self.assertEqual(headings.mapped(lambda line: (line.sequence, line.week_type)), [(0, "0"), (25, "1")])
            lines = calendar.attendance_ids - headings
            self.assertEqual(lines.mapped("sequence"), [*range(1, 16), *range(26, 41)])
            self.assertEqual(calendar.hours_per_day, 8)
            calendar.switch_calendar_type()
            self.assertFalse(calendar.two_weeks_calendar)
            self.assertEqual(len(calendar.attendance_ids), 15)
            self.assertFalse(any(calendar.attendance_ids.mapped("week_type")))

    def test_res_7_lines_belong_to_the_heading_above(self):
        calendar = self.calendar("Two", [])
        calendar.switch_calendar_type()
        # lines in their order, as another request reads them
        calendar.invalidate_recordset()
        with Form(calendar) as form, form.attendance_ids.edit(1) as line:
            line.sequence = 30
            line.dayofweek = "5"
        moved = calendar.attendance_ids.filtered(lambda line: line.dayofweek == "5")
        self.assertEqual((moved.dayofweek, moved.week_type), ("5", "1"))
        draft = self.env["resource.calendar"].new(origin=calendar)
        first, second = draft.attendance_ids.filtered("display_type")
        first.sequence, second.sequence = 100, -1
        draft._onchange_attendance_ids()
        self.assertEqual(set((draft.attendance_ids - first).mapped("week_type")), {"1"})
        draft.attendance_ids -= second
        with self.assertRaises(ValidationError):
            draft._onchange_attendance_ids()

    def test_res_8_lines(self):
        lines = self.env["resource.calendar.attendance"]
        self.assertEqual([lines.get_week_type(day) for day in (MONDAY, NEXT_MONDAY)], [1, 0])
        self.assertEqual(lines.get_week_type(date(2018, 4, 16)), 1)
        self.assertNotEqual(lines.get_week_type(date(2020, 12, 31)), lines.get_week_type(date(2021, 1, 7)))
        calendar = self.calendar("Mixed", [(0, 8, 12), (0, 12, 13, {"day_period": "lunch"}), (0, 13, 17), (1, 8, 15)])
        self.assertEqual(calendar.attendance_ids.mapped("duration_hours"), [4, 0, 4, 7])
        self.assertEqual(calendar.attendance_ids.mapped("duration_days"), [0.5, 0, 0.5, 1])
        line = lines.new({"hour_from": -2, "hour_to": 30})
        line._onchange_hours()
        self.assertEqual((line.hour_from, line.hour_to), (0, 24))
        line.update({"hour_from": 25, "hour_to": 3})
        line._onchange_hours()
        self.assertEqual((line.hour_from, line.hour_to), (23.99, 23.99))

    def test_res_8_headings_tell_which_week_it_is(self):
        calendar = self.calendar("Two", [])
        calendar.switch_calendar_type()
        first, second = calendar.attendance_ids.filtered("display_type")
        with patch.object(type(first), "get_week_type", lambda self, day: 1):
            self.assertTrue(second.display_name.startswith("Second week ("))
            self.assertEqual(first.display_name, "First week")
            self.assertIn("second week", calendar.two_weeks_explanation)
        self.assertFalse(self.eights.two_weeks_explanation)

    def test_res_11_companies(self):
        self.env.company.resource_calendar_id.switch_calendar_type()
        company = self.env["res.company"].create({"name": "New"})
        self.assertEqual(company.resource_calendar_id.company_id, company)
        self.assertEqual(company.resource_calendar_ids, company.resource_calendar_id)
        self.assertEqual(len(company.resource_calendar_id.attendance_ids), 15)
        shared = self.calendar("Shared", [(0, 8, 9)], company_id=False)
        other = self.env["res.company"].create({"name": "Other", "resource_calendar_id": shared.id})
        self.assertEqual((other.resource_calendar_id, shared.company_id), (shared, other))
        self.env.cr.execute("UPDATE res_company SET resource_calendar_id = NULL WHERE id = %s", [other.id])
        self.env.invalidate_all()
        self.env["res.company"]._init_data_resource_calendar()
        self.assertTrue(other.resource_calendar_id)
        self.assertEqual(
            self.env.ref("base.main_company").resource_calendar_id, self.env.ref("resource.resource_calendar_std")
        )

    def test_res_40_days_that_are_worked(self):
        self.leave(self.eights, at(11), at(12))
        days = self.eights._get_unusual_days(at(9), at(15))
        self.assertEqual([day for day, free in days.items() if free], ["2018-04-11", "2018-04-14", "2018-04-15"])
        self.assertEqual(len(days), 7)
        self.assertEqual(self.env["resource.calendar"]._get_unusual_days(at(9), at(15)), {})
        other = self.env["res.company"].create({"name": "Other"})
        self.assertFalse(self.eights._get_unusual_days(at(11), at(11, 20), other.id)["2018-04-11"])
        self.assertFalse(self.eights._works_on_date(date(2018, 4, 14)))
        self.assertTrue(self.eights._works_on_date(date(2018, 4, 13)))
        self.eights.attendance_ids[-1].unlink()
        self.assertFalse(self.eights._works_on_date(date(2018, 4, 13)))
        two = self.calendar("Two", [(0, 8, 16, {"week_type": "1"})], two_weeks_calendar=True)
        self.assertEqual([two._works_on_date(day) for day in (MONDAY, NEXT_MONDAY)], [True, False])

    def test_res_40_longest_day(self):
        calendar = self.calendar(
            "Mixed",
            [(0, 8, 12), (0, 12, 13, {"day_period": "lunch"}), (0, 13, 14), (1, 8, 20, {"date_from": "2019-01-01"})],
        )
        self.assertEqual(calendar._get_max_number_of_hours(MONDAY, NEXT_MONDAY), 5)
        self.assertEqual(calendar._get_max_number_of_hours(date(2019, 1, 1), date(2019, 1, 2)), 12)
        self.assertEqual(self.calendar("Empty", [])._get_max_number_of_hours(MONDAY, NEXT_MONDAY), 0)
        totals = self.eights._get_resources_day_total(datetime_of(10), datetime_of(10))[False]
        self.assertEqual(dict(totals), {date(2018, 4, 10): 8, date(2018, 4, 11): 8})


def datetime_of(day):
    return MONDAY.replace(day=day, hour=16)
