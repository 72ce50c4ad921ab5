"""Records that go away by themselves."""

from odoo import fields, models


class Wizard(models.TransientModel):
    _name = "test_orm.wizard"
    _description = "Wizard"
    _transient_max_count = 5
    _transient_max_hours = 1.0

    name = fields.Char()
    line_ids = fields.One2many("test_orm.wizard.line", "wizard_id")


class WizardLine(models.TransientModel):
    _name = "test_orm.wizard.line"
    _description = "Wizard Line"

    wizard_id = fields.Many2one("test_orm.wizard", ondelete="cascade")
    name = fields.Char()
