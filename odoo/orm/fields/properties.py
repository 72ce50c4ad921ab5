"""Fields whose structure is data: a parent record holds the definition of the properties of its children."""

import ast
import copy
import uuid

from odoo.exceptions import AccessError
from odoo.tools.iteration import unique

from .base import Field, first
from .properties_definition import PropertiesDefinition, jsonable
from .temporal import Date, Datetime

__all__ = ["Properties"]


class Properties(Field):
    """Values of the properties that the record's parent defines; in the cache ``{property name: value}``.

    :param definition: ``"parent_field.definition_field"``
    """

    type = "properties"
    column_type = ("jsonb", "jsonb")
    copy = False
    prefetch = False
    store = True
    readonly = False
    precompute = True
    write_order = 2
    definition = None
    definition_record = None
    definition_record_field = None
    _related_extra = ("definition", "definition_record", "definition_record_field")

    ALLOWED_TYPES = (
        "boolean",
        "integer",
        "float",
        "char",
        "date",
        "datetime",
        "many2one",
        "many2many",
        "selection",
        "tags",
        "separator",
    )

    def _apply_args(self, model_class):
        super()._apply_args(model_class)
        if not self.related and self.definition:
            if self.definition.count(".") != 1:
                raise ValueError(
                    f"Field {self}: definition {self.definition!r} must be 'parent_field.definition_field'"
                )
            self.definition_record, self.definition_record_field = self.definition.rsplit(".", 1)
            # values follow the parent: they are reset when it changes
            self.copy = True
            self.compute = self._compute
            self.precompute = False
            self._depends = (self.definition_record,)

    def _describe(self, env):
        return {
            "definition_record": self.definition_record,
            "definition_record_field": self.definition_record_field,
        }

    def _definition_of(self, record) -> list:
        """Return the definition that applies to ``record``."""
        return self._definition_in(record.sudo()[self.definition_record])

    def _definition_in(self, parents) -> list:
        """Return the definition that the first of ``parents`` holds."""
        parent = first(parents).sudo()
        return (parent[self.definition_record_field] or []) if parent else []

    def _compute(self, records):
        """Fit the values to the definition of the (new) parent, filling in the defaults of new properties."""
        for record in records:
            values = record.env.cache.get(record, self, None)
            if values is None and record.id:
                values = record._stored_column(self).get(record.id)
            record[self.name] = self._with_defaults(values or {}, self._definition_of(record))

    def _with_defaults(self, values: dict, definition: list) -> dict:
        names = {item["name"] for item in definition}
        kept = {name: value for name, value in values.items() if name in names}
        for item in definition:
            if item["name"] not in kept and item.get("default"):
                kept[item["name"]] = item["default"]
        return kept

    # conversions

    def convert_to_cache(self, value, record, validate=True):
        """Return the values as they are stored: ``{name: plain value}``, for the definitions of the parent."""
        if not value:
            return None
        return self._plain_values(self._parsed(value), record.sudo()[self.definition_record])

    def _parsed(self, value):
        """Return what is written: a dict of values, or a list of definitions with values, each with a name.

        :raise ValueError: for anything else
        """
        if isinstance(value, str):
            value = ast.literal_eval(value)
        if isinstance(value, list):
            return [item if item.get("name") else {**item, "name": uuid.uuid4().hex[:16]} for item in value]
        if isinstance(value, dict):
            return value
        raise ValueError(f"Wrong value for {self}: {value!r}")

    def _plain_values(self, value, parents) -> dict:
        """Return what is stored of a dict of values, or of a list of definitions with values."""
        kinds = {item["name"]: item["type"] for item in self._definition_in(parents)}
        if isinstance(value, dict):
            value = [
                {"name": name, "type": kinds.get(name), "value": item} for name, item in self._copied(value).items()
            ]
        return {
            item["name"]: self._plain_value({"type": kinds.get(item["name"]), **item})
            for item in value
            if not item.get("definition_deleted")
        }

    def create_column(self, vals_list, model):
        """Return the values of new records; definitions that come with values go to their parents."""
        column = []
        for vals, parents in zip(vals_list, self._parents_in(vals_list, model), strict=True):
            value = self._parsed(vals[self.name]) if vals[self.name] else {}
            if isinstance(value, list):
                self._write_definition(parents, value)
            column.append(self._plain_values(value, parents) or None)
        return column

    def _parents_in(self, vals_list, model) -> list:
        """Return the parents that new records with the given values have."""
        name = self.definition_record
        link = model._fields[name]
        if name not in vals_list[0] and link.compute:
            return [record[name] for record in model.concat(*(model.new(vals) for vals in vals_list))]
        ids = [link.convert_to_cache(vals.get(name), model) for vals in vals_list]
        parents = model.env[link.comodel_name].browse(tuple(unique(filter(None, ids))))
        return [parents.browse(id_).with_prefetch(parents._ids) for id_ in ids]

    @staticmethod
    def _copied(values: dict) -> dict:
        return {name: item if hasattr(item, "_ids") else copy.deepcopy(item) for name, item in values.items()}

    def _plain_value(self, item: dict):
        """Return the value of a property given with its definition, as it is stored."""
        value = item.get("value")
        kind = item.get("type")
        if hasattr(value, "_ids"):
            return value.ids if kind == "many2many" else value.id
        if kind == "many2one" and isinstance(value, (list, tuple)):
            return value[0] if value else False
        if kind == "many2many" and value:
            return [line[0] if isinstance(line, (list, tuple)) else line for line in value]
        if kind == "date" and value:
            return Date.to_string(Date.to_date(value))
        if kind == "datetime" and value:
            return Datetime.to_string(Datetime.to_datetime(value))
        return value if value is not None else False

    def convert_to_column(self, value, record, values=None, validate=True):
        """Wrap the stored form as JSON."""
        return jsonable(self.convert_to_cache(value, record, validate))

    def to_columns(self, values, model):
        """Wrap cached values as JSON."""
        return [jsonable(value) for value in values]

    def convert_to_record(self, value, record):
        """Return ``{name: value}`` for the properties that the parent defines, relations as recordsets."""
        if not record:
            return {}
        result = {}
        for item in self._definition_of(record):
            if item["type"] == "separator":
                continue
            result[item["name"]] = self._record_value(item, (value or {}).get(item["name"], False), record.env)
        return result

    def _record_value(self, item, value, env):
        kind = item["type"]
        if kind in ("many2one", "many2many"):
            comodel = env.get(item.get("comodel"))
            if comodel is None:
                return False
            ids = value if isinstance(value, list) else [value] if value else []
            return comodel.browse(ids).exists()
        if kind == "selection":
            return value if value in [option[0] for option in item.get("selection") or ()] else False
        if kind == "tags":
            tags = {tag[0] for tag in item.get("tags") or ()}
            return [tag for tag in value or () if tag in tags]
        return value

    def __get__(self, record, owner=None):
        return self if record is None else self._get_uncached(record)

    def convert_to_record_multi(self, values, records):
        """Return the properties of each record, which its own parent defines."""
        return [self.convert_to_record(value, record) for value, record in zip(values, records, strict=True)]

    def convert_to_read(self, value, record, use_display_name=True):
        """Return the definition's items, each with its ``value``."""
        items = []
        for item in copy.deepcopy(self._definition_of(record)):
            if item["type"] != "separator":
                item["value"] = self._read_value(item, value.get(item["name"], False), use_display_name)
            items.append(item)
        return items

    def _read_value(self, item, value, use_display_name):
        if item["type"] == "many2one" and hasattr(value, "_ids"):
            return self._named(value) if value and use_display_name else value.id
        if item["type"] == "many2many" and hasattr(value, "_ids"):
            return [self._named(line) for line in value] if use_display_name else value.ids
        return value

    @staticmethod
    def _named(record):
        try:
            return record.id, record.display_name
        except AccessError:
            return record.id, None

    def convert_to_read_multi(self, values, records, use_display_name=True):
        """Return the definitions with values of each record, which its own parent defines."""
        return [
            self.convert_to_read(self.convert_to_record(value, record), record, use_display_name)
            for value, record in zip(values, records, strict=True)
        ]

    def convert_to_write(self, value, record):
        """Return the value: writing takes whatever reading gives."""
        return value

    def convert_to_export(self, value, record):
        """Return the properties as text; each has a column of its own in exports that name it."""
        return str(value) if value else ""

    def _write_value(self, value, records):
        return value

    def write(self, records, value):
        """Write values; items that carry definitions change the parent's definition too."""
        value = self._parsed(value) if value else None
        if isinstance(value, list):
            self._write_definition(records[self.definition_record], value)
            super().write(records, self._plain_values(value, records[self.definition_record]) or None)
        elif value:
            for record in records:
                # what is not given stays
                present = records.env.cache.get(record, self, None) or {}
                given = self._plain_values(value, record.sudo()[self.definition_record])
                super().write(record, {**present, **given})
        else:
            super().write(records, None)

    def _write_definition(self, parents, items):
        """Give ``parents`` the definition in ``items``, where one of them says that it is changed."""
        if not any(item.get("definition_changed") or item.get("definition_deleted") for item in items):
            return
        parameters = PropertiesDefinition.PROPERTY_PARAMETERS_MAP
        definition = [
            {
                key: entry
                for key, entry in item.items()
                # the client leaves what belonged to the type before
                if key not in ("value", "definition_changed", "definition_deleted")
                and item.get("type") in parameters.get(key, (item.get("type"),))
            }
            for item in items
            if not item.get("definition_deleted")
        ]
        if parents:
            parents[self.definition_record_field] = definition
