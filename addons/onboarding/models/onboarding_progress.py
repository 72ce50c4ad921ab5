"""``onboarding.progress``: how far a company is with a panel."""

from odoo import api, fields, models
from odoo.tools import SQL

from .onboarding_progress_step import STATES

#: what addons import them as
ONBOARDING_PROGRESS_STATES = STATES
#: states of steps that are taken
TAKEN = ("just_done", "done")


class OnboardingProgress(models.Model):
    """A panel as one company sees it, or all do."""

    _name = "onboarding.progress"
    _description = "Onboarding Progress Tracker"
    _rec_name = "onboarding_id"

    onboarding_state = fields.Selection(
        STATES, string="Onboarding progress", compute="_compute_onboarding_state", store=True
    )
    is_onboarding_closed = fields.Boolean("Was panel closed?")
    company_id = fields.Many2one("res.company", ondelete="cascade", help="Empty: it is the same for all companies.")
    onboarding_id = fields.Many2one(
        "onboarding.onboarding", "Related onboarding tracked", required=True, ondelete="cascade"
    )
    progress_step_ids = fields.Many2many("onboarding.progress.step", string="Progress Steps Trackers")

    def init(self):
        """Have one record for each company, or one for all."""
        self.env.cr.execute(
            SQL(
                "CREATE UNIQUE INDEX IF NOT EXISTS onboarding_progress_onboarding_company_uniq"
                " ON onboarding_progress (onboarding_id, coalesce(company_id, 0))"
            )
        )

    @api.depends("onboarding_id.step_ids", "progress_step_ids", "progress_step_ids.step_state")
    def _compute_onboarding_state(self):
        """All is done when every step is taken."""
        for progress in self:
            taken = progress.progress_step_ids.filtered(lambda step: step.step_state in TAKEN)
            is_done = len(taken) == len(progress.onboarding_id.step_ids)
            progress.onboarding_state = "done" if is_done else "not_done"

    def _recompute_progress_step_ids(self):
        """Follow the steps that the panels have now."""
        for progress in self:
            steps = progress.onboarding_id.step_ids.with_company(progress.company_id or self.env.company)
            progress.progress_step_ids = steps.current_progress_step_id

    def action_close(self):
        """Show the panels no more."""
        self.is_onboarding_closed = True

    def action_toggle_visibility(self):
        """Close panels that are shown, and show those that are closed."""
        for progress in self:
            progress.is_onboarding_closed = not progress.is_onboarding_closed

    def _get_and_update_onboarding_state(self):
        """Return how far each step is, after which steps that were just taken are old news.

        :return: ``{step id: state}``, and as ``onboarding_state`` whether the panel is closed, just done or done
        """
        self.ensure_one()
        steps = self.onboarding_id.step_ids
        states = {step.id: step.current_step_state for step in steps}
        news = steps.current_progress_step_id.filtered(lambda progress: progress.step_state == "just_done")
        news.action_consolidate_just_done()
        if self.is_onboarding_closed:
            states["onboarding_state"] = "closed"
        elif self.onboarding_state == "done":
            states["onboarding_state"] = "just_done" if news else "done"
        return states
