"""What an incoming e-mail says in its headers."""

import time
from datetime import UTC, datetime
from email.message import EmailMessage

from dateutil import parser as date_parser

from odoo import api, fields, models
from odoo.tools.email_address import email_split_and_format

from ..tools import incoming


def _date_of(text):
    """Return the time that a header says, in UTC as the database keeps it; now where it says none."""
    try:
        when = date_parser.parse(text, fuzzy=True)
        if when.tzinfo is not None:
            when = when.astimezone(UTC).replace(tzinfo=None)
    except (ValueError, OverflowError, TypeError):
        when = datetime.now(UTC).replace(tzinfo=None)
    return fields.Datetime.to_string(when)


class MailThreadGatewayParse(models.AbstractModel):
    """Reading e-mails."""

    _inherit = "mail.thread"

    @api.model
    def message_parse(self, message, save_original=False):
        """Return what an e-mail says.

        :param message: :class:`email.message.EmailMessage`
        :param save_original: the first file is the e-mail itself
        :return: dict with ``message_type``, ``message_id``, ``subject``, ``email_from``, ``from``, ``cc``, ``to``,
            ``recipients``, ``partner_ids``, ``references``, ``in_reply_to``, ``date``, ``parent_id``, ``is_internal``,
            ``is_bounce`` and what is known of a bounce, ``body``, ``attachments``
        :raise ValueError: when it is no such message
        """
        if not isinstance(message, EmailMessage):
            raise ValueError(f"an e-mail to be read is an EmailMessage, not {type(message).__name__}")
        sender = incoming.header_of(message, "From", separator=",")
        sender = next(iter(email_split_and_format(sender)), sender)
        copies = incoming.header_of(message, "Cc", separator=",")
        recipients = incoming.addresses_of(message, "Delivered-To", "To", "Cc", "Resent-To", "Resent-Cc")
        said = {
            "message_type": "email",
            "message_id": incoming.header_of(message, "Message-Id").strip() or f"<{time.time()}@localhost>",
            "email_from": sender,
            "from": sender,
            "cc": ",".join(email_split_and_format(copies)) or copies,
            "recipients": recipients,
            "to": incoming.addresses_of(message, "Delivered-To", "To"),
            "partner_ids": self._partners_of_recipients(recipients),
            "references": incoming.header_of(message, "References"),
            "in_reply_to": incoming.header_of(message, "In-Reply-To").strip(),
        }
        if subject := incoming.header_of(message, "Subject"):
            said["subject"] = subject
        if date := incoming.header_of(message, "Date"):
            said["date"] = _date_of(date)
        said.update(self._parent_values(self._get_parent_message(said)))
        said.update(self._message_parse_extract_bounce(message, said))
        said.update(self._message_parse_extract_payload(message, said, save_original=save_original))
        return said

    def _partners_of_recipients(self, recipients):
        """Return the ids of the partners that an e-mail goes to."""
        addresses = incoming.normalized(recipients)
        partners = self._mail_find_partner_from_emails(addresses, records=self) if addresses else []
        return list(dict.fromkeys(partner.id for partner in partners if partner))

    @api.model
    def _get_parent_message(self, msg_dict):
        """Return the message that an e-mail answers, an empty one without.

        :param msg_dict: ``in_reply_to`` and ``references``
        """
        messages = self.env["mail.message"].sudo()
        order = "create_date DESC, id DESC"
        if answered := msg_dict.get("in_reply_to"):
            parent = messages.search([("message_id", "=", answered)], order=order, limit=1)
            if parent:
                return parent
        ids = incoming.message_ids_of(msg_dict.get("references"))
        return messages.search([("message_id", "in", ids)], order=order, limit=1) if ids else messages

    def _parent_values(self, parent):
        """Return what an e-mail takes over from the message it answers."""
        if not parent:
            return {}
        internal = parent.subtype_id.internal and parent.message_type != "auto_comment"
        return {"parent_id": parent.id, "is_internal": bool(internal)}
