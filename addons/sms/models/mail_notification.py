"""What became of text messages."""

from odoo import api, fields, models

#: why a telephone did not get a message: what is known at once, and what is told later
AT_ONCE = {
    "acc": "Unregistered Account",
    "country_not_supported": "Country Not Supported",
    "credit": "Insufficient Credit",
    "number_format": "Wrong Number Format",
    "number_missing": "Missing Number",
    "registration_needed": "Country-specific Registration Required",
    "server": "Server Error",
}
LATER = {
    "expired": "Expired",
    "invalid_destination": "Invalid Destination",
    "not_allowed": "Not Allowed",
    "not_delivered": "Not Delivered",
    "rejected": "Rejected",
}


def as_selection(reasons):
    """Return reasons as values of a selection."""
    return [(f"sms_{name}", label) for name, label in reasons.items()]


class MailNotification(models.Model):
    """A message for a telephone."""

    _inherit = "mail.notification"

    notification_type = fields.Selection(selection_add=[("sms", "SMS")], ondelete={"sms": "cascade"})
    # the message itself is deleted when it is sent
    sms_id_int = fields.Integer("SMS ID", index="btree_not_null")
    sms_id = fields.Many2one("sms.sms", string="SMS", store=False, compute="_compute_sms_id")
    sms_tracker_ids = fields.One2many("sms.tracker", "mail_notification_id", string="SMS Trackers")
    sms_number = fields.Char("SMS Number", groups="base.group_user")
    failure_type = fields.Selection(selection_add=as_selection({**AT_ONCE, **LATER}))

    @api.depends("sms_id_int", "notification_type")
    def _compute_sms_id(self):
        """Find the message while it is there."""
        self.sms_id = False
        of_telephones = self.filtered(lambda row: row.notification_type == "sms" and row.sms_id_int)
        kept = (
            self.env["sms.sms"]
            .sudo()
            .search([("id", "in", of_telephones.mapped("sms_id_int")), ("to_delete", "!=", True)])
        )
        for notification in of_telephones:
            notification.sms_id = notification.sms_id_int if notification.sms_id_int in kept._ids else False
