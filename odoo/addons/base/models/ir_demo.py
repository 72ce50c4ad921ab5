"""``ir.demo``: loading demonstration data into a database that has none, and what failed of it."""

import logging

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.modules.graph import ModuleGraph
from odoo.modules.installer import load_demo
from odoo.tools.translate import _

_logger = logging.getLogger(__name__)


class IrDemo(models.TransientModel):
    """Asks whether to load the demonstration data."""

    _name = "ir.demo"
    _description = "Demo"

    def install_demo(self):
        """Load the demonstration data of the installed modules and return the action that opens the client anew.

        :raise AccessError: when the user is no administrator
        """
        if not self.env.is_admin():
            raise AccessError(_("Only administrators may load demonstration data."))
        env = self.env(user=1)
        installed = env["ir.module.module"].search([("state", "=", "installed"), ("demo", "=", False)])
        modules = {module.name: module for module in installed}
        graph = ModuleGraph()
        for name in modules:
            graph.add(name)
        for node in graph:
            if node.name in modules:
                modules[node.name].demo = load_demo(env, node, {}, "init")
        env.flush_all()
        _logger.info("demonstration data loaded by user %s", self.env.uid)
        return {"type": "ir.actions.act_url", "target": "self", "url": "/odoo"}


class DemoFailure(models.TransientModel):
    """A module whose demonstration data could not be loaded."""

    _name = "ir.demo_failure"
    _description = "Demo failure"

    module_id = fields.Many2one("ir.module.module", required=True, string="Module")
    error = fields.Char()
    wizard_id = fields.Many2one("ir.demo_failure.wizard")


class DemoFailureWizard(models.TransientModel):
    """Tells which demonstration data could not be loaded."""

    _name = "ir.demo_failure.wizard"
    _description = "Demo Failure wizard"

    failure_ids = fields.One2many("ir.demo_failure", "wizard_id", readonly=True, string="Demo Installation Failures")
    failures_count = fields.Integer(compute="_compute_failures_count")

    @api.depends("failure_ids")
    def _compute_failures_count(self):
        """Count the modules."""
        for wizard in self:
            wizard.failures_count = len(wizard.failure_ids)

    def done(self):
        """Return the action of the next step of the configuration."""
        return self.env["res.config"].next()
