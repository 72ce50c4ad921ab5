"""Helpers that look at and change tables, columns, constraints and indexes."""

from __future__ import annotations

import enum
import logging
from collections.abc import Collection, Iterable
from typing import Any

import psycopg2

from .cursor import Cursor
from .identifiers import make_index_name
from .value import SQL

_schema = logging.getLogger("odoo.schema")

CONFDELTYPES = {"RESTRICT": "r", "NO ACTION": "a", "CASCADE": "c", "SET NULL": "n", "SET DEFAULT": "d"}

#: order in which columns of a new table are laid out, the widest alignment first
SQL_ORDER_BY_TYPE = {
    "int4": 1,
    "varchar": 2,
    "date": 3,
    "jsonb": 4,
    "text": 5,
    "numeric": 6,
    "bool": 7,
    "timestamp": 8,
    "float8": 9,
}


class TableKind(enum.Enum):
    """Kinds of relations, as far as models care."""

    Regular = "r"
    Temporary = "t"
    View = "v"
    Materialized = "m"
    Foreign = "f"
    Other = None


#: what `DROP` calls the kinds of views
_VIEWS = {TableKind.View: SQL("VIEW"), TableKind.Materialized: SQL("MATERIALIZED VIEW")}


def _alter(cr, tablename, change, *more, may_fail=False):
    """Change a table, and tell so in the log.

    :param SQL change: what follows the name of the table
    :param more: statements to run with it
    :param may_fail: what is stored may not allow the change: the transaction can go on after the error
    """
    query = SQL("; ").join([SQL("ALTER TABLE %s %s", SQL.identifier(tablename), change), *more])
    if may_fail:
        with cr.savepoint(flush=False):
            cr.execute(query, log_exceptions=False)
    else:
        cr.execute(query)
    _schema.debug("Table %r: %s", tablename, change.code)


def _comments(tablename, comments):
    """Return the statements that comment columns, and under the key None the table itself."""
    return [
        SQL("COMMENT ON COLUMN %s IS %s", SQL.identifier(tablename, column), text)
        if column
        else SQL("COMMENT ON TABLE %s IS %s", SQL.identifier(tablename), text)
        for column, text in comments.items()
        if text
    ]


def existing_tables(cr: Cursor, tablenames: Iterable[str]) -> list[str]:
    """Return which of the names are tables or views of the current schema.

    :param cr: cursor
    :param tablenames: iterable of names
    """
    cr.execute(
        SQL(
            """
        SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
         WHERE c.relname = ANY(%s) AND c.relkind IN ('r', 'v', 'm', 'f', 'p') AND n.nspname = current_schema
        """,
            list(tablenames),
        )
    )
    return [name for [name] in cr.fetchall()]


def table_exists(cr: Cursor, tablename: str) -> bool:
    """Return whether a table or view exists.

    :param cr: cursor
    :param str tablename: its name
    """
    return len(existing_tables(cr, [tablename])) == 1


def table_kind(cr: Cursor, tablename: str) -> TableKind | None:
    """Return the kind of a table, None when it does not exist.

    :param cr: cursor
    :param str tablename: its name
    """
    cr.execute(
        SQL(
            """
        SELECT c.relkind, c.relpersistence FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
         WHERE c.relname = %s AND n.nspname = current_schema
        """,
            tablename,
        )
    )
    row = cr.fetchone()
    if row is None:
        return None
    kind, persistence = row
    if kind in ("r", "p"):
        return TableKind.Temporary if persistence == "t" else TableKind.Regular
    return {"v": TableKind.View, "m": TableKind.Materialized, "f": TableKind.Foreign}.get(kind, TableKind.Other)


