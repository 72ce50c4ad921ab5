"""Changing messages after they were posted, moving them, and documents as clients show them."""

from markupsafe import Markup

from odoo import Command, models
from odoo.exceptions import UserError
from odoo.tools.mail import is_html_empty

from ..tools.discuss import Store
from .mail_message_marks import EDITED_MARK


class MailThreadContent(models.AbstractModel):
    """What becomes of the messages of documents."""

    _inherit = "mail.thread"

    # changing

    def _check_can_update_message_content(self, messages):
        """Check that messages may be changed.

        :raise UserError: for those that tell of changes, and for others than comments
        """
        if messages.sudo().tracking_value_ids:
            raise UserError(self.env._("Messages that tell of changes stay as they are."))
        if any(message.message_type != "comment" for message in messages.sudo()):
            raise UserError(self.env._("Only comments can be changed."))

    def _message_update_content(self, message, body, attachment_ids=None, partner_ids=None, strict=True, **kwargs):
        """Change a message of the document.

        :param body: the new text; empty to delete it, ``None`` to leave it
        :param attachment_ids: ids of more files; an empty list deletes all, ``None`` leaves them
        :param partner_ids: ids of the recipients
        :param strict: check that the message may be changed
        :param kwargs: ``scheduled_date`` when recipients are told, now if empty
        :raise UserError: when it may not
        """
        self.ensure_one()
        if strict:
            self._check_can_update_message_content(message)
        values = {}
        if body is not None:
            had_content = not is_html_empty((message.sudo().body or "").replace(EDITED_MARK, ""))
            if body or had_content:
                values["body"] = self._text_of_body(body) + Markup(EDITED_MARK)
            else:
                values["body"] = ""
        if attachment_ids:
            place = {"model": self._name, "res_id": self.id, "body": values.get("body")}
            values.update(self._process_attachments_for_post([], attachment_ids, place))
        elif attachment_ids is not None:
            self._delete_files(message)
        if partner_ids:
            values["partner_ids"] = [Command.set(list(partner_ids))]
        if values:
            message.write(values)
        if "scheduled_date" in kwargs:
            self._reschedule(message, kwargs["scheduled_date"])
        if body is not None:
            self.env["mail.message.translation"].sudo().search([("message_id", "in", message.ids)]).unlink()
        emptied = message._filter_empty()
        if emptied:
            emptied._cleanup_side_records()
            emptied.pinned_at = None
        self._tell_of_update(message, is_said_otherwise=body is not None)

    def _delete_files(self, message):
        """Delete the files of a message, and tell clients."""
        files = message.sudo().attachment_ids
        for file in files:
            self.env.user._bus_send("ir.attachment/delete", {"id": file.id, "message": {"id": message.id}})
        files.unlink()

    def _reschedule(self, message, when):
        """Have recipients of a message be told at another time, or now."""
        waiting = self.env["mail.message.schedule"].sudo()
        if when:
            waiting._update_message_scheduled_datetime(message, when)
        else:
            waiting._send_message_notifications(message)

    def _tell_of_update(self, message, is_said_otherwise):
        """Tell clients what a message says now.

        :param is_said_otherwise: translations of its text are wrong
        """
        known = message.sudo()
        outdated = {"translationValue": False} if is_said_otherwise else {}
        store = Store(
            message,
            {
                "attachment_ids": Store.many(known.attachment_ids.sorted("id")),
                "body": known.body,
                "pinned_at": known.pinned_at,
                "recipients": Store.many(known.partner_ids, fields=["name", "write_date"]),
                "write_date": known.write_date,
                **outdated,
            },
        )
        message._bus_send_store(store)

    def message_change_thread(self, new_thread, new_parent_message=False):
        """Move the messages of the document to another one.

        :param new_thread: the other document
        :param new_parent_message: message there, which they answer
        """
        self.ensure_one()
        comment = self.env["ir.model.data"]._xmlid_to_res_id("mail.mt_comment")
        messages = (
            self.env["mail.message"]
            .sudo()
            .search(
                [
                    ("model", "=", self._name),
                    ("res_id", "=", self.id),
                    ("message_type", "!=", "user_notification"),
                ]
            )
        )
        comments = messages.filtered(lambda message: message.subtype_id.id == comment)
        place = {"res_id": new_thread.id, "model": new_thread._name}
        if new_parent_message:
            place["parent_id"] = new_parent_message.id
        comments.write(place)
        (messages - comments).write({**place, "subtype_id": None})
        return True

    # e-mails that did not arrive

    def _message_receive_bounce(self, email, partner):
        """Called when an e-mail to an address did not arrive; extended by other modules."""

    def _message_reset_bounce(self, email):
        """Called when an e-mail came from an address, which works then; extended by other modules."""

    # for clients

    def _get_mail_thread_data_attachments(self):
        """Return the files of the document."""
        self.ensure_one()
        return self.env["ir.attachment"].search(
            [("res_id", "=", self.id), ("res_model", "=", self._name)], order="id desc"
        )

    def _thread_to_store(self, store: Store, /, *, fields=None, request_list=None):
        """Put documents into a store.

        :param fields: ``display_name`` and ``modelName``
        :param request_list: what else clients need: ``activities``, ``attachments``, ``followers``,
            ``scheduledMessages``, ``suggestedRecipients``
        """
        fields = fields or []
        for thread in self:
            values = {"id": thread.id, "model": thread._name}
            if "display_name" in fields:
                values["name"] = thread.display_name
            if "modelName" in fields:
                values["modelName"] = self.env["ir.model"]._get(thread._name).display_name
            if request_list:
                values.update(thread._requested_values(request_list))
            store.add("mail.thread", values)
            if request_list and "followers" in request_list:
                thread._message_followers_to_store(store, reset=True)
                thread._message_followers_to_store(store, filter_recipients=True, reset=True)

    def _requested_values(self, request_list):
        """Return what clients ask for about the document."""
        values = {
            "hasReadAccess": True,
            "hasWriteAccess": self.has_access("write"),
            "canPostOnReadonly": self._mail_post_access == "read",
        }
        if "activities" in request_list and "activity_ids" in self._fields:
            values["activities"] = Store.many(self.with_context(active_test=True).activity_ids)
        if "attachments" in request_list:
            values["attachments"] = Store.many(self._get_mail_thread_data_attachments())
            values.update(areAttachmentsLoaded=True, isLoadingAttachments=False)
        if "followers" in request_list:
            followers = self.env["mail.followers"].sudo()
            own = [
                ("res_model", "=", self._name),
                ("res_id", "=", self.id),
                ("partner_id", "=", self.env.user.partner_id.id),
            ]
            values["followersCount"] = followers.search_count(own[:2])
            values["selfFollower"] = Store.one(followers.search(own, limit=1))
            values["recipientsCount"] = followers.search_count(self._followers_domain(True))
        if "scheduledMessages" in request_list:
            waiting = self.env["mail.scheduled.message"].search([("model", "=", self._name), ("res_id", "=", self.id)])
            values["scheduledMessages"] = Store.many(waiting)
        if "suggestedRecipients" in request_list:
            values["suggestedRecipients"] = self._message_get_suggested_recipients()
        return values
