"""The fields that columns may go into."""

from odoo import api, models
from odoo.models import MAGIC_COLUMNS

ATTRIBUTES = ["string", "required", "type", "readonly", "relation", "definition_record", "definition_record_field"]
#: records whose properties are offered
MAX_PARENTS = 500


class Import(models.TransientModel):
    """Offered fields."""

    _inherit = "base_import.import"

    @api.model
    def get_fields_tree(self, model, depth=3) -> list:
        """Return the fields of a model, and below relations those of their models.

        :param model: name of the model
        :param depth: how deep lines within lines are followed
        :return: dicts of ``id`` and ``name`` (technical names), ``string``, ``required``, ``type``, ``model_name``,
            ``comodel_name`` (of relations) and ``fields`` (those below)
        """
        Model = self.env[model]
        external_id = {
            "id": "id",
            "name": "id",
            "string": self.env._("External ID"),
            "required": False,
            "fields": [],
            "type": "id",
            "model_name": model,
        }
        if depth < 1:
            return [external_id]
        tree = [external_id]
        for name, described in Model.fields_get(attributes=ATTRIBUTES).items():
            if name in MAGIC_COLUMNS or described.get("readonly"):
                continue
            if described["type"] == "properties":
                tree += self._property_items(Model, name, described)
            item = {
                "id": name,
                "name": name,
                "string": described["string"],
                "required": bool(described.get("required")),
                "fields": [],
                "type": described["type"],
                "model_name": model,
            }
            tree.append(self._with_relation(item, described.get("relation"), depth))
        return tree

    def _with_relation(self, item, comodel_name, depth) -> dict:
        """Add to the item of a relation how its records are looked up, or what its lines have."""
        if item["type"] in ("many2one", "many2many"):
            item["fields"] = [
                {**item, "name": "id", "string": self.env._("External ID"), "type": "id"},
                {**item, "name": ".id", "string": self.env._("Database ID"), "type": "id"},
            ]
            item["comodel_name"] = comodel_name
        elif item["type"] == "one2many":
            item["fields"] = self.get_fields_tree(comodel_name, depth=depth - 1)
            if self.env.user.has_group("base.group_no_one"):
                item["fields"].append(
                    {
                        "id": ".id",
                        "name": ".id",
                        "string": self.env._("Database ID"),
                        "required": False,
                        "fields": [],
                        "type": "id",
                    }
                )
            item["comodel_name"] = comodel_name
        return item

    def _property_items(self, Model, name, described) -> list:
        """Return an item for each property that a record in use defines."""
        link, definition_field = described.get("definition_record"), described.get("definition_record_field")
        parent_field = Model._fields.get(link)
        if parent_field is None or not definition_field:
            return []
        Parent = self.env[parent_field.comodel_name]
        if not Parent.has_access("read"):
            return []
        items = []
        for parent in Parent.search([(definition_field, "!=", False)], limit=MAX_PARENTS):
            for definition in parent[definition_field]:
                relation = definition["type"] in ("many2one", "many2many")
                comodel_name = definition.get("comodel")
                if definition["type"] == "separator" or (relation and comodel_name not in self.env):
                    continue
                full_name = f"{name}.{definition['name']}"
                item = {
                    "id": full_name,
                    "name": full_name,
                    "string": f"{definition.get('string') or definition['name']} ({parent.display_name})",
                    "required": False,
                    "fields": [],
                    "type": definition["type"],
                    "model_name": Model._name,
                }
                items.append(self._with_relation(item, comodel_name, 1))
        return items
