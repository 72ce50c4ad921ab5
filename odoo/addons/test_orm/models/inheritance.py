"""Three ways to inherit."""

from odoo import api, fields, models


class Parent(models.Model):
    _name = "test_orm.parent"
    _description = "Parent"

    name = fields.Char(default="A")
    state = fields.Selection([("a", "A"), ("b", "B")], required=True, default="a")

    def call(self):
        return self.check("model 0")

    def check(self, text):
        return f"This is {text} record {self.name}"


class Child(models.Model):
    """A copy with more in it."""

    _name = "test_orm.child"
    _inherit = "test_orm.parent"
    _description = "Child"

    extra = fields.Char(default="Extra")

    def call(self):
        return self.check("model 1")


class ParentExtension(models.Model):
    """An extension in place; the copy above gets it, too."""

    _inherit = "test_orm.parent"

    description = fields.Char(default="Extended")
    state = fields.Selection(help="Where it stands")

    def check(self, text):
        return super().check(text) + "!"


class Mixin(models.AbstractModel):
    _name = "test_orm.mixin"
    _description = "Mixin"

    mixed = fields.Integer(default=3)
    mixed_double = fields.Integer(compute="_compute_mixed_double")

    @api.depends("mixed")
    def _compute_mixed_double(self):
        for record in self:
            record.mixed_double = record.mixed * 2

    @api.model
    def describe(self):
        return [self._name]


class OtherMixin(models.AbstractModel):
    _name = "test_orm.mixin.other"
    _description = "Other Mixin"

    other = fields.Char(default="other")

    @api.model
    def describe(self):
        return ["other", *super().describe()] if hasattr(super(), "describe") else ["other"]


class Mixed(models.Model):
    """Several parents."""

    _name = "test_orm.mixed"
    _inherit = ["test_orm.mixin.other", "test_orm.mixin"]
    _description = "Mixed"

    name = fields.Char()

    @api.model
    def describe(self):
        return ["mixed", *super().describe()]


class MixedExtension(models.Model):
    """An extension that adds a parent."""

    _name = "test_orm.parent"
    _inherit = ["test_orm.parent", "test_orm.mixin"]


class Screen(models.Model):
    _name = "test_orm.screen"
    _description = "Screen"

    size = fields.Float(string="Screen Size in inches")
    vendor = fields.Char()
    quality = fields.Char(translate=True)
    maker = fields.Char(default="Screen maker")


class Keyboard(models.Model):
    _name = "test_orm.keyboard"
    _description = "Keyboard"

    layout = fields.Char(required=True, default="AZERTY")
    maker = fields.Char(default="Keyboard maker")
    key_ids = fields.One2many("test_orm.key", "keyboard_id")
    big = fields.Boolean(compute="_compute_big")

    @api.depends("key_ids")
    def _compute_big(self):
        for keyboard in self:
            keyboard.big = len(keyboard.key_ids) > 2


class Key(models.Model):
    _name = "test_orm.key"
    _description = "Key"

    name = fields.Char()
    keyboard_id = fields.Many2one("test_orm.keyboard", ondelete="cascade")


class Laptop(models.Model):
    _name = "test_orm.laptop"
    _description = "Laptop"
    _inherits = {"test_orm.screen": "screen_id", "test_orm.keyboard": "keyboard_id"}

    name = fields.Char()
    vendor = fields.Char()
    screen_id = fields.Many2one("test_orm.screen", required=True, ondelete="cascade")
    keyboard_id = fields.Many2one("test_orm.keyboard", required=True, ondelete="cascade")
    inches_label = fields.Char(compute="_compute_inches_label", store=True)

    @api.depends("size")
    def _compute_inches_label(self):
        for laptop in self:
            laptop.inches_label = f"{laptop.size:g} in"


class Desk(models.Model):
    """Delegates by a field parameter, to a model that delegates itself."""

    _name = "test_orm.desk"
    _description = "Desk"

    laptop_id = fields.Many2one("test_orm.laptop", delegate=True, required=True, ondelete="cascade")
    wood = fields.Char()
