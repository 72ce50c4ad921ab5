"""The page of general settings: what it sets, what it tells and where it leads."""

from __future__ import annotations

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.translate import _


class ResConfigSettings(models.TransientModel):
    """Settings that hold for everybody."""

    _inherit = "res.config.settings"

    company_id = fields.Many2one(
        "res.company", "Company", required=True, ondelete="cascade", default=lambda self: self.env.company
    )
    is_root_company = fields.Boolean(compute="_compute_is_root_company")
    company_name = fields.Char("Company Name", related="company_id.display_name")
    company_country_code = fields.Char("Company Country Code", related="company_id.country_id.code")
    company_informations = fields.Text("Company Details", compute="_compute_company_informations")
    report_footer = fields.Html(related="company_id.report_footer", string="Footer of Documents", readonly=False)
    external_report_layout_id = fields.Many2one(related="company_id.external_report_layout_id")

    company_count = fields.Integer("Companies", compute="_compute_company_count")
    active_user_count = fields.Integer("Active Users", compute="_compute_active_user_count")
    language_count = fields.Integer("Languages", compute="_compute_language_count")

    user_default_rights = fields.Boolean("Groups of the template", config_parameter="base_setup.default_user_rights")
    group_multi_currency = fields.Boolean("Several currencies", implied_group="base.group_multi_currency")
    show_effect = fields.Boolean("Celebrate successes", config_parameter="base_setup.show_effect")
    profiling_enabled_until = fields.Datetime(
        "Profiling allowed until", config_parameter="base.profiling_enabled_until"
    )

    module_base_import = fields.Boolean("Import of records")
    module_account_inter_company_rules = fields.Boolean("Transactions between companies")
    module_auth_ldap = fields.Boolean("Login by LDAP")
    module_auth_oauth = fields.Boolean("Login by OAuth")
    module_base_geolocalize = fields.Boolean("Places of contacts")
    module_google_calendar = fields.Boolean("Google Calendar")
    module_google_recaptcha = fields.Boolean("reCAPTCHA")
    module_mail_plugin = fields.Boolean("Plugins of mail programs")
    module_microsoft_calendar = fields.Boolean("Outlook Calendar")
    module_partner_autocomplete = fields.Boolean("Details of companies filled in")
    module_product_images = fields.Boolean("Pictures of products found")
    module_sms = fields.Boolean("Text messages")
    module_voip = fields.Boolean("Telephony")
    module_web_unsplash = fields.Boolean("Pictures of Unsplash")
    module_website_cf_turnstile = fields.Boolean("Cloudflare Turnstile")

    def _get_view_cache_key(self, view_id=None, view_type="form", **options):
        """Views differ by the modules that there are."""
        return (*super()._get_view_cache_key(view_id, view_type, **options), self._unknown_modules())

    def _get_view(self, view_id=None, view_type="form", **options):
        """Leave out settings that install what this server does not have."""
        arch, view = super()._get_view(view_id, view_type, **options)
        for name in self._unknown_modules():
            for setting in arch.xpath("//setting[field[@name=$name]]", name=f"module_{name}"):
                setting.set("invisible", "1")
        for block in arch.iter("block"):
            settings = block.findall("setting")
            if settings and all(setting.get("invisible") == "1" for setting in settings):
                block.set("invisible", "1")
        return arch, view

    @api.model
    def _unknown_modules(self) -> tuple[str, ...]:
        """Return the names of the modules that fields install and no addons path has."""
        wanted = {name.removeprefix("module_") for name in self._fields if name.startswith("module_")}
        modules = self.env["ir.module.module"].sudo()
        known = modules.search([("name", "in", sorted(wanted)), ("state", "!=", "uninstallable")]).mapped("name")
        return tuple(sorted(wanted - set(known)))

    @api.depends("company_id")
    def _compute_is_root_company(self):
        for settings in self:
            settings.is_root_company = not settings.company_id.parent_id

    @api.depends("company_id")
    def _compute_company_informations(self):
        for settings in self:
            company = settings.company_id
            place = " - ".join(part for part in (company.zip, company.city) if part)
            number = company.vat and f"{company.country_id.vat_label or _('Tax ID')}: {company.vat}"
            lines = [company.street, company.street2, place, company.state_id.name, company.country_id.name, number]
            settings.company_informations = "\n".join(line for line in lines if line)

    # forms ask for computed values that follow from a field
    @api.depends("company_id")
    def _compute_company_count(self):
        self.company_count = self.env["res.company"].sudo().search_count([])

    @api.depends("company_id")
    def _compute_active_user_count(self):
        self.active_user_count = self.env["res.users"].sudo().search_count([("share", "=", False)])

    @api.depends("company_id")
    def _compute_language_count(self):
        self.language_count = len(self.env["res.lang"].get_installed())

    def open_company(self) -> dict:
        """Return the action that shows the company of the user."""
        return _form_of(self.env.company, self.env.company.display_name)

    def open_default_user(self) -> dict:
        """Return the action that shows the template of employees.

        :raise UserError: it was deleted
        """
        template = self.env.ref("base.default_user", raise_if_not_found=False)
        if not template:
            raise UserError(_("The template of new users does not exist any more."))
        return _form_of(template, template.display_name)

    @api.model
    def edit_external_header(self):
        """Return the action that shows the layout of documents as a view; ``False`` where none was chosen."""
        layout = self.env.company.external_report_layout_id
        return bool(layout) and _form_of(layout, layout.name)

    @api.model
    def _action_pending_users(self) -> dict:
        """Return the action that lists the employees who never logged in."""
        return {
            "type": "ir.actions.act_window",
            "name": _("Invited people"),
            "res_model": "res.users",
            "views": [(False, "list"), (False, "form")],
            "domain": [("share", "=", False), ("log_ids", "=", False)],
            "context": {"search_default_no_share": True},
        }


def _form_of(record: models.BaseModel, name: str) -> dict:
    """Return the action that shows one record."""
    return {
        "type": "ir.actions.act_window",
        "name": name,
        "res_model": record._name,
        "res_id": record.id,
        "views": [(False, "form")],
    }
