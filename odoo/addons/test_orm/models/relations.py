"""Kinds of relations and what deleting does to them."""

from odoo import fields, models


class Target(models.Model):
    _name = "test_orm.target"
    _description = "Target"

    name = fields.Char()
    active = fields.Boolean(default=True)
    cascade_ids = fields.One2many("test_orm.pointer", "cascade_id")
    setnull_ids = fields.One2many("test_orm.pointer", "setnull_id")
    pointer_ids = fields.One2many("test_orm.pointer", "joined_id", auto_join=True)
    comment_ids = fields.One2many("test_orm.comment", "res_id", domain=[("res_model", "=", "test_orm.target")])


class Pointer(models.Model):
    _name = "test_orm.pointer"
    _description = "Pointer"

    name = fields.Char()
    active = fields.Boolean(default=True)
    cascade_id = fields.Many2one("test_orm.target", ondelete="cascade")
    setnull_id = fields.Many2one("test_orm.target")
    restrict_id = fields.Many2one("test_orm.target", ondelete="restrict")
    joined_id = fields.Many2one("test_orm.target", auto_join=True)
    required_id = fields.Many2one("test_orm.tag", domain="[('color', '>', 0)]", context={"key": "value"})
    target_ids = fields.Many2many("test_orm.target", "test_orm_pointer_target", "pointer", "target")
    same_target_ids = fields.Many2many("test_orm.target", "test_orm_pointer_target", "pointer", "target")
    red_tag_ids = fields.Many2many("test_orm.tag", domain=[("color", "=", 1)], context={"active_test": False})


class Comment(models.Model):
    _name = "test_orm.comment"
    _description = "Comment"

    text = fields.Char()
    res_model = fields.Char()
    res_id = fields.Many2oneReference(model_field="res_model")
