"""``calendar.filters``: whose calendars users look at."""

from odoo import api, fields, models


class CalendarFilters(models.Model):
    """A contact whose events a user sees in the calendar."""

    _name = "calendar.filters"
    _description = "Calendar Filters"
    _rec_name = "partner_id"

    user_id = fields.Many2one(
        "res.users", "Me", required=True, default=lambda self: self.env.user, index=True, ondelete="cascade"
    )
    partner_id = fields.Many2one("res.partner", "Attendee", required=True, index=True)
    active = fields.Boolean("Active", default=True)
    partner_checked = fields.Boolean("Checked", default=True, help="Whether the events of the contact are shown.")

    _sql_constraints = [
        ("user_id_partner_id_unique", "UNIQUE(user_id, partner_id)", "You look at this calendar already.")
    ]

    @api.model
    def unlink_from_partner_id(self, partner_id):
        """Look at the calendar of a contact no more.

        :param partner_id: its id
        """
        return self.search([("user_id", "=", self.env.uid), ("partner_id", "=", partner_id)]).unlink()
