"""``account.analytic.distribution.model``: distributions that documents begin with."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.models import check_company_domain_parent_of
from odoo.osv import expression
from odoo.tools.translate import _


class AccountAnalyticDistributionModel(models.Model):
    """What documents have to be, and the distribution that they get."""

    _name = "account.analytic.distribution.model"
    _inherit = ["analytic.mixin"]
    _description = "Analytic Distribution Model"
    _rec_name = "create_date"
    _order = "sequence, id desc"
    _check_company_auto = True
    _check_company_domain = check_company_domain_parent_of

    sequence = fields.Integer(default=10)
    partner_id = fields.Many2one(
        "res.partner", string="Partner", ondelete="cascade", check_company=True, help="Documents of this partner."
    )
    partner_category_id = fields.Many2one(
        "res.partner.category",
        string="Partner Category",
        ondelete="cascade",
        help="Documents of partners with this tag.",
    )
    company_id = fields.Many2one(
        "res.company",
        string="Company",
        default=lambda self: self.env.company,
        ondelete="cascade",
        help="Documents of this company; those of all companies without one.",
    )

    @api.constrains("company_id", "analytic_distribution")
    def _check_company_accounts(self):
        """Accounts of a company are for documents of that company.

        :raise UserError: they could get into documents of others
        """
        for model in self:
            for account in model.sudo().distribution_analytic_account_ids:
                owner = account.company_id
                inside = model.company_id and owner in model.company_id.sudo().parent_ids
                if owner and not inside:
                    raise UserError(
                        _(
                            "%s is an account of one company: choose this company for the distribution.",
                            account.display_name,
                        )
                    )

    @api.model
    def _get_distribution(self, vals):
        """Return the distribution that a document begins with.

        :param vals: what the document is: ``{name of a criterion: value}``
        :return: distribution, of the first models that suit; no plan twice
        """
        distribution, used = {}, self.env["account.analytic.plan"]
        for model in self._get_applicable_models({**self._get_default_search_domain_vals(), **vals}):
            plans = model.distribution_analytic_account_ids.root_plan_id
            if not plans & used:
                distribution |= model.analytic_distribution or {}
                used |= plans
        return distribution

    @api.model
    def _get_default_search_domain_vals(self):
        """Return the criteria of a document of which nothing is known."""
        return {"company_id": False, "partner_id": False, "partner_category_id": []}

    @api.model
    def _get_applicable_models(self, vals):
        """Return the models that suit a document, in their order.

        :param vals: ``{name of a criterion: value}``
        """
        return self.search(expression.AND([self._create_domain(name, value) or [] for name, value in vals.items()]))

    def _create_domain(self, fname, value):
        """Return the domain of the models that suit a document by one criterion: those without it do, too.

        :param value: id, or list of ids
        """
        values = list(value) if isinstance(value, (list, tuple)) else [value]
        return [(fname, "in", [*values, False])]

    def action_read_distribution_model(self):
        """Return the action that shows the model."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.display_name,
            "res_model": self._name,
            "view_mode": "form",
            "res_id": self.id,
        }
