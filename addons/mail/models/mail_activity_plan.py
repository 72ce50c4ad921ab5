"""``mail.activity.plan``: several things to do that are planned at once."""

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.translate import _

from .mail_activity_type import DELAY_UNITS, thread_models


class MailActivityPlan(models.Model):
    """A plan."""

    _name = "mail.activity.plan"
    _description = "Activity Plan"
    _order = "id DESC"

    def _get_model_selection(self):
        """Return the models whose records may be planned for."""
        return thread_models(self.env)

    name = fields.Char("Name", required=True)
    company_id = fields.Many2one("res.company", default=lambda self: self.env.company)
    template_ids = fields.One2many("mail.activity.plan.template", "plan_id", string="Activities", copy=True)
    active = fields.Boolean(default=True)
    res_model_id = fields.Many2one(
        "ir.model",
        string="Applies to",
        compute="_compute_res_model_id",
        compute_sudo=True,
        ondelete="cascade",
        precompute=True,
        readonly=False,
        required=True,
        store=True,
    )
    res_model = fields.Selection(selection=_get_model_selection, string="Model", required=True)
    steps_count = fields.Integer(compute="_compute_steps_count")
    has_user_on_demand = fields.Boolean("Has on demand responsible", compute="_compute_has_user_on_demand")

    @api.depends("res_model")
    def _compute_res_model_id(self):
        """Find the record of the model."""
        described = self.env["ir.model"]
        for name, plans in self.grouped("res_model").items():
            plans.res_model_id = described._get(name) if name else described

    @api.constrains("res_model")
    def _check_res_model_compatibility_with_templates(self):
        """Check that the steps fit the model."""
        self.template_ids._check_activity_type_res_model()

    @api.depends("template_ids")
    def _compute_steps_count(self):
        """Count the steps."""
        for plan in self:
            plan.steps_count = len(plan.template_ids)

    @api.depends("template_ids.responsible_type")
    def _compute_has_user_on_demand(self):
        """Tell whether somebody has to be named."""
        for plan in self:
            plan.has_user_on_demand = "on_demand" in plan.template_ids.mapped("responsible_type")

    def copy_data(self, default=None):
        """Name copies so that they are told apart."""
        copies = super().copy_data(default=default)
        return [{**vals, "name": _("%s (copy)", plan.name)} for plan, vals in zip(self, copies, strict=True)]


class MailActivityPlanTemplate(models.Model):
    """A step of a plan."""

    _name = "mail.activity.plan.template"
    _description = "Activity plan template"
    _order = "sequence,id"
    _rec_name = "summary"

    plan_id = fields.Many2one("mail.activity.plan", string="Plan", ondelete="cascade", required=True)
    res_model = fields.Selection(related="plan_id.res_model")
    company_id = fields.Many2one(related="plan_id.company_id")
    sequence = fields.Integer(default=10)
    activity_type_id = fields.Many2one(
        "mail.activity.type",
        "Activity Type",
        default=lambda self: self.env.ref("mail.mail_activity_data_todo", raise_if_not_found=False),
        domain="['|', ('res_model', '=', False), ('res_model', '=', parent.res_model)]",
        ondelete="restrict",
        required=True,
    )
    delay_count = fields.Integer("Interval", default=0, help="How far from the date of the plan it is due.")
    delay_unit = fields.Selection(DELAY_UNITS, string="Delay units", required=True, default="days")
    delay_from = fields.Selection(
        [("before_plan_date", "Before Plan Date"), ("after_plan_date", "After Plan Date")],
        string="Trigger",
        required=True,
        default="before_plan_date",
    )
    icon = fields.Char("Icon", related="activity_type_id.icon", readonly=True)
    summary = fields.Char("Summary", compute="_compute_summary", store=True, readonly=False)
    responsible_type = fields.Selection(
        [("on_demand", "Ask at launch"), ("other", "Default user")],
        default="on_demand",
        string="Assignment",
        required=True,
        compute="_compute_responsible_type",
        store=True,
        readonly=False,
    )
    responsible_id = fields.Many2one(
        "res.users",
        "Assigned to",
        check_company=True,
        compute="_compute_responsible_id",
        store=True,
        readonly=False,
    )
    note = fields.Html("Note", compute="_compute_note", store=True, readonly=False)

    @api.constrains("activity_type_id", "plan_id")
    def _check_activity_type_res_model(self):
        """Check that kinds of activities fit the model of the plan."""
        for step in self:
            kind = step.activity_type_id
            if kind.res_model and kind.res_model != step.plan_id.res_model:
                raise ValidationError(
                    _("%(kind)s is not for the records of the plan %(plan)s.", kind=kind.name, plan=step.plan_id.name)
                )

    @api.constrains("responsible_id", "responsible_type")
    def _check_responsible(self):
        """Check that somebody is responsible where nobody is asked for."""
        for step in self:
            if step.responsible_type == "other" and not step.responsible_id:
                raise ValidationError(_("Say who is responsible for %s.", step.summary or step.activity_type_id.name))

    @api.depends("activity_type_id")
    def _compute_note(self):
        """Take what the kind says."""
        for step in self:
            step.note = step.activity_type_id.default_note

    @api.depends("activity_type_id", "responsible_type")
    def _compute_responsible_id(self):
        """Take whom the kind names; nobody where somebody is asked for."""
        for step in self:
            if step.responsible_type != "other":
                step.responsible_id = False
            elif step.activity_type_id.default_user_id:
                step.responsible_id = step.activity_type_id.default_user_id

    @api.depends("activity_type_id")
    def _compute_responsible_type(self):
        """Ask nobody where the kind names somebody."""
        for step in self:
            named = bool(step.activity_type_id.default_user_id)
            step.responsible_type = "other" if named else step.responsible_type or "on_demand"

    @api.depends("activity_type_id")
    def _compute_summary(self):
        """Take what the kind says."""
        for step in self:
            step.summary = step.activity_type_id.summary

    def _get_date_deadline(self, base_date=False):
        """Return when the step is due.

        :param base_date: date of the plan; today by default
        """
        self.ensure_one()
        base = fields.Date.to_date(base_date) or fields.Date.context_today(self)
        delay = relativedelta(**{self.delay_unit: self.delay_count})
        return base - delay if self.delay_from == "before_plan_date" else base + delay

    def _determine_responsible(self, on_demand_responsible, applied_on_record):
        """Return who is responsible for the step.

        :param on_demand_responsible: user who was named when the plan was started
        :param applied_on_record: what the plan is for
        :return: dict with ``responsible`` and ``error``
        :raise ValueError: for unknown ways to find them
        """
        self.ensure_one()
        if self.responsible_type == "other":
            return {"responsible": self.responsible_id, "error": False}
        if self.responsible_type != "on_demand":
            raise ValueError(f"nobody knows who is responsible by {self.responsible_type}")
        error = False
        if not on_demand_responsible:
            error = _(
                "No responsible specified for %(activity_type_name)s: %(activity_summary)s.",
                activity_type_name=self.activity_type_id.name,
                activity_summary=self.summary or "-",
            )
        return {"responsible": on_demand_responsible, "error": error}
