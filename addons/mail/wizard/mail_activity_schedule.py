"""``mail.activity.schedule``: asks what is to be done about some records, one thing or a whole plan."""

from markupsafe import Markup, escape

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date, is_html_empty
from odoo.tools.translate import _

from ..tools.parser import parse_res_ids

#: more records are not kept by their ids
_KEPT_IDS = 500


def _follows(**kwargs):
    """Return the parameters of a field that follows from others until somebody changes it."""
    return {"store": True, "readonly": False, **kwargs}


class MailActivitySchedule(models.TransientModel):
    """The dialog."""

    _name = "mail.activity.schedule"
    _description = "Activity schedule plan Wizard"
    _batch_size = _KEPT_IDS

    res_model_id = fields.Many2one(
        "ir.model",
        "Applies to",
        compute="_compute_res_model_id",
        compute_sudo=True,
        ondelete="cascade",
        precompute=True,
        readonly=False,
        required=True,
        store=True,
    )
    res_model = fields.Char("Model", readonly=True, required=True)
    res_ids = fields.Text("Document IDs", compute="_compute_res_ids", store=True, precompute=True)
    is_batch_mode = fields.Boolean("Use in batch", compute="_compute_is_batch_mode")
    company_id = fields.Many2one("res.company", "Company", compute="_compute_company_id", required=True)
    error = fields.Html(compute="_compute_error")
    has_error = fields.Boolean(compute="_compute_error")
    plan_available_ids = fields.Many2many(
        "mail.activity.plan", compute="_compute_plan_available_ids", store=True, compute_sudo=True
    )
    plan_id = fields.Many2one(
        "mail.activity.plan",
        "Plan",
        domain="[('id', 'in', plan_available_ids)]",
        **_follows(compute="_compute_plan_id"),
    )
    plan_has_user_on_demand = fields.Boolean(related="plan_id.has_user_on_demand")
    plan_summary = fields.Html(compute="_compute_plan_summary")
    plan_on_demand_user_id = fields.Many2one(
        "res.users", "Assigned To", default=lambda self: self.env.user, help="Who does what nobody is named for."
    )
    plan_date = fields.Date("Plan Date", **_follows(compute="_compute_plan_date"))
    activity_type_id = fields.Many2one(
        "mail.activity.type",
        "Activity Type",
        domain="['|', ('res_model', '=', False), ('res_model', '=', res_model)]",
        ondelete="set null",
        **_follows(compute="_compute_activity_type_id"),
    )
    activity_category = fields.Selection(related="activity_type_id.category", readonly=True)
    date_deadline = fields.Date("Due Date", **_follows(compute="_compute_date_deadline"))
    summary = fields.Char("Summary", **_follows(compute="_compute_summary"))
    note = fields.Html("Note", sanitize_style=True, **_follows(compute="_compute_note"))
    activity_user_id = fields.Many2one("res.users", "Assigned to", **_follows(compute="_compute_activity_user_id"))
    chaining_type = fields.Selection(related="activity_type_id.chaining_type", readonly=True)

    @api.model
    def default_get(self, fields_list):
        """Take the records from the context."""
        values = super().default_get(fields_list)
        if "res_model" in fields_list and not values.get("res_model"):
            values["res_model"] = self.env.context.get("active_model")
        return values

    # the records

    @api.depends("res_model")
    def _compute_res_model_id(self):
        """Find the record of the model."""
        for wizard in self:
            wizard.res_model_id = self.env["ir.model"]._get_id(wizard.res_model)

    @api.depends_context("active_ids")
    def _compute_res_ids(self):
        """Take the records of the context, unless they are too many."""
        context = self.env.context
        ids = context.get("active_ids") or ([context["active_id"]] if context.get("active_id") else [])
        for wizard in self.filtered(lambda wizard: not wizard.res_ids):
            wizard.res_ids = str(list(ids)) if ids and len(ids) <= _KEPT_IDS else False

    def _evaluate_res_ids(self):
        """Return the ids of the records.

        :raise ValidationError: when they are no list of ids
        """
        return parse_res_ids(self.res_ids, self.env) or list(self.env.context.get("active_ids") or ())

    def _get_applied_on_records(self):
        """Return the records."""
        return self.env[self.res_model].browse(self._evaluate_res_ids())

    @api.constrains("res_ids")
    def _check_res_ids(self):
        """Check that the ids are a list."""
        for wizard in self:
            wizard._evaluate_res_ids()

    @api.depends("res_ids")
    def _compute_is_batch_mode(self):
        """Tell whether there are several records."""
        for wizard in self:
            wizard.is_batch_mode = len(wizard._evaluate_res_ids()) > 1

    @api.depends("res_model_id", "res_ids")
    def _compute_company_id(self):
        """Take the company of the first record."""
        for wizard in self:
            records = wizard._get_applied_on_records()[:1].sudo()
            found = records._mail_get_companies(default=self.env.company)
            wizard.company_id = found[records.id] if records else self.env.company

    # plans

    def _get_plan_available_base_domain(self):
        """Return the domain of the plans for the records."""
        self.ensure_one()
        return [
            ("company_id", "in", [False, self.company_id.id]),
            ("res_model", "in", [False, self.res_model]),
            ("template_ids", "!=", False),
        ]

    @api.depends("company_id", "res_model_id")
    def _compute_plan_available_ids(self):
        """Find the plans for the records."""
        for wizard in self:
            wizard.plan_available_ids = self.env["mail.activity.plan"].search(wizard._get_plan_available_base_domain())

    @api.depends("plan_available_ids")
    @api.depends_context("plan_mode")
    def _compute_plan_id(self):
        """Choose the first plan where a plan is asked for."""
        for wizard in self:
            wizard.plan_id = wizard.plan_available_ids.sorted("id")[:1] if self.env.context.get("plan_mode") else False

    @api.depends("res_model_id", "res_ids")
    def _compute_plan_date(self):
        """Plans begin when somebody says; other modules know better."""
        self.plan_date = False

    def _get_summary_lines(self, templates):
        """Return what the plan does, a line of HTML for each step."""
        self.ensure_one()
        lines = []
        for step in templates:
            parts = [step.activity_type_id.name, step.summary]
            text = ": ".join(part for part in parts if part)
            if self.plan_date:
                text = f"{text} ({format_date(self.env, step._get_date_deadline(self.plan_date))})"
            lines.append(escape(text))
        return lines

    @api.depends("plan_date", "plan_id")
    def _compute_plan_summary(self):
        """List what the plan does."""
        for wizard in self:
            lines = wizard._get_summary_lines(wizard.plan_id.template_ids)
            items = Markup().join(Markup("<li>%s</li>") % line for line in lines)
            wizard.plan_summary = Markup("<ul>%s</ul>") % items if wizard.plan_id else False

    def _check_plan_templates_error(self, record):
        """Return why the plan cannot be started for a record, a list of texts."""
        user = self.plan_on_demand_user_id
        steps = (step._determine_responsible(user, record) for step in self.plan_id.template_ids)
        return [found["error"] for found in steps if found["error"]]

    @api.depends(
        *("company_id", "res_model_id", "res_ids", "plan_id", "plan_on_demand_user_id", "plan_available_ids"),
        *("activity_type_id", "activity_user_id"),
    )
    def _compute_error(self):
        """Tell what hinders."""
        for wizard in self:
            records, errors = wizard._get_applied_on_records(), []
            companies = records.sudo()._mail_get_companies(default=self.env.company).values()
            if len({company.id for company in companies}) > 1:
                errors.append(_("The records belong to several companies."))
            if wizard.plan_id:
                found = (text for record in records for text in wizard._check_plan_templates_error(record))
                errors += dict.fromkeys(found)
            items = Markup().join(Markup("<li>%s</li>") % text for text in errors)
            wizard.error = Markup("<ul>%s</ul>") % items if errors else False
            wizard.has_error = bool(errors)

    @api.constrains(
        "res_model_id", "res_ids", "plan_id", "plan_on_demand_user_id", "activity_type_id", "activity_user_id"
    )
    def _check_consistency(self):
        """Check that nothing hinders."""
        for wizard in self.filtered("has_error"):
            raise ValidationError(wizard.error.striptags())

    # one activity

    @api.depends("res_model")
    def _compute_activity_type_id(self):
        """Take the usual kind."""
        for wizard in self:
            model = wizard.res_model
            wizard.activity_type_id = self.env["mail.activity"]._default_activity_type_for_model(model)

    @api.depends("activity_type_id")
    def _compute_date_deadline(self):
        """Take what the kind says."""
        for wizard in self:
            kind = wizard.activity_type_id
            wizard.date_deadline = kind._get_date_deadline() if kind else fields.Date.context_today(self)

    @api.depends("activity_type_id")
    def _compute_summary(self):
        """Take what the kind says."""
        for wizard in self:
            wizard.summary = wizard.activity_type_id.summary

    @api.depends("activity_type_id")
    def _compute_note(self):
        """Take what the kind says."""
        for wizard in self:
            wizard.note = wizard.activity_type_id.default_note

    @api.depends("activity_type_id")
    def _compute_activity_user_id(self):
        """Take whom the kind names, else the user."""
        for wizard in self:
            wizard.activity_user_id = wizard.activity_type_id.default_user_id or self.env.user

    # doing

    def action_schedule_plan(self):
        """Start the plan for each record, and return the action that shows them."""
        records = self._get_applied_on_records()
        for record in records:
            self._start_plan(record)
        action = {"type": "ir.actions.act_window", "res_model": self.res_model, "target": "current"}
        if len(records) == 1:
            return {**action, "res_id": records.id, "view_mode": "form", "views": [(False, "form")]}
        shown = {"domain": [("id", "in", records.ids)], "view_mode": "list,form"}
        return {**action, **shown, "name": _("Launch Plans"), "views": [(False, "list"), (False, "form")]}

    def _plan_filter_activity_templates_to_schedule(self):
        """Return the steps of the plan to carry out; overrides leave out those that they carry out otherwise."""
        return self.plan_id.template_ids

    def _start_plan(self, record):
        """Plan the steps for a record, and tell of it."""
        # overrides of the filter add to what is told: they look for the list by this name
        activity_descriptions = []
        for step in self._plan_filter_activity_templates_to_schedule():
            user = step._determine_responsible(self.plan_on_demand_user_id, record)["responsible"]
            due = step._get_date_deadline(self.plan_date)
            record.activity_schedule(
                activity_type_id=step.activity_type_id.id,
                automated=False,
                date_deadline=due,
                note=step.note,
                summary=step.summary,
                user_id=user.id,
            )
            parts = (step.summary or step.activity_type_id.name, user.name, format_date(self.env, due))
            activity_descriptions.append(", ".join(filter(None, parts)))
        items = [Markup("<li>%s</li>") % description for description in activity_descriptions]
        begin = escape(_("The plan “%s” has been started", self.plan_id.name))
        record.message_post(body=Markup("<p>%s</p><ul>%s</ul>") % (begin, Markup().join(items)))

    def action_schedule_activities(self):
        """Plan the activity for each record."""
        self._action_schedule_activities()

    def action_schedule_activities_done(self):
        """Tell that the activity is done for each record."""
        self._action_schedule_activities().action_done()

    def action_schedule_activities_done_and_schedule(self):
        """Tell that it is done, and return the dialog of what comes next; ``False`` where it follows by itself."""
        _messages, following = self._action_schedule_activities()._action_done()
        if following:
            return False
        title = _("Schedule Activity On Selected Records") if self.is_batch_mode else _("Schedule Activity")
        context = {
            **self.env.context,
            "activity_previous_deadline": self.date_deadline,
            "default_previous_activity_type_id": self.activity_type_id.id,
            "default_res_ids": self.res_ids,
            "default_res_model": self.res_model,
        }
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": self._name,
            "target": "new",
            "view_mode": "form",
            "views": [(False, "form")],
            "context": context,
        }

    def _action_schedule_activities(self):
        """Plan the activity for each record, and return the activities."""
        return self._get_applied_on_records().activity_schedule(
            activity_type_id=self.activity_type_id.id,
            automated=False,
            date_deadline=self.date_deadline,
            note="" if is_html_empty(self.note) else self.note,
            summary=self.summary,
            user_id=self.activity_user_id.id,
        )
