"""Fields whose structure is data: a parent record holds the definition of the properties of its children."""

import json
import uuid

from odoo.exceptions import AccessError
from odoo.sql import SQL
from odoo.tools.iteration import unique

from ..cache import NOTHING
from ..features.defaults import takes_context_default
from ..property_checks import check_property_field_value_name
from .base import Field, first
from .properties_definition import CHANGE_KEYS, PropertiesDefinition, jsonable, parsed_text
from .property_values import PROPERTY_TYPES, RecordNames, plain_value, shown_definition, shown_value

__all__ = ["Properties"]


class _Definitions:
    """The definitions that parents hold, each read once, and the values that they give to new children."""

    def __init__(self, field, env):
        self._field = field
        self._env = env
        self._items: dict = {}
        self._defaults: dict = {}

    def of(self, parent) -> list:
        """Return the definition of the children of ``parent``, which may be no record."""
        if not parent:
            return []
        id_ = parent._ids[0]
        if id_ not in self._items:
            self._items[id_] = parent.sudo()[self._field.definition_record_field] or []
        return self._items[id_]

    def defaults(self, parent) -> dict:
        """Return the default values of the children's properties, without records that are gone."""
        if not parent:
            return {}
        id_ = parent._ids[0]
        if id_ not in self._defaults:
            self._defaults[id_] = {
                item["name"]: value for item in self.of(parent) if (value := self._default(item)) is not None
            }
        return self._defaults[id_]

    def _default(self, item):
        key = f"default_{self._field.name}.{item['name']}"
        value = item.get("default")
        model = self._env[self._field.model_name]
        if key in self._env.context and takes_context_default(model, self._field, key):
            value = self._env.context[key]
        if value is None or item["type"] == "separator":
            return None
        value = plain_value(item, value)
        if value and item["type"] in ("many2one", "many2many"):
            comodel = self._env.get(item.get("comodel"))
            ids = value if isinstance(value, list) else [value]
            existing = [] if comodel is None else list(comodel.sudo().browse(ids).exists()._ids)
            if item["type"] == "many2many":
                return existing
            return existing[0] if existing else None
        return value

    def forget(self, parent):
        """Read the definition of ``parent`` again."""
        for known in (self._items, self._defaults):
            for id_ in parent._ids:
                known.pop(id_, None)


