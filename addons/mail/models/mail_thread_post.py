"""Posting on a document, notifying people, and logging."""

import logging
from email.message import EmailMessage

import lxml.html
from markupsafe import Markup, escape

from odoo import Command, api, models, tools
from odoo.exceptions import UserError
from odoo.tools import clean_context
from odoo.tools.mail import is_html_empty

from ..tools.incoming import bytes_of
from ..tools.inline_images import inner_html

_logger = logging.getLogger(__name__)

#: names that callers may not choose
_FIXED_FOR_POST = frozenset(("model", "res_id", "subtype"))
_FIXED_FOR_NOTIFY = frozenset(("message_id", "message_type", "parent_id"))
_OF_NOTIFICATIONS = {"is_internal": True, "message_type": "user_notification"}
#: what messages are created with
_CREATED_WITH = (
    *("model", "res_id", "record_name", "record_company_id", "record_alias_domain_id"),
    *("author_id", "email_from", "reply_to", "reply_to_force_new", "mail_server_id", "message_id", "parent_id"),
    *("body", "subject", "attachment_ids", "partner_ids", "tracking_value_ids", "mail_activity_type_id"),
    *("message_type", "subtype_id", "is_internal", "email_layout_xmlid", "email_add_signature", "create_date", "date"),
)
#: owners of files of messages that are still being written
_COMPOSERS = ("mail.compose.message", "mail.scheduled.message")


def _check_ids(value, name):
    """Check that a parameter is a list of ids.

    :raise ValueError: otherwise
    """
    if value and (not isinstance(value, (list, tuple)) or not all(isinstance(id_, int) for id_ in value)):
        raise ValueError(f"{name} is a list of ids, not {value!r}")


def _check_attachments(value):
    """Check that a parameter has a name and a content for each file, maybe with more about it.

    :raise ValueError: otherwise
    """
    if value and (
        not isinstance(value, (list, tuple))
        or any(not isinstance(item, (list, tuple)) or len(item) not in (2, 3) for item in value)
    ):
        raise ValueError(f"attachments is a list of pairs of a name and a content, not {value!r}")


