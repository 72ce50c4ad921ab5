"""Groups: messages to all who are in one."""

from odoo import models


class ResGroups(models.Model):
    """Pages of its users listen to it."""

    _name = "res.groups"
    _inherit = ["res.groups", "bus.listener.mixin"]
