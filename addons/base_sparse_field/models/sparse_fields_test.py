"""A model to try sparse fields with."""

from odoo import fields, models


class SparseFieldsTest(models.TransientModel):
    """Fields of many kinds, all in one column."""

    _name = "sparse_fields.test"
    _description = "Sparse fields Test"

    data = fields.Serialized()
    boolean = fields.Boolean(sparse="data")
    integer = fields.Integer(sparse="data")
    float = fields.Float(sparse="data")
    char = fields.Char(sparse="data")
    selection = fields.Selection([("one", "One"), ("two", "Two")], sparse="data")
    partner = fields.Many2one("res.partner", sparse="data")
