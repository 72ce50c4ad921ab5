"""``account.analytic.plan``: trees of accounts; each tree is a column of amounts."""

from random import randint

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import ormcache, sql
from odoo.tools.translate import _

#: parameter with the plan whose column is ``account_id``
PROJECT_PLAN = "analytic.project_plan"
COLORS = 11
#: what the columns of all plans are
_COLUMN = {
    "ttype": "many2one",
    "on_delete": "restrict",
    "relation": "account.analytic.account",
    "copied": True,
    "state": "manual",
}
APPLICABILITIES = [("optional", "Optional"), ("mandatory", "Mandatory"), ("unavailable", "Unavailable")]


class AccountAnalyticPlan(models.Model):
    """A way to tell what amounts belong to: by project, by department."""

    _name = "account.analytic.plan"
    _description = "Analytic Plans"
    _parent_store = True
    _rec_name = "complete_name"
    _order = "sequence asc, id"

    name = fields.Char(required=True, translate=True, inverse="_inverse_name")
    description = fields.Text(string="Description")
    parent_id = fields.Many2one(
        "account.analytic.plan",
        string="Parent",
        ondelete="cascade",
        inverse="_inverse_parent_id",
        domain="['!', ('id', 'child_of', id)]",
    )
    parent_path = fields.Char(index="btree")
    root_id = fields.Many2one("account.analytic.plan", compute="_compute_root_id", store=False)
    children_ids = fields.One2many("account.analytic.plan", "parent_id", string="Childrens")
    children_count = fields.Integer("Children Plans Count", compute="_compute_children_count")
    complete_name = fields.Char("Complete Name", compute="_compute_complete_name", recursive=True, store=True)
    account_ids = fields.One2many("account.analytic.account", "plan_id", string="Accounts")
    account_count = fields.Integer("Analytic Accounts Count", compute="_compute_analytic_account_count")
    all_account_count = fields.Integer("All Analytic Accounts Count", compute="_compute_all_analytic_account_count")
    color = fields.Integer("Color", default=lambda self: self._default_color())
    sequence = fields.Integer(default=10)
    default_applicability = fields.Selection(
        APPLICABILITIES, string="Default Applicability", company_dependent=True, copy=False
    )
    applicability_ids = fields.One2many(
        "account.analytic.applicability",
        "analytic_plan_id",
        string="Applicability",
        domain="[('company_id', 'in', [current_company_id, False])]",
    )

    def _auto_init(self):
        """Have the columns of plans when the models that have them come."""
        result = super()._auto_init()
        self.pool.post_init(self._sync_new_models)
        return result

    @api.model
    def _default_color(self):
        """Return a color by chance."""
        return randint(1, COLORS)

    @api.model
    @ormcache()
    def _all_plan_ids(self):
        """Return the id of the project plan, and those of the other root plans.

        :raise UserError: no plan is the project plan
        """
        value = self.env["ir.config_parameter"].sudo().get_param(PROJECT_PLAN) or ""
        project = self.sudo().browse(int(value) if value.isdecimal() else 0).exists()
        if not project:
            raise UserError(_("The system parameter %s has to name a plan.", PROJECT_PLAN))
        others = self.sudo().search([("parent_id", "=", False), ("id", "!=", project.id)])
        return project.id, tuple(others.ids)

    def _get_all_plans(self):
        """Return the project plan and the other root plans.

        :return: pair of recordsets
        :raise UserError: no plan is the project plan
        """
        project, others = self._all_plan_ids()
        return self.browse(project), self.browse(others)

    def _strict_column_name(self):
        """Return the name of the column of the plan itself."""
        self.ensure_one()
        project, _others = self._get_all_plans()
        return "account_id" if self == project else f"x_plan{self.id}_id"

    def _column_name(self):
        """Return the name of the column that accounts of the plan are kept in: that of its root."""
        return self.root_id._strict_column_name()

    @api.depends("parent_id", "parent_path")
    def _compute_root_id(self):
        """Take the first plan of the path."""
        for plan in self:
            path = plan.sudo().parent_path
            plan.root_id = self.browse(int(path.partition("/")[0])) if path else plan

    @api.depends("name", "parent_id.complete_name")
    def _compute_complete_name(self):
        """Tell the plans above, too."""
        for plan in self:
            names = [plan.parent_id.complete_name, plan.name] if plan.parent_id else [plan.name]
            plan.complete_name = " / ".join(name or "" for name in names)

    @api.depends("account_ids")
    def _compute_analytic_account_count(self):
        """Count the plan's own accounts."""
        counts = dict(
            self.env["account.analytic.account"]._read_group([("plan_id", "in", self.ids)], ["plan_id"], ["__count"])
        )
        for plan in self:
            plan.account_count = counts.get(plan._origin, 0)

    @api.depends("account_ids", "children_ids")
    def _compute_all_analytic_account_count(self):
        """Count the accounts of the plan and those below."""
        below = self.search([("id", "child_of", self.ids)]) if self.ids else self
        domain = [("plan_id", "in", below.ids)]
        totals = dict.fromkeys(self.ids, 0)
        for plan, count in self.env["account.analytic.account"]._read_group(domain, ["plan_id"], ["__count"]):
            for part in (plan.parent_path or f"{plan.id}/").split("/")[:-1]:
                if int(part) in totals:
                    totals[int(part)] += count
        for plan in self:
            plan.all_account_count = totals.get(plan._origin.id, 0)

    @api.depends("children_ids")
    def _compute_children_count(self):
        """Count the plans right below."""
        for plan in self:
            plan.children_count = len(plan.children_ids)

    # columns

    def _inverse_name(self):
        """Have the column of a plan, with its name."""
        if self.env.context.get("is_project_plan"):
            # data of this addon: the first plan has the column that is always there
            self.env["ir.config_parameter"].set_param(PROJECT_PLAN, str(self.id))
        self._sync_all_plan_column()

    def _inverse_parent_id(self):
        """Have the column of a root plan only."""
        self._sync_all_plan_column()

    def _sync_all_plan_column(self):
        """Have the columns of plans in all models with columns of plans."""
        self.env.registry.clear_cache()
        for model in self._models_with_plans():
            self._sync_plan_column(model)

    @api.model
    def _models_with_plans(self):
        """Return the names of the models that amounts of plans are kept in."""
        mixin = "analytic.plan.fields.mixin"
        names = self.env.registry.descendants([mixin], "_inherit")
        return [name for name in names if not self.env[name]._abstract]

    @api.model
    def _sync_new_models(self):
        """Have the columns of all plans in models that came now."""
        if self.env["ir.config_parameter"].sudo().get_param(PROJECT_PLAN):
            self.sudo().search([("parent_id", "=", False)])._sync_all_plan_column()

    def _find_plan_column(self, model=False):
        """Return the records of the columns of the plans.

        :param model: name of the model; all of them by default
        """
        described = self.env["ir.model.fields"].sudo()
        columns = [("state", "=", "manual"), ("name", "in", [f"x_plan{id_}_id" for id_ in self.ids])]
        return described.search([*columns, ("model", "=", model)] if model else columns)

    def _sync_plan_column(self, model):
        """Have the columns of root plans in a model, and those of no others.

        :param model: its name
        """
        project, _others = self._get_all_plans()
        for plan in self:
            column = plan._find_plan_column(model)
            if plan.parent_id or plan == project:
                column.unlink()
            elif column:
                column.field_description = plan.name
            else:
                plan._create_plan_column(model)

    def _create_plan_column(self, model):
        """Create the column of a plan in a model, with an index of the rows that have an account."""
        name = self._strict_column_name()
        place = {"model_id": self.env["ir.model"]._get_id(model), "model": model}
        self.env["ir.model.fields"].sudo().create({**_COLUMN, **place, "name": name, "field_description": self.name})
        table = self.env[model]._table
        if self.env[model]._auto:
            index = sql.make_index_name(table, name)
            sql.create_index(self.env.cr, index, table, [name], "btree", f"{name} IS NOT NULL")

    def unlink(self):
        """Delete plans with their columns.

        :raise UserError: a view shows the column
        """
        self._find_plan_column().unlink()
        result = super().unlink()
        self.env.registry.clear_cache()
        return result

    # what documents need

    @api.model
    def get_relevant_plans(self, **kwargs):
        """Return the plans that a document may or has to name accounts of.

        :param kwargs: what the document is: ``business_domain``, ``company_id``, ``applicability``, and
            ``existing_account_ids``, the accounts that it has already
        :return: list of dicts ``id, name, color, applicability, all_account_count, column_name`` in the order of plans
        """
        project, others = self._get_all_plans()
        kinds = {plan: plan._get_applicability(**kwargs) for plan in (project + others)}
        plans = self.browse().union(
            *[plan for plan, kind in kinds.items() if plan.all_account_count and kind != "unavailable"]
        )
        existing = self.env["account.analytic.account"].browse(kwargs.get("existing_account_ids") or []).exists()
        forced = existing.root_plan_id - plans
        return [
            {
                "id": plan.id,
                "name": plan.name,
                "color": plan.color,
                "applicability": "optional" if plan in forced else kinds[plan],
                "all_account_count": plan.all_account_count,
                "column_name": plan._column_name(),
            }
            for plan in (plans | forced).sorted(lambda plan: (plan.sequence, plan.id))
        ]

    def _get_applicability(self, **kwargs):
        """Return whether documents have to name an account of the plan: by the rule that suits best.

        :param kwargs: see :meth:`get_relevant_plans`
        :return: ``optional``, ``mandatory`` or ``unavailable``
        """
        self.ensure_one()
        if kwargs.get("applicability"):
            return kwargs["applicability"]
        rules, company = self.applicability_ids, kwargs.get("company_id")
        if company:
            rules = rules.filtered(lambda rule: rule.company_id.id in (False, company))
        best, score = None, 0
        for rule in rules:
            points = rule._get_score(**kwargs)
            if points > score:
                best, score = rule, points
        return best.applicability if best else self.default_applicability

    def action_view_analytical_accounts(self):
        """Return the action that shows the accounts of the plan and of those below."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": _("Analytic Accounts"),
            "res_model": "account.analytic.account",
            "view_mode": "list,form",
            "domain": [("plan_id", "child_of", self.id)],
            "context": {"default_plan_id": self.id},
        }

    def action_view_children_plans(self):
        """Return the action that shows the plans right below."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": _("Plans below %s", self.name),
            "res_model": "account.analytic.plan",
            "view_mode": "list,form",
            "domain": [("parent_id", "=", self.id)],
            "context": {"default_parent_id": self.id, "default_color": self.color},
        }
