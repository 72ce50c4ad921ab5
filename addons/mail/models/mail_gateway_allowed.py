"""``mail.gateway.allowed``: senders that may make any number of documents."""

from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools.email_address import email_normalize


class MailGatewayAllowed(models.Model):
    """A sender whose e-mails are never a loop."""

    _name = "mail.gateway.allowed"
    _description = "Mail Gateway Allowed"

    email = fields.Char("Email Address", required=True)
    email_normalized = fields.Char(
        string="Normalized Email", compute="_compute_email_normalized", store=True, index=True
    )

    @api.depends("email")
    def _compute_email_normalized(self):
        """Take the address in its normal form."""
        for allowed in self:
            allowed.email_normalized = email_normalize(allowed.email)

    @api.model
    def get_empty_list_help(self, help_message):
        """Tell what happens to others."""
        threshold, minutes = self.env["mail.thread"]._loop_limits()
        title = self.env._("Add addresses that may write as often as they like")
        text = self.env._(
            "Whoever else makes %(threshold)s documents by e-mail within %(minutes)s minutes has to wait, so that "
            "automatic answers find an end.",
            threshold=threshold,
            minutes=minutes,
        )
        return Markup('<p class="o_view_nocontent_smiling_face">%s</p><p>%s</p>') % (title, text)
