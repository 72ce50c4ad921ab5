"""Models for tests of what is computed and written, and when."""

from odoo import api, fields, models


class Basket(models.Model):
    _name = "test_orm.basket"
    _description = "Basket"

    name = fields.Char()
    apple_ids = fields.One2many("test_orm.apple", "basket_id")
    weight = fields.Integer(compute="_compute_weight", store=True)
    flags = fields.Char(compute="_compute_weight", store=True)

    @api.depends("apple_ids.weight", "apple_ids.active")
    def _compute_weight(self):
        for basket in self:
            basket.weight = sum(basket.apple_ids.mapped("weight"))
            basket.flags = ",".join(sorted(key for key in basket.env.context if key in ("active_test", "flag")))


class Apple(models.Model):
    _name = "test_orm.apple"
    _description = "Apple"

    basket_id = fields.Many2one("test_orm.basket")
    weight = fields.Integer()
    active = fields.Boolean(default=True)
