"""Users in the web client."""

from __future__ import annotations

from odoo import api, fields, models
from odoo.osv.expression import AND

from .res_users_settings import COLOR_SCHEMES, DENSITIES

LOOK = ("color_scheme", "density")


class ResUsers(models.Model):
    """What the web client asks of users."""

    _inherit = "res.users"

    color_scheme = fields.Selection(
        COLOR_SCHEMES, string="Colors", compute="_compute_look", inverse="_inverse_color_scheme"
    )
    density = fields.Selection(DENSITIES, compute="_compute_look", inverse="_inverse_density")

    @property
    def SELF_READABLE_FIELDS(self):
        """Users see how the client looks for them."""
        return [*super().SELF_READABLE_FIELDS, *LOOK]

    @property
    def SELF_WRITEABLE_FIELDS(self):
        """Users choose how the client looks for them."""
        return [*super().SELF_WRITEABLE_FIELDS, *LOOK]

    @api.depends("res_users_settings_ids.color_scheme", "res_users_settings_ids.density")
    def _compute_look(self):
        for user in self:
            settings = user.sudo().res_users_settings_id
            user.color_scheme = settings.color_scheme or "light"
            user.density = settings.density or "comfortable"

    def _inverse_color_scheme(self):
        self._set_look("color_scheme")

    def _inverse_density(self):
        self._set_look("density")

    def _set_look(self, name):
        for user in self:
            self.env["res.users.settings"]._find_or_create_for_user(user).sudo()[name] = user[name]

    @api.model
    def name_search(self, name="", args=None, operator="ilike", limit=100):
        """Search users by name; the current user comes first when among them."""
        users = super().name_search(name, args, operator, limit)
        position = next((index for index, (uid, _name) in enumerate(users) if uid == self.env.uid), None)
        if position is not None:
            return [users[position], *users[:position], *users[position + 1 :]]
        if limit is not None and len(users) == limit:
            own = super().name_search(name, AND([args or [], [("id", "=", self.env.uid)]]), operator, limit=1)
            if own:
                return [*own, *users[:-1]]
        return users

    def _on_webclient_bootstrap(self):
        """Called when the page of the web client is opened."""
        self.ensure_one()
