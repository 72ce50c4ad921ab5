"""Bringing the database's tables up to date with the models."""

import logging
from collections import deque
from operator import attrgetter

import psycopg2

from odoo import sql as ddl
from odoo.db.extensions import FunctionStatus
from odoo.sql import SQL

from .environment import Environment
from .names import SUPERUSER_ID
from .overrides import original

__all__ = ["SchemaMixin", "SchemaSync"]

_logger = logging.getLogger("odoo.modules.registry")
_schema = logging.getLogger("odoo.schema")

#: field index parameter -> SQL of the index: method, expression and condition
_INDEXES = {True: "btree", "1": "btree", "btree": "btree", "btree_not_null": "btree_not_null", "trigram": "trigram"}


class SchemaSync:
    """The registry's side: which tables exist, and foreign keys, constraints and indexes over all of them."""

    def _init_schema(self):
        self._post_init_queue: deque = deque()
        self._constraint_queue: dict = {}
        self._foreign_keys: dict = {}
        self._ordinary_tables = None
        self._is_install = False

    def post_init(self, function, *args, **kwargs):
        """Call ``function`` at the end of :meth:`init_models`."""
        self._post_init_queue.append((function, args, kwargs))

    def post_constraint(self, function, *args):
        """Add a constraint now; when the data does not allow it yet, try again once all modules are loaded."""
        key = (function, *args[1:])
        cr = args[0]
        try:
            with cr.savepoint(flush=False):
                function(*args)
        except psycopg2.Error as error:
            if self._is_install:
                _schema.error("%s", error)
            else:
                _schema.info("%s", error)
                self._constraint_queue[key] = (function, args[1:])

    def finalize_constraints(self, cr=None):
        """Try the constraints again that could not be added while data was being loaded."""
        if not self._constraint_queue:
            return None
        if cr is None:
            with self.cursor() as cr:
                return self.finalize_constraints(cr)
        for function, args in self._constraint_queue.values():
            try:
                with cr.savepoint(flush=False):
                    function(cr, *args)
            except psycopg2.Error as error:
                _schema.warning("Cannot add a constraint: %s", error)
        self._constraint_queue.clear()
        return None

    def init_models(self, cr, model_names, context, install=True):
        """Create or update the tables of ``model_names``, and have the models described.

        :param context: ``{"module": name}`` of the module being loaded; ``{"models_to_check": True}`` at the end
        :param install: whether the module is new
        """
        if not model_names:
            return
        own = self._registry_of(cr)
        if own is not self:
            own.init_models(cr, model_names, context, install)
            return
        env = Environment(cr, SUPERUSER_ID, context)
        models = [env[name] for name in model_names]
        self._is_install = install
        self._foreign_keys.clear()
        self._ordinary_tables = None
        try:
            for model in models:
                model._auto_init()
            self._ordinary_tables = None
            self.services.reflection.describe_models(env, model_names)
            for model in models:
                model.init()
            env.flush_all()
            while self._post_init_queue:
                function, args, kwargs = self._post_init_queue.popleft()
                function(*args, **kwargs)
            self.check_indexes(cr, model_names)
            self.check_foreign_keys(cr)
            env.flush_all()
            self.check_tables_exist(cr)
        finally:
            self._is_install = False

    def is_an_ordinary_table(self, model) -> bool:
        """Tell whether foreign keys can refer to the model's table: no view, and not spread over child tables."""
        if self._ordinary_tables is None:
            cr = model.env.cr
            cr.execute(
                "SELECT c.relname FROM pg_class c WHERE c.relkind IN ('r', 'p') "
                "AND NOT c.relhassubclass AND c.relnamespace = current_schema::regnamespace"
            )
            self._ordinary_tables = {row[0] for row in cr.fetchall()}
        return model._table in self._ordinary_tables

    # foreign keys

    def add_foreign_key(self, table1, column1, table2, column2, ondelete, model, module, force=True):
        """Ask for a foreign key; without ``force`` an earlier demand for the same column wins."""
        if force or (table1, column1) not in self._foreign_keys:
            self._foreign_keys[table1, column1] = (table2, column2, ondelete, model, module)

    def check_foreign_keys(self, cr):
        """Create the foreign keys asked for, replacing those that differ."""
        existing, added = self._existing_foreign_keys(cr), []
        for (table1, column1), (table2, column2, ondelete, model, module) in self._foreign_keys.items():
            name, *target = existing.get((table1, column1), (None,))
            if target == [table2, column2, ddl.CONFDELTYPES[ondelete.upper()]]:
                continue
            if name:
                ddl.drop_constraint(cr, table1, name)
            ddl.add_foreign_key(cr, table1, column1, table2, column2, ondelete)
            if module:
                added.append(((table1, column1), model, module))
        if added:
            existing = self._existing_foreign_keys(cr)
            described = [(model, existing[place][0], module) for place, model, module in added]
            self.services.reflection.describe_foreign_keys(described)

    def _existing_foreign_keys(self, cr):
        """Return what there is of the foreign keys asked for.

        :return: ``{(table, column): (name, table referred to, column referred to, what happens on deletion)}``
        """
        if not self._foreign_keys:
            return {}
        cr.execute(
            """
            SELECT c1.relname, a1.attname, fk.conname, c2.relname, a2.attname, fk.confdeltype
            FROM pg_constraint fk
            JOIN pg_class c1 ON c1.oid = fk.conrelid JOIN pg_class c2 ON c2.oid = fk.confrelid
            JOIN pg_attribute a1 ON a1.attrelid = c1.oid AND a1.attnum = fk.conkey[1]
            JOIN pg_attribute a2 ON a2.attrelid = c2.oid AND a2.attnum = fk.confkey[1]
            WHERE fk.contype = 'f' AND c1.relname = ANY(%s) AND c1.relnamespace = current_schema::regnamespace
            ORDER BY fk.oid
        """,
            [list({table for table, _column in self._foreign_keys})],
        )
        return {(table, column): found for table, column, *found in cr.fetchall()}

    # indexes

    def check_indexes(self, cr, model_names):
        """Create the indexes that fields ask for and drop those they no longer do."""
        expected = {}
        for name in model_names:
            model = self.models[name]
            if not model._auto or model._abstract:
                continue
            for field in model._fields.values():
                if field.column_type and field.store:
                    expected[ddl.make_index_name(model._table, field.name)] = (model, field)
        if not expected:
            return
        cr.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE indexname = ANY(%s) AND schemaname = current_schema",
            [list(expected)],
        )
        existing = dict(cr.fetchall())
        for name, (model, field) in expected.items():
            kind = _INDEXES.get(field.index) if not isinstance(field.index, bool) or field.index else None
            if kind == "trigram" and not self.has_trigram:
                kind = None
            if kind == "trigram" and name in existing and ("unaccent(" in existing[name]) != self._unaccents(field):
                # searches ignore accents now, or no longer do
                cr.execute(SQL("DROP INDEX %s", SQL.identifier(name)))
                del existing[name]
            if kind and name not in existing:
                self._create_index(cr, name, model, field, kind)
            elif not kind and name in existing:
                _schema.info("Index %s of table %s belongs to no field any more, it stays", name, model._table)

    def _unaccents(self, field) -> bool:
        """Tell whether a trigram index of a field is without accents, like the searches that it is for."""
        return self.has_unaccent == FunctionStatus.INDEXABLE and getattr(field, "unaccent", True)

    def _create_index(self, cr, name, model, field, kind):
        column = SQL.identifier(field.name)
        table = SQL.identifier(model._table)
        if kind == "trigram":
            if field.translate:
                column = SQL("(jsonb_path_query_array(%s, '$.*')::text)", column)
            if self._unaccents(field):
                column = self.unaccent(column)
            statement = SQL("CREATE INDEX %s ON %s USING gin (%s gin_trgm_ops)", SQL.identifier(name), table, column)
        elif kind == "btree_not_null":
            statement = SQL(
                "CREATE INDEX %s ON %s (%s) WHERE %s IS NOT NULL", SQL.identifier(name), table, column, column
            )
        else:
            statement = SQL("CREATE INDEX %s ON %s (%s)", SQL.identifier(name), table, column)
        try:
            with cr.savepoint(flush=False):
                cr.execute(statement)
        except psycopg2.OperationalError:
            _schema.error("Index %r of field %s could not be created", name, field)

    def check_tables_exist(self, cr):
        """Create the tables that are missing, and complain about those that cannot be created."""
        env = Environment(cr, SUPERUSER_ID, {})
        by_table = {
            model._table: name for name, model in self.models.items() if not model._abstract and not model._table_query
        }
        missing = set(by_table) - set(ddl.existing_tables(cr, by_table))
        if not missing:
            return
        for table in missing:
            _logger.info("Model %s has no table, creating it", by_table[table])
            env[by_table[table]].init()
        env.flush_all()
        for table in missing - set(ddl.existing_tables(cr, missing)):
            _logger.error("Model %s still has no table", by_table[table])


