"""What was chosen for columns before."""

from odoo import api, fields, models


class BaseImportMapping(models.Model):
    """The field that a column with some heading went into, for all imports of a model."""

    _name = "base_import.mapping"
    _description = "Remembered column"

    res_model = fields.Char(index=True)
    column_name = fields.Char()
    field_name = fields.Char()

    @api.model
    def _remember(self, model_name, choices):
        """Keep which fields were chosen.

        :param model_name: name of the imported model
        :param choices: ``{heading: path of the field}``
        """
        known = self.search([("res_model", "=", model_name), ("column_name", "in", list(choices))])
        for mapping in known:
            path = choices.pop(mapping.column_name, mapping.field_name)
            if mapping.field_name != path:
                mapping.field_name = path
        self.create(
            [{"res_model": model_name, "column_name": heading, "field_name": path} for heading, path in choices.items()]
        )
