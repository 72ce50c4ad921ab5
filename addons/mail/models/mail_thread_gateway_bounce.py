"""E-mails that tell that others did not arrive, and those that we answer so."""

import email
import re

from odoo import api, models
from odoo.addons.base.models.ir_mail_server import POLICY
from odoo.tools.mail import email_normalize, formataddr, html2plaintext

from ..tools import incoming

_REPORT = re.compile(r"multipart/report|report-type=\W?delivery-status", re.IGNORECASE)
#: types of parts that hold the e-mail that did not arrive
_RETURNED = ("message/rfc822", "text/rfc822-headers")
_NOT_BOUNCED = {"is_bounce": False}


def _first_part(message, *types):
    """Return the first part that has one of some types, ``None`` without."""
    return next((part for part in incoming.parts_of(message) if incoming.type_of(part) in types), None)


def _returned_message(message):
    """Return the e-mail that did not arrive, as far as it was sent back, ``None`` without."""
    part = _first_part(message, *_RETURNED)
    if part is not None and incoming.type_of(part) == "text/rfc822-headers":
        return email.message_from_string(incoming.text_of(part), policy=POLICY)
    part = part if part is not None else _first_part(message, "multipart/report")
    if part is None or not part.is_multipart() or not part.get_payload():
        return None
    return part.get_payload(0)


def _failed_address(message):
    """Return the address that a report says could not be reached, ``False`` without."""
    report = _first_part(message, "message/delivery-status")
    if report is None or not report.is_multipart() or len(report.get_payload()) < 2:
        return False
    _kind, mark, address = incoming.header_of(report.get_payload(1), "Final-Recipient").partition(";")
    return email_normalize(address, strict=False) if mark else False


