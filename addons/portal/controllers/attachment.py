"""Files of people who came by a link."""

from odoo import http
from odoo.addons.mail.controllers.attachment import AttachmentController
from odoo.addons.web.controllers.utils import whole_number
from odoo.http import request

from .thread import link_of


class PortalAttachmentController(AttachmentController):
    """Files that the bearers of links add and take away."""

    @http.route()
    def mail_attachment_delete(self, attachment_id, access_token=None, **kwargs):
        """Let who came by a link delete a file of a message they wrote."""
        file = request.env["ir.attachment"].browse(whole_number(attachment_id, "attachment_id")).exists()
        messages = request.env["mail.message"].sudo()
        message = messages.search([("attachment_ids", "in", file.ids)], limit=1) if file else messages
        if message and message.with_env(request.env)._is_editable_in_portal(**link_of(kwargs)):
            return file.sudo()._delete_and_notify(message)
        return super().mail_attachment_delete(attachment_id, access_token=access_token, **kwargs)
