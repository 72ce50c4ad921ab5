"""Window that shows what the removal of a module takes away."""

from odoo import api, fields, models


class BaseModuleUninstall(models.TransientModel):
    """Asks for confirmation of the removal of a module."""

    _name = "base.module.uninstall"
    _description = "Module Uninstall"

    show_all = fields.Boolean()
    module_id = fields.Many2one(
        "ir.module.module",
        string="Module",
        required=True,
        readonly=True,
        ondelete="cascade",
        domain=[("state", "in", ["installed", "to upgrade", "to install"])],
    )
    module_ids = fields.Many2many("ir.module.module", string="Impacted modules", compute="_compute_module_ids")
    model_ids = fields.Many2many("ir.model", string="Impacted data models", compute="_compute_model_ids")

    @api.depends("module_id", "show_all")
    def _compute_module_ids(self):
        for wizard in self:
            modules = wizard.module_id | wizard.module_id.downstream_dependencies()
            wizard.module_ids = modules if wizard.show_all else wizard._modules_to_display(modules)

    @api.model
    def _modules_to_display(self, modules):
        """Return those of `modules` that users know as applications; addons extend it."""
        return modules.filtered("application") or modules

    def _get_models(self):
        """Return the models whose records are shown; addons restrict it."""
        return self.env["ir.model"].search([("transient", "=", False)])

    @api.depends("module_ids")
    def _compute_model_ids(self):
        shown = self._get_models()
        # a model disappears when only modules that are removed define it
        owners = {}
        self.env["ir.model.data"].flush_model()
        self.env.cr.execute("SELECT res_id, array_agg(module) FROM ir_model_data WHERE model = 'ir.model' GROUP BY 1")
        for res_id, names in self.env.cr.fetchall():
            owners[res_id] = set(names)
        for wizard in self:
            modules = wizard.module_id | wizard.module_id.downstream_dependencies()
            gone = set(modules.mapped("name"))
            doomed = shown.filtered(lambda model, gone=gone: owners.get(model.id, {""}) <= gone)
            wizard.model_ids = doomed.sorted("name")

    @api.onchange("module_id")
    def _onchange_module_id(self):
        # a technical module would show nothing but itself
        if not self.module_id.application:
            self.show_all = True

    def action_uninstall(self):
        """Remove the module now; return the action that reloads the web client."""
        return self.module_id.button_immediate_uninstall()
