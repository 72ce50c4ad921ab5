"""Models with properties, and with fields that stand for properties of other records."""

from odoo import fields, models


class PropertyHead(models.Model):
    _name = "test_orm.property.head"
    _description = "Head of lines with properties"

    name = fields.Char()
    defn = fields.PropertiesDefinition()
    line_ids = fields.One2many("test_orm.property.line", "head_id")


class PropertyLine(models.Model):
    _name = "test_orm.property.line"
    _description = "Line with properties"

    name = fields.Char()
    head_id = fields.Many2one("test_orm.property.head", ondelete="set null")
    props = fields.Properties(definition="head_id.defn")


class PropertyNote(models.Model):
    _name = "test_orm.property.note"
    _description = "Note about a line with properties"

    line_id = fields.Many2one("test_orm.property.line")
    line_head_id = fields.Many2one(related="line_id.head_id")
    line_props = fields.Properties(related="line_id.props", definition="line_head_id.defn", readonly=False)


class PropertyExtra(models.Model):
    _name = "test_orm.property.extra"
    _description = "Extra that is a line with properties"
    _inherits = {"test_orm.property.line": "line_id"}

    line_id = fields.Many2one("test_orm.property.line", required=True, ondelete="cascade")


class PropertyWizard(models.TransientModel):
    _name = "test_orm.property.wizard"
    _description = "Wizard that properties cannot refer to"

    name = fields.Char()