def create_model_table(
    cr: Cursor, tablename: str, comment: str | None = None, columns: Iterable[tuple[str, str, str | None]] = ()
) -> None:
    """Create the table of a model, with its primary key.

    :param cr: cursor
    :param str tablename: name of the table
    :param str comment: comment of the table
    :param columns: triples (name, SQL type, comment)
    """
    body = [SQL("%s %s", SQL.identifier(name), SQL(kind)) for name, kind, _comment in columns]
    create = SQL(
        "CREATE TABLE %s (id SERIAL PRIMARY KEY%s)",
        SQL.identifier(tablename),
        SQL().join(SQL(", %s", column) for column in body),
    )
    comments = {None: comment} | {name: text for name, _kind, text in columns}
    cr.execute(SQL("; ").join([create, *_comments(tablename, comments)]))
    _schema.debug("Table %r: created", tablename)


def drop_view_if_exists(cr: Cursor, viewname: str) -> None:
    """Drop a view or materialized view, if there is one of that name, with what depends on it.

    :param cr: cursor
    :param str viewname: its name
    """
    kind = table_kind(cr, viewname)
    if kind in _VIEWS:
        cr.execute(SQL("DROP %s %s CASCADE", _VIEWS[kind], SQL.identifier(viewname)))


# --- columns --------------------------------------------------------------------------------------------------------


def table_columns(cr: Cursor, tablename: str) -> dict[str, dict[str, Any]]:
    """Return the columns of a table: ``{name: {udt_name, character_maximum_length, is_nullable, ...}}``.

    :param cr: cursor
    :param str tablename: name of the table
    """
    # the catalog answers much faster than information_schema, which checks privileges for each column
    cr.execute(
        SQL(
            """
        SELECT a.attname AS column_name, t.typname AS udt_name,
               CASE WHEN t.typname = 'varchar' AND a.atttypmod > 0 THEN a.atttypmod - 4 END
                   AS character_maximum_length,
               CASE WHEN a.attnotnull THEN 'NO' ELSE 'YES' END AS is_nullable
          FROM pg_attribute a
          JOIN pg_class c ON c.oid = a.attrelid
          JOIN pg_namespace n ON n.oid = c.relnamespace
          JOIN pg_type t ON t.oid = a.atttypid
         WHERE c.relname = %s AND n.nspname = current_schema AND a.attnum > 0 AND NOT a.attisdropped
         ORDER BY a.attnum
        """,
            tablename,
        )
    )
    facts = [column.name for column in cr.description]
    return {row[0]: dict(zip(facts, row, strict=True)) for row in cr.fetchall()}


def column_exists(cr: Cursor, tablename: str, columnname: str) -> bool:
    """Return whether a table has a column.

    :param cr: cursor
    :param str tablename: name of the table
    :param str columnname: name of the column
    """
    return columnname in table_columns(cr, tablename)


def create_column(cr: Cursor, tablename: str, columnname: str, columntype: str, comment: str | None = None) -> None:
    """Add a column to a table.

    :param cr: cursor
    :param str tablename: name of the table
    :param str columnname: name of the column
    :param str columntype: SQL type
    :param str comment: comment of the column
    """
    # a column of booleans is false where nothing was set, not unknown
    default = SQL(" DEFAULT false") if columntype.upper() == "BOOLEAN" else SQL()
    column = SQL("%s %s%s", SQL.identifier(columnname), SQL(columntype), default)
    _alter(cr, tablename, SQL("ADD COLUMN %s", column), *_comments(tablename, {columnname: comment}))


def rename_column(cr: Cursor, tablename: str, columnname1: str, columnname2: str) -> None:
    """Rename a column.

    :param cr: cursor
    :param str tablename: name of the table
    :param str columnname1: present name
    :param str columnname2: future name
    """
    old, new = map(SQL.identifier, (columnname1, columnname2))
    _alter(cr, tablename, SQL("RENAME COLUMN %s TO %s", old, new))


def convert_column(cr: Cursor, tablename: str, columnname: str, columntype: str) -> None:
    """Change the type of a column, casting its values.

    :param cr: cursor
    :param str tablename: name of the table
    :param str columnname: name of the column
    :param str columntype: SQL type
    """
    _convert_column(cr, tablename, columnname, columntype, SQL("%s::%s", SQL.identifier(columnname), SQL(columntype)))


