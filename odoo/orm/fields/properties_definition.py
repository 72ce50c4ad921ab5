"""The field of parents that holds the definition of their children's properties."""

import ast
import copy
import json

from psycopg2.extras import Json as PsycopgJson

from ..property_checks import check_json, check_property_field_value_name
from .base import Field
from .property_values import PROPERTY_TYPES, RecordNames, plain_value, shown_definition

__all__ = ["CHANGE_KEYS", "PropertiesDefinition", "jsonable", "parsed_text"]

#: what belongs to a value with its definition rather than to the definition
CHANGE_KEYS = ("value", "definition_changed", "definition_deleted")


def jsonable(value):
    """Return a cached value as a jsonb column takes it."""
    return None if value is None else PsycopgJson(value)


def parsed_text(text):
    """Return what a text says in JSON, or as a literal of Python in data files.

    :raise ValueError: when it is neither
    """
    try:
        return json.loads(text)
    except ValueError as no_json:
        try:
            return ast.literal_eval(text)
        except (SyntaxError, ValueError):
            raise ValueError(f"{text!r} is neither JSON nor a literal") from no_json


class PropertiesDefinition(Field):
    """Definition of the properties that child records have: a list of dicts."""

    type = "properties_definition"
    column_type = ("jsonb", "jsonb")
    copy = True
    readonly = False
    prefetch = True

    REQUIRED_KEYS = ("name", "type")
    ALLOWED_KEYS = ("name", "string", "type", "comodel", "default", "selection", "tags", "domain", "view_in_cards")
    PROPERTY_PARAMETERS_MAP = {
        "comodel": {"many2one", "many2many"},
        "domain": {"many2one", "many2many"},
        "selection": {"selection"},
        "tags": {"tags"},
    }

    # writing

    def convert_to_column(self, value, record, values=None, validate=True):
        """Wrap the stored form as JSON."""
        return jsonable(self.convert_to_cache(value, record, validate))

    def to_columns(self, values, model):
        """Wrap cached definitions as JSON."""
        return [jsonable(value) for value in values]

    def convert_to_cache(self, value, record, validate=True):
        """Return the checked definitions, ``None`` for none.

        :param value: list of dicts, or the text of one
        :raise ValueError: when a definition is wrong
        """
        if not value:
            return None
        if isinstance(value, str):
            value = parsed_text(value)
        if not isinstance(value, (list, tuple)) or not all(isinstance(item, dict) for item in value):
            raise ValueError(f"{self}: a definition of properties is a list of dicts, not {value!r}")
        definition = [{key: entry for key, entry in item.items() if key not in CHANGE_KEYS} for item in value]
        definition = copy.deepcopy(definition)
        if validate:
            for item in definition:
                self._validate(item, record.env)
            names = [item["name"] for item in definition]
            if len(set(names)) < len(names):
                raise ValueError(f"{self}: the names of properties must be unique: {names}")
            # as the database gives it: a tuple is a list
            definition = json.loads(json.dumps(definition))
        return definition

    def _validate(self, item, env):
        """Raise ``ValueError`` where an item of the definition is wrong; make its default plain."""
        missing = [key for key in self.REQUIRED_KEYS if not item.get(key)]
        if missing:
            raise ValueError(f"{self}: some keys are missing for {item!r}: {missing}")
        check_property_field_value_name(item["name"])
        unknown = set(item) - set(self.ALLOWED_KEYS)
        if unknown:
            raise ValueError(f"{self}: unknown keys in {item!r}: {sorted(unknown)}")
        kind = item["type"]
        if kind not in PROPERTY_TYPES:
            raise ValueError(f"{self}: wrong property type {kind!r}")
        for key, kinds in self.PROPERTY_PARAMETERS_MAP.items():
            if key in item and kind not in kinds:
                raise ValueError(f"{self}: invalid parameter {key!r} of a property of type {kind!r}")
        self._validate_comodel(item.get("comodel"), env)
        for key in ("selection", "tags"):
            self._validate_options(item, key)
        if "default" in item and kind != "separator":
            item["default"] = plain_value(item, item["default"])
        try:
            check_json(item)
        except ValueError as error:
            raise ValueError(f"{self}: the definition {item!r} cannot be stored: {error}") from error

    def _validate_comodel(self, name, env):
        if name and (name not in env or env[name]._abstract or env[name]._transient):
            raise ValueError(f"{self}: invalid model name {name!r}, properties refer to lasting records")

    def _validate_options(self, item, key):
        """Check the options of a selection or the tags, which their first items identify."""
        options = item.get(key) or ()
        if not isinstance(options, (list, tuple)) or not all(
            isinstance(option, (list, tuple)) and option and isinstance(option[0], (str, int)) for option in options
        ):
            raise ValueError(f"{self}: {key!r} of {item['name']!r} is a list of lists, each with a key: {options!r}")
        keys = [option[0] for option in options]
        if len(set(keys)) < len(keys):
            raise ValueError(f"{self}: the keys in {key!r} of {item['name']!r} must be unique: {keys}")

    # reading

    def convert_to_record(self, value, record):
        """Return a copy of the definitions, which the caller may change; models that are gone read ``False``."""
        definition = copy.deepcopy(value) if value else []
        for item in definition:
            if item.get("comodel") and item["comodel"] not in record.env:
                item["comodel"] = False
        return definition

    def convert_to_record_multi(self, values, records):
        """Return copies of the definitions, one list for each record."""
        return [self.convert_to_record(value, records) for value in values]

    def convert_to_read(self, value, record, use_display_name=True):
        """Return the definitions, an empty list for none; see :func:`shown_definition` about their defaults."""
        return self.convert_to_read_multi([value], record, use_display_name)[0]

    def convert_to_read_multi(self, values, records, use_display_name=True):
        """Return copies of the definitions, one list for each record."""
        definitions = self.convert_to_record_multi(values, records)
        names = RecordNames(records.env)
        for definition in definitions:
            for item in definition:
                names.want(item, item.get("default"))
        return [[shown_definition(item, names, use_display_name) for item in definition] for definition in definitions]

    def convert_to_write(self, value, record):
        """Return the value: writing takes whatever reading gives."""
        return value

    def convert_to_export(self, value, record):
        """Return the definitions as JSON."""
        return json.dumps(value, ensure_ascii=False) if value else ""
