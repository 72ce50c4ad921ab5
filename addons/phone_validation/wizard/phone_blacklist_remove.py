"""``phone.blacklist.remove``: asks why a number may get messages again."""

from odoo import fields, models
from odoo.tools.translate import _


class PhoneBlacklistRemove(models.TransientModel):
    """The dialog."""

    _name = "phone.blacklist.remove"
    _description = "Remove phone from blacklist"

    phone = fields.Char("Phone Number", readonly=True, required=True)
    reason = fields.Char("Reason")

    def action_unblacklist_apply(self):
        """Take the number out of the list, and tell why in its history."""
        self.ensure_one()
        message = _("Reason: %(reason)s", reason=self.reason) if self.reason else None
        return self.env["phone.blacklist"].remove(self.phone, message=message)
