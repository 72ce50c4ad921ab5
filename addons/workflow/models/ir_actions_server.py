"""Server actions that send signals to workflows."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class IrActionsServer(models.Model):
    """Sends the signal of a transition to the document, or to those that a field of it leads to."""

    _inherit = "ir.actions.server"

    state = fields.Selection(selection_add=[("trigger", "Send Signal")], ondelete={"trigger": "cascade"})
    use_relational_model = fields.Selection(
        [("base", "The document of the action"), ("relational", "The documents that a field leads to")],
        string="Signal To",
        default="base",
    )
    wkf_model_id = fields.Many2one(
        "ir.model", string="Target Model", help="Model of the documents that get the signal."
    )
    wkf_model_name = fields.Char(related="wkf_model_id.model", string="Target Model Name")
    wkf_field_id = fields.Many2one("ir.model.fields", string="Relation", help="Leads to the documents.")
    wkf_transition_id = fields.Many2one("workflow.transition", string="Signal of", help="Transition to trigger.")

    @api.constrains("state", "use_relational_model", "model_id", "wkf_model_id", "wkf_field_id", "wkf_transition_id")
    def _check_trigger(self):
        """The transition waits for a signal, and is of a workflow of the documents that get it."""
        for action in self.filtered(lambda action: action.state == "trigger" and action.wkf_transition_id):
            transition, model = action.wkf_transition_id, action.model_id.model
            if not transition.signal:
                raise ValidationError(
                    self.env._("The transition %s waits for no signal.", transition.display_name),
                )
            if action.use_relational_model == "relational":
                field = action.wkf_field_id
                model = field.relation
                if field.model != action.model_id.model or (action.wkf_model_id and action.wkf_model_id.model != model):
                    raise ValidationError(
                        self.env._("The field of the action %s does not lead to its target model.", action.name)
                    )
            if transition.wkf_id.osv != model:
                raise ValidationError(
                    self.env._(
                        "The transition %(transition)s is of a workflow of %(expected)s, not of %(model)s.",
                        transition=transition.display_name,
                        expected=transition.wkf_id.osv,
                        model=model,
                    )
                )

    def _run_action_trigger_multi(self, eval_context=None):
        """Send the signal; a scheduled action sends it to all documents that wait for it.

        :raise UserError: there is no transition
        """
        transition = self.wkf_transition_id
        if not transition.signal:
            raise UserError(self.env._("The action %s has no transition with a signal.", self.name))
        records = eval_context["records"]
        if records is None:
            records = eval_context["record"]
        if records is None:
            records = self._waiting(transition, eval_context["env"])
        elif self.use_relational_model == "relational":
            records = records[self.wkf_field_id.name]
        return records.action_signal_workflow(transition.signal)

    def _waiting(self, transition, env):
        """Return the documents that wait at the beginning of a transition, of scheduled actions; otherwise none."""
        items = self.env["workflow.workitem"].sudo()
        if self.usage == "ir_cron":
            items = items.search([("act_id", "=", transition.act_from.id), ("inst_id.state", "=", "active")])
        return env[transition.wkf_id.osv].browse(items.inst_id.mapped("res_id"))
