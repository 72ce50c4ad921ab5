"""Accounts of the server that sends text messages."""

from odoo import fields, models
from odoo.tools.translate import _


class IapAccount(models.Model):
    """Accounts are registered with a telephone number, and have a sender name."""

    _inherit = "iap.account"

    sender_name = fields.Char(readonly=True, help="What telephones show as the sender.")

    def _open_wizard(self, model_name, title):
        """Return the action that opens a dialog about the account."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": model_name,
            "view_mode": "form",
            "target": "new",
            "context": {"default_account_id": self.id},
        }

    def action_open_registration_wizard(self):
        """Ask for the number that the account is registered with."""
        return self._open_wizard("sms.account.phone", _("Register the account"))

    def action_open_sender_name_wizard(self):
        """Ask for the sender name."""
        return self._open_wizard("sms.account.sender", _("Choose the sender"))
