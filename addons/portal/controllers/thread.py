"""Messages of people who came by a link."""

from odoo import http
from odoo.addons.mail.controllers.thread import ThreadController, thread_of
from odoo.addons.mail.tools.discuss import Store
from odoo.addons.portal.utils import get_portal_partner
from odoo.addons.web.controllers.utils import whole_number
from odoo.http import request


def link_of(kwargs) -> dict:
    """Return what gives access of the arguments of a request: ``token``, ``hash`` and ``pid``."""
    return {name: kwargs.get(name) for name in ("token", "hash", "pid")}


class PortalThreadController(ThreadController):
    """Threads that the bearers of links read and write."""

    @http.route()
    def mail_thread_data(self, thread_model, thread_id, request_list, **kwargs):
        """Tell who came by a link nothing of a document but that there is one."""
        own = thread_of(thread_model, thread_id)
        return super().mail_thread_data(thread_model, thread_id, request_list if own else [], **kwargs)

    def _prepare_post_data(self, post_data, thread, **kwargs):
        """Post in the name of the partner whom the link was sent to, for everybody to read."""
        values = super()._prepare_post_data(post_data, thread, **kwargs)
        user = request.env.user
        if user._is_internal():
            return values
        # notes are for the house
        values.update(subtype_xmlid="mail.mt_comment", message_type="comment")
        if user._is_public() and (partner := self._partner_of_link(thread, kwargs)):
            values["author_id"] = partner.id
        return values

    @staticmethod
    def _partner_of_link(thread, kwargs):
        """Return for whom a visitor speaks on a document."""
        link = link_of(kwargs)
        return get_portal_partner(thread.with_env(request.env), link["hash"], link["pid"], link["token"])

    @staticmethod
    def _is_message_editable(message, **kwargs):
        """Let who came by a link change what they wrote."""
        link = link_of(kwargs)
        return ThreadController._is_message_editable(message, **kwargs) or message._is_editable_in_portal(**link)

    @http.route()
    def mail_message_reaction(self, message_id, content, action, **kwargs):
        """Let who came by a link react."""
        if not request.env.user._is_public():
            return super().mail_message_reaction(message_id, content, action, **kwargs)
        message = request.env["mail.message"]._get_with_access(
            whole_number(message_id, "message_id"), "create", **link_of(kwargs)
        )
        thread = request.env[message.sudo().model].browse(message.sudo().res_id) if message else None
        partner = thread is not None and self._partner_of_link(thread, kwargs)
        if not partner:
            return super().mail_message_reaction(message_id, content, action, **kwargs)
        store = Store()
        message.sudo()._message_reaction(content, action, partner, None, store)
        return store.get_result()
