"""``sms.template.preview``: a template, filled in for a record."""

from odoo import api, fields, models


class SMSTemplatePreview(models.TransientModel):
    """A template, and the record it is filled in for."""

    _name = "sms.template.preview"
    _description = "SMS Template Preview"

    @api.model
    def _selection_target_model(self):
        templates = self.env["sms.template"].search_fetch([], ["model_id"])
        return sorted({(kind.model, kind.name) for kind in templates.model_id.sudo()})

    @api.model
    def _selection_languages(self):
        return self.env["res.lang"].get_installed()

    sms_template_id = fields.Many2one("sms.template", required=True, ondelete="cascade")
    lang = fields.Selection(_selection_languages, string="Template Preview Language")
    model_id = fields.Many2one("ir.model", related="sms_template_id.model_id")
    body = fields.Char("Body", compute="_compute_sms_template_fields")
    resource_ref = fields.Reference(string="Record reference", selection="_selection_target_model")
    no_record = fields.Boolean("No Record", compute="_compute_no_record")

    @api.model
    def default_get(self, fields):
        """Begin with some record of the template's model."""
        values = super().default_get(fields)
        template = self.env["sms.template"].browse(values.get("sms_template_id") or ())
        if template.model in self.env and not values.get("resource_ref"):
            some = self.env[template.model].search([], limit=1)
            values["resource_ref"] = f"{some._name},{some.id}" if some else False
        return values

    @api.depends("model_id")
    def _compute_no_record(self):
        """Tell whether there is nothing that it could be filled in for."""
        for preview in self:
            model = self.env.get(preview.model_id.model)
            preview.no_record = model is None or not model.search_count([], limit=1)

    @api.depends("lang", "resource_ref")
    def _compute_sms_template_fields(self):
        """Fill the template in."""
        for preview in self:
            template, record = preview.sms_template_id, preview.resource_ref
            if not template or not record:
                preview.body = template.body
                continue
            preview.body = template._render_field("body", record.ids, set_lang=preview.lang)[record.id]
