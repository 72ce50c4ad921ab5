"""Helpers for tests of addons: e-mails that come in, answers to those that went out, and time that stands still."""

import email
import email.policy
from contextlib import contextmanager
from unittest.mock import patch

from odoo.tests import common, freeze_time
from odoo.tools.mail import generate_tracking_message_id


class GatewayCase(common.BaseCase):
    """Makes e-mails of templates, and hands them to the gateway."""

    def from_string(self, text):
        """Return the e-mail that a text is."""
        return email.message_from_string(text, policy=email.policy.SMTP)

    def format(
        self,
        template,
        to="groups@example.com, other@example.com",
        subject="Frogs",
        email_from='"Sylvie" <sylvie@example.com>',
        return_path="",
        cc="",
        extra="",
        msg_id="<41972151344608186760@example.com>",
        **kwargs,
    ):
        """Return a template of an e-mail with its places filled.

        :param template: text with ``{to}``, ``{subject}`` and the like
        :param kwargs: further places
        """
        places = {"to": to, "subject": subject, "email_from": email_from, "return_path": return_path}
        return template.format(**{**places, "cc": cc, "extra": extra, "msg_id": msg_id, "references": "", **kwargs})

    def format_and_process(
        self,
        template,
        email_from,
        to,
        subject="Frogs",
        cc="",
        return_path="",
        extra="",
        msg_id=False,
        model=None,
        target_model="mail.test.gateway",
        target_field="name",
        with_user=None,
        **kwargs,
    ):
        """Have an e-mail come in.

        :param model: name of the model of new documents, where no address says
        :param target_model: model of the records that are looked for
        :param target_field: their field that is the subject of the e-mail
        :param with_user: who fetched it
        :return: the records that were made of it
        """

        def named():
            return self.env[target_model].search([(target_field, "=", subject)])

        if known := named():
            self.fail(f"{known} would be taken for what becomes of the e-mail")
        gateway = self.env["mail.thread"]
        if with_user:
            gateway = gateway.with_user(with_user)
        kwargs.update(cc=cc, email_from=email_from, extra=extra, return_path=return_path, subject=subject, to=to)
        kwargs["msg_id"] = msg_id or generate_tracking_message_id("test")
        gateway.message_process(model, self.format(template, **kwargs))
        return named()

    def gateway_mail_reply_wrecord(self, template, record, use_in_reply_to=True):
        """Have who got the e-mail about a record answer it.

        :param use_in_reply_to: name the e-mail in ``In-Reply-To``, rather than in ``References``
        :return: the records of the model that are called like the subject of the answer
        """
        mail = self._find_mail_mail_wrecord(record)
        sender = mail.email_to or mail.recipient_ids[:1].email_formatted
        place = {"target_field": record._rec_name or "name", "target_model": record._name}
        return self._answer(template, sender, mail.reply_to, mail.subject, mail.message_id, use_in_reply_to, place)

    def gateway_mail_reply_wemail(self, template, email_to, use_in_reply_to=True, target_model=None, target_field=None):
        """Have an address that got an e-mail answer it.

        :param email_to: the address
        :param target_model: see :meth:`format_and_process`, as ``target_field``
        """
        sent = self._find_sent_email_wemail(email_to)
        place = {"target_field": target_field or "name", "target_model": target_model or "mail.test.gateway"}
        told = (sent["reply_to"], sent["subject"], sent["message_id"])
        return self._answer(template, sent["email_to"][0], *told, use_in_reply_to, place)

    def _answer(self, template, sender, to, subject, message_id, use_in_reply_to, place):
        """Have an answer come in."""
        header = "In-Reply-To" if use_in_reply_to else "References"
        extra = f"{header}: {message_id}\n"
        return self.format_and_process(template, sender, to, subject=f"Re: {subject}", extra=extra, **place)

    @contextmanager
    def mock_datetime_and_now(self, mock_dt):
        """Have time stand still, also for the database.

        :param mock_dt: datetime or text
        """
        with freeze_time(mock_dt) as frozen, patch.object(self.env.cr, "now", lambda: frozen().replace(tzinfo=None)):
            yield frozen
