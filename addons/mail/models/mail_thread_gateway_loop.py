"""Machines that answer each other without end."""

import logging
from datetime import timedelta

from odoo import api, models
from odoo.tools.email_address import email_escape_char, email_normalize
from odoo.tools.mail import generate_tracking_message_id

_logger = logging.getLogger(__name__)

#: part of the ids of our answers to those who write too often
_TAG = "loop-detection-bounce-email"
#: how many new documents of one sender in how many minutes are a loop
_THRESHOLD, _MINUTES = 20, 120


class MailThreadGatewayLoop(models.AbstractModel):
    """Detection of loops."""

    _inherit = "mail.thread"

    @api.model
    def _detect_loop_headers(self, msg_dict):
        """Tell whether an e-mail answers one that was sent because of a loop.

        :param msg_dict: ``references`` and ``in_reply_to``
        """
        return any(f"-{_TAG}@" in (msg_dict.get(name) or "") for name in ("references", "in_reply_to"))

    @api.model
    def _loop_limits(self):
        """Return how many documents in how many minutes are a loop."""
        get_param = self.env["ir.config_parameter"].sudo().get_param
        return (
            int(get_param("mail.gateway.loop.threshold", _THRESHOLD)),
            int(get_param("mail.gateway.loop.minutes", _MINUTES)),
        )

    @api.model
    def _detect_loop_sender_domain(self, email_from_normalized):
        """Return the search domain of the documents that a sender made, ``None`` where that cannot be known.

        :param email_from_normalized: address in its normal form
        """
        name = self._mail_get_primary_email_field()
        return [(name, "ilike", email_escape_char(email_from_normalized))] if name else None

    @api.model
    def _detect_loop_sender(self, message, message_dict, routes):
        """Tell whether a sender makes too many documents; if so, it is told.

        :param message: the e-mail
        :param message_dict: what was read from it
        :param routes: where it goes
        """
        sender = email_normalize(message_dict.get("email_from"))
        allowed = self.env["mail.gateway.allowed"].sudo()
        if not sender or allowed.search_count([("email_normalized", "=", sender)], limit=1):
            return False
        threshold, minutes = self._loop_limits()
        since = self.env.cr.now() - timedelta(minutes=minutes)
        for name in dict.fromkeys(route[0] for route in routes or () if not route[1]):
            model = self.env[name].sudo()
            domain = model._detect_loop_sender_domain(sender) if hasattr(model, "_detect_loop_sender_domain") else None
            if domain is None:
                continue
            if model.search_count([("create_date", ">", since), *domain], limit=threshold) >= threshold:
                _logger.info(
                    "%s made too many documents of %s: %s is dropped", sender, name, message_dict["message_id"]
                )
                self._routing_bounce_loop(message, message_dict)
                return True
        return False

    def _routing_bounce_loop(self, message, message_dict):
        """Tell a sender that it writes too often."""
        body = self.env["ir.qweb"]._render(
            "mail.message_notification_limit_email",
            {"company": self.env.company.sudo(), "email": message_dict.get("to") or message_dict["recipients"]},
        )
        references = f"{message_dict['message_id']} {generate_tracking_message_id(_TAG)}"
        self._routing_create_bounce_email(message_dict["email_from"], body, message, references=references)


class MailThreadBlacklist(models.AbstractModel):
    """Documents that know their address in normal form."""

    _inherit = "mail.thread.blacklist"

    @api.model
    def _detect_loop_sender_domain(self, email_from_normalized):
        """Find them by it."""
        return [("email_normalized", "=", email_from_normalized)]
