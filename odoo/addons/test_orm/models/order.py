"""Orders and lines: what most applications look like."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class Order(models.Model):
    _name = "test_orm.order"
    _description = "Order"
    _order = "id"

    name = fields.Char(default="New")
    person_id = fields.Many2one("test_orm.person")
    person_name = fields.Char(related="person_id.name", store=True)
    person_email = fields.Char(related="person_id.email", readonly=False)
    boss_name = fields.Char(related="person_id.boss_id.name")
    person_tag_ids = fields.Many2many(related="person_id.tag_ids")
    line_ids = fields.One2many("test_orm.order.line", "order_id", copy=True)
    big_line_ids = fields.One2many("test_orm.order.line", "order_id", domain=[("quantity", ">=", 10)])
    tag_ids = fields.Many2many("test_orm.tag")
    state = fields.Selection([("draft", "Draft"), ("sent", "Sent"), ("done", "Done")], default="draft")
    date = fields.Date(default=fields.Date.today)
    note = fields.Text()
    urgent = fields.Boolean()
    amount_total = fields.Float(compute="_compute_amounts", store=True)
    quantity_total = fields.Float(compute="_compute_amounts", store=True)
    line_count = fields.Integer(compute="_compute_line_count")
    last_product = fields.Char(compute="_compute_last_product", store=True)
    message = fields.Char()

    @api.depends("line_ids.subtotal", "line_ids.quantity")
    def _compute_amounts(self):
        for order in self:
            order.amount_total = sum(order.line_ids.mapped("subtotal"))
            order.quantity_total = sum(order.line_ids.mapped("quantity"))

    @api.depends("line_ids")
    def _compute_line_count(self):
        for order in self:
            order.line_count = len(order.line_ids)

    @api.depends("line_ids.product")
    def _compute_last_product(self):
        for order in self:
            order.last_product = order.line_ids[-1:].product

    @api.onchange("person_id")
    def _onchange_person(self):
        if self.person_id:
            self.message = f"Dear {self.person_id.name}"
        if self.person_id.age < 0:
            return {"warning": {"title": "Age", "message": "Negative age", "type": "notification"}}
        return None

    @api.onchange("urgent")
    def _onchange_urgent(self):
        for line in self.line_ids:
            line.price *= 2
        if self.urgent:
            self.line_ids += self.line_ids.new({"product": "Express", "quantity": 1, "price": 5})

    @api.constrains("name", "note")
    def _check_note(self):
        for order in self:
            if order.name and order.name == order.note:
                raise ValidationError("Fields name and note must be different")

    @api.ondelete(at_uninstall=False)
    def _unlink_except_done(self):
        if any(order.state == "done" for order in self):
            raise UserError("A done order cannot be deleted.")


class OrderLine(models.Model):
    _name = "test_orm.order.line"
    _description = "Order Line"
    _order = "order_id, sequence, id"

    order_id = fields.Many2one("test_orm.order", required=True, ondelete="cascade", index=True)
    sequence = fields.Integer(default=10)
    product = fields.Char()
    quantity = fields.Float(default=1)
    price = fields.Float()
    discount = fields.Float(compute="_compute_discount", store=True, readonly=False, precompute=True)
    subtotal = fields.Float(compute="_compute_subtotal", store=True, precompute=True)
    order_state = fields.Selection(related="order_id.state", store=True)
    order_name = fields.Char(related="order_id.name")
    share = fields.Float(compute="_compute_share")
    tag_ids = fields.Many2many("test_orm.tag")

    @api.depends("quantity")
    def _compute_discount(self):
        for line in self:
            line.discount = 10 if line.quantity >= 100 else 0

    @api.depends("quantity", "price", "discount")
    def _compute_subtotal(self):
        for line in self:
            line.subtotal = line.quantity * line.price * (1 - line.discount / 100)

    @api.depends("subtotal", "order_id.amount_total")
    def _compute_share(self):
        for line in self:
            line.share = line.subtotal / line.order_id.amount_total if line.order_id.amount_total else 0

    @api.onchange("product")
    def _onchange_product(self):
        if self.product:
            self.price = len(self.product)
