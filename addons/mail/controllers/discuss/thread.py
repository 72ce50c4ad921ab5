"""Messages of guests."""

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.addons.web.controllers.utils import whole_number, whole_numbers
from odoo.http import request

from ...models.discuss.mail_guest import add_guest_to_context
from ..attachment import AttachmentController
from ..thread import ThreadController


class DiscussThreadController(ThreadController):
    """The routes of messages, for visitors who are known as guests, too."""

    @http.route()
    @add_guest_to_context
    def mail_thread_data(self, thread_model, thread_id, request_list, **kwargs):
        """Return what clients show of a document."""
        return super().mail_thread_data(thread_model, thread_id, request_list, **kwargs)

    @http.route()
    @add_guest_to_context
    def mail_message_post(self, thread_model, thread_id, post_data, context=None, **kwargs):
        """Post on a document; in channels with the number that the page shows the message under."""
        number = (context or {}).get("temporary_id")
        if isinstance(number, (int, float)):
            request.update_context(temporary_id=number)
        responses = whole_numbers(kwargs.pop("canned_response_ids", None) or (), "canned_response_ids")
        result = super().mail_message_post(thread_model, thread_id, post_data, context=context, **kwargs)
        if responses and request.env.user._is_internal():
            request.env["mail.canned.response"].search([("id", "in", responses)])._note_use()
        return result

    @http.route()
    @add_guest_to_context
    def mail_message_update_content(
        self, message_id, body, attachment_ids, attachment_tokens=None, partner_ids=None, **kwargs
    ):
        """Change a message of the caller."""
        return super().mail_message_update_content(
            message_id, body, attachment_ids, attachment_tokens=attachment_tokens, partner_ids=partner_ids, **kwargs
        )

    @http.route()
    @add_guest_to_context
    def mail_message_reaction(self, message_id, content, action, **kwargs):
        """Add a reaction to a message, or remove it."""
        guest = request.env["mail.guest"]._get_guest_from_context()
        if not guest or not request.env.user._is_public():
            return super().mail_message_reaction(message_id, content, action, **kwargs)
        number = whole_number(message_id, "message_id")
        message = request.env["mail.message"]._get_with_access(number, "create", **kwargs)
        if not message:
            raise NotFound
        return message._react_as_guest(content, action, guest)


class DiscussAttachmentController(AttachmentController):
    """The routes of files, for visitors who are known as guests, too."""

    @http.route()
    @add_guest_to_context
    def mail_attachment_upload(self, ufile, thread_id, thread_model, is_pending=False, **kwargs):
        """Add a file; to a channel, people from outside only where they may."""
        if thread_model == "discuss.channel" and not request.env.user._is_internal():
            channel = request.env["discuss.channel"]._visible(thread_id)
            if not channel.sudo().allow_public_upload:
                return request.make_response(request.env._("Files cannot be sent here."), status=403)
        return super().mail_attachment_upload(ufile, thread_id, thread_model, is_pending=is_pending, **kwargs)

    @http.route()
    @add_guest_to_context
    def mail_attachment_delete(self, attachment_id, access_token=None, **kwargs):
        """Delete a file."""
        return super().mail_attachment_delete(attachment_id, access_token=access_token, **kwargs)
