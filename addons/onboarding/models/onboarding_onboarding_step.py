"""``onboarding.onboarding.step``: something to do first."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .onboarding_progress_step import STATES


class OnboardingStep(models.Model):
    """A step of panels; several may have it."""

    _name = "onboarding.onboarding.step"
    _description = "Onboarding Step"
    _order = "sequence asc, id asc"
    _rec_name = "title"

    onboarding_ids = fields.Many2many("onboarding.onboarding", string="Onboardings")
    title = fields.Char("Title", translate=True)
    description = fields.Char("Description", translate=True)
    button_text = fields.Char("Button text", required=True, default=lambda self: self.env._("Begin"), translate=True)
    done_icon = fields.Char("Font Awesome Icon when completed", default="fa-star")
    done_text = fields.Char(
        "Text to show when step is completed", default=lambda self: self.env._("Done"), translate=True
    )
    step_image = fields.Binary("Step Image")
    step_image_filename = fields.Char("Step Image Filename")
    step_image_alt = fields.Char(
        "Alt Text for the Step Image", default="Onboarding Step Image", translate=True, help="For who does not see it."
    )
    panel_step_open_action_name = fields.Char(
        "Opening action", help="Method of the model onboarding.onboarding.step that opens what there is to do."
    )
    current_progress_step_id = fields.Many2one(
        "onboarding.progress.step", "Step Progress", compute="_compute_current_progress"
    )
    current_step_state = fields.Selection(STATES, "Completion State", compute="_compute_current_progress")
    progress_ids = fields.One2many(
        "onboarding.progress.step", "step_id", "Onboarding Progress Step Records", readonly=True
    )
    is_per_company = fields.Boolean("Is per company", default=True, help="Each company takes the step itself.")
    sequence = fields.Integer(default=10)

    @api.depends_context("company")
    @api.depends("progress_ids", "progress_ids.step_state")
    def _compute_current_progress(self):
        """How far the company is."""
        for step in self:
            progress = step.progress_ids.filtered(
                lambda record: record.company_id in (self.env.company, self.env.company[:0])
            )[:1]
            step.current_progress_step_id = progress
            step.current_step_state = progress.step_state or "not_done"

    @api.constrains("onboarding_ids")
    def check_step_on_onboarding_has_action(self):
        """Steps of panels open something.

        :raise ValidationError: one opens nothing
        """
        without = self.filtered(lambda step: step.onboarding_ids and not step.panel_step_open_action_name)
        if without:
            raise ValidationError(
                self.env._("Steps of a panel need an opening action: %s", ", ".join(map(str, without.mapped("title"))))
            )

    @api.model_create_multi
    def create(self, vals_list):
        """Have the panels of new steps follow them."""
        steps = super().create(vals_list)
        steps.onboarding_ids._follow_steps()
        return steps

    def write(self, vals):
        """Forget who took steps that become those of each company, or of all; have panels follow their steps."""
        changing = self.browse()
        if "is_per_company" in vals:
            changing = self.filtered(lambda step: step.is_per_company != bool(vals["is_per_company"]))
        result = super().write(vals)
        if changing:
            changing.progress_ids.unlink()
            self.onboarding_ids.action_refresh_progress_ids()
        if changing or "onboarding_ids" in vals:
            self.onboarding_ids._follow_steps()
        return result

    def action_set_just_done(self):
        """Take the steps for the company, and return those that were not taken yet."""
        self._create_progress_steps()
        return self.current_progress_step_id.action_set_just_done().step_id

    def _create_progress_steps(self):
        """Note for steps that the company did not take them yet, unless something is noted."""
        unknown = self.filtered(lambda step: not step.current_progress_step_id)
        self.env["onboarding.progress.step"].create(
            [
                {"step_id": step.id, "company_id": self.env.company.id if step.is_per_company else False}
                for step in unknown
            ]
        )
        unknown.onboarding_ids._follow_steps()

    @api.model
    def action_validate_step(self, xml_id):
        """Take a step, if there is such a one.

        :param xml_id: its external id
        :return: "NOT_FOUND", "JUST_DONE", or "WAS_DONE" when it was taken before
        """
        found = self.env.ref(xml_id, raise_if_not_found=False)
        if found is None or found._name != self._name:
            return "NOT_FOUND"
        if found.current_step_state in ("just_done", "done"):
            return "WAS_DONE"
        found.action_set_just_done()
        return "JUST_DONE"

    @api.model
    def _get_placeholder_filename(self, field):
        """Return the picture of steps that have none."""
        if field == "step_image":
            return "onboarding/static/description/icon.png"
        return super()._get_placeholder_filename(field)
