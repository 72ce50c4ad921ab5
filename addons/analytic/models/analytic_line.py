"""``account.analytic.line``: an amount on accounts."""

from odoo import api, fields, models


class AccountAnalyticLine(models.Model):
    """Costs, which are below zero, or income."""

    _name = "account.analytic.line"
    _inherit = ["analytic.plan.fields.mixin"]
    _description = "Analytic Line"
    _order = "date desc, id desc"
    _check_company_auto = True

    name = fields.Char("Description", required=True)
    date = fields.Date("Date", required=True, index=True, default=fields.Date.context_today)
    amount = fields.Monetary("Amount", required=True, default=0.0)
    unit_amount = fields.Float("Quantity", default=0.0)
    product_uom_id = fields.Many2one(
        "uom.uom", string="Unit of Measure", domain="[('category_id', '=', product_uom_category_id)]"
    )
    product_uom_category_id = fields.Many2one(
        related="product_uom_id.category_id", string="UoM Category", readonly=True
    )
    partner_id = fields.Many2one("res.partner", string="Partner", check_company=True)
    user_id = fields.Many2one(
        "res.users", string="User", default=lambda self: self.env.context.get("user_id", self.env.uid), index=True
    )
    company_id = fields.Many2one(
        "res.company", string="Company", required=True, readonly=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(
        related="company_id.currency_id", string="Currency", readonly=True, store=True, compute_sudo=True
    )
    category = fields.Selection([("other", "Other")], default="other")

    @api.constrains(lambda self: ["name", *self._plan_columns()])
    def _check_account_id(self):
        """Check that there is an account, also where none was given.

        :raise ValidationError: there is none
        """
        super()._check_account_id()
