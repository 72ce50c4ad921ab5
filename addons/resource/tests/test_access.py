"""Who may do what: RES-12b."""

from odoo.exceptions import AccessError
from odoo.tests import new_test_user

from .common import ResourceCase, at


class TestAccess(ResourceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = new_test_user(cls.env, "clerk", "base.group_user")
        cls.manager = new_test_user(cls.env, "manager", "base.group_erp_manager")
        cls.admin = new_test_user(cls.env, "chief", "base.group_system")
        cls.mine = cls.resource("Mine", user_id=cls.user.id)
        cls.thing = cls.resource("Thing", resource_type="material")
        cls.others = cls.resource("Other", user_id=cls.manager.id)

    def refused(self, function, *args):
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            function(*args)

    def test_res_12b_calendars(self):
        calendar = self.eights.with_user(self.user)
        self.assertTrue(calendar.attendance_ids.read(["name"]))
        self.refused(calendar.write, {"name": "Less"})
        self.refused(calendar.attendance_ids.write, {"hour_to": 9})
        self.eights.with_user(self.admin).attendance_ids[0].hour_to = 9
        self.assertTrue(self.mine.with_user(self.user).read(["name"]))
        for user in (self.user, self.admin):
            self.refused(self.mine.with_user(user).write, {"name": "New"})
            self.refused(self.env["resource.resource"].with_user(user).create, {"name": "New"})

    def test_res_12b_time_off(self):
        everybody, mine, things, others = (
            self.leave(self.eights, at(10), at(11), resource_id=resource.id)
            for resource in (self.env["resource.resource"], self.mine, self.thing, self.others)
        )
        leaves = everybody | mine | things | others
        visible = self.env["resource.calendar.leaves"].with_user(self.user).search([("id", "in", leaves.ids)])
        self.assertEqual(visible, everybody | mine | things)
        for leave in (mine, things):
            leave.with_user(self.user).name = "New"
        for leave in (everybody, others):
            self.refused(leave.with_user(self.user).write, {"name": "New"})
        everybody.with_user(self.manager).name = "New"
        self.refused(mine.with_user(self.manager).write, {"name": "New"})

    def test_res_12b_companies(self):
        company = self.env["res.company"].create({"name": "Other"})
        elsewhere = self.resource("Elsewhere", company_id=company.id)
        nowhere = self.resource("Nowhere", company_id=False)
        leave = self.leave(company.resource_calendar_id, at(10), at(11))
        self.assertEqual(leave.company_id, company)
        found = self.env["resource.resource"].with_user(self.user).search([("id", "in", (elsewhere | nowhere).ids)])
        self.assertEqual(found, nowhere)
        self.refused(leave.with_user(self.user).read, ["name"])
