"""Plans and accounts that tests share."""

from odoo.addons.mail.tests.common import mail_new_test_user
from odoo.tests import TransactionCase


class AnalyticCase(TransactionCase):
    """A plan of departments beside that of projects, and somebody who may work with them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = mail_new_test_user(
            cls.env, login="analyst", groups="base.group_user,analytic.group_analytic_accounting"
        )
        cls.Plan, cls.Account = cls.env["account.analytic.plan"], cls.env["account.analytic.account"]
        cls.Line = cls.env["account.analytic.line"]
        cls.project = cls.env.ref("analytic.analytic_plan_projects")
        cls.plan = cls.Plan.with_user(cls.user).create({"name": "Departments", "sequence": 5}).with_env(cls.env)
        cls.column = cls.plan._strict_column_name()
        cls.sales, cls.works, cls.house = cls.Account.create(
            [
                {"name": "Sales", "code": "S1", "plan_id": cls.plan.id},
                {"name": "Works", "plan_id": cls.plan.id},
                {"name": "New house", "plan_id": cls.project.id},
            ]
        )
