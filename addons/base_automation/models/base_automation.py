"""``base.automation``: rules; what they are, and who may make which."""

from uuid import uuid4

from odoo import Command, api, fields, models, tools
from odoo.exceptions import ValidationError
from odoo.tools.translate import _

#: what rules wait for, in groups, with the beginning of the names of each group
_MOMENTS = {
    "on": {
        "stage_set": "Stage is set to",
        "user_set": "User is set",
        "tag_set": "Tag is added",
        "state_set": "State is set to",
        "priority_set": "Priority is set to",
        "archive": "On archived",
        "unarchive": "On unarchived",
        "create_or_write": "On save",
        "create": "On creation",
        "write": "On update",
        "unlink": "On deletion",
        "change": "On UI change",
        "time": "Based on date field",
        "webhook": "On webhook",
    },
    "on_time": {"created": "After creation", "updated": "After last update"},
    "on_message": {"received": "On incoming message", "sent": "On outgoing message"},
}
TRIGGERS = [(f"{group}_{name}", label) for group, moments in _MOMENTS.items() for name, label in moments.items()]
_SET = ("on_stage_set", "on_user_set", "on_tag_set", "on_state_set", "on_priority_set")
CREATE_TRIGGERS = ("on_create", "on_create_or_write", *_SET)
WRITE_TRIGGERS = ("on_write", "on_archive", "on_unarchive", "on_create_or_write", *_SET)
MAIL_TRIGGERS = ("on_message_received", "on_message_sent")
TIME_TRIGGERS = ("on_time", "on_time_created", "on_time_updated")
#: states of actions that a record which is deleted cannot have, and what people read of them
_NOT_ON_UNLINK = ("followers", "mail_post", "next_activity")
#: fields on which it depends what is watched, and when
_WATCHED = frozenset(("active", "model_id", "on_change_field_ids", "trigger"))
_TIMED = frozenset(("trg_date_range", "trg_date_range_type"))


def preset(compute, **kwargs):
    """Return the parameters of a field that follows from others until somebody enters something else."""
    return {"compute": compute, "copy": True, "readonly": False, "store": True, **kwargs}


