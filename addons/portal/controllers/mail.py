"""The talk on the pages of documents, and links of e-mails that lead to them."""

from urllib.parse import urlencode

from werkzeug.exceptions import Forbidden, NotFound

from odoo import http
from odoo.addons.mail.controllers.mail import MailController as BaseMailController
from odoo.addons.mail.tools.discuss import Store
from odoo.addons.portal.models.mail_thread import WEBSITE_TYPES
from odoo.addons.portal.utils import get_portal_partner, validate_thread_with_hash_pid, validate_thread_with_token
from odoo.addons.web.controllers.utils import whole_number
from odoo.exceptions import AccessError
from odoo.http import request
from odoo.osv import expression

from .thread import link_of

#: messages of one page
MOST_MESSAGES = 100
#: longest side of an author's picture
LARGEST_PICTURE = 512


class MailController(BaseMailController):
    """Links of e-mails."""

    @http.route()
    def mail_action_view(self, model=None, res_id=None, access_token=None, **kwargs):
        """Lead people from outside to the page of a document, be it by its token."""
        page = self._page_of_document(model, res_id, access_token, kwargs)
        return request.redirect(page) if page else super().mail_action_view(model, res_id, access_token, **kwargs)

    @staticmethod
    def _page_of_document(model, res_id, access_token, kwargs):
        """Return the address of the page that a visitor is led to, ``None`` for none."""
        mixin = request.env.registry["portal.mixin"]
        if model not in request.env or not isinstance(request.env[model], mixin) or not str(res_id or "").isdigit():
            return None
        document = request.env[model].browse(int(res_id)).exists()
        user = request.env.user
        companies = {} if user._is_public() else {"allowed_company_ids": user._get_company_ids()}
        may_read = bool(document) and document.with_context(**companies).has_access("read")
        if may_read and user._is_internal():
            return None
        if may_read and not user._is_public():
            action = document._get_access_action(access_uid=user.id)
            return action["url"] if action["type"] == "ir.actions.act_url" else None
        page = document.sudo().access_url if document else None
        if not page or page == "#" or not validate_thread_with_token(document, access_token):
            return None
        link = {name: kwargs[name] for name in ("pid", "hash") if kwargs.get(name)}
        return document.sudo().get_portal_url(query_string=f"&{urlencode(link)}" if link else None)

    @http.route(website=True)
    def mail_action_unfollow(self, model, res_id, pid, token, **kwargs):
        """Have a partner follow a document no longer, by the link of an e-mail, on a page with the usual layout."""
        return super().mail_action_unfollow(model, res_id, pid, token, **kwargs)


