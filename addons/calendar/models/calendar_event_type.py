"""``calendar.event.type``: tags of events."""

from random import randint

from odoo import fields, models


class CalendarEventType(models.Model):
    """A tag."""

    _name = "calendar.event.type"
    _description = "Event Meeting Type"

    def _default_color(self):
        """Return one of the colours of tags."""
        return randint(1, 11)

    name = fields.Char("Name", required=True)
    color = fields.Integer("Color", default=_default_color)

    _sql_constraints = [("name_uniq", "unique (name)", "There is a tag of this name already.")]
