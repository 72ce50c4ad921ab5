"""Definitions of models, for tests of the client that stand in for the server."""

from odoo import models

#: what a description of a field is without
_NOT_TOLD = {"relation_field"}


class IrModel(models.Model):
    """What tests of the client ask of models."""

    _inherit = "ir.model"

    def _get_model_definitions(self, model_names_to_fetch):
        """Return the fields of models, with relations only among these.

        :param list model_names_to_fetch: names of models
        :return: `{model: {"fields": {field: description}}}`
        :raise KeyError: there is no model of a name
        """
        return {
            model: {
                "fields": {
                    field: {name: value for name, value in description.items() if name not in _NOT_TOLD}
                    for field, description in definition["fields"].items()
                }
            }
            for model, definition in self._get_definitions(model_names_to_fetch).items()
        }
