"""The parts of workflows: activities, and transitions between them."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools.safe_eval import test_python_expr


class WorkflowActivity(models.Model):
    """A place in a workflow, and what is done when a document comes there."""

    _name = "workflow.activity"
    _description = "Workflow Activity"
    _order = "name, id"
    _allow_sudo_commands = False

    name = fields.Char(required=True)
    wkf_id = fields.Many2one("workflow", string="Workflow", required=True, ondelete="cascade", index=True)
    kind = fields.Selection(
        [("dummy", "Place"), ("function", "Code"), ("subflow", "Subflow"), ("stopall", "Stop All")],
        required=True,
        default="dummy",
    )
    action = fields.Text(
        string="Python Code",
        groups="base.group_system",
        help="What is done, with the fields and methods of the document as names; a subflow is that of the document "
        "whose id it gives.",
    )
    action_id = fields.Many2one("ir.actions.server", string="Server Action", ondelete="set null")
    flow_start = fields.Boolean(help="Documents begin here.")
    flow_stop = fields.Boolean(help="The way of a document ends here.")
    split_mode = fields.Selection(
        [("XOR", "First transition that holds"), ("OR", "Every transition that holds"), ("AND", "All, once all hold")],
        required=True,
        default="XOR",
    )
    join_mode = fields.Selection(
        [("XOR", "Each transition that arrives"), ("AND", "All, once all arrived")], required=True, default="XOR"
    )
    subflow_id = fields.Many2one("workflow", string="Workflow of the Subflow", ondelete="restrict")
    signal_send = fields.Char(string="Signal to the Parent", help='Transitions above wait for "subflow." and this.')
    out_transitions = fields.One2many("workflow.transition", "act_from", string="Outgoing Transitions")
    in_transitions = fields.One2many("workflow.transition", "act_to", string="Incoming Transitions")

    @api.constrains("action")
    def _check_action(self):
        """Refuse code that does not compile or uses what it may not."""
        for code in filter(None, self.sudo().mapped("action")):
            if problem := test_python_expr(code.strip(), mode="exec"):
                raise ValidationError(problem)

    @api.constrains("kind", "subflow_id")
    def _check_subflow(self):
        """A subflow has a workflow."""
        for activity in self:
            if activity.kind == "subflow" and not activity.subflow_id:
                raise ValidationError(self.env._("The activity %s has no workflow for its subflow.", activity.name))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_where_documents_are(self):
        """Keep the activities where documents are; with their workflow they go."""
        items = self.env["workflow.workitem"].sudo().search([("act_id", "in", self.ids)], limit=1)
        if items:
            raise UserError(self.env._("Documents are at the activity %s: move them on first.", items.act_id.name))


class WorkflowTransition(models.Model):
    """The way from one activity to another, and what has to hold for it."""

    _name = "workflow.transition"
    _description = "Workflow Transition"
    _order = "sequence, id"
    _rec_names_search = ["signal"]
    _allow_sudo_commands = False

    sequence = fields.Integer(default=10)
    act_from = fields.Many2one("workflow.activity", string="From", required=True, ondelete="cascade", index=True)
    act_to = fields.Many2one("workflow.activity", string="To", required=True, ondelete="cascade", index=True)
    wkf_id = fields.Many2one(related="act_from.wkf_id", string="Workflow", store=True)
    signal = fields.Char(index=True, help="Name of the button or signal that it waits for; it waits for none without.")
    condition = fields.Char(
        default="True", required=True, help="Has to hold; the fields and methods of the document are its names."
    )
    group_id = fields.Many2one("res.groups", string="Group", ondelete="restrict", help="Whose members may take it.")

    @api.depends("act_from.name", "act_to.name", "signal")
    def _compute_display_name(self):
        """Tell where it leads, and its signal."""
        for transition in self:
            way = f"{transition.act_from.name or ''} \u2192 {transition.act_to.name or ''}"
            transition.display_name = f"{way} ({transition.signal})" if transition.signal else way

    @api.constrains("condition")
    def _check_condition(self):
        """Refuse conditions that do not compile or use what they may not."""
        for condition in self.mapped("condition"):
            if problem := test_python_expr(condition.strip(), mode="eval"):
                raise ValidationError(problem)

    @api.constrains("act_from", "act_to")
    def _check_activities(self):
        """Both ends are of one workflow."""
        for transition in self:
            if transition.act_from.wkf_id != transition.act_to.wkf_id:
                raise ValidationError(
                    self.env._("The transition %s leads into another workflow.", transition.display_name)
                )
