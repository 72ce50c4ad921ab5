"""``calendar.provider.config``: connects the calendar with one elsewhere, by an addon that knows it."""

from odoo import api, fields, models
from odoo.exceptions import UserError

#: addon and parameters of each provider: what the program is called there, its secret, whether it rests
_PROVIDERS = {
    "google": {
        "addon": "google_calendar",
        "cal_client_id": "google_calendar_client_id",
        "cal_client_secret": "google_calendar_client_secret",
        "cal_sync_paused": "google_calendar_sync_paused",
    },
    "microsoft": {
        "addon": "microsoft_calendar",
        "microsoft_outlook_client_identifier": "microsoft_calendar_client_id",
        "microsoft_outlook_client_secret": "microsoft_calendar_client_secret",
        "microsoft_outlook_sync_paused": "microsoft_calendar_sync_paused",
    },
}


def _kept(key):
    """Return the function that reads a parameter."""
    return lambda self: self.env["ir.config_parameter"].sudo().get_param(key)


class CalendarProviderConfig(models.TransientModel):
    """What an administrator enters before calendars elsewhere are kept up to date."""

    _name = "calendar.provider.config"
    _description = "Calendar Provider Configuration Wizard"

    external_calendar_provider = fields.Selection(
        [("google", "Google"), ("microsoft", "Outlook")], "Provider", default="google"
    )
    cal_client_id = fields.Char("Google Client ID", default=_kept("google_calendar_client_id"))
    cal_client_secret = fields.Char("Google Client Secret", default=_kept("google_calendar_client_secret"))
    cal_sync_paused = fields.Boolean("Google sync paused", default=_kept("google_calendar_sync_paused"))
    microsoft_outlook_client_identifier = fields.Char(
        "Outlook Client ID", default=_kept("microsoft_calendar_client_id")
    )
    microsoft_outlook_client_secret = fields.Char(
        "Outlook Client Secret", default=_kept("microsoft_calendar_client_secret")
    )
    microsoft_outlook_sync_paused = fields.Boolean(
        "Outlook sync paused", default=_kept("microsoft_calendar_sync_paused")
    )

    def action_calendar_prepare_external_provider_sync(self):
        """Keep what was entered, and install the addon of the provider.

        :raise UserError: when there is no such addon on this server
        """
        self.ensure_one()
        self.check_access("write")
        provider = _PROVIDERS[self.external_calendar_provider or "google"]
        addon = self.env["ir.module.module"].search([("name", "=", provider["addon"])])
        if addon.state in (False, "uninstallable"):
            raise UserError(
                self.env._("This server has no addon %s, which knows calendars of that kind.", provider["addon"])
            )
        self._keep({key: self[name] for name, key in provider.items() if name != "addon"})
        return addon.button_immediate_install() if addon.state == "uninstalled" else None

    @api.model
    def _keep(self, parameters):
        """Keep parameters: ``{key: value}``."""
        kept = self.env["ir.config_parameter"]
        for key, value in parameters.items():
            kept.set_param(key, value)
