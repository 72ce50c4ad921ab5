"""Cards below links."""

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.addons.web.controllers.utils import whole_number, whole_numbers
from odoo.http import request

from ...models.discuss.mail_guest import add_guest_to_context


class LinkPreviewController(http.Controller):
    """Routes of previews."""

    @http.route("/mail/link_preview", methods=["POST"], type="json", auth="public")
    @add_guest_to_context
    def mail_link_preview(self, message_id):
        """Have the links of a message of the caller be looked at; the page is told when that is done."""
        previews = request.env["mail.link.preview"].sudo()
        readable = request.env["mail.message"].search([("id", "=", whole_number(message_id, "message_id"))])
        if not (previews._is_link_preview_enabled() and self._may_decide(readable.sudo())):
            return
        # pages of others answer when they like: nobody waits for them here
        later = previews.enqueue(unique_key=f"mail.link.preview:{readable.id}")
        later._create_from_message_and_notify(readable.sudo(), request.httprequest.url_root)

    @http.route("/mail/link_preview/hide", methods=["POST"], type="json", auth="public")
    @add_guest_to_context
    def mail_link_preview_hide(self, link_preview_ids):
        """Show previews no more: those of messages of the caller."""
        ids = whole_numbers(link_preview_ids, "link_preview_ids")
        previews = request.env["mail.link.preview"].sudo().search([("id", "in", ids)])
        if not previews:
            return
        if not self._may_decide(previews.message_id.with_env(request.env).sudo()):
            raise NotFound
        previews._hide_and_notify()

    @staticmethod
    def _may_decide(messages):
        """Tell whether the caller says what is shown below messages: their author, and administrators."""
        own = all(message.is_current_user_or_guest_author for message in messages)
        return bool(messages) and (own or request.env.user._is_admin())
