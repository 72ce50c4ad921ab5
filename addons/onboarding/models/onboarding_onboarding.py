"""``onboarding.onboarding``: a panel with first steps."""

from odoo import api, fields, models

from .onboarding_progress_step import STATES


class Onboarding(models.Model):
    """A panel of an application."""

    _name = "onboarding.onboarding"
    _description = "Onboarding"
    _order = "sequence asc, id desc"

    name = fields.Char("Name of the onboarding", translate=True)
    route_name = fields.Char("One word name", required=True, help="What the application calls the panel.")
    step_ids = fields.Many2many("onboarding.onboarding.step", string="Onboarding steps")
    text_completed = fields.Char(
        "Message at completion",
        default=lambda self: self.env._("Everything is set up."),
        help="Shown when all steps are taken.",
    )
    is_per_company = fields.Boolean("Should be done per company?", compute="_compute_is_per_company")
    panel_close_action_name = fields.Char(
        "Closing action", help="Method of the model onboarding.onboarding that closes the panel."
    )
    current_progress_id = fields.Many2one(
        "onboarding.progress", "Onboarding Progress", compute="_compute_current_progress"
    )
    current_onboarding_state = fields.Selection(STATES, "Completion State", compute="_compute_current_progress")
    is_onboarding_closed = fields.Boolean("Was panel closed?", compute="_compute_current_progress")
    progress_ids = fields.One2many("onboarding.progress", "onboarding_id", "Onboarding Progress Records", readonly=True)
    sequence = fields.Integer(default=10)

    _sql_constraints = [("route_name_uniq", "UNIQUE (route_name)", "There is a panel with this one-word name already.")]

    @api.depends("progress_ids", "progress_ids.company_id", "step_ids", "step_ids.is_per_company")
    def _compute_is_per_company(self):
        """A panel is that of each company as soon as one step is, or once a company has its own."""
        for onboarding in self:
            onboarding.is_per_company = bool(onboarding.progress_ids.company_id) or any(
                onboarding.step_ids.mapped("is_per_company")
            )

    @api.depends_context("company")
    @api.depends(
        "progress_ids", "progress_ids.is_onboarding_closed", "progress_ids.onboarding_state", "progress_ids.company_id"
    )
    def _compute_current_progress(self):
        """How far the company is."""
        for onboarding in self:
            progress = onboarding.progress_ids.filtered(self._concerns_company)[:1]
            onboarding.current_progress_id = progress
            onboarding.current_onboarding_state = progress.onboarding_state or "not_done"
            onboarding.is_onboarding_closed = progress.is_onboarding_closed

    def _concerns_company(self, progress):
        """Tell whether a record of progress is that of the company, or of all."""
        return not progress.company_id or progress.company_id == self.env.company

    @api.model_create_multi
    def create(self, vals_list):
        """Have new panels follow the steps that companies took already."""
        onboardings = super().create(vals_list)
        onboardings.step_ids.check_step_on_onboarding_has_action()
        onboardings._follow_steps()
        return onboardings

    def write(self, vals):
        """Have panels follow the steps that they get."""
        result = super().write(vals)
        if "step_ids" in vals:
            self.step_ids.check_step_on_onboarding_has_action()
            self._follow_steps()
        return result

    # progress

    def _follow_steps(self):
        """Note how far companies are with the steps that there are now."""
        missing = []
        for onboarding in self:
            known = onboarding.progress_ids.company_id
            companies = onboarding.step_ids.progress_ids.company_id - known
            if onboarding.is_per_company:
                missing += [{"onboarding_id": onboarding.id, "company_id": company.id} for company in companies]
            elif onboarding.step_ids.progress_ids and not onboarding.progress_ids:
                missing.append({"onboarding_id": onboarding.id, "company_id": False})
        self.env["onboarding.progress"].create(missing)
        self.progress_ids._recompute_progress_step_ids()

    def _search_or_create_progress(self):
        """Return how far the company is with the panels; it begins with those that it did not see yet."""
        for onboarding in self:
            if not onboarding.current_progress_id:
                company = self.env.company.id if onboarding.is_per_company else False
                onboarding.progress_ids.create({"onboarding_id": onboarding.id, "company_id": company})
        self.current_progress_id._recompute_progress_step_ids()
        return self.current_progress_id

    def action_refresh_progress_ids(self):
        """Begin anew where one record stood for all companies and each has its own now."""
        shared = self.progress_ids.filtered(
            lambda progress: progress.onboarding_id.is_per_company and not progress.company_id
        )
        panels = shared.onboarding_id
        shared.unlink()
        panels._search_or_create_progress()

    # panels

    def action_close(self):
        """Show the panels no more to the company."""
        self.current_progress_id.action_close()

    @api.model
    def action_close_panel(self, xmlid):
        """Show a panel no more, if there is such a one.

        :param xmlid: its external id
        """
        onboarding = self.env.ref(xmlid, raise_if_not_found=False)
        if onboarding and onboarding._name == self._name:
            onboarding.action_close()

    def action_toggle_visibility(self):
        """Close panels that are shown to the company, and show those that are closed."""
        self._search_or_create_progress().action_toggle_visibility()

    def _prepare_rendering_values(self):
        """Return the values of the template of the panel."""
        self.ensure_one()
        progress = self._search_or_create_progress()
        return {
            "close_method": self.panel_close_action_name,
            "close_model": self._name,
            "steps": self.step_ids,
            "state": progress._get_and_update_onboarding_state(),
            "text_completed": self.text_completed,
        }
