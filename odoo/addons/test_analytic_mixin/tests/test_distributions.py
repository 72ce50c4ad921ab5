"""Documents with distributions: ANA-3, ANA-20 to ANA-22."""

from odoo.exceptions import UserError, ValidationError
from odoo.tests import TransactionCase


class TestDistributions(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Bill = cls.env["test_analytic_mixin.bill"]
        cls.plan = cls.env["account.analytic.plan"].create({"name": "Departments"})
        cls.project = cls.env.ref("analytic.analytic_plan_projects")
        cls.sales, cls.works, cls.house = cls.env["account.analytic.account"].create(
            [
                {"name": "Sales", "code": "S1", "plan_id": cls.plan.id},
                {"name": "Works", "plan_id": cls.plan.id},
                {"name": "New house", "plan_id": cls.project.id},
            ]
        )
        cls.both = f"{cls.sales.id},{cls.house.id}"
        cls.mixed, cls.only_works, cls.empty = cls.bills = cls.Bill.create(
            [
                {"analytic_distribution": {cls.both: 40.126, str(cls.works.id): 59.874}},
                {"analytic_distribution": {cls.works.id: 100}},
                {"analytic_distribution": False},
            ]
        )

    def found(self, operator, value):
        """Return the bills that a search finds, after a check that a filter finds the same."""
        leaf = ("analytic_distribution", operator, value)
        found = self.Bill.search([("id", "in", self.bills.ids), leaf])
        self.assertEqual(self.bills.filtered_domain([leaf]), found, leaf)
        return found

    def test_ana_3_models_that_come_later_have_the_columns(self):
        column = self.plan._strict_column_name()
        self.assertIn(column, self.env["test_analytic_mixin.budget"]._fields)
        budget = self.env["test_analytic_mixin.budget"].create({"name": "A", column: self.sales.id})
        self.assertEqual(budget._get_analytic_accounts(), self.sales)

    def test_ana_20_percentages_and_accounts(self):
        self.assertEqual(self.mixed.analytic_distribution, {self.both: 40.13, str(self.works.id): 59.87})
        self.assertEqual(self.mixed.analytic_precision, 2)
        self.assertEqual(self.mixed.distribution_analytic_account_ids, self.sales | self.house | self.works)
        self.assertEqual(self.mixed.copy().analytic_distribution, self.mixed.analytic_distribution)
        self.only_works.analytic_distribution = {self.works.id: 33.333}
        self.assertEqual(self.only_works.analytic_distribution, {str(self.works.id): 33.33})
        self.works.unlink()
        self.bills.invalidate_recordset()
        self.assertEqual(self.mixed.distribution_analytic_account_ids, self.sales | self.house)
        for wrong in ([1, 2], "text", {"1": "much"}):
            with self.assertRaises(ValidationError):
                self.Bill.create({"analytic_distribution": wrong})

    def test_ana_21_set_and_unset(self):
        for operator, value, expected in [
            ("=", False, self.empty),
            ("!=", False, self.mixed | self.only_works),
            ("=", True, self.mixed | self.only_works),
            ("!=", True, self.empty),
        ]:
            self.assertEqual(self.found(operator, value), expected, (operator, value))
        for operator, expected in [
            ("=", self.Bill),
            ("!=", self.bills),
            ("ilike", self.mixed | self.only_works),
            ("not ilike", self.empty),
        ]:
            found = self.bills.filtered_domain([("analytic_distribution", operator, "")])
            self.assertEqual(found, expected, operator)

    def test_ana_21_accounts(self):
        works, rest = self.mixed | self.only_works, self.mixed | self.empty
        for operator, value, expected in [
            ("=", "Works", works),
            ("=", "Work", self.Bill),
            ("ilike", "ork", works),
            ("ilike", "S1", self.mixed),
            ("!=", "New house", self.only_works | self.empty),
            ("not ilike", "house", self.only_works | self.empty),
            ("in", [self.works.id], works),
            ("in", [self.sales.id, self.house.id], self.mixed),
            ("not in", self.sales.ids, self.only_works | self.empty),
            ("in", [], self.Bill),
            ("not in", [], self.bills),
        ]:
            self.assertEqual(self.found(operator, value), expected, (operator, value))
        self.assertEqual(rest & works, self.mixed)
        with self.assertRaises(UserError):
            self.Bill.search([("analytic_distribution", ">", 3)])

    def test_ana_21_groups(self):
        with self.assertRaises(ValueError):
            self.Bill._read_group([], ["analytic_distribution"], ["__count"])

    def test_ana_22_mandatory_plans(self):
        self.plan.default_applicability = "mandatory"
        strict = self.bills.with_context(validate_analytic=True)
        for bill in strict:
            if bill == self.empty:
                with self.assertRaisesRegex(ValidationError, "100% analytic distribution"):
                    bill._validate_distribution()
            else:
                bill._validate_distribution()
        self.empty._validate_distribution()
        self.only_works.analytic_distribution = {self.works.id: 99.99}
        with self.assertRaises(ValidationError):
            strict[1]._validate_distribution()
        strict[1]._validate_distribution(applicability="optional")
        # accounts that are gone count for nothing
        self.only_works.analytic_distribution = {self.works.id: 100, "999999999": 50}
        strict[1]._validate_distribution()
