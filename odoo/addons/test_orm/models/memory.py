"""Models that forms and onchange methods work on in memory."""

from odoo import Command, api, fields, models


class Sheet(models.Model):
    """A document with rows, and relations that are computed in memory."""

    _name = "test_orm.sheet"
    _description = "Sheet"

    name = fields.Char()
    kind = fields.Char(change_default=True)
    label = fields.Char()
    factor = fields.Integer(default=1)
    row_ids = fields.One2many("test_orm.sheet.row", "sheet_id")
    row_count = fields.Integer(compute="_compute_total", store=True)
    total = fields.Integer(compute="_compute_total", store=True)
    self_id = fields.Many2one("test_orm.sheet", compute="_compute_self_id")
    first_row_id = fields.Many2one("test_orm.sheet.row", compute="_compute_first_row_id")
    tag_ids = fields.Many2many("test_orm.tag")

    @api.depends("row_ids.amount")
    def _compute_total(self):
        for sheet in self:
            sheet.row_count = len(sheet.row_ids)
            sheet.total = sum(sheet.row_ids.mapped("amount"))

    @api.depends("name")
    def _compute_self_id(self):
        for sheet in self:
            sheet.self_id = sheet

    @api.depends("row_ids")
    def _compute_first_row_id(self):
        for sheet in self:
            sheet.first_row_id = sheet.row_ids[:1]

    @api.onchange("label")
    def _onchange_label(self):
        if self.label == "replace":
            self.row_ids = [Command.clear(), Command.create({"name": "new", "qty": 1})]


class SheetRow(models.Model):
    _name = "test_orm.sheet.row"
    _description = "Row of a Sheet"

    name = fields.Char()
    sheet_id = fields.Many2one("test_orm.sheet", ondelete="cascade")
    qty = fields.Integer()
    amount = fields.Integer(compute="_compute_amount", store=True)
    sheet_label = fields.Char(related="sheet_id.label")
    hint = fields.Char()
    self_id = fields.Many2one("test_orm.sheet.row", compute="_compute_self_id")
    cell_ids = fields.One2many("test_orm.sheet.cell", "row_id")
    user_id = fields.Many2one("res.users")

    @api.depends("qty", "sheet_id.factor")
    def _compute_amount(self):
        for row in self:
            row.amount = row.qty * (row.sheet_id.factor if row.sheet_id else 1)

    @api.depends("sheet_id")
    def _compute_self_id(self):
        for row in self:
            row.self_id = row

    @api.onchange("sheet_id")
    def _onchange_sheet_id(self):
        self.hint = f"row of {self.sheet_id.name}"


class SheetCell(models.Model):
    _name = "test_orm.sheet.cell"
    _description = "Cell of a Row"

    name = fields.Char()
    row_id = fields.Many2one("test_orm.sheet.row", ondelete="cascade")


class Cover(models.Model):
    """What a parcel delegates to."""

    _name = "test_orm.cover"
    _description = "Cover"

    text = fields.Char()
    shout = fields.Char(compute="_compute_shout")
    parcel_ids = fields.One2many("test_orm.parcel", "cover_id")

    @api.depends("text")
    def _compute_shout(self):
        for cover in self:
            cover.shout = (cover.text or "").upper()


class Parcel(models.Model):
    _name = "test_orm.parcel"
    _description = "Parcel"
    _inherits = {"test_orm.cover": "cover_id"}

    weight = fields.Integer()
    cover_id = fields.Many2one("test_orm.cover", required=True, ondelete="cascade")
