"""``fetchmail.server``: mailboxes that incoming e-mails are fetched from."""

import imaplib
import logging
import poplib
import socket
import ssl
from contextlib import suppress

from odoo import api, fields, models, modules
from odoo.exceptions import UserError, ValidationError

_logger = logging.getLogger(__name__)

#: a mailbox answers within so many seconds
MAIL_TIMEOUT = 60
#: how many e-mails one session of POP takes
MAX_POP_MESSAGES = 50
#: type of mailbox -> port without and with TLS
_PORTS = {"imap": (143, 993), "pop": (110, 995)}
#: what closing a connection that is gone raises
_GONE = (OSError, imaplib.IMAP4.error, poplib.error_proto)
_CRON = "mail.ir_cron_mail_gateway_action"


class FetchmailServer(models.Model):
    """A mailbox."""

    _name = "fetchmail.server"
    _description = "Incoming Mail Server"
    _order = "priority"

    name = fields.Char("Name", required=True)
    active = fields.Boolean("Active", default=True)
    state = fields.Selection(
        [("draft", "Not Confirmed"), ("done", "Confirmed")],
        string="Status",
        index=True,
        readonly=True,
        copy=False,
        default="draft",
    )
    server = fields.Char("Server Name", help="Name or address of the host.")
    port = fields.Integer("Port")
    server_type = fields.Selection(
        [("imap", "IMAP Server"), ("pop", "POP Server"), ("local", "Local Server")],
        string="Server Type",
        index=True,
        required=True,
        default="imap",
    )
    server_type_info = fields.Text("Server Type Info", compute="_compute_server_type_info")
    is_ssl = fields.Boolean("SSL/TLS", help="The connection is encrypted from its beginning.")
    attach = fields.Boolean("Keep Attachments", default=True, help="Otherwise files of e-mails are left out.")
    original = fields.Boolean("Keep Original", help="Each e-mail is also kept as it came, as a file of its message.")
    date = fields.Datetime("Last Fetch Date", readonly=True)
    user = fields.Char("Username")
    password = fields.Char("Password")
    object_id = fields.Many2one(
        "ir.model",
        "Create a New Record",
        domain="[('is_mail_thread', '=', True)]",
        help="What e-mails become that are neither answers nor for an alias.",
    )
    priority = fields.Integer("Server Priority", default=5, help="Mailboxes with low numbers are read first.")
    message_ids = fields.One2many("mail.mail", "fetchmail_server_id", string="Messages", readonly=True)
    configuration = fields.Text("Configuration", readonly=True)
    script = fields.Char("Script", readonly=True, default="/mail/static/scripts/odoo-mailgate.py")

    @api.depends("server_type")
    def _compute_server_type_info(self):
        """Tell how e-mails come from the machine itself."""
        for server in self:
            server.server_type_info = server._get_server_type_info()

    def _get_server_type_info(self):
        """Return what there is to know about the type of mailbox, ``False`` where nothing is."""
        if self.server_type != "local":
            return False
        return self.env._("The mail program of this machine hands e-mails to the script below.")

    @api.onchange("server_type", "is_ssl", "object_id")
    def onchange_server_type(self):
        """Take the usual port, and show how the script is called."""
        self.port = _PORTS.get(self._get_connection_type(), (0, 0))[bool(self.is_ssl)]
        model = f" -o {self.object_id.model}" if self.object_id else ""
        call = f"odoo-mailgate.py -d {self.env.cr.dbname} -u {self.env.uid} -p PASSWORD{model}"
        self.configuration = self.env._(
            'With Postfix, one line in /etc/aliases hands e-mails over:\n%(name)s: "|%(call)s"', name="odoo", call=call
        )

    # the scheduled action

    @api.model_create_multi
    def create(self, vals_list):
        """Create mailboxes."""
        servers = super().create(vals_list)
        self._update_cron()
        return servers

    def write(self, values):
        """Change mailboxes."""
        result = super().write(values)
        self._update_cron()
        return result

    def unlink(self):
        """Delete mailboxes."""
        result = super().unlink()
        self._update_cron()
        return result

    @api.model
    def _fetched_domain(self):
        """Return the search domain of the mailboxes that are read."""
        return [("state", "=", "done"), ("server_type", "!=", "local")]

    @api.model
    def _update_cron(self):
        """Have mailboxes be read regularly, if there are any."""
        if self.env.context.get("fetchmail_cron_running"):
            return
        cron = self.env.ref(_CRON, raise_if_not_found=False)
        wanted = bool(self.sudo().search_count(self._fetched_domain(), limit=1))
        if cron and cron.sudo().active != wanted:
            cron.sudo().active = wanted

    @api.model
    def _fetch_mails(self):
        """Fetch the e-mails of all mailboxes; what goes wrong is in the log."""
        self.search(self._fetched_domain()).fetch_mail(raise_exception=False)

    # connections

    def _get_connection_type(self):
        """Return how the mailbox is read, ``imap`` or ``pop``; extended by modules with types of their own."""
        self.ensure_one()
        return self.server_type

    def connect(self, allow_archived=False):
        """Return a connection to the mailbox, where the user is logged in.

        :param allow_archived: also when the mailbox is archived
        :return: :class:`imaplib.IMAP4` or :class:`poplib.POP3`
        :raise UserError: for archived mailboxes, and those that need no connection
        """
        self.ensure_one()
        if not allow_archived and not self.active:
            raise UserError(self.env._("%s is archived: nothing is fetched from it.", self.display_name))
        kind = self._get_connection_type()
        if kind == "imap":
            connection = self._open(imaplib.IMAP4, imaplib.IMAP4_SSL)
            self._imap_login(connection)
            return connection
        if kind == "pop":
            connection = self._open(poplib.POP3, poplib.POP3_SSL)
            connection.user(self.user or "")
            connection.pass_(self.password or "")
            return connection
        raise UserError(self.env._("Nothing is fetched for %s: its e-mails come by themselves.", self.display_name))

    def _open(self, plain, encrypted):
        """Return a connection of one of two classes."""
        place = (self.server or "", int(self.port))
        if not self.is_ssl:
            return plain(*place, timeout=MAIL_TIMEOUT)
        context = {"ssl_context" if encrypted is imaplib.IMAP4_SSL else "context": ssl.create_default_context()}
        return encrypted(*place, timeout=MAIL_TIMEOUT, **context)

    def _imap_login(self, connection):
        """Log in; extended by modules with other ways to do so.

        :param connection: :class:`imaplib.IMAP4`
        """
        self.ensure_one()
        connection.login(self.user or "", self.password or "")

    def _close(self, connection):
        """End a connection, which may be gone."""
        if connection is None:
            return
        with suppress(*_GONE):
            if self._get_connection_type() == "imap":
                connection.logout()
            else:
                connection.quit()

    def set_draft(self):
        """Stop fetching."""
        return self.write({"state": "draft"})

    def button_confirm_login(self):
        """Try the mailboxes, and begin fetching.

        :raise UserError: for those that cannot be read
        """
        for server in self:
            connection = None
            try:
                connection = server.connect(allow_archived=True)
            except UserError:
                raise
            except Exception as error:
                _logger.info("%s cannot be read", server.display_name, exc_info=True)
                raise UserError(server._problem(error)) from error
            finally:
                server._close(connection)
            server.state = "done"
        return True

    def _problem(self, error):
        """Return what an error of a connection means for the user."""
        if isinstance(error, (UnicodeError, socket.gaierror)):
            return self.env._("There is no host %(host)s: %(error)s", host=self.server or "''", error=error)
        if isinstance(error, TimeoutError):
            return self.env._("%(host)s does not answer in time.", host=self.server)
        if isinstance(error, (imaplib.IMAP4.error, poplib.error_proto)):
            return self.env._("%(host)s refuses: %(error)s", host=self.server, error=_readable(error))
        if isinstance(error, ssl.SSLError):
            return self.env._(
                "The encrypted connection to %(host)s fails: %(error)s Check the port, and whether it is encrypted.",
                host=self.server,
                error=error,
            )
        return self.env._("%(host)s cannot be reached: %(error)s", host=self.server, error=error)

    # fetching

    def fetch_mail(self, raise_exception=True):
        """Fetch new e-mails.

        :param raise_exception: raise when a mailbox cannot be read, instead of writing it to the log
        :raise ValidationError: if so
        """
        for server in self.with_context(fetchmail_cron_running=True):
            connection = None
            try:
                connection = server.connect()
                if server._get_connection_type() == "imap":
                    server._fetch_imap(connection)
                else:
                    connection = server._fetch_pop(connection)
            except Exception as error:
                if raise_exception:
                    raise ValidationError(
                        self.env._(
                            "The e-mails of %(name)s could not be fetched. %(problem)s",
                            name=server.display_name,
                            problem=server._problem(error),
                        )
                    ) from error
                _logger.warning("the e-mails of %s could not be fetched", server.display_name, exc_info=True)
            finally:
                server._close(connection)
            server.date = fields.Datetime.now()
            server._keep()
        return True

    def _keep(self):
        """Keep what was done so far; tests have one transaction."""
        if not modules.module.current_test:
            self.env.cr.commit()

    def _take(self, content):
        """Take an e-mail in, whole or not at all; return whether that went well."""
        threads = self.env["mail.thread"].with_context(default_fetchmail_server_id=self.id)
        try:
            with self.env.cr.savepoint():
                threads.message_process(
                    self.object_id.model,
                    content,
                    save_original=self.original,
                    strip_attachments=not self.attach,
                )
        except Exception:
            _logger.info("an e-mail of %s could not be taken", self.display_name, exc_info=True)
            return False
        return True

    def _fetch_imap(self, connection):
        """Fetch what nobody has read, and mark it as read."""
        connection.select()
        _answer, found = connection.search(None, "(UNSEEN)")
        numbers = (found[0] or b"").split() if found else []
        failed = 0
        for number in numbers:
            _answer, data = connection.fetch(number, "(RFC822)")
            # whatever interrupts us now, it is fetched again
            connection.store(number, "-FLAGS", "\\Seen")
            content = next((part[1] for part in data if isinstance(part, tuple)), None)
            failed += content is None or not self._take(content)
            connection.store(number, "+FLAGS", "\\Seen")
            self._keep()
        _logger.info("%s: %s e-mails, %s of them failed", self.display_name, len(numbers), failed)

    def _fetch_pop(self, connection):
        """Fetch what is there, and delete what could be taken.

        :return: the connection that is open at the end
        """
        while True:
            count = min(connection.stat()[0], MAX_POP_MESSAGES)
            failed = 0
            for number in range(1, count + 1):
                _answer, lines, _size = connection.retr(number)
                if self._take(b"\n".join(lines)):
                    connection.dele(number)
                else:
                    failed += 1
                self._keep()
            _logger.info("%s: %s e-mails, %s of them failed", self.display_name, count, failed)
            if count < MAX_POP_MESSAGES or failed == count:
                return connection
            # what was deleted goes when the session ends
            connection.quit()
            connection = self.connect()


def _readable(error):
    """Return what a server said, which may be bytes."""
    said = error.args[0] if error.args else str(error)
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
