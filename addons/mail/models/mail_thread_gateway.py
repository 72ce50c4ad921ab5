"""E-mails that become documents, or messages on them."""

import logging
from email.message import EmailMessage
from xmlrpc.client import Binary

from markupsafe import Markup

from odoo import Command, api, models
from odoo.exceptions import AccessError

from ..tools import incoming

_logger = logging.getLogger(__name__)

#: what is known of an e-mail and is no value of a message
_NOT_POSTED = frozenset(("from", "to", "cc", "recipients", "references", "in_reply_to", "is_bounce"))
#: what notifications get from elsewhere
_NOT_NOTIFIED = frozenset(("message_id", "message_type", "parent_id", "is_internal"))


class MailThreadGateway(models.AbstractModel):
    """The way of e-mails into threads."""

    _inherit = "mail.thread"

    @api.model
    def message_process(
        self, model, message, custom_values=None, save_original=False, strip_attachments=False, thread_id=None
    ):
        """Make documents, or messages on them, from an e-mail.

        :param model: name of the model of new documents where no address says, may be ``None``
        :param message: the e-mail: bytes, text or ``xmlrpc.client.Binary``
        :param custom_values: values of the new document, with ``model``
        :param save_original: keep the e-mail as a file
        :param strip_attachments: leave its files out
        :param thread_id: id of the document, with ``model``
        :return: id of the last document, ``False`` when there was nothing to do, ``None`` for loops
        :raise ValueError: when the e-mail goes nowhere
        :raise AccessError: when the caller may not bring e-mails in
        """
        self._check_gateway_caller(model, thread_id, custom_values)
        content = message.data if isinstance(message, Binary) else message
        if isinstance(content, str):
            content = content.encode("utf-8", "surrogateescape")
        parsed = incoming.parse_bytes(bytes(content))
        said = self.message_parse(parsed, save_original=save_original)
        if strip_attachments:
            said.pop("attachments", None)
        if self.env["mail.message"].search_count([("message_id", "=", said["message_id"])], limit=1):
            _logger.info("e-mail %s from %s came twice", said["message_id"], said["email_from"])
            return False
        if self._detect_loop_headers(said):
            _logger.info("e-mail %s from %s answers the end of a loop", said["message_id"], said["email_from"])
            return None
        routes = self.message_route(parsed, said, model, thread_id, custom_values)
        if self._detect_loop_sender(parsed, said, routes):
            return None
        return self._message_route_process(parsed, said, routes)

    @api.model
    def _check_gateway_caller(self, model, thread_id, custom_values):
        """Check that the caller may bring e-mails in, and could do by hand what it asks for beside.

        :raise AccessError: otherwise
        """
        if self.env.su or self.env.user._is_system():
            return
        if not self.env.user._is_internal():
            raise AccessError(self.env._("Only employees may bring e-mails in."))
        if not model or model not in self.env:
            return
        target = self.env[model]
        if thread_id:
            target.browse(thread_id).check_access(self._get_mail_message_access([thread_id], "create", model))
        else:
            target.check_access("create")
        if custom_values:
            target.check_field_access_rights("write", list(custom_values))

    # documents

    @api.model
    def message_new(self, msg_dict, custom_values=None):
        """Create a document from an e-mail; extended by models that take more from it.

        :param msg_dict: what was read from the e-mail
        :param custom_values: values of the document
        :return: the document
        """
        values = dict(custom_values or {})
        name = self._rec_name or "name"
        if name in self._fields and not values.get(name):
            values[name] = msg_dict.get("subject") or ""
        if email_field := self._mail_get_primary_email_field():
            values[email_field] = msg_dict.get("email_from")
        return self.create(values)

    def message_update(self, msg_dict, update_vals=None):
        """Change a document that an e-mail answers on; extended by models that take more from it.

        :param msg_dict: what was read from the e-mail
        :param update_vals: values of the document
        """
        if update_vals:
            self.write(update_vals)
        return True

    # routes

    @api.model
    def _message_route_process(self, message, message_dict, routes):
        """Take an e-mail to where it goes.

        :param message: :class:`email.message.EmailMessage`
        :param message_dict: what was read from it
        :param routes: see :meth:`message_route`
        :return: id of the last document, ``False`` without
        """
        self = self.with_context(attachments_mime_plainxml=True)
        recipients = message_dict.pop("partner_ids", [])
        thread_id = False
        for route in routes or ():
            thread = self._thread_of_route(message, message_dict, route)
            posted = self._post_incoming(thread, message_dict, is_new=not route[1])
            if recipients and posted:
                # they have the e-mail already: nobody is notified
                posted.write({"partner_ids": [Command.link(id_) for id_ in recipients]})
            thread_id = thread.id
        return thread_id

    def _thread_of_route(self, message: EmailMessage, message_dict, route):
        """Return the document at the end of a route, which is made if it has to be."""
        name, thread_id, custom_values, user_id, alias = route
        quiet = {"mail_create_nosubscribe": True, "mail_create_nolog": True}
        model = self.env[name].with_context(**quiet).with_user(user_id).sudo()
        if thread_id and hasattr(model, "message_update"):
            thread = model.browse(int(thread_id))
            thread.message_update(message_dict)
            return thread
        message_dict.pop("parent_id", None)
        try:
            thread = model.message_new(message_dict, custom_values)
        except Exception:
            if alias:
                self._report_failure(message, message_dict, alias)
            raise
        if alias and alias.alias_status != "valid":
            alias.alias_status = "valid"
        return thread

    def _report_failure(self, message, message_dict, alias):
        """Tell the sender that nothing could be made of an e-mail, which holds though the transaction ends."""
        with self.pool.cursor() as cr:
            known = alias.with_env(self.env(cr=cr)).exists()
            if known:
                known._alias_bounce_incoming_email(message, message_dict, set_invalid=True)

    def _post_incoming(self, thread, message_dict, is_new):
        """Post an e-mail on a document.

        :param is_new: the document was made from it
        :return: the message
        """
        root = self.env.ref("base.user_root")
        author_id = message_dict.get("author_id")
        values = {
            name: value
            for name, value in message_dict.items()
            if name not in _NOT_POSTED and not name.startswith("bounced_")
        }
        values["body"] = Markup(values.get("body") or "")
        values["partner_ids"] = self._told_of_incoming(message_dict)
        values.update(self._subtype_of_incoming(thread, message_dict, is_new))
        thread = thread.with_context(from_alias=True).with_user(root)
        if thread._name == "mail.thread":
            return thread.message_notify(**{name: value for name, value in values.items() if name not in _NOT_NOTIFIED})
        follows = bool(author_id) and author_id != root.partner_id.id
        return thread.with_context(mail_create_nosubscribe=not follows).message_post(**values)

    def _told_of_incoming(self, message_dict):
        """Return the ids of partners that are told of an e-mail beside followers: the author of a note it answers."""
        if not message_dict.get("is_internal"):
            return []
        return self.env["mail.message"].sudo().browse(int(message_dict.get("parent_id") or 0) or ()).author_id.ids

    def _subtype_of_incoming(self, thread, message_dict, is_new):
        """Return the kind of the message that an e-mail becomes."""
        subtype = thread._creation_subtype() if is_new and hasattr(thread, "_creation_subtype") else None
        if subtype:
            return {"subtype_id": subtype.id}
        return {"subtype_xmlid": "mail.mt_note" if message_dict.get("is_internal") else "mail.mt_comment"}
