"""``mail.template.preview``: shows what a template makes of a record, before anybody gets it."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class MailTemplatePreview(models.TransientModel):
    """The dialog."""

    _name = "mail.template.preview"
    _description = "What a template makes of a record"
    #: what is rendered and shown; reports would take long, and are files that somebody has to open
    _MAIL_TEMPLATE_FIELDS = [
        "attachment_ids",
        "body_html",
        "email_cc",
        "email_from",
        "email_to",
        "partner_to",
        "reply_to",
        "scheduled_date",
        "subject",
    ]

    @api.model
    def _selection_target_model(self):
        """Return the models that have records, which can be chosen."""
        names = self.env["ir.model"].sudo().search_fetch([("transient", "=", False)], ["model", "name"])
        return sorted(zip(names.mapped("model"), names.mapped("name"), strict=True))

    @api.model
    def _selection_languages(self):
        """Return the languages in use."""
        return self.env["res.lang"].get_installed()

    mail_template_id = fields.Many2one(
        "mail.template", string="Related Mail Template", required=True, ondelete="cascade"
    )
    model_id = fields.Many2one("ir.model", string="Targeted model", related="mail_template_id.model_id")
    resource_ref = fields.Reference(
        string="Record",
        selection="_selection_target_model",
        compute="_compute_resource_ref",
        compute_sudo=False,
        readonly=False,
        store=True,
    )
    lang = fields.Selection("_selection_languages", string="Template Preview Language")
    no_record = fields.Boolean("No Record", compute="_compute_no_record")
    error_msg = fields.Char("Error Message", compute="_compute_mail_template_fields")
    subject = fields.Char("Subject", compute="_compute_mail_template_fields")
    email_from = fields.Char("From", compute="_compute_mail_template_fields")
    email_to = fields.Char("To", compute="_compute_mail_template_fields")
    email_cc = fields.Char("Cc", compute="_compute_mail_template_fields")
    reply_to = fields.Char("Reply-To", compute="_compute_mail_template_fields")
    scheduled_date = fields.Char("Scheduled Date", compute="_compute_mail_template_fields")
    body_html = fields.Html("Body", compute="_compute_mail_template_fields", sanitize=False)
    attachment_ids = fields.Many2many("ir.attachment", string="Attachments", compute="_compute_mail_template_fields")
    partner_ids = fields.Many2many("res.partner", string="Recipients", compute="_compute_mail_template_fields")

    @api.depends("model_id")
    def _compute_no_record(self):
        """Tell whether there is no record that the template could be shown for."""
        for preview in self:
            preview.no_record = not preview._first_record()

    @api.depends("mail_template_id")
    def _compute_resource_ref(self):
        """Begin with the first record that the user may read."""
        for preview in self:
            record = preview._first_record()
            preview.resource_ref = f"{record._name},{record.id}" if record else False

    def _first_record(self):
        """Return the first record of the model, nothing without one."""
        # the caller's own rights: names of models are read with more, their records are not
        name = self.mail_template_id.model
        model = self.env.get(name) if name else None
        if model is None or model._abstract or not model.has_access("read"):
            return None
        return model.search([], limit=1)

    @api.depends("lang", "resource_ref")
    def _compute_mail_template_fields(self):
        """Render the template in the chosen language; what cannot be rendered is shown as it is written."""
        shown = [name for name in self._MAIL_TEMPLATE_FIELDS if name not in ("attachment_ids", "partner_to")]
        for preview in self:
            template = preview.mail_template_id.with_context(lang=preview.lang or self.env.lang)
            record, values = preview.resource_ref, {}
            preview.error_msg = False
            if record:
                here = template.with_context(template_preview_lang=preview.lang)
                try:
                    values = here._generate_template([record.id], self._MAIL_TEMPLATE_FIELDS)[record.id]
                except (ValueError, UserError) as error:
                    preview.error_msg = str(error)
            if not values:
                values = {name: template[name] for name in shown} | {"attachment_ids": template.attachment_ids.ids}
            for name in shown:
                preview[name] = values.get(name) or False
            preview.attachment_ids = values.get("attachment_ids") or False
            preview.partner_ids = values.get("partner_ids") or False
