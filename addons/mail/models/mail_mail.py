"""``mail.mail``: e-mails that are to be sent, and the queue of them."""

import logging
from collections import defaultdict

from odoo import api, fields, models, modules, tools
from odoo.osv import expression

from .mail_thread_notify import _parsed_time

_logger = logging.getLogger(__name__)

#: how many e-mails of the queue are sent in one go
QUEUE_SIZE = 1000


class MailMail(models.Model):
    """An e-mail: a message with recipients, and what became of it."""

    _name = "mail.mail"
    _description = "Outgoing Mails"
    _inherits = {"mail.message": "mail_message_id"}
    _order = "id desc"
    _rec_name = "subject"

    mail_message_id = fields.Many2one(
        "mail.message", "Message", required=True, ondelete="cascade", index=True, auto_join=True
    )
    mail_message_id_int = fields.Integer(compute="_compute_mail_message_id_int", compute_sudo=True)
    message_type = fields.Selection(related="mail_message_id.message_type", inherited=True, default="email_outgoing")
    body_html = fields.Text("Text Contents", help="What is sent.")
    body_content = fields.Html(
        "Rich-text Contents", sanitize=True, compute="_compute_body_content", search="_search_body_content"
    )
    references = fields.Text("References", readonly=True, help="Ids of the messages it answers.")
    headers = fields.Text("Headers", copy=False, help="A dict as text.")
    restricted_attachment_count = fields.Integer("Restricted attachments", compute="_compute_restricted_attachments")
    unrestricted_attachment_ids = fields.Many2many(
        "ir.attachment",
        string="Unrestricted Attachments",
        compute="_compute_restricted_attachments",
        inverse="_inverse_unrestricted_attachment_ids",
    )
    is_notification = fields.Boolean("Notification Email", help="The message stays when the e-mail is deleted.")
    email_to = fields.Text("To")
    email_cc = fields.Char("Cc")
    recipient_ids = fields.Many2many("res.partner", string="To (Partners)", context={"active_test": False})
    state = fields.Selection(
        [
            ("outgoing", "Outgoing"),
            ("sent", "Sent"),
            ("received", "Received"),
            ("exception", "Delivery Failed"),
            ("cancel", "Cancelled"),
        ],
        "Status",
        readonly=True,
        copy=False,
        default="outgoing",
    )
    failure_type = fields.Selection(
        [
            ("unknown", "Unknown error"),
            ("mail_email_invalid", "Invalid email address"),
            ("mail_email_missing", "Missing email"),
            ("mail_from_invalid", "Invalid from address"),
            ("mail_from_missing", "Missing from address"),
            ("mail_smtp", "Connection failed (outgoing mail server problem)"),
            ("mail_bl", "Blacklisted Address"),
            ("mail_optout", "Opted Out"),
            ("mail_dup", "Duplicated Email"),
        ],
        string="Failure type",
    )
    failure_reason = fields.Text("Failure Reason", readonly=True, copy=False)
    auto_delete = fields.Boolean("Auto Delete", help="Delete the e-mail when it is sent, and save room.")
    fetchmail_server_id = fields.Many2one(
        "fetchmail.server", "Inbound Mail Server", readonly=True, index="btree_not_null", ondelete="set null"
    )
    scheduled_date = fields.Datetime("Scheduled Send Date", help="It is not sent before; at once, if empty.")

    @api.model
    def default_get(self, fields):
        """Ignore defaults of the context that are meant for other models."""
        values = super().default_get(fields)
        for name, otherwise in (("message_type", None), ("state", "outgoing")):
            if name in values and values[name] not in dict(self._fields[name]._description_selection(self.env)):
                values[name] = otherwise
        return values

    # computed fields

    def _compute_mail_message_id_int(self):
        """Give the id of the message to views that may not read it."""
        for mail in self:
            mail.mail_message_id_int = mail.mail_message_id.id

    @api.depends("body_html")
    def _compute_body_content(self):
        """Show what is sent."""
        for mail in self:
            mail.body_content = mail.body_html

    def _search_body_content(self, operator, value):
        """Find by what is sent."""
        return [("body_html", operator, value)]

    @api.depends("attachment_ids")
    def _compute_restricted_attachments(self):
        """Show the files that the user may read, and how many others there are."""
        for mail in self:
            every = mail.sudo().attachment_ids
            readable = every.with_env(self.env)._filtered_access("read")
            mail.restricted_attachment_count = len(every) - len(readable)
            mail.unrestricted_attachment_ids = readable

    def _inverse_unrestricted_attachment_ids(self):
        """Keep the files that the user may not read."""
        for mail in self:
            every = mail.sudo().attachment_ids
            hidden = every - every.with_env(self.env)._filtered_access("read").sudo()
            mail.sudo().attachment_ids = hidden | mail.unrestricted_attachment_ids.sudo()

    # changes

    @api.model_create_multi
    def create(self, values_list):
        """Create e-mails; those of a message that is there are its notifications."""
        prepared = []
        for values in values_list:
            values = dict(values)
            if "is_notification" not in values and values.get("mail_message_id"):
                values["is_notification"] = True
            if "scheduled_date" in values:
                values["scheduled_date"] = _parsed_time(values["scheduled_date"])
            prepared.append(values)
        mails = super().create(prepared)
        mails.filtered(lambda mail: mail.sudo().attachment_ids)._check_attachments_are_read()
        return mails

    def write(self, vals):
        """Change e-mails."""
        if "scheduled_date" in vals:
            vals = {**vals, "scheduled_date": _parsed_time(vals["scheduled_date"])}
        result = super().write(vals)
        if vals.get("attachment_ids"):
            self._check_attachments_are_read()
        return result

    def _check_attachments_are_read(self):
        """Check that the user may read the files.

        :raise AccessError: otherwise
        """
        if not self.env.su and self:
            self.sudo().attachment_ids.with_env(self.env).check_access("read")

    def unlink(self):
        """Delete e-mails, with those messages that were only for them."""
        own = self.filtered(lambda mail: not mail.is_notification).sudo().mail_message_id
        result = super().unlink()
        own.exists().unlink()
        return result

    def action_retry(self):
        """Try again to send what could not be sent."""
        self.filtered(lambda mail: mail.state == "exception").mark_outgoing()

    def action_open_document(self):
        """Return the action that opens the document of the e-mail."""
        self.ensure_one()
        return self.sudo().mail_message_id.action_open_document()

    def mark_outgoing(self):
        """Put e-mails into the queue."""
        return self.write({"state": "outgoing"})

    def cancel(self):
        """Take e-mails out of the queue."""
        return self.write({"state": "cancel"})

    # the queue

    @api.model
    def process_email_queue(self, ids=None, batch_size=QUEUE_SIZE):
        """Send e-mails of the queue whose time has come.

        :param ids: only those among these
        :param batch_size: how many, unless the configuration says
        """
        domain = [
            "&",
            ("state", "=", "outgoing"),
            "|",
            ("scheduled_date", "=", False),
            ("scheduled_date", "<=", fields.Datetime.now()),
        ]
        if "filters" in self.env.context:
            domain = expression.AND([domain, self.env.context["filters"]])
        size = int(self.env["ir.config_parameter"].sudo().get_param("mail.mail.queue.batch.size", batch_size) or 0)
        size = size or batch_size
        found = self.search(domain, limit=size * 10 if ids else size).ids
        chosen = sorted(set(found) & set(ids) if ids else found)
        mails, total = self.browse(chosen), len(chosen)
        done = []

        def progress(sent_ids):
            done.extend(sent_ids)
            self.env["ir.cron"]._notify_progress(done=len(set(done)), remaining=total - len(set(done)))

        try:
            mails.send(auto_commit=not modules.module.current_test, post_send_callback=progress)
        except Exception:
            _logger.exception("the queue of e-mails could not be sent")

    def _postprocess_sent_message(self, success_pids, failure_reason=False, failure_type=None):
        """Keep what became of e-mails, and delete those that are not to be kept.

        :param success_pids: partners, or their ids, whom they were sent to
        :param failure_type: why others did not get them
        """
        notifying = self.filtered("is_notification")
        if notifying:
            notifications = (
                self.env["mail.notification"]
                .sudo()
                .search(
                    [
                        ("notification_type", "=", "email"),
                        ("mail_mail_id", "in", notifying.ids),
                        ("notification_status", "not in", ("sent", "canceled")),
                    ]
                )
            )
            failed = notifications.browse()
            if failure_type:
                reached = {getattr(partner, "id", partner) for partner in success_pids}
                failed = notifications.filtered(lambda row: row.res_partner_id.id not in reached)
                values = {"notification_status": "exception", "failure_type": failure_type}
                failed.write({**values, "failure_reason": failure_reason})
                about = failed.mail_message_id.filtered(lambda message: message.is_thread_message())
                about._notify_message_notification_update()
            (notifications - failed).write(
                {"notification_status": "sent", "failure_type": False, "failure_reason": False}
            )
        if not failure_type or failure_type in ("mail_email_invalid", "mail_email_missing"):
            self.sudo().filtered("auto_delete").unlink()
        return True

    def _split_by_mail_configuration(self):
        """Yield ``(server, domain, sender, ids)``: e-mails that one connection sends."""
        senders = defaultdict(list)
        for mail in self.sudo():
            sender = _first_address(mail.email_from)
            senders[mail.mail_server_id, mail.record_alias_domain_id, sender].append(mail.id)
        servers = self.env["ir.mail_server"].sudo()
        available = None
        grouped = defaultdict(list)
        for (server, domain, sender), ids in senders.items():
            if not server:
                if available is None:
                    available = servers.search(servers._find_mail_server_allowed_domain(), order="sequence, id")
                configured = servers.with_context(
                    domain_notifications_email=domain.default_from_email or False,
                    domain_bounce_address=domain.bounce_email or False,
                )
                server, sender = configured._find_mail_server(sender, available)
            grouped[server or servers, domain, sender].extend(ids)
        size = int(self.env["ir.config_parameter"].sudo().get_param("mail.session.batch.size") or 0) or QUEUE_SIZE
        for (server, domain, sender), ids in grouped.items():
            for start in range(0, len(ids), size):
                yield server.id, domain.id, sender, ids[start : start + size]


def _first_address(text):
    """Return the first address of a text with its name, or the text when it has none."""
    return next(iter(tools.mail.email_split_and_format(text)), text)
