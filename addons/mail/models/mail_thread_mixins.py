"""Threads with copies of e-mails, with a main file, and with how long they were in each stage."""

from collections import defaultdict
from datetime import datetime

from odoo import api, fields, models, tools

#: kinds of files that are data, not documents
_DATA_TYPES = ("application/octet-stream",)


class MailCCMixin(models.AbstractModel):
    """Threads that keep who got copies of their e-mails."""

    _name = "mail.thread.cc"
    _inherit = ["mail.thread"]
    _description = "Email CC management"

    email_cc = fields.Char("Email cc")

    def _mail_cc_sanitized_raw_dict(self, cc_string):
        """Return ``{normalized address: address with its name}`` of a text."""
        pairs = ((name, tools.email_normalize(address)) for name, address in tools.mail.email_split_tuples(cc_string))
        return {address: tools.formataddr((name, address)) for name, address in pairs if address}

    @api.model
    def message_new(self, msg_dict, custom_values=None):
        """Keep who got copies of the first e-mail."""
        copies = self._mail_cc_sanitized_raw_dict(msg_dict.get("cc"))
        return super().message_new(msg_dict, {"email_cc": ", ".join(copies.values()), **(custom_values or {})})

    def message_update(self, msg_dict, update_vals=None):
        """Keep who else got copies."""
        copies = self._mail_cc_sanitized_raw_dict(msg_dict.get("cc"))
        if not copies:
            return super().message_update(msg_dict, update_vals)
        known = self._mail_cc_sanitized_raw_dict(self.email_cc)
        values = {**(update_vals or {}), "email_cc": ", ".join({**copies, **known}.values())}
        return super().message_update(msg_dict, values)

    def _message_get_suggested_recipients(self):
        """Suggest who got copies."""
        found, reason = super()._message_get_suggested_recipients(), self.env._("CC Email")
        for address in tools.mail.email_split_and_format(self.email_cc):
            found = self._message_add_suggested_recipient(found, email=address, reason=reason)
        return found


class MailMainAttachmentMixin(models.AbstractModel):
    """Threads with a file that is shown beside them."""

    _name = "mail.thread.main.attachment"
    _inherit = ["mail.thread"]
    _description = "Mail Main Attachment management"

    message_main_attachment_id = fields.Many2one(
        "ir.attachment", "Main Attachment", copy=False, index="btree_not_null", ondelete="set null"
    )

    def _message_post_after_hook(self, message, msg_values):
        """Show the best of the files of a message, if there is none yet."""
        super()._message_post_after_hook(message, msg_values)
        commands = msg_values.get("attachment_ids") or []
        files = self.env["ir.attachment"].sudo().browse([command[1] for command in commands if command[0] == 4])
        self.sudo()._message_set_main_attachment_id(files, filter_xml=True)

    def _message_set_main_attachment_id(self, attachments, force=False, filter_xml=True):
        """Show one of some files: a PDF, else a picture, else the first.

        :param force: instead of the one that is shown
        :param filter_xml: leave out data
        """
        if not attachments or (self.message_main_attachment_id and not force):
            return
        if filter_xml:
            attachments = attachments.filtered(
                lambda file: not (file.mimetype or "").endswith("xml") and file.mimetype not in _DATA_TYPES
            )

        def rank(file):
            kind = file.mimetype or ""
            return 0 if kind.endswith("pdf") else 1 if kind.startswith("image") else 2

        if attachments:
            best = min(attachments, key=rank)
            self.with_context(tracking_disable=True).message_main_attachment_id = best.id

    def _thread_to_store(self, store, /, *, request_list=None, **kwargs):
        """Tell clients the main file too."""
        super()._thread_to_store(store, request_list=request_list, **kwargs)
        if request_list and "attachments" in request_list:
            for thread in self:
                main = thread.sudo().message_main_attachment_id
                store.add(thread, {"mainAttachment": store.one(main, only_id=True)}, as_thread=True)


class MailTrackingDurationMixin(models.AbstractModel):
    """Threads that know how long they had each value of a tracked many2one field."""

    _name = "mail.tracking.duration.mixin"
    _description = "Threads that know how long they had each value of a field"
    #: name of the field
    _track_duration_field = None

    duration_tracking = fields.Json(
        string="Status time", compute="_compute_duration_tracking", help="Seconds by id of the value."
    )

    def _compute_duration_tracking(self):
        """Add the times between the changes up.

        :raise ValueError: when the field is no tracked many2one
        """
        name = self._track_duration_field
        field = self._fields.get(name) if name else None
        if field is None or field.type != "many2one" or not getattr(field, "tracking", None):
            self.duration_tracking = False
            raise ValueError(f"{name} of {self._name} is no tracked many2one field: durations follow from its changes")
        described = self.env["ir.model.fields"]._get(self._name, name)
        trackings = (
            self.env["mail.tracking.value"]
            .sudo()
            .search_fetch(
                [
                    ("field_id", "=", described.id),
                    ("mail_message_id.model", "=", self._name),
                    ("mail_message_id.res_id", "in", self.ids),
                ],
                ["create_date", "old_value_integer", "mail_message_id"],
                order="id",
            )
        )
        by_record = defaultdict(list)
        for tracking in trackings:
            by_record[tracking.mail_message_id.res_id].append(tracking)
        for record in self:
            record.duration_tracking = record._get_duration_from_tracking(
                [
                    {"create_date": tracking.create_date, "old_value_integer": tracking.old_value_integer}
                    for tracking in by_record[record._origin.id]
                ]
            )

    def _get_duration_from_tracking(self, trackings):
        """Return ``{id of the value as text: seconds}``.

        :param trackings: list of dicts with ``create_date`` and ``old_value_integer``, the oldest first
        """
        self.ensure_one()
        seconds: dict = defaultdict(int)
        begin = self.create_date or datetime.now()
        now = self.env.cr.now()
        current = self[self._track_duration_field].id
        steps = [(row["create_date"], row["old_value_integer"]) for row in trackings]
        for end, value in [*steps, (now, current)]:
            if value:
                seconds[str(value)] += int((end - begin).total_seconds())
            begin = end
        return dict(seconds)
