"""Parameters that change groups, and one that is a list of domains."""

from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.tools import str2bool
from odoo.tools.translate import _


class IrConfigParameter(models.Model):
    """Parameters of messages."""

    _inherit = "ir.config_parameter"

    @api.model
    def set_param(self, key, value):
        """Set a parameter; some are checked, or do something."""
        if key == "mail.restrict.template.rendering":
            self._restrict_templates(bool(value) and str2bool(str(value), True))
        elif key == "mail.catchall.domain.allowed" and value:
            domains = [part.strip().lower() for part in value.split(",") if part.strip()]
            if not domains:
                raise ValidationError(_("%s is no list of domains, separated by commas.", value))
            value = ",".join(domains)
        return super().set_param(key, value)

    def _restrict_templates(self, restricted):
        """Have all users of the house write any expression into templates, or only some."""
        editors = self.env.ref("mail.group_mail_template_editor", raise_if_not_found=False)
        users = self.env.ref("base.group_user").sudo()
        if not editors or restricted == (editors not in users.implied_ids):
            return
        if restricted:
            users._remove_group(editors)
        else:
            users._apply_group(editors)
