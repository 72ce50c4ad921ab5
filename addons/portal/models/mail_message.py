"""Messages as the pages of documents show them."""

from urllib.parse import urlencode

from odoo import models
from odoo.addons.portal.utils import get_portal_partner
from odoo.http import request
from odoo.tools import format_datetime

#: what each message has, under the names of its fields
_PLAIN = ("id", "date", "is_internal", "message_type", "model", "res_id")
#: what is made of them under names that are no fields
_MADE = ("author", "author_avatar_url", "is_message_subtype_note", "published_date_str", "reactions", "thread")
_FILE = ("access_token", "checksum", "id", "mimetype", "name", "res_id", "res_model")


class MailMessage(models.Model):
    """Messages on pages for people from outside."""

    _inherit = "mail.message"

    def portal_message_format(self, options=None):
        """Return what pages show of the messages.

        :param options: ``token``, or ``hash`` and ``pid``: what addresses of pictures carry
        :return: list of dicts
        :raise AccessError: the user may not read them
        """
        self.check_access("read")
        return self._portal_message_format(self._portal_get_default_format_properties_names(options), options)

    def _portal_get_default_format_properties_names(self, options=None):
        """Return the names of what :meth:`_portal_message_format` gives; extended by other modules."""
        own = ("attachment_ids", "author", "author_avatar_url", "author_id", "body", "is_message_subtype_note")
        return {*_PLAIN, *own, "published_date_str", "reactions", "subtype_id", "thread"}

    def _portal_message_format(self, properties_names, options=None):
        """Return what pages show of the messages.

        :param properties_names: set of names
        :param options: see :meth:`portal_message_format`
        """
        note = self.env["ir.model.data"]._xmlid_to_res_id("mail.mt_note")
        makers = {
            "attachment_ids": lambda message: [message._portal_file(file) for file in message.attachment_ids],
            "author": lambda message: message._portal_author(),
            "author_avatar_url": lambda message: message._portal_avatar_url(options or {}),
            "author_id": lambda message: _pair(message.author_id),
            "is_message_subtype_note": lambda message: bool(note) and message.subtype_id.id == note,
            "published_date_str": lambda message: format_datetime(self.env, message.date) if message.date else "",
            "reactions": lambda message: message._portal_reactions(),
            "subtype_id": lambda message: _pair(message.subtype_id),
            "thread": lambda message: {"id": message.res_id, "model": message.model},
        }
        # whoever says which, they are names that there are
        names = [name for name in (*_MADE, *self._fields) if name in properties_names]
        return [
            {name: makers[name](message) if name in makers else message[name] for name in names}
            for message in self.sudo()
        ]

    def _portal_author(self):
        """Return who wrote the message: id, name and type."""
        author = self.author_id
        name = author.display_name or self.email_from or ""
        return {"id": author.id, "name": name, "type": "partner"} if author else {"id": False, "name": name}

    def _portal_avatar_url(self, options):
        """Return the address of the author's picture."""
        keys = {"access_token": options.get("token"), "_hash": options.get("hash"), "pid": options.get("pid")}
        given = {name: value for name, value in keys.items() if value}
        if not given:
            return f"/web/image/mail.message/{self.id}/author_avatar/50x50"
        return f"/mail/avatar/mail.message/{self.id}/author_avatar/50x50?{urlencode(given)}"

    def _portal_file(self, file):
        """Return what pages show of a file."""
        if not file.access_token:
            file.generate_access_token()
        return {**{name: file[name] for name in _FILE}, "filename": file.name}

    def _portal_reactions(self):
        """Return the reactions to the message, those of one kind together."""
        return [
            {
                "content": content,
                "count": len(reactions),
                "message": self.id,
                "partners": [{"id": one.id, "name": one.display_name} for one in reactions.partner_id],
            }
            for content, reactions in self.reaction_ids.grouped("content").items()
        ]

    def _is_editable_in_portal(self, **kwargs):
        """Return whether a visitor who came by a link wrote the message.

        :param kwargs: ``token``, or ``hash`` and ``pid``
        """
        self.ensure_one()
        known = self.sudo()
        if not (request and known.model in self.env and known.res_id and self.env.user._is_public()):
            return False
        thread = self.env[known.model].browse(known.res_id)
        if not hasattr(thread, "_get_thread_with_access"):
            return False
        partner = get_portal_partner(thread, kwargs.get("hash"), kwargs.get("pid"), kwargs.get("token"))
        return bool(partner) and known.author_id == partner


def _pair(record):
    """Return id and name of a record, ``False`` for none."""
    return [record.id, record.display_name] if record else False
