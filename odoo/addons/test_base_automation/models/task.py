"""Tasks, in stages, with tags."""

from odoo import api, fields, models


class Stage(models.Model):
    """How far a task is."""

    _name = "test_base_automation.stage"
    _description = "Stage of tasks"

    name = fields.Char()


class Task(models.Model):
    """Something with all that rules can wait for."""

    _name = "test_base_automation.task"
    _description = "Task of automation tests"
    _inherit = ["mail.thread"]

    name = fields.Char()
    note = fields.Char()
    active = fields.Boolean(default=True)
    stage_id = fields.Many2one("test_base_automation.stage", compute="_compute_stage", store=True, readonly=False)
    tag_ids = fields.Many2many("res.partner.category")
    state = fields.Selection([("new", "New"), ("open", "Open"), ("done", "Done")], default="new")
    priority = fields.Selection([("0", "Normal"), ("1", "High")], default="0")
    user_ids = fields.Many2many("res.users")
    size = fields.Integer()
    is_big = fields.Boolean(compute="_compute_is_big", store=True)
    deadline = fields.Date()
    date_automation_last = fields.Datetime()
    parent_id = fields.Many2one("test_base_automation.task")
    child_ids = fields.One2many("test_base_automation.task", "parent_id")

    @api.depends("size")
    def _compute_is_big(self):
        """Tell whether it is big."""
        for task in self:
            task.is_big = task.size > 10

    @api.depends("state")
    def _compute_stage(self):
        """Tasks that are done are in the last stage."""
        last = self.env["test_base_automation.stage"].search([("name", "=", "Last")], limit=1)
        for task in self:
            task.stage_id = last if task.state == "done" else task.stage_id
