"""Activities of contacts have the icon of the application."""

from odoo import api, models, modules


class ResUsers(models.Model):
    """Users with something to do for contacts."""

    _inherit = "res.users"

    @api.model
    def _get_activity_groups(self):
        """Return the activities of the user by model; contacts are shown with the icon of this application."""
        icon = modules.module.get_module_icon("contacts")
        return [
            {**group, "icon": icon} if group["model"] == "res.partner" else group
            for group in super()._get_activity_groups()
        ]
