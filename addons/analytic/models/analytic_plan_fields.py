"""``analytic.plan.fields.mixin``: amounts with an account of each plan."""

import re

from lxml.builder import E

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.osv import expression
from odoo.tools.translate import _

_PLAN_COLUMN = re.compile(r"x_plan\d+_id")


class AnalyticPlanFields(models.AbstractModel):
    """Records with a column for each plan. The project plan's is ``account_id``, the others come with their plans."""

    _name = "analytic.plan.fields.mixin"
    _description = "Analytic Plan Fields"

    account_id = fields.Many2one(
        "account.analytic.account", "Project Account", ondelete="restrict", index=True, check_company=True
    )
    auto_account_id = fields.Many2one(
        "account.analytic.account",
        string="Analytic Account",
        compute="_compute_auto_account",
        inverse="_inverse_auto_account",
        search="_search_auto_account",
    )

    def _plan_columns(self):
        """Return the names of the columns that the model has now, whatever plans there are."""
        return ["account_id", *(name for name in self._fields if _PLAN_COLUMN.fullmatch(name))]

    @api.depends(lambda self: self._plan_columns())
    @api.depends_context("analytic_plan_id")
    def _compute_auto_account(self):
        """Take the account of the plan that the context names."""
        plan = self.env["account.analytic.plan"].browse(self.env.context.get("analytic_plan_id") or ())
        name = plan._column_name() if plan else None
        for line in self:
            line.auto_account_id = line[name] if name else False

    def _inverse_auto_account(self):
        """Put the account into the column of its plan."""
        for line in self:
            account = line.auto_account_id
            if account:
                line[account.plan_id._column_name()] = account

    def _search_auto_account(self, operator, value):
        """Find records with an account in any column."""
        join = expression.AND if operator in expression.NEGATIVE_TERM_OPERATORS else expression.OR
        return join([[(name, operator, value)] for name in self._get_plan_fnames()])

    def _get_plan_fnames(self):
        """Return the names of the columns of all plans, that of the project plan first."""
        project, others = self.env["account.analytic.plan"]._get_all_plans()
        names = [plan._strict_column_name() for plan in project + others]
        return [name for name in names if name in self._fields]

    def _get_analytic_accounts(self):
        """Return the accounts of the record, one for each plan at most."""
        return self.env["account.analytic.account"].union(*[self[name] for name in self._get_plan_fnames()])

    def _get_analytic_distribution(self):
        """Return the accounts as a distribution: ``{"id,id": 100}``, ``{}`` without any."""
        accounts = self._get_analytic_accounts()
        return {",".join(map(str, accounts.ids)): 100} if accounts else {}

    def _get_mandatory_plans(self, company, business_domain):
        """Return the plans of which records of a kind have to have an account.

        :param business_domain: the kind
        :return: list of dicts with ``name`` and ``column_name``
        """
        document = {"business_domain": business_domain, "company_id": company.id}
        every = self.env["account.analytic.plan"].sudo().with_company(company).get_relevant_plans(**document)
        mandatory = filter(lambda plan: plan["applicability"] == "mandatory", every)
        return [{key: plan[key] for key in ("column_name", "name")} for plan in mandatory]

    def _get_plan_domain(self, plan):
        """Return the domain of the accounts that a column may have."""
        return [("plan_id", "child_of", plan.id)]

    @api.constrains(lambda self: self._plan_columns())
    def _check_account_id(self):
        """Check that there is an account.

        :raise ValidationError: there is none
        """
        names = self._get_plan_fnames()
        if any(not any(line[name] for name in names) for line in self):
            raise ValidationError(_("An account of at least one plan is needed."))

    @api.model
    def fields_get(self, allfields=None, attributes=None):
        """Name columns as their plans, and have them take accounts of these only."""
        described = super().fields_get(allfields, attributes)
        project, others = self.env["account.analytic.plan"].sudo()._get_all_plans()
        for plan in project + others:
            column = described.get(plan._strict_column_name())
            if column is None:
                continue
            if not attributes or "string" in attributes:
                column["string"] = plan.name
            if not attributes or "domain" in attributes:
                column["domain"] = repr(self._get_plan_domain(plan))
        return described

    @api.model
    def _get_view_cache_key(self, view_id=None, view_type="form", **options):
        """Views are left as they are for who edits them."""
        key = super()._get_view_cache_key(view_id, view_type, **options)
        return (*key, bool(self.env.context.get("studio")))

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        """Show the columns of the other plans behind that of the project plan, and group by them."""
        arch, view = super()._get_view(view_id, view_type, **options)
        if not self.env.context.get("studio"):
            _project, others = self.env["account.analytic.plan"].sudo()._get_all_plans()
            plans = [plan for plan in others if plan._strict_column_name() in self._fields]
            for plan in reversed(plans):
                self._add_plan_to_view(arch, view_type, plan)
        return arch, view

    def _add_plan_to_view(self, arch, view_type, plan):
        """Put the column of a plan behind ``account_id`` wherever a view has it, unless it has the column, too."""
        name = plan._strict_column_name()
        if arch.xpath("//field[@name=$name]", name=name):
            return
        shown = {"optional": "show"} if view_type in ("list", "tree") else {}
        for node in arch.xpath("//field[@name='account_id'][not(ancestor::field)]"):
            if view_type in ("form", "list", "tree", "search"):
                node.addnext(E.field(name=name, **shown))
        if view_type == "search":
            for node in arch.xpath("//filter[@name='account_id']"):
                context = repr({"group_by": name})
                node.addnext(E.filter(name=name, string=plan.name, context=context))
