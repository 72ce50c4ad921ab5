"""Recipients of text messages."""

from odoo import models


class Followers(models.Model):
    """Those who are named get a text message; followers are told as always."""

    _inherit = "mail.followers"

    def _get_recipient_data(self, records, message_type, subtype_id, pids=None):
        """Return who is to be told of a message; those who are named get text messages by telephone."""
        if message_type != "sms" or not records:
            return super()._get_recipient_data(records, message_type, subtype_id, pids=pids)
        if pids is None:
            info = records._sms_get_recipients_info().values()
            pids = [row["partner"].id for row in info if row["partner"]]
        data = super()._get_recipient_data(records, message_type, subtype_id, pids=pids)
        for rows in data.values():
            for id_ in rows.keys() & set(pids):
                rows[id_]["notif"] = "sms"
        return data
