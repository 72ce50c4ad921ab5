"""What general settings say about messages and e-mails."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.translate import _

#: failures that are older do not count
_DAYS = 30


class ResConfigSettings(models.TransientModel):
    """Settings of messages, e-mails and calls."""

    _inherit = "res.config.settings"

    external_email_server_default = fields.Boolean(
        "Use Custom Email Servers", config_parameter="base_setup.default_external_email_server"
    )
    fail_counter = fields.Integer("Fail Mail", compute="_compute_fail_counter")
    alias_domain_id = fields.Many2one(
        "mail.alias.domain",
        "Alias Domain",
        readonly=False,
        related="company_id.alias_domain_id",
        help="Addresses for incoming e-mails, and for answers, are in this domain.",
    )
    module_google_gmail = fields.Boolean("Support Gmail Authentication")
    module_microsoft_outlook = fields.Boolean("Support Outlook Authentication")
    restrict_template_rendering = fields.Boolean(
        "Restrict Template Rendering",
        config_parameter="mail.restrict.template.rendering",
        help="Only editors of templates write expressions of any kind; others take fields of the record.",
    )
    use_twilio_rtc_servers = fields.Boolean(
        "Use Twilio ICE servers", config_parameter="mail.use_twilio_rtc_servers", help="Relays of calls by Twilio."
    )
    twilio_account_sid = fields.Char("Twilio Account SID", config_parameter="mail.twilio_account_sid")
    twilio_account_token = fields.Char("Twilio Account Auth Token", config_parameter="mail.twilio_account_token")
    sfu_server_url = fields.Char("SFU Server URL", config_parameter="mail.sfu_server_url")
    sfu_server_key = fields.Char("SFU Server key", config_parameter="mail.sfu_server_key", help="In base64.")
    email_primary_color = fields.Char(related="company_id.email_primary_color", readonly=False)
    email_secondary_color = fields.Char(related="company_id.email_secondary_color", readonly=False)
    tenor_api_key = fields.Char("Tenor API key", config_parameter="discuss.tenor_api_key")
    tenor_content_filter = fields.Selection(
        [("high", "High"), ("medium", "Medium"), ("low", "Low"), ("off", "Off")],
        string="Tenor content filter",
        default="low",
        config_parameter="discuss.tenor_content_filter",
    )
    tenor_gif_limit = fields.Integer("Tenor Gif Limit", default=8, config_parameter="discuss.tenor_gif_limit")
    google_translate_api_key = fields.Char(
        "Message Translation API Key", config_parameter="mail.google_translate_api_key"
    )

    # forms ask for computed values that follow from a field
    @api.depends("company_id")
    def _compute_fail_counter(self):
        """Count the e-mails that could not be sent lately."""
        oldest = fields.Datetime.subtract(fields.Datetime.now(), days=_DAYS)
        mails = self.env["mail.mail"].sudo()
        for settings in self:
            settings.fail_counter = mails.search_count([("state", "=", "exception"), ("date", ">=", oldest)])

    def open_email_layout(self):
        """Return the form of the view that e-mails are laid out by.

        :raise UserError: when somebody deleted it
        """
        layout = self.env.ref("mail.mail_notification_layout", raise_if_not_found=False)
        if not layout:
            raise UserError(_("The layout of e-mails is gone; an update of the module Discuss brings it back."))
        return {
            "type": "ir.actions.act_window",
            "name": _("Layout of e-mails"),
            "res_model": "ir.ui.view",
            "res_id": layout.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

    def open_mail_templates(self):
        """Return the list of the templates."""
        return self.env["ir.actions.actions"]._for_xml_id("mail.action_email_template_tree_all")
