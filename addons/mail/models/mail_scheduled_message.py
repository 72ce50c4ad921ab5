"""``mail.scheduled.message``: what is posted later."""

import json
import logging

from odoo import _, api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import clean_context

from ..tools.discuss import Store

_logger = logging.getLogger(__name__)

#: what of the parameters of a post is kept until then
_KEPT = frozenset(
    (
        "email_add_signature",
        "email_from",
        "email_layout_xmlid",
        "force_email_lang",
        "mail_activity_type_id",
        "mail_auto_delete",
        "mail_server_id",
        "message_type",
        "model_description",
        "reply_to",
        "reply_to_force_new",
        "subtype_id",
    )
)


class ScheduledMessage(models.Model):
    """A message that is written, and posted when its time comes."""

    _name = "mail.scheduled.message"
    _description = "Scheduled Message"

    subject = fields.Char("Subject")
    body = fields.Html("Contents", sanitize_style=True)
    scheduled_date = fields.Datetime("Scheduled Date", required=True)
    attachment_ids = fields.Many2many(
        "ir.attachment",
        "scheduled_message_attachment_rel",
        "scheduled_message_id",
        "attachment_id",
        string="Attachments",
    )
    model = fields.Char("Related Document Model", required=True)
    res_id = fields.Many2oneReference("Related Document Id", model_field="model", required=True)
    author_id = fields.Many2one("res.partner", "Author", required=True, ondelete="restrict")
    partner_ids = fields.Many2many("res.partner", string="Recipients")
    is_note = fields.Boolean("Is a note", default=False, help="Nobody but those named is told.")
    notification_parameters = fields.Text("Notification parameters")

    @api.constrains("model")
    def _check_model(self):
        """Check that the message is for a document with messages."""
        for message in self:
            if message.model not in self.env or not hasattr(self.env[message.model], "message_post"):
                raise ValidationError(_("Nothing can be posted on records of %s.", message.model))

    @api.constrains("scheduled_date")
    def _check_scheduled_date(self):
        """Check that the time is still to come."""
        now = fields.Datetime.now()
        late = self.filtered(lambda message: message.scheduled_date < now)
        if late:
            raise ValidationError(_("A message can be scheduled for later, not for the past."))

    # access and changes

    @api.model
    def _check(self, values=None):
        """Check that the user may post on the documents.

        :param values: list of values of messages, otherwise those of these
        :raise AccessError: otherwise
        """
        if self.env.su:
            return
        rows = values if values is not None else self.sudo().read(["model", "res_id"])
        for row in rows:
            model = self.env.get(row["model"])
            if model is not None and hasattr(model, "_mail_post_access"):
                model.browse(row["res_id"]).check_access(model._mail_post_access)

    @api.model_create_multi
    def create(self, vals_list):
        """Keep messages for later.

        :raise AccessError: for documents that the user may not post on
        """
        self._check(vals_list)
        model = self.with_context(clean_context(self.env.context))
        waiting = super(ScheduledMessage, model).create(vals_list)
        for message in waiting:
            message._take_files()
        self._wake_job(waiting.mapped("scheduled_date"))
        return waiting

    def _take_files(self):
        """Make the files that were written for the message belong to it."""
        pending = ("mail.compose.message", 0, self.env.uid)
        own = self.attachment_ids.filtered(
            lambda file: (file.res_model, file.res_id or 0, file.create_uid.id) == pending
        )
        own.write({"res_model": self._name, "res_id": self.id})

    def write(self, vals):
        """Change messages; they stay with their document.

        :raise UserError: otherwise
        """
        if vals.keys() & {"model", "res_id"}:
            raise UserError(_("A scheduled message stays with its document."))
        self._check()
        result = super().write(vals)
        if vals.get("scheduled_date"):
            self._wake_job([fields.Datetime.to_datetime(vals["scheduled_date"])])
        return result

    def unlink(self):
        """Delete messages of documents that the user may post on."""
        self._check()
        return super().unlink()

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, **kwargs):
        """Find messages of documents that the user may read."""
        query = super()._search(domain, offset, limit, order, **kwargs)
        return query if self.env.su else self.browse(query.get_result_ids())._of_readable_documents()._as_query()

    def _of_readable_documents(self):
        """Return those of the messages whose document the user may read."""
        allowed = set()
        for model_name, of_model in self.sudo().grouped("model").items():
            if model_name in self.env:
                documents = self.env[model_name].browse(of_model.mapped("res_id")).exists()
                readable = set(documents._filtered_access("read")._ids)
                allowed.update(message.id for message in of_model if message.res_id in readable)
        return self.browse([id_ for id_ in self._ids if id_ in allowed])

    def _check_access(self, operation):
        """Return the messages that the user may not use so, with a function that makes the error."""
        result = super()._check_access(operation)
        if self.env.su or result or operation != "read" or not any(self._ids):
            return result
        known = self.exists()
        forbidden = known - known._of_readable_documents()
        return (forbidden, self._make_access_error) if forbidden else None

    @staticmethod
    def _make_access_error():
        """Return the error for messages of documents that the user may not read."""
        return AccessError(_("It takes rights on the documents to read what is scheduled for them."))

    @api.model
    def _wake_job(self, times):
        """Have the job run at some times."""
        self.env.ref("mail.ir_cron_post_scheduled_message").sudo()._trigger_list(sorted(set(times)))

    # posting

    def open_edit_form(self):
        """Return the form of the message."""
        self.ensure_one()
        return {
            "name": _("Edit Scheduled Note") if self.is_note else _("Edit Scheduled Message"),
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def post_message(self):
        """Post messages now: who wrote them may, and administrators.

        :raise UserError: for others
        """
        if not self.env.is_admin() and any(message.create_uid != self.env.user for message in self):
            raise UserError(_("Only who wrote a message can post it before its time."))
        self._post_message()

    def _post_message(self, raise_exception=True):
        """Post messages as those who wrote them, and forget them.

        :param raise_exception: raise what goes wrong, instead of leaving the message for people
        """
        for message in self:
            try:
                with self.env.cr.savepoint():
                    message.with_user(message.create_uid)._post_one()
            except (AccessError, UserError):
                if raise_exception:
                    raise
                _logger.info("scheduled message %s could not be posted", message.id, exc_info=True)
        # also what cannot be posted, which would be tried for ever
        self.sudo().unlink()

    def _post_one(self):
        """Post the message as the user, who has to have the right to it still."""
        self._check()
        parameters = json.loads(self.sudo().notification_parameters or "{}")
        self.env[self.model].browse(self.res_id).message_post(
            **{name: parameters[name] for name in _KEPT - {"subtype_id"} & parameters.keys()},
            author_id=self.author_id.id,
            body=self.body,
            partner_ids=self.partner_ids.ids,
            attachment_ids=self.attachment_ids.ids,
            subtype_xmlid=f"mail.{'mt_note' if self.is_note else 'mt_comment'}",
        )

    @api.model
    def _post_messages_cron(self, limit=50):
        """Post what is due."""
        domain = [("scheduled_date", "<=", fields.Datetime.now())]
        self.search(domain, limit=limit).with_context(mail_notify_force_send=True)._post_message(raise_exception=False)
        if self.search(domain, limit=1):
            self._wake_job([fields.Datetime.now()])

    def _to_store(self, store: Store):
        """Put messages into a store."""
        names = ("subject", "body", "scheduled_date", "is_note")
        for message in self:
            related = {"author": Store.one(message.author_id), "attachment_ids": Store.many(message.attachment_ids)}
            store.add(message, {**{name: message[name] for name in names}, **related})
