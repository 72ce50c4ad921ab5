"""``mail.activity.type``: kinds of things to do."""

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.translate import _

DELAY_UNITS = [("days", "days"), ("weeks", "weeks"), ("months", "months")]


def thread_models(env):
    """Return the options of fields with a model whose records have messages."""
    models_ = env["ir.model"].sudo().search([("is_mail_thread", "=", True), ("transient", "=", False)])
    return [(model.model, model.name) for model in models_]


class MailActivityType(models.Model):
    """A kind of thing to do: when, by whom, and what follows."""

    _name = "mail.activity.type"
    _description = "Activity Type"
    _rec_name = "name"
    _order = "sequence, id"

    def _get_model_selection(self):
        """Return the models whose records may have activities of the kind."""
        return thread_models(self.env)

    name = fields.Char("Name", required=True, translate=True)
    summary = fields.Char("Default Summary", translate=True)
    sequence = fields.Integer("Sequence", default=10)
    active = fields.Boolean(default=True)
    create_uid = fields.Many2one("res.users", index=True)
    delay_count = fields.Integer("Schedule", default=0, help="How much later than the day it counts from it is due.")
    delay_unit = fields.Selection(DELAY_UNITS, string="Delay units", required=True, default="days")
    delay_label = fields.Char(compute="_compute_delay_label")
    delay_from = fields.Selection(
        [
            ("current_date", "after completion date"),
            ("previous_activity", "after previous activity deadline"),
        ],
        string="Delay Type",
        required=True,
        default="previous_activity",
    )
    icon = fields.Char("Icon", help="A class of Font Awesome, such as fa-tasks.")
    decoration_type = fields.Selection(
        [("warning", "Alert"), ("danger", "Error")], string="Decoration Type", help="How records with it are marked."
    )
    res_model = fields.Selection(
        selection=_get_model_selection, string="Model", help="Only for records of the model; for all, if empty."
    )
    triggered_next_type_id = fields.Many2one(
        "mail.activity.type",
        string="Trigger",
        compute="_compute_triggered_next_type_id",
        inverse="_inverse_triggered_next_type_id",
        store=True,
        readonly=False,
        domain="['|', ('res_model', '=', False), ('res_model', '=', res_model)]",
        ondelete="restrict",
        help="What has to be done next.",
    )
    chaining_type = fields.Selection(
        [("suggest", "Suggest Next Activity"), ("trigger", "Trigger Next Activity")],
        string="Chaining Type",
        required=True,
        default="suggest",
    )
    suggested_next_type_ids = fields.Many2many(
        "mail.activity.type",
        "mail_activity_rel",
        "activity_id",
        "recommended_id",
        string="Suggest",
        domain="['|', ('res_model', '=', False), ('res_model', '=', res_model)]",
        compute="_compute_suggested_next_type_ids",
        inverse="_inverse_suggested_next_type_ids",
        store=True,
        readonly=False,
        help="What may be done next.",
    )
    previous_type_ids = fields.Many2many(
        "mail.activity.type",
        "mail_activity_rel",
        "recommended_id",
        "activity_id",
        string="Preceding Activities",
        domain="['|', ('res_model', '=', False), ('res_model', '=', res_model)]",
    )
    category = fields.Selection(
        [("default", "None"), ("upload_file", "Upload Document"), ("phonecall", "Phonecall")],
        default="default",
        string="Action",
        help="What clients offer to do.",
    )
    mail_template_ids = fields.Many2many("mail.template", string="Email templates")
    default_user_id = fields.Many2one("res.users", string="Default User")
    default_note = fields.Html(string="Default Note", translate=True)
    keep_done = fields.Boolean("Keep Done", help="Keep activities that are done, to be seen among the others.")
    initial_res_model = fields.Selection(
        selection=_get_model_selection, string="Initial model", compute="_compute_initial_res_model", store=False
    )
    res_model_change = fields.Boolean(string="Model has change", default=False, store=False)

    @api.constrains("res_model")
    def _check_activity_type_res_model(self):
        """Check the plans that use the kind."""
        domain = [("activity_type_id", "in", self.ids), ("activity_type_id.res_model", "!=", False)]
        for step in self.env["mail.activity.plan.template"].sudo().search(domain):
            step._check_activity_type_res_model()

    @api.onchange("res_model")
    def _onchange_res_model(self):
        """Keep the templates of the model."""
        fitting = [("model", "=", self.res_model), ("id", "in", self.mail_template_ids.ids)]
        self.mail_template_ids = self.env["mail.template"].sudo().search(fitting)
        before = self.initial_res_model
        self.res_model_change = bool(before and before != self.res_model)

    def _compute_initial_res_model(self):
        """Keep the model that the kind had when the form was opened."""
        for kind in self:
            kind.initial_res_model = kind.res_model

    @api.depends("delay_unit", "delay_count")
    def _compute_delay_label(self):
        """Say how much later it is due."""
        labels = dict(self._fields["delay_unit"]._description_selection(self.env))
        for kind in self:
            kind.delay_label = f"{kind.delay_count} {labels.get(kind.delay_unit, '')}"

    # what follows

    @api.depends("chaining_type")
    def _compute_suggested_next_type_ids(self):
        """Suggest nothing where something has to follow."""
        for kind in self:
            if kind.chaining_type == "trigger":
                kind.suggested_next_type_ids = False

    def _inverse_suggested_next_type_ids(self):
        """Suggest, where there is something to suggest."""
        for kind in self:
            if kind.suggested_next_type_ids:
                kind.chaining_type = "suggest"

    @api.depends("chaining_type")
    def _compute_triggered_next_type_id(self):
        """Nothing has to follow where things are suggested."""
        for kind in self:
            if kind.chaining_type == "suggest":
                kind.triggered_next_type_id = False

    def _inverse_triggered_next_type_id(self):
        """Something has to follow, where it is said what."""
        for kind in self:
            kind.chaining_type = "trigger" if kind.triggered_next_type_id else "suggest"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_todo(self):
        """Keep the kind that everything falls back to."""
        self._refuse_for_todo()

    def action_archive(self):
        """Archive kinds, but for the one that everything falls back to."""
        self._refuse_for_todo()
        return super().action_archive()

    def _refuse_for_todo(self):
        """Check that the kind everything falls back to is not among these.

        :raise UserError: otherwise
        """
        todo = self.env.ref("mail.mail_activity_data_todo", raise_if_not_found=False)
        if todo and todo in self:
            raise UserError(_("%s is needed: other activities fall back to it.", todo.name))

    def _get_date_deadline(self):
        """Return when an activity of the kind is due that is planned now."""
        self.ensure_one()
        done_until = (
            self.env.context.get("activity_previous_deadline") if self.delay_from == "previous_activity" else None
        )
        start = fields.Date.to_date(done_until) or fields.Date.context_today(self)
        return start + relativedelta(**{self.delay_unit: self.delay_count})
