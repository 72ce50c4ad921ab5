"""``account.analytic.applicability``: which documents have to name accounts of a plan."""

from odoo import fields, models
from odoo.models import check_company_domain_parent_of

from .analytic_plan import APPLICABILITIES


class AccountAnalyticApplicability(models.Model):
    """A rule of a plan, for one kind of documents."""

    _name = "account.analytic.applicability"
    _description = "Analytic Plan's Applicabilities"
    _check_company_auto = True
    _check_company_domain = check_company_domain_parent_of

    analytic_plan_id = fields.Many2one("account.analytic.plan", index="btree_not_null")
    business_domain = fields.Selection([("general", "Miscellaneous")], required=True, string="Domain")
    applicability = fields.Selection(APPLICABILITIES, required=True, string="Applicability")
    company_id = fields.Many2one("res.company", string="Company", default=lambda self: self.env.company)

    def _get_score(self, **kwargs):
        """Return how well the rule suits a document; below zero when it is for others.

        :param kwargs: ``company_id`` and ``business_domain`` of the document
        """
        self.ensure_one()
        for_company = 0.5 if kwargs.get("company_id") and self.company_id else 0
        match kwargs.get("business_domain"):
            case None | False | "":
                return for_company
            case self.business_domain:
                return for_company + 1
        return -1
