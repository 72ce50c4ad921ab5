"""Threads that send text messages: the sending."""

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.tools import clean_context

from ..tools.sms_tools import plain_text


class MailThreadNotify(models.AbstractModel):
    """The text messages of threads."""

    _inherit = "mail.thread"

    def _get_notify_valid_parameters(self):
        """Add those of text messages."""
        return super()._get_notify_valid_parameters() | {
            "put_in_queue",
            "sms_content",
            "sms_numbers",
            "sms_pid_to_number",
        }

    def _notify_thread(self, message, msg_vals=False, **kwargs):
        """Tell the recipients of a message, some of them by telephone."""
        later = self._is_notification_scheduled(kwargs.get("scheduled_date"))
        rows = super()._notify_thread(message, msg_vals, **kwargs)
        # who waits is told when the time has come, numbers without a partner wait for nothing
        if not (later and rows):
            self._notify_thread_by_sms(message, rows, msg_vals, **kwargs)
        return rows

    def _notify_thread_by_sms(
        self,
        message,
        recipients_data,
        msg_vals=False,
        sms_content=None,
        sms_numbers=None,
        sms_pid_to_number=None,
        resend_existing=False,
        put_in_queue=False,
        **kwargs,
    ):
        """Send a message to telephones.

        :param recipients_data: see ``_notify_get_recipients``; those whose ``notif`` is ``sms`` count
        :param sms_content: the text, that of the message by default
        :param sms_numbers: more numbers
        :param sms_pid_to_number: ``{id of a partner: number}`` instead of theirs
        :param resend_existing: recipients were told before, and did not get it
        :param put_in_queue: leave the sending to the scheduled action
        :return: ``True``
        :raise AccessError: people from outside do not send at the expense of the house
        """
        ids = [row["id"] for row in recipients_data if row["notif"] == "sms"]
        if not ids and not sms_numbers:
            return True
        if not (self.env.su or self.env.user._is_internal()):
            raise AccessError(self.env._("Only users of the house send text messages."))
        targets = self._sms_targets(ids, sms_numbers or (), sms_pid_to_number or {})
        text = sms_content or plain_text((msg_vals or {}).get("body") or message.body)
        shared = {"body": text, "mail_message_id": message.id}
        queue = self.env["sms.sms"].sudo().with_context(clean_context(self.env.context))
        created = queue.create(
            [
                {
                    **shared,
                    "failure_type": False if number else "sms_number_missing",
                    "number": number,
                    "partner_id": partner_id,
                    "state": "outgoing" if number else "error",
                }
                for partner_id, number in targets
            ]
        )
        author_id = (msg_vals or {}).get("author_id") or message.sudo().author_id.id
        created._keep_notifications(message, author_id, resend_existing)
        if not put_in_queue:
            created.filtered(lambda sms: sms.state == "outgoing")._send_after_commit()
        return True

    def _sms_targets(self, partner_ids, numbers, forced):
        """Return pairs of the id of a partner or ``False``, and a number or ``False``; each number once."""
        targets = []
        for partner in self.env["res.partner"].sudo().browse(partner_ids):
            number = forced.get(partner.id) or partner.mobile or partner.phone
            targets.append((partner.id, partner._phone_format(number=number) or number or False))
        taken = {number for _partner_id, number in targets}
        for number in numbers:
            known = (self._phone_format(number=number) if number else False) or number or False
            if known not in taken or not (known or targets):
                taken.add(known)
                targets.append((False, known))
        return targets

    @api.model
    def notify_cancel_by_type(self, notification_type):
        """Give up what telephones did not get, with ``sms``."""
        result = super().notify_cancel_by_type(notification_type)
        if notification_type == "sms":
            self._notify_cancel_by_type_generic("sms")
        return result
