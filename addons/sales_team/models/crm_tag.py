"""Tags of what salespeople work on."""

from random import randint

from odoo import fields, models


class CrmTag(models.Model):
    """A word that orders and leads are found by."""

    _name = "crm.tag"
    _description = "CRM Tag"

    def _get_default_color(self):
        return randint(1, 11)

    name = fields.Char("Tag Name", required=True, translate=True)
    color = fields.Integer("Color", default=_get_default_color)

    _sql_constraints = [
        ("name_uniq", "unique (name)", "There is a tag of this name already."),
    ]
