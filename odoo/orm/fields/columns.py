"""How a field keeps its database column up to date."""

import itertools
import logging

from odoo import sql as ddl

_schema = logging.getLogger("odoo.schema")


class ColumnSchema:
    """The schema side of a field: creates, converts and constrains the column of its model's table."""

    def update_db(self, model, columns: dict) -> bool:
        """Bring the column up to date; return whether it is new (and stored values are to be computed).

        :param columns: what ``table_columns`` tells of the table
        """
        if not self.column_type:
            return False
        column = columns.get(self.name)
        self.update_db_column(model, column)
        self.update_db_notnull(model, column)
        return not column

    def update_db_column(self, model, column):
        """Create the column or convert its type where that loses nothing."""
        if not column:
            self._create_db_column(model)
        elif column["udt_name"] != self.column_type[0]:
            self._convert_db_column(model, column)

    def _create_db_column(self, model):
        ddl.create_column(model._cr, model._table, self.name, self.column_type[1], self.string)

    _safe_conversions = {
        ("varchar", "text"),
        ("text", "varchar"),
        ("int4", "int8"),
        ("int4", "numeric"),
        ("float8", "numeric"),
        ("numeric", "float8"),
        ("int4", "float8"),
        ("date", "timestamp"),
        ("bpchar", "varchar"),
        ("int8", "int4"),
    }

    def _convert_db_column(self, model, column):
        """Change the type of an existing column, or keep the old one under another name when it cannot be converted."""
        if (column["udt_name"], self.column_type[0]) in self._safe_conversions:
            ddl.convert_column(model._cr, model._table, self.name, self.column_type[1])
            return
        if self.column_type[0] == "jsonb" and self.translate and column["udt_name"] in ("varchar", "text"):
            ddl.convert_column_translatable(model._cr, model._table, self.name, "jsonb")
            return
        kept = _free_column_name(model, f"{self.name}_moved")
        ddl.drop_not_null(model._cr, model._table, self.name)
        ddl.rename_column(model._cr, model._table, self.name, kept)
        self._create_db_column(model)
        _schema.warning(
            "Field %s: column of type %s cannot become %s, its values are kept in column %s",
            self,
            column["udt_name"],
            self.column_type[0],
            kept,
        )

    def update_db_notnull(self, model, column):
        """Add or drop the NOT NULL constraint, filling the column by default or compute before."""
        nullable = not column or column["is_nullable"] == "YES"
        if not nullable:
            if not self.required:
                ddl.drop_not_null(model._cr, model._table, self.name)
            return
        if column and not self.required:
            return
        if model._table_has_rows():
            model._init_column(self.name)
            model.flush_model([self.name])
        if self.required:
            model.pool.post_constraint(ddl.set_not_null, model._cr, model._table, self.name)


def _free_column_name(model, base):
    columns = ddl.table_columns(model._cr, model._table)
    for number in itertools.count():
        name = f"{base}{number}"
        if name not in columns:
            return name
    return None
