"""Sending what a composer holds: posts, e-mails, or later."""

import json

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import clean_context
from odoo.tools.translate import _

_NOT_FOR_NOTIFICATIONS = ("message_type", "parent_id")


class MailComposerSend(models.TransientModel):
    """The sending of composers."""

    _inherit = "mail.compose.message"

    def action_send_mail(self):
        """Send the message, and close the dialog."""
        self._action_send_mail()
        return {"type": "ir.actions.act_window_close"}

    def _action_send_mail(self, auto_commit=False):
        """Send messages.

        :param auto_commit: commit after each e-mail
        :return: the e-mails, as superuser, and the messages
        :raise ValueError: for posts on nothing
        """
        mails, messages = self.env["mail.mail"].sudo(), self.env["mail.message"]
        for composer in self:
            ids = composer._written_about()
            if composer.composition_mode == "mass_mail":
                mails += composer._action_send_mail_mass_mail(ids, auto_commit=auto_commit)
            elif not ids:
                raise ValueError("a message is posted on documents, and there are none")
            else:
                messages += composer._action_send_mail_comment(ids)
        return mails, messages

    def _action_send_mail_comment(self, res_ids):
        """Post the message on documents."""
        self.ensure_one()
        values = self._prepare_mail_values(res_ids)
        documents = self.env[self.model].browse(res_ids)
        batch = len(res_ids) > 1 or self.composition_batch
        if batch:
            documents = documents.with_context(mail_create_nosubscribe=True)
        messages = self.env["mail.message"]
        for document in documents:
            of_document = values[document.id]
            of_document["subtype_id"] = of_document["subtype_id"] or self.env.ref("mail.mt_comment").id
            if self.model_is_thread:
                messages += document.message_post(**of_document)
                continue
            for name in _NOT_FOR_NOTIFICATIONS:
                of_document.pop(name, None)
            if not of_document["partner_ids"]:
                raise UserError(_("Nobody is named who could be told of %s.", document.display_name))
            messages += self.env["mail.thread"].message_notify(model=document._name, res_id=document.id, **of_document)
        return messages

    def _action_send_mail_mass_mail(self, res_ids, auto_commit=False):
        """Send the message as an e-mail about each record.

        :raise AccessError: for records that the user may not read
        """
        self.ensure_one()
        mails = self.env["mail.mail"].sudo()
        if not res_ids:
            return mails
        threads = self.env["mail.thread"]
        size = threads._mail_parameter("mail.batch_size", self._batch_size) or self._batch_size
        self.env[self.model].browse(res_ids).check_access("read")
        for start in range(0, len(res_ids), size):
            ids = res_ids[start : start + size]
            values = self._prepare_mail_values(ids)
            # defaults of the dialog are none of the e-mails
            batch = mails.with_context(clean_context(self.env.context)).create([values[id_] for id_ in ids])
            records = self.env[self.model].browse(ids)
            if hasattr(records, "_message_mail_after_hook"):
                records._message_mail_after_hook(batch)
            mails += batch
            if self.force_send:
                now = fields.Datetime.now()
                due = batch.filtered(lambda mail, now=now: not mail.scheduled_date or mail.scheduled_date <= now)
                due.send(auto_commit=auto_commit)
            elif auto_commit:
                self.env.cr.commit()
                self.env.invalidate_all()
        return mails

    def action_schedule_message(self, scheduled_date=False):
        """Keep the message for later.

        :param scheduled_date: when it is posted
        :raise UserError: for e-mails, and for several records
        """
        for composer in self:
            if composer.composition_batch or composer.composition_mode != "comment":
                raise UserError(_("Only a message on one document can be scheduled."))
            ids = composer._evaluate_res_ids()
            parameters = composer._prepare_mail_values(ids)[ids[0]]
            when = parameters.pop("scheduled_date", None)
            kept = {
                name: parameters.pop(name) for name in ("attachment_ids", "author_id", "body", "partner_ids", "subject")
            }
            kept.update(model=composer.model, res_id=ids[0], is_note=composer.subtype_is_log)
            kept.update(scheduled_date=scheduled_date or when, notification_parameters=json.dumps(parameters))
            self.env["mail.scheduled.message"].create(kept)
        return {"type": "ir.actions.act_window_close"}
