"""How the client looks, as users set it for themselves."""

from odoo import fields, models

COLOR_SCHEMES = [("light", "Light"), ("dark", "Dark"), ("system", "As the device")]
DENSITIES = [("comfortable", "Comfortable"), ("compact", "Compact")]


class ResUsersSettings(models.Model):
    """Colours and density of the client."""

    _inherit = "res.users.settings"

    color_scheme = fields.Selection(COLOR_SCHEMES, string="Colors", required=True, default="light")
    density = fields.Selection(DENSITIES, required=True, default="comfortable")
