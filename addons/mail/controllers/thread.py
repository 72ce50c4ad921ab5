"""The messages of a document: reading, posting, changing."""

from markupsafe import Markup
from werkzeug.exceptions import NotFound

from odoo import http
from odoo.addons.web.controllers.utils import whole_number, whole_numbers
from odoo.exceptions import UserError
from odoo.http import request
from odoo.tools import email_normalize
from odoo.tools.text import natural_number

from ..tools.discuss import Store

#: how many messages, addresses or files one call is about
MAX_ITEMS = 500
#: characters of a message of people from outside, which all who talk there are sent
MAX_BODY = 100_000


def page_size(limit):
    """Return how many things of a list a call gets.

    :param limit: what it asks for
    :raise BadRequest: for what is no number
    """
    return max(1, min(whole_number(limit, "limit"), MAX_ITEMS))


def page_limits(limit, **ids):
    """Return which messages a call gets, as parameters of ``_message_fetch``.

    :param limit: how many it asks for
    :param ids: ``before``, ``after`` and ``around``: ids of messages, or nothing
    :raise BadRequest: for what is no number
    """
    return {"limit": page_size(limit), **{name: id_ and whole_number(id_, name) for name, id_ in ids.items()}}


def thread_of(model_name, thread_id, mode="read", **kwargs):
    """Return a document that the caller may use so, with messages; nothing otherwise.

    :param mode: right on it; ``post`` for that which posting takes
    :param kwargs: what may give access beside the rights of the user
    :raise NotFound: for what names no document
    """
    model = request.env.get(model_name) if isinstance(model_name, str) else None
    number = natural_number(str(thread_id))
    if model is None or number is None or not hasattr(model, "_get_thread_with_access"):
        raise NotFound
    if mode == "post":
        mode = model._mail_post_access
    return model._get_thread_with_access(number, mode=mode, **kwargs)


