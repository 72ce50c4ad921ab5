"""Customers and their orders."""

from odoo import api, fields, models


class ResPartner(models.Model):
    """Partners know their sales orders."""

    _inherit = "res.partner"

    sale_order_ids = fields.One2many("sale.order", "partner_id", "Sales Order")
    sale_order_count = fields.Integer(
        "Sale Order Count", groups="sales_team.group_sale_salesman", compute="_compute_sale_order_count"
    )

    @api.depends("sale_order_ids")
    def _compute_sale_order_count(self):
        counts = dict(
            self.env["sale.order"]._read_group([("partner_id", "child_of", self.ids)], ["partner_id"], ["__count"])
        )
        self.sale_order_count = 0
        for customer, count in counts.items():
            # an order of a contact counts for the company above it too
            while customer:
                if customer in self:
                    customer.sale_order_count += count
                customer = customer.parent_id

    def action_view_sale_order(self):
        """Open the orders of the partner and of its contacts."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("sale.action_orders")
        return {
            **action,
            "domain": [("partner_id", "child_of", self.ids)],
            "context": {"default_partner_id": self.id},
        }
