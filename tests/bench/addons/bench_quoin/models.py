"""What an application is made of: documents with lines and labels, and a long list of entries."""

from odoo import api, fields, models


class Label(models.Model):
    _name = "bench.label"
    _description = "Label"

    name = fields.Char(required=True)


class Document(models.Model):
    _name = "bench.document"
    _description = "Document"

    name = fields.Char(required=True, default="New")
    state = fields.Selection([("draft", "Draft"), ("confirmed", "Confirmed")], default="draft")
    owner_id = fields.Many2one("res.users")
    owner_share = fields.Boolean(related="owner_id.share")
    category = fields.Selection([("a", "A"), ("b", "B")])
    label_ids = fields.Many2many("bench.label")
    line_ids = fields.One2many("bench.document.line", "document_id")
    total = fields.Float(compute="_compute_total", store=True)

    @api.depends("line_ids.subtotal", "line_ids.state")
    def _compute_total(self):
        for document in self:
            lines = document.line_ids
            document.total = sum(lines.mapped("subtotal"))

    def action_confirm(self):
        """Confirm the documents and all of their lines."""
        self.state = "confirmed"
        self.line_ids.state = "confirmed"


class DocumentLine(models.Model):
    _name = "bench.document.line"
    _description = "Line of a Document"
    _order = "document_id, sequence, id"

    document_id = fields.Many2one("bench.document", required=True, index=True, ondelete="cascade")
    document_category = fields.Selection(related="document_id.category")
    sequence = fields.Integer(default=10)
    name = fields.Char()
    state = fields.Selection([("draft", "Draft"), ("confirmed", "Confirmed")], default="draft")
    quantity = fields.Float(default=1)
    price = fields.Float()
    subtotal = fields.Float(compute="_compute_subtotal", store=True)

    @api.depends("quantity", "price")
    def _compute_subtotal(self):
        for line in self:
            line.subtotal = line.quantity * line.price


class Entry(models.Model):
    _name = "bench.entry"
    _description = "Entry"
    _order = "name, id"

    name = fields.Char(required=True, index=True)
    day = fields.Date(index=True)
    kind = fields.Selection([("a", "A"), ("b", "B"), ("c", "C")])
    amount = fields.Float()
    label_id = fields.Many2one("bench.label", index=True)
    active = fields.Boolean(default=True)
