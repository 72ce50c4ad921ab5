"""A model with a field of a class of its own."""

from odoo import api, fields, models


class Shouted(fields.Char):
    """A text that is read in capitals."""

    def convert_to_record(self, value, record):
        """Return the text in capitals."""
        return value.upper() if value else ""


class Shouting(models.Model):
    """Texts of a field that shows other values than it keeps."""

    _name = "test_orm.shouting"
    _description = "Shouting"

    text = Shouted()
    loud = Shouted(compute="_compute_loud", store=True)
    aside = fields.Char()

    @api.depends("aside")
    def _compute_loud(self):
        for record in self:
            record.loud = record.aside
