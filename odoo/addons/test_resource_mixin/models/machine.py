"""Machines that work by a calendar."""

from odoo import fields, models


class Machine(models.Model):
    """Something that is a resource."""

    _name = "test_resource_mixin.machine"
    _inherit = ["resource.mixin"]
    _description = "Machine"

    name = fields.Char(required=True)
