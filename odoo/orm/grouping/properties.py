"""Grouping by properties, whose types are in the definitions of the records' parents."""

from odoo.exceptions import UserError
from odoo.sql import SQL

from ..domain import Domain
from ..fields.property_values import RecordNames
from ..property_checks import check_property_field_value_name
from .terms import READ_GROUP_TIME_GRANULARITY, parse_read_group_spec

__all__ = ["AggregatePropertiesMixin"]

#: kinds of properties whose values are lists
_MULTIPLE = ("tags", "many2many")
_RELATIONAL = ("many2one", "many2many")
#: kinds whose values may be gone: the group of no value counts them
_PERISHABLE = ("selection", *_MULTIPLE, *_RELATIONAL)
#: where a grouped reading keeps what it knows; what comes from outside is never of its class
_CONTEXT_KEY = "__property_groups"


class _PropertyGroups:
    """What one grouped reading knows of the properties that it groups by.

    ``definitions``: full name -> definition; ``values``: specification -> the values that have groups;
    ``names``: specification -> names of the records among them.
    """

    def __init__(self):
        self.definitions: dict = {}
        self.values: dict = {}
        self.names: dict = {}


class AggregatePropertiesMixin:
    """The groups that are values of a property: their SQL, their domains and their labels."""

    __slots__ = ()

    # from specifications to SQL

    def _read_group_groupby_properties(self, fname: str, property_name: "str | None", granularity, query) -> SQL:
        """Return the SQL of the values of a property; a record with several of them is in several groups.

        :raise ValueError: without a property name, for a wrong one, and for a period that does not suit the property
        :raise UserError: when no definition has the property, or it refers to a model without lasting records
        """
        if not property_name:
            raise ValueError(f"Grouping by field {self._name}.{fname} takes the name of a property: '{fname}.<name>'")
        check_property_field_value_name(property_name)
        full_name = f"{fname}.{property_name}"
        if granularity and granularity not in READ_GROUP_TIME_GRANULARITY:
            raise ValueError(
                f"{full_name!r}: there is no period {granularity!r} of properties, "
                f"expected one of {sorted(READ_GROUP_TIME_GRANULARITY)}"
            )
        definition = self._read_group_property_definition(full_name)
        kind = definition["type"]
        if granularity and kind not in ("date", "datetime"):
            raise ValueError(f"{full_name!r} is of type {kind}: only dates and datetimes are grouped by periods")
        column = self._field_to_sql(self._table, fname, query)
        if kind in _MULTIPLE:
            return self._read_group_property_items(column, full_name, definition, query)
        item = SQL("%s -> %s", column, property_name)
        if kind == "many2one":
            comodel = self._read_group_property_comodel(full_name, definition)
            alias = query.make_alias(self._table, f"{fname}__{property_name}")
            condition = SQL("%s = %s", SQL.identifier(alias, "id"), _whole_number(item))
            query.add_join("LEFT JOIN", alias, comodel._table, condition)
            return SQL.identifier(alias, "id")
        if kind in ("date", "datetime"):
            return self._read_group_period(_moment(item, kind), kind, granularity or "month", full_name)
        if kind == "boolean":
            return SQL("COALESCE(%s = 'true'::jsonb, FALSE)", item)
        if kind == "integer":
            return _whole_number(item)
        if kind == "float":
            return SQL("CASE jsonb_typeof(%s) WHEN 'number' THEN (%s)::float8 END", item, item)
        text = _text(item)
        if kind == "selection":
            options = [str(option[0]) for option in definition.get("selection") or ()]
            return SQL("CASE WHEN %s = ANY(%s::text[]) THEN %s END", text, options, text)
        return SQL("NULLIF(%s, '')", text)

    def _read_group_property_comodel(self, full_name, definition):
        """Return the model that a property refers to."""
        comodel = self.env.get(definition.get("comodel"))
        if comodel is None or comodel._abstract or comodel._transient:
            raise UserError(
                self.env._("You cannot group by %s: it refers to no model with lasting records.", full_name)
            )
        return comodel

    def _read_group_property_items(self, column, full_name, definition, query) -> SQL:
        """Join the items of a property with several values, each of them once; return the SQL of an item."""
        fname, _dot, property_name = full_name.partition(".")
        alias = query.make_alias(self._table, f"{fname}__{property_name}")
        item = SQL("%s -> %s", column, property_name)
        items = SQL("jsonb_array_elements(CASE jsonb_typeof(%s) WHEN 'array' THEN %s END) AS item", item, item)
        value = SQL.identifier("item", "value")
        if definition["type"] == "tags":
            tags = [str(tag[0]) for tag in definition.get("tags") or ()]
            table = SQL(
                "LATERAL (SELECT DISTINCT %s AS value FROM %s WHERE %s = ANY(%s::text[]))",
                _text(value),
                items,
                _text(value),
                tags,
            )
        else:
            comodel = self._read_group_property_comodel(full_name, definition)
            table = SQL(
                "LATERAL (SELECT DISTINCT record.id AS value FROM %s JOIN %s AS record ON record.id = %s)",
                items,
                SQL.identifier(comodel._table),
                _whole_number(value),
            )
        query.add_join("LEFT JOIN", alias, table, SQL("TRUE"))
        return SQL.identifier(alias, "value")

    # what a grouped reading knows

    def _read_group_knowing_properties(self, annotated_groupby: dict):
        """Return the model for a grouped reading, with a place for what it knows if it groups by properties."""
        if any(parse_read_group_spec(spec)[1] for spec in annotated_groupby.values()):
            return self.with_context(**{_CONTEXT_KEY: _PropertyGroups()})
        return self

    def _read_group_known(self) -> _PropertyGroups:
        known = self.env.context.get(_CONTEXT_KEY)
        return known if isinstance(known, _PropertyGroups) else _PropertyGroups()

    def _read_group_property_definition(self, full_name) -> dict:
        """Return the definition of a property.

        :raise UserError: when there is none
        """
        known = self._read_group_known().definitions
        if full_name not in known:
            known[full_name] = self.get_property_definition(full_name)
        if not known[full_name]:
            raise UserError(self.env._("Property %s is not defined, you cannot group by it.", full_name))
        return known[full_name]

    def _read_group_note_properties(self, domain, groups: list, annotated_groupby: dict, complete: bool):
        """Note which values of properties have groups.

        :param complete: whether ``groups`` are all groups of the records in ``domain``
        """
        known = self._read_group_known()
        for spec, annotated in annotated_groupby.items():
            fname, property_name, _granularity = parse_read_group_spec(annotated)
            if not property_name:
                continue
            values = {group[spec] for group in groups}
            kind = self._read_group_property_definition(f"{fname}.{property_name}")["type"]
            if not complete and False in values and kind in _RELATIONAL:
                # the domain of the group of no value is about all the others
                values = {value for (value,) in self._read_group(domain, [annotated])}
            known.values[spec] = sorted(values - {False})

    # groups

    def _read_group_property_condition(self, group: dict, spec: str, annotated: str) -> list:
        """Return the domain of a group that is a value of a property."""
        fname, property_name, granularity = parse_read_group_spec(annotated)
        full_name = f"{fname}.{property_name}"
        definition = self._read_group_property_definition(full_name)
        kind, value = definition["type"], group[spec]
        if kind in ("date", "datetime"):
            return self._read_group_period_condition(group, spec, full_name, kind, granularity or "month")
        if value is False and kind in _PERISHABLE:
            return self._read_group_unknown_condition(full_name, definition, spec)
        return [(full_name, "in" if kind in _MULTIPLE and value is not False else "=", value)]

    def _read_group_unknown_condition(self, full_name, definition, spec) -> list:
        """Return the domain of the records without a value of a property, or with none that there is still."""
        kind = definition["type"]
        if kind in _RELATIONAL:
            valid = self._read_group_known().values.get(spec, [])
        else:
            valid = [option[0] for option in definition.get(kind) or ()]
        if kind in _MULTIPLE and valid:
            unknown = Domain.AND([[(full_name, "not in", value)] for value in valid])
        else:
            unknown = Domain(full_name, "not in", valid)
        return ["|", (full_name, "=", False), *unknown]

    def _read_group_property_label(self, value, spec):
        """Return a value of a property as clients get it: records and tags with their names.

        The names are read for the user: a definition can refer to records of any model.
        """
        fname, property_name, _granularity = parse_read_group_spec(spec)
        definition = self._read_group_property_definition(f"{fname}.{property_name}")
        if value is False:
            return value
        if definition["type"] in _RELATIONAL:
            known = self._read_group_known()
            if spec not in known.names:
                names = known.names[spec] = RecordNames(self.env)
                names.want(definition, [*known.values.get(spec, ()), value])
            return value, known.names[spec].of(definition).get(value)
        if definition["type"] == "tags":
            return next((list(tag) for tag in definition.get("tags") or () if tag[0] == value), value)
        return value


def _text(item: SQL) -> SQL:
    """Return the text in an item of a jsonb column, NULL when it is something else."""
    return SQL("CASE jsonb_typeof(%s) WHEN 'string' THEN %s #>> '{}' END", item, item)


def _whole_number(item: SQL) -> SQL:
    """Return the whole number in an item of a jsonb column, NULL when it is something else."""
    number = SQL("(%s)::numeric", item)
    return SQL(
        "CASE jsonb_typeof(%s) WHEN 'number' THEN CASE WHEN %s = trunc(%s) AND abs(%s) <= 9007199254740992 "
        "THEN %s::int8 END END",
        item,
        number,
        number,
        number,
        number,
    )


def _moment(item: SQL, kind: str) -> SQL:
    """Return the date or datetime in an item of a jsonb column, NULL when it is something else."""
    text = _text(item)
    moment = SQL("jsonb_path_query_first(%s, '$.datetime()', '{}', TRUE) #>> '{}'", item)
    column_type = SQL("date" if kind == "date" else "timestamp")
    return SQL("(CASE WHEN %s LIKE '____-__-__%%' THEN %s END)::%s", text, moment, column_type)
