"""Dialogs that register the account of the server which sends text messages."""

import re

from odoo import api, fields, models
from odoo.addons.iap.tools.iap_tools import InsufficientCreditError
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools.translate import _

#: what telephones can show as a sender
_SENDER = re.compile(r"[A-Za-z0-9][A-Za-z0-9 .&_-]{2,10}")
_CLOSE = {"type": "ir.actions.act_window_close"}


class SmsAccountWizard(models.AbstractModel):
    """What the dialogs share."""

    _name = "sms.account.wizard"
    _description = "Dialog about the account of text messages"

    def _api(self):
        """Return what talks with the server of the account."""
        account = self.account_id
        company = account.company_ids[:1] or self.env.company
        return company._get_sms_api_class()(self.env, account)

    def _ask(self, method, value):
        """Call a method of the server.

        :raise UserError: it refuses
        """
        server = self._api()
        try:
            answer = getattr(server, method)(value)
        except (AccessError, InsufficientCreditError) as error:
            raise UserError(str(error)) from error
        state = answer.get("state") if isinstance(answer, dict) else None
        if state != "success":
            messages = server._get_sms_api_error_messages()
            raise UserError(messages.get(state) or _("The server refuses: %s", state or _("no reason")))


class SmsAccountPhone(models.TransientModel):
    """Asks for the number that gets a code."""

    _name = "sms.account.phone"
    _inherit = "sms.account.wizard"
    _description = "Number of an account of text messages"

    account_id = fields.Many2one("iap.account", required=True, ondelete="cascade")
    phone_number = fields.Char("Number", required=True)

    def action_send_verification_code(self):
        """Have a code sent to the number, and ask for it."""
        self.ensure_one()
        number = self.env.user._phone_format(number=self.phone_number, raise_exception=True)
        self._ask("_send_verification_sms", number)
        return {
            "type": "ir.actions.act_window",
            "name": _("Register the account"),
            "res_model": "sms.account.code",
            "view_mode": "form",
            "target": "new",
            "context": {"default_account_id": self.account_id.id},
        }


class SmsAccountCode(models.TransientModel):
    """Asks for the code."""

    _name = "sms.account.code"
    _inherit = "sms.account.wizard"
    _description = "Code of an account of text messages"

    account_id = fields.Many2one("iap.account", required=True, ondelete="cascade")
    verification_code = fields.Char(required=True)

    def action_register(self):
        """Register the account with the code, and ask for the sender name."""
        self.ensure_one()
        self._ask("_verify_account", self.verification_code.strip())
        self.account_id.state = "registered"
        return self.account_id.action_open_sender_name_wizard()


class SmsAccountSender(models.TransientModel):
    """Asks what telephones show as the sender."""

    _name = "sms.account.sender"
    _inherit = "sms.account.wizard"
    _description = "Sender of text messages"

    account_id = fields.Many2one("iap.account", required=True, ondelete="cascade")
    sender_name = fields.Char()

    @api.constrains("sender_name")
    def _check_sender_name(self):
        """Check that telephones can show the name.

        :raise ValidationError: otherwise
        """
        for wizard in self:
            if wizard.sender_name and not _SENDER.fullmatch(wizard.sender_name):
                raise ValidationError(
                    _("A sender has 3 to 11 characters: letters without accents, digits, blanks, and . & _ -")
                )

    def action_set_sender_name(self):
        """Have the server use the name."""
        self.ensure_one()
        self._ask("_set_sender_name", self.sender_name or "")
        self.account_id.sender_name = self.sender_name
        return _CLOSE