class Properties(Field):
    """Values of the properties that the record's parent defines.

    Cache, column and record have them as they are stored: ``{property name: plain value}``, or nothing. Ids of records
    that were deleted and options that were removed since are among them; ``read()`` leaves them out.

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

    ALLOWED_TYPES = PROPERTY_TYPES

    # setup

    def _apply_args(self, model_class):
        super()._apply_args(model_class)
        self._split_definition()
        if not self.related and self.definition:
            # values follow the parent: they are reset when it changes
            self.copy = True
            self.compute = self._compute
            self.precompute = False
            self._depends = (self.definition_record,)

    def _split_definition(self):
        if self.definition:
            if self.definition.count(".") != 1:
                raise ValueError(
                    f"Field {self}: definition {self.definition!r} must be 'parent_field.definition_field'"
                )
            self.definition_record, self.definition_record_field = self.definition.split(".")

    def setup_related(self, model):
        """Take over the definition, unless the field names another way to it."""
        super().setup_related(model)
        self._split_definition()

    def _describe(self, env):
        return {
            "definition_record": self.definition_record,
            "definition_record_field": self.definition_record_field,
        }

    # definitions

    @property
    def _defining(self):
        """The field with a column that this one is, or stands for."""
        field = self
        while field.related:
            field = field.related_field
        return field

    def _parents_of(self, records) -> list:
        """Return the parent of each of ``records`` that defines its properties; no record without one."""
        records = records.sudo()
        if self.related:
            targets = self._targets(records, records.env)
            return [parent for target in targets for parent in self.related_field._parents_of_one(target)]
        return [first(record[self.definition_record]) for record in records]

    def _parents_of_one(self, record) -> list:
        # what the path of a related field leads to may be no record
        return self._parents_of(record) if record else [None]

    def find_definition(self, model, name) -> dict:
        """Return the definition of the property ``name`` of the records of ``model``; ``{}`` when no parent has it.

        :raise AccessError: when the user may not read any of the parents that define it
        """
        field = self._defining
        link = model.env[field.model_name]._fields[field.definition_record]
        container = model.env[link.comodel_name].with_context(active_test=False)
        definition = field._search_definition(container, name) if container.has_access("read") else {}
        if not definition and not model.env.su and field._search_definition(container.sudo(), name):
            raise AccessError(model.env._("You may not read the record that defines this property."))
        return definition

    def _search_definition(self, container, name) -> dict:
        query = container._search([], order="id", limit=1)
        column = container.sudo()._field_to_sql(container._table, self.definition_record_field, query)
        query.add_where(SQL("%s @> %s::jsonb", column, json.dumps([{"name": name}])))
        named = json.dumps({"name": name})
        item = SQL("jsonb_path_query_first(%s, '$[*] ? (@.name == $name)', %s::jsonb)", column, named)
        rows = container.env.execute_query(query.select(item))
        definition_field = container._fields[self.definition_record_field]
        return definition_field.convert_to_record([rows[0][0]], container)[0] if rows else {}

    # values that are written

    def convert_to_cache(self, value, record, validate=True):
        """Return the values as they are stored: ``{name: plain value}``, one for each property of the definition.

        Where the parent is not known, the values are taken as they are given.
        """
        if not value:
            return None
        value = self._parsed(value)
        if self.related or not record:
            return _named(value) or None
        return _fitted(value, _Definitions(self, record.env).of(*self._parents_of(record[:1])))

    def _parsed(self, value):
        """Return what is written: a dict of values, or a list of definitions with values, each with a name.

        :raise ValueError: for anything else, and for wrong names and types
        """
        if isinstance(value, str):
            value = parsed_text(value)
        if isinstance(value, dict):
            return value
        if not isinstance(value, (list, tuple)) or not all(isinstance(item, dict) for item in value):
            raise ValueError(f"{self}: properties are a dict, or a list of definitions with values, not {value!r}")
        items = [item if item.get("name") else {**item, "name": uuid.uuid4().hex[:16]} for item in value]
        for item in items:
            check_property_field_value_name(item["name"])
            if item.get("type") not in PROPERTY_TYPES:
                raise ValueError(f"{self}: wrong property type {item.get('type')!r} in {item!r}")
        names = [item["name"] for item in items]
        if len(set(names)) < len(names):
            raise ValueError(f"{self}: the names of properties must be unique: {names}")
        return items

    def create_column(self, vals_list, model):
        """Return the values of new records, with defaults; definitions that come with values go to their parents."""
        if self.related:
            return super().create_column(vals_list, model)
        definitions = _Definitions(self, model.env)
        column = []
        for vals, parent in zip(vals_list, self._parents_in(vals_list, model), strict=True):
            value = self._parsed(vals[self.name]) if vals[self.name] else {}
            if isinstance(value, list) and self._write_definition(parent, value):
                definitions.forget(parent)
            column.append(_fitted(value, definitions.of(parent), definitions.defaults(parent)))
        return column

    def _parents_in(self, vals_list, model) -> list:
        """Return the parents that new records with the given values have."""
        name = self.definition_record
        link = model._fields[name]
        if name not in vals_list[0] and link.compute:
            return [first(record[name]) for record in model.concat(*(model.new(vals) for vals in vals_list))]
        ids = [link.convert_to_cache(vals.get(name), model) for vals in vals_list]
        parents = model.env[link.comodel_name].browse(tuple(unique(filter(None, ids))))
        return [parents.browse(id_).with_prefetch(parents._ids) for id_ in ids]

    def write(self, records, value):
        """Write values; items that carry definitions change the parents' definition too."""
        value = self._parsed(value) if value else {}
        if self.related:
            super().write(records, value)
            return
        if isinstance(value, list):
            self._write_definition(records[self.definition_record], value)
        definitions = _Definitions(self, records.env)
        by_parent: dict = {}
        for id_, parent in zip(records._ids, self._parents_of(records), strict=True):
            by_parent.setdefault(parent, []).append(id_)
        for parent, ids in by_parent.items():
            self._put(records.browse(tuple(ids)), _fitted(value, definitions.of(parent)) if value else None)

    def _put(self, records, value):
        """Put stored values into the cache, where they differ from what is there."""
        env = records.env
        if self.compute and self.store:
            env.remove_to_compute(self, records)
        column = env.cache.field_data(records, self)
        ids = tuple(id_ for id_ in records._ids if not _identical(column.get(id_, NOTHING), value))
        if ids:
            self._change(records.browse(ids), value)

    def _write_value(self, value, records):
        return value

    def _write_definition(self, parents, items) -> bool:
        """Give ``parents`` the definition in ``items``, where one of them says that it is changed; tell whether."""
        if not any(item.get("definition_changed") or item.get("definition_deleted") for item in items):
            return False
        parameters = PropertiesDefinition.PROPERTY_PARAMETERS_MAP
        definition = [
            {
                key: entry
                for key, entry in item.items()
                # the client leaves what belonged to the type before
                if key not in CHANGE_KEYS and item["type"] in parameters.get(key, (item["type"],))
            }
            for item in items
            if not item.get("definition_deleted")
        ]
        if parents:
            parents[self.definition_record_field] = definition
        return True

    # values that follow the parent

    def _compute(self, records):
        """Fit the values to the definition of the (new) parent, filling in the defaults of new properties."""
        definitions = _Definitions(self, records.env)
        present = self._present_values(records)
        for record, parent in zip(records, self._parents_of(records), strict=True):
            kept = {}
            for item in definitions.of(parent):
                value = (present[record._ids[0]] or {}).get(item["name"])
                if value is not None and _suits(item, value):
                    kept[item["name"]] = value
            self._put(record, _fitted(kept, definitions.of(parent), definitions.defaults(parent)))

    def _present_values(self, records) -> dict:
        """Return ``{id: stored value}`` without computing anything."""
        column = records.env.cache.field_data(records, self)
        origins = {id_: id_ or getattr(id_, "origin", None) for id_ in records._ids}
        unknown = [origin for id_, origin in origins.items() if origin and id_ not in column and origin not in column]
        stored = records.browse(tuple(unique(unknown)))._stored_column(self) if unknown else {}
        return {
            id_: column[id_] if id_ in column else column.get(origin, stored.get(origin))
            for id_, origin in origins.items()
        }

    # values that are read

    def convert_to_column(self, value, record, values=None, validate=True):
        """Wrap the stored form as JSON."""
        return jsonable(self.convert_to_cache(value, record, validate))

    def to_columns(self, values, model):
        """Wrap cached values as JSON."""
        return [jsonable(value) for value in values]

    def convert_to_record(self, value, record):
        """Return a copy of what is stored, which the caller may change; ``False`` for nothing."""
        if value is None:
            return False
        return {name: list(item) if type(item) is list else item for name, item in value.items()}

    def convert_to_record_multi(self, values, records):
        """Return copies of what is stored."""
        return [self.convert_to_record(value, records) for value in values]

    def convert_to_read(self, value, record, use_display_name=True):
        """Return the definition's items, each with its ``value``."""
        return self.convert_to_read_multi([value], record, use_display_name)[0] if record else []

    def convert_to_read_multi(self, values, records, use_display_name=True):
        """Return the definitions with the values of each record, which its own parent defines.

        Records come with their names whatever ``use_display_name`` says; what is gone does not come.
        """
        field = self._defining
        definitions = _Definitions(field, records.env)
        by_record = [definitions.of(parent) for parent in self._parents_of(records)]
        names = RecordNames(records.env)
        for value, definition in zip(values, by_record, strict=True):
            for item in definition:
                names.want(item, item.get("default"))
                names.want(item, value and value.get(item["name"]))
        return [
            [_shown(item, value or {}, names) for item in definition]
            for value, definition in zip(values, by_record, strict=True)
        ]

    def convert_to_write(self, value, record):
        """Return the value: writing takes whatever reading gives."""
        return value

    def convert_to_export(self, value, record):
        """Return the properties as JSON; each has a column of its own in exports that name it."""
        return json.dumps(value, ensure_ascii=False) if value else ""

    def export_property(self, records, name) -> list:
        """Return the values of one property as an export shows them: names and labels, joined by commas."""
        rows = self.convert_to_read_multi(self.mapped(records), records)
        found = [next((item for item in row if item["name"] == name), None) for row in rows]
        return ["" if item is None else _exported(item) for item in found]


