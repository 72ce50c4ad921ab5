"""``sms.template.reset``: making templates what their addons said."""

from odoo import fields, models
from odoo.tools.translate import _


class SMSTemplateReset(models.TransientModel):
    """The templates in question."""

    _name = "sms.template.reset"
    _description = "SMS Template Reset"

    template_ids = fields.Many2many("sms.template")

    def reset_template(self):
        """Make the templates what they were, and tell of it."""
        self.ensure_one()
        self.template_ids.check_access("write")
        self.template_ids.reset_template()
        done = _("The templates are as they were.")
        params = {"message": done, "type": "success", "next": {"type": "ir.actions.act_window_close"}}
        return {"type": "ir.actions.client", "tag": "display_notification", "params": params}
