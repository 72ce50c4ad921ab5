"""The digest of new users."""

from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """Which digest new users get."""

    _inherit = "res.config.settings"

    digest_emails = fields.Boolean(string="Digest Emails", config_parameter="digest.default_digest_emails")
    digest_id = fields.Many2one("digest.digest", string="Digest Email", config_parameter="digest.default_digest_id")
