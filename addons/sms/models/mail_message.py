"""Messages that went to telephones."""

from odoo import api, fields, models


class MailMessage(models.Model):
    """Text messages are messages on their records."""

    _inherit = "mail.message"

    message_type = fields.Selection(
        selection_add=[("sms", "SMS")],
        ondelete={"sms": lambda messages: messages.write({"message_type": "comment"})},
    )
    has_sms_error = fields.Boolean("Has SMS error", compute="_compute_has_sms_error", search="_search_has_sms_error")

    @api.depends("notification_ids.notification_status", "notification_ids.notification_type")
    def _compute_has_sms_error(self):
        """Tell whether a telephone did not get the message."""
        failed = self.sudo().filtered(
            lambda message: any(
                row.notification_type == "sms" and row.notification_status == "exception"
                for row in message.notification_ids
            )
        )
        for message in self:
            message.has_sms_error = message.id in failed._ids

    @api.model
    def _search_has_sms_error(self, operator, operand):
        """Find what telephones did not get."""
        failed = (
            self.env["mail.notification"]
            .sudo()
            ._search([("notification_type", "=", "sms"), ("notification_status", "=", "exception")])
        )
        wanted = (operator == "=") == bool(operand)
        return [("id", "in" if wanted else "not in", failed.subselect("mail_message_id"))]
