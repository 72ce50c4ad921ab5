"""Grouping by properties, whose types are in the definitions of the records' parents."""

from odoo.exceptions import UserError
from odoo.sql import SQL

__all__ = ["AggregatePropertiesMixin"]

#: kinds of properties whose values are arrays
_MULTIPLE = ("tags", "many2many")


class AggregatePropertiesMixin:
    """The SQL of groups that are values of a property."""

    __slots__ = ()

    def _read_group_groupby_properties(self, fname: str, property_name: "str | None", granularity, query) -> SQL:
        """Return the SQL of the values of a property; a record with several of them is in several groups.

        :raise ValueError: without a property name
        :raise UserError: when no definition has the property
        """
        if not property_name:
            raise ValueError(f"Grouping by field {self._name}.{fname} takes the name of a property: '{fname}.<name>'")
        full_name = f"{fname}.{property_name}"
        definition = self.get_property_definition(full_name)
        if not definition:
            raise UserError(self.env._("Property %s is not defined, you cannot group by it.", full_name))
        kind = definition.get("type")
        column = self._field_to_sql(self._table, fname, query)
        if kind in _MULTIPLE:
            return self._read_group_property_items(column, property_name, definition, query)
        text = SQL("%s ->> %s", column, property_name)
        if kind in ("date", "datetime"):
            text = SQL("NULLIF(%s, 'false')::%s", text, SQL("date" if kind == "date" else "timestamp"))
            return self._read_group_period(text, kind, granularity or "month", full_name)
        if kind == "boolean":
            return SQL("COALESCE((%s)::bool, FALSE)", text)
        present = SQL("NULLIF(NULLIF(%s, 'false'), '')", text)
        if kind == "integer":
            return SQL("(%s)::int", present)
        if kind == "many2one":
            return self._read_group_property_id(present, definition)
        if kind == "float":
            return SQL("(%s)::float8", present)
        if kind == "selection":
            return self._known_only(present, [option[0] for option in definition.get("selection") or ()])
        return present

    @staticmethod
    def _known_only(expression: SQL, options: list) -> SQL:
        """Return NULL for values that are not among the options any more."""
        return SQL("CASE WHEN %s = ANY(%s::text[]) THEN %s END", expression, options, expression)

    def _read_group_property_id(self, present: SQL, definition) -> SQL:
        """Return the id in a many2one property, NULL when the record is gone."""
        comodel = self.env.get(definition.get("comodel"))
        if comodel is None:
            return SQL("NULL::int")
        return SQL(
            "(SELECT id FROM %s WHERE id = (%s)::int)",
            SQL.identifier(comodel._table),
            present,
        )

    def _read_group_property_items(self, column, property_name, definition, query) -> SQL:
        """Join the items of an array property; return the SQL of an item."""
        alias = query.make_alias(self._table, f"{property_name}_items")
        items = SQL(
            "CASE WHEN jsonb_typeof(%s -> %s) = 'array' THEN %s -> %s END", column, property_name, column, property_name
        )
        table = SQL("LATERAL (SELECT value FROM jsonb_array_elements_text(%s))", items)
        value = SQL.identifier(alias, "value")
        if definition["type"] == "tags":
            condition = SQL("%s = ANY(%s::text[])", value, [tag[0] for tag in definition.get("tags") or ()])
            query.add_join("LEFT JOIN", alias, table, condition)
            return value
        comodel = self.env.get(definition.get("comodel"))
        if comodel is None:
            return SQL("NULL::int")
        condition = SQL("EXISTS (SELECT 1 FROM %s WHERE id = %s::int)", SQL.identifier(comodel._table), value)
        query.add_join("LEFT JOIN", alias, table, condition)
        return SQL("%s::int", value)
