"""Grouping and aggregation in the database: ``_read_group`` (spec: "Aggregated read" of the ORM reference)."""

import re
from collections.abc import Iterator

from odoo.i18n.formats import get_lang
from odoo.sql import SQL

from .. import decorators as api
from ..domain.sql import date_part_sql
from .properties import AggregatePropertiesMixin
from .read_group import ReadGroupMixin
from .terms import (
    READ_GROUP_AGGREGATE,
    READ_GROUP_ALL_TIME_GRANULARITY,
    READ_GROUP_NUMBER_GRANULARITY,
    parse_read_group_spec,
)

__all__ = ["AggregateMixin"]

_ORDER_TERM = re.compile(
    r"^\s*(?P<term>[\w:.]+)(?:\s+(?P<direction>ASC|DESC))?(?:\s+(?P<nulls>NULLS\s+(?:FIRST|LAST)))?\s*$", re.IGNORECASE
)
_DIRECTIONS = re.compile(r"\s+(?:ASC|DESC|NULLS FIRST|NULLS LAST)\b", re.IGNORECASE)
_HAVING_OPERATORS = {
    "in": SQL("IN"),
    "not in": SQL("NOT IN"),
    **{operator: SQL(operator) for operator in ("<", ">", "<=", ">=", "=", "!=")},
}


