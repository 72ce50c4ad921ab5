"""``mail.resend.message``: e-mails that did not arrive are sent again, or given up."""

from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.tools.translate import _

_FAILED = ("bounce", "exception")


class MailResendMessage(models.TransientModel):
    """The dialog: the recipients whom a message did not reach."""

    _name = "mail.resend.message"
    _description = "Message that did not arrive"

    mail_message_id = fields.Many2one("mail.message", "Message", readonly=True)
    partner_ids = fields.One2many("mail.resend.partner", "resend_wizard_id", string="Recipients")
    notification_ids = fields.Many2many("mail.notification", string="Notifications", readonly=True)
    can_cancel = fields.Boolean(compute="_compute_can_cancel")
    can_resend = fields.Boolean(compute="_compute_can_resend")
    partner_readonly = fields.Boolean(compute="_compute_partner_readonly")

    @api.depends("partner_ids")
    def _compute_can_cancel(self):
        """Tell whether there is somebody to give up."""
        for wizard in self:
            wizard.can_cancel = bool(wizard.partner_ids.filtered(lambda line: not line.resend))

    @api.depends("partner_ids.resend")
    def _compute_can_resend(self):
        """Tell whether there is somebody to send it to."""
        for wizard in self:
            wizard.can_resend = any(wizard.partner_ids.mapped("resend"))

    def _compute_partner_readonly(self):
        """Tell whether the user may not correct addresses."""
        self.partner_readonly = not self.env["res.partner"].has_access("write")

    @api.model
    def default_get(self, fields):
        """List the recipients whom the message of the context did not reach.

        :raise UserError: without such a message
        """
        values = super().default_get(fields)
        message = self.env["mail.message"].browse(self.env.context.get("mail_message_to_resend") or ())
        if not message:
            raise UserError(_("There is no message to send again."))
        message.check_access("read")
        failed = self._failed_of(message)
        found = {
            "mail_message_id": message.id,
            "notification_ids": [Command.set(failed.ids)],
            "partner_ids": [
                Command.create({"message": one.format_failure_reason(), "notification_id": one.id, "resend": True})
                for one in failed
            ],
        }
        return {**values, **{name: value for name, value in found.items() if name in fields}}

    def _failed_of(self, message):
        """Return the notifications of a message that did not arrive."""
        return (
            self.env["mail.notification"]
            .sudo()
            .search(
                [
                    ("mail_message_id", "=", message.id),
                    ("notification_type", "=", "email"),
                    ("notification_status", "in", _FAILED),
                ]
            )
            .sudo(self.env.su)
        )

    def resend_mail_action(self):
        """Send the message again to those who are checked, and give the others up."""
        for wizard in self:
            wizard._finish(wizard.partner_ids.filtered("resend").notification_id)
        return {"type": "ir.actions.act_window_close"}

    def cancel_mail_action(self):
        """Give up all recipients."""
        for wizard in self:
            wizard._finish(self.env["mail.notification"])
        return {"type": "ir.actions.act_window_close"}

    def _finish(self, chosen):
        """Send the message again to the recipients of some notifications, and give up its other failures.

        :raise AccessError: when the user may neither change the message nor wrote it
        """
        message = self._message_to_change()
        # the lines name notifications, and come from the caller
        failed = self._failed_of(message).sudo()
        again = failed & chosen
        (failed - again).write({"notification_status": "canceled"})
        if again:
            self._send_again(message, again.res_partner_id)
        message._notify_message_notification_update()

    def _send_to_one(self, notification):
        """Send the message again to one recipient, if it did not arrive; the other failures stay.

        :raise AccessError: when the user may neither change the message nor wrote it
        """
        message = self._message_to_change()
        again = self._failed_of(message).sudo() & notification
        if again:
            self._send_again(message, again.res_partner_id)
        message._notify_message_notification_update()

    def _message_to_change(self):
        """Return the message.

        :raise AccessError: when the user may neither change it nor wrote it
        """
        message = self.mail_message_id
        if message.sudo().author_id != self.env.user.partner_id:
            message.check_access("write")
        return message

    def _send_again(self, message, partners):
        """Send a message to partners by e-mail, at once."""
        known = message.sudo()
        has_record = known.model in self.env and known.res_id
        record = self.env[known.model].browse(known.res_id) if has_record else self.env["mail.thread"]
        if not hasattr(record, "_notify_thread_by_email"):
            record = self.env["mail.thread"]
        found = self.env["mail.followers"]._get_recipient_data(None, "comment", False, pids=partners.ids)
        recipients = [{**row, "notif": "email"} for row in found[0].values() if row["active"]]
        record._notify_thread_by_email(message, recipients, resend_existing=True, send_after_commit=False)


class MailResendPartner(models.TransientModel):
    """A recipient whom a message did not reach."""

    _name = "mail.resend.partner"
    _description = "Recipient whom a message did not reach"

    notification_id = fields.Many2one("mail.notification", string="Notification", required=True, ondelete="cascade")
    partner_id = fields.Many2one("res.partner", string="Partner", related="notification_id.res_partner_id")
    name = fields.Char(related="partner_id.name", string="Recipient Name", related_sudo=False, readonly=False)
    email = fields.Char(related="partner_id.email", string="Email Address", related_sudo=False, readonly=False)
    failure_reason = fields.Text("Failure Reason", related="notification_id.failure_reason")
    resend = fields.Boolean(string="Try Again", default=True)
    resend_wizard_id = fields.Many2one("mail.resend.message", string="Resend wizard")
    message = fields.Char(string="Error message")
    partner_readonly = fields.Boolean("Partner Readonly", related="resend_wizard_id.partner_readonly")

    def action_open_record(self):
        """Return the form of the recipient."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "res.partner",
            "res_id": self.partner_id.id,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "current",
        }

    def action_open_resend_partner(self):
        """Return the form that tells why the recipient was not reached."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": _("Not reached: %s", self.name),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
        }

    def action_resend(self):
        """Send the message again to this recipient only; the others stay as they are."""
        self.ensure_one()
        wizard = self.resend_wizard_id
        wizard._send_to_one(self.notification_id)
        return {"type": "ir.actions.act_window_close"}
