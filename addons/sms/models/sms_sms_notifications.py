"""What is kept with messages of records about their text messages."""

from odoo import Command, models
from odoo.tools import clean_context


class SmsSmsNotifications(models.Model):
    """What is kept of messages while they are sent."""

    _inherit = "sms.sms"

    def _keep_notifications(self, message, author_id, resend_existing):
        """Keep that telephones are told.

        :param resend_existing: use the notifications of those who were told before
        """
        notifications = self.env["mail.notification"].sudo().with_context(clean_context(self.env.context))
        before = notifications.browse()
        if resend_existing:
            before = notifications.search([("mail_message_id", "=", message.id), ("notification_type", "=", "sms")])
        to_create = []
        for sms in self:
            values = {
                "failure_reason": False,
                "failure_type": sms.failure_type,
                "notification_status": "exception" if sms.state == "error" else "ready",
                "sms_id_int": sms.id,
                "sms_number": sms.number,
                "sms_tracker_ids": [Command.create({"sms_uuid": sms.uuid})] if sms.state == "outgoing" else [],
            }
            known = before.filtered(
                lambda row, sms=sms: (
                    row.res_partner_id == sms.partner_id if sms.partner_id else row.sms_number == sms.number
                )
            )[:1]
            if known:
                before -= known
                known.write(values)
                continue
            values.update(
                author_id=author_id,
                is_read=True,
                mail_message_id=message.id,
                notification_type="sms",
                res_partner_id=sms.partner_id.id,
            )
            to_create.append(values)
        notifications.create(to_create)
