"""Partners: the channel of a user, and whether somebody is there."""

from odoo import fields, models


class ResPartner(models.Model):
    """Pages of its user listen to it."""

    _name = "res.partner"
    _inherit = ["res.partner", "bus.listener.mixin"]

    im_status = fields.Char("IM Status", compute="_compute_im_status")

    def _compute_im_status(self):
        """Take the best status of the users; a partner who is no user has one of its own."""
        for partner in self:
            statuses = partner.user_ids.mapped("im_status")
            present = [status for status in statuses if status != "offline"]
            if "online" in present:
                partner.im_status = "online"
            elif statuses:
                partner.im_status = present[0] if present else "offline"
            else:
                partner.im_status = "im_partner"
