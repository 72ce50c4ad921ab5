"""Pictures of those with whom one shares a channel."""

from odoo import models


class IrBinary(models.AbstractModel):
    """Contents that people see although they may not read the record."""

    _inherit = "ir.binary"

    def _find_record_check_access(self, record, access_token, field):
        """Let members see the pictures of each other."""
        if record._name in ("res.partner", "mail.guest") and field == "avatar_128" and self._shares_channel(record):
            return record.sudo()
        return super()._find_record_check_access(record, access_token, field)

    def _shares_channel(self, person):
        """Tell whether the caller is in a channel with a partner or guest."""
        guest = self.env["mail.guest"]._get_guest_from_context()
        own = [("is_self", "=", True)]
        if not guest and self.env.user._is_public():
            return False
        name = "partner_id" if person._name == "res.partner" else "guest_id"
        shared = [(name, "=", person.id), ("channel_id", "any", [("channel_member_ids", "any", own)])]
        return bool(self.env["discuss.channel.member"].sudo().search_count(shared, limit=1))
