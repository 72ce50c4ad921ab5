"""Files of messages."""

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.addons.web.controllers.utils import whole_number
from odoo.exceptions import AccessError
from odoo.http import request

from ..tools.discuss import Store
from .thread import thread_of


class AttachmentController(http.Controller):
    """Routes of files."""

    @http.route("/mail/attachment/upload", methods=["POST"], type="http", auth="public")
    def mail_attachment_upload(self, ufile, thread_id, thread_model, is_pending=False, **kwargs):
        """Add a file to a document, or to a message that is being written.

        :param is_pending: it belongs to no document before the message is posted
        """
        thread = thread_of(thread_model, thread_id, mode="post", **kwargs)
        if not thread:
            raise NotFound
        pending = is_pending and is_pending != "false"
        values = {
            "name": ufile.filename,
            "raw": ufile.read(),
            "res_id": 0 if pending else thread.id,
            "res_model": "mail.compose.message" if pending else thread._name,
        }
        inside = request.env.user._is_internal()
        files = request.env["ir.attachment"]
        try:
            # people from outside write messages, though they may create no files otherwise
            file = (files if inside else files.sudo()).create(values)
            file._post_add_create(**kwargs)
        except AccessError:
            return request.make_json_response({"error": request.env._("You are not allowed to upload this file here.")})
        extra = [] if inside else ["access_token"]
        if extra:
            file.generate_access_token()
        return request.make_json_response({"data": Store(file.sudo(), extra_fields=extra).get_result()})

    @http.route("/mail/attachment/delete", methods=["POST"], type="json", auth="public")
    def mail_attachment_delete(self, attachment_id, access_token=None, **kwargs):
        """Delete a file: by right, as the author of its message, or by the token of one that is not posted yet."""
        file_id = whole_number(attachment_id, "attachment_id")
        file = request.env["ir.attachment"].browse(file_id).exists()
        if not file:
            request.env.user._bus_send("ir.attachment/delete", {"id": file_id})
            return
        message = request.env["mail.message"].sudo().search([("attachment_ids", "in", file.ids)], limit=1)
        if not request.env.user._is_internal():
            pending = file.sudo().res_model == "mail.compose.message" and file.sudo().res_id == 0
            by_token = pending and access_token and file.sudo().access_token == access_token
            if not (by_token or (message and message.is_current_user_or_guest_author)):
                raise NotFound
            file = file.sudo()
        file._delete_and_notify(message)
