"""What rules are proposed, once it is known when they run."""

from odoo import api, models

from .base_automation import TIME_TRIGGERS

#: trigger -> conditions on the field that is watched: its names, its types, the model it leads to
_STAGE = (("stage_id", "x_studio_stage_id"), ("many2one",), None)
_TAG = (("tag_ids", "x_studio_tag_ids"), ("many2many",), None)
_USER = (("user_id", "user_ids", "x_studio_user_id", "x_studio_user_ids"), ("many2one", "many2many"), "res.users")
_ACTIVE = (("active", "x_active"), ("boolean",), None)
FIELD_OF_TRIGGER = {
    "on_archive": _ACTIVE,
    "on_priority_set": (("priority", "x_studio_priority"), ("selection",), None),
    "on_stage_set": _STAGE,
    "on_state_set": (("state", "x_studio_state"), ("selection",), None),
    "on_tag_set": _TAG,
    "on_time_created": (("create_date",), ("datetime",), None),
    "on_time_updated": (("write_date",), ("datetime",), None),
    "on_unarchive": _ACTIVE,
    "on_user_set": _USER,
}
#: triggers for which a record, or an option, is chosen
_BY_RECORD, _BY_OPTION = ("on_stage_set", "on_tag_set"), ("on_priority_set", "on_state_set")


class BaseAutomationPresets(models.Model):
    """The fields of rules that follow from others."""

    _inherit = "base.automation"

    @api.depends("model_id")
    def _compute_action_server_ids(self):
        """Actions about other records are of no use."""
        for automation in self:
            own = automation.action_server_ids.filtered(
                lambda action, rule=automation: action.model_id == rule.model_id
            )
            if own != automation.action_server_ids:
                automation.action_server_ids = own

    @api.depends("trigger_field_ids")
    def _compute_trigger(self):
        """Without the field that a trigger watches there is no trigger."""
        for automation in self:
            if automation.trigger in FIELD_OF_TRIGGER and not automation.trigger_field_ids:
                automation.trigger = False

    @api.depends("model_id", "trigger")
    def _compute_trigger_field_ids(self):
        """Find the field that the trigger is about."""
        for automation in self:
            automation.trigger_field_ids = automation._field_of_trigger()

    def _field_of_trigger(self):
        """Return the field of the model that the trigger is about, at most one."""
        model_fields = self.env["ir.model.fields"]
        if self.trigger not in FIELD_OF_TRIGGER or not self.model_id:
            return model_fields
        names, types, comodel = FIELD_OF_TRIGGER[self.trigger]
        domain = [("model_id", "=", self.model_id.id), ("name", "in", names), ("ttype", "in", types)]
        if comodel:
            domain.append(("relation", "=", comodel))
        found = model_fields.search(domain)
        return found.sorted(lambda field: names.index(field.name))[:1]

    @api.depends("model_id", "trigger")
    def _compute_on_change_field_ids(self):
        """Only one trigger watches forms, and those of its model."""
        for automation in self:
            foreign = automation.on_change_field_ids.model_id - automation.model_id
            if automation.trigger != "on_change" or foreign:
                automation.on_change_field_ids = False

    @api.depends("trigger", "trigger_field_ids")
    def _compute_trg_selection_field_id(self):
        """Options are those of the field that is watched."""
        for automation in self:
            field = automation.trg_selection_field_id.field_id
            if automation.trigger not in _BY_OPTION or field not in automation.trigger_field_ids._origin:
                automation.trg_selection_field_id = False

    @api.depends("trigger", "trigger_field_ids")
    def _compute_trg_field_ref(self):
        """Only stages and tags are chosen."""
        for automation in self:
            if automation.trigger not in _BY_RECORD or len(automation.trigger_field_ids) != 1:
                automation.trg_field_ref = False

    @api.depends("trg_field_ref", "trigger_field_ids")
    def _compute_trg_field_ref_model_name(self):
        """The stage or tag is of the model that the field leads to."""
        for automation in self:
            watched = automation.trigger_field_ids
            by_record = automation.trigger in _BY_RECORD and len(watched) == 1
            automation.trg_field_ref_model_name = watched.relation if by_record else False

    @api.depends("trigger", "trigger_field_ids", "trg_field_ref")
    def _compute_filter_pre_domain(self):
        """A tag was not there before it is added."""
        for automation in self:
            watched = automation.trigger_field_ids
            is_tag = automation.trigger == "on_tag_set" and len(watched) == 1 and automation.trg_field_ref
            automation.filter_pre_domain = (
                repr([(watched.name, "not in", [automation.trg_field_ref])]) if is_tag else False
            )

    @api.depends("trigger", "trigger_field_ids", "trg_selection_field_id", "trg_field_ref")
    def _compute_filter_domain(self):
        """The field has the value that is waited for."""
        for automation in self:
            watched = automation.trigger_field_ids
            if not watched:
                automation.filter_domain = False
            elif len(watched) == 1 and (condition := automation._condition_of_trigger()):
                automation.filter_domain = repr([(watched.name, *condition)])

    def _condition_of_trigger(self):
        """Return operator and operand of the condition that the trigger waits for, ``None`` when nothing is chosen."""
        option, record_id = self.trg_selection_field_id.value, self.trg_field_ref
        conditions = {
            "on_archive": ("=", False),
            "on_priority_set": option and ("=", option),
            "on_stage_set": record_id and ("=", record_id),
            "on_state_set": option and ("=", option),
            "on_tag_set": record_id and ("in", [record_id]),
            "on_unarchive": ("=", True),
            "on_user_set": ("!=", False),
        }
        return conditions.get(self.trigger) or None

    # times

    @api.depends("trigger", "trigger_field_ids")
    def _compute_trg_date_id(self):
        """The date is the one that is watched, or is chosen."""
        for automation in self:
            if automation.trigger not in TIME_TRIGGERS:
                automation.trg_date_id = False
            elif len(automation.trigger_field_ids) == 1:
                automation.trg_date_id = automation.trigger_field_ids
            elif automation.trg_date_id.model_id != automation.model_id:
                automation.trg_date_id = False

    @api.depends("trigger")
    def _compute_trg_date_range_data(self):
        """Hours are proposed; others than times have no delay."""
        for automation in self:
            if automation.trigger in TIME_TRIGGERS:
                automation.trg_date_range_type = automation.trg_date_range_type or "hour"
            else:
                automation.trg_date_range, automation.trg_date_range_type = 0, False

    @api.depends("trigger", "trg_date_id", "trg_date_range_type")
    def _compute_trg_date_calendar_id(self):
        """Working days are for delays in days."""
        for automation in self:
            by_day = automation.trigger in TIME_TRIGGERS and automation.trg_date_range_type == "day"
            if not (by_day and automation.trg_date_id):
                automation.trg_date_calendar_id = False
