"""``ir.mail_server``: the servers that e-mails are sent through."""

import base64
import datetime
import email.policy
import logging
import os
import re
import smtplib
import ssl
import tempfile
from email.message import EmailMessage
from email.utils import make_msgid
from socket import gaierror

from odoo import api, fields, models, modules, tools
from odoo.exceptions import UserError
from odoo.tools import (
    email_domain_extract,
    email_normalize,
    email_split,
    encapsulate_email,
    formataddr,
    html2plaintext,
)
from odoo.tools.mail import generate_tracking_message_id
from odoo.tools.translate import _

_logger = logging.getLogger(__name__)
_test_logger = logging.getLogger("odoo.tests")

SMTP_TIMEOUT = 60
#: headers whose content has to arrive byte by byte: threads are recognised by it
_IDENTIFICATION_HEADERS = frozenset(("message-id", "in-reply-to", "references"))
# the look-behind keeps it linear in texts without addresses
_ADDRESS = re.compile(r"""(?<![^\s,<@'"])[^\s,<@'"]+@[^>\s,'"]+""")


class _MailPolicy(email.policy.EmailPolicy):
    """How messages are written: as the library does, but for the ids of messages, which are not folded or encoded."""

    def fold(self, name: str, value) -> str:
        """Return the lines of a header."""
        if name.lower() in _IDENTIFICATION_HEADERS:
            return f"{name}: {value}{self.linesep}"
        return super().fold(name, value)

    def fold_binary(self, name: str, value) -> bytes:
        """Return the lines of a header as bytes."""
        if name.lower() in _IDENTIFICATION_HEADERS:
            return self.fold(name, value).encode("ascii", "surrogateescape")
        return super().fold_binary(name, value)


POLICY = _MailPolicy(linesep="\r\n")


def extract_rfc2822_addresses(text) -> list[str]:
    """Return the addresses in a text as SMTP takes them: their domains in ASCII.

    :param text: names and addresses; what stands between them does not matter
    :return: addresses in their order; those whose domain cannot be encoded are left out
    """
    found = []
    for address in _ADDRESS.findall(str(text or "")):
        try:
            found.append(formataddr(("", address), charset="ascii"))
        except UnicodeError:
            _logger.info("no e-mail can be sent to %s: its domain cannot be encoded", address)
    return found


def _smtp_addresses(header) -> list[str]:
    """Return the addresses of a header as SMTP takes them; what looks like an address in a name is none."""
    return [found for address in email_split(str(header or "")) for found in extract_rfc2822_addresses(address)]


class MailDeliveryException(Exception):
    """An e-mail could not be sent."""