def _fitted(value, definition, defaults=None) -> "dict | None":
    """Return what is stored for values that are written: one for each property of ``definition``, ``None`` without any.

    :param value: a dict of values, or a list of definitions with values
    :param defaults: values of the properties that have none
    """
    if isinstance(value, list):
        types = {item["name"]: _kind(item) for item in definition}
        # a value of another type than that of the definition is no value of the property any more
        value = {item["name"]: item.get("value") for item in value if types.get(item["name"]) == _kind(item)}
    result = {}
    for item in definition:
        if item["type"] == "separator":
            continue
        given = value.get(item["name"])
        if given is None:
            given = (defaults or {}).get(item["name"], False)
        result[item["name"]] = plain_value(item, given)
    return result or None


def _kind(item) -> tuple:
    """Return what values of a property are: their type, and the model of records."""
    return item["type"], item["type"] in ("many2one", "many2many") and (item.get("comodel") or False)


def _named(value) -> dict:
    """Return ``{name: plain value}`` of values that come alone or with definitions."""
    if isinstance(value, dict):
        return dict(value)
    return {item["name"]: plain_value(item, item.get("value")) for item in value if item["type"] != "separator"}


def _identical(value, other) -> bool:
    """Tell whether two stored values are equal; 0 is not false."""
    if not isinstance(value, dict) or not isinstance(other, dict):
        return value is other
    return value == other and all(type(value[name]) is type(other[name]) for name in value)


def _suits(item, value) -> bool:
    """Tell whether a stored value can be one of the property that ``item`` defines."""
    try:
        plain_value(item, value)
    except ValueError:
        # it belonged to another definition, with a property of the same name
        return False
    return True


def _shown(item, values, names) -> dict:
    """Return the definition of a property with its value, as they are read."""
    shown = shown_definition(item, names)
    if item["type"] != "separator":
        shown["value"] = shown_value(item, values.get(item["name"], False), names)
    return shown


def _exported(item):
    """Return the value of a property that was read as an export shows it."""
    value, kind = item.get("value"), item["type"]
    if value is None or value is False:
        return ""
    if kind == "many2one":
        return value[1] or ""
    if kind == "many2many":
        return ",".join(name for _id, name in value if name)
    if kind in ("tags", "selection"):
        labels = {option[0]: option[1] for option in item.get(kind) or () if len(option) > 1}
        return ",".join(str(labels.get(key, key)) for key in (value if kind == "tags" else [value]))
    return value
