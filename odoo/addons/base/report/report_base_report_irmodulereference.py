"""The printed description of a module: what it depends on, and the models it defines or extends."""

from odoo import api, models


class IrModelReferenceReport(models.AbstractModel):
    """Collects what the template ``base.report_irmodulereference`` prints."""

    _name = "report.base.report_irmodulereference"
    _description = "Module Reference Report (base)"

    @api.model
    def _data_of(self, module, model_name, *terms):
        """Return the external ids that ``module`` gives to records of a model, of those that fit ``terms``."""
        domain = [("module", "=", module.name), ("model", "=", model_name), *terms]
        return self.env["ir.model.data"].sudo().search(domain)

    @api.model
    def _object_find(self, module):
        """Return the models that ``module`` defines or extends."""
        ids = self._data_of(module, "ir.model").mapped("res_id")
        return self.env["ir.model"].sudo().browse(ids)

    @api.model
    def _fields_find(self, model_name, module):
        """Return (name, description) of the fields that ``module`` defines on a model, by name."""
        prefix = f"field_{model_name.replace('.', '_')}__"
        data = self._data_of(module, "ir.model.fields", ("name", "=like", f"{prefix}%"))
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