class IrMailServer(models.Model):
    """A server for outgoing e-mails."""

    _name = "ir.mail_server"
    _description = "Mail Server"
    _order = "sequence, id"
    _allow_sudo_commands = False

    NO_VALID_RECIPIENT = "The e-mail has no valid recipient."
    NO_FOUND_FROM = "The e-mail has no sender, and no default one is configured."

    name = fields.Char(required=True, index=True)
    from_filter = fields.Char(
        "FROM Filtering",
        help="Addresses or domains that the server sends for, separated by commas. All, if empty.",
    )
    smtp_host = fields.Char(string="SMTP Server", help="Host name or address")
    smtp_port = fields.Integer(string="SMTP Port", default=25, help="465 for SSL as a rule, 25 or 587 otherwise.")
    smtp_authentication = fields.Selection(
        [("login", "Username"), ("certificate", "SSL Certificate"), ("cli", "Command Line Interface")],
        string="Authenticate with",
        required=True,
        default="login",
    )
    smtp_authentication_info = fields.Text("Authentication Info", compute="_compute_smtp_authentication_info")
    smtp_user = fields.Char(string="Username", groups="base.group_system")
    smtp_pass = fields.Char(string="Password", groups="base.group_system")
    smtp_encryption = fields.Selection(
        [("none", "None"), ("starttls", "TLS (STARTTLS)"), ("ssl", "SSL/TLS")],
        string="Connection Encryption",
        required=True,
        default="none",
    )
    smtp_ssl_certificate = fields.Binary("SSL Certificate", groups="base.group_system", attachment=False)
    smtp_ssl_private_key = fields.Binary("SSL Private Key", groups="base.group_system", attachment=False)
    smtp_debug = fields.Boolean(string="Debugging", help="Log the conversation with the server.")
    max_email_size = fields.Float(string="Max Email Size", help="In megabytes; larger attachments become links.")
    sequence = fields.Integer(string="Priority", default=10, help="The server with the lowest number is used first.")
    active = fields.Boolean(default=True)

    _sql_constraints = [
        (
            "certificate_requires_tls",
            "CHECK(smtp_encryption != 'none' OR smtp_authentication != 'certificate')",
            "A certificate needs an encrypted connection.",
        ),
    ]

    @api.depends("smtp_authentication")
    def _compute_smtp_authentication_info(self):
        """Explain the way of authentication."""
        texts = {
            "login": _("Log in with user name and password."),
            "certificate": _("Present a certificate: it has to be known to the server."),
            "cli": _("Use what the command line or the configuration file of this server tells."),
        }
        for server in self:
            server.smtp_authentication_info = texts.get(server.smtp_authentication, False)

    @api.constrains("smtp_authentication", "smtp_ssl_certificate", "smtp_ssl_private_key")
    def _check_smtp_ssl_files(self):
        """Refuse half a certificate."""
        files = ("smtp_ssl_private_key", "smtp_ssl_certificate")
        for server in self:
            if server.smtp_authentication == "certificate" and not all(server[name] for name in files):
                raise UserError(_("Server %s needs a certificate together with its private key.", server.name))

    @api.onchange("smtp_encryption")
    def _onchange_encryption(self):
        """Propose the usual port."""
        self.smtp_port = 465 if self.smtp_encryption == "ssl" else 25

    # changes

    def write(self, vals):
        """Update servers.

        :raise UserError: when one that is needed would be archived
        """
        usages = self._active_usages_compute() if vals.get("active") is False else {}
        if usages:
            details = "\n".join(f"- {use}" for uses in usages.values() for use in uses)
            raise UserError(_("The server is used and cannot be archived:\n%s", details))
        return super().write(vals)

    def _active_usages_compute(self):
        """Return what the servers are used for: id -> texts; extended by other modules."""
        return {}

    # checks by hand

    def _get_max_email_size(self):
        """Return the size of the largest e-mail that the server takes, in megabytes."""
        parameters = self.env["ir.config_parameter"].sudo()
        return self.max_email_size or float(parameters.get_param("base.default_max_email_size", "10"))

    def _get_test_email_from(self):
        """Return the address that the connection is tested with.

        :raise UserError: when there is none
        """
        self.ensure_one()
        candidates = [self._sender_of_filter()] if self.from_filter else [self._get_default_from_address()]
        for candidate in (*candidates, self.env.user.email):
            if candidate:
                return candidate
        raise UserError(_("Set an e-mail address for your user, to test the server with."))

    def _sender_of_filter(self):
        """Return an address that the server sends for, ``None`` when its filter is blank."""
        names = list(filter(None, map(str.strip, self.from_filter.split(","))))
        addresses = [name for name in names if "@" in name] + [f"noreply@{name}" for name in names]
        return next(iter(addresses), None)

    def _get_test_email_to(self):
        """Return the address that the test would be sent to: the sender's own, which the server should know."""
        return self._get_test_email_from()

    def test_smtp_connection(self, autodetect_max_email_size=False):
        """Talk to the servers until just before a message is sent, and return the action that tells the result.

        :param autodetect_max_email_size: store the size that the server says it takes
        :raise AccessError: when the user may not change the servers
        :raise UserError: when something is wrong
        """
        self.check_access("write")
        for server in self:
            session = None
            try:
                session = server.connect(mail_server_id=server.id, allow_archived=True)
                sender, recipient = server._get_test_email_from(), server._get_test_email_to()
                for code, reply in (session.mail(sender), session.rcpt(recipient)):
                    if code not in (250, 251):
                        raise UserError(_("The server refused: %s", reply.decode(errors="replace")))
                session.putcmd("data")
                code, reply = session.getreply()
                if code != 354:
                    raise UserError(_("The server refused: %s", reply.decode(errors="replace")))
                if autodetect_max_email_size:
                    size = session.esmtp_features.get("size")
                    if not size:
                        raise UserError(_("Server %s does not tell how large e-mails may be.", server.name))
                    server.max_email_size = float(size) / 1024**2
            except UserError:
                raise
            except (UnicodeError, gaierror, OSError, smtplib.SMTPException) as error:
                raise UserError(
                    _("The connection to %(server)s failed: %(error)s", server=server.name, error=error)
                ) from error
            finally:
                if session:
                    # not quit(): the message that was begun would be sent
                    session.close()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"message": _("The connection works."), "type": "success", "sticky": False},
        }

    def action_retrieve_max_email_size(self):
        """Store the size of e-mails that the server says it takes."""
        self.ensure_one()
        return self.test_smtp_connection(autodetect_max_email_size=True)

    # connecting

    def _parameters(self, host, port, user, password, encryption, ssl_certificate, ssl_private_key, smtp_from, server):
        """Return what a connection needs, from ``server`` or else from the arguments and the configuration."""
        found = {"ssl_context": None, "from_filter": False}
        if server and server.smtp_authentication != "cli":
            found.update(
                host=server.smtp_host,
                port=server.smtp_port,
                user=server.smtp_user,
                password=server.smtp_pass,
                encryption=server.smtp_encryption,
                from_filter=server.from_filter,
            )
            if server.smtp_authentication == "certificate":
                found.update(
                    user=None,
                    password=None,
                    ssl_context=self._ssl_context(
                        base64.b64decode(server.smtp_ssl_certificate), base64.b64decode(server.smtp_ssl_private_key)
                    ),
                )
            return found
        # what is configured is for the configured host alone, and its password for the configured user
        configured = {} if host else tools.config
        if not user:
            user, password = configured.get("smtp_user"), password or configured.get("smtp_password")
        found.update(
            host=host or configured.get("smtp_server"),
            port=port or configured.get("smtp_port") or 25,
            encryption=encryption or ("starttls" if configured.get("smtp_ssl") else "none"),
            user=user,
            password=password,
            from_filter=server.from_filter if server else self._default_from_filter(),
        )
        if not (ssl_certificate and ssl_private_key):
            ssl_certificate = configured.get("smtp_ssl_certificate_filename")
            ssl_private_key = configured.get("smtp_ssl_private_key_filename")
        if ssl_certificate and ssl_private_key:
            found["ssl_context"] = ssl.create_default_context()
            found["ssl_context"].load_cert_chain(ssl_certificate, keyfile=ssl_private_key)
        return found

    def _ssl_context(self, certificate, key):
        """Return a context with a client certificate.

        :raise UserError: when certificate or key cannot be used
        """
        context = ssl.create_default_context()
        with tempfile.TemporaryDirectory() as directory:
            # the library reads them from files only
            paths = []
            for name, content in (("certificate", certificate), ("key", key)):
                paths.append(os.path.join(directory, name))
                with open(paths[-1], "wb") as file:
                    file.write(content)
            try:
                context.load_cert_chain(*paths)
            except (ssl.SSLError, OSError) as error:
                raise UserError(_("The certificate or its key cannot be used: %s", error)) from error
        return context

    @api.private
    def connect(
        self,
        host=None,
        port=None,
        user=None,
        password=None,
        encryption=None,
        smtp_from=None,
        ssl_certificate=None,
        ssl_private_key=None,
        smtp_debug=False,
        mail_server_id=None,
        allow_archived=False,
    ):
        """Return a connection to a server, with ``from_filter`` and ``smtp_from`` as attributes; ``None`` in tests.

        :param host: a server that has nothing from the configuration, neither user nor certificate
        :param mail_server_id: the server to use, otherwise the one that fits ``smtp_from``
        :raise UserError: when no server is known
        """
        if modules.module.current_test:
            return None
        server = self.env["ir.mail_server"]
        if mail_server_id:
            server = server.sudo().browse(mail_server_id)
            if not allow_archived and not server.active:
                raise UserError(_("The server %s is archived.", server.name))
        elif not host:
            server, smtp_from = self.sudo()._find_mail_server(smtp_from)
        params = self._parameters(
            host, port, user, password, encryption, ssl_certificate, ssl_private_key, smtp_from, server
        )
        if not params["host"]:
            raise UserError(_("There is no server to send e-mails: set one up in the settings."))
        if params["encryption"] == "ssl":
            connection = smtplib.SMTP_SSL(
                params["host"], params["port"], timeout=SMTP_TIMEOUT, context=params["ssl_context"]
            )
        else:
            connection = smtplib.SMTP(params["host"], params["port"], timeout=SMTP_TIMEOUT)
        connection.set_debuglevel(bool(smtp_debug or (server and server.smtp_debug)))
        if params["encryption"] == "starttls":
            connection.starttls(context=params["ssl_context"])
        if params["user"]:
            # the domain of the user name may have letters beyond ASCII
            name, at, domain = params["user"].rpartition("@")
            login = f"{name}@{domain.encode('idna').decode('ascii')}" if at else params["user"]
            (server or self)._smtp_login(connection, login, params["password"] or "")
        connection.ehlo_or_helo_if_needed()
        connection.from_filter, connection.smtp_from = params["from_filter"], smtp_from
        return connection

    def _smtp_login(self, connection, smtp_user, smtp_password):
        """Log in; extended by other modules for other ways."""
        connection.login(smtp_user, smtp_password)

    # building and sending

    @api.private
    def build_email(
        self,
        email_from,
        email_to,
        subject,
        body,
        email_cc=None,
        email_bcc=None,
        reply_to=False,
        attachments=None,
        message_id=None,
        references=None,
        object_id=False,
        subtype="plain",
        headers=None,
        body_alternative=None,
        subtype_alternative="plain",
    ):
        """Return a message.

        :param attachments: (file name, content, mime type) each, the last one may be missing
        :param object_id: makes the message id tell what the message is about
        :param subtype: of the body: ``plain`` or ``html``, which gets a plain version beside it
        :raise AssertionError: when there is no sender
        """
        email_from = email_from or self._notifications_address()
        if not email_from:
            raise AssertionError(self.NO_FOUND_FROM)
        message = EmailMessage(policy=POLICY)
        if not message_id:
            message_id = generate_tracking_message_id(object_id) if object_id else make_msgid()
        message["Message-Id"] = message_id
        if references:
            message["references"] = references
        message["Subject"] = subject
        message["From"] = email_from
        message["Reply-To"] = reply_to or email_from
        message["To"] = email_to
        if email_cc:
            message["Cc"] = email_cc
        if email_bcc:
            message["Bcc"] = email_bcc
        message["Date"] = datetime.datetime.utcnow()
        for name, value in (headers or {}).items():
            message[name] = value
        self._set_body(message, body or "", subtype, body_alternative, subtype_alternative)
        for name, content, mimetype in ((*item, None)[:3] for item in attachments or ()):
            maintype, _slash, kind = (mimetype or "application/octet-stream").partition("/")
            if maintype == "message" and kind == "rfc822":
                message.add_attachment(email.message_from_bytes(content, policy=POLICY), filename=name)
            else:
                message.add_attachment(content, maintype, kind, filename=name)
        for part in message.walk():
            # some programs look for it in each part
            if part.get_content_maintype() == "text" and "MIME-Version" not in part:
                part["MIME-Version"] = "1.0"
        return message

    def _set_body(self, message, body, subtype, alternative, subtype_alternative):
        """Set the body with its other version, if there is one."""
        if subtype == "html" and not alternative:
            message.set_content(html2plaintext(body), subtype="plain", cte="quoted-printable")
            message.add_alternative(body, subtype=subtype, cte="quoted-printable")
        elif alternative:
            message.set_content(alternative, subtype=subtype_alternative, cte="quoted-printable")
            message.add_alternative(body, subtype=subtype, cte="quoted-printable")
        else:
            message.set_content(body, subtype=subtype, cte="quoted-printable")

    @api.model
    def _get_default_bounce_address(self):
        """Return the address that tells of e-mails which did not arrive."""
        return tools.config.get("email_from")

    @api.model
    def _get_default_from_address(self):
        """Return the address that e-mails without sender come from."""
        return tools.config.get("email_from")

    @api.model
    def _default_from_filter(self):
        """Return the addresses that the server of the configuration sends for."""
        parameters = self.env["ir.config_parameter"].sudo()
        return parameters.get_param("mail.default.from_filter", tools.config.get("from_filter"))

    def _notifications_address(self):
        """Return the address that e-mails without sender come from: that of the context, else the default one."""
        return self.env.context.get("domain_notifications_email") or self._get_default_from_address()

    def _prepare_email_message(self, message, smtp_session):
        """Return sender, recipients and message as they go to the server; the addresses are ASCII.

        :raise AssertionError: when there is no sender or no recipient
        """
        bounce = (
            self.env.context.get("domain_bounce_address")
            or message["Return-Path"]
            or self._get_default_bounce_address()
            or message["From"]
        )
        smtp_from = message["From"] or bounce
        if not smtp_from:
            raise AssertionError(self.NO_FOUND_FROM)
        del message["Return-Path"]
        forced = message["X-Forge-To"]
        recipients = [address for name in ("To", "Cc", "Bcc") for address in _smtp_addresses(message[name])]
        if not recipients:
            raise AssertionError(self.NO_VALID_RECIPIENT)
        del message["Bcc"]
        if forced:
            del message["To"], message["X-Forge-To"]
            message["To"] = forced
        senders = _smtp_addresses(self._rewrite_from(message, smtp_session, smtp_from, bounce))
        if not senders:
            raise AssertionError(self.NO_FOUND_FROM)
        return senders[-1], list(dict.fromkeys(recipients)), message

    def _rewrite_from(self, message, smtp_session, smtp_from, bounce):
        """Return the sender for the server; where it does not send for the author, put another one before them.

        :param bounce: address that tells of e-mails which did not arrive: it sends where the server does so for it
        """
        smtp_from = getattr(smtp_session, "smtp_from", False) or smtp_from
        notifications = email_normalize(self._notifications_address())
        if notifications and email_normalize(smtp_from) == notifications != email_normalize(message["From"]):
            smtp_from = encapsulate_email(message["From"], notifications)
            message.replace_header("From", smtp_from)
        if self._match_from_filter(bounce, getattr(smtp_session, "from_filter", False)):
            smtp_from = bounce
        return smtp_from

    @api.private
    @api.model
    def send_email(
        self,
        message,
        mail_server_id=None,
        smtp_server=None,
        smtp_port=None,
        smtp_user=None,
        smtp_password=None,
        smtp_encryption=None,
        smtp_ssl_certificate=None,
        smtp_ssl_private_key=None,
        smtp_debug=False,
        smtp_session=None,
    ):
        """Send a message made by :meth:`build_email`.

        :param smtp_session: a connection that stays open
        :return: the message id
        :raise MailDeliveryException: when the message cannot be sent
        """
        session = smtp_session or self.connect(
            host=smtp_server,
            port=smtp_port,
            user=smtp_user,
            password=smtp_password,
            encryption=smtp_encryption,
            ssl_certificate=smtp_ssl_certificate,
            ssl_private_key=smtp_ssl_private_key,
            smtp_debug=smtp_debug,
            mail_server_id=mail_server_id,
            smtp_from=message["From"],
        )
        envelope_from, recipients, message = self._prepare_email_message(message, session)
        if modules.module.current_test:
            _test_logger.debug("a test sends no e-mail to %s", recipients)
        else:
            self._transmit(session, message, envelope_from, recipients, server_name=smtp_server)
            if not smtp_session:
                session.quit()
        return message["Message-Id"]

    def _transmit(self, session, message, envelope_from, recipients, server_name):
        """Hand a message to the server of a connection.

        :raise MailDeliveryException: when it does not take the message
        """
        try:
            session.send_message(message, envelope_from, recipients)
        except smtplib.SMTPServerDisconnected:
            # the connection may be one of many messages: who opened it opens another one
            raise
        except (smtplib.SMTPException, OSError, UnicodeError) as error:
            name = server_name or getattr(session, "_host", "")
            text = _(
                "The e-mail could not be sent through %(server)s: %(kind)s: %(error)s",
                server=name,
                kind=type(error).__name__,
                error=error,
            )
            _logger.info(text)
            raise MailDeliveryException(_("E-mail not sent"), text) from error

    # choosing a server

    def _find_mail_server_allowed_domain(self):
        """Return the domain of the servers that may be chosen; extended by other modules."""
        return []

    def _find_mail_server(self, email_from, mail_servers=None):
        """Return the server for a sender, and the sender to use with it.

        A server for the address comes first, then one for its domain, then one for the address that notifications
        come from, then one for everybody; the first of all and that of the configuration, last.
        """
        normalized = email_normalize(email_from)
        notifications = email_normalize(self._notifications_address())
        servers = (
            self.sudo().search(self._find_mail_server_allowed_domain(), order="sequence")
            if mail_servers is None
            else mail_servers
        )
        servers = servers.filtered("active")

        def match(wanted):
            return next(
                (
                    server
                    for server in servers
                    if server.from_filter
                    and any(part.strip().lower() == wanted for part in server.from_filter.split(","))
                ),
                None,
            )

        for sender in filter(None, (normalized, notifications)):
            found = match(sender) or match(email_domain_extract(sender))
            if found:
                return found, email_from if sender == normalized else notifications
        everybody = servers.filtered(lambda server: not server.from_filter)
        if everybody:
            return everybody[0], email_from
        if servers:
            _logger.warning("no server sends for %s: %s is used", email_from, servers[0].name)
            return servers[0], notifications or email_from
        from_filter = self._default_from_filter()
        if self._match_from_filter(email_from, from_filter):
            return self.browse(), email_from
        if notifications and self._match_from_filter(notifications, from_filter):
            return self.browse(), notifications
        return self.browse(), email_from

    @api.model
    def _match_from_filter(self, email_from, from_filter):
        """Tell whether a server with the filter sends for an address."""
        if not from_filter:
            return True
        normalized = email_normalize(email_from)
        domain = email_domain_extract(normalized) if normalized else False
        for part in filter(None, map(str.strip, from_filter.split(","))):
            if ("@" in part and email_normalize(part) == normalized) or ("@" not in part and part.lower() == domain):
                return True
        return False
