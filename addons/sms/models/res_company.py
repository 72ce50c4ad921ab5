"""Which server sends the messages of a company."""

from odoo import models

from ..tools.sms_api import SmsApi


class ResCompany(models.Model):
    """Companies that send text messages."""

    _inherit = "res.company"

    def _get_sms_api_class(self):
        """Return the class that talks with the server of the company, see :class:`SmsApi`; addons return others."""
        self.ensure_one()
        return SmsApi
