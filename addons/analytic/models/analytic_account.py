"""``account.analytic.account``: what amounts belong to."""

from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.models import check_company_domain_parent_of
from odoo.tools.translate import _

#: amounts that are added up from the lines of accounts
AMOUNTS = ("balance", "debit", "credit")


class AccountAnalyticAccount(models.Model):
    """An account of a plan."""

    _name = "account.analytic.account"
    _inherit = ["mail.thread"]
    _description = "Analytic Account"
    _order = "plan_id, name asc"
    _check_company_auto = True
    _check_company_domain = check_company_domain_parent_of
    _rec_names_search = ["name", "code"]

    name = fields.Char("Analytic Account", index="trigram", required=True, tracking=True, translate=True)
    code = fields.Char("Reference", index="btree", tracking=True)
    active = fields.Boolean("Active", default=True, tracking=True, help="Archived accounts are not proposed any more.")
    plan_id = fields.Many2one("account.analytic.plan", "Plan", required=True, ondelete="restrict")
    root_plan_id = fields.Many2one("account.analytic.plan", "Root Plan", related="plan_id.root_id", store=True)
    color = fields.Integer("Color Index", related="plan_id.color")
    line_ids = fields.One2many("account.analytic.line", "auto_account_id", string="Analytic Lines")
    company_id = fields.Many2one("res.company", "Company", default=lambda self: self.env.company)
    partner_id = fields.Many2one("res.partner", "Customer", auto_join=True, tracking=True, check_company=True)
    balance = fields.Monetary("Balance", compute="_compute_debit_credit_balance", aggregator="sum")
    debit = fields.Monetary("Debit", compute="_compute_debit_credit_balance", aggregator="sum")
    credit = fields.Monetary("Credit", compute="_compute_debit_credit_balance", aggregator="sum")
    currency_id = fields.Many2one("res.currency", "Currency", related="company_id.currency_id")

    @api.constrains("company_id")
    def _check_company_consistency(self):
        """Accounts stay with the companies whose amounts are on them.

        :raise UserError: a company outside has amounts on the account
        """
        for account in self.filtered("company_id"):
            outside = [("auto_account_id", "=", account.id), "!", ("company_id", "child_of", account.company_id.id)]
            if self.env["account.analytic.line"].sudo().search_count(outside, limit=1):
                raise UserError(
                    _("%s has amounts of other companies: it cannot belong to this one.", account.display_name)
                )

    @api.depends("code", "partner_id")
    def _compute_display_name(self):
        """Tell code and customer, where there are any."""
        for account in self:
            name = account.name or ""
            if account.code:
                name = f"[{account.code}] {name}"
            owner = account.partner_id.commercial_partner_id.name
            account.display_name = f"{name} - {owner}" if owner else name

    def copy_data(self, default=None):
        """Mark the names of copies."""
        if default and "name" in default:
            return super().copy_data(default)
        return [{**values, "name": _("%s (copy)", values["name"])} for values in super().copy_data(default)]

    def web_read(self, specification: dict[str, dict]) -> list[dict]:
        """Read accounts for forms: lines that are added on one are lines of its plan."""
        if len(self) != 1:
            return super().web_read(specification)
        plan = self.plan_id.id
        return super(AccountAnalyticAccount, self.with_context(analytic_plan_id=plan)).web_read(specification)

    @api.model
    def fields_get(self, allfields=None, attributes=None):
        """Tell clients that amounts add up, though they have no column."""
        described = super().fields_get(allfields, attributes)
        for name in AMOUNTS:
            if name in described and (not attributes or "aggregator" in attributes):
                described[name]["aggregator"] = "sum"
        return described

    @api.depends("line_ids.amount")
    @api.depends_context("from_date", "to_date", "allowed_company_ids")
    def _compute_debit_credit_balance(self):
        """Add up the lines of each account, in the currency of the company at today's rate."""
        lines, context = self.env["account.analytic.line"], self.env.context
        domain = [("company_id", "in", [False, *self.env.companies.ids])]
        if context.get("from_date"):
            domain.append(("date", ">=", context["from_date"]))
        if context.get("to_date"):
            domain.append(("date", "<=", context["to_date"]))
        totals = {sign: defaultdict(float) for sign in (">=", "<")}
        for plan, accounts in self.grouped("plan_id").items():
            if not plan:
                continue
            column = plan._column_name()
            for sign, sums in totals.items():
                wanted = [*domain, (column, "in", accounts.ids), ("amount", sign, 0.0)]
                for account, currency, amount in lines._read_group(wanted, [column, "currency_id"], ["amount:sum"]):
                    sums[account.id] += self._in_company_currency(currency, amount)
        for account in self:
            account.credit = totals[">="][account._origin.id]
            account.debit = -totals["<"][account._origin.id]
            account.balance = account.credit - account.debit

    def _in_company_currency(self, currency, amount):
        """Return an amount in the currency of the current company."""
        company = self.env.company
        return currency._convert(amount, company.currency_id, company, fields.Date.today()) if currency else amount

    def _read_group_annotated_aggregates(self, fields, groupby):
        """Take amounts, too, which are no columns."""
        wanted = {spec.partition(":")[0] for spec in fields}
        amounts = {name: f"{name}:sum" for name in AMOUNTS if name in wanted}
        return {**super()._read_group_annotated_aggregates(fields, groupby), **amounts}

    def _read_group_select(self, aggregate_spec, query):
        """Add amounts up from the records: they have no column."""
        name, _colon, function = aggregate_spec.partition(":")
        if name in AMOUNTS and function == "sum":
            return super()._read_group_select("id:recordset", query)
        return super()._read_group_select(aggregate_spec, query)

    def _read_group_postprocess_aggregate(self, aggregate_spec, raw_values):
        """Add the amounts of the records of each group up."""
        name, _colon, function = aggregate_spec.partition(":")
        if name not in AMOUNTS or function != "sum":
            return super()._read_group_postprocess_aggregate(aggregate_spec, raw_values)
        groups = super()._read_group_postprocess_aggregate("id:recordset", raw_values)
        return (sum(records.mapped(name)) for records in groups)
