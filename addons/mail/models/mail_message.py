"""``mail.message``: what is said about a document, or sent to somebody."""

import logging
import re
from collections import defaultdict

from odoo import api, fields, models, tools
from odoo.exceptions import AccessError
from odoo.tools.mail import html2plaintext
from odoo.tools.translate import _

from ..tools.inline_images import extract_images

_logger = logging.getLogger(__name__)

#: length of the text that lists show of a message
PREVIEW_LENGTH = 190
#: headers keep message ids below this
_HEADER_SAFE = re.compile(r"[^\w.\-]")


class MailMessage(models.Model):
    """A note, comment, e-mail or notice; most are about a document."""

    _name = "mail.message"
    _description = "Message"
    _order = "id desc"
    _rec_name = "record_name"

    subject = fields.Char("Subject")
    date = fields.Datetime("Date", default=fields.Datetime.now)
    body = fields.Html("Contents", default="", sanitize_style=True)
    preview = fields.Char("Preview", compute="_compute_preview", help="The beginning, as plain text.")
    reaction_ids = fields.One2many(
        "mail.message.reaction", "message_id", string="Reactions", groups="base.group_system"
    )
    attachment_ids = fields.Many2many(
        "ir.attachment", "message_attachment_rel", "message_id", "attachment_id", string="Attachments"
    )
    parent_id = fields.Many2one("mail.message", "Parent Message", index="btree_not_null", ondelete="set null")
    child_ids = fields.One2many("mail.message", "parent_id", "Child Messages")
    model = fields.Char("Related Document Model")
    res_id = fields.Many2oneReference("Related Document ID", model_field="model")
    record_name = fields.Char("Message Record Name")
    record_alias_domain_id = fields.Many2one("mail.alias.domain", "Alias Domain", ondelete="set null")
    record_company_id = fields.Many2one("res.company", "Company", ondelete="set null")
    message_type = fields.Selection(
        [
            ("email", "Incoming Email"),
            ("comment", "Comment"),
            ("email_outgoing", "Outgoing Email"),
            ("notification", "System notification"),
            ("auto_comment", "Automated Targeted Notification"),
            ("user_notification", "User Specific Notification"),
        ],
        "Type",
        required=True,
        default="comment",
        help="Where the message comes from: people, the system, or the mail.",
    )
    subtype_id = fields.Many2one("mail.message.subtype", "Subtype", ondelete="set null", index=True)
    mail_activity_type_id = fields.Many2one(
        "mail.activity.type", "Mail Activity Type", index="btree_not_null", ondelete="set null"
    )
    is_internal = fields.Boolean("Employee Only", help="Customers do not see it, whatever its kind.")
    email_from = fields.Char("From", help="The sender where no contact is known for the address.")
    author_id = fields.Many2one("res.partner", "Author", index=True, ondelete="set null")
    author_avatar = fields.Binary(
        "Author's avatar", related="author_id.avatar_128", depends=["author_id"], readonly=False
    )
    is_current_user_or_guest_author = fields.Boolean(compute="_compute_is_current_user_or_guest_author")
    partner_ids = fields.Many2many("res.partner", string="Recipients", context={"active_test": False})
    notified_partner_ids = fields.Many2many(
        "res.partner",
        "mail_notification",
        string="Partners with Need Action",
        context={"active_test": False},
        depends=["notification_ids"],
        copy=False,
    )
    needaction = fields.Boolean("Need Action", compute="_compute_needaction", search="_search_needaction")
    has_error = fields.Boolean("Has error", compute="_compute_has_error", search="_search_has_error")
    notification_ids = fields.One2many(
        "mail.notification",
        "mail_message_id",
        "Notifications",
        auto_join=True,
        copy=False,
        depends=["notified_partner_ids"],
    )
    starred_partner_ids = fields.Many2many("res.partner", "mail_message_res_partner_starred_rel", string="Favorited By")
    pinned_at = fields.Datetime("Pinned")
    starred = fields.Boolean("Starred", compute="_compute_starred", search="_search_starred", compute_sudo=False)
    tracking_value_ids = fields.One2many(
        "mail.tracking.value", "mail_message_id", string="Tracking values", groups="base.group_system"
    )
    reply_to_force_new = fields.Boolean("No threading for answers", help="Answers do not go to the document.")
    message_id = fields.Char("Message-Id", index="btree", readonly=True, copy=False)
    reply_to = fields.Char("Reply-To", help="Where answers go; to the document, if empty.")
    mail_server_id = fields.Many2one("ir.mail_server", "Outgoing mail server")
    email_layout_xmlid = fields.Char("Layout", copy=False)
    email_add_signature = fields.Boolean(default=True)
    mail_ids = fields.One2many("mail.mail", "mail_message_id", string="Mails", groups="base.group_system")

    def init(self):
        """Make the index by which documents find their messages."""
        self.env.cr.execute(
            "CREATE INDEX IF NOT EXISTS mail_message_model_res_id_id_idx ON mail_message (model, res_id, id)"
        )

    # computed fields

    @api.depends("body")
    def _compute_preview(self):
        """Shorten the text of the message."""
        for message in self:
            text = html2plaintext(message.body or "").replace("\n", " ").strip()
            message.preview = text if len(text) <= PREVIEW_LENGTH else f"{text[: PREVIEW_LENGTH - 6]} [...]"

    @api.depends("author_id")
    @api.depends_context("uid")
    def _compute_is_current_user_or_guest_author(self):
        """Tell whether the user wrote the message."""
        partner = self.env.user.partner_id
        for message in self:
            message.is_current_user_or_guest_author = bool(message.author_id) and message.author_id == partner

    def _notified(self, condition):
        """Return the ids of those messages that the user has notifications of, as a condition says."""
        partner = self.env.user.partner_id
        rows = (
            self.env["mail.notification"]
            .sudo()
            ._read_group([("mail_message_id", "in", self.ids), *condition(partner)], ["mail_message_id"])
        )
        return {message.id for (message,) in rows}

    @api.depends_context("uid")
    def _compute_needaction(self):
        """Tell whether the user has still to read the message."""
        unread = self._notified(lambda partner: [("res_partner_id", "=", partner.id), ("is_read", "=", False)])
        for message in self:
            message.needaction = message.id in unread

    @api.model
    def _search_needaction(self, operator, operand):
        """Find what the user has to read, or has read."""
        wants_unread = (operator == "=") == bool(operand)
        notifications = (
            self.env["mail.notification"]
            .sudo()
            ._search([("res_partner_id", "=", self.env.user.partner_id.id), ("is_read", "=", not wants_unread)])
        )
        return [("notification_ids", "in", notifications)]

    @api.depends_context("uid")
    def _compute_has_error(self):
        """Tell whether a recipient did not get the message."""
        failed = self._notified(lambda _partner: [("notification_status", "in", ("bounce", "exception"))])
        for message in self:
            message.has_error = message.id in failed

    @api.model
    def _search_has_error(self, operator, operand):
        """Find what recipients did not get."""
        failed = [("notification_ids.notification_status", "in", ("bounce", "exception"))]
        return failed if (operator == "=") == bool(operand) else ["!", *failed]

    @api.depends("starred_partner_ids")
    @api.depends_context("uid")
    def _compute_starred(self):
        """Tell whether the user marked the message."""
        partner = self.env.user.partner_id
        for message in self.sudo():
            message.with_env(self.env).starred = partner in message.starred_partner_ids

    @api.model
    def _search_starred(self, operator, operand):
        """Find what the user marked."""
        mine = (operator == "=") == bool(operand)
        return [("starred_partner_ids", "in" if mine else "not in", self.env.user.partner_id.ids)]

    # creating

    @api.model
    def default_get(self, fields):
        """Have the user as the author."""
        values = super().default_get(fields)
        missing = {"author_id", "email_from"} & set(fields) - values.keys()
        if missing:
            author_id, email_from = self.env["mail.thread"]._message_compute_author(
                values.get("author_id"), values.get("email_from"), raise_on_email=False
            )
            for name, value in (("author_id", author_id), ("email_from", email_from)):
                if name in missing:
                    values[name] = value
        return values

    @api.model_create_multi
    def create(self, values_list):
        """Create messages, with what follows from their document."""
        prepared, trackings = [], []
        for values in values_list:
            values = self._completed(dict(values))
            trackings.append(values.pop("tracking_value_ids", None) or [])
            prepared.append(values)
        messages = super().create(prepared)
        messages.check_access("create")
        messages._check_authors()
        messages._check_given_attachments(prepared)
        changes = [
            {**command[2], "mail_message_id": message.id}
            for message, commands in zip(messages, trackings, strict=True)
            for command in commands
            if command[0] == 0
        ]
        if changes:
            self.env["mail.tracking.value"].sudo().create(changes)
            messages.sudo().invalidate_recordset(["tracking_value_ids"], flush=False)
        messages._invalidate_documents()
        return messages

    def _completed(self, values):
        """Return values of a new message with those that follow from them."""
        if "email_from" not in values and values.get("author_id"):
            author = self.env["res.partner"].browse(values["author_id"])
            # the address of somebody whom the user may not read stays hidden
            if author.has_access("read"):
                values["email_from"] = author.email_formatted
        if "email_from" not in values:
            defaults = self.default_get(["author_id", "email_from"])
            values = {**defaults, **values}
        if not (values.keys() | {key.removeprefix("default_") for key in self.env.context}) & {"record_name"}:
            values["record_name"] = self._get_record_name(values)
        for name, follows in (("reply_to", self._get_reply_to), ("message_id", self._get_message_id)):
            if name not in values or (name == "message_id" and not values[name]):
                values[name] = follows(values)
        if values.get("body") and "base64," in values["body"]:
            values["body"], images = extract_images(
                values["body"], lambda data, name: self._kept_image(values, data, name)
            )
            values["attachment_ids"] = [*(values.get("attachment_ids") or ()), *((4, image.id) for image in images)]
        return values

    def _kept_image(self, values, data, name):
        """Return the attachment for a picture in the text of a message."""
        attachment = self.env["ir.attachment"].create(
            {"name": name, "raw": data, "res_model": values.get("model"), "res_id": values.get("res_id") or 0}
        )
        attachment.generate_access_token()
        return attachment

    def _check_given_attachments(self, values_list):
        """Check that the user may read the attachments that belong elsewhere than the messages.

        :raise AccessError: otherwise
        """
        if self.env.su:
            return
        foreign = self.env["ir.attachment"]
        for message, values in zip(self, values_list, strict=True):
            if values.get("attachment_ids"):
                place = (message.model or False, message.res_id or 0)
                foreign |= message.sudo().attachment_ids.filtered(
                    lambda attachment, place=place: (attachment.res_model, attachment.res_id or 0) != place
                )
        if foreign:
            foreign.with_env(self.env).check_access("read")

    @api.model
    def _get_message_id(self, values):
        """Return an id for the header of e-mails, which tells where answers belong."""
        if values.get("reply_to_force_new"):
            place = "reply_to"
        elif self.is_thread_message(values):
            place = _HEADER_SAFE.sub("", f"{values['res_id']}-{values['model']}")
        else:
            place = "private"
        return tools.mail.generate_tracking_message_id(place)

    @api.model
    def _get_reply_to(self, values):
        """Return where answers to a message go.

        :param values: of the message
        """
        email_from, model, res_id = values.get("email_from"), values.get("model"), values.get("res_id")
        if self.is_thread_message(values) and model in self.env:
            records = self.env[model].browse(res_id)
        else:
            res_id, records = False, self.env[model] if model and model in self.env else self.env["mail.thread"]
        return records.sudo()._notify_get_reply_to(default=email_from)[res_id]

    @api.model
    def _get_record_name(self, values):
        """Return the name of the document of a message, for those who may read the document."""
        place = values.get("model"), values.get("res_id")
        if not all(place) or place[0] not in self.env:
            return False
        document = self.env[place[0]].browse(place[1])
        return document.sudo().display_name if document.has_access("read") else False

    def is_thread_message(self, vals=None):
        """Tell whether a message, or one with values, is about a document and shown there."""
        if vals is None:
            self.ensure_one()
        source = vals if vals is not None else self
        get = source.get if vals is not None else source.__getitem__
        return bool(get("model") and get("res_id") and get("message_type") != "user_notification")

    def _invalidate_documents(self, model=None, res_id=None):
        """Make the documents forget which messages they have."""
        places = defaultdict(list)
        for message in self.sudo():
            name, document_id = model or message.model, res_id or message.res_id
            if name in self.env and document_id:
                places[name].append(document_id)
        names = {"message_ids", "message_needaction", "message_needaction_counter", "has_message"}
        for name, ids in places.items():
            document = self.env[name].browse(ids)
            document.invalidate_recordset(names & document._fields.keys(), flush=False)

    # reading and changing

    def read(self, fields=None, load="_classic_read"):
        """Read messages that the user may read.

        :raise AccessError: for others
        """
        self.check_access("read")
        return super().read(fields, load)

    def fetch(self, field_names):
        """Fetch fields of messages that the user may read.

        :raise AccessError: for others
        """
        self.check_access("read")
        super(MailMessage, self.sudo()).fetch(field_names)

    def write(self, vals):
        """Change messages; only administrators move them to other documents.

        :raise AccessError: otherwise, for attachments that the user may not read, and for authors who are not the user
        """
        moved = vals.keys() & {"model", "res_id"}
        if moved and not self.env.is_system():
            raise AccessError(_("Only administrators can move messages to other documents."))
        if moved:
            self._invalidate_documents()
        result = super().write(vals)
        if moved:
            # documents that forget their messages forget where these belong, too
            self.flush_recordset(["model", "res_id"])
        if vals.keys() & {"author_id", "email_from"}:
            self._check_authors()
        if vals.get("attachment_ids") and not self.env.su:
            self.sudo().attachment_ids.with_env(self.env).check_access("read")
        if moved or "notification_ids" in vals:
            self._invalidate_documents()
        return result

    def unlink(self):
        """Delete messages with the attachments that are theirs alone, and tell those who saw them."""
        if not self:
            return True
        self.check_access("unlink")
        messages = self.sudo()
        messages.attachment_ids.filtered(
            lambda attachment: attachment.res_model == self._name and attachment.res_id in (0, False, *self.ids)
        ).unlink()
        told = defaultdict(list)
        for notification in messages.notification_ids:
            for partner in notification.res_partner_id.filtered("user_ids") | notification.author_id:
                told[partner].append(notification.mail_message_id.id)
        messages._invalidate_documents()
        result = super().unlink()
        for partner, ids in told.items():
            partner._bus_send("mail.message/delete", {"message_ids": list(dict.fromkeys(ids))})
        return result

    def export_data(self, fields_to_export):
        """Export messages: for administrators.

        :raise AccessError: for others
        """
        if self.env.is_admin():
            return super().export_data(fields_to_export)
        raise AccessError(_("Only administrators can export messages."))

    def action_open_document(self):
        """Return the action that opens the document of the message."""
        self.ensure_one()
        document = {"res_model": self.model, "res_id": self.res_id}
        return {"type": "ir.actions.act_window", "view_mode": "form", "views": [[False, "form"]], **document}


#: what addons import and patch it as
Message = MailMessage
