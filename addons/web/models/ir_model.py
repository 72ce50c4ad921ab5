"""Names and definitions of models for the web client."""

from __future__ import annotations

from odoo import api, models

DEFINITION_ATTRIBUTES = [
    "name",
    "type",
    "string",
    "relation",
    "required",
    "readonly",
    "selection",
    "definition_record",
    "definition_record_field",
    "model_field",
    "relation_field",
]


class IrModel(models.Model):
    """What the web client asks of models."""

    _inherit = "ir.model"

    @api.model
    def display_name_for(self, models):
        """Return `{model, display_name}` for each name of a model; the name itself where the user may not know more."""
        allowed = [name for name in models if self._is_valid_for_model_selector(name)]
        labels = {entry["model"]: entry["display_name"] for entry in self._display_name_for(allowed)}
        return [{"model": name, "display_name": labels.get(name, name)} for name in models]

    @api.model
    def _display_name_for(self, models):
        """Return `{model, display_name}` of models, whatever the user may read."""
        described = self.sudo().search_fetch([("model", "in", models)], ["model", "name"])
        return [{"model": entry.model, "display_name": entry.name} for entry in described]

    @api.model
    def _is_valid_for_model_selector(self, model):
        """Tell whether the user may be offered a model: internal users those with lasting records they may read."""
        if model not in self.env or not self.env.user._is_internal():
            return False
        Model = self.env[model]
        return not (Model._abstract or Model._transient) and Model.has_access("read")

    @api.model
    def get_available_models(self):
        """Return `{model, display_name}` of the models the user may choose from."""
        return self._display_name_for(list(filter(self._is_valid_for_model_selector, self.pool)))

    def _get_definitions(self, model_names):
        """Return the fields of models, with relations only among these models.

        :param model_names: names of the models
        """
        definitions = {}
        for name in model_names:
            Model = self.env[name]
            fields = Model.fields_get(attributes=DEFINITION_ATTRIBUTES)
            kept = {
                field: description
                for field, description in fields.items()
                # forms of users show fields that the model has none of
                if field in Model._fields
                and (not description.get("relation") or description["relation"] in model_names)
            }
            for field, description in kept.items():
                inverses = self.pool.field_inverses[Model._fields[field]]
                named = {inverse.model_name: inverse.name for inverse in inverses if inverse.model_name in model_names}
                if named:
                    description["inverse_fname_by_model_name"] = named
                if description["type"] == "many2one_reference":
                    description["model_name_ref_fname"] = Model._fields[field].model_field
            definitions[name] = {
                "description": Model._description,
                "fields": kept,
                "inherit": [parent for parent in Model._inherit_module if parent in model_names and parent != name],
                "order": Model._order,
                "parent_name": Model._parent_name,
                "parent_store": Model._parent_store,
                "rec_name": Model._rec_name,
            }
        return definitions
