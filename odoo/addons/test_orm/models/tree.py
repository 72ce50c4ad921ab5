"""Hierarchies."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class Category(models.Model):
    """A stored tree with fields that depend on themselves."""

    _name = "test_orm.category"
    _description = "Category"
    _parent_store = True
    _order = "name, id"

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    parent_id = fields.Many2one("test_orm.category", ondelete="cascade")
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many("test_orm.category", "parent_id")
    complete_name = fields.Char(compute="_compute_complete_name", store=True, recursive=True)
    depth = fields.Integer(compute="_compute_depth", recursive=True)
    root_id = fields.Many2one("test_orm.category", compute="_compute_root", store=True, recursive=True)
    amount = fields.Integer()
    total = fields.Integer(compute="_compute_total", store=True, recursive=True)

    @api.depends("name", "parent_id.complete_name")
    def _compute_complete_name(self):
        for record in self:
            above = record.parent_id.complete_name
            record.complete_name = f"{above} / {record.name}" if above else record.name

    @api.depends("complete_name")
    def _compute_display_name(self):
        for record in self:
            record.display_name = record.complete_name

    @api.depends("parent_id.depth")
    def _compute_depth(self):
        for record in self:
            record.depth = record.parent_id.depth + 1 if record.parent_id else 0

    @api.depends("parent_id.root_id")
    def _compute_root(self):
        for record in self:
            record.root_id = record.parent_id.root_id or record

    @api.depends("amount", "child_ids.total")
    def _compute_total(self):
        for record in self:
            record.total = record.amount + sum(record.child_ids.mapped("total"))


class Place(models.Model):
    """A tree without stored paths."""

    _name = "test_orm.place"
    _description = "Place"

    name = fields.Char()
    parent_id = fields.Many2one("test_orm.place")
    friend_ids = fields.Many2many("test_orm.place", "test_orm_place_friend_rel", "place_id", "friend_id")

    @api.constrains("parent_id")
    def _check_parent(self):
        if self._has_cycle():
            raise ValidationError("A place cannot be inside itself.")
