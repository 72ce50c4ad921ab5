"""A model whose names are longer than the database keeps them."""

from odoo import fields, models


class LongNames(models.Model):
    _name = "test_orm.long_names"
    _description = "Parcel"

    name = fields.Char()
    weight = fields.Integer()

    _sql_constraints = [
        ("weight_not_negative_whoever_has_weighed_it_and_whatever_is_in_it", "CHECK(weight >= 0)", "A parcel weighs."),
    ]
