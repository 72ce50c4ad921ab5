"""Defaults of companies that keep their records from being deleted."""

from odoo import api, models
from odoo.exceptions import UserError


class IrDefault(models.Model):
    """Keeps records that companies fall back on."""

    _inherit = "ir.default"

    @api.model
    def discard_records(self, records):
        """Forget the defaults that point to deleted records; their deletion is undone where it raises.

        :raise UserError: a company-dependent field falls back on one of them
        """
        if self._has_defaults_to(records._name):
            self._refuse_fallbacks(records)
        return super().discard_records(records)

    def _refuse_fallbacks(self, records):
        """Raise when a company-dependent field falls back on one of ``records``."""
        values = [str(record_id) for record_id in records.ids]
        domain = [*self._pointing_to(records._name), ("json_value", "in", values), ("user_id", "=", False)]
        for default in self.search(domain):
            model = self.env.get(default.field_id.model)
            if model is not None and model._fields[default.field_id.name].company_dependent:
                raise UserError(
                    self.env._(
                        "%(record)s cannot be deleted: companies fall back on it for the field “%(field)s”.",
                        record=repr(records.browse(int(default.json_value))),
                        field=default.field_id.display_name,
                    )
                )
