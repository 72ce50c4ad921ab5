"""``sms.template``: text messages that are written once, for many records."""

from odoo import api, fields, models
from odoo.tools.translate import _


class SmsTemplate(models.Model):
    """A text with placeholders."""

    _name = "sms.template"
    _inherit = ["mail.render.mixin", "template.reset.mixin"]
    _description = "SMS Templates"
    _unrestricted_rendering = True

    name = fields.Char("Name", translate=True)
    model_id = fields.Many2one(
        "ir.model",
        string="Applies to",
        required=True,
        domain=[("is_mail_thread_sms", "=", True), ("transient", "=", False)],
        ondelete="cascade",
    )
    model = fields.Char("Related Document Model", related="model_id.model", index=True, store=True, readonly=True)
    body = fields.Char("Body", translate=True, required=True)
    sidebar_action_id = fields.Many2one(
        "ir.actions.act_window", "Sidebar action", readonly=True, copy=False, help="Opens it from records."
    )

    @api.model
    def default_get(self, fields):
        """Take the model of the context by its name."""
        values = super().default_get(fields)
        name = values.pop("model", False) or self.env.context.get("default_model")
        if name and "model_id" in fields and not values.get("model_id"):
            values["model_id"] = self.env["ir.model"]._get_id(name)
        return values

    @api.depends("model")
    def _compute_render_model(self):
        """Placeholders are about records of the model."""
        for template in self:
            template.render_model = template.model

    def copy_data(self, default=None):
        """Name copies so that they are told apart."""
        named = "name" in (default or {})
        copies = []
        for template, values in zip(self, super().copy_data(default=default), strict=True):
            copies.append(values if named else {**values, "name": _("%s (copy)", template.name)})
        return copies

    def unlink(self):
        """Delete templates, and what opens them from records."""
        self.action_unlink_sidebar_action()
        return super().unlink()

    def action_create_sidebar_action(self):
        """Offer the templates in the menus of records."""
        form = self.env.ref("sms.sms_composer_view_form")
        for template in self.filtered(lambda one: not one.sidebar_action_id):
            context = {
                "default_template_id": template.id,
                "sms_composition_mode": "guess",
                "default_res_ids": "__ids__",
                "default_res_id": "__id__",
            }
            # names of the client, which are no texts
            text = repr(context).replace("'__ids__'", "active_ids").replace("'__id__'", "active_id")
            template.sidebar_action_id = self.env["ir.actions.act_window"].create(
                {
                    "binding_model_id": template.model_id.id,
                    "context": text,
                    "name": _("Send SMS (%s)", template.name),
                    "res_model": "sms.composer",
                    "target": "new",
                    "view_id": form.id,
                    "view_mode": "form",
                }
            )
        return True

    def action_unlink_sidebar_action(self):
        """Take the templates out of the menus of records."""
        self.check_access("write")
        self.sidebar_action_id.unlink()
        return True
