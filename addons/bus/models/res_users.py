"""Users: their channel, and whether they are there."""

from odoo import fields, models


class ResUsers(models.Model):
    """Messages to a user go to the partner, which other modules send to as well."""

    _name = "res.users"
    _inherit = ["res.users", "bus.listener.mixin"]

    im_status = fields.Char("IM Status", compute="_compute_im_status")

    def _compute_im_status(self):
        """Take the status of the presence; who has none is not there."""
        # whoever may see the user may see whether they are there
        presences = self.env["bus.presence"].sudo()
        self.im_status = "offline"
        for row in presences.search_read([("user_id", "in", self.ids)], ["user_id", "status"], load=None):
            self.browse(row["user_id"]).im_status = row["status"]

    def _bus_channel(self):
        return self.partner_id

    def _is_user_available(self):
        """Tell whether the user is there."""
        self.ensure_one()
        return self.im_status == "online"
