"""``sms.resend``: sending a message again to those who did not get it."""

from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.tools.translate import _


class SMSRecipient(models.TransientModel):
    """Somebody who did not get a message."""

    _name = "sms.resend.recipient"
    _description = "Resend Notification"
    _rec_name = "sms_resend_id"

    sms_resend_id = fields.Many2one("sms.resend", required=True)
    notification_id = fields.Many2one("mail.notification", required=True, ondelete="cascade")
    resend = fields.Boolean("Try Again", default=True)
    failure_type = fields.Selection(related="notification_id.failure_type", string="Error Message", related_sudo=True)
    partner_id = fields.Many2one("res.partner", "Partner", related="notification_id.res_partner_id", readonly=True)
    partner_name = fields.Char(string="Recipient Name", readonly=True)
    sms_number = fields.Char(string="Phone Number")


class SMSResend(models.TransientModel):
    """Whom a message is sent to again."""

    _name = "sms.resend"
    _description = "SMS Resend"
    _rec_name = "mail_message_id"

    mail_message_id = fields.Many2one("mail.message", "Message", readonly=True, required=True, ondelete="cascade")
    recipient_ids = fields.One2many("sms.resend.recipient", "sms_resend_id", string="Recipients")
    can_cancel = fields.Boolean(compute="_compute_can_cancel")
    can_resend = fields.Boolean(compute="_compute_can_resend")
    has_insufficient_credit = fields.Boolean(compute="_compute_has_insufficient_credit")
    has_unregistered_account = fields.Boolean(compute="_compute_has_unregistered_account")

    @api.model
    def default_get(self, fields):
        """List who did not get the message that the context names."""
        values = super().default_get(fields)
        message_id = values.get("mail_message_id") or self.env.context.get("default_mail_message_id")
        if not message_id:
            return values
        message = self.env["mail.message"].browse(message_id)
        message.check_access("read")
        values["mail_message_id"] = message.id
        if "recipient_ids" in fields:
            failed = message._failed_sms_notifications()
            values["recipient_ids"] = [Command.create(row._as_resend_recipient()) for row in failed]
        return values

    @api.depends("recipient_ids.failure_type")
    def _compute_has_unregistered_account(self):
        """Tell whether the account has to be registered."""
        for wizard in self:
            wizard.has_unregistered_account = "sms_acc" in wizard.recipient_ids.mapped("failure_type")

    @api.depends("recipient_ids.failure_type")
    def _compute_has_insufficient_credit(self):
        """Tell whether credits have to be bought."""
        for wizard in self:
            wizard.has_insufficient_credit = "sms_credit" in wizard.recipient_ids.mapped("failure_type")

    @api.depends("recipient_ids.resend")
    def _compute_can_cancel(self):
        """Tell whether somebody will not get it."""
        for wizard in self:
            wizard.can_cancel = not all(wizard.recipient_ids.mapped("resend"))

    @api.depends("recipient_ids.resend")
    def _compute_can_resend(self):
        """Tell whether somebody gets it again."""
        for wizard in self:
            wizard.can_resend = any(wizard.recipient_ids.mapped("resend"))

    def _checked_document(self):
        """Return the record of the message.

        :raise AccessError: the user may not write on it
        :raise UserError: it has none, or recipients are of other messages
        """
        message = self.mail_message_id
        message.check_access("write")
        rows = self.recipient_ids.notification_id.sudo()
        if rows.mail_message_id - message.sudo():
            raise UserError(_("A recipient belongs to another message."))
        if not message.is_thread_message() or message.model not in self.env:
            raise UserError(_("The message is about no record."))
        return self.env[message.model].browse(message.res_id)

    def action_resend(self):
        """Send the message again to those who are marked, and give the others up."""
        self.ensure_one()
        document, message = self._checked_document(), self.mail_message_id
        chosen = self.recipient_ids.filtered("resend")
        given_up = message._failed_sms_notifications() - chosen.notification_id.sudo()
        given_up.write({"notification_status": "canceled"})
        to_numbers = [row.sms_number for row in chosen if not row.partner_id]
        numbers = {row.partner_id.id: row.sms_number for row in chosen if row.partner_id}
        for row in chosen.filtered(lambda one: not one.partner_id):
            # by its number the notification is found again
            row.notification_id.sudo().sms_number = document._phone_format(number=row.sms_number) or row.sms_number
        if chosen:
            document._notify_thread_by_sms(
                message,
                [{"id": id_, "notif": "sms"} for id_ in numbers],
                sms_numbers=to_numbers,
                sms_pid_to_number=numbers,
                resend_existing=True,
            )
        message._notify_message_notification_update()
        return {"type": "ir.actions.act_window_close"}

    def action_cancel(self):
        """Give up all who did not get the message."""
        self.ensure_one()
        self._checked_document()
        self.mail_message_id._failed_sms_notifications().write({"notification_status": "canceled"})
        self.mail_message_id._notify_message_notification_update()
        return {"type": "ir.actions.act_window_close"}

    def action_buy_credits(self):
        """Open the page where credits are bought."""
        return self.env["iap.account"].get("sms").action_buy_credits()


class MailMessage(models.Model):
    """Messages that telephones did not get."""

    _inherit = "mail.message"

    def _failed_sms_notifications(self):
        """Return the notifications of telephones that did not get the message, as superuser."""
        return self.sudo().notification_ids.filtered(
            lambda row: row.notification_type == "sms" and row.notification_status in ("bounce", "exception")
        )


class MailNotification(models.Model):
    """Notifications that are sent again."""

    _inherit = "mail.notification"

    def _as_resend_recipient(self):
        """Return the values of a line of the dialog."""
        return {
            "notification_id": self.id,
            "partner_name": self.res_partner_id.display_name or self.sms_number,
            "resend": True,
            "sms_number": self.sms_number,
        }
