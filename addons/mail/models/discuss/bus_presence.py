"""Presences of guests."""

from odoo import fields, models
from odoo.sql import SQL


class BusPresence(models.Model):
    """Guests are there or not, as users are."""

    _inherit = "bus.presence"

    guest_id = fields.Many2one("mail.guest", "Guest", ondelete="cascade")

    _sql_constraints = [
        (
            "partner_or_guest_exists",
            "CHECK((user_id IS NULL) <> (guest_id IS NULL))",
            "A presence is that of a user, or that of a guest.",
        )
    ]

    def init(self):
        """Have one presence for each guest."""
        super().init()
        self.env.cr.execute(
            SQL(
                "CREATE UNIQUE INDEX IF NOT EXISTS bus_presence_guest_unique"
                " ON bus_presence (guest_id) WHERE guest_id IS NOT NULL"
            )
        )

    def _get_bus_target(self):
        """Return the guest, for those who follow one."""
        return super()._get_bus_target() or self.guest_id or None

    def _get_identity_field_name(self):
        """Return the name of the field that tells who it is."""
        return "guest_id" if self.guest_id else super()._get_identity_field_name()

    def _get_identity_data(self):
        """Return what the client is told of who it is."""
        return {"guest_id": self.guest_id.id} if self.guest_id else super()._get_identity_data()

    def _invalidate_im_status(self, fnames=None, flush=True):
        """Forget the status of guests, too."""
        super()._invalidate_im_status()
        self.guest_id.invalidate_recordset(["im_status"], flush=flush)
