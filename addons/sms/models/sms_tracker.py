"""``sms.tracker``: which notification a message belongs to, once it is sent and deleted."""

from odoo import fields, models

#: status of notifications -> those that it does not undo
_KEPT = {
    "bounce": ("bounce", "sent"),
    "canceled": ("canceled", "process", "pending", "sent"),
    "exception": ("exception", "sent"),
    "pending": ("pending", "sent"),
    "process": ("process", "pending", "sent"),
    "ready": ("ready", "process", "pending", "sent"),
    "sent": ("sent",),
}


class SmsTracker(models.Model):
    """The random name of a message, by which servers tell what became of it."""

    _name = "sms.tracker"
    _description = "Link SMS to mailing/sms tracking models"

    SMS_STATE_TO_NOTIFICATION_STATUS = {
        "canceled": "canceled",
        "error": "exception",
        "outgoing": "ready",
        "pending": "pending",
        "process": "process",
        "sent": "sent",
    }

    sms_uuid = fields.Char("SMS uuid", required=True)
    mail_notification_id = fields.Many2one("mail.notification", ondelete="cascade", index=True)

    _sql_constraints = [("sms_uuid_unique", "unique(sms_uuid)", "A message has one tracker.")]

    def _action_update_from_provider_error(self, provider_error):
        """Take why a message did not arrive.

        :param provider_error: what the server says
        :return: status of the notifications, their failure type, and the reason where that is unknown
        """
        messages = self.env["sms.sms"]
        kind, reason, status = f"sms_{provider_error}", False, "exception"
        if kind not in messages.DELIVERY_ERRORS:
            kind, reason = "unknown", provider_error
        elif kind in messages.BOUNCE_DELIVERY_ERRORS:
            status = "bounce"
        self._update_sms_notifications(status, failure_type=kind, failure_reason=reason)
        return status, kind, reason

    def _action_update_from_sms_state(self, sms_state, failure_type=False, failure_reason=False):
        """Take over the state of messages.

        :param sms_state: see ``sms.sms``
        :param failure_type: why it failed
        :param failure_reason: text about it
        """
        status = type(self).SMS_STATE_TO_NOTIFICATION_STATUS[sms_state]
        self._update_sms_notifications(status, failure_type=failure_type, failure_reason=failure_reason)

    def _update_sms_notifications(self, notification_status, failure_type=False, failure_reason=False):
        """Write the status of the notifications, those that are further excepted."""
        kept = _KEPT[notification_status]
        behind = self.mail_notification_id.filtered(lambda row: row.notification_status not in kept)
        # one by one: what a server tells decides no names of fields
        behind.failure_reason = failure_reason
        behind.failure_type = failure_type
        behind.notification_status = notification_status
