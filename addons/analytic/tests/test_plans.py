"""Plans: ANA-1 to ANA-5, ANA-24."""

from odoo.exceptions import AccessError, UserError

from .common import AnalyticCase


class TestPlans(AnalyticCase):
    def columns(self, plan):
        """Return the columns of a plan."""
        return plan._find_plan_column("account.analytic.line")

    def test_ana_1_trees(self):
        child = self.Plan.create({"name": "North", "parent_id": self.plan.id})
        grandchild = self.Plan.create({"name": "Coast", "parent_id": child.id})
        self.assertEqual(grandchild.complete_name, "Departments / North / Coast")
        self.plan.name = "Teams"
        self.assertEqual(grandchild.complete_name, "Teams / North / Coast")
        self.assertEqual((grandchild.root_id, self.plan.root_id), (self.plan, self.plan))
        self.Account.create({"name": "Harbour", "plan_id": grandchild.id})
        plans = self.plan | child | grandchild
        self.assertEqual(plans.mapped("account_count"), [2, 0, 1])
        self.assertEqual(plans.mapped("all_account_count"), [3, 1, 1])
        self.assertEqual(plans.mapped("children_count"), [1, 1, 0])
        self.assertEqual(self.plan.default_applicability, "optional")
        accounts = self.plan.action_view_analytical_accounts()
        self.assertEqual(self.Account.search_count(accounts["domain"]), 3)
        self.assertEqual(self.Plan.search(self.plan.action_view_children_plans()["domain"]), child)

    def test_ana_2_the_project_plan(self):
        project, others = self.Plan._get_all_plans()
        self.assertEqual(project, self.project)
        self.assertIn(self.plan, others)
        child = self.Plan.create({"name": "North", "parent_id": self.plan.id})
        self.assertNotIn(child, self.Plan._get_all_plans()[1])
        self.assertEqual((project._column_name(), self.column), ("account_id", f"x_plan{self.plan.id}_id"))
        self.assertEqual((child._column_name(), child._strict_column_name()), (self.column, f"x_plan{child.id}_id"))
        self.env["ir.config_parameter"].set_param("analytic.project_plan", False)
        self.env.registry.clear_cache()
        with self.assertRaisesRegex(UserError, "analytic.project_plan"):
            self.Plan._get_all_plans()

    def test_ana_3_columns_come_and_go(self):
        self.assertEqual(self.plan.create_uid, self.user)
        column = self.columns(self.plan)
        self.assertEqual((column.name, column.field_description, column.copied), (self.column, "Departments", True))
        self.plan.name = "Teams"
        self.assertEqual(column.field_description, "Teams")
        self.env.cr.execute(
            "SELECT indexdef FROM pg_indexes WHERE tablename = 'account_analytic_line' AND indexdef LIKE %s",
            [f"%({self.column})%"],
        )
        self.assertIn("IS NOT NULL", self.env.cr.fetchone()[0])
        other = self.Plan.create({"name": "Places"})
        name = other._strict_column_name()
        self.assertIn(name, self.env["account.analytic.line"]._fields)
        other.parent_id = self.plan
        self.assertNotIn(name, self.env["account.analytic.line"]._fields)
        other.parent_id = False
        self.assertIn(name, self.env["account.analytic.line"]._fields)
        other.unlink()
        self.env.cr.execute(
            "SELECT 1 FROM information_schema.columns WHERE table_name = 'account_analytic_line' AND column_name = %s",
            [name],
        )
        self.assertFalse(self.env.cr.fetchone())

    def test_ana_3_views_keep_plans(self):
        other = self.Plan.create({"name": "Places"})
        arch = f"<list><field name='{other._strict_column_name()}'/></list>"
        self.env["ir.ui.view"].create({"name": "places", "model": "account.analytic.line", "arch": arch})
        with self.assertRaises(UserError):
            other.unlink()

    def relevant(self, **kwargs):
        """Return ``{plan: applicability}`` of the plans of these tests, in their order."""
        found = self.Plan.get_relevant_plans(**kwargs)
        mine = {self.plan.id, self.project.id}
        return {row["name"]: row["applicability"] for row in found if row["id"] in mine}

    def test_ana_4_relevant_plans(self):
        self.assertEqual(list(self.relevant()), ["Project", "Departments"])
        self.plan.default_applicability = "unavailable"
        self.assertEqual(list(self.relevant()), ["Project"])
        self.assertEqual(self.relevant(existing_account_ids=self.sales.ids)["Departments"], "optional")
        self.plan.default_applicability = "mandatory"
        row = next(row for row in self.Plan.get_relevant_plans() if row["id"] == self.plan.id)
        self.assertEqual((row["all_account_count"], row["column_name"]), (2, self.column))
        child = self.Plan.create({"name": "North", "parent_id": self.plan.id})
        grandchild = self.Plan.create({"name": "Coast", "parent_id": child.id})
        (self.sales | self.works).plan_id = grandchild
        self.assertIn("Departments", self.relevant())
        (self.sales | self.works).unlink()
        self.assertNotIn("Departments", self.relevant())

    def test_ana_5_rules(self):
        company = self.env.company
        other = self.env["res.company"].create({"name": "Other"})
        rules = {"business_domain": "general", "analytic_plan_id": self.plan.id}
        kinds = self.plan._get_applicability
        self.assertEqual(kinds(), "optional")
        self.assertEqual(kinds(applicability="mandatory"), "mandatory")
        shared, own, _others = self.env["account.analytic.applicability"].create(
            [
                {**rules, "applicability": "mandatory", "company_id": False},
                {**rules, "applicability": "unavailable", "company_id": company.id},
                {**rules, "applicability": "mandatory", "company_id": other.id},
            ]
        )
        general = {"business_domain": "general"}
        self.assertEqual([shared._get_score(**general), own._get_score(**general, company_id=company.id)], [1, 1.5])
        self.assertEqual([own._get_score(business_domain="bill"), own._get_score(company_id=company.id)], [-1, 0.5])
        self.assertEqual(kinds(**general, company_id=company.id), "unavailable")
        self.assertEqual(kinds(**general, company_id=other.id), "mandatory")
        self.assertEqual(kinds(business_domain="bill"), "optional")

    def test_ana_24_who_may_see_plans(self):
        employee = self.env.ref("base.public_user").copy({"login": "nobody", "active": True})
        with self.assertRaises(AccessError):
            self.Plan.with_user(employee).get_relevant_plans()
        settings = self.env["res.config.settings"].create({"group_analytic_accounting": True})
        settings.execute()
        group = self.env.ref("analytic.group_analytic_accounting")
        self.assertIn(group, self.env.ref("base.group_user").implied_ids)
