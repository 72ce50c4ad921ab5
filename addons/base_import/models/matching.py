"""Which field a column most likely goes into."""

import difflib

from odoo import models

#: two words that are further apart are not the same
MAX_DISTANCE = 0.2
#: characters of a heading that are compared
MAX_COMPARED = 200


class Import(models.TransientModel):
    """Matches."""

    _inherit = "base_import.import"

    def _get_distance(self, a, b) -> float:
        """Return how different two texts are: 0 for the same ones, 1 for those without a common character."""
        return 1 - difflib.SequenceMatcher(None, a, b).ratio()

    def _get_mapping_suggestion(self, header, fields_tree, header_types, mapping_fields) -> dict:
        """Return where a column most likely goes.

        :param header: its heading
        :param fields_tree: see :meth:`get_fields_tree`
        :param header_types: types of fields that its values suit
        :param mapping_fields: ``{heading in lower case: path}`` of what was chosen before
        :return: ``field_path`` (names), ``distance`` (-1 for what was chosen before, 0 for equal names); ``{}``
            for an unknown column
        """
        if not fields_tree:
            return {}
        known = mapping_fields.get(header.lower())
        if known:
            return {"field_path": known.split("/"), "distance": -1}
        if "/" in header:
            return self._match_path(header.split("/"), fields_tree, header_types)
        heading = header.strip().lower()[:MAX_COMPARED]
        for item in fields_tree:
            if heading in self._names_of(item):
                return {"field_path": [item["name"]], "distance": 0}
        best, name = MAX_DISTANCE, None
        for item in fields_tree:
            if item["type"] not in header_types and "all" not in header_types:
                continue
            distance = min(self._get_distance(heading, text) for text in self._names_of(item))
            if distance < best:
                best, name = distance, item["name"]
        return {"field_path": [name], "distance": best} if name else {}

    def _match_path(self, parts, fields_tree, header_types) -> dict:
        path = []
        for part in parts:
            found = self._get_mapping_suggestion(part.strip(), fields_tree, header_types, {})
            if not found:
                return {}
            path += found["field_path"]
            fields_tree = next(item["fields"] for item in fields_tree if item["name"] == path[-1])
        return {"field_path": path}

    def _names_of(self, item) -> list:
        """Return what a field may be called in a heading: its technical name, its label, its label in English."""
        names = [item["name"].lower(), item["string"].lower()]
        if self.env.lang and self.env.lang != "en_US" and item.get("model_name") in self.env:
            field = self.env[item["model_name"]]._fields.get(item["name"])
            if field is not None:
                described = field.get_description(self.with_context(lang="en_US").env, ["string"])
                names.append(described["string"].lower())
        return names

    def _get_mapping_suggestions(self, headers, header_types, fields_tree) -> dict:
        """Return where each column most likely goes; a field is proposed for one column only.

        :param headers: headings
        :param header_types: ``{(number, heading): types}``
        :return: ``{(number, heading): suggestion}``, ``None`` for unknown columns
        """
        written = [*headers, *(header.lower() for header in headers)]
        remembered = self.env["base_import.mapping"].search_fetch(
            [("res_model", "=", self.res_model), ("column_name", "in", written)], ["column_name", "field_name"]
        )
        offered = {item["name"] for item in fields_tree}
        known = {
            mapping.column_name.lower(): mapping.field_name
            for mapping in remembered
            # a field may have gone since
            if mapping.field_name.partition("/")[0] in offered
        }
        found = {
            (index, header): self._get_mapping_suggestion(header, fields_tree, header_types[index, header], known)
            or None
            for index, header in enumerate(headers)
        }
        self._deduplicate_mapping_suggestions(found)
        return found

    def _deduplicate_mapping_suggestions(self, suggestions) -> None:
        """Leave each field to the column that is nearest; paths through relations stay."""
        nearest: dict = {}
        for key, suggestion in list(suggestions.items()):
            if not suggestion or len(suggestion["field_path"]) > 1:
                continue
            (name,) = suggestion["field_path"]
            other = nearest.get(name)
            if other is None:
                nearest[name] = key
                continue
            nearer = suggestion["distance"] < suggestions[other]["distance"]
            del suggestions[other if nearer else key]
            if nearer:
                nearest[name] = key
