"""Where a document is in its workflows, as pictures."""

from markupsafe import Markup, escape

from odoo import api, fields, models
from odoo.exceptions import UserError


class WorkflowState(models.TransientModel):
    """The pictures of the workflows that a document is in."""

    _name = "workflow.state"
    _description = "Workflow State"

    res_type = fields.Char(string="Resource Model", required=True)
    res_id = fields.Many2oneReference(string="Resource", model_field="res_type", required=True)
    graph = fields.Html(compute="_compute_graph", sanitize=False)

    @api.depends("res_type", "res_id")
    def _compute_graph(self):
        """Draw the workflows; whoever may read the document may see them.

        :raise AccessError: the user may not
        :raise UserError: there is no such model
        """
        for state in self:
            if state.res_type not in self.env:
                raise UserError(self.env._("There is no model %s.", state.res_type))
            document = self.env[state.res_type].browse(state.res_id)
            document.check_access("read")
            parts = [
                Markup("<h4>%s</h4>%s") % (instance.wkf_id.name, Markup(instance.graph))
                for instance in self.env["workflow.instance"]._of_records(document)
            ]
            state.graph = Markup("").join(parts) or escape(self.env._("This document is in no workflow."))
