"""Actions of rules."""

import json

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.translate import _

from .base_automation_webhook import get_webhook_request_payload


class ServerAction(models.Model):
    """Actions that belong to a rule, and are named after what they do."""

    _inherit = "ir.actions.server"

    name = fields.Char(compute="_compute_name", store=True, readonly=False)
    usage = fields.Selection(
        selection_add=[("base_automation", "Automation Rule")], ondelete={"base_automation": "cascade"}
    )
    base_automation_id = fields.Many2one("base.automation", string="Automation Rule", index=True, ondelete="cascade")

    @api.constrains("model_id", "base_automation_id")
    def _check_model_coherency_with_automation(self):
        """Check that the action is about the records of its rule."""
        for action in self.filtered("base_automation_id"):
            rule = action.base_automation_id
            if action.model_id != rule.model_id:
                raise ValidationError(
                    _(
                        "The action %(action)s is for other records than its rule %(rule)s.",
                        action=action.name,
                        rule=rule.name,
                    )
                )

    @api.depends("usage")
    def _compute_available_model_ids(self):
        """Actions of a rule are about its records."""
        super()._compute_available_model_ids()
        of_rules = self.filtered(lambda one: one.usage == "base_automation")
        for rule, actions in of_rules.grouped("base_automation_id").items():
            actions.available_model_ids = actions[:1].available_model_ids & rule.model_id

    # names

    @api.model_create_multi
    def create(self, vals_list):
        """Create actions; those of rules need no name."""
        defaults = self.default_get(["base_automation_id", "usage"])
        nameless, prepared = [], []
        for vals in vals_list:
            known = {**defaults, **vals}
            of_rule = known.get("base_automation_id") or known.get("usage") == "base_automation"
            nameless.append(bool(of_rule and not vals.get("name")))
            prepared.append({**vals, "name": _("Action")} if nameless[-1] else vals)
        actions = super().create(prepared)
        # what it does is known when its other fields are
        self.browse(id_ for id_, is_nameless in zip(actions._ids, nameless, strict=True) if is_nameless)._compute_name()
        return actions

    @api.depends(
        "state",
        "usage",
        "update_field_id",
        "crud_model_id",
        "value",
        "evaluation_type",
        "template_id",
        "partner_ids",
        "activity_type_id",
        "activity_summary",
        "sms_template_id",
        "webhook_url",
    )
    def _compute_name(self):
        """Say what the actions of rules do; other names are people's."""
        states = dict(self._fields["state"]._description_selection(self.env))
        for action in self:
            if action.base_automation_id or action.usage == "base_automation":
                action.name = action._name_of_state() or states.get(action.state) or _("Action")
            else:
                action.name = action.name or False

    def _name_of_state(self):
        """Return what the action does, nothing where its kind says all."""
        describe = getattr(self, f"_name_of_{self.state}", None)
        return describe() if describe else False

    def _name_of_object_write(self):
        what = self._stringify_path() if self.update_path else _("a field")
        return _("Compute %s", what) if self.evaluation_type == "equation" else _("Update %s", what)

    def _name_of_object_create(self):
        return _("Create %(model)s with name %(name)s", model=self.crud_model_id.name or "", name=self.value or "")

    def _name_of_webhook(self):
        # the interface: programs that are called compare it
        return "Send Webhook Notification"

    def _name_of_mail_post(self):
        return _("Send email: %s", self.template_id.name or "")

    def _name_of_followers(self):
        return _("Add followers: %s", ", ".join(self.partner_ids.mapped("name")))

    def _name_of_remove_followers(self):
        return _("Remove followers: %s", ", ".join(self.partner_ids.mapped("name")))

    def _name_of_next_activity(self):
        return _("Create activity: %s", self.activity_summary or self.activity_type_id.name or "")

    def _name_of_sms(self):
        return _("Send SMS: %s", self.sms_template_id.name or "")

    # running

    def _get_eval_context(self, action=None):
        """Code of rules that other programs call knows what was sent."""
        names = super()._get_eval_context(action)
        if not action or action.state != "code":
            return names
        payload = get_webhook_request_payload()
        return {**names, "json": _Json, **({"payload": payload} if payload else {})}


class _Json:
    """What code may do with JSON."""

    loads = staticmethod(json.loads)
    dumps = staticmethod(json.dumps)
