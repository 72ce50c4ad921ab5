"""Users who are led through tours."""

from odoo import api, fields, models


class ResUsers(models.Model):
    """Users, and whether they are shown around."""

    _inherit = "res.users"

    tour_enabled = fields.Boolean(
        "Onboarding", compute="_compute_tour_enabled", store=True, readonly=False, help="Tours begin by themselves."
    )

    @api.depends("create_date")
    def _compute_tour_enabled(self):
        """Lead administrators of empty databases around; where there is demo data, others have seen it before."""
        has_demo = bool(self.env["ir.module.module"].sudo().search_count([("demo", "=", True)], limit=1))
        guided = self.browse() if has_demo else self.filtered(lambda user: user._is_admin())
        guided.tour_enabled = True
        (self - guided).tour_enabled = False

    @api.model
    def switch_tour_enabled(self, val: bool) -> bool:
        """Lead the current user through tours, or no more.

        :param val: whether tours begin by themselves
        :return: the same; False for users who have none
        """
        user = self.env.user.sudo()
        if user._is_internal():
            user.tour_enabled = bool(val)
        return user._is_internal() and user.tour_enabled