class AggregateMixin(AggregatePropertiesMixin, ReadGroupMixin):
    """Grouped reads."""

    __slots__ = ()

    @api.model
    def _read_group(self, domain, groupby=(), aggregates=(), having=(), offset=0, limit=None, order=None) -> list:
        """Return aggregates of the records that satisfy ``domain``, one tuple for each group.

        :param groupby: specifications of what to group by: ``field``, ``field:granularity`` or ``field.property``
        :param aggregates: specifications of what to compute: ``field:function`` or ``__count``
        :param having: domain on aggregates
        :param order: order clause over specifications, relations by the order of their records; by default the groups
            come in the order of their values, relations by id
        :return: tuples of the group values, then the aggregates, in the order asked for; relations as records
        :raise ValueError: for a malformed specification
        """
        self.browse().check_access("read")
        groupby, aggregates = tuple(groupby), tuple(aggregates)
        if not (groupby or aggregates):
            return []
        query = self._search(domain)
        if query.is_empty():
            return [] if groupby else [tuple(self._read_group_empty_value(spec) for spec in aggregates)]
        selected = [self._read_group_select(spec, query) for spec in aggregates]
        terms = {spec: self._read_group_groupby(spec, query) for spec in groupby}
        if terms:
            query.groupby = SQL(", ").join(dict.fromkeys(terms.values()))
        query.having = self._read_group_having(list(having), query)
        query.order = self._read_group_orderby(order, terms, query)
        query.limit, query.offset = limit, offset
        rows = self.env.execute_query(query.select(*terms.values(), *selected))
        if not rows:
            return []
        convert = [
            *((self._read_group_postprocess_groupby, spec) for spec in groupby),
            *((self._read_group_postprocess_aggregate, spec) for spec in aggregates),
        ]
        columns = zip(*rows, strict=True)
        columns = [function(spec, column) for (function, spec), column in zip(convert, columns, strict=True)]
        return list(zip(*columns, strict=True))

    # from specifications to SQL

    def _read_group_field(self, fname, spec):
        """Return the field of a specification.

        :raise ValueError: when there is none, or no column to group or aggregate, of its own or at the end of its path
        """
        field = self._read_group_known_field(fname, spec)
        if field.joined_target(self, self.env.su) is None:
            raise ValueError(f"Field {field} is not stored: it cannot be used in {spec!r}")
        return field

    def _read_group_select(self, aggregate_spec: str, query) -> SQL:
        """Return the SQL of an aggregate.

        :raise ValueError: for an unknown field or function
        """
        if aggregate_spec == "__count":
            return SQL("COUNT(*)")
        fname, property_name, function = parse_read_group_spec(aggregate_spec)
        field = self._read_group_field(fname, aggregate_spec)
        if property_name:
            raise ValueError(f"Invalid aggregate {aggregate_spec!r}: properties cannot be aggregated")
        if not function:
            raise ValueError(f"{fname!r} needs a function to aggregate it, one of {sorted(READ_GROUP_AGGREGATE)}")
        if function not in READ_GROUP_AGGREGATE:
            raise ValueError(
                f"{aggregate_spec!r}: there is no aggregate function {function!r}, "
                f"expected one of {sorted(READ_GROUP_AGGREGATE)}"
            )
        if function == "recordset" and not (field.relational or fname == "id"):
            raise ValueError(
                f"{aggregate_spec!r}: the function 'recordset' takes a relation, {field} is of type {field.type}"
            )
        if field.type == "many2many" and function != "recordset":
            raise ValueError(f"{aggregate_spec!r}: the only function for {field}, a many2many, is 'recordset'")
        expression = self._read_group_column(self._table, fname, query)
        if field.type == "boolean" and function in ("bool_and", "bool_or", "array_agg"):
            expression = SQL("COALESCE(%s, FALSE)", expression)
        return READ_GROUP_AGGREGATE[function](self._table, expression)

    def _read_group_column(self, alias, fname, query) -> SQL:
        """Return the expression of a field to aggregate or group by; a relation through a link table is joined."""
        field = self._fields[fname]
        if field.groups and not self.env.su:
            self.check_field_access_rights("read", [fname])
        if field.type == "many2many":
            return self._read_group_many2many(alias, field, query)
        return self._field_to_sql(alias, fname, query)

    def _read_group_many2many(self, alias, field, query) -> SQL:
        """Join the link table of a many2many, restricted to the related records that the user may read."""
        model = self
        while not field.store:
            model, field, alias = model._related_to_sql(alias, field, query)
        relation_alias = query.make_alias(alias, field.name)
        owner = SQL.identifier(relation_alias, field.column1, to_flush=field)
        related = SQL.identifier(relation_alias, field.column2)
        condition = SQL("%s = %s", SQL.identifier(alias, "id"), owner)
        comodel_query = self.env[field.comodel_name].with_context(**field.context)._search(field.get_domain_list(self))
        if comodel_query.is_empty():
            condition = SQL("FALSE")
        elif comodel_query.where_clause:
            condition = SQL("%s AND %s IN %s", condition, related, comodel_query.subselect())
        query.add_join("LEFT JOIN", relation_alias, field.relation, condition)
        return related

    def _read_group_groupby(self, groupby_spec: str, query) -> SQL:
        """Return the SQL of a group's value.

        :raise ValueError: for an unknown field, or a granularity that does not suit it
        """
        fname, property_name, granularity = parse_read_group_spec(groupby_spec)
        field = self._read_group_field(fname, groupby_spec)
        if field.type == "properties":
            return self._read_group_groupby_properties(fname, property_name, granularity, query)
        if property_name:
            raise ValueError(f"{groupby_spec!r}: only fields of type properties have a part after a dot, not {field}")
        if not field._description_groupable(self.env):
            raise ValueError(f"Field {field} of type {field.type} cannot be grouped by ({groupby_spec!r})")
        if granularity and field.type not in ("date", "datetime"):
            raise ValueError(f"{groupby_spec!r}: only dates and datetimes are grouped by periods")
        expression = self._read_group_column(self._table, fname, query)
        if field.type in ("date", "datetime"):
            return self._read_group_period(expression, field.type, granularity, groupby_spec)
        if field.type == "boolean":
            return SQL("COALESCE(%s, FALSE)", expression)
        return expression

    def _read_group_period(self, expression, kind, granularity, spec) -> SQL:
        """Return the SQL of the period that a date or datetime lies in, in the user's time zone.

        :raise ValueError: for an unknown granularity
        """
        if not granularity:
            raise ValueError(
                f"{spec!r}: dates are grouped by a period, one of {sorted(READ_GROUP_ALL_TIME_GRANULARITY)}"
            )
        if granularity not in READ_GROUP_ALL_TIME_GRANULARITY:
            raise ValueError(
                f"{spec!r}: there is no period {granularity!r}, "
                f"expected one of {sorted(READ_GROUP_ALL_TIME_GRANULARITY)}"
            )
        if granularity in READ_GROUP_NUMBER_GRANULARITY:
            return date_part_sql(expression, kind, granularity, self.env)
        if kind == "datetime" and self.env.context.get("tz"):
            expression = SQL("timezone(%s, timezone('UTC', %s))", self.env.tz.zone, expression)
        if granularity == "week":
            offset = (8 - self._read_group_week_start()) % 7
            shift = SQL("INTERVAL %s", f"{offset} DAY")
            expression = SQL("(date_trunc('week', %s::timestamp + %s) - %s)", expression, shift, shift)
        else:
            expression = SQL("date_trunc(%s, %s::timestamp)", granularity, expression)
        return SQL("%s::date", expression) if kind == "date" else expression

    def _read_group_week_start(self) -> int:
        """Return the ISO number of the first day of the user's week."""
        return int(get_lang(self.env).week_start)

    def _read_group_having(self, having_domain: list, query) -> SQL:
        """Return the HAVING condition for a domain on aggregates.

        :raise ValueError: for a malformed domain
        """
        if not having_domain:
            return SQL()
        stack: list = []
        for item in reversed(having_domain):
            if item == "!":
                stack.append(SQL("(NOT %s)", stack.pop()))
            elif item in ("&", "|"):
                glue = SQL(" AND ") if item == "&" else SQL(" OR ")
                stack.append(SQL("(%s)", glue.join((stack.pop(), stack.pop()))))
            elif isinstance(item, (list, tuple)) and len(item) == 3:
                left, operator, right = item
                if operator not in _HAVING_OPERATORS:
                    raise ValueError(
                        f"Unknown operator in the condition {item!r} on groups, expected one of "
                        f"{sorted(_HAVING_OPERATORS)}"
                    )
                right = tuple(right) if operator in ("in", "not in") else right
                stack.append(SQL("%s %s %s", self._read_group_select(left, query), _HAVING_OPERATORS[operator], right))
            else:
                raise ValueError(
                    f"{item!r} is no condition on groups: expected '&', '|', '!' or (aggregate, operator, value)"
                )
        return SQL(" AND ").join(reversed(stack))

    def _read_group_orderby(self, order: "str | None", groupby_terms: dict, query) -> SQL:
        """Return the ORDER BY terms; what they need to be grouped by is added to the query's GROUP BY.

        :raise ValueError: for a malformed order, or a term that is neither a group nor an aggregate
        """
        if not order:
            return SQL(", ").join(dict.fromkeys(groupby_terms.values()))
        terms = []
        for part in order.split(","):
            match = _ORDER_TERM.match(part)
            if not match:
                raise ValueError(f"Invalid order {part!r} for _read_group()")
            direction = SQL((match["direction"] or "ASC").upper())
            nulls = SQL((match["nulls"] or "").upper())
            spec = match["term"]
            if spec not in groupby_terms:
                if "__count" not in spec and ":" not in spec:
                    raise ValueError(f"Order term {spec!r} is neither a group nor an aggregate of {self._name!r}")
                terms.append(SQL("%s %s %s", self._read_group_select(spec, query), direction, nulls))
                continue
            terms.append(self._read_group_order_term(spec, groupby_terms[spec], direction, nulls, query))
        return SQL(", ").join(term for term in terms if term)

    def _read_group_order_term(self, spec, term, direction, nulls, query) -> SQL:
        field = self._fields[parse_read_group_spec(spec)[0]]
        if field.type != "many2one" or self.env[field.comodel_name]._order == "id":
            return SQL("%s %s %s", term, direction, nulls)
        # the columns that a many2one is ordered by must be grouped by then
        ordered = self._order_field_to_sql(self._table, spec, direction, nulls, query)
        if not ordered:
            return SQL("%s %s %s", term, direction, nulls)
        columns = SQL(_DIRECTIONS.sub("", ordered.code), *ordered.params)
        query.groupby = SQL("%s, %s", query.groupby, columns)
        return ordered

    # from rows to values

    def _read_group_empty_value(self, spec):
        """Return what stands for NULL in the results of a specification."""
        fname, _property, function = parse_read_group_spec(spec)
        if function in (None, "recordset") and fname != "__count":
            # groups of records, or the records of a group
            model_name = self._name if fname == "id" else self._fields[fname].comodel_name
            return self.env[model_name] if model_name else False
        if function == "array_agg":
            return []
        # a count is never unknown
        return 0 if function in (None, "count", "count_distinct") else False

    def _read_group_postprocess_groupby(self, groupby_spec: str, raw_values) -> Iterator:
        """Convert the values of a group column: ids to records, NULL to the empty value."""
        fname, _property, _function = parse_read_group_spec(groupby_spec)
        field = self._fields[fname]
        if field.relational or fname == "id":
            model = self.env[field.comodel_name] if field.relational else self
            prefetch_ids = tuple(id_ for id_ in raw_values if id_)
            return (model.browse(id_ or ()).with_prefetch(prefetch_ids) for id_ in raw_values)
        empty = self._read_group_empty_value(groupby_spec)
        return (empty if value is None else value for value in raw_values)

    def _read_group_postprocess_aggregate(self, aggregate_spec: str, raw_values) -> Iterator:
        """Convert the values of an aggregate column: arrays of ids to records, NULL to the empty value."""
        empty = self._read_group_empty_value(aggregate_spec)
        if aggregate_spec != "__count" and parse_read_group_spec(aggregate_spec)[2] == "recordset":
            prefetch_ids = tuple(dict.fromkeys(id_ for ids in raw_values if ids for id_ in ids if id_))
            return (
                empty.browse(tuple(dict.fromkeys(id_ for id_ in ids if id_)) if ids else ()).with_prefetch(prefetch_ids)
                for ids in raw_values
            )
        return (empty if value is None else value for value in raw_values)
