"""Wizard: one discount for all lines of an order."""

from odoo import _, api, fields, models
from odoo.exceptions import UserError, ValidationError


class SaleOrderDiscount(models.TransientModel):
    """The discount to apply."""

    _name = "sale.order.discount"
    _description = "Discount Wizard"

    sale_order_id = fields.Many2one(
        "sale.order", default=lambda self: self.env.context.get("active_id"), required=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="sale_order_id.company_id")
    currency_id = fields.Many2one(related="sale_order_id.currency_id")
    discount_percentage = fields.Float("Percentage", default=0.1, help="0.1 is 10 %.")
    line_count = fields.Integer("Lines", compute="_compute_amounts")
    amount_before = fields.Monetary("Present total", compute="_compute_amounts")
    amount_after = fields.Monetary("Total with the discount", compute="_compute_amounts")

    @api.depends("sale_order_id", "discount_percentage")
    def _compute_amounts(self):
        for wizard in self:
            lines = wizard._lines()
            wizard.line_count = len(lines)
            wizard.amount_before = wizard.sale_order_id.amount_untaxed
            wizard.amount_after = sum(
                line.price_unit * line.product_uom_qty * (1 - wizard.discount_percentage) for line in lines
            )

    @api.constrains("discount_percentage")
    def _check_discount_amount(self):
        for wizard in self:
            if not 0 <= wizard.discount_percentage <= 1:
                raise ValidationError(_("The discount must be between 0 and 100 %."))

    def _lines(self):
        return self.sale_order_id.order_line.filtered(lambda line: not line.display_type)

    def action_apply_discount(self):
        """Write the discount on the lines and close the dialog.

        :raise UserError: when the order is not a quotation any more, or has no lines
        """
        self.ensure_one()
        order = self.sale_order_id
        if order.state not in ("draft", "sent"):
            raise UserError(_("Only quotations can be discounted; %s is not one.", order.display_name))
        lines = self._lines()
        if not lines:
            raise UserError(_("%s has no lines to discount.", order.display_name))
        lines.write({"discount": self.discount_percentage * 100})
        return {"type": "ir.actions.act_window_close"}