class MailThreadGatewayBounce(models.AbstractModel):
    """Bounces, of others and our own."""

    _inherit = "mail.thread"

    # reading

    @api.model
    def _detect_is_bounce(self, message, message_dict):
        """Tell whether an e-mail says that another one did not arrive.

        :param message: the e-mail
        :param message_dict: ``to`` and ``email_from`` of it
        """
        domains = self.env["mail.alias.domain"].sudo().search([])
        if set(incoming.normalized(message_dict["to"])) & set(filter(None, domains.mapped("bounce_email"))):
            return True
        sender = next(iter(incoming.normalized(message_dict["email_from"])), message_dict["email_from"] or "")
        if sender.partition("@")[0].lower() == "mailer-daemon":
            return True
        # the header itself, as what is broken in it hides the type
        return bool(_REPORT.search(incoming.header_of(message, "Content-Type")))

    @api.model
    def _message_parse_extract_bounce(self, message, message_dict):
        """Return what an e-mail says of another one that did not arrive.

        :param message: the e-mail
        :param message_dict: what is known of it
        :return: dict with ``is_bounce`` and, for bounces, ``bounced_email``, ``bounced_partner``,
            ``bounced_msg_ids`` (list of ids) and ``bounced_message``
        """
        if not self._detect_is_bounce(message, message_dict):
            return dict(_NOT_BOUNCED)
        partners = self.env["res.partner"].sudo()
        address = _failed_address(message)
        partner = partners.search([("email_normalized", "=", address)]) if address else partners
        returned = self._get_bounced_message_data(_returned_message(message), message_dict)
        told = returned["bounced_message"].notified_partner_ids
        if not partner and len(told) == 1:
            partner, address = told, told.email_normalized or False
        return {"is_bounce": True, "bounced_email": address, "bounced_partner": partner, **returned}

    @api.model
    def _get_bounced_message_data(self, message, message_dict):
        """Return which message of ours did not arrive.

        :param message: the e-mail that was sent back, ``None`` without
        :param message_dict: what is known of the bounce
        :return: dict with ``bounced_msg_ids`` and ``bounced_message``
        """
        messages = self.env["mail.message"].sudo()
        ids = []
        if message is not None:
            for name in ("Message-Id", "X-Microsoft-Original-Message-ID"):
                ids += incoming.message_ids_of(incoming.header_of(message, name))
        found = messages.search([("message_id", "in", ids)], order="id DESC", limit=1) if ids else messages
        if not found:
            for name in ("in_reply_to", "references"):
                ids += incoming.message_ids_of(message_dict.get(name))
            found = messages.browse(int(message_dict.get("parent_id") or 0) or ())
        return {"bounced_msg_ids": list(dict.fromkeys(ids)), "bounced_message": found}

    # taking note

    def _models_with_address(self):
        """Return the models whose records know their address and count what did not arrive."""
        described = self.env["ir.model"].sudo().search([("is_mail_blacklist", "=", True)])
        names = (name for name in described.mapped("model") if name in self.env and name != "mail.thread.blacklist")
        return [self.env[name].sudo() for name in names if not self.env[name]._abstract]

    @api.model
    def _routing_handle_bounce(self, email_message, message_dict):
        """Take note of an e-mail that did not arrive: at whoever has the address, and at the message.

        :param email_message: the bounce
        :param message_dict: what was read from it
        """
        address, partner = message_dict.get("bounced_email"), message_dict.get("bounced_partner")
        message = message_dict.get("bounced_message")
        if not address:
            return
        document = self._document_of(message)
        for model in self._models_with_address():
            records = model.search([("email_normalized", "=", address)])
            records._message_receive_bounce(address, partner)
            if document and document._name == model._name and document in records:
                document = None
        if document:
            document._message_receive_bounce(address, partner)
        if partner and message:
            rows = self.env["mail.notification"].sudo()
            wanted = [("mail_message_id", "=", message.id), ("res_partner_id", "in", partner.ids)]
            rows.search(wanted).write(
                {
                    "notification_status": "bounce",
                    "failure_type": "mail_bounce",
                    "failure_reason": html2plaintext(message_dict.get("body") or ""),
                }
            )

    def _document_of(self, message):
        """Return the thread that a message is about, as superuser, ``None`` without."""
        if not message or not message.res_id or message.model not in self.env:
            return None
        model = self.env[message.model].sudo()
        return model.browse(message.res_id).exists() if "message_ids" in model._fields else None

    @api.model
    def _routing_reset_bounce(self, email_message, message_dict):
        """Count anew what does not arrive at an address, as it works: an e-mail came from it.

        :param email_message: the e-mail
        :param message_dict: ``email_from`` of it
        """
        sender = message_dict.get("email_from")
        if not sender:
            return
        for model in self._models_with_address():
            failed = model.search([("message_bounce", ">", 0), ("email_normalized", "=", sender)])
            if failed:
                failed._message_reset_bounce(sender)

    # answering

    def _routing_create_bounce_email(self, email_from, body_html, message, **mail_values):
        """Answer an e-mail that is not taken.

        :param email_from: who sent it
        :param body_html: the answer
        :param message: the e-mail
        :param mail_values: more values of the answer
        """
        values = {
            "author_id": False,
            "auto_delete": True,
            "body_html": body_html,
            "email_from": self._bounce_sender(message),
            "email_to": incoming.header_of(message, "Return-Path") or email_from,
            "subject": f"Re: {incoming.header_of(message, 'Subject')}",
            **mail_values,
        }
        self.env["mail.mail"].sudo().create(values).send()

    def _bounce_sender(self, message):
        """Return the address that answers to an e-mail come from."""
        if own := self.env.company.sudo().bounce_email:
            return formataddr(("MAILER-DAEMON", own))
        to = incoming.header_of(message, "To", separator=",")
        catchalls = filter(None, self.env["mail.alias.domain"].sudo().search([]).mapped("catchall_email"))
        if to and not set(catchalls) & set(incoming.normalized(to)):
            return to
        return formataddr(("MAILER-DAEMON", self.env.user.sudo().email_normalized or ""))

    def _routing_bounce_catchall(self, message, message_dict):
        """Answer that nobody reads the address for answers."""
        company = self.env.company.sudo()
        values = {"company": company, "email_from": message_dict["email_from"], "quoted": incoming.quoted(message_dict)}
        body = self.env["ir.qweb"]._render("mail.mail_bounce_catchall", values)
        self._routing_create_bounce_email(
            message_dict["email_from"],
            body,
            message,
            references=message_dict["message_id"],
            reply_to=company.email,
        )
