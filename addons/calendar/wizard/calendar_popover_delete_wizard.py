"""``calendar.popover.delete.wizard``: asks which events of a series are deleted."""

from odoo import fields, models


class CalendarPopoverDeleteWizard(models.TransientModel):
    """The question."""

    _name = "calendar.popover.delete.wizard"
    _description = "Calendar Popover Delete Wizard"

    record = fields.Many2one("calendar.event", "Calendar Event")
    delete = fields.Selection(
        [
            ("one", "Delete this event"),
            ("next", "Delete this and following events"),
            ("all", "Delete all the events"),
        ],
        default="one",
    )

    def close(self):
        """Delete what was chosen."""
        self.ensure_one()
        if not self.record.exists():
            return None
        if self.delete == "one":
            return self.record.unlink()
        return self.record.action_mass_deletion({"next": "future_events", "all": "all_events"}[self.delete])
