"""Settings of the web client, and what the page of general settings tells."""

from __future__ import annotations

from odoo import api, fields, models


class ResConfigSettings(models.TransientModel):
    """Settings that the web client brings."""

    _inherit = "res.config.settings"

    web_app_name = fields.Char("Web App Name", config_parameter="web.web_app_name")
    show_effect = fields.Boolean("Celebrate successes", config_parameter="base_setup.show_effect")
    profiling_enabled_until = fields.Datetime(
        "Profiling allowed until", config_parameter="base.profiling_enabled_until"
    )
    group_multi_currency = fields.Boolean("Several currencies", implied_group="base.group_multi_currency")
    company_id = fields.Many2one(
        "res.company", "Company", required=True, ondelete="cascade", default=lambda self: self.env.company
    )
    company_informations = fields.Text("Company Details", compute="_compute_company_informations")
    company_count = fields.Integer("Companies", compute="_compute_counts")
    active_user_count = fields.Integer("Active Users", compute="_compute_counts")
    language_count = fields.Integer("Languages", compute="_compute_counts")

    @api.depends("company_id")
    def _compute_company_informations(self):
        for settings in self:
            company = settings.company_id
            address = company.partner_id._display_address(without_company=True)
            lines = [company.name, address, company.phone, company.email, company.vat]
            settings.company_informations = "\n".join(line for line in lines if line)

    # forms ask for computed values that follow from a field
    @api.depends("company_id")
    def _compute_counts(self):
        companies = self.env["res.company"].sudo().search_count([])
        users = self.env["res.users"].sudo().search_count([("share", "=", False)])
        languages = len(self.env["res.lang"].get_installed())
        for settings in self:
            settings.company_count = companies
            settings.active_user_count = users
            settings.language_count = languages

    def open_company(self):
        """Return the action that shows the company of the page."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.company_id.display_name,
            "res_model": "res.company",
            "res_id": self.company_id.id,
            "views": [(False, "form")],
        }
