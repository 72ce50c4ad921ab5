"""A many2many that both sides count."""

from odoo import api, fields, models


class Pile(models.Model):
    _name = "test_orm.pile"
    _description = "Pile"

    piece_ids = fields.Many2many("test_orm.piece", "test_orm_pile_piece", "pile_id", "piece_id")
    piece_count = fields.Integer(compute="_compute_piece_count", store=True)

    @api.depends("piece_ids")
    def _compute_piece_count(self):
        for pile in self:
            pile.piece_count = len(pile.piece_ids)


class Piece(models.Model):
    _name = "test_orm.piece"
    _description = "Piece"

    pile_ids = fields.Many2many("test_orm.pile", "test_orm_pile_piece", "piece_id", "pile_id")
    pile_count = fields.Integer(compute="_compute_pile_count", store=True)
    busy = fields.Boolean(compute="_compute_busy")

    @api.depends("pile_ids")
    def _compute_pile_count(self):
        for piece in self:
            piece.pile_count = len(piece.pile_ids)

    @api.depends("pile_ids")
    def _compute_busy(self):
        for piece in self:
            piece.busy = bool(piece.pile_ids)
