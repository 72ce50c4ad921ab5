from datetime import datetime
from unittest.mock import patch

from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import RuleCase


@tagged("post_install", "-at_install")
class TestTime(RuleCase):
    def check(self, moment):
        with freeze_time(moment):
            self.env["base.automation"]._check()

    def test_b19_dates(self):
        rule = self.rule(
            "on_time",
            trg_date_id=self.fields_of("deadline").id,
            trg_date_range=1,
            trg_date_range_type="day",
            filter_domain="[('state', '=', 'new')]",
        )
        task, done, void = (
            self.create(deadline="2025-01-10"),
            self.create(deadline="2025-01-10", state="done"),
            self.create(),
        )
        with patch.object(type(self.env.cr), "now", lambda _cr: datetime(2030, 1, 1)):
            self.check("2025-01-10 23:00:00")
            self.assertFalse(task.note)
            self.assertEqual(rule.last_run, datetime(2025, 1, 10, 23))
            self.check("2025-01-11 00:00:01")
            self.check("2025-01-12 00:00:00")
        self.assertEqual((task + done + void).mapped("note"), ["x", False, False])

    def test_b19_before_the_date_and_months(self):
        date = self.fields_of("deadline").id
        self.rule("on_time", trg_date_id=date, trg_date_range=-1, trg_date_range_type="month")
        task = self.create(deadline="2025-03-31")
        self.check("2025-02-27 10:00:00")
        self.assertFalse(task.note)
        self.check("2025-02-28 10:00:00")
        self.check("2025-03-02 10:00:00")
        self.assertEqual(task.note, "x")

    def test_b19_working_days(self):
        calendar = self.env["resource.calendar"].create({"name": "Week", "tz": "UTC"})
        self.rule(
            "on_time",
            trg_date_id=self.fields_of("deadline").id,
            trg_date_range=2,
            trg_date_range_type="day",
            trg_date_calendar_id=calendar.id,
        )
        # a Friday: two days of work, this one too, are there on Monday
        task = self.create(deadline="2025-01-10")
        for moment in ("2025-01-10 10:00:00", "2025-01-12 23:00:00"):
            self.check(moment)
            self.assertFalse(task.note)
        self.check("2025-01-13 10:00:00")
        self.assertEqual(task.note, "x")

    def test_b19_last_automation(self):
        self.rule(
            "on_time",
            trg_date_id=self.fields_of("date_automation_last").id,
            trg_date_range=1,
            trg_date_range_type="hour",
        )
        task = self.create()
        task.flush_recordset()
        self.cr.execute("UPDATE test_base_automation_task SET create_date = '2025-01-01' WHERE id = %s", [task.id])
        task.invalidate_recordset()
        self.check("2025-01-01 00:30:00")
        self.assertFalse(task.note)
        self.check("2025-01-01 02:00:00")
        self.assertEqual(task.note, "x")

    def test_b19_errors_stop_nobody(self):
        self.rule("on_time", "record.write({'size': 1 / record.size})", trg_date_id=self.fields_of("deadline").id)
        tasks = self.create(deadline="2025-01-10") + self.create(deadline="2025-01-10", size=1)
        with mute_logger("odoo.addons.base_automation.models.base_automation_time"):
            self.check("2025-01-20 10:00:00")
        self.assertEqual([bool(task.date_automation_last) for task in tasks], [False, True])