class SchemaMixin:
    """The model's side: its own table."""

    __slots__ = ()

    @original
    def _auto_init(self):
        """Create the table, bring its columns and constraints up to date, and compute new stored fields."""
        if not self._auto or self._abstract or self._table_query is not None:
            return
        cr = self._cr
        new_table = not ddl.table_exists(cr, self._table)
        self = self.with_context(prefetch_fields=False)
        if new_table:
            self._create_table()
            columns = ddl.table_columns(cr, self._table)
            new_fields = []
            for field in self._schema_fields():
                if field.name in columns:
                    field.update_db_column(self, columns[field.name])
                    if field.required:
                        self.pool.post_constraint(ddl.set_not_null, cr, self._table, field.name)
                else:
                    field.update_db(self, columns)
        else:
            if not self._parent_store_column_exists():
                ddl.create_column(cr, self._table, "parent_path", "varchar")
            columns = ddl.table_columns(cr, self._table)
            self._drop_stale_not_nulls(columns)
            new_fields = [field for field in self._schema_fields() if field.update_db(self, columns) and field.compute]
        if self._parent_store and not new_table and "parent_path" not in columns:
            self.pool.post_init(self._parent_store_compute)
        if new_fields:
            self.pool.post_init(self._compute_new_fields, new_fields)
        self._add_sql_constraints()

    def _parent_store_column_exists(self) -> bool:
        return not self._parent_store or ddl.column_exists(self._cr, self._table, "parent_path")

    def _schema_fields(self):
        return sorted((field for field in self._fields.values() if field.store), key=attrgetter("column_order"))

    def _create_table(self):
        """Create the table with all its columns."""
        columns = [
            (field.name, field.column_type[1], field.string)
            for field in self._schema_fields()
            if field.name != "id" and field.column_type
        ]
        statement = SQL(
            "CREATE TABLE %s (id SERIAL NOT NULL, %s PRIMARY KEY(id))",
            SQL.identifier(self._table),
            SQL("").join(SQL("%s %s, ", SQL.identifier(name), SQL(kind)) for name, kind, _comment in columns),
        )
        cr = self._cr
        cr.execute(statement)
        cr.execute(SQL("COMMENT ON TABLE %s IS %s", SQL.identifier(self._table), self._description))
        if columns:
            cr.execute(
                SQL("; ").join(
                    SQL("COMMENT ON COLUMN %s IS %s", SQL.identifier(self._table, name), comment or name)
                    for name, _kind, comment in columns
                )
            )
        _schema.debug("Table %r: created", self._table)

    def _drop_stale_not_nulls(self, columns):
        """Let columns be empty that no field fills any more."""
        for name, column in columns.items():
            field = self._fields.get(name)
            if name != "id" and column["is_nullable"] == "NO" and not (field and field.store and field.column_type):
                ddl.drop_not_null(self._cr, self._table, name)

    def _compute_new_fields(self, fields):
        """Compute stored fields whose columns were just added, for all records."""
        records = self.browse(self._all_ids())
        if records:
            for field in fields:
                _logger.info("Prepare computation of %s", field)
                self.env.add_to_compute(field, records)

    def _all_ids(self) -> tuple:
        self._cr.execute(SQL("SELECT id FROM %s ORDER BY id", SQL.identifier(self._table)))
        return tuple(row[0] for row in self._cr.fetchall())

    def _table_has_rows(self) -> bool:
        """Tell whether the table has a row."""
        self._cr.execute(SQL("SELECT 1 FROM %s LIMIT 1", SQL.identifier(self._table)))
        return bool(self._cr.rowcount)

    def _init_column(self, column_name):
        """Fill a column with the field's default where it is empty."""
        field = self._fields[column_name]
        if not field.default:
            return
        value = field.convert_to_write(field.default(self), self)
        value = field.convert_to_column_insert(value, self)
        if value is None or (field.type == "boolean" and not value and not field.required):
            return
        self._cr.execute(
            SQL(
                "UPDATE %s SET %s = %s WHERE %s IS NULL",
                SQL.identifier(self._table),
                SQL.identifier(column_name),
                value,
                SQL.identifier(column_name),
            )
        )

    def _add_sql_constraints(self):
        """Bring the table's constraints up to date with ``_sql_constraints``."""
        cr = self._cr
        for key, definition, _message in self._sql_constraints:
            name = f"{self._table}_{key}"
            current = ddl.constraint_definition(cr, self._table, name)
            if current == definition:
                continue
            if current:
                ddl.drop_constraint(cr, self._table, name)
            self.pool.post_constraint(ddl.add_constraint, cr, self._table, name, definition)

    def _is_an_ordinary_table(self) -> bool:
        return self.pool.is_an_ordinary_table(self)

    @original
    def init(self):
        """Do more to the table than fields and constraints say; addons override it (it is not a public method)."""

    @property
    def _table_sql(self) -> SQL:
        """The table, or the query that stands for it, to select from."""
        query = self._table_query
        if query is None:
            return SQL.identifier(self._table)
        return SQL("(%s)", query if isinstance(query, SQL) else SQL(query.replace("%", "%%")))
