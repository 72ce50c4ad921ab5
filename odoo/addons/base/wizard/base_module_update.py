"""Window that compares the list of modules with what is on disk."""

from odoo import fields, models


class BaseModuleUpdate(models.TransientModel):
    """Updates the list of modules and says what changed."""

    _name = "base.module.update"
    _description = "Update Module"

    updated = fields.Integer("Number of modules updated", readonly=True)
    added = fields.Integer("Number of modules added", readonly=True)
    state = fields.Selection(
        [("init", "init"), ("done", "done")],
        "Status",
        readonly=True,
        default="init",
        copy=False,
    )

    def update_module(self):
        """Update the list; return False, which leaves the window open with the result."""
        for wizard in self:
            wizard.updated, wizard.added = self.env["ir.module.module"].update_list()
            wizard.state = "done"
        return False

    def action_module_open(self):
        """Return the action that lists the modules."""
        return {
            "domain": [],
            "name": self.env._("Modules"),
            "view_mode": "list,form",
            "res_model": "ir.module.module",
            "view_id": False,
            "type": "ir.actions.act_window",
        }
