"""``mail.notification``: that somebody was told of a message, and what became of it."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL
from odoo.tools.translate import _

from ..tools.discuss import Store


class MailNotification(models.Model):
    """A message for a partner, in the inbox of the application or by e-mail."""

    _name = "mail.notification"
    _table = "mail_notification"
    _rec_name = "res_partner_id"
    _log_access = False
    _description = "Message Notifications"

    author_id = fields.Many2one("res.partner", "Author", ondelete="set null")
    mail_message_id = fields.Many2one("mail.message", "Message", index=True, ondelete="cascade", required=True)
    mail_mail_id = fields.Many2one("mail.mail", "Mail", index=True, help="The e-mail that was made of it.")
    res_partner_id = fields.Many2one("res.partner", "Recipient", index=True, ondelete="cascade")
    notification_type = fields.Selection(
        [("inbox", "Inbox"), ("email", "Email")], default="inbox", index=True, required=True
    )
    notification_status = fields.Selection(
        [
            ("ready", "Ready to Send"),
            ("process", "Processing"),
            ("pending", "Sent"),
            ("sent", "Delivered"),
            ("bounce", "Bounced"),
            ("exception", "Exception"),
            ("canceled", "Cancelled"),
        ],
        default="ready",
        index=True,
    )
    is_read = fields.Boolean("Is Read", index=True)
    read_date = fields.Datetime("Read Date", copy=False)
    failure_type = fields.Selection(
        [
            ("unknown", "Unknown error"),
            ("mail_bounce", "Bounce"),
            ("mail_email_invalid", "Invalid email address"),
            ("mail_email_missing", "Missing email address"),
            ("mail_from_invalid", "Invalid from address"),
            ("mail_from_missing", "Missing from address"),
            ("mail_smtp", "Connection failed (outgoing mail server problem)"),
        ]
    )
    failure_reason = fields.Text("Failure reason", copy=False)

    _sql_constraints = [
        (
            "notification_partner_required",
            "CHECK(notification_type NOT IN ('email', 'inbox') OR res_partner_id IS NOT NULL)",
            "An e-mail or a message in an inbox is for a partner.",
        ),
    ]

    def init(self):
        """Make the indexes: one notification for a message and a partner, and those that counters look for."""
        self.env.cr.execute(
            SQL(
                """
                CREATE INDEX IF NOT EXISTS mail_notification_res_partner_id_is_read_notification_status_mail_message_id
                    ON mail_notification (res_partner_id, is_read, notification_status, mail_message_id);
                CREATE INDEX IF NOT EXISTS mail_notification_author_id_notification_status_failure
                    ON mail_notification (author_id, notification_status)
                 WHERE notification_status IN ('bounce', 'exception');
                CREATE UNIQUE INDEX IF NOT EXISTS unique_mail_message_id_res_partner_id_if_set
                    ON mail_notification (mail_message_id, res_partner_id) WHERE res_partner_id IS NOT NULL
                """
            )
        )

    @api.model_create_multi
    def create(self, vals_list):
        """Create notifications of messages that the user may read."""
        now = fields.Datetime.now()
        given = [{**vals, "read_date": now} if vals.get("is_read") else vals for vals in vals_list]
        messages = self.env["mail.message"].browse(dict.fromkeys(vals["mail_message_id"] for vals in given))
        messages.check_access("read")
        return super().create(given)

    def write(self, vals):
        """Change notifications; they stay with their message and recipient.

        :raise AccessError: when somebody but an administrator would move them
        """
        if vals.keys() & {"mail_message_id", "res_partner_id"} and not self.env.is_admin():
            raise AccessError(_("A notification stays with its message and its recipient."))
        if vals.get("is_read"):
            vals = {**vals, "read_date": fields.Datetime.now()}
        return super().write(vals)

    @api.model
    def _gc_notifications(self, max_age_days=180):
        """Delete what users of the house read long ago.

        :param max_age_days: how long notifications are kept after they were read
        """
        self.search(
            [
                ("is_read", "=", True),
                ("read_date", "<", fields.Datetime.now() - timedelta(days=max_age_days)),
                ("res_partner_id.partner_share", "=", False),
                ("notification_status", "in", ("sent", "canceled")),
            ]
        ).unlink()

    def format_failure_reason(self):
        """Return why the notification failed, for people to read."""
        self.ensure_one()
        known, reason = self.failure_type != "unknown", self.failure_reason
        labels = dict(self._fields["failure_type"]._description_selection(self.env))
        if known:
            return labels.get(self.failure_type, "")
        return _("Unknown error: %(error)s", error=reason) if reason else _("Unknown error")

    def _filtered_for_web_client(self):
        """Return what clients show: failures, what went outside, and kinds of messages that are watched."""

        def is_shown(notification):
            subtype = notification.mail_message_id.subtype_id
            return (
                notification.notification_status in ("bounce", "exception", "canceled")
                or notification.res_partner_id.partner_share
                or not subtype
                or subtype.track_recipients
            )

        return self.filtered(is_shown)

    @api.model
    def _failures_of(self, author, limit):
        """Return notifications of an author about documents that did not reach anybody.

        :param author: partner
        :param limit: how many at most
        """
        about = self.env["mail.message"]._search(
            [("res_id", "!=", 0), ("model", "!=", False), ("message_type", "!=", "user_notification")]
        )
        failed = [("notification_status", "in", ("exception", "bounce")), ("author_id", "=", author.id)]
        return self.search([*failed, ("mail_message_id", "in", about)], limit=limit)

    def _to_store(self, store: Store, /):
        """Put notifications into a store."""
        for notification in self:
            store.add(
                notification,
                {
                    "failure_type": notification.failure_type,
                    "message": Store.one(notification.mail_message_id, only_id=True),
                    "notification_status": notification.notification_status,
                    "notification_type": notification.notification_type,
                    "persona": Store.one(notification.res_partner_id, fields=["name"]),
                },
            )
