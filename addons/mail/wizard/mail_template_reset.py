"""``mail.template.reset``: asks before templates become what their addons said."""

from odoo import fields, models
from odoo.tools.translate import _


class MailTemplateReset(models.TransientModel):
    """The dialog."""

    _name = "mail.template.reset"
    _description = "Templates that become what they were"

    template_ids = fields.Many2many("mail.template")

    def reset_template(self):
        """Make the templates what their addons said, and return the action that tells of it.

        :return: the action, ``False`` when none of them comes from a file
        """
        known = self.template_ids.filtered("template_fs")
        if not known:
            return False
        known.check_access("write")
        known.reset_template()
        names = ", ".join(known.mapped("name"))
        told = {
            "type": "success",
            "message": _("As they were delivered: %s", names),
            "next": {"type": "ir.actions.act_window_close", "infos": {"refresh": True}},
        }
        return {"type": "ir.actions.client", "tag": "display_notification", "params": told}
