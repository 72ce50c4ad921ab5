"""Window that applies the marks of modules for installation, upgrade and removal."""

from odoo import api, fields, models
from odoo.exceptions import UserError

#: the marks, and the state of a module whose mark is taken back
_UNMARKED = {"to upgrade": "installed", "to remove": "installed", "to install": "uninstalled"}


class BaseModuleUpgrade(models.TransientModel):
    """Shows the modules that are marked, and applies the marks."""

    _name = "base.module.upgrade"
    _description = "Upgrade Module"

    module_info = fields.Text(
        "Apps to Update",
        readonly=True,
        default=lambda self: self._default_module_info(),
    )

    @api.private
    @api.model
    @api.returns("ir.module.module")
    def get_module_list(self):
        """Return the modules that are marked."""
        return self.env["ir.module.module"].search([("state", "in", list(_UNMARKED))])

    @api.model
    def _default_module_info(self):
        return "\n".join(f"{module.name}: {module.state}" for module in self.get_module_list())

    def upgrade_module_cancel(self):
        """Take back all marks."""
        for state, modules in self.get_module_list().grouped(lambda module: _UNMARKED[module.state]).items():
            modules.state = state
        return {"type": "ir.actions.act_window_close"}

    def upgrade_module(self):
        """Apply all marks in a new registry.

        :raise UserError: when a module to be installed needs one that is not available
        """
        marked = self.get_module_list()
        unmet = marked.filtered(lambda module: module.state in ("to install", "to upgrade")).dependencies_id.filtered(
            lambda line: line.state in ("unknown", "uninstallable", "uninstalled")
        )
        if unmet:
            raise UserError(
                self.env._(
                    "These modules are needed, but not available or not marked: %s.",
                    ", ".join(sorted(set(unmet.mapped("name")))),
                )
            )
        env = marked._apply_marks() if marked else self.env
        return {
            "type": "ir.actions.act_window",
            "res_model": "base.module.upgrade",
            "view_mode": "form",
            "target": "new",
            "views": [(env.ref("base.view_base_module_upgrade_install").id, "form")],
        }

    def config(self):
        """Return the action of the next configuration step, or the one that reloads the web client."""
        return self.env["ir.module.module"].next() or {"type": "ir.actions.client", "tag": "reload", "params": {}}
