"""The wizard that makes a menu item for a model."""

from odoo import fields, models


class WizardModelMenu(models.TransientModel):
    """Asks for name and place of the menu item."""

    _name = "wizard.ir.model.menu.create"
    _description = "Create Menu Wizard"

    menu_id = fields.Many2one("ir.ui.menu", string="Parent Menu", required=True, ondelete="cascade")
    name = fields.Char(string="Menu Name", required=True)

    def menu_create(self):
        """Make the item with an action for the model in the context, and close the wizard."""
        model = self.env["ir.model"].browse(self.env.context.get("model_id"))
        window = {"res_model": model.model, "view_mode": "list,form"}
        actions = self.env["ir.actions.act_window"].create([{**window, "name": wizard.name} for wizard in self])
        self.env["ir.ui.menu"].create(
            [
                {"name": wizard.name, "parent_id": wizard.menu_id.id, "action": f"{action._name},{action.id}"}
                for wizard, action in zip(self, actions, strict=True)
            ]
        )
        return {"type": "ir.actions.act_window_close"}
