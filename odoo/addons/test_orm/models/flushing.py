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


class Crate(models.Model):
    """Has no columns that may be refused."""

    _name = "test_orm.crate"
    _description = "Crate"

    label = fields.Char()
    height = fields.Integer()


class Pallet(models.Model):
    _name = "test_orm.pallet"
    _description = "Pallet"

    place = fields.Char()
    level = fields.Integer()


class PackedCrate(models.Model):
    """Delegates to two others, which are created before it."""

    _name = "test_orm.packed.crate"
    _description = "Packed Crate"
    _inherits = {"test_orm.crate": "crate_id", "test_orm.pallet": "pallet_id"}

    crate_id = fields.Many2one("test_orm.crate", required=True, ondelete="cascade")
    pallet_id = fields.Many2one("test_orm.pallet", required=True, ondelete="cascade")
    amount = fields.Integer()
    state = fields.Selection([("new", "New"), ("old", "Old")])


class Stamp(models.Model):
    """Has stored values that are computed from nothing."""

    _name = "test_orm.stamp"
    _description = "Stamp"

    name = fields.Char()
    number = fields.Integer(compute="_compute_number", store=True)
    code = fields.Char(compute="_compute_code", store=True, readonly=False)
    kind = fields.Char(compute="_compute_kind", store=True, precompute=True)
    calls = []

    def _compute_number(self):
        self.calls.append(len(self))
        for stamp in self:
            stamp.number = 7

    def _compute_code(self):
        for stamp in self:
            stamp.code = f"code of {stamp.name}"

    def _compute_kind(self):
        for stamp in self:
            stamp.kind = "kind"
