"""The printed description of a module: what it depends on, and the models it defines or extends."""

from odoo import api, models


class IrModelReferenceReport(models.AbstractModel):
    """Collects what the template ``base.report_irmodulereference`` prints."""

    _name = "report.base.report_irmodulereference"
    _description = "Module Reference Report (base)"

    @api.model
    def _object_find(self, module):
        """Return the models that ``module`` defines or extends."""
        data = self.env["ir.model.data"].sudo().search([("model", "=", "ir.model"), ("module", "=", module.name)])
        return self.env["ir.model"].sudo().browse(data.mapped("res_id"))

    @api.model
    def _fields_find(self, model_name, module):
        """Return (name, description) of the fields that ``module`` defines on a model, by name."""
        prefix = f"field_{model_name.replace('.', '_')}__"
        data = (
            self.env["ir.model.data"]
            .sudo()
            .search(
                [
                    ("model", "=", "ir.model.fields"),
                    ("module", "=", module.name),
                    ("name", "=like", f"{prefix}%"),
                ]
            )
        )
        names = sorted(name.removeprefix(prefix) for name in data.mapped("name"))
        return list(self.env[model_name].fields_get(names).items()) if names and model_name in self.env else []

    @api.model
    def _get_report_values(self, docids, data=None):
        """Return the values for the template."""
        return {
            "doc_ids": docids,
            "doc_model": "ir.module.module",
            "docs": self.env["ir.module.module"].browse(docids),
            "findobj": self._object_find,
            "findfields": self._fields_find,
        }
