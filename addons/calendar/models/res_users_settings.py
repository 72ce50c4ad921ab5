"""Settings of users: who sees what of their events."""

from odoo import api, fields, models

from .calendar_event import PRIVACY


class ResUsersSettings(models.Model):
    """Settings with the privacy of events."""

    _inherit = "res.users.settings"

    calendar_default_privacy = fields.Selection(PRIVACY, "Calendar Default Privacy", default="public", required=True)

    @api.model
    def _get_fields_blacklist(self):
        """Leave the privacy out of what browsers are told of settings."""
        return [*super()._get_fields_blacklist(), "calendar_default_privacy"]
