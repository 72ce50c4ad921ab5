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
    _inherit = "ir.model"

    @api.model
    def display_name_for(self, models):
        """Return `{model, display_name}` for each name of a model; the name itself where the user may not know more."""
        known = [name for name in models if name in self.env]
        accessible = [name for name in known if self._is_valid_for_model_selector(name)]
        named = {entry["model"]: entry for entry in self._display_name_for(accessible)}
        return [named.get(name) or {"model": name, "display_name": name} for name in models]

    @api.model
    def _display_name_for(self, models):
        records = self.sudo().search_read([("model", "in", models)], ["name", "model"])
        return [{"display_name": record["name"], "model": record["model"]} for record in records]

    @api.model
    def _is_valid_for_model_selector(self, model):
        Model = self.env.get(model)
        return (
            self.env.user._is_internal()
            and Model is not None
            and not Model._transient
            and not Model._abstract
            and Model.has_access("read")
        )

    @api.model
    def get_available_models(self):
        """Return `{model, display_name}` of the models the user may choose from."""
        names = [name for name in self.pool.models if self._is_valid_for_model_selector(name)]
        return self._display_name_for(names)

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
                if not description.get("relation") or description["relation"] in model_names
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
