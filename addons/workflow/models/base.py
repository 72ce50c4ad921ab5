"""What all documents can do about workflows."""

from lxml import etree

from odoo import api, models
from odoo.exceptions import UserError

from .workflow_instance import SUBFLOW_SIGNAL


class Base(models.AbstractModel):
    """Sends signals to workflows, and shows them as buttons."""

    _inherit = "base"

    def signal_workflow(self, signal):
        """Send a signal to the workflows of these documents.

        :param signal: name that transitions wait for
        :return: ``{id: what it led to}``: an action, or whether the document moved
        :raise AccessError: the user may not write one of the documents
        :raise UserError: that is no name, or nobody but a subflow sends this signal
        """
        self.check_access("write")
        if not isinstance(signal, str) or not signal:
            raise UserError(self.env._("A signal is the name that transitions wait for, not %r.", signal))
        if signal.startswith(SUBFLOW_SIGNAL):
            raise UserError(self.env._("The signal %s is sent by subflows only.", signal))
        return self.env["workflow.instance"]._of_records(self)._advance(self, signal)

    def action_signal_workflow(self, signal):
        """Send a signal, for buttons: return the action that it leads to, or whether a document moved."""
        results = self.signal_workflow(signal).values()
        return next((result for result in results if isinstance(result, dict)), any(results))

    def create_workflow(self):
        """Begin those workflows that new documents begin and these are not in yet.

        :raise AccessError: the user may not write one of the documents
        """
        self.check_access("write")
        self.env["workflow"]._begin(self)
        return True

    def delete_workflow(self):
        """Forget where these documents are in their workflows.

        :raise AccessError: the user may not write one of the documents
        """
        self.check_access("write")
        return self.env["workflow.instance"]._of_records(self).unlink()

    def get_workflow_signals(self):
        """Return the signals that the user can send to this document, as ``{name, string}``."""
        self.ensure_one()
        if not self.has_access("write"):
            return []
        signals = self.env["workflow.instance"]._of_records(self)._signals(self)
        return [{"name": name, "string": name.replace("_", " ").capitalize()} for name in signals]

    def action_show_workflow(self):
        """Open the pictures of the workflows that this document is in."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Workflow of %s", self.display_name),
            "res_model": "workflow.state",
            "res_id": self.env["workflow.state"].create({"res_type": self._name, "res_id": self.id}).id,
            "views": [[False, "form"]],
            "target": "new",
        }

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        """Show the signals of workflows in forms."""
        arch, view = super()._get_view(view_id, view_type, **options)
        if view_type == "form" and arch.tag == "form" and self.env["workflow"]._ids_of_model(self._name):
            header = arch.find("header")
            if header is None:
                header = etree.Element("header")
                arch.insert(0, header)
            etree.SubElement(header, "widget", name="workflow_signals")
        return arch, view
