"""Sending e-mails: what each recipient gets, and what is kept of how it went."""

import ast
import logging
import smtplib

import psycopg2

from odoo import SUPERUSER_ID, api, models, modules, tools
from odoo.addons.base.models.ir_mail_server import MailDeliveryException
from odoo.tools.mail import html2plaintext, is_html_empty
from odoo.tools.translate import _

from ..tools.unfollow import PLACEHOLDER, with_unfollow_link, without_unfollow_link

_logger = logging.getLogger(__name__)

#: room for what an e-mail has beside text and files
_OVERHEAD = 10 * 1024
#: files grow so much when they are written as text
_GROWTH = 8 / 6
#: what the server is told of an e-mail
_OF_EMAILS = (
    *("email_from", "email_to", "email_cc", "reply_to", "subject", "body", "body_alternative"),
    *("attachments", "headers", "message_id", "object_id", "references"),
)


class MailMailSend(models.Model):
    """The sending of e-mails."""

    _inherit = "mail.mail"

    def send_after_commit(self):
        """Send e-mails when the transaction has succeeded; at once in tests."""
        if modules.module.current_test:
            self.send()
            return
        ids, registry = self.ids, self.env.registry
        context = dict(self.env.context)

        @self.env.cr.postcommit.add
        def send():
            with registry.cursor() as cr:
                env = api.Environment(cr, SUPERUSER_ID, context)
                env["mail.mail"].browse(ids).exists().send()

    def send(self, auto_commit=False, raise_exception=False, post_send_callback=None):
        """Send e-mails that are outgoing, with one connection for those with the same server and sender.

        :param auto_commit: commit after each e-mail
        :param raise_exception: raise what goes wrong, instead of keeping it with the e-mail
        :param post_send_callback: called with ids of e-mails that were handled
        """
        for server_id, domain_id, smtp_from, ids in self._split_by_mail_configuration():
            mails = self.browse(ids)
            try:
                connection = self.env["ir.mail_server"].connect(mail_server_id=server_id, smtp_from=smtp_from)
            except Exception as error:
                mails._cannot_connect(error, raise_exception)
                continue
            how = {
                "auto_commit": auto_commit,
                "raise_exception": raise_exception,
                "post_send_callback": post_send_callback,
            }
            server = self.env["ir.mail_server"].sudo().browse(server_id or ())
            try:
                mails._send(smtp_session=connection, alias_domain_id=domain_id, mail_server=server, **how)
            finally:
                _close(connection)

    def _cannot_connect(self, error, raise_exception):
        """Keep that the server could not be reached.

        :raise MailDeliveryException: if ``raise_exception``
        """
        if raise_exception:
            raise MailDeliveryException(_("The server for e-mails cannot be reached."), error) from error
        self.write({"state": "exception", "failure_reason": tools.exception_to_unicode(error)})
        self._postprocess_sent_message(success_pids=[], failure_type="mail_smtp")

    def _send(
        self,
        auto_commit=False,
        raise_exception=False,
        smtp_session=None,
        alias_domain_id=False,
        mail_server=False,
        post_send_callback=None,
    ):
        """Send e-mails by a connection.

        :param alias_domain_id: id of the domain of their documents
        :param mail_server: the server, for its limits
        :raise MailDeliveryException: when one fails, if ``raise_exception``
        """
        following = self._unfollowable()
        for mail in self:
            if mail.state != "outgoing":
                continue
            mail._send_one(smtp_session, alias_domain_id, mail_server, following, raise_exception)
            if auto_commit:
                if post_send_callback:
                    post_send_callback(mail.ids)
                self.env.cr.commit()
        if post_send_callback:
            post_send_callback(self.ids)
        return True

    def _send_one(self, session, alias_domain_id, mail_server, following, raise_exception):
        """Send one e-mail, and keep how it went."""
        success, failure_type, reason = [], None, None
        try:
            self._begin_sending()
            success, failure_type, message_id = self._transmit(session, alias_domain_id, mail_server, following)
            if message_id:
                self.write({"state": "sent", "message_id": message_id, "failure_reason": False})
                self.flush_recordset()
        except (MemoryError, psycopg2.Error, smtplib.SMTPServerDisconnected):
            # the transaction cannot go on, or the connection
            _logger.exception("e-mail %s could not be sent", self.id)
            raise
        except Exception as error:
            failure_type, reason = self._failure_of(error)
            _logger.warning("e-mail %s could not be sent: %s", self.id, reason)
            self.write({"state": "exception", "failure_reason": reason, "failure_type": failure_type})
            self._postprocess_sent_message(success, failure_reason=reason, failure_type=failure_type)
            if raise_exception:
                if isinstance(error, (AssertionError, UnicodeEncodeError)):
                    raise MailDeliveryException(str(error)) from error
                raise
            return
        self._postprocess_sent_message(success, failure_type=failure_type)

    def _begin_sending(self):
        """Keep failure as the state: should the sending stop the process, it is not repeated; rows are locked."""
        self.write({"state": "exception", "failure_reason": _("The sending stopped without an error.")})
        notifications = (
            self.env["mail.notification"]
            .sudo()
            .search(
                [
                    ("notification_type", "=", "email"),
                    ("mail_mail_id", "in", self.ids),
                    ("notification_status", "not in", ("sent", "canceled")),
                ]
            )
        )
        notifications.write({"notification_status": "exception", "failure_type": "unknown"})
        self.flush_recordset(["state", "failure_reason"])
        notifications.flush_recordset(["notification_status", "failure_type"])

    def _transmit(self, session, alias_domain_id, mail_server, following):
        """Send what each recipient gets.

        :return: partners who got it, why others did not or ``None``, id of a message that was sent or ``None``
        """
        servers = self.env["ir.mail_server"]
        domain = self.env["mail.alias.domain"].sudo().browse(alias_domain_id or ())
        if domain:
            servers = servers.with_context(
                domain_notifications_email=domain.default_from_email, domain_bounce_address=domain.bounce_email
            )
        success, failure_type, sent = [], None, None
        for email in self._prepare_outgoing_list(mail_server=mail_server, recipients_follower_status=following):
            given = {name: email[name] for name in _OF_EMAILS}
            message = servers.build_email(**given, subtype="html", subtype_alternative="plain")
            try:
                sent = servers.send_email(message, mail_server_id=self.mail_server_id.id, smtp_session=session) or sent
                if email["partner_id"]:
                    success.append(email["partner_id"])
            except AssertionError as error:
                if str(error) != servers.NO_VALID_RECIPIENT:
                    raise
                missing = not email["email_to"] and failure_type != "mail_email_invalid"
                failure_type = "mail_email_missing" if missing else "mail_email_invalid"
        return success, failure_type, sent

    def _failure_of(self, error):
        """Return the type and the reason of a failure."""
        servers = self.env["ir.mail_server"]
        text = str(error.args[0]) if error.args else ""
        if text == getattr(servers, "NO_VALID_FROM", None):
            return "mail_from_invalid", str(error.args[-1])
        if text == servers.NO_FOUND_FROM:
            return "mail_from_missing", text
        return "unknown", tools.exception_to_unicode(error)

    # what recipients get

    def _unfollowable(self):
        """Return the ``(model, document id, partner id)`` of recipients who follow, if texts have a link for it."""
        mails = self.sudo().filtered(lambda mail: mail.model and mail.res_id and mail.model != "discuss.channel")
        mails = mails.filtered(lambda mail: PLACEHOLDER in (mail.body_html or mail.body or ""))
        if not mails:
            return set()
        rows = (
            self.env["mail.followers"]
            .sudo()
            .search_fetch(
                [
                    ("partner_id", "in", mails.recipient_ids.ids),
                    ("res_model", "in", mails.mapped("model")),
                    ("res_id", "in", mails.mapped("res_id")),
                ],
                ["partner_id", "res_model", "res_id"],
            )
        )
        return {(row.res_model, row.res_id, row.partner_id.id) for row in rows}

    def _prepare_outgoing_body(self):
        """Return the text of the e-mail, with links that work outside."""
        self.ensure_one()
        body = self.body_html or self.sudo().body or ""
        return "" if is_html_empty(body) else str(self.env["mail.render.mixin"]._replace_local_links(body))

    def _personalize_outgoing_body(self, body, partner=False, recipients_follower_status=None):
        """Return the text for one recipient: with a link to unfollow, if they may use it."""
        known = self.sudo()
        if PLACEHOLDER not in body:
            return body
        key = (known.model, known.res_id, partner.id if partner else False)
        if not partner or not known.model or not known.res_id or key not in (recipients_follower_status or ()):
            return without_unfollow_link(body)
        document = self.env[known.model].browse(known.res_id)
        inside = any(not user.share for user in partner.user_ids)
        if not (getattr(document, "_partner_unfollow_enabled", False) or inside):
            return without_unfollow_link(body)
        return with_unfollow_link(body, document._notify_get_action_link("unfollow", pid=partner.id))

    def _prepare_outgoing_list(self, mail_server=False, recipients_follower_status=None):
        """Return what is sent, a dict for each recipient.

        :param mail_server: server with limits
        :param recipients_follower_status: see :meth:`_unfollowable`
        """
        self.ensure_one()
        known = self.sudo()
        body = self._prepare_outgoing_body()
        headers = self._outgoing_headers()
        files, body = self._outgoing_files(body, headers, mail_server)
        shared = {
            "attachments": files,
            "email_cc": [],
            "email_from": known.email_from,
            "headers": headers,
            "message_id": known.message_id,
            "object_id": f"{known.res_id}-{known.model}" if known.res_id else "",
            "references": known.references,
            "reply_to": known.reply_to,
            "subject": known.subject,
        }
        copies = tools.email_split(known.email_cc)
        result = []
        for to, raw, partner in self._outgoing_recipients():
            text = self._personalize_outgoing_body(body, partner, recipients_follower_status)
            normalized = [address for email in to for address in tools.email_normalize_all(email)]
            result.append(
                {
                    **shared,
                    "body": text,
                    "body_alternative": html2plaintext(text),
                    "email_to": to,
                    "email_to_normalized": normalized,
                    "email_to_raw": raw,
                    "partner_id": partner,
                }
            )
        if copies:
            if not result or result[0]["partner_id"]:
                text = self._personalize_outgoing_body(body)
                alone = {"body": text, "body_alternative": html2plaintext(text), "partner_id": False}
                nobody = {"email_to": [], "email_to_normalized": [], "email_to_raw": False}
                result.insert(0, {**shared, **alone, **nobody})
            result[0] = {**result[0], "email_cc": copies}
        return result

    def _outgoing_recipients(self):
        """Return triples of formatted addresses, the text they were in, and the partner."""
        known = self.sudo()
        rows = []
        if known.email_to:
            rows.append((tools.mail.email_split_and_format_normalize(known.email_to), known.email_to, False))
        for partner in known.recipient_ids:
            addresses = tools.email_normalize_all(partner.email) or [partner.email or "False"]
            to = [tools.formataddr((partner.name or "", address)) for address in addresses]
            rows.append((to, partner.email or "", partner))
        return rows

    def _outgoing_headers(self):
        """Return the headers, with the address that hears of what does not arrive."""
        known = self.sudo()
        headers = {}
        if known.headers:
            try:
                headers = dict(ast.literal_eval(known.headers))
            except (ValueError, SyntaxError, TypeError):
                _logger.warning("the headers of e-mail %s are no dict and left out: %s", self.id, known.headers)
        bounce = known.record_alias_domain_id.bounce_email or self.env.company.sudo().bounce_email
        if bounce:
            headers.setdefault("Return-Path", bounce)
        return headers

    def _outgoing_files(self, body, headers, mail_server):
        """Return the files as ``(name, content, type)``, and the text, with links to those that are too large."""
        files = self.sudo().attachment_ids.filtered(
            lambda file: f"/web/content/{file.id}" not in body and f"/web/image/{file.id}" not in body
        )
        limit = (mail_server or self.env["ir.mail_server"]).sudo()._get_max_email_size() * 1024 * 1024
        size = len(str(headers)) + len(body.encode()) + _OVERHEAD
        size += sum(file.file_size for file in files) * _GROWTH
        if limit and size > limit:
            owned = files.filtered(lambda file: file.res_model not in (False, "mail.message") and file.res_id)
            if owned:
                owned.generate_access_token()
                links = self.env["ir.qweb"]._render("mail.mail_attachment_links", {"attachments": owned})
                body = tools.append_content_to_html(body, links, plaintext=False)
                files -= owned
        contents = [(file.name, file.raw, file.mimetype) for file in files if file.raw is not False]
        return contents, str(body)


def _close(connection):
    """Close a connection, which tests do not have."""
    if connection:
        try:
            connection.quit()
        except smtplib.SMTPServerDisconnected:
            _logger.info("the server for e-mails had closed the connection already")