class PortalChatter(http.Controller):
    """What the talk on a page asks for."""

    @http.route(
        "/mail/avatar/mail.message/<int:res_id>/author_avatar/<int:width>x<int:height>", type="http", auth="public"
    )
    def portal_avatar(self, res_id=None, height=50, width=50, access_token=None, _hash=None, pid=None):
        """Return the picture of who wrote a message, the placeholder to those whom no link lets see it."""
        size = {"width": min(width, LARGEST_PICTURE), "height": min(height, LARGEST_PICTURE)}
        binary = request.env["ir.binary"]
        message = request.env["mail.message"].sudo().browse(int(res_id)).exists()
        if message and self._opens(message, access_token, _hash, pid):
            stream = binary.sudo()._get_image_stream_from(message, "author_avatar", **size)
        else:
            stream = binary._get_placeholder_stream()
        return stream.get_response()

    @staticmethod
    def _opens(message, token, _hash, pid):
        """Return whether a link is one of the document of a message."""
        if message.model not in request.env or not message.res_id:
            return False
        thread = request.env[message.model].browse(message.res_id)
        if not hasattr(thread, "_mail_post_token_field"):
            return False
        return validate_thread_with_hash_pid(thread, _hash, pid) or validate_thread_with_token(thread, token)

    @staticmethod
    def _model(name):
        """Return the model of documents that people talk about.

        :raise NotFound: it is none
        """
        model = request.env.get(name) if isinstance(name, str) else None
        if model is None or not hasattr(model, "_get_thread_with_access"):
            raise NotFound
        return model

    @http.route("/portal/chatter_init", type="json", auth="public", website=True)
    def portal_chatter_init(self, thread_model, thread_id, **kwargs):
        """Return what the talk begins with: who the visitor is, and what they may do."""
        link = link_of(kwargs)
        model = self._model(thread_model)
        thread = model._get_thread_with_access(thread_id, **link)
        if not thread:
            raise NotFound
        may_post = bool(model._get_thread_with_access(thread_id, mode=model._mail_post_access, **link))
        user = request.env.user
        partner = user.partner_id
        if user._is_public():
            speaker = get_portal_partner(model.browse(thread.id), link["hash"], link["pid"], link["token"])
            partner = speaker or partner
            may_post = may_post and bool(speaker)
        shown = {"can_react": may_post, "hasReadAccess": True, "hasWriteAccess": may_post}
        store = Store()
        store.add("mail.thread", {"id": thread.id, "model": thread_model, **shown})
        store.add({"self": Store.one(partner.sudo(), fields=["active", "name", "write_date"])})
        return store.get_result()

    @http.route("/mail/chatter_fetch", type="json", auth="public", website=True)
    def portal_message_fetch(self, thread_model, thread_id, limit=10, after=None, before=None, **kw):
        """Return a page of the messages that people from outside may see.

        :return: ``data`` with the messages, ``messages`` with their ids
        :raise Forbidden: the link is wrong
        """
        model = self._model(thread_model)
        link = link_of(kw)
        messages = request.env["mail.message"]
        thread = model.browse(whole_number(thread_id, "thread_id")).exists()
        own = self._domain(thread._name, thread.id)
        domain = expression.AND([own, self._setup_portal_message_fetch_extra_domain(kw)])
        if link["token"] or link["hash"]:
            hashed = validate_thread_with_hash_pid(thread, link["hash"], link["pid"])
            if not (hashed or validate_thread_with_token(thread, link["token"])):
                raise Forbidden
            # the link gives access to what everybody may see, users of the house see the rest by their own right
            if not (request.env.user._is_internal() and thread.has_access("read")):
                domain = expression.AND([domain, messages._get_search_domain_share()])
            messages = messages.sudo()
        elif not thread or not thread.has_access("read"):
            raise Forbidden
        most = max(1, min(whole_number(limit, "limit"), MOST_MESSAGES))
        limits = {"after": after and whole_number(after, "after"), "before": before and whole_number(before, "before")}
        found = messages._message_fetch(domain, limit=most, **limits)
        known = found["messages"]
        if not request.env.user._is_public():
            known.with_env(request.env).sudo().set_message_done()
        shown = known.portal_message_format({**kw, **link})
        return {**found, "data": {"mail.message": shown}, "messages": known.ids}

    def _setup_portal_message_fetch_extra_domain(self, data):
        """Return the domain of messages for the arguments of a request; modules extend this.

        :param data: dict
        """
        return []

    @staticmethod
    def _domain(model_name, res_id):
        """Return the domain of the messages of a page."""
        comment = request.env["ir.model.data"]._xmlid_to_res_id("mail.mt_comment")
        written = [("body", "not in", [False, "", "<p></p>"])]
        return [
            ("model", "=", model_name),
            ("res_id", "=", res_id),
            ("message_type", "in", WEBSITE_TYPES),
            ("subtype_id", "=", comment),
            *expression.OR([written, [("attachment_ids", "!=", False)]]),
        ]

    @http.route("/mail/update_is_internal", type="json", auth="user", website=True)
    def portal_message_update_is_internal(self, message_id, is_internal):
        """Hide a message from people from outside, or show it.

        :return: whether it is hidden
        """
        if not request.env.user._is_internal():
            raise AccessError(request.env._("Only users of the house hide messages."))
        message = request.env["mail.message"].browse(whole_number(message_id, "message_id"))
        message.write({"is_internal": bool(is_internal)})
        return message.is_internal
