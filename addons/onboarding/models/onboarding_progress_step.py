"""``onboarding.progress.step``: how far a company is with a step."""

from odoo import fields, models
from odoo.tools import SQL

STATES = [("not_done", "Not done"), ("just_done", "Just done"), ("done", "Done")]


class OnboardingProgressStep(models.Model):
    """A step as one company took it, or one for all."""

    _name = "onboarding.progress.step"
    _description = "Onboarding Progress Step Tracker"
    _rec_name = "step_id"

    progress_ids = fields.Many2many("onboarding.progress", string="Related Onboarding Progress Tracker")
    step_state = fields.Selection(STATES, string="Onboarding Step Progress", default="not_done")
    step_id = fields.Many2one("onboarding.onboarding.step", "Onboarding Step", required=True, ondelete="cascade")
    company_id = fields.Many2one("res.company", ondelete="cascade", help="Empty: it is the same for all companies.")

    def init(self):
        """Have one record for each company, or one for all."""
        self.env.cr.execute(
            SQL(
                "CREATE UNIQUE INDEX IF NOT EXISTS onboarding_progress_step_company_uniq"
                " ON onboarding_progress_step (step_id, coalesce(company_id, 0))"
            )
        )

    def action_consolidate_just_done(self):
        """Make old news of steps that were just taken, and return these."""
        news = self.filtered(lambda progress: progress.step_state == "just_done")
        news.step_state = "done"
        return news

    def action_set_just_done(self):
        """Take the steps that were not taken yet, and return these."""
        ahead = self.filtered(lambda progress: progress.step_state == "not_done")
        ahead.step_state = "just_done"
        return ahead
