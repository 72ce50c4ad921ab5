"""Accounts and amounts on them: ANA-10 to ANA-13, ANA-24."""

from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form

from .common import AnalyticCase


class TestAccounts(AnalyticCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        rows = [
            {"amount": 100, cls.column: cls.sales.id, "date": "2024-01-10"},
            {"amount": -30, cls.column: cls.sales.id, "date": "2024-02-10"},
            {"amount": -5, "account_id": cls.house.id, cls.column: cls.works.id},
        ]
        cls.income, cls.cost, cls.wood = cls.lines = cls.Line.create([{"name": "A", **row} for row in rows])

    def test_ana_10_names(self):
        firm = self.env["res.partner"].create({"name": "Firm", "is_company": True})
        person = self.env["res.partner"].create({"name": "Ann", "parent_id": firm.id})
        self.sales.partner_id = person
        self.assertEqual(self.sales.display_name, "[S1] Sales - Firm")
        self.assertEqual(self.works.display_name, "Works")
        for text in ("S1", "Sale"):
            self.assertEqual(self.Account.name_search(text)[0][0], self.sales.id)
        copy = self.sales.copy()
        self.assertNotEqual(copy.name, "Sales")
        self.assertIn("Sales", copy.name)
        self.assertEqual(copy.root_plan_id, self.plan)

    def test_ana_10_companies(self):
        company = self.env.company
        branch = self.env["res.company"].create({"name": "Branch", "parent_id": company.id})
        other = self.env["res.company"].create({"name": "Other"})
        self.Line.create({"name": "B", "company_id": branch.id, self.column: self.sales.id})
        self.sales.company_id = company
        self.env.flush_all()
        with self.assertRaises(UserError):
            self.sales.company_id = other
        self.sales.company_id = False

    def test_ana_11_amounts(self):
        self.assertEqual((self.sales.credit, self.sales.debit, self.sales.balance), (100, 30, 70))
        self.assertEqual((self.works.balance, self.house.balance), (-5, -5))
        january = self.sales.with_context(from_date="2024-01-01", to_date="2024-01-31")
        self.assertEqual((january.credit, january.debit), (100, 0))
        other = self.env["res.company"].create({"name": "Other"})
        self.assertEqual(self.sales.with_company(other).with_context(allowed_company_ids=other.ids).balance, 0)

    def test_ana_11_amounts_in_other_currencies(self):
        euro, dollar = self.env.ref("base.EUR"), self.env.ref("base.USD")
        (euro | dollar).active = True
        foreign = dollar if self.env.company.currency_id == euro else euro
        self.env["res.currency.rate"].search([("currency_id", "=", foreign.id)]).unlink()
        self.env["res.currency.rate"].create({"currency_id": foreign.id, "rate": 2, "name": "2020-01-01"})
        other = self.env["res.company"].create({"name": "Other", "currency_id": foreign.id})
        self.Line.create({"name": "B", "amount": 40, "company_id": other.id, self.column: self.sales.id})
        accounts = self.sales.with_context(allowed_company_ids=[self.env.company.id, other.id])
        self.assertEqual(accounts.credit, 120)

    def test_ana_11_amounts_of_groups(self):
        self.assertEqual(self.Account.fields_get(["balance"])["balance"]["aggregator"], "sum")
        domain = [("id", "in", (self.sales | self.works).ids)]
        [(plan, balance, debit)] = self.Account._read_group(domain, ["plan_id"], ["balance:sum", "debit:sum"])
        self.assertEqual((plan, balance, debit), (self.plan, 65, 35))
        [group] = self.Account.read_group(domain, ["balance:sum"], ["plan_id"])
        self.assertEqual(group["balance"], 65)

    def test_ana_12_amounts_need_an_account(self):
        with self.assertRaisesRegex(ValidationError, "at least one plan"):
            self.Line.create({"name": "B"})
        with self.assertRaises(ValidationError):
            self.income[self.column] = False
        self.assertEqual((self.income.company_id, self.income.category), (self.env.company, "other"))
        self.assertEqual(self.income.user_id, self.env.user)
        self.assertEqual(self.Line.search([("id", "in", self.lines.ids)])[0], self.wood)

    def test_ana_13_the_account_of_a_plan(self):
        line = self.wood.with_context(analytic_plan_id=self.plan.id)
        self.assertEqual((line.auto_account_id, self.wood.auto_account_id.id), (self.works, False))
        line.auto_account_id = self.sales
        self.assertEqual((self.wood[self.column], self.wood.account_id), (self.sales, self.house))
        found = self.Line.search([("auto_account_id", "in", (self.house | self.sales).ids)])
        self.assertEqual(found & self.lines, self.lines)
        self.assertEqual(self.Line.search([("auto_account_id", "=", self.house.id)]), self.wood)
        self.assertEqual(set(self.wood._get_analytic_accounts()), {self.sales, self.house})
        self.assertEqual(self.wood._get_analytic_distribution(), {f"{self.house.id},{self.sales.id}": 100})
        self.assertEqual(self.Line._get_analytic_distribution(), {})
        [values] = self.sales.web_read({"line_ids": {"fields": {"auto_account_id": {}}}})
        self.assertEqual({line["auto_account_id"] for line in values["line_ids"]}, {self.sales.id})

    def test_ana_13_mandatory_plans(self):
        self.assertNotIn("Departments", [row["name"] for row in self.Line._get_mandatory_plans(self.env.company, "a")])
        self.plan.default_applicability = "mandatory"
        wanted = {"name": "Departments", "column_name": self.column}
        self.assertIn(wanted, self.Line._get_mandatory_plans(self.env.company, "general"))

    def test_ana_13_columns_in_views(self):
        described = self.Line.fields_get(["account_id", self.column])
        self.assertEqual(
            [described[name]["string"] for name in ("account_id", self.column)], ["Project", "Departments"]
        )
        self.assertEqual(described[self.column]["domain"], f"[('plan_id', 'child_of', {self.plan.id})]")
        arch = self.Line.get_view(view_type="list")["arch"]
        self.assertIn(f'name="{self.column}"', arch)
        self.assertNotIn(self.column, self.Line.with_context(studio=True).get_view(view_type="list")["arch"])
        self.assertIn(f"'group_by': '{self.column}'", self.Line.get_view(view_type="search")["arch"])
        with Form(self.Line) as form:
            form.name = "C"
            form[self.column] = self.sales
        self.assertEqual(form.record[self.column], self.sales)

    def test_ana_24_companies_of_amounts(self):
        other = self.env["res.company"].create({"name": "Other"})
        foreign = self.Line.create({"name": "B", "company_id": other.id, self.column: self.sales.id})
        shared = self.Account.create({"name": "Shared", "plan_id": self.plan.id, "company_id": False})
        theirs = self.Account.create({"name": "Theirs", "plan_id": self.plan.id, "company_id": other.id})
        self.assertNotIn(foreign, self.Line.with_user(self.user).search([]))
        seen = self.Account.with_user(self.user).search([("plan_id", "=", self.plan.id)])
        self.assertTrue(shared in seen and theirs not in seen)
