"""Fields and orders of records as terms of SQL."""

import re

from odoo.exceptions import UserError
from odoo.sql import SQL

from ..domain.sql import column_condition
from ..names import unknown_field
from ..overrides import original
from ..plans.model_plans import Watched

__all__ = ["TermsMixin"]

_order_term = re.compile(
    r"^\s*(?P<field>[a-z0-9_]+)(\.(?P<property>[a-z0-9_]+))?(:(?P<func>[a-z_]+))?"
    r"(\s+(?P<direction>desc|asc))?(\s+(?P<nulls>nulls first|nulls last))?\s*$",
    re.IGNORECASE,
)


class TermsMixin(metaclass=Watched):
    """What SQL has for the fields of a row, and for what it is compared with and sorted by."""

    __slots__ = ()

    @original
    def _condition_to_sql(self, alias, fname, operator, value, query) -> SQL:
        """Return the SQL of one condition on a field of the row ``alias``; addons override it for special fields."""
        return column_condition(self, alias, fname, operator, value, query)

    def _field_to_sql(self, alias: str, fname: str, query=None, flush: bool = True) -> SQL:
        """Return the SQL expression of a field of the row ``alias``, joining parents where it is inherited.

        :raise ValueError: when the field does not exist or has no column
        """
        fname, _dot, property_name = fname.partition(".")
        field = self._fields.get(fname)
        if field is None:
            raise unknown_field(self, fname)
        if not field.store:
            if not field.related:
                raise ValueError(f"Cannot convert field {field} to SQL")
            if query is None:
                raise ValueError(f"a query is needed to reach related field {field}")
            model, target, alias = self._related_to_sql(alias, field, query)
            return model._field_to_sql(alias, target.name, query, flush)
        if not self.env.su and field.groups:
            self.check_field_access_rights("read", [fname])
        if field.type == "many2many":
            if query is None:
                raise ValueError(f"a query is needed to reach many2many field {field}")
            rel_alias = query.left_join(alias, "id", field.relation, field.column1, field.name)
            return SQL.identifier(rel_alias, field.column2)
        if not field.column_type:
            raise ValueError(f"Cannot convert field {field} to SQL: it has no column")
        sql = SQL.identifier(alias, fname, to_flush=field if flush else None)
        if property_name:
            return SQL("(%s -> %s)", sql, property_name) if field.type == "properties" else self._property_error(field)
        if field.translate:
            return self._translated_sql(field, sql)
        if field.company_dependent:
            return self._company_dependent_sql(field, sql)
        return sql

    @staticmethod
    def _property_error(field):
        raise ValueError(f"Field {field} has no properties")

    def _translated_sql(self, field, sql) -> SQL:
        langs = field.get_translation_fallback_langs(self.env)
        if len(langs) == 1:
            return SQL("%s->>%s", sql, langs[0])
        return SQL("COALESCE(%s)", SQL(", ").join(SQL("%s->>%s", sql, lang) for lang in langs))

    def _company_dependent_sql(self, field, sql) -> SQL:
        """Return the value for the current company, falling back on the default that users set."""
        value = SQL("%s->>%s", sql, str(self.env.company.id))
        casts = {
            "many2one": "int4",
            "integer": "int4",
            "float": "float8",
            "boolean": "bool",
            "date": "date",
            "datetime": "timestamp",
            "monetary": "numeric",
        }
        cast = casts.get(field.type)
        if cast:
            value = SQL("(%s)::" + cast, value)
        if not field.has_company_default(self.env):
            return value
        fallback = field.fallback_in_cache(self.env)
        # a value that was emptied is there, as null
        return SQL("CASE WHEN %s ? %s THEN %s ELSE %s END", sql, str(self.env.company.id), value, fallback)

    def _related_to_sql(self, alias, field, query):
        """Join the tables on the way of a related field without a column.

        :return: the model, the field and the table alias at its end
        :raise AccessError: when the user may not read the field
        :raise ValueError: when the way leads through something else than many2one fields
        """
        if field.groups and not self.env.su:
            self.check_field_access_rights("read", [field.name])
        model = self.sudo() if field.compute_sudo else self
        *way, last = field.related.split(".")
        for name in way:
            step = model._fields[name]
            if step.type != "many2one":
                raise ValueError(f"Cannot convert field {field} to SQL: {step} on its way is no many2one field")
            comodel = model.env[step.comodel_name]
            link = model._field_to_sql(alias, name, query)
            alias = query.make_alias(alias, name)
            query.add_join("LEFT JOIN", alias, comodel._table, SQL("%s = %s", link, SQL.identifier(alias, "id")))
            model = comodel
        return model, model._fields[last], alias

    def _check_qorder(self, word):
        """Check an order clause.

        :raise UserError: naming the wrong clause
        """
        for term in word.split(","):
            if not _order_term.match(term):
                raise UserError(
                    self.env._(
                        "“%(order)s” is no valid order: “%(term)s” should be a field name, "
                        "with asc or desc after it or not.",
                        order=word,
                        term=term.strip(),
                    )
                )
        return True

    def _order_to_sql(self, order, query, alias=None, reverse=False) -> SQL:
        """Return the ORDER BY terms for an order clause."""
        order = order or self._order
        alias = alias or self._table
        # fast path of _order_terms()
        if alias == self._table and not reverse and "_order_field_to_sql" not in self._plans.overrides:
            sql = self._plans.orders.find(order, self._plain_order, order, query)
            if sql is not None:
                return sql
        return self._order_terms(order, query, alias, reverse)

    def _plain_order(self, order, query) -> "SQL | None":
        """Return the ORDER BY terms when they are the same for every user and context, else ``None``."""
        for match in map(_order_term.match, order.split(",")):
            field = match and self._fields.get(match["field"])
            if not field or match["property"] or not (field.store and field.column_type):
                return None
            if field.groups or field.context_keys or field.type in ("many2one", "many2many", "properties"):
                return None
        return self._order_terms(order, query, self._table, False)

    def _order_terms(self, order, query, alias, reverse) -> SQL:
        self._check_qorder(order)
        terms = []
        for term in order.split(","):
            match = _order_term.match(term)
            name = match["field"]
            direction = (match["direction"] or "").upper()
            nulls = (match["nulls"] or "").upper()
            if reverse:
                direction = "" if direction == "DESC" else "DESC"
                nulls = {"NULLS FIRST": "NULLS LAST", "NULLS LAST": "NULLS FIRST"}.get(nulls, nulls)
            name = f"{name}.{match['property']}" if match["property"] else name
            sql = self._order_field_to_sql(
                alias, name, SQL(direction) if direction in ("DESC", "ASC") else SQL(), SQL(nulls), query
            )
            if sql:
                terms.append(sql)
        return SQL(", ").join(terms)

    @original
    def _order_field_to_sql(self, alias, field_name, direction, nulls, query) -> SQL:
        """Return one ORDER BY term; a many2one sorts by the order of its comodel."""
        head, _dot, tail = field_name.partition(".")
        field = self._fields.get(head)
        if field is None:
            raise unknown_field(self, head)
        if field.related and not field.store:
            model, target, alias = self._related_to_sql(alias, field, query)
            name = f"{target.name}.{tail}" if tail else target.name
            return model._order_field_to_sql(alias, name, direction, nulls, query)
        if not (field.store and field.column_type):
            raise ValueError(f"Cannot order {self._name} by field {field}: it has no column")
        if field.type == "many2one" and tail != "id":
            return self._order_by_comodel(alias, field, tail, direction, nulls, query)
        sql = self._field_to_sql(alias, field_name if field.type == "properties" else head, query)
        if field.type == "boolean":
            sql = SQL("COALESCE(%s, FALSE)", sql)
        return SQL("%s %s %s", sql, direction, nulls) if direction.code or nulls.code else sql

    def _order_by_comodel(self, alias, field, tail, direction, nulls, query):
        """Return the terms that sort by the comodel's order, or nothing when that leads back to the same field."""
        sql = self._field_to_sql(alias, field.name, query)
        comodel = self.env[field.comodel_name]
        if tail:
            # the order would tell the values
            comodel.check_access("read")
        seen = self.env.context.get("__ordered_through", ())
        if field.name in seen:
            return SQL()
        order = tail or comodel._order
        if order == "id":
            return SQL("%s %s %s", sql, direction, nulls)
        comodel_alias = query.make_alias(alias, field.name)
        query.add_join(
            "LEFT JOIN", comodel_alias, comodel._table, SQL("%s = %s", sql, SQL.identifier(comodel_alias, "id"))
        )
        terms = []
        if nulls.code:
            terms.append(SQL("%s IS NULL%s", sql, SQL(" DESC") if nulls.code == "NULLS FIRST" else SQL()))
        comodel = comodel.with_context(__ordered_through=(*seen, field.name))
        terms.append(comodel._order_to_sql(order, query, alias=comodel_alias, reverse=direction.code == "DESC"))
        return SQL(", ").join(term for term in terms if term.code)