class BaseAutomation(models.Model):
    """A rule: when something happens, and to which records."""

    _name = "base.automation"
    _description = "Automation Rule"

    name = fields.Char(string="Automation Rule Name", required=True, translate=True)
    description = fields.Html(string="Description")
    model_id = fields.Many2one(
        "ir.model",
        string="Model",
        domain=[("field_id", "!=", False)],
        required=True,
        ondelete="cascade",
        help="Records of this model are watched.",
    )
    model_name = fields.Char(
        related="model_id.model", string="Model Name", readonly=True, inverse="_inverse_model_name"
    )
    model_is_mail_thread = fields.Boolean(related="model_id.is_mail_thread")
    action_server_ids = fields.One2many(
        "ir.actions.server",
        "base_automation_id",
        context={"default_usage": "base_automation"},
        string="Actions",
        compute="_compute_action_server_ids",
        store=True,
        readonly=False,
    )
    active = fields.Boolean(default=True, help="A rule that is switched off does nothing.")
    trigger = fields.Selection(TRIGGERS, string="Trigger", required=True, **preset("_compute_trigger"))
    trigger_field_ids = fields.Many2many(
        "ir.model.fields",
        string="Trigger Fields",
        help="The rule runs when one of these changes; whatever changes, if there are none.",
        **preset("_compute_trigger_field_ids"),
    )
    on_change_field_ids = fields.Many2many(
        "ir.model.fields",
        relation="base_automation_onchange_fields_rel",
        string="On Change Fields Trigger",
        help="The rule runs when somebody changes one of these in a form.",
        **preset("_compute_on_change_field_ids"),
    )
    filter_pre_domain = fields.Char(
        string="Before Update Domain",
        help="Records for which this holds before they are changed.",
        **preset("_compute_filter_pre_domain"),
    )
    filter_domain = fields.Char(
        string="Apply on",
        help="Records for which this holds, after they are changed.",
        **preset("_compute_filter_domain"),
    )
    trg_selection_field_id = fields.Many2one(
        "ir.model.fields.selection",
        string="Trigger Field",
        domain="[('field_id', 'in', trigger_field_ids)]",
        help="The state or priority that is set.",
        **preset("_compute_trg_selection_field_id"),
    )
    trg_field_ref_model_name = fields.Char(string="Trigger Field Model", compute="_compute_trg_field_ref_model_name")
    trg_field_ref = fields.Many2oneReference(
        model_field="trg_field_ref_model_name",
        string="Trigger Reference",
        help="The stage or tag that is set.",
        **preset("_compute_trg_field_ref"),
    )
    trg_date_id = fields.Many2one(
        "ir.model.fields",
        string="Trigger Date",
        domain="[('model_id', '=', model_id), ('ttype', 'in', ('date', 'datetime'))]",
        help="The date that the time is counted from.",
        **preset("_compute_trg_date_id"),
    )
    trg_date_range = fields.Integer(
        string="Delay after trigger date",
        help="How much later the rule runs; less than zero is before the date.",
        **preset("_compute_trg_date_range_data"),
    )
    trg_date_range_type = fields.Selection(
        [("minutes", "Minutes"), ("hour", "Hours"), ("day", "Days"), ("month", "Months")],
        string="Delay type",
        **preset("_compute_trg_date_range_data"),
    )
    trg_date_calendar_id = fields.Many2one(
        "resource.calendar",
        string="Use Calendar",
        help="Only days on which work is done count.",
        **preset("_compute_trg_date_calendar_id"),
    )
    last_run = fields.Datetime(readonly=True, copy=False)
    least_delay_msg = fields.Char(compute="_compute_least_delay_msg")
    url = fields.Char(compute="_compute_url", help="The address that other programs call.")
    webhook_uuid = fields.Char(string="Webhook UUID", readonly=True, copy=False, default=lambda self: str(uuid4()))
    webhook_secret = fields.Char(
        string="Secret", copy=False, help="Calls are signed with it; calls without a signature are refused then."
    )
    record_getter = fields.Char(
        default="model.env[payload.get('_model')].browse(int(payload.get('_id')))",
        help="Expression for the record that a call is about: payload is what was sent.",
    )
    log_webhook_calls = fields.Boolean(string="Log Calls", default=False)

    def _inverse_model_name(self):
        """Take a model by its name."""
        for automation in self:
            automation.model_id = self.env["ir.model"]._get(automation.model_name)

    # constraints

    @api.constrains("trigger", "model_id")
    def _check_trigger(self):
        """Check that records can have what is waited for."""
        for automation in self:
            if automation.trigger in MAIL_TRIGGERS and not automation.model_id.is_mail_thread:
                raise ValidationError(
                    _("The rule %(rule)s waits for messages, which %(model)s has none of.", **automation._names())
                )

    @api.constrains("model_id", "action_server_ids")
    def _check_action_server_model(self):
        """Check that the actions are for the records of the rule."""
        for automation in self:
            foreign = automation.action_server_ids.filtered(lambda a, own=automation: a.model_id != own.model_id)
            if foreign:
                names = ", ".join(foreign.mapped("name"))
                raise ValidationError(
                    _(
                        "The rule %(rule)s is about %(model)s, these actions are not: %(actions)s",
                        actions=names,
                        **automation._names(),
                    )
                )

    @api.constrains("trigger", "action_server_ids")
    def _check_trigger_state(self):
        """Check that the actions are possible at that moment."""
        for automation in self:
            states = set(automation.action_server_ids.mapped("state"))
            if automation.trigger == "on_change" and states - {"code"}:
                raise ValidationError(
                    _(
                        "The rule %(rule)s runs while a form is filled in: only code can run then.",
                        **automation._names(),
                    )
                )
            if automation.trigger == "on_unlink" and states & set(_NOT_ON_UNLINK):
                raise ValidationError(
                    _(
                        "The rule %(rule)s runs when records are deleted: messages, followers and activities would go "
                        "with them.",
                        **automation._names(),
                    )
                )

    def _names(self):
        return {"model": self.model_id.name, "rule": self.name}

    @api.onchange("trigger", "action_server_ids")
    def _onchange_trigger_or_actions(self):
        """Warn of actions that are not possible at that moment, before it is saved."""
        states = set(self.action_server_ids.mapped("state"))
        text = False
        if self.trigger == "on_change" and states - {"code"}:
            text = _("While a form is filled in only code can run. Choose another trigger, or other actions.")
        elif self.trigger == "on_unlink" and states & set(_NOT_ON_UNLINK):
            text = _("Messages, followers and activities of records that are deleted go with them.")
        return {"warning": {"title": _("This does not work together"), "message": text}} if text else None

    # creating, changing, deleting

    @api.model_create_multi
    def create(self, vals_list):
        """Create rules, which hold from now on."""
        automations = super().create(vals_list)
        automations._renew()
        return automations

    def write(self, vals):
        """Change rules."""
        result = super().write(vals)
        if vals.keys() & _WATCHED:
            self._renew()
        elif vals.keys() & _TIMED:
            self._update_cron()
        if vals.keys() & {"filter_domain", "filter_pre_domain", "trigger_field_ids"}:
            self.env.registry.clear_cache()
        return result

    def unlink(self):
        """Delete rules with their actions."""
        result = super().unlink()
        self._renew()
        return result

    def copy(self, default=None):
        """Copy rules with their actions."""
        copies = super().copy(default)
        for automation, copied in zip(self, copies, strict=True):
            copied.action_server_ids = [
                Command.link(action.copy({"base_automation_id": copied.id, "name": action.name}).id)
                for action in automation.action_server_ids
            ]
        return copies

    def _renew(self):
        """Have all processes watch what the rules are about now, and look at times as often as needed."""
        self._update_cron()
        self._update_registry()

    def _update_registry(self):
        """Watch the models that have rules now; not while a file is imported, or the registry is built."""
        registry = self.env.registry
        registry.clear_cache("default", "templates")
        if not registry.ready or self.env.context.get("import_file"):
            return
        self._unregister_hook()
        self._register_hook()
        registry.registry_invalidated = True

    # finding

    @api.model
    @tools.ormcache("model_name", "triggers")
    def _ids_of(self, model_name, triggers):
        """Return the ids of the rules of a model with some triggers."""
        domain = [("model_id.model", "=", model_name), ("trigger", "in", triggers), ("active", "=", True)]
        return tuple(self.sudo().with_context(lang=None).search(domain, order="id")._ids)

    @api.model
    def _get_actions(self, records, triggers):
        """Return the rules that apply to records when something happens to them.

        :param records: the records; what rules already do in this chain is in the context of the result
        :param triggers: names of triggers
        :return: rules, in the environment of the records
        """
        ids = self._ids_of(records._name, tuple(triggers))
        automations = self.with_env(records.env).browse(ids)
        if ids and "__action_done" not in records.env.context:
            automations = automations.with_context(__action_done={})
        return automations