class MailThreadPost(models.AbstractModel):
    """The messages that documents get."""

    _inherit = "mail.thread"

    # names of values

    def _get_allowed_message_post_params(self):
        """Return the parameters of :meth:`message_post` that browsers may give."""
        return {"attachment_ids", "body", "message_type", "partner_ids", "subtype_xmlid"}

    def _get_message_create_valid_field_names(self):
        """Return the names of fields that messages are created with."""
        return set(_CREATED_WITH)

    def _get_message_create_ignore_field_names(self):
        """Return the names of values that are for methods that modules extend, not for the message."""
        return set()

    def _get_notify_valid_parameters(self):
        """Return the names of what callers may say about the notifications of a message."""
        return {
            "force_email_company",
            "force_email_lang",
            "force_send",
            "mail_auto_delete",
            "model_description",
            "notify_author",
            "resend_existing",
            "scheduled_date",
            "send_after_commit",
            "skip_existing",
            "subtitles",
        }

    def _split_values(self, kwargs):
        """Return those of ``kwargs`` that are values of the message, and those about its notifications."""
        known = self.env["mail.message"]._fields.keys() | self._get_message_create_ignore_field_names()
        values = {name: value for name, value in kwargs.items() if name in known}
        return values, {name: value for name, value in kwargs.items() if name not in known}

    # authors and parents

    def _message_compute_author(self, author_id=None, email_from=None, raise_on_email=True):
        """Return the author of a message and the address it comes from.

        :param author_id: id of a partner, ``None`` to find one
        :param email_from: address, ``None`` for that of the author
        :param raise_on_email: refuse when there is no address
        :return: id of the partner or ``False``, address
        :raise UserError: without an address
        """
        if author_id is None:
            if email_from:
                author_id = self._mail_find_partner_from_emails([email_from])[0].id
            else:
                author = self.env.user.sudo().partner_id
                author_id, email_from = author.id, author.email_formatted
        if author_id and email_from is None:
            author = self.env["res.partner"].browse(author_id)
            # the address of somebody whom the user may not read stays hidden
            known = author if author.has_access("read") else self.env.user.partner_id
            email_from = known.sudo().email_formatted
        if not email_from and raise_on_email and not self.env.su:
            raise UserError(self.env._("Messages need a sender: please enter an e-mail address for yourself."))
        return author_id, email_from

    def _message_compute_parent_id(self, parent_id):
        """Return below which message of the document an answer stands."""
        messages = self.env["mail.message"].sudo()
        parent_id = int(parent_id or 0)
        if not self._mail_flat_thread:
            parent = messages.browse(parent_id or ())
            return (parent.parent_id or parent).id
        if not parent_id:
            domain = [
                ("model", "=", self._name),
                ("res_id", "=", self.id),
                ("message_type", "!=", "user_notification"),
            ]
            return messages.search(domain, order="id ASC", limit=1).id
        top, seen = messages.browse(parent_id), set()
        while top.parent_id and top.id not in seen:
            seen.add(top.id)
            top = top.parent_id
        return top.id

    def _message_compute_subject(self):
        """Return the subject of messages about the document that have none."""
        self.ensure_one()
        return self.display_name

    def _subtype_of(self, subtype_xmlid, subtype_id):
        """Return the id of a kind of message; that of notes by default."""
        if subtype_xmlid:
            return self.env["ir.model.data"]._xmlid_to_res_id(subtype_xmlid)
        return subtype_id or self.env["ir.model.data"]._xmlid_to_res_id("mail.mt_note")

    def _text_of_body(self, body, is_html=False):
        """Return a body as HTML: text is escaped, ``Markup`` stays.

        :param is_html: believe users of the house that their text is HTML
        """
        if is_html and isinstance(body, str) and not isinstance(body, Markup) and self.env.user._is_internal():
            _logger.warning("a body is taken for HTML because its sender says so: %s should send Markup", self._name)
            return Markup(body)
        return escape(body or "")

    # posting

    @api.returns("mail.message", lambda value: value.id)
    def message_post(
        self,
        *,
        body="",
        subject=None,
        message_type="notification",
        email_from=None,
        author_id=None,
        parent_id=False,
        subtype_xmlid=None,
        subtype_id=False,
        partner_ids=None,
        attachments=None,
        attachment_ids=None,
        body_is_html=False,
        **kwargs,
    ):
        """Post a message on the document; its followers are told, and those named.

        :param body: text, or HTML as ``Markup``
        :param author_id: id of the partner; the user's by default
        :param subtype_xmlid: kind of the message, otherwise ``subtype_id``, otherwise a note
        :param partner_ids: list of ids of partners to be told too
        :param attachments: list of ``(name, content)`` or ``(name, content, info)``
        :param attachment_ids: list of ids of attachments, those of the composer become the document's
        :param body_is_html: a plain ``body`` is HTML, which users of the house may send
        :param kwargs: more values of the message, or of :meth:`_notify_thread`
        :return: the message
        :raise ValueError: for parameters that make no sense
        """
        self.ensure_one()
        self._check_post(message_type, partner_ids, attachments, attachment_ids, kwargs)
        self = self._fallback_lang()
        given, notify_kwargs = self._split_values(kwargs)
        author_id, email_from = self._message_compute_author(author_id, email_from, raise_on_email=True)
        partner_ids = list(partner_ids or ())
        if partner_ids and self.env.context.get("mail_post_autofollow"):
            self.message_subscribe(partner_ids)
        values = {
            **self._common_values(given, author_id, email_from, body, body_is_html),
            "message_type": message_type,
            "model": self._name,
            "parent_id": self._message_compute_parent_id(parent_id),
            "partner_ids": partner_ids,
            "res_id": self.id,
            "subject": subject or False,
            "subtype_id": self._subtype_of(subtype_xmlid, subtype_id),
        }
        self._add_record_values(values, given)
        values.update(self._process_attachments_for_post(attachments, attachment_ids, values))
        message = self._message_create([values])
        if not self.env.context.get("mail_create_nosubscribe") and message_type != "notification":
            self._subscribe_author(author_id)
        self._message_post_after_hook(message, values)
        self._notify_thread(message, values, **notify_kwargs)
        return message

    def _common_values(self, given, author_id, email_from, body, body_is_html=False):
        """Return the values that posts and notifications share.

        :param given: what the caller says
        """
        defaults = {"email_add_signature": True, "record_name": False}
        text = self._text_of_body(body, body_is_html)
        return {**defaults, **given, "author_id": author_id, "email_from": email_from, "body": text}

    def _check_post(self, message_type, partner_ids, attachments, attachment_ids, kwargs):
        """Check the parameters of a post.

        :raise ValueError: otherwise
        """
        if fixed := _FIXED_FOR_POST & kwargs.keys():
            raise ValueError(f"these follow from the document and are not chosen: {', '.join(sorted(fixed))}")
        if self._name == "mail.thread" or not self.id:
            raise ValueError("messages are posted on documents: notify people of what belongs to none")
        if message_type == "user_notification":
            raise ValueError("people are notified by message_notify")
        _check_attachments(attachments)
        _check_ids(attachment_ids, "attachment_ids")
        _check_ids(partner_ids, "partner_ids")

    def _add_record_values(self, values, given):
        """Complete the values of a message by those of its document."""
        record = self.sudo()
        if not given.get("record_name"):
            values["record_name"] = record.display_name
        if "record_alias_domain_id" not in given:
            values["record_alias_domain_id"] = record._mail_get_alias_domains(default_company=self.env.company)[
                self.id
            ].id
        if "record_company_id" not in given:
            values["record_company_id"] = record._mail_get_companies(default=self.env.company)[self.id].id
        if "reply_to" not in given:
            values["reply_to"] = record._notify_get_reply_to(default=values["email_from"])[self.id]

    def _subscribe_author(self, author_id):
        """Have the one who posts follow: the user, or the author for whom a technical user posts."""
        user = self.env.user
        if user.active:
            self._message_subscribe(user.partner_id.ids)
        elif author_id:
            author = self.env["res.partner"].sudo().search([("id", "=", author_id), ("active", "=", True)])
            self._message_subscribe(author.ids)

    def _message_post_after_hook(self, message, msg_values):
        """Called when a message was created, before people are told; extended by other modules.

        :param msg_values: the values it was created with
        """

    def _message_mail_after_hook(self, mails):
        """Called when e-mails about these documents were created, before they are sent; extended by other modules."""

    def _message_create(self, values_list):
        """Create messages.

        :param values_list: list of values; ``partner_ids`` is a list of ids
        :raise ValueError: for what is no value of messages
        """
        ignored, valid = self._get_message_create_ignore_field_names(), self._get_message_create_valid_field_names()
        prepared = []
        for values in values_list:
            values = {name: value for name, value in values.items() if name not in ignored}
            if unknown := values.keys() - valid:
                raise ValueError(f"messages are not created with these values: {', '.join(sorted(unknown))}")
            if values.get("partner_ids"):
                values["partner_ids"] = [Command.link(id_) for id_ in values["partner_ids"]]
            prepared.append(values)
        return self.env["mail.message"].with_context(clean_context(self.env.context)).create(prepared)

    # files

    def _process_attachments_for_post(self, attachments, attachment_ids, message_values):
        """Make the files of a message the document's.

        :param attachments: list of ``(name, content)`` or ``(name, content, info)``
        :param attachment_ids: ids of attachments that are there
        :param message_values: values of the message: where it belongs, and its text
        :return: dict with ``attachment_ids`` and, when it leads to the files, ``body``
        """
        place = {
            "res_model": message_values.get("model") or False,
            "res_id": message_values.get("res_id") or (self.id if len(self) == 1 else 0) or 0,
        }
        result, links = {}, []
        if attachment_ids:
            given = self.env["ir.attachment"].browse(attachment_ids)
            pending = given.sudo().filtered(
                lambda item: item.res_model in _COMPOSERS and item.create_uid.id == self.env.uid
            )
            if pending:
                pending.write(place)
            kept = given if self.env.user._is_internal() else pending
            links += [Command.link(id_) for id_ in kept.ids]
        if attachments:
            created, body = self._create_files(attachments, place, message_values.get("body"))
            links += [Command.link(id_) for id_ in created.ids]
            if body is not None:
                result["body"] = body
        return {**result, "attachment_ids": links}

    def _create_files(self, attachments, place, body):
        """Create attachments from names and contents; return them, and the text that leads to them or ``None``."""
        values_list, extras = [], []
        for item in attachments:
            name, content = item[0], item[1]
            info = item[2] if len(item) == 3 and item[2] else {}
            if content is None:
                continue
            if isinstance(content, EmailMessage):
                content = bytes_of(content)
            elif isinstance(content, str):
                content = _encoded(content, info.get("encoding"))
            values_list.append({"name": name, "raw": content, "type": "binary", "description": name, **place})
            extras.append({"cid": info.get("cid"), "name": name, "token": False, "info": info})
        sources = _picture_sources(body)
        for extra in extras:
            extra["token"] = extra["cid"] in sources["cid"] or extra["name"] in sources["name"]
        created = self._create_attachments_for_post(values_list, extras)
        wanted = [(file, extra) for file, extra in zip(created, extras, strict=True) if extra["token"]]
        if not wanted:
            return created, None
        return created, _with_sources(body, wanted)

    def _create_attachments_for_post(self, values_list, extra_list):
        """Create the attachments of a message.

        :param values_list: their values
        :param extra_list: for each, a dict with ``cid`` and ``name`` in the text, ``token`` whether the text leads to
            it, and ``info`` as the caller gave it
        """
        return self.env["ir.attachment"].sudo().create(values_list)

    def _process_attachments_for_template_post(self, mail_template):
        """Return more files for e-mails from a template; extended by other modules.

        :return: ``{record id: {"attachments": list of (name, base64), "attachment_ids": list of ids}}``
        """
        return {}

    # notifying and logging

    @api.returns("mail.message", lambda value: value.id)
    def message_notify(
        self,
        *,
        body="",
        subject=False,
        author_id=None,
        email_from=None,
        model=False,
        res_id=False,
        subtype_xmlid=None,
        subtype_id=False,
        partner_ids=False,
        attachments=None,
        attachment_ids=None,
        **kwargs,
    ):
        """Tell some partners something, about the document or about none; followers are not told.

        :param model: with ``res_id``, the document it is about where ``self`` is none
        :param partner_ids: list of ids of partners
        :return: the message, which only they see; none without partners
        :raise ValueError: for parameters that make no sense
        """
        if self:
            self.ensure_one()
        if not partner_ids:
            _logger.warning("nobody is to be notified of %s", subject or body or self)
            return self.env["mail.message"]
        if fixed := (_FIXED_FOR_NOTIFY & kwargs.keys()):
            raise ValueError(f"these are not chosen for notifications: {', '.join(sorted(fixed))}")
        _check_attachments(attachments)
        _check_ids(attachment_ids, "attachment_ids")
        _check_ids(partner_ids, "partner_ids")
        self = self._fallback_lang()
        given, notify_kwargs = self._split_values(kwargs)
        author_id, email_from = self._message_compute_author(author_id, email_from, raise_on_email=True)
        if self and self._name != "mail.thread":
            model, res_id = self._name, self.id
        elif not (model and res_id):
            model, res_id = False, False
        values = {
            **self._common_values(given, author_id, email_from, body),
            **_OF_NOTIFICATIONS,
            "message_id": tools.mail.generate_tracking_message_id("message-notify"),
            "model": model,
            "partner_ids": list(partner_ids),
            "res_id": res_id,
            "subject": subject,
            "subtype_id": self._subtype_of(subtype_xmlid, subtype_id),
        }
        if "reply_to" not in given:
            about = self.env[model].browse(res_id) if model and model in self.env else self
            values["reply_to"] = about.sudo()._notify_get_reply_to(default=email_from)[about.id]
        values.update(self._process_attachments_for_post(attachments, attachment_ids, values))
        message = self._message_create([values])
        self._notify_thread(message, values, **notify_kwargs)
        return message

    def _message_log(
        self,
        *,
        body="",
        subject=False,
        author_id=None,
        email_from=None,
        message_type="notification",
        partner_ids=False,
        attachment_ids=False,
        tracking_value_ids=False,
    ):
        """Add a note to the document that nobody is told of.

        :return: the message, as superuser
        """
        self.ensure_one()
        sender = {"author_id": author_id, "email_from": email_from}
        content = {"attachment_ids": attachment_ids, "subject": subject, "tracking_value_ids": tracking_value_ids}
        return self._message_log_batch(
            {self.id: body}, message_type=message_type, partner_ids=partner_ids, **sender, **content
        )

    def _message_log_batch(
        self,
        bodies,
        subject=False,
        author_id=None,
        email_from=None,
        message_type="notification",
        partner_ids=False,
        attachment_ids=False,
        tracking_value_ids=False,
    ):
        """Add notes to documents that nobody is told of.

        :param bodies: ``{document id: text or Markup}``
        :return: the messages, as superuser
        :raise ValueError: for files or changes of more than one document
        """
        if len(self) > 1 and (attachment_ids or tracking_value_ids):
            raise ValueError("files and changes belong to one document")
        sender = dict(
            zip(("author_id", "email_from"), self._message_compute_author(author_id, email_from, False), strict=True)
        )
        replies = self.env["mail.thread"]._notify_get_reply_to(default=sender["email_from"])
        note = {
            **dict.fromkeys(
                ("email_add_signature", "record_alias_domain_id", "record_company_id", "record_name"), False
            ),
            **sender,
            "is_internal": True,
            "message_id": tools.mail.generate_tracking_message_id("message-notify"),
            "message_type": message_type,
            "model": self._name,
            "reply_to": replies[False],
            "subject": subject,
            "subtype_id": self._subtype_of("mail.mt_note", False),
        }
        for name, value in (
            ("attachment_ids", attachment_ids),
            ("partner_ids", partner_ids),
            ("tracking_value_ids", tracking_value_ids),
        ):
            if value:
                note[name] = value
        texts = ((id_, escape(bodies.get(id_) or "")) for id_ in self.ids)
        return self.sudo()._message_create([{**note, "res_id": id_, "body": text} for id_, text in texts])


