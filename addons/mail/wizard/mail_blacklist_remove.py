"""``mail.blacklist.remove``: asks why an address may get mass e-mails again."""

from odoo import fields, models
from odoo.tools.translate import _


class MailBlacklistRemove(models.TransientModel):
    """The dialog."""

    _name = "mail.blacklist.remove"
    _description = "Remove email from blacklist wizard"

    email = fields.Char("Email", readonly=True, required=True)
    reason = fields.Char("Reason")

    def action_unblacklist_apply(self):
        """Take the address out of the list."""
        message = _("Unblock Reason: %(reason)s", reason=self.reason) if self.reason else None
        return self.env["mail.blacklist"]._remove(self.email, message=message)
