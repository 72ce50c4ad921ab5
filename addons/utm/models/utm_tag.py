"""``utm.tag``: words by which campaigns are found."""

from random import randint

from odoo import fields, models

#: colours of tags that are not white
COLORS = 11


class UtmTag(models.Model):
    """A word for campaigns."""

    _name = "utm.tag"
    _description = "UTM Tag"
    _order = "name"

    name = fields.Char(required=True, translate=True)
    color = fields.Integer("Color Index", default=lambda self: randint(1, COLORS), help="No colour: on no card.")

    _sql_constraints = [("name_uniq", "unique (name)", "There is a tag with this name already.")]
