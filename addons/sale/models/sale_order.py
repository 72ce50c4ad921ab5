"""Quotations and sales orders."""

from odoo import _, api, fields, models
from odoo.exceptions import UserError

SALE_ORDER_STATE = [
    ("draft", "Quotation"),
    ("sent", "Quotation Sent"),
    ("sale", "Sales Order"),
    ("cancel", "Cancelled"),
]


class SaleOrder(models.Model):
    """Quotation until it is confirmed, then sales order."""

    _name = "sale.order"
    _description = "Sales Order"
    _order = "date_order desc, id desc"
    _check_company_auto = True

    _sql_constraints = [
        (
            "date_order_conditional_required",
            "CHECK ((state = 'sale' AND date_order IS NOT NULL) OR state != 'sale')",
            "A confirmed sales order needs a date.",
        ),
    ]

    name = fields.Char(
        "Order Reference", required=True, copy=False, readonly=False, index="trigram", default=lambda self: _("New")
    )
    company_id = fields.Many2one(
        "res.company", "Company", required=True, index=True, default=lambda self: self.env.company
    )
    partner_id = fields.Many2one(
        "res.partner", "Customer", required=True, change_default=True, index=True, check_company=True
    )
    partner_invoice_id = fields.Many2one(
        "res.partner",
        "Invoice Address",
        compute="_compute_partner_invoice_id",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
        check_company=True,
        index="btree_not_null",
    )
    partner_shipping_id = fields.Many2one(
        "res.partner",
        "Delivery Address",
        compute="_compute_partner_shipping_id",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
        check_company=True,
        index="btree_not_null",
    )
    state = fields.Selection(SALE_ORDER_STATE, "Status", readonly=True, copy=False, index=True, default="draft")
    locked = fields.Boolean("Locked", default=False, copy=False, help="Locked orders cannot be modified.")
    client_order_ref = fields.Char("Customer Reference", copy=False)
    origin = fields.Char("Source Document", help="Reference of the document that led to this order.")
    create_date = fields.Datetime("Creation Date", index=True, readonly=True)
    date_order = fields.Datetime(
        "Order Date",
        required=True,
        copy=False,
        default=fields.Datetime.now,
        help="When the quotation was made, or the order confirmed.",
    )
    commitment_date = fields.Datetime("Delivery Date", copy=False, help="Delivery date promised to the customer.")
    validity_date = fields.Date("Expiration", copy=False, help="Until when the quotation stands.")
    note = fields.Html("Terms and conditions")
    user_id = fields.Many2one(
        "res.users",
        "Salesperson",
        compute="_compute_user_id",
        store=True,
        readonly=False,
        precompute=True,
        index=True,
        domain=lambda self: [("groups_id", "in", self.env.ref("sales_team.group_sale_salesman").id)],
    )
    currency_id = fields.Many2one(
        "res.currency",
        "Currency",
        compute="_compute_currency_id",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        ondelete="restrict",
    )
    order_line = fields.One2many("sale.order.line", "order_id", "Order Lines", copy=True)
    amount_untaxed = fields.Monetary("Untaxed Amount", store=True, compute="_compute_amounts")
    amount_tax = fields.Monetary("Taxes", store=True, compute="_compute_amounts")
    amount_total = fields.Monetary("Total", store=True, compute="_compute_amounts")
    amount_undiscounted = fields.Float("Amount Before Discount", compute="_compute_amount_undiscounted", digits=0)
    is_expired = fields.Boolean("Is Expired", compute="_compute_is_expired")
    type_name = fields.Char("Type Name", compute="_compute_type_name")

    # computes

    @api.depends("partner_id")
    def _compute_partner_invoice_id(self):
        for order in self:
            order.partner_invoice_id = order._partner_address("invoice")

    @api.depends("partner_id")
    def _compute_partner_shipping_id(self):
        for order in self:
            order.partner_shipping_id = order._partner_address("delivery")

    def _partner_address(self, kind):
        """Return the id of the customer's address of the given kind, ``False`` without a customer."""
        return self.partner_id.address_get([kind])[kind] if self.partner_id else False

    @api.depends("partner_id")
    def _compute_user_id(self):
        salesperson = self.env.user if self.env.user.has_group("sales_team.group_sale_salesman") else False
        for order in self:
            customer = order.partner_id
            order.user_id = customer.user_id or customer.commercial_partner_id.user_id or order.user_id or salesperson

    @api.depends("company_id")
    def _compute_currency_id(self):
        for order in self:
            order.currency_id = order.company_id.currency_id

    @api.depends("order_line.price_subtotal", "order_line.price_tax", "order_line.price_total", "currency_id")
    def _compute_amounts(self):
        for order in self:
            lines = order.order_line.filtered(lambda line: not line.display_type)
            order.amount_untaxed = sum(lines.mapped("price_subtotal"))
            order.amount_tax = sum(lines.mapped("price_tax"))
            order.amount_total = order.amount_untaxed + order.amount_tax

    @api.depends("order_line.price_unit", "order_line.product_uom_qty")
    def _compute_amount_undiscounted(self):
        for order in self:
            order.amount_undiscounted = sum(line.price_unit * line.product_uom_qty for line in order.order_line)

    @api.depends("validity_date", "state")
    def _compute_is_expired(self):
        today = fields.Date.today()
        stale = self.filtered_domain([("state", "in", ("draft", "sent")), ("validity_date", "<", today)])
        stale.is_expired = True
        (self - stale).is_expired = False

    @api.depends("state")
    @api.depends_context("lang")
    def _compute_type_name(self):
        for order in self:
            order.type_name = _("Quotation") if order.state in ("draft", "sent", "cancel") else _("Sales Order")

    # create, copy, delete

    @api.model_create_multi
    def create(self, vals_list):
        """Give orders the next numbers of their companies' sequences, unless they come with a name."""
        placeholder = _("New")
        for vals in vals_list:
            if vals.get("name", placeholder) == placeholder:
                vals["name"] = self._next_name(vals.get("company_id"), vals.get("date_order")) or placeholder
        return super().create(vals_list)

    def _next_name(self, company_id, date_order):
        """Return the next number of a company's orders on a day, or ``False`` when it does not number them."""
        numbers = self.with_company(company_id).env["ir.sequence"]
        if not date_order:
            return numbers.next_by_code("sale.order")
        # sequences change with the day of the user
        moment = fields.Datetime.context_timestamp(self, fields.Datetime.to_datetime(date_order))
        return numbers.next_by_code("sale.order", sequence_date=moment)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft_or_cancel(self):
        if needed := self.filtered_domain([("state", "not in", ("draft", "cancel"))]):
            names = ", ".join(needed.mapped("display_name"))
            raise UserError(_("%s cannot be deleted: cancel the order first.", names))

    # actions

    def _can_be_confirmed(self):
        """Tell whether the status allows confirmation."""
        self.ensure_one()
        return self.state in ("draft", "sent")

    def _confirmation_error_message(self):
        """Return why the order cannot be confirmed, or ``False``."""
        self.ensure_one()
        if not self._can_be_confirmed():
            return _("%s cannot be confirmed: only quotations can.", self.display_name)
        incomplete = self.order_line.filtered(lambda line: not line.display_type and not line.product_id)
        if incomplete:
            return _("%s cannot be confirmed: each line needs a product.", self.display_name)
        return False

    def _prepare_confirmation_values(self):
        """Return the values that confirmation writes."""
        return {"state": "sale", "date_order": fields.Datetime.now()}

    def action_confirm(self):
        """Turn quotations into sales orders.

        :raise UserError: when one of them is not a quotation, or has a line without product; then none is changed
        """
        for order in self:
            message = order._confirmation_error_message()
            if message:
                raise UserError(message)
        self.order_line._validate_before_confirmation()
        self.write(self._prepare_confirmation_values())
        return True

    def action_quotation_sent(self):
        """Mark draft quotations as sent.

        :raise UserError: when one of them is not a draft
        """
        if any(order.state != "draft" for order in self):
            raise UserError(_("Only draft quotations can be marked as sent."))
        self.write({"state": "sent"})
        return True

    def action_cancel(self):
        """Cancel the orders.

        :raise UserError: when one of them is locked
        """
        if any(order.locked for order in self):
            raise UserError(_("A locked order cannot be cancelled. Unlock it first."))
        self.write({"state": "cancel"})
        return True

    def action_draft(self):
        """Make cancelled and sent orders draft quotations again."""
        orders = self.filtered(lambda order: order.state in ("cancel", "sent"))
        orders.write({"state": "draft"})
        return True

    def action_lock(self):
        """Protect the orders from changes."""
        self.locked = True

    def action_unlock(self):
        """Allow changes again."""
        self.locked = False

    def action_view_customer(self):
        """Open the form of the customer."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": _("Customer"),
            "res_model": "res.partner",
            "res_id": self.partner_id.id,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "current",
        }

    def action_open_discount_wizard(self):
        """Open the wizard that applies a discount to all lines."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": _("Discount"),
            "res_model": "sale.order.discount",
            "view_mode": "form",
            "target": "new",
            "context": {"default_sale_order_id": self.id},
        }

    @api.onchange("partner_id")
    def _onchange_partner_id_warning(self):
        """Warn about customers that are archived."""
        if self.partner_id and not self.partner_id.active:
            return {
                "warning": {
                    "title": _("Archived customer"),
                    "message": _("%s is archived.", self.partner_id.display_name),
                }
            }
        return None
