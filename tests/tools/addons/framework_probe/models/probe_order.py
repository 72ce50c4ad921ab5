from odoo import _, api, fields, models
from odoo.exceptions import ValidationError


class ProbeOrder(models.Model):
    _name = "probe.order"
    _description = "Probe Order"

    name = fields.Char(required=True)
    partner_id = fields.Many2one("res.partner")
    date = fields.Date(default=fields.Date.context_today)
    state = fields.Selection([("draft", "Draft"), ("done", "Done")], default="draft")
    line_ids = fields.One2many("probe.line", "order_id")
    tag_ids = fields.Many2many("probe.tag")
    total = fields.Float(compute="_compute_total", store=True)
    email = fields.Char(compute="_compute_email", store=True, readonly=False)
    note = fields.Char()

    @api.depends("line_ids.subtotal")
    def _compute_total(self):
        for order in self:
            order.total = sum(order.line_ids.mapped("subtotal"))

    @api.depends("partner_id")
    def _compute_email(self):
        for order in self:
            order.email = order.partner_id.email

    @api.onchange("note")
    def _onchange_note(self):
        if self.note == "warn":
            return {"warning": {"title": "Careful", "message": "You were warned."}}
        if self.note == "lines":
            self.line_ids = [(0, 0, {"name": "made", "qty": 3, "price": 2})]
        return None

    @api.constrains("name")
    def _check_name(self):
        if any(order.name == "bad" for order in self):
            raise ValidationError(_("A bad name"))


class ProbeLine(models.Model):
    _name = "probe.line"
    _description = "Probe Line"

    order_id = fields.Many2one("probe.order", required=True, ondelete="cascade")
    name = fields.Char(required=True)
    qty = fields.Float(default=1)
    price = fields.Float()
    subtotal = fields.Float(compute="_compute_subtotal", store=True)
    partner_name = fields.Char(compute="_compute_partner_name")

    @api.depends("qty", "price")
    def _compute_subtotal(self):
        for line in self:
            line.subtotal = line.qty * line.price

    @api.depends("order_id.partner_id")
    def _compute_partner_name(self):
        for line in self:
            line.partner_name = line.order_id.partner_id.name


class ProbeTag(models.Model):
    _name = "probe.tag"
    _description = "Probe Tag"

    name = fields.Char()