class ThreadController(http.Controller):
    """Routes of the chatter."""

    @http.route("/mail/thread/data", methods=["POST"], type="json", auth="public", readonly=True)
    def mail_thread_data(self, thread_model, thread_id, request_list, **kwargs):
        """Return what clients show of a document.

        :param request_list: see ``mail.thread._thread_to_store``
        """
        thread = thread_of(thread_model, thread_id, **kwargs)
        if thread:
            return Store(thread, as_thread=True, request_list=request_list).get_result()
        closed = {"hasReadAccess": False, "hasWriteAccess": False, "id": int(thread_id), "model": thread_model}
        return Store("mail.thread", closed).get_result()

    @http.route("/mail/thread/messages", methods=["POST"], type="json", auth="user")
    def mail_thread_messages(
        self, thread_model, thread_id, search_term=None, before=None, after=None, around=None, limit=30
    ):
        """Return a page of the messages of a document, which are read then."""
        place = [("model", "=", thread_model), ("res_id", "=", int(thread_id))]
        domain = [*place, ("message_type", "!=", "user_notification")]
        found = request.env["mail.message"]._message_fetch(
            domain, search_term, **page_limits(limit, before=before, after=after, around=around)
        )
        found["messages"].set_message_done()
        return as_page(found, for_current_user=True)

    @http.route("/mail/partner/from_email", methods=["POST"], type="json", auth="user")
    def mail_thread_partner_from_email(self, emails, additional_values=None):
        """Return the partners with addresses, created when there are none.

        :param additional_values: ``{address: values of a new partner}``
        """
        extra = {email_normalize(email) or False: values for email, values in (additional_values or {}).items()}
        partners = request.env["res.partner"]._find_or_create_from_emails(emails[:MAX_ITEMS], additional_values=extra)
        return [{"id": one.id, "name": one.name, "email": one.email} for one in partners]

    @http.route("/mail/read_subscription_data", methods=["POST"], type="json", auth="user")
    def read_subscription_data(self, follower_id):
        """Return the kinds of messages that a follower may choose, and has chosen."""
        follower = request.env["mail.followers"].sudo().browse(whole_number(follower_id, "follower_id")).exists()
        if not follower or follower.res_model not in request.env:
            raise NotFound
        document = request.env[follower.res_model].browse(follower.res_id)
        document.check_access("read")
        chosen = follower.subtype_ids
        rows = [
            {
                **{name: subtype[name] for name in ("default", "id", "internal", "name", "sequence")},
                "followed": subtype in chosen,
                "parent_model": subtype.parent_id.res_model,
                "res_model": subtype.res_model,
            }
            for subtype in document._mail_get_message_subtypes()
        ]
        keys = ("parent_model", "res_model", "internal", "sequence")
        return sorted(
            rows, key=lambda row: tuple(row[key] or "" if key.endswith("model") else row[key] for key in keys)
        )

    # writing

    @http.route("/mail/message/post", methods=["POST"], type="json", auth="public")
    def mail_message_post(self, thread_model, thread_id, post_data, context=None, **kwargs):
        """Post on a document.

        :param post_data: parameters of ``message_post``, as far as browsers may give them
        :param context: languages and the like
        :param kwargs: ``attachment_tokens``, ``partner_emails``, ``partner_additional_values``, and what gives access
        """
        safe = {key: value for key, value in (context or {}).items() if key in ("lang", "tz", "mail_post_autofollow")}
        request.update_context(**safe)
        thread = thread_of(thread_model, thread_id, mode="post", **kwargs)
        if not thread:
            raise NotFound
        tokens = kwargs.get("attachment_tokens") or []
        files = request.env["ir.attachment"].browse(post_data.get("attachment_ids") or [])
        files._check_attachments_access(tokens)
        values = self._prepare_post_data(post_data, thread, **kwargs)
        own = thread.with_env(request.env)
        if not own.has_access("write"):
            own = own.with_context(mail_create_nosubscribe=True, mail_post_autofollow=False)
        # what gave access beside the rights of the user does not hold below
        message = (own if own.has_access(own._mail_post_access) else own.sudo()).message_post(**values)
        return Store(message.with_env(request.env).sudo(), for_current_user=True).get_result()

    def _prepare_post_data(self, post_data, thread, partner_emails=None, partner_additional_values=None, **kwargs):
        """Return the parameters of a post: those that are allowed, with the partners of addresses."""
        allowed = thread._get_allowed_message_post_params()
        values = {key: value for key, value in post_data.items() if key in allowed}
        values["body"] = self._checked_body(values.get("body"))
        partner_ids = whole_numbers(values.get("partner_ids") or (), "partner_ids")
        if partner_emails and request.env.user.has_group("base.group_partner_manager"):
            found = self.mail_thread_partner_from_email(partner_emails, partner_additional_values)
            partner_ids += [one["id"] for one in found if one["id"]]
        return {**values, "partner_ids": self._allowed_recipients(partner_ids, thread.sudo().message_partner_ids)}

    @staticmethod
    def _checked_body(body):
        """Return the text of a message, which is cleaned when it is stored.

        :raise UserError: it is longer than people from outside may write
        """
        if not request.env.user._is_internal() and len(body or "") > MAX_BODY:
            raise UserError(request.env._("A message has at most %s characters: send a file instead.", MAX_BODY))
        return Markup(body or "")

    @staticmethod
    def _allowed_recipients(partner_ids, known):
        """Return the ids of those partners whom the caller may name: people from outside name only known ones."""
        inside = request.env.user._is_internal()
        return [id_ for id_ in dict.fromkeys(partner_ids) if inside or id_ in known._ids]

    @http.route("/mail/message/update_content", methods=["POST"], type="json", auth="public")
    def mail_message_update_content(
        self, message_id, body, attachment_ids, attachment_tokens=None, partner_ids=None, **kwargs
    ):
        """Change a message of the caller."""
        number = whole_number(message_id, "message_id")
        message = request.env["mail.message"]._get_with_access(number, "create", **kwargs)
        if not message or not self._is_message_editable(message, **kwargs):
            raise NotFound
        request.env["ir.attachment"].browse(attachment_ids or [])._check_attachments_access(attachment_tokens or [])
        document = request.env[message.sudo().model].browse(message.sudo().res_id)
        if partner_ids:
            known = message.sudo().partner_ids | document.sudo().message_partner_ids
            partner_ids = self._allowed_recipients(whole_numbers(partner_ids, "partner_ids"), known)
        document.sudo()._message_update_content(
            message.sudo(),
            None if body is None else self._checked_body(body),
            attachment_ids=attachment_ids,
            partner_ids=partner_ids,
            **{key: value for key, value in kwargs.items() if key == "scheduled_date"},
        )
        return Store(message.sudo(), for_current_user=True).get_result()

    @staticmethod
    def _is_message_editable(message, **kwargs):
        """Tell whether the caller may change a message: its author, and administrators."""
        return message.sudo().is_current_user_or_guest_author or request.env.user._is_admin()

    @http.route("/mail/message/reaction", methods=["POST"], type="json", auth="public")
    def mail_message_reaction(self, message_id, content, action, **kwargs):
        """Add a reaction to a message, or remove it."""
        number = whole_number(message_id, "message_id")
        message = request.env["mail.message"]._get_with_access(number, "create", **kwargs)
        if not message or request.env.user._is_public():
            raise NotFound
        store = Store()
        message.sudo()._message_reaction(content, action, request.env.user.partner_id, None, store)
        return store.get_result()


def as_page(found, **kwargs):
    """Return messages, as ``_message_fetch`` gives them, for clients.

    :param kwargs: for the store
    """
    messages = found["messages"]
    return {**found, "data": Store(messages, **kwargs).get_result(), "messages": Store.many(messages).value(None)}
