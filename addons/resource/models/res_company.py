"""Companies and their working hours."""

from odoo import api, fields, models


class ResCompany(models.Model):
    """Companies have a calendar that everybody follows who has none of their own."""

    _inherit = "res.company"

    resource_calendar_ids = fields.One2many("resource.calendar", "company_id", "Working Hours")
    resource_calendar_id = fields.Many2one(
        "resource.calendar", "Default Working Hours", ondelete="restrict", help="The hours that are worked here."
    )

    @api.model
    def _init_data_resource_calendar(self):
        """Give companies a calendar that have none."""
        self.search([("resource_calendar_id", "=", False)])._create_resource_calendar()

    def _create_resource_calendar(self):
        """Make a calendar for each company."""
        for company in self:
            calendar = (
                self.env["resource.calendar"]
                .with_company(company)
                .with_context(default_company_id=company.id)
                .create({"name": self.env._("Standard 40 hours/week"), "company_id": company.id})
            )
            company.resource_calendar_id = calendar

    @api.model_create_multi
    def create(self, vals_list):
        """Give new companies a calendar, and a calendar that has no company the new one."""
        companies = super().create(vals_list)
        with_calendar = companies.filtered("resource_calendar_id")
        # who may create companies need not have the right to change calendars: nothing here is of their choice
        (companies - with_calendar).sudo()._create_resource_calendar()
        for calendar, owners in with_calendar.grouped("resource_calendar_id").items():
            if not calendar.company_id:
                calendar.company_id = owners[0]
        return companies