def convert_column_translatable(cr: Cursor, tablename: str, columnname: str, columntype: str) -> None:
    """Change a column between plain text and the JSON form of translated text.

    :param cr: cursor
    :param str tablename: name of the table
    :param str columnname: name of the column
    :param str columntype: ``jsonb`` or a text type
    """
    drop_index(cr, make_index_name(tablename, columnname), tablename)
    column = SQL.identifier(columnname)
    if columntype == "jsonb":
        using = SQL("CASE WHEN %s IS NOT NULL THEN jsonb_build_object('en_US', %s::varchar) END", column, column)
    else:
        using = SQL("%s->>'en_US'", column)
    _convert_column(cr, tablename, columnname, columntype, using)


def _convert_column(cr, tablename, columnname, columntype, using):
    column = SQL("ALTER COLUMN %s", SQL.identifier(columnname))
    # the default is one of the former type
    change = SQL("%s DROP DEFAULT, %s TYPE %s USING %s", column, column, SQL(columntype), using)
    try:
        _alter(cr, tablename, change, may_fail=True)
    except psycopg2.NotSupportedError:
        drop_depending_views(cr, tablename, columnname)
        _alter(cr, tablename, change)


def drop_depending_views(cr: Cursor, table: str, column: str) -> None:
    """Drop the views that read a column, and the views on those views.

    :param cr: cursor
    :param str table: name of the table
    :param str column: name of the column
    """
    cr.execute(
        SQL(
            """
        SELECT DISTINCT dependent.relname, dependent.relkind
          FROM pg_depend d
          JOIN pg_rewrite r ON r.oid = d.objid
          JOIN pg_class dependent ON dependent.oid = r.ev_class
          JOIN pg_class source ON source.oid = d.refobjid
          JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
         WHERE source.relname = %s AND a.attname = %s AND dependent.relkind IN ('v', 'm')
        """,
            table,
            column,
        )
    )
    for name, kind in cr.fetchall():
        # one may have gone with another
        cr.execute(SQL("DROP %s IF EXISTS %s CASCADE", _VIEWS[TableKind(kind)], SQL.identifier(name)))
        _schema.debug("Dropped view %r, which depends on %s.%s", name, table, column)


def set_not_null(cr: Cursor, tablename: str, columnname: str) -> None:
    """Forbid NULL in a column.

    :param cr: cursor
    :param str tablename: name of the table
    :param str columnname: name of the column
    :raise psycopg2.Error: the column has NULLs
    """
    _alter(cr, tablename, SQL("ALTER COLUMN %s SET NOT NULL", SQL.identifier(columnname)), may_fail=True)


def drop_not_null(cr: Cursor, tablename: str, columnname: str) -> None:
    """Allow NULL in a column.

    :param cr: cursor
    :param str tablename: name of the table
    :param str columnname: name of the column
    """
    _alter(cr, tablename, SQL("ALTER COLUMN %s DROP NOT NULL", SQL.identifier(columnname)))


# --- constraints ----------------------------------------------------------------------------------------------------


def constraint_definition(cr: Cursor, tablename: str, constraintname: str) -> str | None:
    """Return the definition of a constraint, None when there is none of that name.

    It is the definition given to :func:`add_constraint`, or PostgreSQL's own words when it was made otherwise.

    :param cr: cursor
    :param str tablename: name of the table
    :param str constraintname: name of the constraint
    """
    cr.execute(
        SQL(
            """
        SELECT COALESCE(obj_description(c.oid, 'pg_constraint'), pg_get_constraintdef(c.oid))
          FROM pg_constraint c
          JOIN pg_class t ON t.oid = c.conrelid
          JOIN pg_namespace n ON n.oid = t.relnamespace
         WHERE t.relname = %s AND c.conname = %s AND n.nspname = current_schema
        """,
            tablename,
            constraintname,
        )
    )
    row = cr.fetchone()
    return row[0] if row else None


