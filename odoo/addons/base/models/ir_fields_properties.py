"""Conversion of the texts of an import to values of properties."""

import json
from collections import namedtuple

from odoo import models

#: what the converters of references ask of a field
_Reference = namedtuple("_Reference", ["name", "comodel_name", "type"])


class IrFieldsConverter(models.AbstractModel):
    """Properties, each with a column of its own."""

    _inherit = "ir.fields.converter"

    def _to_property(self, model, name):
        """Return the function that converts a text for a property to ``(value, warnings)``; ``None`` without one.

        :param name: ``field.property``
        """
        field_name, _dot, property_name = name.partition(".")
        field = model._fields.get(field_name)
        if not property_name or field is None or field.type != "properties":
            return None
        definition = field.find_definition(model, property_name)
        converter = getattr(self, f"_str_to_property_{definition.get('type')}", None)
        if converter is None:
            converter = self._str_to_plain_property if definition else None
        return converter and (lambda value: converter(model, name, definition, value))

    def _str_to_plain_property(self, model, name, definition, value):
        """Convert as for a field of that type."""
        converter = getattr(self, f"_str_to_{definition['type']}", None)
        if converter is None:
            return value, []
        return converter(model, _Reference(name, None, definition["type"]), value)

    def _str_to_property_selection(self, model, name, definition, value):
        wanted = value.strip().lower()
        options = definition.get("selection") or []
        for key, label in options:
            if wanted in (str(key).lower(), str(label).lower()):
                return key, []
        raise self._unknown_option(value, [label for _key, label in options])

    def _str_to_property_tags(self, model, name, definition, value):
        tags = definition.get("tags") or []
        found = []
        for text in filter(None, (part.strip() for part in value.split(","))):
            key = next((tag[0] for tag in tags if text.lower() in (str(tag[0]).lower(), str(tag[1]).lower())), None)
            if key is None:
                raise self._unknown_option(text, [tag[1] for tag in tags])
            found.append(key)
        return found, []

    def _unknown_option(self, value, labels):
        return self._format_import_error(
            ValueError,
            self.env._("Field '%(field)s' has no option '%(value)s'"),
            {"value": value},
            {"moreinfo": labels},
        )

    def _str_to_property_many2one(self, model, name, definition, value):
        return self._str_to_many2one(model, _Reference(name, definition["comodel"], "many2one"), value)

    def _str_to_property_many2many(self, model, name, definition, value):
        reference = _Reference(name, definition["comodel"], "many2many")
        commands, warnings = self.with_context(update_many2many=False)._str_to_many2many(model, reference, value)
        if commands is None:
            return None, warnings
        return [id_ for command in commands for id_ in (command[2] or ())], warnings

    def _str_to_properties(self, model, field, value):
        """Convert all properties of a record from JSON."""
        try:
            return json.loads(value), []
        except ValueError:
            raise self._format_import_error(
                ValueError,
                self.env._("Field '%(field)s' takes properties in JSON, which '%(value)s' is not"),
                {"value": value},
            ) from None
