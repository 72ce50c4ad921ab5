"""Things with a page each."""

from odoo import fields, models


class Thing(models.Model):
    """Something that visitors look at."""

    _name = "test_http_routing.thing"
    _description = "Thing"

    name = fields.Char(translate=True)
