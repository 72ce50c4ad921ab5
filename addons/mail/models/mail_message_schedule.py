"""``mail.message.schedule``: messages whose recipients are told later."""

import json
from collections import defaultdict

from odoo import api, fields, models


class MailMessageSchedule(models.Model):
    """A message that waits for its time."""

    _name = "mail.message.schedule"
    _description = "Scheduled Messages"
    _order = "scheduled_datetime DESC, id DESC"
    _rec_name = "mail_message_id"

    mail_message_id = fields.Many2one("mail.message", string="Message", ondelete="cascade", required=True)
    notification_parameters = fields.Text("Notification Parameter")
    scheduled_datetime = fields.Datetime("Scheduled Send Date", required=True)

    @api.model_create_multi
    def create(self, vals_list):
        """Have messages wait, and the job run when their time comes."""
        waiting = super().create(vals_list)
        self._wake_job({row.scheduled_datetime for row in waiting})
        return waiting

    @api.model
    def _wake_job(self, times):
        """Have the job run at some times."""
        self.env.ref("mail.ir_cron_send_scheduled_message").sudo()._trigger_list(sorted(times))

    @api.model
    def _send_notifications_cron(self):
        """Tell the recipients of what is due."""
        self.env["mail.message.schedule"].search(
            [("scheduled_datetime", "<=", fields.Datetime.now())]
        )._send_notifications()

    def force_send(self):
        """Tell the recipients now."""
        return self._send_notifications()

    def _send_notifications(self, default_notify_kwargs=None):
        """Tell the recipients, those only who were not told yet.

        :param default_notify_kwargs: parameters of the notifications, over those that were kept
        """
        by_model = defaultdict(self.browse)
        for waiting in self:
            message = waiting.mail_message_id
            is_there = message.model in self.env and message.res_id
            by_model[message.model if is_there else "mail.thread"] |= waiting
        for model_name, of_model in by_model.items():
            model = self.env[model_name]
            for waiting in of_model:
                message = waiting.mail_message_id
                document = model if model_name == "mail.thread" else model.browse(message.res_id).exists()
                if model_name != "mail.thread" and not document:
                    continue
                kwargs = json.loads(waiting.notification_parameters or "{}")
                kwargs.update(default_notify_kwargs or {})
                kwargs.pop("scheduled_date", None)
                if not hasattr(document, "_notify_thread"):
                    document = self.env["mail.thread"]
                document._notify_thread(message, msg_vals=False, **{**kwargs, "skip_existing": True})
        self.unlink()
        return True

    @api.model
    def _send_message_notifications(self, messages, default_notify_kwargs=None):
        """Tell the recipients of messages now.

        :return: whether there were any that waited
        """
        rows = self.sudo().search([("mail_message_id", "in", messages.ids)])
        return bool(rows) and rows._send_notifications(default_notify_kwargs)

    @api.model
    def _update_message_scheduled_datetime(self, messages, new_datetime):
        """Have messages wait for another time.

        :return: whether there were any that waited
        """
        waiting = self.sudo().search([("mail_message_id", "in", messages.ids)])
        if not waiting:
            return False
        waiting.scheduled_datetime = new_datetime
        self._wake_job({new_datetime})
        return True
