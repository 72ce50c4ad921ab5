"""Files of private events: as hidden as what these are about."""

from odoo import models


class IrAttachment(models.Model):
    """Files of events."""

    _inherit = "ir.attachment"

    def _filter_rows(self, rows, operation="read"):
        """Return the ids of those rows that the user may use: not those of events that are private for them."""
        allowed = set(super()._filter_rows(rows, operation))
        events = self.env["calendar.event"]
        asked = {row[2] for row in rows if row[1] == events._name and row[2] and row[0] in allowed and not row[4]}
        if asked and not self.env.su:
            private = events.browse(asked)._private_for_user()._ids
            allowed -= {row[0] for row in rows if row[1] == events._name and row[2] in private and not row[4]}
        return [row[0] for row in rows if row[0] in allowed]