def _encoded(text, encoding):
    """Return a text as bytes, in UTF-8 where its encoding is unknown or has no room for it."""
    try:
        return text.encode(encoding or "utf-8")
    except (LookupError, UnicodeEncodeError):
        return text.encode("utf-8")


def _picture_sources(body):
    """Return which pictures a text shows: ``{"cid": their content ids, "name": their file names}``."""
    found = {"cid": set(), "name": set()}
    if body and not is_html_empty(body) and "<img" in body:
        for node in lxml.html.fragment_fromstring(str(body), create_parent="div").iter("img"):
            source = node.get("src") or ""
            if source.startswith("cid:"):
                found["cid"].add(source[4:])
            elif node.get("data-filename"):
                found["name"].add(node.get("data-filename"))
    return found


def _with_sources(body, files):
    """Return a text whose pictures lead to attachments.

    :param files: pairs of an attachment and what is known of its place in the text
    """
    root = lxml.html.fragment_fromstring(str(body), create_parent="div")
    by_cid = {extra["cid"]: file for file, extra in files if extra["cid"]}
    by_name = {extra["name"]: file for file, extra in files}
    for node in root.iter("img"):
        source = node.get("src") or ""
        file = by_cid.get(source[4:]) if source.startswith("cid:") else by_name.get(node.get("data-filename"))
        if file:
            token = file.generate_access_token()[0]
            node.set("src", f"/web/image/{file.id}?access_token={token}")
    return Markup(inner_html(root))
