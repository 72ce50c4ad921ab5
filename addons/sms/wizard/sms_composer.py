"""``sms.composer``: writing a text message, to numbers, on a record, or about many records."""

import ast

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.translate import _

#: numbers that are written to without records, and records that are written about, at once
MAX_NUMBERS, MAX_RECORDS = 1_000, 100_000


class SendSMS(models.TransientModel):
    """A text message that is being written."""

    _name = "sms.composer"
    _description = "Send SMS Wizard"

    composition_mode = fields.Selection(
        [("numbers", "Send to numbers"), ("comment", "Post on a document"), ("mass", "Send SMS in batch")],
        compute="_compute_composition_mode",
        precompute=True,
        readonly=False,
        required=True,
        store=True,
    )
    res_model = fields.Char("Document Model Name")
    res_model_description = fields.Char("Document Model Description", compute="_compute_res_model_description")
    res_id = fields.Integer("Document ID")
    res_ids = fields.Char("Document IDs")
    res_ids_count = fields.Integer("Visible records count", compute="_compute_res_ids_count", compute_sudo=False)
    comment_single_recipient = fields.Boolean(
        "Single Mode", compute="_compute_comment_single_recipient", compute_sudo=False
    )
    mass_keep_log = fields.Boolean("Keep a note on document", default=True)
    mass_force_send = fields.Boolean("Send directly", default=False)
    mass_use_blacklist = fields.Boolean("Use blacklist", default=True)
    recipient_valid_count = fields.Integer("# Valid recipients", compute="_compute_recipients", compute_sudo=False)
    recipient_invalid_count = fields.Integer("# Invalid recipients", compute="_compute_recipients", compute_sudo=False)
    recipient_single_description = fields.Text(
        "Recipients (Partners)", compute="_compute_recipient_single_non_stored", compute_sudo=False
    )
    recipient_single_number = fields.Char(
        "Stored Recipient Number", compute="_compute_recipient_single_non_stored", compute_sudo=False
    )
    recipient_single_number_itf = fields.Char(
        "Recipient Number",
        compute="_compute_recipient_single_stored",
        compute_sudo=False,
        copy=True,
        readonly=False,
        store=True,
        help="The number of the record; what is entered here is written there.",
    )
    recipient_single_valid = fields.Boolean("Is valid", compute="_compute_recipient_single_valid", compute_sudo=False)
    number_field_name = fields.Char("Number Field")
    numbers = fields.Char("Recipients (Numbers)")
    sanitized_numbers = fields.Char("Sanitized Number", compute="_compute_sanitized_numbers", compute_sudo=False)
    template_id = fields.Many2one("sms.template", string="Use Template", domain="[('model', '=', res_model)]")
    body = fields.Text("Message", compute="_compute_body", precompute=True, readonly=False, store=True, required=True)

    @api.model
    def default_get(self, fields):
        """Take the records that the client shows."""
        values, context = super().default_get(fields), self.env.context
        values["res_model"] = values.get("res_model") or context.get("active_model")
        several = values.get("res_ids") or context.get("active_ids") or []
        if not isinstance(several, str):
            several = repr(list(several)) if len(several) > 1 or values.get("composition_mode") == "mass" else False
        values["res_ids"] = several
        if not values.get("res_id"):
            values["res_id"] = context.get("active_id") or False
        template = self.env["sms.template"].browse(values.get("template_id") or ())
        if template and not values["res_model"]:
            values["res_model"] = template.model
        return {name: value for name, value in values.items() if name in fields and value is not None}

    # what is computed

    @api.depends("res_ids_count")
    @api.depends_context("sms_composition_mode")
    def _compute_composition_mode(self):
        """Write about several records in bulk, on a single one as a comment."""
        guess = self.env.context.get("sms_composition_mode") == "guess"
        for composer in self:
            if guess or not composer.composition_mode:
                composer.composition_mode = "mass" if composer.res_ids_count > 1 else "comment"

    @api.depends("res_model")
    def _compute_res_model_description(self):
        """Name the kind of records."""
        for composer in self:
            known = composer.res_model in self.env if composer.res_model else False
            composer.res_model_description = self.env["ir.model"]._get(composer.res_model).name if known else False

    @api.depends("res_model", "res_id", "res_ids")
    def _compute_res_ids_count(self):
        """Count the records."""
        for composer in self:
            composer.res_ids_count = len(composer._get_records()) if composer.res_model else 0

    @api.depends("res_id", "res_ids_count", "composition_mode")
    def _compute_comment_single_recipient(self):
        """Tell whether there is one record, whose number is shown."""
        for composer in self:
            composer.comment_single_recipient = composer.composition_mode == "comment" and composer.res_ids_count == 1

    @api.depends("res_model", "res_id", "res_ids", "composition_mode", "number_field_name", "sanitized_numbers")
    def _compute_recipients(self):
        """Count the records with numbers, and those without."""
        for composer in self:
            records = composer._get_records()
            info = composer._recipients_info(records) if records else {}
            valid = sum(bool(row["sanitized"]) for row in info.values())
            composer.recipient_valid_count = valid
            composer.recipient_invalid_count = len(info) - valid

    @api.depends("res_model", "number_field_name")
    def _compute_recipient_single_stored(self):
        """Show the number of the single record."""
        for composer in self:
            info = composer._single_info()
            composer.recipient_single_number_itf = (info["sanitized"] or info["number"]) if info else ""

    @api.depends("res_model", "number_field_name")
    def _compute_recipient_single_non_stored(self):
        """Name who gets the message, and the number that is known."""
        for composer in self:
            info = composer._single_info()
            name = (info["partner"].display_name or composer._get_records().display_name) if info else False
            composer.recipient_single_description = name
            composer.recipient_single_number = (info["sanitized"] or info["number"]) if info else ""

    @api.depends("recipient_single_number", "recipient_single_number_itf")
    def _compute_recipient_single_valid(self):
        """Tell whether the number is one."""
        for composer in self:
            number = composer.recipient_single_number_itf or composer.recipient_single_number
            composer.recipient_single_valid = bool(number and composer._get_records()._phone_format(number=number))

    @api.depends("numbers", "res_model", "res_id")
    def _compute_sanitized_numbers(self):
        """Write the numbers as they are dialled.

        :raise UserError: some are none
        """
        for composer in self:
            numbers = [number.strip() for number in (composer.numbers or "").split(",") if number.strip()]
            if len(numbers) > MAX_NUMBERS:
                raise UserError(_("A message goes to %s numbers at most.", MAX_NUMBERS))
            records = composer._get_records() if composer.res_model else self.env.user
            formatted = {number: records[:1]._phone_format(number=number) for number in numbers}
            wrong = [number for number, one in formatted.items() if not one]
            if wrong:
                raise UserError(_("These are no telephone numbers: %s", ", ".join(wrong)))
            composer.sanitized_numbers = ",".join(dict.fromkeys(formatted.values())) or False

    @api.depends("composition_mode", "res_model", "res_id", "template_id")
    def _compute_body(self):
        """Take the text of the template, filled in where there is one record."""
        for composer in self:
            template, records = composer.template_id, composer._get_records()
            if template and composer.composition_mode == "comment" and len(records) == 1:
                composer.body = template._render_field("body", records.ids, compute_lang=True)[records.id]
            elif template:
                composer.body = template.body

    # records

    def _get_records(self):
        """Return the records that the message is about; empty users when it is about none.

        :raise UserError: what is given is no list of ids of a model with messages
        """
        if not self.res_model:
            return self.env["res.users"]
        model = self.env.get(self.res_model)
        if model is None or not hasattr(model, "_message_sms"):
            raise UserError(_("There are no messages about records of %s.", self.res_model))
        if not self.res_ids:
            return model.browse(self.res_id or ())
        try:
            ids = ast.literal_eval(self.res_ids)
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            ids = None
        if not isinstance(ids, list) or len(ids) > MAX_RECORDS or not all(type(id_) is int for id_ in ids):
            raise UserError(_("The records that the message is about cannot be read."))
        return model.browse(ids)

    def _recipients_info(self, records):
        return records._sms_get_recipients_info(force_field=self.number_field_name)

    def _single_info(self):
        """Return what is known of the number of the single record, ``None`` when there is no single one."""
        records = self._get_records() if self.comment_single_recipient else None
        return self._recipients_info(records)[records.id] if records and len(records) == 1 else None

    # sending

    def action_send_sms(self):
        """Send the message, and close the dialog.

        :raise UserError: nobody could get it
        """
        if self.composition_mode == "numbers" and not self.sanitized_numbers:
            raise UserError(_("Enter the number that gets the message."))
        if self.composition_mode == "comment" and not self.sanitized_numbers:
            if self.comment_single_recipient and not self.recipient_single_valid:
                raise UserError(_("Enter a number that can be dialled."))
            if not self.comment_single_recipient and self.recipient_invalid_count:
                raise UserError(_("%s records have no number that can be dialled.", self.recipient_invalid_count))
        self._action_send_sms()
        return False

    def action_send_sms_mass_now(self):
        """Send messages about many records now, rather than when the queue is next looked at."""
        if not self.mass_force_send:
            self.write({"mass_force_send": True})
        return self.action_send_sms()

    def _action_send_sms(self):
        """Send the message; return what was made, messages of records or ``sms.sms``."""
        records = self._get_records()
        if self.composition_mode == "numbers":
            return self._action_send_sms_numbers()
        if self.composition_mode == "comment":
            if not records:
                return self._action_send_sms_numbers()
            return self._action_send_sms_comment(records)
        return self._action_send_sms_mass(records)

    def _action_send_sms_numbers(self):
        """Send the text to numbers, about nothing."""
        if not self.env.user._is_internal():
            raise UserError(_("Only users of the house write to numbers."))
        numbers = (self.sanitized_numbers or "").split(",") if self.sanitized_numbers else []
        # the queue is the administrators', writing into it is for all
        queue = self.env["sms.sms"].sudo().create([{"body": self.body, "number": number} for number in numbers])
        queue._send_after_commit()
        return queue

    def _action_send_sms_comment(self, records):
        """Send the text about each record, and keep it there."""
        bodies = self._prepare_body_values(records) if len(records) > 1 else {records.id: self.body}
        numbers = self.sanitized_numbers.split(",") if self.sanitized_numbers else None
        self._keep_corrected_number()
        messages = self.env["mail.message"]
        for record in records:
            messages += record._message_sms(
                bodies[record.id],
                number_field=self.number_field_name if not numbers else False,
                sms_numbers=numbers,
            )
        return messages

    def _keep_corrected_number(self):
        """Write a number that was entered here on the record that it is of."""
        entered = (self.recipient_single_number_itf or "").strip()
        if not self.comment_single_recipient or not entered or entered == self.recipient_single_number:
            return
        info = self._single_info()
        target = info["partner"] if info["partner_store"] else self._get_records()
        if info["field_store"]:
            target[info["field_store"]] = entered
        elif info["partner"]:
            info["partner"].mobile = entered

    def _prepare_body_values(self, records):
        """Return ``{record id: text}``, with the values of the records in it."""
        template = self.template_id
        if template and self.body == template.body:
            return template._render_field("body", records.ids, compute_lang=True)
        renderer = self.env["mail.render.mixin"]
        return renderer._render_template(self.body, records._name, records.ids)