def add_constraint(cr: Cursor, tablename: str, constraintname: str, definition: str) -> None:
    """Add a constraint to a table and keep its definition as comment.

    :param cr: cursor
    :param str tablename: name of the table
    :param str constraintname: name of the constraint
    :param str definition: what follows the name in SQL, e.g. ``CHECK (a > b)``
    :raise psycopg2.Error: existing rows violate the constraint, or the definition is wrong
    """
    constraint = SQL.identifier(constraintname)
    _alter(
        cr,
        tablename,
        SQL("ADD CONSTRAINT %s %s", constraint, SQL(definition.replace("%", "%%"))),
        SQL("COMMENT ON CONSTRAINT %s ON %s IS %s", constraint, SQL.identifier(tablename), definition),
        may_fail=True,
    )


def drop_constraint(cr: Cursor, tablename: str, constraintname: str) -> None:
    """Drop a constraint.

    :param cr: cursor
    :param str tablename: name of the table
    :param str constraintname: name of the constraint
    """
    _alter(cr, tablename, SQL("DROP CONSTRAINT %s", SQL.identifier(constraintname)), may_fail=True)


def add_foreign_key(
    cr: Cursor, tablename1: str, columnname1: str, tablename2: str, columnname2: str, ondelete: str
) -> bool:
    """Make a column refer to another table.

    :param cr: cursor
    :param str tablename1: name of the table
    :param str columnname1: name of the column
    :param str tablename2: table referred to
    :param str columnname2: column referred to
    :param str ondelete: what happens when the row referred to is deleted
    :return: True
    """
    names = map(SQL.identifier, (columnname1, tablename2, columnname2))
    change = SQL("ADD FOREIGN KEY (%s) REFERENCES %s(%s) ON DELETE %s", *names, SQL(_ondelete(ondelete)))
    _alter(cr, tablename1, change)
    return True


def get_foreign_keys(
    cr: Cursor, tablename1: str, columnname1: str, tablename2: str, columnname2: str, ondelete: str
) -> list[str]:
    """Return the names of the foreign keys that are exactly like that; see :func:`add_foreign_key`."""
    cr.execute(
        SQL(
            """
        SELECT fk.conname
          FROM pg_constraint fk
          JOIN pg_class t1 ON t1.oid = fk.conrelid
          JOIN pg_class t2 ON t2.oid = fk.confrelid
          JOIN pg_attribute a1 ON a1.attrelid = t1.oid AND fk.conkey = ARRAY[a1.attnum]
          JOIN pg_attribute a2 ON a2.attrelid = t2.oid AND fk.confkey = ARRAY[a2.attnum]
         WHERE fk.contype = 'f' AND t1.relname = %s AND a1.attname = %s AND t2.relname = %s AND a2.attname = %s
           AND fk.confdeltype = %s AND t1.relnamespace = current_schema::regnamespace
        """,
            tablename1,
            columnname1,
            tablename2,
            columnname2,
            CONFDELTYPES[_ondelete(ondelete)],
        )
    )
    return [name for [name] in cr.fetchall()]


def fix_foreign_key(
    cr: Cursor, tablename1: str, columnname1: str, tablename2: str, columnname2: str, ondelete: str
) -> bool | None:
    """Make sure that a column has this foreign key and no other; see :func:`add_foreign_key`.

    :return: True when something was changed, else None
    """
    cr.execute(
        SQL(
            """
        SELECT fk.conname, t2.relname, a2.attname, fk.confdeltype
          FROM pg_constraint fk
          JOIN pg_class t1 ON t1.oid = fk.conrelid
          JOIN pg_class t2 ON t2.oid = fk.confrelid
          JOIN pg_attribute a1 ON a1.attrelid = t1.oid AND fk.conkey = ARRAY[a1.attnum]
          JOIN pg_attribute a2 ON a2.attrelid = t2.oid AND fk.confkey = ARRAY[a2.attnum]
         WHERE fk.contype = 'f' AND t1.relname = %s AND a1.attname = %s
           AND t1.relnamespace = current_schema::regnamespace
        """,
            tablename1,
            columnname1,
        )
    )
    wanted = (tablename2, columnname2, CONFDELTYPES[_ondelete(ondelete)])
    found = False
    for name, *definition in cr.fetchall():
        if found or tuple(definition) != wanted:
            drop_constraint(cr, tablename1, name)
        else:
            found = True
    return None if found else add_foreign_key(cr, tablename1, columnname1, tablename2, columnname2, ondelete)


def _ondelete(value):
    name = value.upper()
    if name not in CONFDELTYPES:
        raise ValueError(f"Unknown ondelete {value!r}; expected one of {', '.join(map(str.lower, CONFDELTYPES))}")
    return name


# --- indexes --------------------------------------------------------------------------------------------------------


def index_exists(cr: Cursor, indexname: str) -> bool:
    """Return whether an index exists.

    :param cr: cursor
    :param str indexname: its name
    """
    cr.execute(SQL("SELECT 1 FROM pg_indexes WHERE indexname = %s AND schemaname = current_schema", indexname))
    return cr.rowcount > 0


def check_index_exist(cr: Cursor, indexname: str) -> None:
    """Raise when an index does not exist.

    :param cr: cursor
    :param str indexname: its name
    :raise ValueError: there is no such index
    """
    if not index_exists(cr, indexname):
        raise ValueError(f"There is no index {indexname!r}")


def create_index(
    cr: Cursor, indexname: str, tablename: str, expressions: Collection[str], method: str = "btree", where: str = ""
) -> None:
    """Create an index unless one of that name exists.

    :param cr: cursor
    :param str indexname: its name
    :param str tablename: name of the table
    :param expressions: SQL texts, one a column of the index
    :param str method: btree, gin, ...
    :param str where: condition of a partial index
    """
    if index_exists(cr, indexname):
        return
    _create_index(cr, SQL("INDEX"), indexname, tablename, expressions, method, where)


def create_unique_index(cr: Cursor, indexname: str, tablename: str, expressions: Collection[str]) -> None:
    """Create a unique index unless one of that name exists; see :func:`create_index`."""
    if index_exists(cr, indexname):
        return
    _create_index(cr, SQL("UNIQUE INDEX"), indexname, tablename, expressions, "btree", "")


def _create_index(cr, kind, indexname, tablename, expressions, method, where):
    cr.execute(
        SQL(
            "CREATE %s %s ON %s USING %s (%s)%s",
            kind,
            SQL.identifier(indexname),
            SQL.identifier(tablename),
            SQL(method),
            SQL(", ").join([SQL(expression.replace("%", "%%")) for expression in expressions]),
            SQL(" WHERE %s", SQL(where.replace("%", "%%"))) if where else SQL(),
        )
    )
    _schema.debug("Table %r: created index %r (%s)", tablename, indexname, ", ".join(expressions))


def drop_index(cr: Cursor, indexname: str, tablename: str) -> None:
    """Drop an index if it exists.

    :param cr: cursor
    :param str indexname: its name
    :param str tablename: name of the table, for the log
    """
    cr.execute(SQL("DROP INDEX IF EXISTS %s", SQL.identifier(indexname)))
    _schema.debug("Table %r: dropped index %r", tablename, indexname)


def increment_fields_skiplock(records: Any, *fields: str) -> bool:
    """Add one to integer fields of the records that no other transaction has locked.

    :param records: recordset
    :param str fields: names of the fields
    :return: whether at least one record was updated
    """
    if not records:
        return False
    for name in fields:
        if records._fields[name].type != "integer":
            raise ValueError(f"{records._name}.{name} is not an integer field")
    cr, table = records.env.cr, SQL.identifier(records._table)
    cr.execute(
        SQL(
            "UPDATE %s SET %s WHERE id IN (SELECT id FROM %s WHERE id = ANY(%s) FOR UPDATE SKIP LOCKED)",
            table,
            SQL(", ").join(
                [SQL("%s = COALESCE(%s, 0) + 1", SQL.identifier(name), SQL.identifier(name)) for name in fields]
            ),
            table,
            list(records.ids),
        )
    )
    return bool(cr.rowcount)
